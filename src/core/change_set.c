#include "vekha/core/change_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vekha/core/header.h"
#include "vekha/core/plan_finder.h"

/* The plan as it is now; and as it was when the changes were made, if that is another reading. */
typedef struct Readings {
    PlanFinder before, now;
} Readings;

static bool find_event(Readings *readings, const EventRef *ref, size_t *out)
{
    PlanFinder *now = &readings->now;
    *out = readings->before.plan != NULL ? finder_match_since(&readings->before, now, ref) : finder_match(now, ref);
    return *out != SIZE_MAX;
}

static bool find_section(Readings *readings, const SectionRef *ref, int *out, Err *err)
{
    return finder_match_section(&readings->now, ref, out) || err_set(err, ERR_CONFLICT, T_CHANGE_NO_SECTION, TEXT_STR(ref->path));
}

/* How many events stand in sections before that one: they are in the order of the sections. */
static size_t count_before(const Plan *plan, int section)
{
    size_t low = 0;
    size_t high = plan->events.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (plan->events.at[middle].section < section) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t last_of(const Plan *plan, int section)
{
    size_t end = count_before(plan, section + 1);
    return end > 0 && plan->events.at[end - 1].section == section ? end - 1 : SIZE_MAX;
}

static bool find_place(Readings *readings, const EventPlace *place, ChangeTarget *out, Err *err)
{
    const Plan *now = readings->now.plan;
    out->after = SIZE_MAX;
    if (!find_section(readings, &place->section, &out->section, err)) {
        return false;
    }
    bool is_there = !place->is_first && find_event(readings, &place->after, &out->after) &&
                    now->events.at[out->after].section == out->section;
    if (!place->is_first && !is_there) {
        out->after = last_of(now, out->section);
    }
    return true;
}

static bool find_one(Readings *readings, const Change *change, ChangeTarget *out, Err *err)
{
    *out = (ChangeTarget){ .event = SIZE_MAX, .section = -1, .after = SIZE_MAX };
    bool has_event = change->kind != CHANGE_INSERT && change->kind != CHANGE_HEADER;
    if (has_event && !find_event(readings, &change->event, &out->event)) {
        return err_set(err, ERR_CONFLICT, T_CHANGE_NO_EVENT, TEXT_STR(change->event.no), TEXT_STR(change->event.title));
    }
    switch (change->kind) {
    case CHANGE_INSERT:
    case CHANGE_MOVE:
        return find_place(readings, &change->to, out, err);
    case CHANGE_HEADER:
        return find_section(readings, &change->section, &out->section, err);
    case CHANGE_EDIT:
    case CHANGE_DELETE:
        break;
    }
    return true;
}

bool changes_find(ChangeSet set, const Plan *before, const Plan *now, ChangeTarget *out, Err *err)
{
    Readings readings = { { .plan = before }, { .plan = now } };
    bool ok = true;
    for (size_t i = 0; i < set.n && ok; i++) {
        ok = find_one(&readings, &set.at[i], &out[i], err);
    }
    finder_done(&readings.before);
    finder_done(&readings.now);
    return ok;
}

bool change_find(const Change *change, const Plan *before, const Plan *now, ChangeTarget *out, Err *err)
{
    return changes_find((ChangeSet){ change, 1 }, before, now, out, err);
}

/* An event that comes, and where: in front of the one of that index, among those of the section. */
typedef struct Newcomer {
    size_t before, order;
    int section;
    const Event *event;
} Newcomer;

typedef struct Maker {
    const Plan *plan;
    Plan *out;
    Event *events; /* the plan's own, edited */
    bool *is_gone;
    VEC(Newcomer) newcomers;
} Maker;

static void add_newcomer(Maker *maker, const Event *event, const ChangeTarget *target)
{
    size_t before = target->after != SIZE_MAX ? target->after + 1 : count_before(maker->plan, target->section);
    vec_push(&maker->newcomers, (Newcomer){ before, maker->newcomers.n, target->section, event });
}

static int by_place(const void *left, const void *right)
{
    const Newcomer *a = left;
    const Newcomer *b = right;
    if (a->before != b->before) {
        return a->before < b->before ? -1 : 1;
    }
    if (a->section != b->section) {
        return a->section < b->section ? -1 : 1;
    }
    return a->order < b->order ? -1 : 1;
}

static bool make_header(Maker *maker, const Change *change, int section, Err *err)
{
    StrBuf now = { 0 };
    bool ok = true;
    for (size_t i = 0; i < change->n_edits && ok; i++) {
        const FieldEdit *edit = &change->edits[i];
        const HeaderField *field = header_find(edit->key, section);
        if (field == NULL) {
            ok = err_set(err, ERR_REFUSED, T_CHANGE_NOT_ITS_KEY, TEXT_STR(edit->key));
            break;
        }
        strbuf_clear(&now);
        header_add_value(&now, maker->out, section, field);
        ok = header_same(field, strbuf_str(&now), edit->before) ||
             err_set(err, ERR_CONFLICT, T_CHANGE_CONFLICT, TEXT_ROW(field->heading), TEXT_STR(strbuf_str(&now)),
                     TEXT_STR(edit->before), TEXT_STR(edit->after));
        header_set(maker->out, section, field, edit->after);
    }
    strbuf_done(&now);
    return ok;
}

static bool make_delete(Maker *maker, const Change *change, const ChangeTarget *target, Err *err)
{
    const Event *now = &maker->events[target->event];
    maker->is_gone[target->event] = true;
    return event_eq(now, change->content) ||
           err_set(err, ERR_CONFLICT, T_CHANGE_DELETED, TEXT_STR(now->no), TEXT_STR(now->title));
}

static bool make_one(Maker *maker, const Change *change, const ChangeTarget *target, Err *err)
{
    bool goes = change->kind == CHANGE_DELETE || change->kind == CHANGE_MOVE;
    if (goes && maker->is_gone[target->event]) {
        return err_set(err, ERR_CONFLICT, T_CHANGE_NO_EVENT, TEXT_STR(change->event.no), TEXT_STR(change->event.title));
    }
    switch (change->kind) {
    case CHANGE_EDIT:
        if (!change_fits(change, &maker->events[target->event], err)) {
            return false;
        }
        change_apply(change, &maker->events[target->event], &maker->out->arena);
        return true;
    case CHANGE_INSERT:
        add_newcomer(maker, change->content, target);
        return true;
    case CHANGE_DELETE:
        return make_delete(maker, change, target, err);
    case CHANGE_MOVE:
        maker->is_gone[target->event] = true;
        add_newcomer(maker, &maker->events[target->event], target);
        return true;
    case CHANGE_HEADER:
        return make_header(maker, change, target->section, err);
    }
    return false;
}

/* The events as they stand in the end. */
static void collect(Maker *maker)
{
    size_t next = 0;
    if (maker->newcomers.n > 1) {
        qsort(maker->newcomers.at, maker->newcomers.n, sizeof *maker->newcomers.at, by_place);
    }
    vec_reserve(&maker->out->events, maker->plan->events.n + maker->newcomers.n);
    for (size_t i = 0; i <= maker->plan->events.n; i++) {
        for (; next < maker->newcomers.n && maker->newcomers.at[next].before == i; next++) {
            Event event = *maker->newcomers.at[next].event;
            event.section = maker->newcomers.at[next].section;
            vec_push(&maker->out->events, event);
        }
        if (i < maker->plan->events.n && !maker->is_gone[i]) {
            vec_push(&maker->out->events, maker->events[i]);
        }
    }
}

/* Has each event that came its id for itself, now that all are there? */
static bool are_ids_free(ChangeSet set, const Plan *out, Err *err)
{
    PlanFinder finder = { .plan = out };
    bool ok = true;
    for (size_t i = 0; i < set.n && ok; i++) {
        Str id = set.at[i].kind == CHANGE_INSERT ? set.at[i].content->id : (Str){ 0 };
        size_t found = id.n_bytes > 0 ? finder_id(&finder, id, 0) : SIZE_MAX;
        ok = found == SIZE_MAX || finder_id(&finder, id, found + 1) == SIZE_MAX ||
             err_set(err, ERR_CONFLICT, T_CHANGE_ID_TAKEN, TEXT_STR(id));
    }
    finder_done(&finder);
    return ok;
}

/* All but the events, which come at the end. */
static void lend_header(const Plan *plan, Plan *out)
{
    *out = (Plan){
        .title = plan->title,
        .short_name = plan->short_name,
        .organization = plan->organization,
        .basis = plan->basis,
        .preamble = plan->preamble,
        .format = plan->format,
        .period = plan->period,
    };
    for (size_t i = 0; i < plan->sections.n; i++) {
        vec_push(&out->sections, plan->sections.at[i]);
    }
}

bool changes_make(ChangeSet set, const ChangeTarget *targets, const Plan *plan, Plan *out, Err *err)
{
    Maker maker = { .plan = plan, .out = out };
    size_t n = plan->events.n;
    bool ok = true;
    lend_header(plan, out);
    maker.events = arena_alloc(&out->arena, n * sizeof *maker.events);
    maker.is_gone = arena_alloc(&out->arena, n * sizeof *maker.is_gone);
    if (n > 0) {
        memcpy(maker.events, plan->events.at, n * sizeof *maker.events);
    }
    for (size_t i = 0; i < set.n && ok; i++) {
        ok = make_one(&maker, &set.at[i], &targets[i], err);
    }
    if (ok) {
        collect(&maker);
    }
    vec_done(&maker.newcomers);
    return ok && are_ids_free(set, out, err);
}

bool plan_sections_eq(const Plan *a, const Plan *b)
{
    bool same = a->sections.n == b->sections.n;
    for (size_t i = 0; i < a->sections.n && same; i++) {
        const Section *x = &a->sections.at[i];
        const Section *y = &b->sections.at[i];
        same = x->parent == y->parent && str_eq(x->no, y->no) && str_eq(x->title, y->title) && str_eq(x->goal, y->goal);
    }
    return same;
}

bool plan_eq(const Plan *a, const Plan *b)
{
    bool same = a->events.n == b->events.n && a->format == b->format && a->period.first == b->period.first &&
                a->period.last == b->period.last && str_eq(a->title, b->title) && str_eq(a->short_name, b->short_name) &&
                str_eq(a->organization, b->organization) && str_eq(a->basis, b->basis) && str_eq(a->preamble, b->preamble) &&
                plan_sections_eq(a, b);
    for (size_t i = 0; i < a->events.n && same; i++) {
        same = a->events.at[i].section == b->events.at[i].section && event_eq(&a->events.at[i], &b->events.at[i]);
    }
    return same;
}
