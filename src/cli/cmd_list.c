#include "cli/cli_priv.h"
#include "cli/json_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/query.h"

/* What is asked for: all that is said must hold, but of --late, --soon and --within any one. */
typedef struct Wanted {
    Query query;
    unsigned states; /* bit 1 << State */
    int within_days; /* −1: not said */
} Wanted;

typedef struct Found {
    const PlanFile *file;
    const Event *event;
} Found;
typedef VEC(Found) FoundVec;

static Str folded(Cli *cli, Str text)
{
    StrBuf buf = { 0 };
    utf8_add_folded(&buf, text);
    Str copy = arena_copy(&cli->arena, strbuf_str(&buf));
    strbuf_done(&buf);
    return copy;
}

static Wanted read_wanted(Cli *cli)
{
    const Options *said = &cli->options;
    return (Wanted){
        .query = { .statuses = said->statuses,
                   .is_waiting = said->waiting,
                   .who = folded(cli, said->who),
                   .section = folded(cli, said->section),
                   .grep = folded(cli, said->grep) },
        .states = (said->late ? 1U << STATE_LATE : 0) | (said->soon ? 1U << STATE_SOON : 0),
        .within_days = said->within_days,
    };
}

/* Without a year it is another one in each plan. */
static void set_month(Wanted *wanted, const Cli *cli, const Plan *plan)
{
    Str said = cli->options.month;
    const Span never = { 1, 1 };
    bool is_read = said.n_bytes == 0 || month_parse(said, &wanted->query.days) ||
                   month_said(said, plan->period, cli->options.today, &wanted->query.days);
    wanted->query.days = is_read ? wanted->query.days : never;
}

static bool is_within(const Event *event, int n_days, Day today)
{
    Day last = event_days(event).last;
    return !status_info(event_status(event))->is_closed && last >= today && last <= today + n_days;
}

static bool is_wanted(const Wanted *wanted, const Plan *plan, const Event *event, Day today)
{
    if (!query_fits(&wanted->query, plan, event, today)) {
        return false;
    }
    if (wanted->states == 0 && wanted->within_days < 0) {
        return true;
    }
    return (wanted->states >> event_state(event, today).state & 1) != 0 ||
           (wanted->within_days >= 0 && is_within(event, wanted->within_days, today));
}

static void find_events(Cli *cli, FoundVec *found)
{
    Wanted wanted = read_wanted(cli);
    for (size_t i = 0; i < plans_count(cli); i++) {
        const PlanFile *file = plan_at(cli, i);
        plan_say_broken(cli, file);
        set_month(&wanted, cli, file->plan);
        for (size_t e = 0; e < file->plan->events.n; e++) {
            if (is_wanted(&wanted, file->plan, &file->plan->events.at[e], cli->options.today)) {
                vec_push(found, (Found){ file, &file->plan->events.at[e] });
            }
        }
    }
}

static void fill_row(Cli *cli, TableCell *cells, const Found *found, bool is_brief, StrBuf *buf)
{
    const Event *event = found->event;
    Style style = paint_style(cli, event);
    cells[0] = (TableCell){ .text = paint_glyph(cli, event), .style = style };
    cells[1].text = event->no;
    cells[2].text = event->title;
    cells[3].text = event->when;
    deadline_add_compact(buf, cli_lang(cli), &event->due->deadline);
    cells[3].brief = cli_keep(cli, buf);
    event_add_responsible(buf, event);
    cells[4].text = cli_keep(cli, buf);
    paint_add_state(buf, cli, event, is_brief);
    cells[5] = (TableCell){ .text = cli_keep(cli, buf), .style = style };
}

/* The plan that the rows below are of. */
static void add_plan_line(Cli *cli, Table *table, const PlanFile *file, StrBuf *buf)
{
    strbuf_add(buf, plan_label(file));
    if (!str_eq(plan_label(file), file->name)) {
        strbuf_addf(buf, " (%.*s)", STR_ARG(file->name));
    }
    table_add_line(table, STYLE_HEADING, cli_keep(cli, buf));
}

/* For a person: a program that reads the table counts its lines. */
static void print_counts(Cli *cli, const FoundVec *found)
{
    size_t n_done = 0;
    size_t n_late = 0;
    StrBuf line = { 0 };
    for (size_t i = 0; i < found->n; i++) {
        Status status = event_status(found->at[i].event);
        n_done += status == STATUS_DONE || status == STATUS_CONFIRMED;
        n_late += event_state(found->at[i].event, cli->options.today).state == STATE_LATE;
    }
    if (found->n > 0) {
        text_put(&line, cli_lang(cli), T_COUNT_EVENTS, TEXT_NUM(found->n), TEXT_NUM(n_done), TEXT_NUM(n_late));
        paint_line(cli, STYLE_DIM, strbuf_str(&line));
    } else {
        strbuf_add(&line, text_get(cli_lang(cli), T_CLI_NOTHING_FOUND));
        strbuf_add_char(&line, '\n');
        cli_say(strbuf_str(&line));
    }
    strbuf_done(&line);
}

static void print_table(Cli *cli, const FoundVec *found)
{
    static const TableColumn columns[] = {
        /* clang-format off */
        { T_NONE,              0,  1, 1, false, false },
        { T_FIELD_NO,          0,  6, 1, false, false },
        { T_FIELD_TITLE,      12, 60, 3, false, false },
        { T_FIELD_WHEN,       10, 30, 2, false, false },
        { T_FIELD_RESPONSIBLE, 8, 30, 1, false, true },
        { T_FIELD_STATUS,      9, 34, 3, false, false },
        /* clang-format on */
    };
    enum { FULL_COLS = 110 };
    bool is_brief = cli->n_cols > 0 && cli->n_cols < FULL_COLS;
    Table table = { .columns = columns, .n_columns = COUNTOF(columns) };
    StrBuf buf = { 0 };
    for (size_t i = 0; i < found->n; i++) {
        const Found *row = &found->at[i];
        if (plans_count(cli) > 1 && (i == 0 || row->file != found->at[i - 1].file)) {
            add_plan_line(cli, &table, row->file, &buf);
        }
        fill_row(cli, table_add(&table), row, is_brief, &buf);
    }
    table_print(cli, &table);
    if (cli->n_cols > 0) {
        print_counts(cli, found);
    }
    table_done(&table);
    strbuf_done(&buf);
}

static void put_value(StrBuf *out, Str value)
{
    strbuf_add_char(out, '\t');
    utf8_add_visible(out, value);
}

static void put_date(StrBuf *out, Day day)
{
    strbuf_add_char(out, '\t');
    if (day != 0) {
        day_add_iso(out, day);
    }
}

/* What is put together in buf, as the next value. */
static void put_made(StrBuf *out, StrBuf *buf)
{
    put_value(out, strbuf_str(buf));
    strbuf_clear(buf);
}

static void print_tsv_row(Cli *cli, const Found *found, StrBuf *buf)
{
    const Event *event = found->event;
    StrBuf *out = &cli->out;
    utf8_add_visible(out, found->file->name);
    strbuf_addf(out, "\t%d", event->line);
    plan_add_section(buf, found->file->plan, event);
    put_made(out, buf);
    put_value(out, event->id);
    put_value(out, event->no);
    put_value(out, event->title);
    put_value(out, event->when);
    event_add_responsible(buf, event);
    put_made(out, buf);
    put_value(out, event->result);
    put_value(out, status_info(event_status(event))->name);
    put_value(out, state_info(event_state(event, cli->options.today).state)->name);
    put_date(out, event->due->days.first);
    put_date(out, event->due->days.last);
    deadline_add_canonical(buf, &event->due->deadline);
    put_made(out, buf);
    deadline_add_warnings(buf, event->due->deadline.warnings);
    put_made(out, buf);
    strbuf_add_char(out, '\n');
}

static void print_tsv(Cli *cli, const FoundVec *found)
{
    StrBuf buf = { 0 };
    strbuf_add(&cli->out, STR("plan\tline\tsection\tid\tno\ttitle\twhen\tresponsible\tresult\tstatus\tstate\tfirst\tlast\t"
                              "canonical\twarnings\n"));
    for (size_t i = 0; i < found->n; i++) {
        print_tsv_row(cli, &found->at[i], &buf);
    }
    strbuf_done(&buf);
}

static void print_json(Cli *cli, const FoundVec *found)
{
    Json json = { .out = &cli->out };
    json_open_list(&json);
    for (size_t i = 0; i < found->n; i++) {
        json_put_event(&json, found->at[i].file, found->at[i].event, cli->options.today);
    }
    json_close_list(&json);
}

void cmd_list(Cli *cli)
{
    static void (*const prints[])(Cli *, const FoundVec *) = {
        [LIST_TABLE] = print_table,
        [LIST_TSV] = print_tsv,
        [LIST_JSON] = print_json,
    };
    FoundVec found = { 0 };
    plans_open(cli);
    plans_say_none(cli);
    find_events(cli, &found);
    if (found.n == 0) {
        cli_raise(cli, CLI_FOUND);
    }
    prints[cli->options.format](cli, &found);
    vec_done(&found);
}
