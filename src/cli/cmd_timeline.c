#include "cli/cli_priv.h"
#include "vekha/view/timeline.h"

enum { USUAL_COLS = 100, MIN_COLS = 40, MAX_COLS = 400 };

/* From the month asked for, else where the plan begins; as many months as lie between, else the plan's. */
static TimelineLayout layout_of(const Cli *cli, const Plan *plan, int n_cols)
{
    const Options *options = &cli->options;
    Day first = options->from.first != 0 ? options->from.first : plan->period.first != 0 ? plan->period.first : options->today;
    int month = day_month_index(first);
    int n_months = timeline_months(plan->period);
    if (options->to.last != 0) {
        n_months = day_month_index(options->to.last) - month + 1;
    }
    return timeline_layout(month, n_months > 0 ? n_months : 1, n_cols);
}

/* Headings of the sections that this event is the first of, outermost first. */
static void print_headings(Cli *cli, const Plan *plan, const TimelineLayout *layout, int section, int last, int n_cols)
{
    for (int above = last; above >= 0; above = plan->sections.at[above].parent) {
        if (above == section) {
            return;
        }
    }
    if (section < 0) {
        return;
    }
    print_headings(cli, plan, layout, plan->sections.at[section].parent, last, n_cols);
    timeline_draw_section(paint_row(cli, n_cols), 0, layout, &plan->sections.at[section], cli->options.today);
    paint_row_out(cli, n_cols);
}

static void print_timeline(Cli *cli, const Plan *plan, int n_cols)
{
    TimelineLayout layout = layout_of(cli, plan, n_cols);
    int last_section = -1;
    timeline_draw_head(paint_row(cli, n_cols), 0, &layout, cli_lang(cli), cli->options.today);
    paint_row_out(cli, n_cols);
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        print_headings(cli, plan, &layout, event->section, last_section, n_cols);
        last_section = event->section;
        timeline_draw_event(paint_row(cli, n_cols), 0, &layout, plan, event, cli->options.today, false);
        paint_row_out(cli, n_cols);
    }
}

void cmd_timeline(Cli *cli)
{
    int n_cols = cli->options.width > 0 ? cli->options.width : cli->n_cols > 0 ? cli->n_cols : USUAL_COLS;
    n_cols = n_cols < MIN_COLS ? MIN_COLS : n_cols > MAX_COLS ? MAX_COLS : n_cols;
    Err err = { 0 };
    if (cli->options.from.first != 0 && cli->options.to.first != 0 && cli->options.to.last < cli->options.from.first) {
        (void)err_plain(&err, ERR_USAGE, T_CLI_TO_BEFORE_FROM);
        (void)cli_fail(cli, &err);
        return;
    }
    plans_open(cli, 0);
    for (size_t i = 0; i < plans_count(cli); i++) {
        const PlanFile *file = plan_at(cli, i);
        plan_say_broken(cli, file);
        if (file->plan->events.n == 0) {
            continue;
        }
        if (plans_count(cli) > 1) {
            paint_line(cli, STYLE_STRONG, plan_label(file));
        }
        print_timeline(cli, file->plan, n_cols);
    }
}
