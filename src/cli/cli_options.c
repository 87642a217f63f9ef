#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/timeline.h"

static bool bad_value(const OptionInfo *option, Str value, TextId wanted, Err *err)
{
    return err_set(err, ERR_USAGE, T_CLI_BAD_VALUE, TEXT_STR(option->name), TEXT_STR(value), TEXT_ROW(wanted));
}

static bool take_path(const OptionInfo *option, Str value, void *at, Err *err)
{
    *(const char **)at = value.at; /* an argument of the program: NUL-terminated, any bytes */
    return value.n_bytes > 0 ||
           bad_value(option, value, option->arg == T_CLI_ARG_FILE ? T_CLI_WANTS_FILE : T_CLI_WANTS_FOLDER, err);
}

static bool take_text(const OptionInfo *option, Str value, void *at, Err *err)
{
    *(Str *)at = value;
    return utf8_valid(value, NULL) || bad_value(option, value, T_CLI_WANTS_UTF8, err);
}

static bool take_day(const OptionInfo *option, Str value, void *at, Err *err)
{
    return option_parse_day(value, at) || bad_value(option, value, T_CLI_WANTS_DAY, err);
}

static bool take_moment(const OptionInfo *option, Str value, void *at, Err *err)
{
    Moment *moment = at;
    moment->is_said = option_parse_moment(value, &moment->utc_ms);
    return moment->is_said || bad_value(option, value, T_CLI_WANTS_MOMENT, err);
}

static bool take_month(const OptionInfo *option, Str value, void *at, Err *err)
{
    return month_parse(value, at) || bad_value(option, value, T_CLI_WANTS_MONTH, err);
}

/* "2022-03", or in words, whose year each plan has to tell. */
static bool take_month_words(const OptionInfo *option, Str value, void *at, Err *err)
{
    const Span any_year = { day_of(2022, 1, 1), day_of(2022, DATE_MONTHS_PER_YEAR, 31) };
    Span days;
    *(Str *)at = value;
    bool is_month = utf8_valid(value, NULL) && (month_parse(value, &days) || month_said(value, any_year, any_year.first, &days));
    return is_month || bad_value(option, value, T_CLI_WANTS_MONTH_WORDS, err);
}

static bool take_period(const OptionInfo *option, Str value, void *at, Err *err)
{
    return span_parse(value, at) || bad_value(option, value, T_CLI_WANTS_PERIOD, err);
}

/* "14", "14d", "2w" */
static bool take_days(const OptionInfo *option, Str value, void *at, Err *err)
{
    enum { MAX_DAYS = 36600 };
    int *days = at;
    bool is_weeks = str_ends(value, STR("w"));
    Str number = is_weeks || str_ends(value, STR("d")) ? str_sub(value, 0, value.n_bytes - 1) : value;
    if (!str_to_uint(number, days) || *days > MAX_DAYS) {
        return bad_value(option, value, T_CLI_WANTS_DAYS, err);
    }
    *days *= is_weeks ? DATE_DAYS_PER_WEEK : 1;
    return true;
}

static bool take_cols(const OptionInfo *option, Str value, void *at, Err *err)
{
    int *n_cols = at;
    bool is_fit = str_to_uint(value, n_cols) && *n_cols >= 40 && *n_cols <= 400;
    return is_fit || bad_value(option, value, T_CLI_WANTS_COLS, err);
}

static bool take_number(const OptionInfo *option, Str value, void *at, Err *err)
{
    enum { HIGHEST = 100000 };
    int *number = at;
    bool is_fit = str_to_uint(value, number) && *number >= 1 && *number <= HIGHEST;
    return is_fit || bad_value(option, value, T_CLI_WANTS_NUMBER, err);
}

static bool take_statuses(const OptionInfo *option, Str value, void *at, Err *err)
{
    unsigned *statuses = at;
    (void)option;
    do {
        Str word = str_trim(str_cut(&value, ','));
        Status status;
        if (status_parse(word, &status)) {
            *statuses |= 1U << status;
        } else if (status_nearest(word, &status)) {
            return err_set(err, ERR_USAGE, T_VALUE_NOT_STATUS_NEAR, TEXT_STR(word), TEXT_STR(status_info(status)->name));
        } else {
            return err_set(err, ERR_USAGE, T_VALUE_NOT_STATUS, TEXT_STR(word));
        }
    } while (value.n_bytes > 0);
    return true;
}

static bool take_choice(const OptionInfo *option, Str value, void *at, Err *err)
{
    StrBuf wanted = { 0 };
    for (int i = 0; option->choices[i].n_bytes > 0; i++) {
        if (str_eq(value, option->choices[i])) {
            *(int *)at = i;
            return true;
        }
    }
    option_add_arg(&wanted, LANG_RU, option);
    (void)err_set(err, ERR_USAGE, T_CLI_BAD_CHOICE, TEXT_STR(option->name), TEXT_STR(value), TEXT_STR(strbuf_str(&wanted)));
    strbuf_done(&wanted);
    return false;
}

static const Str lang_choices[] = { STR_INIT("ru"), STR_INIT("en"), { 0 } };
static const Str color_choices[] = { STR_INIT("auto"), STR_INIT("always"), STR_INIT("never"), { 0 } };
static const Str list_formats[] = { STR_INIT("table"), STR_INIT("tsv"), STR_INIT("json"), { 0 } };
static const Str when_formats[] = { STR_INIT("words"), STR_INIT("canonical"), STR_INIT("json"), { 0 } };
static const Str check_formats[] = { STR_INIT("text"), STR_INIT("json"), { 0 } };
static const Str zoom_choices[] = {
    [ZOOM_YEAR] = STR_INIT("year"),   [ZOOM_HALF] = STR_INIT("half"), [ZOOM_QUARTER] = STR_INIT("quarter"),
    [ZOOM_MONTH] = STR_INIT("month"), [ZOOM_COUNT] = { 0 },
};

#define AT(member) offsetof(Options, member)

/* One row an option. Of two with the same name, no subcommand takes both, and both take a value or neither does. */
static const OptionInfo options[] = {
    /* clang-format off */
    [OPTION_DIR]          = { STR_INIT("dir"), 0, T_CLI_ARG_FOLDER, NULL, T_CLI_DIR_HELP, AT(dir), take_path },
    [OPTION_AS]           = { STR_INIT("as"), 0, T_CLI_ARG_NAME, NULL, T_CLI_AS_HELP, AT(as), take_text },
    [OPTION_TODAY]        = { STR_INIT("today"), 0, T_CLI_ARG_DAY, NULL, T_CLI_TODAY_HELP, AT(today), take_day },
    [OPTION_LANG]         = { STR_INIT("lang"), 0, T_NONE, lang_choices, T_CLI_LANG_HELP, AT(lang), take_choice },
    [OPTION_ASCII]        = { STR_INIT("ascii"), 0, T_NONE, NULL, T_CLI_ASCII_HELP, AT(ascii), NULL },
    [OPTION_PLAIN]        = { STR_INIT("plain"), 0, T_NONE, NULL, T_CLI_PLAIN_HELP, AT(plain), NULL },
    [OPTION_COLOR]        = { STR_INIT("color"), 0, T_NONE, color_choices, T_CLI_COLOR_HELP, AT(color), take_choice },
    [OPTION_HELP]         = { STR_INIT("help"), 'h', T_NONE, NULL, T_CLI_HELP_HELP, AT(help), NULL },
    [OPTION_VERSION]      = { STR_INIT("version"), 'V', T_NONE, NULL, T_CLI_VERSION_HELP, AT(version), NULL },
    [OPTION_STATUS]       = { STR_INIT("status"), 0, T_CLI_ARG_STATUSES, NULL, T_CLI_STATUS_HELP, AT(statuses), take_statuses },
    [OPTION_LATE]         = { STR_INIT("late"), 0, T_NONE, NULL, T_CLI_LATE_HELP, AT(late), NULL },
    [OPTION_SOON]         = { STR_INIT("soon"), 0, T_NONE, NULL, T_CLI_SOON_HELP, AT(soon), NULL },
    [OPTION_MONTH]        = { STR_INIT("month"), 0, T_CLI_ARG_MONTH_WORDS, NULL, T_CLI_MONTH_HELP, AT(month), take_month_words },
    [OPTION_WITHIN]       = { STR_INIT("within"), 0, T_CLI_ARG_DAYS, NULL, T_CLI_WITHIN_HELP, AT(within_days), take_days },
    [OPTION_WHO]          = { STR_INIT("who"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_WHO_HELP, AT(who), take_text },
    [OPTION_SECTION]      = { STR_INIT("section"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_SECTION_HELP, AT(section), take_text },
    [OPTION_WAITING]      = { STR_INIT("waiting"), 0, T_NONE, NULL, T_CLI_WAITING_HELP, AT(waiting), NULL },
    [OPTION_GREP]         = { STR_INIT("grep"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_GREP_HELP, AT(grep), take_text },
    [OPTION_LIST_FORMAT]  = { STR_INIT("format"), 0, T_NONE, list_formats, T_CLI_LIST_FORMAT_HELP, AT(format), take_choice },
    [OPTION_ON]           = { STR_INIT("on"), 0, T_CLI_ARG_DAY, NULL, T_CLI_ON_HELP, AT(on), take_day },
    [OPTION_BY]           = { STR_INIT("by"), 0, T_CLI_ARG_NAME, NULL, T_CLI_BY_HELP, AT(by), take_text },
    [OPTION_EVIDENCE]     = { STR_INIT("evidence"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_EVIDENCE_HELP, AT(evidence), take_text },
    [OPTION_NOTE]         = { STR_INIT("note"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_NOTE_HELP, AT(note), take_text },
    [OPTION_WHEN]         = { STR_INIT("when"), 0, T_CLI_ARG_PHRASE, NULL, T_CLI_WHEN_HELP, AT(when), take_text },
    [OPTION_REASON]       = { STR_INIT("reason"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_REASON_HELP, AT(reason), take_text },
    [OPTION_OCCURRENCE]   = { STR_INIT("occurrence"), 0, T_CLI_ARG_AT, NULL, T_CLI_OCCURRENCE_HELP, AT(occurrence), take_text },
    [OPTION_PERIOD]       = { STR_INIT("period"), 0, T_CLI_ARG_PERIOD, NULL, T_CLI_PERIOD_HELP, AT(period), take_period },
    [OPTION_BATCH]        = { STR_INIT("batch"), 0, T_NONE, NULL, T_CLI_BATCH_HELP, AT(batch), NULL },
    [OPTION_WHEN_FORMAT]  = { STR_INIT("format"), 0, T_NONE, when_formats, T_CLI_WHEN_FORMAT_HELP, AT(format), take_choice },
    [OPTION_STRICT]       = { STR_INIT("strict"), 0, T_NONE, NULL, T_CLI_STRICT_HELP, AT(strict), NULL },
    [OPTION_CHECK_FORMAT] = { STR_INIT("format"), 0, T_NONE, check_formats, T_CLI_CHECK_FORMAT_HELP, AT(format), take_choice },
    [OPTION_FROM]         = { STR_INIT("from"), 0, T_CLI_ARG_MONTH, NULL, T_CLI_FROM_HELP, AT(from), take_month },
    [OPTION_TO]           = { STR_INIT("to"), 0, T_CLI_ARG_MONTH, NULL, T_CLI_TO_HELP, AT(to), take_month },
    [OPTION_WIDTH]        = { STR_INIT("width"), 0, T_CLI_ARG_COLS, NULL, T_CLI_WIDTH_HELP, AT(width), take_cols },
    [OPTION_ZOOM]         = { STR_INIT("by"), 0, T_NONE, zoom_choices, T_CLI_ZOOM_HELP, AT(zoom), take_choice },
    [OPTION_SINCE]        = { STR_INIT("since"), 0, T_CLI_ARG_DAY, NULL, T_CLI_SINCE_HELP, AT(since), take_day },
    [OPTION_EVENT]        = { STR_INIT("event"), 0, T_CLI_ARG_NUMBER, NULL, T_CLI_EVENT_HELP, AT(event), take_text },
    [OPTION_LOG_FORMAT]   = { STR_INIT("format"), 0, T_NONE, list_formats, T_CLI_LOG_FORMAT_HELP, AT(format), take_choice },
    [OPTION_REPORT_FORMAT] = { STR_INIT("format"), 0, T_NONE, check_formats, T_CLI_REPORT_FORMAT_HELP, AT(format), take_choice },
    [OPTION_AFTER]        = { STR_INIT("after"), 0, T_CLI_ARG_NUMBER, NULL, T_CLI_AFTER_HELP, AT(after), take_text },
    [OPTION_FIRST]        = { STR_INIT("first"), 0, T_NONE, NULL, T_CLI_FIRST_HELP, AT(first), NULL },
    [OPTION_IN_SECTION]   = { STR_INIT("section"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_IN_SECTION_HELP, AT(section), take_text },
    [OPTION_LIKE]         = { STR_INIT("like"), 0, T_CLI_ARG_NUMBER, NULL, T_CLI_LIKE_HELP, AT(like), take_text },
    [OPTION_FROM_NUMBER]  = { STR_INIT("from"), 0, T_CLI_ARG_NUMBER, NULL, T_CLI_FROM_NUMBER_HELP, AT(from_number), take_number },
    [OPTION_TITLE]        = { STR_INIT("title"), 0, T_CLI_ARG_TEXT, NULL, T_CLI_TITLE_HELP, AT(title), take_text },
    [OPTION_FROM_PLAN]    = { STR_INIT("from"), 0, T_CLI_ARG_PLAN, NULL, T_CLI_FROM_PLAN_HELP, AT(from_plan), take_text },
    [OPTION_OUTPUT]       = { STR_INIT("output"), 'o', T_CLI_ARG_FILE, NULL, T_CLI_OUTPUT_HELP, AT(output), take_path },
    [OPTION_INSTALL]      = { STR_INIT("install"), 0, T_NONE, NULL, T_CLI_INSTALL_HELP, AT(install), NULL },
    [OPTION_AT]           = { STR_INIT("at"), 0, T_CLI_ARG_TIME, NULL, T_CLI_AT_HELP, AT(at), take_moment },
    [OPTION_DRY_RUN]      = { STR_INIT("dry-run"), 0, T_NONE, NULL, T_CLI_DRY_RUN_HELP, AT(dry_run), NULL },
    /* clang-format on */
};
_Static_assert(COUNTOF(options) == OPTION_COUNT, "every option has a row");

const OptionInfo *option_info(OptionId id)
{
    return &options[id];
}

void option_add_arg(StrBuf *out, Lang lang, const OptionInfo *option)
{
    for (int i = 0; option->choices != NULL && option->choices[i].n_bytes > 0; i++) {
        strbuf_add(out, i > 0 ? STR("|") : (Str){ 0 });
        strbuf_add(out, option->choices[i]);
    }
    strbuf_add(out, text_get(lang, option->arg));
}

/* "29.03.2022", as Russians write it */
static bool parse_russian_day(Str text, Day *out)
{
    int part[3] = { 0 };
    for (int i = 0; i < 3; i++) {
        if (!str_to_uint(str_cut(&text, '.'), &part[i])) {
            return false;
        }
    }
    *out = text.n_bytes == 0 && part[2] >= 1000 ? day_of(part[2], part[1], part[0]) : 0;
    return *out != 0;
}

bool option_parse_day(Str text, Day *out)
{
    return day_parse(text, out) || parse_russian_day(text, out);
}

static bool find_option(Str name, OptionId *out)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        bool is_letter = name.n_bytes == 1 && options[i].letter == name.at[0];
        if (is_letter || str_eq(options[i].name, name)) {
            *out = (OptionId)i;
            return true;
        }
    }
    return false;
}

static bool unknown_option(Str arg, Str name, Err *err)
{
    size_t best = cli_far(name);
    Str nearest = { 0 };
    for (int i = 0; i < OPTION_COUNT; i++) {
        nearest = cli_is_nearer(name, options[i].name, &best) ? options[i].name : nearest;
    }
    return nearest.n_bytes > 0 ? err_set(err, ERR_USAGE, T_CLI_NO_OPTION_NEAR, TEXT_STR(arg), TEXT_STR(nearest))
                               : err_set(err, ERR_USAGE, T_CLI_NO_OPTION, TEXT_STR(arg));
}

/* One option: "--name", "--name=value", "--name value", "-h". Takes what it needs off the arguments at *at. */
static bool split_option(int argc, const char *const *argv, int *at, GivenVec *given, Err *err)
{
    Str arg = str_of(argv[*at]);
    Str value = str_from(arg, str_starts(arg, STR("--")) ? 2 : 1);
    bool has_value = str_starts(arg, STR("--")) && str_find_char(value, '=', 0) != SIZE_MAX;
    Str name = str_cut(&value, has_value ? '=' : '\0');
    bool is_letter = !str_starts(arg, STR("--"));
    OptionId id;
    if ((name.n_bytes == 1) != is_letter || !find_option(name, &id)) {
        return unknown_option(arg, name, err);
    }
    if (options[id].take == NULL && has_value) {
        return err_set(err, ERR_USAGE, T_CLI_OPTION_TAKES_NONE, TEXT_STR(name), TEXT_STR(value));
    }
    if (options[id].take != NULL && !has_value) {
        if (*at + 1 == argc) {
            return err_set(err, ERR_USAGE, T_CLI_OPTION_NEEDS_VALUE, TEXT_STR(name));
        }
        value = str_of(argv[++*at]);
    }
    vec_push(given, (Given){ id, value });
    return true;
}

bool options_split(int argc, const char *const *argv, GivenVec *given, StrVec *args, Err *err)
{
    bool only_args = false;
    for (int i = 0; i < argc; i++) {
        Str arg = str_of(argv[i]);
        if (only_args || arg.n_bytes < 2 || arg.at[0] != '-') {
            vec_push(args, arg);
        } else if (str_eq(arg, STR("--"))) {
            only_args = true;
        } else if (!split_option(argc, argv, &i, given, err)) {
            return false;
        }
    }
    return true;
}

/* The row of that name that the command takes; OPTION_COUNT: none. */
static OptionId taken_option(OptionId id, unsigned long long taken)
{
    for (int i = 0; i < OPTION_COUNT; i++) {
        if ((taken >> i & 1) != 0 && str_eq(options[i].name, options[id].name)) {
            return (OptionId)i;
        }
    }
    return OPTION_COUNT;
}

bool options_read(const GivenVec *given, unsigned long long taken, Str command, Options *out, Err *err)
{
    for (size_t i = 0; i < given->n; i++) {
        OptionId id = taken_option(given->at[i].id, taken);
        if (id == OPTION_COUNT) {
            Str name = options[given->at[i].id].name;
            return command.n_bytes > 0 ? err_set(err, ERR_USAGE, T_CLI_OPTION_NOT_HERE, TEXT_STR(name), TEXT_STR(command))
                                       : err_set(err, ERR_USAGE, T_CLI_OPTION_NEEDS_COMMAND, TEXT_STR(name));
        }
        void *at = (char *)out + options[id].offset;
        if (options[id].take == NULL) {
            *(bool *)at = true;
        } else if (!options[id].take(&options[id], given->at[i].value, at, err)) {
            return false;
        }
    }
    return true;
}

/* One that there is not leaves it as it is: an option is complained of when it is read. */
static void set_lang(Str name, Lang *lang)
{
    Lang named;
    *lang = text_lang_parse(name, &named) ? named : *lang;
}

Lang options_lang(int argc, const char *const *argv)
{
    Lang lang = LANG_RU;
    set_lang(str_of(getenv("VEKHA_LANG")), &lang);
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) {
            set_lang(str_of(argv[i + 1]), &lang);
        } else if (str_starts(str_of(argv[i]), STR("--lang="))) {
            set_lang(str_from(str_of(argv[i]), STR("--lang=").n_bytes), &lang);
        }
    }
    return lang;
}
