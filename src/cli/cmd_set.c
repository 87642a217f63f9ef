#include <pwd.h>
#include <stdint.h>
#include <unistd.h>

#include "cli/edit_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/change_mark.h"
#include "vekha/core/occurrence.h"

static bool read_status(Str word, Status *out, Err *err)
{
    Status near;
    if (status_parse(word, out)) {
        return true;
    }
    return status_nearest(word, &near)
               ? err_set(err, ERR_USAGE, T_VALUE_NOT_STATUS_NEAR, TEXT_STR(word), TEXT_STR(status_info(near)->name))
               : err_set(err, ERR_USAGE, T_VALUE_NOT_STATUS, TEXT_STR(word));
}

/* Looked up once: it may be far away (LDAP). The name that the account was given stands up to the comma (GECOS). */
static void read_account(Cli *cli)
{
    bool was_asked = cli->has_account;
    const struct passwd *account = was_asked ? NULL : getpwuid(getuid());
    cli->has_account = true;
    if (account != NULL) {
        Str gecos = str_of(account->pw_gecos);
        Str name = str_trim(str_cut(&gecos, ','));
        cli->account_name = utf8_valid(name, NULL) ? arena_copy(&cli->arena, name) : (Str){ 0 };
        cli->account_login = arena_copy(&cli->arena, str_of(account->pw_name));
    } else if (!was_asked) { /* the directory of accounts does not answer, or has it no more */
        StrBuf number = { 0 };
        strbuf_addf(&number, "uid %llu", (unsigned long long)getuid());
        cli->account_login = cli_keep(cli, &number);
        strbuf_done(&number);
    }
}

Str cli_who(Cli *cli)
{
    if (cli->options.as.n_bytes > 0) {
        return cli->options.as;
    }
    read_account(cli);
    return cli->account_name;
}

void cli_sign(Cli *cli)
{
    Str who = cli_who(cli);
    store_set_author(cli->store, who.n_bytes > 0 ? who : cli->account_login); /* a journal has to name somebody */
    store_set_now(cli->store, cli->options.now_ms);
}

static Str occurrence_name(Cli *cli, const Occurrence *occurrence)
{
    StrBuf at = { 0 };
    occurrence_add_at(&at, occurrence);
    Str name = cli_keep(cli, &at);
    strbuf_done(&at);
    return name;
}

/* Its name, from its name, or from a day or month in it, a day also as Russians write it; a mark that stands keeps its name. */
static bool find_occurrence(Cli *cli, const Event *event, Str said, Str *out)
{
    StrBuf iso = { 0 };
    Day day;
    const Mark *mark = event_mark_at(event, said);
    if (mark != NULL) {
        *out = arena_copy(&cli->arena, mark->at); /* the plan is read again before it is said */
        return true;
    }
    if (option_parse_day(said, &day)) {
        day_add_iso(&iso, day);
        said = cli_keep(cli, &iso);
        strbuf_done(&iso);
    }
    size_t found = occurrence_find(event->due->occurrences, event->due->n_occurrences, said);
    if (found != SIZE_MAX) {
        *out = occurrence_name(cli, &event->due->occurrences[found]);
    }
    return found != SIZE_MAX;
}

static bool bad_occurrence(Cli *cli, const Event *event, Str said, Err *err)
{
    enum { SHOWN = 6 };
    StrBuf list = { 0 };
    const Due *due = event->due;
    if (due->n_occurrences == 0) {
        return err_set(err, ERR_USAGE, T_CLI_NO_OCCURRENCES, TEXT_STR(event->when));
    }
    for (size_t i = 0; i < due->n_occurrences && i < SHOWN; i++) {
        strbuf_add(&list, i > 0 ? STR(", ") : (Str){ 0 });
        strbuf_add(&list, occurrence_name(cli, &due->occurrences[i]));
    }
    strbuf_add(&list, due->n_occurrences > SHOWN ? STR(", …") : (Str){ 0 });
    (void)err_set(err, ERR_USAGE, T_CLI_BAD_OCCURRENCE, TEXT_STR(said), TEXT_STR(strbuf_str(&list)));
    strbuf_done(&list);
    return false;
}

static bool read_request(Cli *cli, const Event *event, MarkRequest *out, Err *err)
{
    const Options *said = &cli->options;
    *out = (MarkRequest){
        .on = said->on,
        .today = said->today,
        .by = said->by,
        .who = cli_who(cli),
        .evidence = said->evidence,
        .note = said->note,
        .reason = said->reason,
        .when = said->when,
    };
    if (!read_status(cli->args.at[2], &out->status, err)) {
        return false;
    }
    if (said->occurrence.n_bytes > 0 && !find_occurrence(cli, event, said->occurrence, &out->at)) {
        return bad_occurrence(cli, event, said->occurrence, err);
    }
    return true;
}

/* «5», «5, 2022-03»: the event, and which time of it */
static Str marked_name(Cli *cli, const PlanFile *file, size_t event, Str at)
{
    StrBuf name = { 0 };
    plan_add_number(&name, file->plan, event);
    strbuf_add(&name, at.n_bytes > 0 ? STR(", ") : (Str){ 0 });
    strbuf_add(&name, at);
    Str kept = cli_keep(cli, &name);
    strbuf_done(&name);
    return kept;
}

/* The day of the mark as it stands in the file now. */
static Day marked_day(const Event *event, const MarkRequest *request)
{
    const Mark *mark = request->at.n_bytes > 0 ? event_mark_at(event, request->at) : NULL;
    switch (request->status) {
    case STATUS_DONE:
        return mark != NULL ? mark->done : event->done;
    case STATUS_CONFIRMED:
        return mark != NULL ? mark->confirmed : event->confirmed;
    case STATUS_CANCELLED:
        return event->cancelled;
    case STATUS_POSTPONED:
        return event->n_was > 0 ? event->was[event->n_was - 1].on : 0;
    case STATUS_PLANNED:
    case STATUS_IN_PROGRESS:
    case STATUS_COUNT:
        break;
    }
    return 0;
}

/* «Мегион, 5: исполнено 21.11.2026» */
static void say_done(Cli *cli, const PlanFile *file, size_t event, const MarkRequest *request, Str was)
{
    static const TextId texts[] = {
        [STATUS_PLANNED] = T_CLI_MARKED,      [STATUS_IN_PROGRESS] = T_CLI_MARKED,    [STATUS_DONE] = T_CLI_MARKED_ON,
        [STATUS_CONFIRMED] = T_CLI_MARKED_ON, [STATUS_POSTPONED] = T_CLI_MARKED_WHEN, [STATUS_CANCELLED] = T_CLI_MARKED_ON,
    };
    _Static_assert(COUNTOF(texts) == STATUS_COUNT, "every status has its words");
    StrBuf day = { 0 };
    StrBuf line = { 0 };
    Str name = marked_name(cli, file, event, request->at);
    Day marked = marked_day(&file->plan->events.at[event], request);
    if (marked != 0) {
        (cli_lang(cli) == LANG_RU ? day_add_ru : day_add_iso)(&day, marked);
    }
    text_put(&line, cli_lang(cli), texts[request->status], TEXT_STR(plan_label(file)), TEXT_STR(name),
             TEXT_ROW(status_info(request->status)->word), TEXT_STR(strbuf_str(&day)), TEXT_STR(was), TEXT_STR(request->when));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&day);
    strbuf_done(&line);
}

static void say_already(Cli *cli, const PlanFile *file, size_t event, const MarkRequest *request)
{
    StrBuf line = { 0 };
    Str name = marked_name(cli, file, event, request->at);
    text_put(&line, cli_lang(cli), T_CLI_MARKED_ALREADY, TEXT_STR(plan_label(file)), TEXT_STR(name),
             TEXT_ROW(status_info(request->status)->word));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

static void mark_event(Cli *cli, const PlanFile *file, size_t event)
{
    MarkRequest request;
    Change change;
    Err err = { 0 };
    Str was = arena_copy(&cli->arena, file->plan->events.at[event].when); /* the file is read again below */
    if (!read_request(cli, &file->plan->events.at[event], &request, &err) ||
        !change_mark(file->plan, event, &request, &cli->arena, &change, &err)) {
        (void)cli_fail(cli, &err);
    } else if (change_is_empty(&change)) {
        say_already(cli, file, event, &request);
    } else if (store_apply(cli->store, 0, &change, NULL, &err)) {
        event = plan_match(plan_at(cli, 0)->plan, &change.event); /* others may have put it elsewhere */
        if (event != SIZE_MAX) {
            say_done(cli, plan_at(cli, 0), event, &request, was);
        }
    } else {
        (void)said_failure(cli, plan_at(cli, 0), &change, &err);
    }
}

void cmd_set(Cli *cli)
{
    size_t event;
    const PlanFile *file = plan_to_change(cli);
    if (file != NULL && plan_event(cli, file, cli->args.at[1], &event)) {
        mark_event(cli, file, event);
    }
}
