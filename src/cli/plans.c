#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/cli_priv.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"

bool plans_is_path(Str name)
{
    return str_find_char(name, '/', 0) != SIZE_MAX || str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"));
}

static void own_folder(StrBuf *out)
{
    Str data = str_of(getenv("XDG_DATA_HOME"));
    strbuf_add(out, data.n_bytes > 0 ? data : str_of(getenv("HOME")));
    strbuf_add(out, data.n_bytes > 0 ? STR("/vekha") : STR("/.local/share/vekha"));
}

bool plans_folder(const Cli *cli, StrBuf *out, Err *err)
{
    Str named = str_of(cli->options.dir);
    named = named.n_bytes > 0 ? named : str_of(getenv("VEKHA_DIR"));
    if (named.n_bytes > 0) {
        strbuf_add(out, named);
    } else if (file_is_folder("plans")) {
        strbuf_add(out, STR("plans"));
    } else {
        own_folder(out);
        return file_find_folder(strbuf_z(out), T_CLI_NO_FOLDERS, err);
    }
    return file_find_folder(strbuf_z(out), T_CLI_NO_FOLDER, err);
}

/* Something stands there, or it cannot be known: then opening it says why. */
static bool is_there(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

/* The plans of a folder or a file; what cannot be opened is said. */
static void open_path(Cli *cli, const char *path)
{
    Err err = { 0 };
    if (!is_there(path)) {
        (void)err_errno(&err, T_FILE_CANNOT_READ, path);
        err.kind = ERR_PLAN; /* not the system refused: there is no such plan */
        (void)cli_fail(cli, &err);
        return;
    }
    Store *store = cli->store != NULL ? cli->store : store_new();
    if (store_add(store, path, &err)) {
        cli->store = store;
        return;
    }
    (void)cli_fail(cli, &err);
    if (cli->store == NULL) {
        store_free(store);
    }
}

/* The file of that name in the folder: with either suffix. */
static bool find_in_folder(const char *folder, Str name, StrBuf *path)
{
    static const char *const suffixes[] = { "yaml", "yml" };
    for (size_t i = 0; i < COUNTOF(suffixes); i++) {
        strbuf_clear(path);
        strbuf_addf(path, "%s/%.*s.%s", folder, STR_ARG(name), suffixes[i]);
        if (is_there(strbuf_z(path))) {
            return true;
        }
    }
    return false;
}

static void say_unknown(Cli *cli, const char *folder, Str name)
{
    Err err = { 0 };
    size_t best = cli_far(name);
    Str nearest = { 0 };
    Store *store = store_open(folder, NULL);
    for (size_t i = 0; store != NULL && i < store_count(store); i++) {
        Str other = store_file(store, i)->name;
        nearest = cli_is_nearer(name, other, &best) ? other : nearest; /* megion: megion-2021 */
    }
    (void)(nearest.n_bytes > 0
               ? err_set(&err, ERR_USAGE, T_CLI_NO_PLAN_NEAR, TEXT_STR(name), TEXT_STR(str_of(folder)), TEXT_STR(nearest))
               : err_set(&err, ERR_USAGE, T_CLI_NO_PLAN, TEXT_STR(name), TEXT_STR(str_of(folder))));
    (void)cli_fail(cli, &err);
    store_free(store);
}

static void open_named(Cli *cli, Str name)
{
    StrBuf folder = { 0 };
    StrBuf path = { 0 };
    Err err = { 0 };
    bool has_folder = !plans_is_path(name) && plans_folder(cli, &folder, &err);
    if (has_folder && find_in_folder(strbuf_z(&folder), name, &path)) {
        open_path(cli, strbuf_z(&path));
    } else if (plans_is_path(name) || file_is_folder(name.at)) {
        open_path(cli, name.at);
    } else if (has_folder) {
        say_unknown(cli, strbuf_z(&folder), name);
    } else {
        (void)cli_fail(cli, &err);
    }
    strbuf_done(&folder);
    strbuf_done(&path);
}

void plans_open(Cli *cli)
{
    StrBuf folder = { 0 };
    Err err = { 0 };
    for (size_t i = 0; i < cli->args.n; i++) {
        open_named(cli, cli->args.at[i]);
    }
    if (cli->args.n > 0) {
        return;
    }
    if (plans_folder(cli, &folder, &err)) {
        open_path(cli, strbuf_z(&folder));
    } else {
        (void)cli_fail(cli, &err);
    }
    strbuf_done(&folder);
}

void plans_say_none(Cli *cli)
{
    StrBuf note = { 0 };
    if (cli->store != NULL && plans_count(cli) == 0) {
        text_put(&note, cli_lang(cli), T_CLI_EMPTY_FOLDER, TEXT_STR(store_folder(cli->store)));
        strbuf_add_char(&note, '\n');
        cli_say(strbuf_str(&note));
    }
    strbuf_done(&note);
}

bool plans_open_one(Cli *cli, Str name)
{
    Err err = { 0 };
    int code = cli->code;
    open_named(cli, name);
    if (cli->code != code) {
        return false;
    }
    if (plans_count(cli) != 1) {
        (void)err_set(&err, ERR_USAGE, T_CLI_NOT_ONE_PLAN, TEXT_STR(name), TEXT_NUM(plans_count(cli)));
        return cli_fail(cli, &err);
    }
    (void)store_wait_whole(cli->store, 0); /* who asks about one plan says himself that it is broken */
    return true;
}

const PlanFile *plan_at(const Cli *cli, size_t plan)
{
    return store_file(cli->store, plan);
}

size_t plans_count(const Cli *cli)
{
    return cli->store != NULL ? store_count(cli->store) : 0;
}

void plan_say_broken(Cli *cli, const PlanFile *file)
{
    if (file->is_broken) {
        (void)cli_fail(cli, &file->why);
    }
}

const PlanFile *plan_to_change(Cli *cli)
{
    if (!plans_open_one(cli, cli->args.at[0])) {
        return NULL;
    }
    const PlanFile *file = plan_at(cli, 0);
    cli_sign(cli);
    plan_say_broken(cli, file);
    return file->is_broken ? NULL : file;
}

void plan_add_number(StrBuf *out, const Plan *plan, size_t index)
{
    const Event *event = &plan->events.at[index];
    if (event->no.n_bytes > 0) {
        strbuf_add(out, event->no);
    } else if (event->id.n_bytes > 0) {
        strbuf_addf(out, "id:%.*s", STR_ARG(event->id));
    } else {
        strbuf_addf(out, "+%zu", index + 1);
    }
}

/* Those that the number fits, each with the name that only it has. */
static void say_several(Cli *cli, const PlanFile *file, Str number, const IndexVec *found)
{
    enum { SHOWN = 10, TITLE_COLS = 50 };
    Err err = { 0 };
    StrBuf list = { 0 };
    for (size_t i = 0; i < found->n && i < SHOWN; i++) {
        strbuf_addf(&list, "  +%zu  ", found->at[i] + 1);
        utf8_add_visible(&list, utf8_fit(file->plan->events.at[found->at[i]].title, TITLE_COLS));
        strbuf_add_char(&list, '\n');
    }
    (void)err_set(&err, ERR_USAGE, T_CLI_SEVERAL_EVENTS, TEXT_STR(number), TEXT_STR(file->name), TEXT_NUM(found->n));
    (void)cli_fail(cli, &err);
    cli_say(strbuf_str(&list));
    strbuf_done(&list);
}

Str plans_hint(Cli *cli)
{
    StrBuf hint = { 0 };
    Str plan = cli->args.at[0];
    if (cli->options.dir != NULL && !plans_is_path(plan)) {
        strbuf_addf(&hint, "--dir %s ", cli->options.dir);
    }
    strbuf_add(&hint, plan);
    Str kept = cli_keep(cli, &hint);
    strbuf_done(&hint);
    return kept;
}

bool plan_event(Cli *cli, const PlanFile *file, Str number, size_t *out)
{
    IndexVec found = { 0 };
    Err err = { 0 };
    plan_find(file->plan, number, &found);
    bool is_one = found.n == 1;
    if (is_one) {
        *out = found.at[0];
    } else if (found.n > 1) {
        say_several(cli, file, number, &found);
    } else {
        (void)err_set(&err, ERR_USAGE, T_CLI_NO_EVENT, TEXT_STR(number), TEXT_STR(cli->args.at[0]), TEXT_STR(plans_hint(cli)));
        (void)cli_fail(cli, &err);
    }
    vec_done(&found);
    return is_one;
}

Str plan_label(const PlanFile *file)
{
    return str_is_blank(file->plan->short_name) ? file->name : file->plan->short_name;
}

void plan_add_period(StrBuf *out, Span period)
{
    Civil first = day_civil(period.first);
    Civil last = day_civil(period.last);
    bool is_years = first.month == 1 && first.day == 1 && last.month == DATE_MONTHS_PER_YEAR && last.day == 31;
    if (period.first == 0 || period.last == 0) {
        return;
    }
    if (is_years && first.year == last.year) {
        strbuf_addf(out, "%d", first.year);
    } else if (is_years) {
        strbuf_addf(out, "%d–%d", first.year, last.year);
    } else if (calendar_is_school_year(period)) {
        strbuf_addf(out, "%d/%02d", first.year, last.year % 100);
    } else {
        strbuf_addf(out, "%02d.%d–%02d.%d", first.month, first.year, last.month, last.year);
    }
}
