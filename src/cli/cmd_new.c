#include "cli/edit_priv.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "vekha/store/journal.h"
#include "vekha/store/store_new.h"

enum { TEXTS_MAX = 16 }; /* each key once, and a plan has not so many */

/* The name of a plan's file, without a folder: not hidden, not the settings', nothing that a terminal would act on. */
static bool is_good_name(Str name)
{
    Str bare = str_ends(name, STR(".yaml"))  ? str_sub(name, 0, name.n_bytes - STR(".yaml").n_bytes)
               : str_ends(name, STR(".yml")) ? str_sub(name, 0, name.n_bytes - STR(".yml").n_bytes)
                                             : name;
    bool ok = bare.n_bytes > 0 && bare.at[0] != '.' && !str_eq(bare, STR("vekha")) && utf8_valid(name, NULL);
    for (Str rest = name; ok && rest.n_bytes > 0;) {
        ok = !utf8_is_hidden(utf8_next(&rest));
    }
    return ok;
}

/* PLAN as a path: in the plans folder, or as it stands; with a plan's suffix in any case. */
static bool find_path(const Cli *cli, Str named, StrBuf *out, Err *err)
{
    if (!is_good_name(path_base(named))) {
        return err_set(err, ERR_USAGE, T_CLI_NEW_BAD_NAME, TEXT_STR(named));
    }
    if (!plans_is_path(named)) {
        if (!plans_folder(cli, out, err)) {
            return false;
        }
        strbuf_add_char(out, '/');
    }
    strbuf_add(out, named);
    if (!str_ends(named, STR(".yaml")) && !str_ends(named, STR(".yml"))) {
        strbuf_add(out, STR(".yaml"));
    }
    return true;
}

static bool say_missing(Cli *cli)
{
    Err err = { 0 };
    (void)err_plain(&err, ERR_USAGE, T_CLI_NEW_NEEDS);
    return cli_fail(cli, &err);
}

static void add_period(StrBuf *out, Span period)
{
    day_add_iso(out, period.first);
    strbuf_add_char(out, '/');
    day_add_iso(out, period.last);
}

/* A text that an option says, or FIELD=VALUE; false, said already: both do. */
static bool take_text(Cli *cli, FieldSaidVec *fields, Str key, Str option, NewText *out)
{
    Err err = { 0 };
    Str value = { 0 };
    bool is_said = fields_take(fields, key, &value);
    *out = (NewText){ key, is_said ? value : option };
    if (is_said && option.at != NULL) {
        (void)err_set(&err, ERR_USAGE, T_CLI_FIELD_TWICE, TEXT_STR(key));
        return cli_fail(cli, &err);
    }
    return true;
}

static Str period_said(Cli *cli)
{
    StrBuf span = { 0 };
    if (cli->options.period.first == 0) {
        return (Str){ 0 };
    }
    add_period(&span, cli->options.period);
    Str period = cli_keep(cli, &span);
    strbuf_done(&span);
    return period;
}

/* What --title and --period say, then FIELD=VALUE. */
static bool read_texts(Cli *cli, NewText *texts, size_t *n)
{
    FieldSaidVec fields = { 0 };
    NewText title;
    NewText period;
    bool ok = fields_read(cli, &(Plan){ 0 }, OWNER_PLAN, 1, &fields) &&
              take_text(cli, &fields, STR("title"), cli->options.title, &title) &&
              take_text(cli, &fields, STR("period"), period_said(cli), &period);
    bool may_lack_title = cli->options.from_plan.at != NULL && title.value.at == NULL; /* then it is the old one's */
    if (ok && ((title.value.n_bytes == 0 && !may_lack_title) || period.value.n_bytes == 0)) {
        ok = say_missing(cli);
    }
    if (ok) {
        texts[(*n)++] = period;
    }
    if (ok && !may_lack_title) {
        texts[(*n)++] = title;
    }
    for (size_t i = 0; i < fields.n && *n < TEXTS_MAX && ok; i++) {
        texts[(*n)++] = (NewText){ fields.at[i].key, fields.at[i].value };
    }
    vec_done(&fields);
    return ok;
}

static bool make_text(Cli *cli, const NewText *texts, size_t n, NextYear *next, StrBuf *text)
{
    Err err = { 0 };
    long long now = cli->options.now_ms != 0 ? cli->options.now_ms : clock_utc_ms();
    bool ok = cli->options.from_plan.at != NULL
                  ? next_year_text(cli->store, 0, texts, n, (unsigned long long)now, next, text, &err)
                  : new_plan_text(texts, n, text, &err);
    return ok || cli_fail(cli, &err);
}

/* A plan of that name was moved away or deleted: its journal stays, and what it tells would be told of this one. */
static void say_old_journal(Cli *cli, const char *path, Str name)
{
    Journal journal = { 0 };
    if (journal_read(path, &journal, NULL) && journal.entries.n > 0) {
        StrBuf note = { 0 };
        text_put(&note, cli_lang(cli), T_CLI_NEW_OLD_JOURNAL, TEXT_NUM(journal.entries.n), TEXT_STR(name));
        strbuf_add_char(&note, '\n');
        cli_say(strbuf_str(&note));
        strbuf_done(&note);
    }
    journal_done(&journal);
}

static void make_plan(Cli *cli, const char *path)
{
    Err err = { 0 };
    StrBuf text = { 0 };
    NextYear next = { 0 };
    NewText texts[TEXTS_MAX];
    size_t n = 0;
    if (read_texts(cli, texts, &n) && make_text(cli, texts, n, &next, &text)) {
        if (store_create(path, strbuf_str(&text), &err)) {
            Str name = plans_is_path(cli->args.at[0]) ? str_of(path) : plans_hint(cli);
            bool is_next = cli->options.from_plan.at != NULL;
            said_line(cli, is_next ? T_CLI_NEW_MADE_FROM : T_CLI_NEW_MADE, str_of(path), name);
            if (is_next) {
                said_next_year(cli, path, &next);
            }
            say_old_journal(cli, path, name);
        } else {
            (void)cli_fail(cli, &err);
        }
    }
    next_year_done(&next);
    strbuf_done(&text);
}

void cmd_new(Cli *cli)
{
    Err err = { 0 };
    StrBuf path = { 0 };
    if (!find_path(cli, cli->args.at[0], &path, &err)) {
        (void)cli_fail(cli, &err);
    } else if (cli->options.from_plan.at == NULL || plans_open_one(cli, cli->options.from_plan)) {
        make_plan(cli, strbuf_z(&path));
    }
    strbuf_done(&path);
}
