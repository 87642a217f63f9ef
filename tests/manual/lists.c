/* lists NAME: a list of the manual, in mdoc, as the program's tables have it. Without a name: the names of all. */
#include <stdint.h>
#include <stdio.h>

#include "cli/cli_priv.h"
#include "vekha/app/keymap.h"
#include "vekha/app/layout.h"
#include "vekha/base/utf8.h"
#include "vekha/core/check.h"
#include "vekha/core/field.h"

static bool ends_sentence(Str word)
{
    return word.n_bytes > 1 && (str_ends(word, STR(".")) || str_ends(word, STR("!")) || str_ends(word, STR("?")));
}

/* A word of a text, or an argument of a macro: what roff or mdoc would act on is made harmless. */
static void add_word(StrBuf *out, Str word)
{
    static const struct {
        Str sign, escape;
    } rows[] = {
        { STR_INIT("\\"), STR_INIT("\\e") },   { STR_INIT("~"), STR_INIT("\\(ti") }, { STR_INIT("^"), STR_INIT("\\(ha") },
        { STR_INIT("'"), STR_INIT("\\(aq") },  { STR_INIT("“"), STR_INIT("\\(lq") }, { STR_INIT("”"), STR_INIT("\\(rq") },
        { STR_INIT("\""), STR_INIT("\\(dq") }, { STR_INIT("…"), STR_INIT("...") },   { STR_INIT("--"), STR_INIT("\\-\\-") },
    };
    bool is_delimiter = word.n_bytes == 1 && str_find_char(STR(".,:;?!()[]|"), word.at[0], 0) != SIZE_MAX;
    strbuf_add(out, is_delimiter || str_starts(word, STR(".")) ? STR("\\&") : (Str){ 0 });
    while (word.n_bytes > 0) {
        size_t row = 0;
        while (row < COUNTOF(rows) && !str_starts(word, rows[row].sign)) {
            row++;
        }
        size_t n = row < COUNTOF(rows) ? rows[row].sign.n_bytes : 1;
        strbuf_add(out, row < COUNTOF(rows) ? rows[row].escape : str_sub(word, 0, n));
        word = str_from(word, n);
    }
}

/* One paragraph: a sentence begins a line, and no line is longer than a page's source should have. */
static void put_paragraph(StrBuf *out, Str text)
{
    enum { LINE_BYTES = 76 };
    StrBuf word = { 0 };
    size_t line = out->n_bytes;
    bool was_end = false;
    while (text.n_bytes > 0) {
        Str plain = str_cut(&text, ' ');
        strbuf_clear(&word);
        add_word(&word, plain);
        bool is_new = was_end || out->n_bytes - line + 1 + word.n_bytes > LINE_BYTES;
        if (out->n_bytes > line) {
            strbuf_add_char(out, is_new ? '\n' : ' ');
        }
        line = is_new ? out->n_bytes : line;
        strbuf_add(out, strbuf_str(&word));
        was_end = ends_sentence(plain);
    }
    strbuf_add_char(out, '\n');
    strbuf_done(&word);
}

static void put_text(StrBuf *out, Str text)
{
    for (bool is_first = true; text.n_bytes > 0; is_first = false) {
        Str line = str_cut(&text, '\n');
        if (line.n_bytes > 0) {
            strbuf_add(out, is_first ? (Str){ 0 } : STR(".Pp\n"));
            put_paragraph(out, line);
        }
    }
}

/* A phrase of the tables as a sentence: «late ones» becomes "Late ones." */
static void put_sentence(StrBuf *out, Str phrase)
{
    StrBuf text = { 0 };
    strbuf_add(&text, phrase);
    char *first = text.at;
    *first = *first >= 'a' && *first <= 'z' ? (char)(*first - 'a' + 'A') : *first;
    bool is_open = !str_ends(phrase, STR(".")) && !str_ends(phrase, STR("!"));
    strbuf_add(&text, is_open ? STR(".") : (Str){ 0 });
    put_text(out, strbuf_str(&text));
    strbuf_done(&text);
}

static Str english(TextId id)
{
    return text_get(LANG_EN, id);
}

static void begin_list(StrBuf *out, const char *width)
{
    strbuf_addf(out, ".Bl -tag -width \"%s\"\n", width);
}

static void end_list(StrBuf *out)
{
    strbuf_add(out, STR(".El\n"));
}

static void add_name(StrBuf *out, const char *macro, Str name)
{
    strbuf_addf(out, ".It %s ", macro);
    add_word(out, name);
}

/* " Fl -color Cm auto | always" */
static void add_option(StrBuf *out, const OptionInfo *option)
{
    if (option->letter != 0) {
        strbuf_addf(out, " Fl %c ,", option->letter);
    }
    strbuf_addf(out, " Fl -%.*s", STR_ARG(option->name));
    for (int i = 0; option->choices != NULL && option->choices[i].n_bytes > 0; i++) {
        strbuf_addf(out, "%s %.*s", i == 0 ? " Cm" : " |", STR_ARG(option->choices[i]));
    }
    if (option->arg != T_NONE) {
        strbuf_add(out, STR(" Ar "));
        add_word(out, english(option->arg));
    }
}

static void put_options(StrBuf *out, unsigned long long which)
{
    begin_list(out, "--format table");
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((which >> i & 1) != 0) {
            strbuf_add(out, STR(".It"));
            add_option(out, option_info((OptionId)i));
            strbuf_add_char(out, '\n');
            put_sentence(out, english(option_info((OptionId)i)->help));
        }
    }
    end_list(out);
}

/* "[PLAN…]" is " Oo Ar PLAN ... Oc". */
static void add_arguments(StrBuf *out, Str arguments)
{
    while (arguments.n_bytes > 0) {
        Str name = str_cut(&arguments, ' ');
        bool is_optional = str_starts(name, STR("["));
        name = is_optional ? str_sub(name, 1, name.n_bytes - 1) : name;
        bool is_repeated = str_ends(name, STR("…"));
        name = is_repeated ? str_sub(name, 0, name.n_bytes - STR("…").n_bytes) : name;
        strbuf_addf(out, "%s Ar %.*s%s%s", is_optional ? " Oo" : "", STR_ARG(name), is_repeated ? " ..." : "",
                    is_optional ? " Oc" : "");
    }
}

static void list_synopsis(StrBuf *out)
{
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        strbuf_addf(out, ".Nm vekha\n.Cm %.*s\n", STR_ARG(command->name));
        for (int i = 0; i < OPTION_COUNT; i++) {
            if ((command->options >> i & 1) != 0) {
                strbuf_add(out, STR(".Op"));
                add_option(out, option_info((OptionId)i));
                strbuf_add_char(out, '\n');
            }
        }
        size_t begin = out->n_bytes;
        add_arguments(out, english(command->args));
        strbuf_splice(out, begin, begin + 1, STR("."));
        strbuf_add_char(out, '\n');
    }
}

static void list_commands(StrBuf *out)
{
    begin_list(out, "timeline");
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        add_name(out, "Cm", command->name);
        strbuf_add_char(out, '\n');
        put_sentence(out, english(command->help));
    }
    end_list(out);
}

static void list_options(StrBuf *out)
{
    put_options(out, OPTIONS_FOR_ALL);
}

static void list_command(StrBuf *out, const Subcommand *command)
{
    put_text(out, english(command->details));
    if (command->options != 0) {
        put_options(out, command->options);
    }
}

#define SCOPE_VIEWS SCOPE_COUNT /* of all views: not of lists and questions */

static bool is_in_scope(Scope scope, Scope wanted)
{
    return wanted == SCOPE_VIEWS ? scope < SCOPE_HELP : scope == wanted;
}

/* The keys of a command in that scope, each letter with the Russian one beside it. */
static void add_keys(StrBuf *out, Scope scope, Str command)
{
    bool is_first = true;
    for (size_t i = 0; i < binding_count(); i++) {
        const BindingRow *row = binding_at(i);
        Key key;
        bool is_said = scope == SCOPE_VIEWS && binding_repeats(i);
        if (!str_eq(row->command, command) || !is_in_scope(row->scope, scope) || is_said || !key_parse(row->key, &key)) {
            continue;
        }
        StrBuf name = { 0 };
        key_add_name(&name, LANG_EN, key);
        strbuf_add(out, is_first ? STR(" Ic ") : STR(" , Ic "));
        add_word(out, strbuf_str(&name));
        uint32_t russian = key_is_text(key) ? layout_russian(key.code) : 0;
        if (russian != 0) {
            strbuf_clear(&name);
            utf8_add(&name, russian);
            strbuf_add(out, STR(" Po "));
            add_word(out, strbuf_str(&name));
            strbuf_add(out, STR(" Pc"));
        }
        strbuf_done(&name);
        is_first = false;
    }
    const Command *row = command_find(command);
    if (is_first && command_digit(row) >= 0) { /* in the list that its group's key opens */
        strbuf_addf(out, " Ic %s %d", row->group == GROUP_EDIT ? "e" : "f", command_digit(row));
    }
}

/* The views that a command's keys hold in, where those are not all: «Timeline, Month». */
static void add_views(StrBuf *out, Str command)
{
    static const TextId titles[SCOPE_COUNT] = { [SCOPE_PLANS] = T_VIEW_PLANS,
                                                [SCOPE_EVENTS] = T_VIEW_EVENTS,
                                                [SCOPE_TIMELINE] = T_VIEW_TIMELINE,
                                                [SCOPE_MONTH] = T_VIEW_MONTH,
                                                [SCOPE_JOURNAL] = T_VIEW_JOURNAL };
    bool is_in[SCOPE_COUNT] = { false };
    for (size_t i = 0; i < binding_count(); i++) {
        is_in[binding_at(i)->scope] = is_in[binding_at(i)->scope] || str_eq(binding_at(i)->command, command);
    }
    for (int scope = 0; scope < SCOPE_COUNT && !is_in[SCOPE_GLOBAL]; scope++) {
        if (is_in[scope] && titles[scope] != T_NONE) {
            strbuf_add(out, out->n_bytes > 0 ? STR(", ") : (Str){ 0 });
            strbuf_add(out, english(titles[scope]));
        }
    }
}

static void put_key_row(StrBuf *out, Scope scope, const Command *command)
{
    StrBuf title = { 0 };
    StrBuf views = { 0 };
    add_views(&views, command->name);
    strbuf_add(out, STR(".It"));
    add_keys(out, scope, command->name);
    strbuf_add_char(out, '\n');
    strbuf_add(&title, english(command->title));
    if (views.n_bytes > 0) {
        strbuf_addf(&title, " (in %s)", strbuf_z(&views));
    }
    put_sentence(out, strbuf_str(&title));
    strbuf_done(&title);
    strbuf_done(&views);
}

static void list_keys(StrBuf *out)
{
    for (size_t i = 0; i < command_count() && command_at(i)->group != GROUP_DIALOG; i++) {
        if (i == 0 || command_at(i - 1)->group != command_at(i)->group) {
            strbuf_add(out, i == 0 ? (Str){ 0 } : STR(".El\n"));
            strbuf_addf(out, ".Pp\n%.*s:\n.Pp\n", STR_ARG(english(command_group_title(command_at(i)->group))));
            strbuf_add(out, STR(".Bl -tag -width \"PgDn, Ctrl-F\" -offset indent -compact\n"));
        }
        put_key_row(out, SCOPE_VIEWS, command_at(i));
    }
    end_list(out);
}

/* Has the command a key in that scope, in a row before this one? */
static bool is_bound_before(Scope scope, size_t row)
{
    for (size_t i = 0; i < row; i++) {
        if (binding_at(i)->scope == scope && str_eq(binding_at(i)->command, binding_at(row)->command)) {
            return true;
        }
    }
    return false;
}

static void list_scope(StrBuf *out, Scope scope)
{
    strbuf_add(out, STR(".Bl -tag -width \"PgDn, Ctrl-F\" -offset indent -compact\n"));
    for (size_t i = 0; i < binding_count(); i++) {
        if (binding_at(i)->scope == scope && !is_bound_before(scope, i)) {
            put_key_row(out, scope, command_find(binding_at(i)->command));
        }
    }
    end_list(out);
}

static void list_keys_of_statuses(StrBuf *out)
{
    list_scope(out, SCOPE_STATUS);
}

static void list_keys_of_questions(StrBuf *out)
{
    list_scope(out, SCOPE_PROMPT);
}

static void list_keys_of_drafts(StrBuf *out)
{
    list_scope(out, SCOPE_DRAFT);
}

static void list_keys_of_answers(StrBuf *out)
{
    list_scope(out, SCOPE_ASK);
}

static void list_keys_of_help(StrBuf *out)
{
    list_scope(out, SCOPE_HELP);
}

/* "○ (.)": the sign, and what stands for it in ASCII, if that is another. */
static void put_sign(StrBuf *out, Str glyph, Str word)
{
    Canvas *canvas = canvas_new(1, 1, true);
    (void)canvas_text(canvas, 0, 0, 1, STYLE_TEXT, glyph);
    const Cell *cell = canvas_cell(canvas, 0, 0);
    Str sign = { cell->bytes, cell->n_bytes };
    add_name(out, "Ic", glyph);
    if (!str_eq(sign, glyph)) {
        strbuf_add(out, STR(" Po Ic "));
        add_word(out, sign);
        strbuf_add(out, STR(" Pc"));
    }
    strbuf_add_char(out, '\n');
    put_text(out, word);
    canvas_free(canvas);
}

static void list_signs(StrBuf *out)
{
    strbuf_add(out, STR(".Bl -tag -width \"x (x)\" -offset indent -compact\n"));
    for (int i = 0; i < STATUS_COUNT; i++) {
        put_sign(out, status_info((Status)i)->glyph, english(status_info((Status)i)->word));
    }
    for (int i = 0; i < STATE_COUNT; i++) {
        if (state_info((State)i)->glyph.n_bytes > 0) {
            put_sign(out, state_info((State)i)->glyph, english(state_info((State)i)->word));
        }
    }
    end_list(out);
}

static void list_warnings(StrBuf *out)
{
    begin_list(out, "weekday-mismatch");
    for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
        add_name(out, "Cm", deadline_warning_code((DeadlineWarning)i));
        strbuf_add_char(out, '\n');
        put_sentence(out, english(deadline_warning_text((DeadlineWarning)i)));
    }
    end_list(out);
}

static void list_fields(StrBuf *out)
{
    static const char *const types[] = {
        [FIELD_TYPE_TEXT] = "text", [FIELD_TYPE_TEXTS] = "text or list of texts",
        [FIELD_TYPE_DAY] = "day",   [FIELD_TYPE_STATUS] = "status",
        [FIELD_TYPE_LIST] = "list",
    };
    begin_list(out, "confirmed-by");
    for (int i = 0; i < FIELD_COUNT; i++) {
        const FieldInfo *info = field_info((FieldId)i);
        add_name(out, "Cm", info->name);
        strbuf_addf(out, " Pq %s\n", types[info->type]);
        put_sentence(out, english(info->help));
    }
    end_list(out);
}

/* The fields that a mark of an occurrence may have, in one sentence's middle. */
static void list_mark_fields(StrBuf *out)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (field_info((FieldId)i)->mark_offset != SIZE_MAX) {
            strbuf_addf(out, ".Cm %.*s ,\n", STR_ARG(field_info((FieldId)i)->name));
        }
    }
}

static void list_statuses(StrBuf *out)
{
    begin_list(out, "in-progress");
    for (int i = 0; i < STATUS_COUNT; i++) {
        const StatusInfo *info = status_info((Status)i);
        add_name(out, "Cm", info->name);
        strbuf_addf(out, " Pq %.*s\n", STR_ARG(text_get(LANG_RU, info->word)));
        put_sentence(out, info->is_closed ? STR("the event is closed") : STR("the event is open"));
    }
    end_list(out);
}

static void list_rules(StrBuf *out)
{
    begin_list(out, "number-missing");
    for (int i = 0; i < RULE_COUNT; i++) {
        const RuleInfo *info = rule_info((Rule)i);
        add_name(out, "Cm", info->code);
        strbuf_addf(out, " Pq %.*s\n", STR_ARG(severity_name(info->severity)));
        put_sentence(out, english(info->finds));
    }
    end_list(out);
}

static const struct {
    Str name;
    void (*put)(StrBuf *out);
} lists[] = {
    { STR_INIT("synopsis"), list_synopsis },
    { STR_INIT("commands"), list_commands },
    { STR_INIT("options"), list_options },
    { STR_INIT("keys"), list_keys },
    { STR_INIT("keys-of-statuses"), list_keys_of_statuses },
    { STR_INIT("keys-of-questions"), list_keys_of_questions },
    { STR_INIT("keys-of-drafts"), list_keys_of_drafts },
    { STR_INIT("keys-of-answers"), list_keys_of_answers },
    { STR_INIT("keys-of-help"), list_keys_of_help },
    { STR_INIT("signs"), list_signs },
    { STR_INIT("warnings"), list_warnings },
    { STR_INIT("fields"), list_fields },
    { STR_INIT("mark-fields"), list_mark_fields },
    { STR_INIT("statuses"), list_statuses },
    { STR_INIT("rules"), list_rules },
};

/* Besides those of the table there is one a subcommand: "command-list". */
static bool put_list(StrBuf *out, Str name)
{
    for (size_t i = 0; i < COUNTOF(lists); i++) {
        if (str_eq(lists[i].name, name)) {
            lists[i].put(out);
            return true;
        }
    }
    Str of_command = str_starts(name, STR("command-")) ? str_from(name, STR("command-").n_bytes) : (Str){ 0 };
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        if (str_eq(command->name, of_command)) {
            list_command(out, command);
            return true;
        }
    }
    return false;
}

static void put_names(StrBuf *out)
{
    for (size_t i = 0; i < COUNTOF(lists); i++) {
        strbuf_addf(out, "%.*s\n", STR_ARG(lists[i].name));
    }
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        strbuf_addf(out, "command-%.*s\n", STR_ARG(command->name));
    }
}

int main(int argc, char **argv)
{
    StrBuf out = { 0 };
    bool is_known = true;
    if (argc > 1) {
        is_known = put_list(&out, str_of(argv[1]));
    } else {
        put_names(&out);
    }
    (void)fputs(strbuf_z(&out), stdout);
    strbuf_done(&out);
    return is_known ? 0 : 1;
}
