#include <stdint.h>

#include "cli/cli_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/query.h"

enum { BAR_COLS = 8 };

/* Any progress at all shows, and only all of it fills the bar. */
static void add_bar(StrBuf *out, size_t n_done, size_t n_all)
{
    size_t n_full = n_all > 0 ? n_done * BAR_COLS / n_all : 0;
    n_full = n_full == 0 && n_done > 0 ? 1 : n_full;
    for (size_t i = 0; i < BAR_COLS; i++) {
        strbuf_add(out, i < n_full ? STR("█") : STR("░"));
    }
}

/* «13.05.2022 № 13» */
static void add_next(StrBuf *out, Lang lang, const Plan *plan, const PlanSummary *sum)
{
    StrBuf number = { 0 };
    if (sum->next == SIZE_MAX) {
        return;
    }
    const Event *event = &plan->events.at[sum->next];
    day_add_ru(out, sum->next_day);
    plan_add_number(&number, plan, sum->next);
    if (event->no.n_bytes > 0) {
        text_put(out, lang, T_CLI_NEXT_NUMBER, TEXT_STR(strbuf_str(&number)));
    } else {
        strbuf_addf(out, " %.*s", STR_ARG(strbuf_str(&number)));
    }
    strbuf_done(&number);
}

static void add_plan(Cli *cli, Table *table, const PlanFile *file, StrBuf *buf)
{
    PlanSummary sum = plan_summary(file->plan, cli->options.today);
    TableCell *cells = table_add(table);
    Style style = sum.n_late > 0 ? STYLE_BAD : STYLE_TEXT;
    if (!cli->options.plain) {
        cells[0] = (TableCell){ .text = sum.n_late > 0 ? state_info(STATE_LATE)->glyph : (Str){ 0 }, .style = style };
        add_bar(buf, sum.n_done, sum.n_events);
        cells[3].text = cli_keep(cli, buf);
    }
    cells[1].text = plan_label(file);
    plan_add_period(buf, file->plan->period);
    cells[2].text = cli_keep(cli, buf);
    strbuf_addf(buf, "%zu/%zu", sum.n_done, sum.n_events);
    cells[4].text = cli_keep(cli, buf);
    if (sum.n_late > 0) {
        strbuf_addf(buf, "%zu", sum.n_late);
    }
    cells[5] = (TableCell){ .text = cli_keep(cli, buf), .style = style };
    add_next(buf, cli_lang(cli), file->plan, &sum);
    cells[6].text = cli_keep(cli, buf);
}

static void add_broken(Cli *cli, Table *table, const PlanFile *file, StrBuf *buf)
{
    strbuf_add(buf, cli->options.plain ? (Str){ 0 } : STR("!  "));
    err_words(buf, cli_lang(cli), &file->why);
    table_add_line(table, STYLE_ERROR, cli_keep(cli, buf));
    cli_raise_for(cli, &file->why);
}

void cmd_overview(Cli *cli)
{
    static const TableColumn columns[] = {
        /* clang-format off */
        { T_NONE,              0,        1, 1, false, false },
        { T_CLI_COLUMN_PLAN,  12,       50, 2, false, false },
        { T_CLI_COLUMN_PERIOD, 0,       15, 1, false, true },
        { T_NONE,              0, BAR_COLS, 1, false, true },
        { T_CLI_COLUMN_DONE,   0,       13, 1, true,  false },
        { T_CLI_COLUMN_LATE,   0,       10, 1, true,  false },
        { T_CLI_COLUMN_NEXT,  10,       24, 4, false, false },
        /* clang-format on */
    };
    Table table = { .columns = columns, .n_columns = COUNTOF(columns) };
    StrBuf buf = { 0 };
    for (size_t i = 0; i < plans_count(cli); i++) {
        const PlanFile *file = plan_at(cli, i);
        if (file->is_broken) {
            add_broken(cli, &table, file, &buf);
        } else {
            add_plan(cli, &table, file, &buf);
        }
    }
    table_print(cli, &table);
    plans_say_none(cli);
    table_done(&table);
    strbuf_done(&buf);
}
