#include "vekha/cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli_priv.h"
#include "vekha/base/clock.h"

#define LIST_OPTIONS                                                                                                       \
    (OPTION_BIT(STATUS) | OPTION_BIT(LATE) | OPTION_BIT(SOON) | OPTION_BIT(MONTH) | OPTION_BIT(WITHIN) | OPTION_BIT(WHO) | \
     OPTION_BIT(SECTION) | OPTION_BIT(WAITING) | OPTION_BIT(GREP) | OPTION_BIT(LIST_FORMAT))
#define SET_OPTIONS                                                                                                      \
    (OPTION_BIT(ON) | OPTION_BIT(BY) | OPTION_BIT(EVIDENCE) | OPTION_BIT(NOTE) | OPTION_BIT(WHEN) | OPTION_BIT(REASON) | \
     OPTION_BIT(OCCURRENCE))

#define PLACE_OPTIONS (OPTION_BIT(AFTER) | OPTION_BIT(FIRST) | OPTION_BIT(IN_SECTION))

static const Subcommand commands[] = {
    { STR_INIT("list"), T_CLI_LIST_ARGS, T_CLI_LIST, T_CLI_LIST_DETAILS, LIST_OPTIONS, 0, SIZE_MAX, cmd_list },
    { STR_INIT("show"), T_CLI_SHOW_ARGS, T_CLI_SHOW, T_CLI_SHOW_DETAILS, 0, 2, 2, cmd_show },
    { STR_INIT("set"), T_CLI_SET_ARGS, T_CLI_SET, T_CLI_SET_DETAILS, SET_OPTIONS, 3, 3, cmd_set },
    { STR_INIT("edit"), T_CLI_EDIT_ARGS, T_CLI_EDIT, T_CLI_EDIT_DETAILS, PLACE_OPTIONS, 2, SIZE_MAX, cmd_edit },
    { STR_INIT("add"), T_CLI_ADD_ARGS, T_CLI_ADD, T_CLI_ADD_DETAILS, PLACE_OPTIONS | OPTION_BIT(LIKE), 1, SIZE_MAX, cmd_add },
    { STR_INIT("delete"), T_CLI_DELETE_ARGS, T_CLI_DELETE, T_CLI_DELETE_DETAILS, 0, 2, 2, cmd_delete },
    { STR_INIT("renumber"), T_CLI_RENUMBER_ARGS, T_CLI_RENUMBER, T_CLI_RENUMBER_DETAILS, OPTION_BIT(FROM_NUMBER), 1, 1,
      cmd_renumber },
    { STR_INIT("new"), T_CLI_NEW_ARGS, T_CLI_NEW, T_CLI_NEW_DETAILS,
      OPTION_BIT(TITLE) | OPTION_BIT(PERIOD) | OPTION_BIT(FROM_PLAN), 1, SIZE_MAX, cmd_new },
    { STR_INIT("check"), T_CLI_CHECK_ARGS, T_CLI_CHECK, T_CLI_CHECK_DETAILS, OPTION_BIT(STRICT) | OPTION_BIT(CHECK_FORMAT), 0,
      SIZE_MAX, cmd_check },
    { STR_INIT("when"), T_CLI_WHEN_ARGS, T_CLI_WHEN, T_CLI_WHEN_DETAILS,
      OPTION_BIT(PERIOD) | OPTION_BIT(BATCH) | OPTION_BIT(WHEN_FORMAT), 0, SIZE_MAX, cmd_when },
    { STR_INIT("timeline"), T_CLI_TIMELINE_ARGS, T_CLI_TIMELINE, T_CLI_TIMELINE_DETAILS,
      OPTION_BIT(FROM) | OPTION_BIT(TO) | OPTION_BIT(ZOOM) | OPTION_BIT(WIDTH), 0, SIZE_MAX, cmd_timeline },
    { STR_INIT("log"), T_CLI_LOG_ARGS, T_CLI_LOG, T_CLI_LOG_DETAILS,
      OPTION_BIT(SINCE) | OPTION_BIT(EVENT) | OPTION_BIT(LOG_FORMAT), 1, 1, cmd_log },
    { STR_INIT("restore"), T_CLI_RESTORE_ARGS, T_CLI_RESTORE, T_CLI_RESTORE_DETAILS, OPTION_BIT(AT) | OPTION_BIT(DRY_RUN), 1, 2,
      cmd_restore },
    { STR_INIT("report"), T_CLI_REPORT_ARGS, T_CLI_REPORT, T_CLI_REPORT_DETAILS, OPTION_BIT(SINCE) | OPTION_BIT(REPORT_FORMAT), 0,
      SIZE_MAX, cmd_report },
    { STR_INIT("merge"), T_CLI_MERGE_ARGS, T_CLI_MERGE, T_CLI_MERGE_DETAILS, OPTION_BIT(OUTPUT) | OPTION_BIT(INSTALL), 0, 3,
      cmd_merge },
    { .max_args = SIZE_MAX, .run = cmd_open }, /* none named */
};

const Subcommand *subcommands(void)
{
    return commands;
}

Lang cli_lang(const Cli *cli)
{
    return (Lang)cli->options.lang;
}

void cli_raise(Cli *cli, CliCode code)
{
    cli->code = (int)code > cli->code ? (int)code : cli->code;
}

static CliCode code_of(const Err *err)
{
    switch (err->kind) {
    case ERR_NONE:
        return CLI_DONE;
    case ERR_USAGE:
        return CLI_USAGE;
    case ERR_PLAN:
        return CLI_PLAN;
    case ERR_CONFLICT:
        return CLI_CONFLICT;
    case ERR_REFUSED:
        return CLI_SYSTEM;
    case ERR_SYSTEM:
        break;
    }
    bool is_no_plan = err->text == T_FILE_IS_FOLDER || err->text == T_FILE_NOT_REGULAR;
    return is_no_plan ? CLI_PLAN : CLI_SYSTEM; /* readable or not, it could never be one */
}

void cli_raise_for(Cli *cli, const Err *err)
{
    cli_raise(cli, code_of(err));
}

Str cli_keep(Cli *cli, StrBuf *buf)
{
    Str copy = arena_copy(&cli->arena, strbuf_str(buf));
    strbuf_clear(buf);
    return copy;
}

size_t cli_far(Str typed)
{
    enum { FAR = 4 };
    return typed.n_bytes / 2 + 1 < FAR ? typed.n_bytes / 2 + 1 : FAR;
}

bool cli_is_nearer(Str typed, Str name, size_t *best)
{
    size_t distance = typed.n_bytes > 1 && str_starts(name, typed) ? 0 : str_distance(typed, name, *best);
    if (distance >= *best) {
        return false;
    }
    *best = distance;
    return true;
}

static void write_all(int fd, Str text, bool *is_closed, Err *err)
{
    while (text.n_bytes > 0 && !*is_closed) {
        ssize_t n = write(fd, text.at, text.n_bytes);
        if (n > 0) {
            text = str_from(text, (size_t)n);
        } else if (n < 0 && errno != EINTR) {
            *is_closed = true;
            if (errno != EPIPE) { /* whoever stopped reading has seen enough */
                (void)err_errno(err, T_FILE_CANNOT_WRITE, "stdout");
            }
        }
    }
}

void cli_say(Str text)
{
    bool is_closed = false;
    write_all(STDERR_FILENO, text, &is_closed, NULL);
}

bool cli_fail(Cli *cli, const Err *err)
{
    StrBuf line = { 0 };
    if (err->n_path == 0) {
        strbuf_add(&line, STR("vekha: "));
    }
    err_words(&line, cli_lang(cli), err);
    strbuf_add_char(&line, '\n');
    cli_say(strbuf_str(&line));
    strbuf_done(&line);
    cli_raise_for(cli, err);
    return false;
}

void cli_flush(Cli *cli)
{
    Err err = { 0 };
    write_all(STDOUT_FILENO, strbuf_str(&cli->out), &cli->is_closed, &err);
    strbuf_clear(&cli->out);
    if (err.kind != ERR_NONE) {
        (void)cli_fail(cli, &err);
    }
}

/* What the environment and the terminal say, before the arguments. */
static bool read_environment(Cli *cli, Err *err)
{
    ClockDay now = clock_today();
    Str today = str_of(getenv("VEKHA_TODAY"));
    struct winsize size = { 0 };
    cli->options.today = day_of(now.year, now.month, now.day);
    cli->options.within_days = -1;
    if (isatty(STDOUT_FILENO)) {
        enum { USUAL_COLS = 80, MIN_COLS = 40, MAX_COLS = 1000 };
        bool is_known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
        cli->n_cols = !is_known                ? USUAL_COLS
                      : size.ws_col < MIN_COLS ? MIN_COLS
                      : size.ws_col > MAX_COLS ? MAX_COLS
                                               : size.ws_col;
    }
    Str moment = str_of(getenv("VEKHA_NOW"));
    if (moment.n_bytes > 0 && !journal_parse_time(moment, &cli->options.now_ms)) {
        return err_set(err, ERR_USAGE, T_CLI_BAD_NOW, TEXT_STR(moment));
    }
    return today.n_bytes == 0 || option_parse_day(today, &cli->options.today) ||
           err_set(err, ERR_USAGE, T_CLI_BAD_TODAY, TEXT_STR(today));
}

static void choose_color(Cli *cli)
{
    Str no_color = str_of(getenv("NO_COLOR"));
    Str term = str_of(getenv("TERM"));
    bool may_color = cli->n_cols > 0 && no_color.n_bytes == 0 && term.n_bytes > 0 && !str_eq(term, STR("dumb"));
    bool is_wished = cli->options.color == COLOR_ALWAYS || (cli->options.color == COLOR_AUTO && may_color);
    cli->has_color = is_wished && !cli->options.plain;
}

/* The row that the first argument names (which is then taken off), else the nameless one. */
static const Subcommand *find_command(StrVec *args)
{
    const Subcommand *command = commands;
    while (command->name.n_bytes > 0 && !(args->n > 0 && str_eq(command->name, args->at[0]))) {
        command++;
    }
    if (command->name.n_bytes > 0) {
        args->n--;
        memmove(args->at, args->at + 1, args->n * sizeof *args->at);
    }
    return command;
}

static bool check_count(const Subcommand *command, size_t n_args, Lang lang, Err *err)
{
    if (n_args >= command->min_args && n_args <= command->max_args) {
        return true;
    }
    TextId text = n_args < command->min_args ? T_CLI_TOO_FEW_ARGS : T_CLI_TOO_MANY_ARGS;
    return err_set(err, ERR_USAGE, text, TEXT_STR(command->name), TEXT_STR(text_get(lang, command->args)));
}

static void run_command(Cli *cli, const GivenVec *given, Err *err)
{
    const Subcommand *command = find_command(&cli->args);
    if (!options_read(given, OPTIONS_FOR_ALL | command->options, command->name, &cli->options, err)) {
        (void)cli_fail(cli, err);
    } else if (cli->options.help && command->name.n_bytes > 0) {
        help_subcommand(cli, command);
    } else if (cli->options.help) {
        help_all(cli);
    } else if (cli->options.version) {
        help_version(cli);
    } else if (!check_count(command, cli->args.n, cli_lang(cli), err)) {
        (void)cli_fail(cli, err);
    } else {
        choose_color(cli);
        command->run(cli);
    }
}

void cli_say_warning(const Cli *cli, Store *store)
{
    Err err = { 0 };
    store_sync(store);
    if (store_take_warning(store, &err)) {
        StrBuf why = { 0 };
        StrBuf line = { 0 };
        err_text(&why, cli_lang(cli), &err);
        strbuf_add(&line, STR("vekha: "));
        text_put(&line, cli_lang(cli), T_JOURNAL_NOT_WRITTEN, TEXT_STR(strbuf_str(&why)));
        strbuf_add_char(&line, '\n');
        cli_say(strbuf_str(&line));
        strbuf_done(&why);
        strbuf_done(&line);
    }
}

static void cli_done(Cli *cli)
{
    store_free(cli->store);
    vec_done(&cli->args);
    strbuf_done(&cli->out);
    canvas_free(cli->row);
    arena_done(&cli->arena);
}

int cli_main(int argc, char **argv)
{
    Cli cli = { 0 };
    GivenVec given = { 0 };
    Err err = { 0 };
    int n_args = argc > 0 ? argc - 1 : 0;
    const char *const *words = (const char *const *)(argv + 1);
    (void)signal(SIGPIPE, SIG_IGN);
    cli.options.lang = (int)options_lang(n_args, words);
    if (read_environment(&cli, &err) && options_split(n_args, words, &given, &cli.args, &err)) {
        run_command(&cli, &given, &err);
    } else {
        (void)cli_fail(&cli, &err);
    }
    cli_flush(&cli);
    if (cli.store != NULL) {
        cli_say_warning(&cli, cli.store);
    }
    vec_done(&given);
    cli_done(&cli);
    return cli.code;
}
