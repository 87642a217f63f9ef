#include <pwd.h>
#include <stdint.h>
#include <unistd.h>

#include "cli/cli_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/change.h"

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

/* The name that the account was given, up to the comma (GECOS); empty when it has none. */
static Str account_name(Cli *cli)
{
    const struct passwd *account = getpwuid(getuid());
    Str gecos = account != NULL ? str_of(account->pw_gecos) : (Str){ 0 };
    Str name = str_trim(str_cut(&gecos, ','));
    return utf8_valid(name, NULL) ? arena_copy(&cli->arena, name) : (Str){ 0 };
}

Str cli_who(Cli *cli)
{
    const Options *said = &cli->options;
    return said->by.n_bytes > 0 ? said->by : said->as.n_bytes > 0 ? said->as : account_name(cli);
}

static bool lies_in(Span inner, Span outer)
{
    return inner.first >= outer.first && inner.last <= outer.last;
}

/* The days that a person named an occurrence by: a day, a month, a year. */
static bool read_days(Str text, Span *out)
{
    Day day;
    if (option_parse_day(text, &day)) {
        *out = (Span){ day, day };
        return true;
    }
    return span_parse(text, out);
}

static Str occurrence_name(Cli *cli, const Occurrence *occurrence)
{
    StrBuf at = { 0 };
    occurrence_add_at(&at, occurrence);
    Str name = cli_keep(cli, &at);
    strbuf_done(&at);
    return name;
}

/* The occurrence of that name, or the only one that the days lie in, else the only one that lies in them. */
static bool find_occurrence(Cli *cli, const Event *event, Str said, Str *out)
{
    const Due *due = event->due;
    Span days = { 0 };
    bool has_days = read_days(said, &days);
    size_t n_around = 0;
    size_t n_inside = 0;
    Str inside = { 0 };
    for (size_t i = 0; i < due->n_occurrences; i++) {
        Str name = occurrence_name(cli, &due->occurrences[i]);
        if (str_eq(name, said)) {
            *out = name;
            return true;
        }
        if (has_days && lies_in(days, due->occurrences[i].days)) {
            *out = name;
            n_around++;
        } else if (has_days && lies_in(due->occurrences[i].days, days)) {
            inside = name;
            n_inside++;
        }
    }
    if (n_around == 0 && n_inside == 1) {
        *out = inside;
        return true;
    }
    return n_around == 1;
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
        .on = said->on != 0 ? said->on : said->today,
        .by = cli_who(cli),
        .evidence = said->evidence,
        .note = said->note,
        .reason = said->reason,
        .when = said->when,
    };
    if (!read_status(cli->args.at[2], &out->status, err)) {
        return false;
    }
    return said->occurrence.n_bytes == 0 || find_occurrence(cli, event, said->occurrence, &out->at) ||
           bad_occurrence(cli, event, said->occurrence, err);
}

/* «Мегион, 5: исполнено 21.11.2026» */
static void say_done(Cli *cli, const PlanFile *file, size_t event, const MarkRequest *request, Str was)
{
    static const TextId texts[] = {
        [STATUS_PLANNED] = T_CLI_MARKED,      [STATUS_IN_PROGRESS] = T_CLI_MARKED,    [STATUS_DONE] = T_CLI_MARKED_ON,
        [STATUS_CONFIRMED] = T_CLI_MARKED_ON, [STATUS_POSTPONED] = T_CLI_MARKED_WHEN, [STATUS_CANCELLED] = T_CLI_MARKED_ON,
    };
    _Static_assert(COUNTOF(texts) == STATUS_COUNT, "every status has its words");
    StrBuf what = { 0 };
    StrBuf day = { 0 };
    StrBuf line = { 0 };
    plan_add_number(&what, file->plan, event);
    strbuf_add(&what, request->at.n_bytes > 0 ? STR(", ") : (Str){ 0 });
    strbuf_add(&what, request->at);
    (cli_lang(cli) == LANG_RU ? day_add_ru : day_add_iso)(&day, request->on);
    text_put(&line, cli_lang(cli), texts[request->status], TEXT_STR(plan_label(file)), TEXT_STR(strbuf_str(&what)),
             TEXT_ROW(status_info(request->status)->word), TEXT_STR(strbuf_str(&day)), TEXT_STR(was), TEXT_STR(request->when));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&what);
    strbuf_done(&day);
    strbuf_done(&line);
}

static void say_already(Cli *cli, const PlanFile *file, size_t event, const MarkRequest *request)
{
    StrBuf number = { 0 };
    StrBuf line = { 0 };
    plan_add_number(&number, file->plan, event);
    text_put(&line, cli_lang(cli), T_CLI_MARKED_ALREADY, TEXT_STR(plan_label(file)), TEXT_STR(strbuf_str(&number)),
             TEXT_ROW(status_info(request->status)->word));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&number);
    strbuf_done(&line);
}

static void mark_event(Cli *cli, const PlanFile *file, size_t event)
{
    MarkRequest request;
    Change change;
    Err err = { 0 };
    PlanAt *at = &cli->plans.at[0];
    Str was = arena_copy(&cli->arena, file->plan->events.at[event].when); /* the file is read again below */
    if (!read_request(cli, &file->plan->events.at[event], &request, &err) ||
        !change_mark(file->plan, event, &request, &cli->arena, &change, &err)) {
        (void)cli_fail(cli, &err);
    } else if (change.n_edits == 0) {
        say_already(cli, file, event, &request);
    } else if (store_apply(at->store, at->index, &change, &err)) {
        say_done(cli, plan_at(cli, 0), event, &request, was);
    } else {
        (void)cli_fail(cli, &err);
    }
}

void cmd_set(Cli *cli)
{
    size_t event;
    if (!plans_open_one(cli, cli->args.at[0])) {
        return;
    }
    const PlanFile *file = plan_at(cli, 0);
    if (file->is_broken) {
        plan_say_broken(cli, file);
    } else if (plan_event(cli, file, cli->args.at[1], &event)) {
        mark_event(cli, file, event);
    }
}
