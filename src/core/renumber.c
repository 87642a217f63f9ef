#include "vekha/core/renumber.h"

#include <stdint.h>
#include <stdlib.h>

#include "vekha/core/change_build.h"

enum { NUMBER_MAX = 1000000 };

/* «2.03.»: a prefix of numbers with stops, digits, maybe a closing stop. */
typedef struct Number {
    Str prefix;
    int value, n_digits; /* digits that it has at least: leading zeros stay */
    bool has_stop;
} Number;

static bool is_prefix(Str text)
{
    while (text.n_bytes > 0) {
        int number;
        if (str_find_char(text, '.', 0) == SIZE_MAX || !str_to_uint(str_cut(&text, '.'), &number)) {
            return false;
        }
    }
    return true;
}

static bool number_parse(Str no, Number *out)
{
    *out = (Number){ .has_stop = str_ends(no, STR(".")) };
    no.n_bytes -= out->has_stop;
    size_t at = no.n_bytes;
    while (at > 0 && no.at[at - 1] != '.') {
        at--;
    }
    out->prefix = str_sub(no, 0, at);
    Str digits = str_from(no, at);
    out->n_digits = digits.n_bytes > 1 && digits.at[0] == '0' ? (int)digits.n_bytes : 1;
    return str_to_uint(digits, &out->value) && out->value <= NUMBER_MAX && is_prefix(out->prefix);
}

static Str number_text(const Number *number, Arena *arena)
{
    StrBuf text = { 0 };
    strbuf_add(&text, number->prefix);
    strbuf_addf(&text, "%0*d%s", number->n_digits, number->value, number->has_stop ? "." : "");
    Str kept = arena_copy(arena, strbuf_str(&text));
    strbuf_done(&text);
    return kept;
}

/* The events of one section that stand there together. */
typedef struct Run {
    size_t first, end;
    int section;
    Str prefix; /* NUMBERS_NESTED: what its numbers begin with; empty: no event of it has a number */
} Run;
typedef VEC(Run) RunVec;

static RunVec runs_of(const Plan *plan)
{
    RunVec runs = { 0 };
    for (size_t i = 0; i < plan->events.n; i++) {
        int section = plan->events.at[i].section;
        if (runs.n == 0 || runs.at[runs.n - 1].section != section) {
            vec_push(&runs, (Run){ .first = i, .section = section });
        }
        runs.at[runs.n - 1].end = i + 1;
    }
    return runs;
}

/* How often what speaks for a way of counting is found. */
typedef struct Votes {
    size_t n_plain, n_nested;
    size_t n_anew, n_on; /* sections behind the first that have a number 1, and that have none */
} Votes;

static Votes votes_of(const Plan *plan, const RunVec *runs)
{
    Votes votes = { 0 };
    bool is_first = true;
    for (size_t i = 0; i < runs->n; i++) {
        bool has_number = false;
        bool has_one = false;
        for (size_t k = runs->at[i].first; k < runs->at[i].end; k++) {
            Number number;
            if (number_parse(plan->events.at[k].no, &number)) {
                has_number = true;
                has_one = has_one || (number.value == 1 && number.prefix.n_bytes == 0);
                votes.n_plain += number.prefix.n_bytes == 0;
                votes.n_nested += number.prefix.n_bytes > 0;
            }
        }
        votes.n_anew += has_one && !is_first;
        votes.n_on += has_number && !has_one && !is_first;
        is_first = is_first && !has_number;
    }
    return votes;
}

static NumberStyle style_of(const Votes *votes)
{
    return votes->n_plain + votes->n_nested == 0 ? NUMBERS_NONE
           : votes->n_nested > votes->n_plain    ? NUMBERS_NESTED
           : votes->n_anew > votes->n_on         ? NUMBERS_BY_SECTION
                                                 : NUMBERS_THROUGH;
}

/*
 * Are sections counted with the events? Those that are have a number behind the one before them, and before the one behind them;
 * most of them must, since numbers may be wrong.
 */
static bool sections_count(const Plan *plan)
{
    size_t n_with = 0;
    size_t n_apart = 0;
    size_t event = 0;
    int before = 0;
    for (size_t i = 0; i < plan->sections.n; i++) {
        Number own;
        Number next = { 0 };
        for (; event < plan->events.n; event++) { /* up to the next one with a number that is not before the section */
            bool is_number = number_parse(plan->events.at[event].no, &next);
            if (is_number && plan->events.at[event].section >= (int)i) {
                break;
            }
            before = is_number ? next.value : before;
        }
        if (number_parse(plan->sections.at[i].no, &own) && own.prefix.n_bytes == 0) {
            bool is_between = own.value > before && (event == plan->events.n || own.value < next.value);
            n_with += is_between;
            n_apart += !is_between;
        }
    }
    return n_with > n_apart;
}

/* The prefix that more than half of the section's numbers have; false: none has. (A vote as Boyer and Moore count it.) */
static bool find_prefix(const Plan *plan, Run *run)
{
    Number number;
    size_t lead = 0;
    size_t n = 0;
    size_t n_same = 0;
    for (size_t i = run->first; i < run->end; i++) {
        if (number_parse(plan->events.at[i].no, &number)) {
            run->prefix = lead == 0 ? number.prefix : run->prefix;
            bool is_same = str_eq(number.prefix, run->prefix);
            lead = is_same ? lead + 1 : lead - 1;
        }
    }
    for (size_t i = run->first; i < run->end; i++) {
        bool is_number = number_parse(plan->events.at[i].no, &number);
        n += is_number;
        n_same += is_number && str_eq(number.prefix, run->prefix);
    }
    return n == 0 || 2 * n_same > n;
}

static int by_prefix(const void *left, const void *right)
{
    const Run *const *a = left;
    const Run *const *b = right;
    int order = str_cmp((*a)->prefix, (*b)->prefix);
    return order != 0 ? order : ((*a)->first > (*b)->first) - ((*a)->first < (*b)->first);
}

typedef struct Renumberer {
    const Plan *plan;
    Arena *arena;
    ChangeVec *out;
    Err *err;
} Renumberer;

static bool refuse(const Renumberer *r, TextId text, size_t event)
{
    const Event *at = &r->plan->events.at[event];
    return err_set(r->err, ERR_USAGE, text, TEXT_STR(at->no), TEXT_STR(at->title));
}

/* The number of that event becomes value; one that cannot be read is refused. */
static bool set_number(const Renumberer *r, size_t event, Str prefix, int value)
{
    const Event *at = &r->plan->events.at[event];
    Number number;
    if (!number_parse(at->no, &number)) {
        return refuse(r, T_RENUMBER_NO_NUMBER, event);
    }
    number.prefix = prefix;
    number.value = value;
    Change change = change_of(r->plan, event, r->arena);
    change_add(&change, at, FIELD_NO, (Str){ 0 }, number_text(&number, r->arena), r->arena);
    if (!change_is_empty(&change)) {
        vec_push(r->out, change);
    }
    return true;
}

static bool set_section_number(const Renumberer *r, int section, int value)
{
    Number number;
    Change change = { 0 };
    if (!number_parse(r->plan->sections.at[section].no, &number) || number.prefix.n_bytes > 0) {
        return true;
    }
    number.value = value;
    if (!change_edit_header(&change, r->plan, section, STR("no"), number_text(&number, r->arena), r->arena, r->err)) {
        return false;
    }
    if (change.n_edits > 0) {
        vec_push(r->out, change);
    }
    return true;
}

static bool is_counted(Str no)
{
    Number number;
    return number_parse(no, &number) && number.prefix.n_bytes == 0;
}

static bool count_through(const Renumberer *r, int first)
{
    const Plan *plan = r->plan;
    bool with_sections = sections_count(plan);
    int section = 0;
    int next = first > 0 ? first : 1;
    for (size_t i = 0; i <= plan->events.n; i++) {
        int last = i < plan->events.n ? plan->events.at[i].section : (int)plan->sections.n - 1;
        for (; with_sections && section <= last; section++) {
            bool is_one = is_counted(plan->sections.at[section].no);
            if (is_one && !set_section_number(r, section, next)) {
                return false;
            }
            next += is_one;
        }
        if (i < plan->events.n && plan->events.at[i].no.n_bytes > 0 && !set_number(r, i, (Str){ 0 }, next++)) {
            return false;
        }
    }
    return true;
}

static bool count_run(const Renumberer *r, const Run *run, int *next)
{
    for (size_t i = run->first; i < run->end; i++) {
        if (r->plan->events.at[i].no.n_bytes > 0 && !set_number(r, i, run->prefix, (*next)++)) {
            return false;
        }
    }
    return true;
}

static bool count_by_section(const Renumberer *r, const RunVec *runs)
{
    bool ok = true;
    for (size_t i = 0; i < runs->n && ok; i++) {
        int next = 1;
        ok = count_run(r, &runs->at[i], &next);
    }
    return ok;
}

/* Sections with one prefix count on, in the order of the document. */
static bool count_nested(const Renumberer *r, RunVec *runs)
{
    bool ok = true;
    int next = 1;
    Run **sorted = arena_alloc(r->arena, (runs->n + 1) * sizeof(Run *));
    for (size_t i = 0; i < runs->n && ok; i++) {
        sorted[i] = &runs->at[i];
        ok = find_prefix(r->plan, sorted[i]) || refuse(r, T_RENUMBER_TWO_PREFIXES, sorted[i]->first);
    }
    if (ok && runs->n > 1) {
        qsort(sorted, runs->n, sizeof(Run *), by_prefix);
    }
    for (size_t i = 0; i < runs->n && ok; i++) {
        next = i > 0 && str_eq(sorted[i - 1]->prefix, sorted[i]->prefix) ? next : 1;
        ok = count_run(r, sorted[i], &next);
    }
    return ok;
}

bool plan_renumber(const Plan *plan, int first, Arena *arena, ChangeVec *out, NumberStyle *style, Err *err)
{
    Renumberer r = { plan, arena, out, err };
    RunVec runs = runs_of(plan);
    Votes votes = votes_of(plan, &runs);
    bool ok = true;
    *style = style_of(&votes);
    if (votes.n_plain > 0 && votes.n_nested > 0) {
        ok = err_plain(err, ERR_USAGE, T_RENUMBER_TWO_STYLES);
    } else if (first > 0 && *style != NUMBERS_THROUGH) {
        ok = err_plain(err, ERR_USAGE, T_RENUMBER_FROM_THROUGH);
    } else {
        switch (*style) {
        case NUMBERS_NONE:
        case NUMBERS_THROUGH:
            ok = count_through(&r, first);
            break;
        case NUMBERS_BY_SECTION:
            ok = count_by_section(&r, &runs);
            break;
        case NUMBERS_NESTED:
            ok = count_nested(&r, &runs);
            break;
        }
    }
    vec_done(&runs);
    return ok;
}

/* The highest number of those in from..end that begin so, as it is written. */
static void find_highest(const Plan *plan, size_t from, size_t end, Str prefix, Number *highest)
{
    for (size_t i = from; i < end; i++) {
        Number number;
        if (number_parse(plan->events.at[i].no, &number) && str_eq(number.prefix, prefix) && number.value >= highest->value) {
            *highest = number;
        }
    }
}

static void find_highest_section(const Plan *plan, Number *highest)
{
    bool is_with = sections_count(plan);
    for (size_t i = 0; i < plan->sections.n && is_with; i++) {
        Number number;
        if (number_parse(plan->sections.at[i].no, &number) && number.prefix.n_bytes == 0 && number.value > highest->value) {
            highest->value = number.value;
        }
    }
}

static Run *find_run(RunVec *runs, int section)
{
    for (size_t i = 0; i < runs->n; i++) {
        if (runs->at[i].section == section) {
            return &runs->at[i];
        }
    }
    return NULL;
}

/* The last number of the section, or that of which it has none: then the first one. */
static bool last_nested(const Plan *plan, Run *run, int section, Arena *arena, Number *out)
{
    Number own;
    if (run != NULL && find_prefix(plan, run) && run->prefix.n_bytes > 0) {
        find_highest(plan, 0, plan->events.n, run->prefix, out);
        return true;
    }
    if (section < 0 || !number_parse(plan->sections.at[section].no, &own)) {
        return false;
    }
    own.has_stop = true;
    out->prefix = number_text(&own, arena);
    find_highest(plan, 0, plan->events.n, out->prefix, out);
    return true;
}

size_t plan_unnumbered(const Plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->events.n; i++) {
        n += plan->events.at[i].no.n_bytes == 0;
    }
    return n;
}

bool plan_next_number(const Plan *plan, int section, StrBuf *out)
{
    Arena arena = { 0 };
    Number next = { .n_digits = 1 };
    RunVec runs = runs_of(plan);
    Votes votes = votes_of(plan, &runs);
    Run *run = find_run(&runs, section);
    bool ok = true;
    switch (style_of(&votes)) {
    case NUMBERS_NONE:
        break;
    case NUMBERS_THROUGH:
        find_highest(plan, 0, plan->events.n, (Str){ 0 }, &next);
        find_highest_section(plan, &next);
        break;
    case NUMBERS_BY_SECTION:
        find_highest(plan, run != NULL ? run->first : 0, run != NULL ? run->end : 0, (Str){ 0 }, &next);
        break;
    case NUMBERS_NESTED:
        ok = last_nested(plan, run, section, &arena, &next);
        break;
    }
    next.value++;
    if (ok) {
        strbuf_add(out, number_text(&next, &arena));
    }
    vec_done(&runs);
    arena_done(&arena);
    return ok;
}

TextId number_style_text(NumberStyle style)
{
    static const TextId styles[] = {
        [NUMBERS_NONE] = T_NONE,
        [NUMBERS_THROUGH] = T_NUMBERS_THROUGH,
        [NUMBERS_BY_SECTION] = T_NUMBERS_BY_SECTION,
        [NUMBERS_NESTED] = T_NUMBERS_NESTED,
    };
    return styles[style];
}
