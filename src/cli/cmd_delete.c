#include <stdint.h>

#include "cli/edit_priv.h"
#include "vekha/core/change_build.h"
#include "vekha/core/plan_finder.h"

/* «id:k3f9», else its number: as the journal calls it. An id that another one still has is no name of it. */
static Str journal_name(Cli *cli, const Event *event)
{
    StrBuf name = { 0 };
    PlanFinder left = { .plan = plan_at(cli, 0)->plan };
    bool is_by_id = event->id.n_bytes > 0 && finder_id(&left, event->id, 0) == SIZE_MAX;
    finder_done(&left);
    strbuf_add(&name, is_by_id ? STR("id:") : (Str){ 0 });
    strbuf_add(&name, is_by_id ? event->id : event->no);
    Str kept = cli_keep(cli, &name);
    strbuf_done(&name);
    return kept;
}

static void say_deleted(Cli *cli, Str name, const Event *event)
{
    StrBuf line = { 0 };
    Str called = journal_name(cli, event);
    said_line(cli, T_CLI_DELETED, name, event->title);
    text_put(&line, cli_lang(cli), called.n_bytes > 0 ? T_CLI_DELETED_BACK : T_CLI_DELETED_BACK_NAMELESS,
             TEXT_STR(plans_hint(cli)), TEXT_STR(called));
    cli_put_indented(cli, 4, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

void cmd_delete(Cli *cli)
{
    Err err = { 0 };
    size_t event;
    const PlanFile *file = plan_to_change(cli);
    if (file != NULL && plan_event(cli, file, cli->args.at[1], &event)) {
        Change change = change_delete(file->plan, event, &cli->arena);
        Str name = said_name(cli, file, event);
        if (store_apply(cli->store, 0, &change, NULL, &err)) {
            say_deleted(cli, name, change.content);
        } else {
            (void)said_failure(cli, plan_at(cli, 0), &change, &err);
        }
    }
}
