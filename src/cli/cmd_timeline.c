#include "cli/cli_priv.h"
#include "vekha/view/timeline.h"

enum { USUAL_COLS = 100, MIN_COLS = 40, MAX_COLS = 400 };

/* The months asked for; as many units as lie between, else as the zoom has. */
static TimelineLayout layout_between(const Options *options, const Plan *plan, int n_cols)
{
    TimelineZoom zoom = (TimelineZoom)options->zoom;
    TimelineUnit unit = timeline_zoom_unit(zoom);
    Day begin = plan->period.first != 0 ? plan->period.first : options->today;
    begin = options->to.last != 0 && options->to.last < begin ? options->to.first : begin;
    Day from = options->from.first != 0 ? options->from.first : begin;
    int n_units = timeline_units(zoom, from, plan->period);
    if (options->to.last != 0) {
        n_units = timeline_unit(unit, options->to.last) - timeline_unit(unit, from) + 1;
    }
    return timeline_layout(zoom, from, n_units, n_cols);
}

/* Of a part of the plan that with today in it, on a narrow sheet too; else the plan from its beginning. */
static TimelineLayout layout_of(const Cli *cli, const Plan *plan, int n_cols)
{
    const Options *options = &cli->options;
    TimelineZoom zoom = (TimelineZoom)options->zoom;
    bool is_under_way = plan->period.first == 0 || (zoom != ZOOM_YEAR && span_has(plan->period, options->today));
    if (options->from.first != 0 || options->to.first != 0) {
        return layout_between(options, plan, n_cols);
    }
    Day around = is_under_way ? options->today : plan->period.first;
    Day first = timeline_first_for(zoom, around, plan->period);
    int n_units = timeline_units(zoom, first, plan->period);
    TimelineLayout layout = timeline_layout(zoom, first, n_units, n_cols);
    return timeline_layout(zoom, timeline_first_with(&layout.scale, around), n_units, n_cols);
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
    for (int row = 0; row < layout.n_head_rows; row++) { /* the rows above fall outside */
        timeline_draw_head(paint_row(cli, n_cols), -row, &layout, cli_lang(cli), plan_context(plan).calendar, cli->options.today);
        paint_row_out(cli, n_cols);
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        print_headings(cli, plan, &layout, event->section, last_section, n_cols);
        last_section = event->section;
        timeline_draw_event(paint_row(cli, n_cols), 0, &layout, plan, event, cli->options.today, false, SIZE_MAX);
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
    plans_open(cli);
    plans_say_none(cli);
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
