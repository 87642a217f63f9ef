#include <stdint.h>
#include <stdlib.h>

#include "core/check_priv.h"
#include "core/deadline_value_priv.h"

/* ---- Days and persons of a status ---- */

/* What an event and a mark of an occurrence have in common. */
typedef struct Marked {
    Status status;
    Day done, confirmed, cancelled;
    Problem at; /* without its field */
} Marked;

/* The place of a field: of the event, or of one of its marks. */
static Problem place_of(const Marked *marked, FieldId field)
{
    Problem at = marked->at;
    if (at.item > 0) {
        at.item_key = field_info(field)->name;
    } else {
        at.field = field;
    }
    return at;
}

static void say_status(const Check *check, const Marked *marked, FieldId field, TextId text)
{
    Problem at = place_of(marked, field);
    check_say(check, &at, RULE_STATUS_MARKS, text, TEXT_STR(field_info(field)->name),
              TEXT_ROW(status_info(marked->status)->word));
}

static void check_future(const Check *check, const Marked *marked, FieldId field, Day day)
{
    if (check->today != 0 && day > check->today) {
        Problem at = place_of(marked, field);
        check_say(check, &at, RULE_STATUS_MARKS, T_MARK_IN_FUTURE, TEXT_STR(field_info(field)->name),
                  TEXT_STR(check_day(check, day)), TEXT_STR(check_day(check, check->today)));
    }
}

static void check_marked(const Check *check, const Marked *marked)
{
    bool is_done = marked->status == STATUS_DONE || marked->status == STATUS_CONFIRMED;
    bool is_cancelled = marked->status == STATUS_CANCELLED; /* what was done before that stays as it was */
    if (is_done && marked->done == 0) {
        say_status(check, marked, FIELD_STATUS, T_MARK_NO_DONE);
    }
    if (marked->status == STATUS_CONFIRMED && marked->confirmed == 0) {
        say_status(check, marked, FIELD_STATUS, T_MARK_NO_CONFIRMED);
    }
    if (!is_done && !is_cancelled && marked->done != 0) {
        say_status(check, marked, FIELD_DONE, T_MARK_CONTRADICTS);
    }
    if (marked->status != STATUS_CONFIRMED && !is_cancelled && marked->confirmed != 0) {
        say_status(check, marked, FIELD_CONFIRMED, T_MARK_CONTRADICTS);
    }
    if (!is_cancelled && marked->cancelled != 0) {
        say_status(check, marked, FIELD_CANCELLED, T_MARK_CONTRADICTS);
    }
    if (marked->done != 0 && marked->confirmed != 0 && marked->confirmed < marked->done) {
        Problem at = place_of(marked, FIELD_CONFIRMED);
        check_say(check, &at, RULE_STATUS_MARKS, T_MARK_CONFIRMED_EARLY, TEXT_STR(check_day(check, marked->confirmed)),
                  TEXT_STR(check_day(check, marked->done)));
    }
    check_future(check, marked, FIELD_DONE, marked->done);
    check_future(check, marked, FIELD_CONFIRMED, marked->confirmed);
    check_future(check, marked, FIELD_CANCELLED, marked->cancelled);
}

void check_status_marks(const Check *check)
{
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        Problem at = problem_at(i, FIELD_STATUS);
        check_marked(check, &(Marked){ event->status, event->done, event->confirmed, event->cancelled, at });
        if (event->status == STATUS_POSTPONED && event->n_was == 0) {
            check_say_args(check, &at, RULE_STATUS_MARKS, T_MARK_NO_WAS, NULL, 0);
        }
        at.field = FIELD_MARKS;
        for (unsigned k = 0; k < event->n_marks; k++) {
            const Mark *mark = &event->marks[k];
            at.item = k + 1;
            check_marked(check, &(Marked){ mark->status, mark->done, mark->confirmed, 0, at });
        }
    }
}

/* ---- Marks of occurrences that there are not ---- */

static int by_due(const void *left, const void *right)
{
    const Event *a = *(const Event *const *)left;
    const Event *b = *(const Event *const *)right;
    uintptr_t due_a = (uintptr_t)a->due;
    uintptr_t due_b = (uintptr_t)b->due;
    return due_a != due_b ? (due_a < due_b ? -1 : 1) : (a > b) - (a < b);
}

static int by_text(const void *left, const void *right)
{
    return str_cmp(*(const Str *)left, *(const Str *)right);
}

/* The name without «#2»: marks beyond those that are required are kept, and no mistake. */
static Str base_of(Str at)
{
    return str_sub(at, 0, str_find_char(at, '#', 0));
}

/* The names of all occurrences, sorted; in the arena. */
static const Str *names_of(const Due *due, Arena *arena)
{
    Str *names = arena_alloc(arena, due->n_occurrences * sizeof *names);
    StrBuf name = { 0 };
    for (size_t i = 0; i < due->n_occurrences; i++) {
        strbuf_clear(&name);
        occurrence_add_at(&name, &due->occurrences[i]);
        names[i] = arena_copy(arena, base_of(strbuf_str(&name)));
    }
    if (due->n_occurrences > 1) {
        qsort(names, due->n_occurrences, sizeof *names, by_text);
    }
    strbuf_done(&name);
    return names;
}

static void say_orphan(const Check *check, const Event *event, unsigned mark, bool looks_near)
{
    const Due *due = event->due;
    Str at = event->marks[mark].at;
    Problem place = problem_at((size_t)(event - check->plan->events.at), FIELD_MARKS);
    place.item = mark + 1;
    place.item_key = STR("at");
    size_t near = looks_near ? occurrence_find(due->occurrences, due->n_occurrences, at) : SIZE_MAX;
    if (near != SIZE_MAX) {
        StrBuf name = { 0 };
        occurrence_add_at(&name, &due->occurrences[near]);
        check_say(check, &place, RULE_MARK_ORPHAN, T_MARK_ORPHAN_NEAR, TEXT_STR(check_quote(check, at)),
                  TEXT_STR(check_kept(check, &name)));
    } else {
        check_say(check, &place, RULE_MARK_ORPHAN, due->n_occurrences > 0 ? T_MARK_ORPHAN : T_MARK_ORPHAN_ALONE,
                  TEXT_STR(check_quote(check, at)), TEXT_STR(check_quote(check, event->when)));
    }
}

static void check_orphans(const Check *check, const Event *event, const Str *names, size_t *n_said)
{
    enum { MAX_NEAR = 1000 }; /* looking for what was meant takes time for each */
    for (unsigned i = 0; i < event->n_marks; i++) {
        Str at = base_of(event->marks[i].at);
        size_t n = event->due->n_occurrences;
        if (event->marks[i].at.n_bytes > 0 && (n == 0 || bsearch(&at, names, n, sizeof *names, by_text) == NULL)) {
            say_orphan(check, event, i, *n_said < MAX_NEAR);
            *n_said += 1;
        }
    }
}

/* A deadline that recurs and has no list recurs too often for one. */
static bool is_listed(const Due *due)
{
    bool recurs = false;
    for (int i = 0; i < due->deadline.n_items; i++) {
        recurs = recurs || due->deadline.items[i].recur != NULL;
    }
    return due->n_occurrences > 0 ? due->n_occurrences < OCCURRENCE_MAX : !recurs;
}

/* Events that have the same deadline stand together, so that its names are made once. */
void check_mark_orphan(const Check *check)
{
    VEC(const Event *) marked = { 0 };
    Arena arena = { 0 };
    const Str *names = NULL;
    size_t n_said = 0;
    for (size_t i = 0; i < check->plan->events.n; i++) {
        if (check->plan->events.at[i].n_marks > 0) {
            vec_push(&marked, &check->plan->events.at[i]);
        }
    }
    if (marked.n > 1) {
        qsort(marked.at, marked.n, sizeof *marked.at, by_due);
    }
    for (size_t i = 0; i < marked.n; i++) {
        const Due *due = marked.at[i]->due;
        if (i == 0 || due != marked.at[i - 1]->due) {
            arena_done(&arena);
            names = names_of(due, &arena);
        }
        if (is_listed(due)) {
            check_orphans(check, marked.at[i], names, &n_said);
        }
    }
    arena_done(&arena);
    vec_done(&marked);
}
