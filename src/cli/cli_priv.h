#ifndef VEKHA_CLI_PRIV_H
#define VEKHA_CLI_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/base/err.h"
#include "vekha/base/vec.h"
#include "vekha/core/plan.h"
#include "vekha/store/journal_track.h"
#include "vekha/store/store.h"
#include "vekha/view/canvas.h"

#define CLI_VERSION "1.0"

/** Exit codes; of several the greatest wins. */
typedef enum CliCode { CLI_DONE, CLI_FOUND, CLI_USAGE, CLI_PLAN, CLI_CONFLICT, CLI_SYSTEM } CliCode;

typedef VEC(Str) StrVec;

/* cli_options.c: what can be said with two dashes */

typedef enum OptionId {
    OPTION_DIR,
    OPTION_AS,
    OPTION_TODAY,
    OPTION_LANG,
    OPTION_ASCII,
    OPTION_PLAIN,
    OPTION_COLOR,
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_STATUS,
    OPTION_LATE,
    OPTION_SOON,
    OPTION_MONTH,
    OPTION_WITHIN,
    OPTION_WHO,
    OPTION_SECTION,
    OPTION_WAITING,
    OPTION_GREP,
    OPTION_LIST_FORMAT,
    OPTION_ON,
    OPTION_BY,
    OPTION_EVIDENCE,
    OPTION_NOTE,
    OPTION_WHEN,
    OPTION_REASON,
    OPTION_OCCURRENCE,
    OPTION_PERIOD,
    OPTION_BATCH,
    OPTION_WHEN_FORMAT,
    OPTION_STRICT,
    OPTION_CHECK_FORMAT,
    OPTION_FROM,
    OPTION_TO,
    OPTION_WIDTH,
    OPTION_ZOOM,
    OPTION_SINCE,
    OPTION_EVENT,
    OPTION_LOG_FORMAT,
    OPTION_REPORT_FORMAT,
    OPTION_AFTER,
    OPTION_FIRST,
    OPTION_IN_SECTION,
    OPTION_LIKE,
    OPTION_FROM_NUMBER,
    OPTION_TITLE,
    OPTION_FROM_PLAN,
    OPTION_OUTPUT,
    OPTION_INSTALL,
    OPTION_AT,
    OPTION_DRY_RUN,
    OPTION_COUNT
} OptionId;

#define OPTION_BIT(id) (1ULL << OPTION_##id)
#define OPTIONS_FOR_ALL (OPTION_BIT(STATUS) - 1) /* those that stand before it */

/** As clock_utc_ms() counts. */
typedef struct Moment {
    long long utc_ms;
    bool is_said;
} Moment;

/** Where the options go. Zero: nothing said. */
typedef struct Options {
    const char *dir;
    Str as;
    Day today;
    int lang;  /* Lang */
    int color; /* ColorWhen */
    bool ascii, plain, help, version;

    unsigned statuses; /* bit 1 << Status */
    bool late, soon, waiting;
    Str month;       /* "2022-03", or in words */
    int within_days; /* −1: not said */
    Str who, section, grep;

    Day on;
    Str by, evidence, note, when, reason, occurrence;

    Span period, from, to;
    int width; /* of the timeline; 0: the terminal's */
    int zoom;  /* TimelineZoom */
    bool batch, strict;
    Day since;
    Str event;
    Str after, like; /* events; at NULL: not said */
    bool first;
    int from_number; /* 0: not said */
    Str title, from_plan;
    const char *output;
    bool install;
    Moment at;
    bool dry_run;
    long long now_ms; /* VEKHA_NOW, as clock_utc_ms() counts; 0: the clock's */
    int format;       /* index of the option's own choices */
} Options;

typedef enum ColorWhen { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER } ColorWhen;
enum { LIST_TABLE, LIST_TSV, LIST_JSON };
enum { WHEN_WORDS, WHEN_CANONICAL, WHEN_JSON };
enum { CHECK_TEXT, CHECK_JSON };

typedef struct OptionInfo OptionInfo;
struct OptionInfo {
    Str name;
    char letter;        /* 0: none */
    TextId arg;         /* T_NONE: it takes none, or one of its choices */
    const Str *choices; /* ended by an empty one */
    TextId help;
    size_t offset;                                                         /* in Options */
    bool (*take)(const OptionInfo *option, Str value, void *at, Err *err); /* NULL: a bool, no value */
};

const OptionInfo *option_info(OptionId id);
/** «ПАПКА», "auto|always|never"; nothing for those without a value. */
void option_add_arg(StrBuf *out, Lang lang, const OptionInfo *option);
/** A day as a person types it: 2022-03-29 or 29.03.2022. */
bool option_parse_day(Str text, Day *out) MUST_USE;

/* month.c */

/** "2022-03" */
bool month_parse(Str text, Span *out) MUST_USE;
/**
 * A whole month in words that deadlines know: «октябрь», «ОКТ. 2022». Without a year it is that of period; where that has
 * several, of today's year if it is one of them; without a period (zero) of today's.
 */
bool month_said(Str words, Span period, Day today, Span *out) MUST_USE;

/**
 * A moment as a person types it, in the local time zone: a day (its last moment), a day and a time («29.03.2022 14:30»,
 * "2022-03-29T14:30:15"); with a Z at the end UTC, as `log --format tsv` has it.
 */
bool option_parse_moment(Str text, long long *out) MUST_USE;

/** An option as it was given; whether the subcommand takes it is known only when all arguments have been seen. */
typedef struct Given {
    OptionId id; /* the first of that name */
    Str value;
} Given;
typedef VEC(Given) GivenVec;

/** Splits the arguments (without the program's name) into options and the others. ERR_USAGE. */
bool options_split(int argc, const char *const *argv, GivenVec *given, StrVec *args, Err *err) MUST_USE;
/** Reads what was given into out; an option outside `taken` (bits) is ERR_USAGE that names the command. */
bool options_read(const GivenVec *given, unsigned long long taken, Str command, Options *out, Err *err) MUST_USE;
/** The language that the arguments, else the environment, ask for: needed to say what is wrong with the rest. */
Lang options_lang(int argc, const char *const *argv);

/* cli.c: the run of the program */

typedef struct Cli {
    Options options;
    StrVec args; /* behind the subcommand */
    StrBuf out;  /* what goes to standard output */
    Arena arena; /* lives as long as the run */
    int code;    /* the worst so far: CliCode */
    int n_cols;  /* of the terminal; 0: the output is none */
    bool has_color;
    bool is_closed; /* nobody reads the output any more */
    bool has_account;
    Str account_name, account_login; /* of who runs it, once they were asked for */
    Canvas *row;                     /* one row to lay out lines on */
    Store *store;                    /* the plans that were asked for; NULL: none could be had */
} Cli;

typedef struct Subcommand {
    Str name;
    TextId args, help, details;
    unsigned long long options; /* bits, besides those for all */
    size_t min_args, max_args;
    void (*run)(Cli *cli);
} Subcommand;

/** All of them, ended by one without a name. */
const Subcommand *subcommands(void);

Lang cli_lang(const Cli *cli);
/** Says what failed on standard error, and has the exit code follow from it. Returns false. */
bool cli_fail(Cli *cli, const Err *err);
/** Makes the exit code at least that; or what follows from a failure that is said elsewhere. */
void cli_raise(Cli *cli, CliCode code);
void cli_raise_for(Cli *cli, const Err *err);
/** A copy that lives as long as the run; buf is empty afterwards. */
Str cli_keep(Cli *cli, StrBuf *buf);
/** Words on standard error, as they are. */
void cli_say(Str text);
/** Is name nearer to what was typed than *best (which it then is; begin with cli_far())? */
bool cli_is_nearer(Str typed, Str name, size_t *best);
/** How far a name may be at most: a word of few letters is near to everything. */
size_t cli_far(Str typed);
/** Hands what is in out to the system. Called at the end; before it only by what prints without bound. */
void cli_flush(Cli *cli);

/* help.c */

void help_all(Cli *cli);
void help_subcommand(Cli *cli, const Subcommand *command);
void help_version(Cli *cli);

/* journal.c: what log and report share */

/** The plan's journal, by changes; what cannot be read is said. Release both. */
bool cli_read_journal(Cli *cli, const PlanFile *file, Journal *journal, JournalTracks *tracks) MUST_USE;
/** Where --since begins; LLONG_MIN: it is not said. */
long long cli_since_ms(const Cli *cli);
/** «10.05.2022 12:30», in English "2022-05-10 12:30", in the local time zone. */
void cli_add_moment(StrBuf *out, Lang lang, long long utc_ms);
/** The same to the second. */
void cli_add_exact_moment(StrBuf *out, Lang lang, long long utc_ms);
/** A day of the language: «10.05.2022», "2022-05-10". */
void cli_add_day(StrBuf *out, Lang lang, Day day);
/** What the document calls it, else what the journal does. */
void cli_add_event_name(StrBuf *out, const Plan *plan, size_t event, Str name);
/** Wrapped lines, each that far from the left. */
void cli_put_indented(Cli *cli, int indent, Style style, Str text);

/* plans.c: which plans are meant */

/** The folder: --dir, else VEKHA_DIR, else ./plans, else the user's own. False, ERR_USAGE, when it is not there. */
bool plans_folder(const Cli *cli, StrBuf *out, Err *err) MUST_USE;
/** Is it written as a path: with a '/' or a plan's suffix? */
bool plans_is_path(Str name);
/** The first argument as the command of a hint names it: «--dir ПАПКА ПЛАН» where --dir was given; as long as cli lives. */
Str plans_hint(Cli *cli);
/** Opens the plans that the arguments name, all of the folder if there are none; what cannot be had is said. */
void plans_open(Cli *cli);
/** Says on standard error that there is no plan where the plans were to be. */
void plans_say_none(Cli *cli);
/** Opens the one plan that the argument names; false when it is not one, or cannot be had (said already). */
bool plans_open_one(Cli *cli, Str name) MUST_USE;
/** The same for a command that changes the plan it names first: signed already. NULL (said already) if it is broken, too. */
const PlanFile *plan_to_change(Cli *cli);
const PlanFile *plan_at(const Cli *cli, size_t plan);
size_t plans_count(const Cli *cli);
/** Says why, if the plan could not be read whole. */
void plan_say_broken(Cli *cli, const PlanFile *file);
/** The event that NO means; false when none or several do (said already). */
bool plan_event(Cli *cli, const PlanFile *file, Str number, size_t *out) MUST_USE;
/** «Саянск», or the file's name where the plan has no short one. */
Str plan_label(const PlanFile *file);
/** «5», or «id:k3f9», or «+7» where the document has no number. */
void plan_add_number(StrBuf *out, const Plan *plan, size_t event);
/** «2022», «2022/23», «09.2022–05.2023» */
void plan_add_period(StrBuf *out, Span period);

/* paint.c: text with style, in a terminal's columns */

/** Appends text from a file or the table, made visible, in its style. */
void paint_text(Cli *cli, Style style, Str text);
void paint_line(Cli *cli, Style style, Str text);
/** The canvas to lay a line on, blank, of that many columns. */
Canvas *paint_row(Cli *cli, int n_cols);
/** Appends the first n_cols columns of that line with its styles, without the blanks at its end, and a line feed. */
void paint_row_out(Cli *cli, int n_cols);
/** Columns of the text once it is made visible; no more than max are counted. */
int paint_cols(Str text, int max);
/** The glyph of the state that the event has today; empty with --plain. */
Str paint_glyph(const Cli *cli, const Event *event);
Style paint_style(const Cli *cli, const Event *event);
/** «исполнено», «3 из 12, просрочено на 5 дней»; brief: nine columns. */
void paint_add_state(StrBuf *out, const Cli *cli, const Event *event, bool is_brief);

/* table.c: columns that line up */

typedef struct TableColumn {
    TextId heading;
    int min_cols; /* what a narrow terminal leaves it; 0: always as wide as its texts */
    int max_cols;
    int weight;    /* of two that can be cut, which is the more important; from 1 */
    bool is_right; /* numbers */
    bool is_spare; /* left out where not even the least widths fit */
} TableColumn;

typedef struct TableCell {
    Str text, brief; /* brief: instead, where text does not fit; may be empty */
    Style style;
} TableCell;

typedef struct TableRow {
    size_t cell; /* the first one; SIZE_MAX: a line across all columns */
    TableCell line;
} TableRow;

/** Rows of cells, laid out when all are there. Zero, then columns set, is empty; texts are borrowed. */
typedef struct Table {
    const TableColumn *columns;
    size_t n_columns;
    VEC(TableCell) cells;
    VEC(TableRow) rows;
} Table;

/** The cells of a new row, to be filled before the next one is added. */
TableCell *table_add(Table *table);
void table_add_line(Table *table, Style style, Str text);
void table_print(Cli *cli, const Table *table);
void table_done(Table *table);

/**
 * The journals' lines are on disk then; says on standard error what is not in a journal. What was done is done: it changes no
 * exit code.
 */
void cli_say_warning(const Cli *cli, Store *store);
/** Who marks: --as, else the account's full name; may be empty. Lives as long as the run. */
Str cli_who(Cli *cli);
/** Before the plans are changed: who makes the changes, and when, for their journals. */
void cli_sign(Cli *cli);
/** Runs the interface on the plans; they are closed afterwards. */
void interface_run(Cli *cli);

/* The subcommands. */

void cmd_list(Cli *cli);
void cmd_show(Cli *cli);
void cmd_set(Cli *cli);
void cmd_when(Cli *cli);
void cmd_check(Cli *cli);
void cmd_timeline(Cli *cli);
void cmd_log(Cli *cli);
void cmd_restore(Cli *cli);
void cmd_report(Cli *cli);
void cmd_edit(Cli *cli);
void cmd_add(Cli *cli);
void cmd_delete(Cli *cli);
void cmd_renumber(Cli *cli);
void cmd_new(Cli *cli);
void cmd_merge(Cli *cli);
/** --install: has git merge the plans of the folder. */
void merge_install(Cli *cli);
void cmd_overview(Cli *cli);
/** Files and folders in place of a subcommand, or nothing at all. */
void cmd_open(Cli *cli);

#endif
