#include <stdint.h>
#include <stdlib.h>

#include "core/check_priv.h"

/* A printed number that is a plain one («5», «5.»); «5а» and «12.1» are not for us to judge. */
static bool plain_number(Str no, int *out)
{
    return str_to_uint(str_ends(no, STR(".")) ? str_sub(no, 0, no.n_bytes - 1) : no, out);
}

typedef struct Numbered {
    int run; /* which numbering, from 0 */
    int number;
    size_t place; /* in the file, among the numbered */
    size_t event; /* SIZE_MAX: a section's number */
    int line;     /* of the section; 0: an event's number */
} Numbered;

typedef VEC(Numbered) NumberedVec;

static int by_value(const void *left, const void *right)
{
    const int *a = left;
    const int *b = right;
    return (*a > *b) - (*a < *b);
}

/* Where sections are counted by themselves, their numbers are those of events as well: then they say nothing of the events. */
static bool sections_count(const Plan *plan)
{
    VEC(int) of_events = { 0 };
    bool is_apart = true;
    int number;
    for (size_t i = 0; i < plan->events.n; i++) {
        if (plain_number(plan->events.at[i].no, &number)) {
            vec_push(&of_events, number);
        }
    }
    if (of_events.n > 1) {
        qsort(of_events.at, of_events.n, sizeof *of_events.at, by_value);
    }
    for (size_t i = 0; i < plan->sections.n && is_apart && of_events.n > 0; i++) {
        is_apart = !plain_number(plan->sections.at[i].no, &number) ||
                   bsearch(&number, of_events.at, of_events.n, sizeof *of_events.at, by_value) == NULL;
    }
    vec_done(&of_events);
    return is_apart;
}

static void add_number(NumberedVec *out, int run, Str no, size_t event, int line)
{
    int number;
    if (plain_number(no, &number)) {
        vec_push(out, (Numbered){ run, number, out->n, event, line });
    }
}

static void collect(const Plan *plan, NumberedVec *out)
{
    bool with_sections = sections_count(plan);
    int next_section = 0;
    int run = 0;
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        bool is_first = i == 0 || plan->events.at[i - 1].section != event->section;
        int number = 0;
        if (is_first && out->n > 0 && plain_number(event->no, &number) && number == 1) {
            run++;
        }
        for (; with_sections && next_section <= event->section; next_section++) {
            const Section *section = &plan->sections.at[next_section];
            add_number(out, run, section->no, SIZE_MAX, section->line);
        }
        add_number(out, run, event->no, i, 0);
    }
}

static int by_number(const void *left, const void *right)
{
    const Numbered *a = left;
    const Numbered *b = right;
    if (a->run != b->run) {
        return a->run < b->run ? -1 : 1;
    }
    if (a->number != b->number) {
        return a->number < b->number ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

static NumberedVec sorted_numbers(const Plan *plan)
{
    NumberedVec numbers = { 0 };
    collect(plan, &numbers);
    if (numbers.n > 1) {
        qsort(numbers.at, numbers.n, sizeof *numbers.at, by_number);
    }
    return numbers;
}

static void report(ProblemVec *out, Rule rule, TextId text, const Numbered *at, int other)
{
    vec_push(out, (Problem){ .rule = rule,
                             .line = at->line,
                             .col = at->line > 0 ? 1 : 0,
                             .event = at->event,
                             .field = FIELD_NO,
                             .text = text,
                             .n_args = 2,
                             .args = { TEXT_NUM(at->number), TEXT_NUM(other) } });
}

void check_number_repeats(const Check *check)
{
    NumberedVec numbers = sorted_numbers(check->plan);
    for (size_t i = 1; i < numbers.n; i++) {
        const Numbered *before = &numbers.at[i - 1];
        if (before->run == numbers.at[i].run && before->number == numbers.at[i].number) {
            report(check->out, RULE_NUMBER_REPEATS, T_NUMBER_REPEATS, &numbers.at[i], before->number);
        }
    }
    vec_done(&numbers);
}

void check_number_skips(const Check *check)
{
    NumberedVec numbers = sorted_numbers(check->plan);
    for (size_t i = 1; i < numbers.n; i++) {
        const Numbered *before = &numbers.at[i - 1];
        if (before->run == numbers.at[i].run && numbers.at[i].number > before->number + 1) {
            report(check->out, RULE_NUMBER_SKIPS, T_NUMBER_SKIPS, &numbers.at[i], before->number);
        }
    }
    vec_done(&numbers);
}

void check_number_order(const Check *check)
{
    NumberedVec numbers = { 0 };
    collect(check->plan, &numbers);
    const Numbered *highest = NULL;
    for (size_t i = 0; i < numbers.n; i++) {
        const Numbered *here = &numbers.at[i];
        if (highest != NULL && highest->run == here->run && here->number < highest->number) {
            report(check->out, RULE_NUMBER_ORDER, T_NUMBER_ORDER, here, highest->number);
        } else {
            highest = here;
        }
    }
    vec_done(&numbers);
}

void check_number_missing(const Check *check)
{
    const Plan *plan = check->plan;
    size_t n_numbered = 0;
    for (size_t i = 0; i < plan->events.n; i++) {
        n_numbered += plan->events.at[i].no.n_bytes > 0;
    }
    for (size_t i = 0; i < plan->events.n && n_numbered > 0; i++) {
        if (plan->events.at[i].no.n_bytes == 0) {
            vec_push(check->out,
                     (Problem){ .rule = RULE_NUMBER_MISSING, .event = i, .field = FIELD_TITLE, .text = T_NUMBER_MISSING });
        }
    }
}
