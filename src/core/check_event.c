#include <stdlib.h>

#include "core/check_priv.h"
#include "vekha/base/utf8.h"

/* An event under the text by which it is compared. */
typedef struct Named {
    Str name;
    size_t event;
} Named;

typedef VEC(Named) NamedVec;

static int by_name(const void *left, const void *right)
{
    const Named *a = left;
    const Named *b = right;
    int order = str_cmp(a->name, b->name);
    return order != 0 ? order : (a->event > b->event) - (a->event < b->event);
}

static void sort(NamedVec *events)
{
    if (events->n > 1) {
        qsort(events->at, events->n, sizeof *events->at, by_name);
    }
}

/* Letter case, ё and the number of blanks are no difference. */
static void add_plain(StrBuf *out, Str text)
{
    StrBuf folded = { 0 };
    utf8_add_folded(&folded, text);
    Str rest = strbuf_str(&folded);
    while (rest.n_bytes > 0) {
        Str word = str_cut(&rest, ' ');
        if (word.n_bytes > 0) {
            strbuf_add(out, word);
            strbuf_add_char(out, ' ');
        }
    }
    strbuf_add_char(out, '\n');
    strbuf_done(&folded);
}

static Str content_of(const Event *event, Arena *arena)
{
    StrBuf content = { 0 };
    add_plain(&content, event->title);
    add_plain(&content, event->when);
    add_plain(&content, event->dates);
    for (size_t i = 0; i < event->responsible.n; i++) {
        add_plain(&content, event->responsible.at[i]);
    }
    Str kept = arena_copy(arena, strbuf_str(&content));
    strbuf_done(&content);
    return kept;
}

static Str label_of(const Check *check, const Event *event)
{
    StrBuf label = { 0 };
    event_add_label(&label, event);
    return check_kept(check, &label);
}

void check_event_repeats(const Check *check)
{
    Arena arena = { 0 };
    NamedVec events = { 0 };
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        if (!str_is_blank(event->title) && event->status != STATUS_CANCELLED) {
            vec_push(&events, (Named){ content_of(event, &arena), i });
        }
    }
    sort(&events);
    for (size_t i = 1; i < events.n; i++) {
        if (str_eq(events.at[i].name, events.at[i - 1].name)) {
            const Event *first = &check->plan->events.at[events.at[i - 1].event];
            Problem at = problem_at(events.at[i].event, FIELD_TITLE);
            check_say(check, &at, RULE_EVENT_REPEATS, T_EVENT_REPEATS, TEXT_STR(label_of(check, first)), TEXT_NUM(first->line));
        }
    }
    vec_done(&events);
    arena_done(&arena);
}

void check_same_ids(const Check *check)
{
    NamedVec events = { 0 };
    for (size_t i = 0; i < check->plan->events.n; i++) {
        if (check->plan->events.at[i].id.n_bytes > 0) {
            vec_push(&events, (Named){ check->plan->events.at[i].id, i });
        }
    }
    sort(&events);
    for (size_t i = 1; i < events.n; i++) {
        if (str_eq(events.at[i].name, events.at[i - 1].name)) {
            const Event *first = &check->plan->events.at[events.at[i - 1].event];
            Problem at = problem_at(events.at[i].event, FIELD_ID);
            check_say(check, &at, RULE_DUPLICATE_KEY, T_ID_TWICE, TEXT_STR(first->id), TEXT_STR(label_of(check, first)),
                      TEXT_NUM(first->line));
        }
    }
    vec_done(&events);
}
