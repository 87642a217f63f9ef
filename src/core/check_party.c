#include "core/check_priv.h"
#include "vekha/base/utf8.h"

/* ---- Nobody ---- */

static bool has_party(const Event *event)
{
    for (size_t i = 0; i < event->responsible.n; i++) {
        Str rest = event->responsible.at[i];
        while (rest.n_bytes > 0) {
            uint32_t c = utf8_next(&rest);
            if ((c >= 0x400 && c < 0x2000) || (c >= '0' && c <= '9') || (c | 0x20U) - 'a' < 26) { /* more than a dash */
                return true;
            }
        }
    }
    return false;
}

void check_no_responsible(const Check *check)
{
    const Plan *plan = check->plan;
    size_t n_with = 0;
    for (size_t i = 0; i < plan->events.n; i++) {
        n_with += has_party(&plan->events.at[i]);
    }
    if (n_with == 0 && plan->headings.n > 0 && plan->events.n > 0 && plan_heading(plan, STR("responsible")).n_bytes == 0) {
        Problem at = { .of = PROBLEM_OF_PLAN, .event = SIZE_MAX, .key = STR("headings") }; /* the document has no such column */
        check_say_args(check, &at, RULE_NO_RESPONSIBLE, T_NO_RESPONSIBLE_AT_ALL, NULL, 0);
        return;
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        if (!has_party(event) && event->status != STATUS_CANCELLED) {
            Problem at = problem_at(i, FIELD_RESPONSIBLE);
            check_say_args(check, &at, RULE_NO_RESPONSIBLE, T_NO_RESPONSIBLE, NULL, 0);
        }
    }
}

/* ---- Several in one ---- */

/* Who can be responsible, as a list names them; forms of other cases are not here, so «совет учителей и родителей» is one. */
static const struct {
    Str word;
    bool is_many; /* several persons: never the post of the person before */
} nouns[] = {
    { STR_INIT("администрация"), true },
    { STR_INIT("библиотекари"), true },
    { STR_INIT("библиотекарь"), false },
    { STR_INIT("воспитатели"), true },
    { STR_INIT("воспитатель"), false },
    { STR_INIT("гбоу"), true },
    { STR_INIT("гимназия"), true },
    { STR_INIT("дефектолог"), false },
    { STR_INIT("директор"), false },
    { STR_INIT("директора"), true },
    { STR_INIT("завуч"), false },
    { STR_INIT("заведующая"), false },
    { STR_INIT("заведующие"), true },
    { STR_INIT("заведующий"), false },
    { STR_INIT("зам"), false },
    { STR_INIT("заместители"), true },
    { STR_INIT("заместитель"), false },
    { STR_INIT("кураторы"), true },
    { STR_INIT("куратор"), false },
    { STR_INIT("координатор"), false },
    { STR_INIT("координаторы"), true },
    { STR_INIT("лицей"), true },
    { STR_INIT("логопед"), false },
    { STR_INIT("маоу"), true },
    { STR_INIT("мау"), true },
    { STR_INIT("мбоу"), true },
    { STR_INIT("мбу"), true },
    { STR_INIT("мбдоу"), true },
    { STR_INIT("мку"), true },
    { STR_INIT("мкоу"), true },
    { STR_INIT("медсестра"), false },
    { STR_INIT("методист"), false },
    { STR_INIT("методисты"), true },
    { STR_INIT("моу"), true },
    { STR_INIT("наставники"), true },
    { STR_INIT("обучающиеся"), true },
    { STR_INIT("организатор"), false },
    { STR_INIT("педагог"), false },
    { STR_INIT("педагоги"), true },
    { STR_INIT("преподаватели"), true },
    { STR_INIT("преподаватель"), false },
    { STR_INIT("председатель"), false },
    { STR_INIT("психолог"), false },
    { STR_INIT("психологи"), true },
    { STR_INIT("родители"), true },
    { STR_INIT("руководители"), true },
    { STR_INIT("руководитель"), false },
    { STR_INIT("секретарь"), false },
    { STR_INIT("специалист"), false },
    { STR_INIT("специалисты"), true },
    { STR_INIT("тьюторы"), true },
    { STR_INIT("учитель"), false },
    { STR_INIT("учителя"), true },
    { STR_INIT("школа"), true },
    { STR_INIT("школы"), true },
    { STR_INIT("вожатая"), false },
    { STR_INIT("вожатый"), false },
};

enum { MAX_PARTS = 32 };

typedef struct Part {
    Str text;
    int n_persons;
    bool is_noun, is_many, after_semicolon;
} Part;

typedef struct Parts {
    Part at[MAX_PARTS];
    int n;
} Parts;

static bool is_adjective(Str word)
{
    static const Str endings[] = {
        STR_INIT("ый"), STR_INIT("ий"), STR_INIT("ой"), STR_INIT("ая"), STR_INIT("ые"), STR_INIT("ие")
    };
    for (size_t i = 0; i < COUNTOF(endings); i++) {
        if (word.n_bytes > 3 * endings[i].n_bytes && str_ends(word, endings[i])) {
            return true;
        }
    }
    return false;
}

/* The first word that is no adjective; «педагог-психолог» is a педагог. */
static void find_noun(Part *part)
{
    StrBuf folded = { 0 };
    utf8_add_folded(&folded, part->text);
    Str rest = str_trim(strbuf_str(&folded));
    bool looks_on = true;
    while (rest.n_bytes > 0 && looks_on) {
        Str word = str_cut(&rest, ' ');
        word = str_cut(&word, '.');
        word = str_cut(&word, '-');
        looks_on = word.n_bytes == 0;
        bool is_found = false;
        for (size_t i = 0; i < COUNTOF(nouns) && !is_found; i++) {
            is_found = str_eq(word, nouns[i].word);
            part->is_noun = part->is_noun || is_found;
            part->is_many = part->is_many || (is_found && nouns[i].is_many);
        }
        looks_on = looks_on || (!is_found && is_adjective(word));
    }
    strbuf_done(&folded);
}

static bool is_capital(uint32_t c)
{
    return (c >= 0x410 && c <= 0x42F) || c == 0x401 || c == 0x406 || c == 0x40E;
}

/* «А.П.», «А. П.»: how many persons are named so; a school that bears a name is none. */
static int count_persons(Str text)
{
    int n = 0;
    uint32_t before = ' ';
    bool is_namesake = false;
    while (text.n_bytes > 0) {
        Str here = text;
        uint32_t c = utf8_next(&text);
        if (is_capital(c) && before == ' ' && str_starts(text, STR("."))) {
            Str ahead = str_trim(str_from(text, 1));
            uint32_t second = ahead.n_bytes > 0 ? utf8_next(&ahead) : 0;
            if (is_capital(second) && (ahead.n_bytes == 0 || str_starts(ahead, STR(".")) || str_starts(ahead, STR(" ")))) {
                n += is_namesake ? 0 : 1;
                text = ahead;
                c = '.';
            }
        }
        is_namesake = str_starts(here, STR("им.")) || str_starts(here, STR("имени")) || (is_namesake && c != ',');
        before = c;
    }
    return n;
}

static void add_part(Parts *parts, Str text, bool after_semicolon)
{
    text = str_trim(text);
    if (text.n_bytes > 0 && parts->n < MAX_PARTS) {
        Part *part = &parts->at[parts->n++];
        *part = (Part){ .text = text, .n_persons = count_persons(text), .after_semicolon = after_semicolon };
        find_noun(part);
    }
}

/* Bytes of a separator here: «,», «;», « и »; 0: none. */
static size_t separator_at(Str text, size_t at)
{
    return text.at[at] == ' ' && str_starts(str_from(text, at), STR(" и ")) ? STR(" и ").n_bytes
           : text.at[at] == ',' || text.at[at] == ';'                       ? 1
                                                                            : 0;
}

/* What is in quotation marks or brackets is a name, and stays whole. */
static void split(Str text, Parts *parts)
{
    int depth = 0;
    size_t begin = 0;
    bool after_semicolon = false;
    for (size_t i = 0; i < text.n_bytes; i++) {
        Str here = str_from(text, i);
        bool opens = text.at[i] == '(' || str_starts(here, STR("«"));
        bool closes = text.at[i] == ')' || str_starts(here, STR("»"));
        depth += opens ? 1 : closes && depth > 0 ? -1 : 0;
        size_t n = depth == 0 ? separator_at(text, i) : 0;
        if (n > 0) {
            add_part(parts, str_sub(text, begin, i), after_semicolon);
            after_semicolon = text.at[i] == ';';
            begin = i + n;
            i += n - 1;
        }
    }
    add_part(parts, str_from(text, begin), after_semicolon);
}

/* Is this one a party of its own, when the first is one? */
static bool is_another(const Part *first, const Part *part)
{
    if (part->after_semicolon || (first->n_persons > 0 && part->n_persons > 0)) {
        return true;
    }
    if (first->n_persons > 0) {
        return part->is_many; /* a person's post is in the singular */
    }
    return (first->is_noun || first->n_persons > 0) && (part->is_noun || part->n_persons > 0) &&
           (first->is_many || part->is_many || part->n_persons == 0);
}

static void check_joined(const Check *check, Str party, const Problem *at)
{
    Parts parts = { .n = 0 };
    split(party, &parts);
    for (int i = 1; i < parts.n; i++) {
        if (is_another(&parts.at[0], &parts.at[i])) {
            check_say(check, at, RULE_PARTIES_JOINED, T_PARTIES_JOINED, TEXT_STR(check_quote(check, party)),
                      TEXT_STR(check_quote(check, parts.at[0].text)), TEXT_STR(check_quote(check, parts.at[i].text)));
            return;
        }
    }
}

void check_parties_joined(const Check *check)
{
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        Problem at = problem_at(i, FIELD_RESPONSIBLE);
        for (size_t k = 0; k < event->responsible.n; k++) {
            at.item = (unsigned)k + 1;
            check_joined(check, event->responsible.at[k], &at);
        }
    }
}
