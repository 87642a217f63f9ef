#include <stdint.h>

#include "cli/edit_priv.h"
#include "vekha/core/check.h"
#include "vekha/core/shift_year.h"

enum { INDENT = 4 };

/* Findings that a shift of years brings. */
static const Rule rules[] = { RULE_OUTSIDE_PERIOD, RULE_INVALID_DAY, RULE_WEEKDAY_MISMATCH, RULE_DATE_IN_TITLE, RULE_ON_DAY_OFF };

typedef struct Looker {
    Cli *cli;
    const PlanFile *file; /* the new one */
    Span old;
    StrBuf line;
    size_t n;
} Looker;

static void put_heading(Cli *cli, TextId row, long number)
{
    StrBuf line = { 0 };
    text_put(&line, cli_lang(cli), row, TEXT_NUM((size_t)number));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

static void put_shifted(Cli *cli, const Plan *plan, const NextYear *next)
{
    StrBuf line = { 0 };
    StrBuf number = { 0 };
    for (size_t i = 0; i < next->shifted.n; i++) {
        const NextShift *shift = &next->shifted.at[i];
        strbuf_clear(&line);
        strbuf_clear(&number);
        plan_add_number(&number, plan, shift->event);
        text_put(&line, cli_lang(cli), T_CLI_NEXT_SHIFT, TEXT_STR(strbuf_str(&number)), TEXT_STR(shift->was),
                 TEXT_STR(shift->became));
        cli_put_indented(cli, INDENT, STYLE_TEXT, strbuf_str(&line));
    }
    strbuf_done(&line);
    strbuf_done(&number);
}

/* A line of what is to be looked at; before the first one what follows is said. */
static void put_look(Looker *l)
{
    if (l->n++ == 0) {
        put_heading(l->cli, T_CLI_NEXT_LOOK, 0);
    }
    cli_put_indented(l->cli, INDENT, STYLE_WARN, strbuf_str(&l->line));
    strbuf_clear(&l->line);
}

/* Does the text name a year of the old plan, or one beside it? */
static bool has_year(const Looker *l, Str text)
{
    StrBuf shifted = { 0 };
    bool has_one = year_shift(text, l->old, 1, &shifted);
    strbuf_done(&shifted);
    return has_one;
}

static void look_at_text(Looker *l, size_t event, FieldId field)
{
    StrBuf number = { 0 };
    StrBuf value = { 0 };
    field_add_value(&value, &l->file->plan->events.at[event], field);
    if (has_year(l, strbuf_str(&value))) {
        plan_add_number(&number, l->file->plan, event);
        text_put(&l->line, cli_lang(l->cli), T_CLI_NEXT_YEAR_IN, TEXT_STR(strbuf_str(&number)),
                 TEXT_ROW(field_info(field)->heading), TEXT_STR(strbuf_str(&value)));
        put_look(l);
    }
    strbuf_done(&number);
    strbuf_done(&value);
}

static void look_at_header(Looker *l, TextId where, Str text)
{
    if (has_year(l, text)) {
        text_put(&l->line, cli_lang(l->cli), T_CLI_NEXT_YEAR_IN_PLAN, TEXT_ROW(where));
        put_look(l);
    }
}

static void look_at_texts(Looker *l)
{
    const Plan *plan = l->file->plan;
    look_at_header(l, T_CLI_NEXT_PREAMBLE, plan->preamble);
    for (size_t i = 0; i < plan->approvals.n; i++) {
        look_at_header(l, T_CLI_NEXT_APPROVAL, plan->approvals.at[i].document);
    }
    for (size_t i = 0; i < plan->sections.n; i++) {
        if (has_year(l, plan->sections.at[i].title) || has_year(l, plan->sections.at[i].goal)) {
            text_put(&l->line, cli_lang(l->cli), T_CLI_NEXT_YEAR_IN_SECTION, TEXT_STR(plan->sections.at[i].title));
            put_look(l);
        }
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        look_at_text(l, i, FIELD_TITLE);
        look_at_text(l, i, FIELD_RESULT);
    }
}

static bool is_of_shift(const Problem *problem)
{
    bool is_one = false;
    for (size_t i = 0; i < COUNTOF(rules); i++) {
        is_one = is_one || problem->rule == rules[i];
    }
    return is_one && problem->event != SIZE_MAX && problem->of == PROBLEM_OF_EVENT;
}

static void look_at_problems(Looker *l, const Store *store)
{
    ProblemVec problems = { 0 };
    StrBuf number = { 0 };
    StrBuf text = { 0 };
    Lang lang = cli_lang(l->cli);
    store_check(store, 0, l->cli->options.today, lang, &l->cli->arena, &problems);
    for (size_t i = 0; i < problems.n; i++) {
        if (is_of_shift(&problems.at[i])) {
            strbuf_clear(&number);
            strbuf_clear(&text);
            plan_add_number(&number, l->file->plan, problems.at[i].event);
            problem_add_text(&text, lang, &problems.at[i]);
            text_put(&l->line, lang, T_CLI_NEXT_PROBLEM, TEXT_STR(strbuf_str(&number)), TEXT_STR(strbuf_str(&text)));
            put_look(l);
        }
    }
    vec_done(&problems);
    strbuf_done(&number);
    strbuf_done(&text);
}

static void put_changes(Cli *cli, const Plan *plan, const NextYear *next)
{
    put_heading(cli, next->shifted.n > 0 ? T_CLI_NEXT_SHIFTED : T_CLI_NEXT_NONE_SHIFTED, (long)next->shifted.n);
    put_shifted(cli, plan, next);
    if (next->had_basis) {
        put_heading(cli, T_CLI_NEXT_BASIS, 0);
    }
    if (next->n_signed > 0) {
        put_heading(cli, T_CLI_NEXT_SIGNED, (long)next->n_signed);
    }
}

void said_next_year(Cli *cli, const char *path, const NextYear *next)
{
    Err err = { 0 };
    Store *store = store_open(path, &err);
    if (store == NULL) {
        (void)cli_fail(cli, &err);
        return;
    }
    Looker looker = { .cli = cli, .file = store_file(store, 0), .old = plan_at(cli, 0)->plan->period };
    put_changes(cli, looker.file->plan, next);
    look_at_problems(&looker, store);
    look_at_texts(&looker);
    strbuf_done(&looker.line);
    store_free(store);
}
