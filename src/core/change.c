#include "vekha/core/change.h"

#include <stdint.h>
#include <string.h>

EventRef event_ref(const Plan *plan, size_t index)
{
    const Event *event = &plan->events.at[index];
    return (EventRef){ event->id, event->no, event->title, index };
}

/* The one event whose id (or number, or title) is the wanted one; SIZE_MAX: none, or several. */
static size_t only_match(const Plan *plan, const EventRef *ref, bool by_id, bool by_no, bool by_title)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        if ((!by_id || str_eq(event->id, ref->id)) && (!by_no || str_eq(event->no, ref->no)) &&
            (!by_title || str_eq(event->title, ref->title))) {
            if (found != SIZE_MAX) {
                return SIZE_MAX;
            }
            found = i;
        }
    }
    return found;
}

size_t plan_match(const Plan *plan, const EventRef *ref)
{
    const Event *same_place = ref->index < plan->events.n ? &plan->events.at[ref->index] : NULL;
    if (same_place != NULL && str_eq(same_place->id, ref->id) && str_eq(same_place->no, ref->no) &&
        str_eq(same_place->title, ref->title)) {
        return ref->index; /* twins, without an id or with the same one by mistake: the one at the old place */
    }
    if (ref->id.n_bytes > 0) {
        return only_match(plan, ref, true, false, false);
    }
    size_t found = only_match(plan, ref, false, true, true);
    found = found == SIZE_MAX && ref->title.n_bytes > 0 ? only_match(plan, ref, false, false, true) : found;
    return found == SIZE_MAX && ref->no.n_bytes > 0 ? only_match(plan, ref, false, true, false) : found;
}

size_t plan_match_since(const Plan *before, const Plan *now, const EventRef *ref)
{
    size_t found = plan_match(now, ref);
    if (found == SIZE_MAX || ref->id.n_bytes > 0) {
        return found;
    }
    EventRef back = event_ref(now, found);
    back.id = (Str){ 0 }; /* it may have been given one meanwhile */
    size_t was = plan_match(before, &back);
    bool is_same =
        was != SIZE_MAX && str_eq(before->events.at[was].no, ref->no) && str_eq(before->events.at[was].title, ref->title);
    return is_same ? found : SIZE_MAX;
}

static Str current_value(const Event *event, FieldId field, Str at, Arena *arena)
{
    StrBuf value = { 0 };
    if (at.n_bytes == 0) {
        if (field_is_set(event, field)) {
            field_add_value(&value, event, field);
        }
    } else {
        const Mark *mark = event_mark_at(event, at);
        if (mark != NULL) {
            field_add_mark_value(&value, mark, field);
        }
    }
    Str copy = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
    return copy;
}

static void add_edit(Change *change, const Event *event, FieldId field, Str at, Str after, Arena *arena)
{
    Str before = current_value(event, field, at, arena);
    if (!str_eq(before, after) && change->n_edits < CHANGE_MAX_EDITS) {
        change->edits[change->n_edits++] = (FieldEdit){ field, arena_copy(arena, at), before, arena_copy(arena, after) };
    }
}

static Str iso(Day day, Arena *arena)
{
    StrBuf text = { 0 };
    if (day != 0) {
        day_add_iso(&text, day);
    }
    Str copy = arena_copy(arena, strbuf_str(&text));
    strbuf_done(&text);
    return copy;
}

/* Which fields of the mark a status keeps, sets from the request, or clears. */
typedef enum Keep { CLEAR, KEEP, TAKE, TAKE_IF_SAID } Keep;

typedef struct StatusRule {
    Keep done, by, confirmed, confirmed_by, cancelled, reason;
} StatusRule;

static const StatusRule rules[] = {
    [STATUS_PLANNED] = { CLEAR, CLEAR, CLEAR, CLEAR, CLEAR, CLEAR },
    [STATUS_IN_PROGRESS] = { CLEAR, CLEAR, CLEAR, CLEAR, CLEAR, CLEAR },
    [STATUS_DONE] = { TAKE, TAKE_IF_SAID, CLEAR, CLEAR, CLEAR, CLEAR },
    [STATUS_CONFIRMED] = { KEEP, KEEP, TAKE, TAKE_IF_SAID, CLEAR, CLEAR },
    [STATUS_POSTPONED] = { CLEAR, CLEAR, CLEAR, CLEAR, CLEAR, CLEAR },
    [STATUS_CANCELLED] = { KEEP, KEEP, KEEP, KEEP, TAKE, TAKE_IF_SAID },
};
_Static_assert(COUNTOF(rules) == STATUS_COUNT, "every status has a rule");

static void set_by_rule(Change *change, const Event *event, FieldId field, Keep keep, Str at, Str said, Arena *arena)
{
    bool is_absent = at.n_bytes > 0 && field_info(field)->mark_offset == SIZE_MAX;
    if (is_absent || keep == KEEP || (keep == TAKE_IF_SAID && said.n_bytes == 0)) {
        return;
    }
    add_edit(change, event, field, at, keep == CLEAR ? (Str){ 0 } : said, arena);
}

static void set_if_said(Change *change, const Event *event, FieldId field, Str at, Str said, Arena *arena)
{
    set_by_rule(change, event, field, TAKE_IF_SAID, at, said, arena);
}

/* Has it that status already? An occurrence without a mark is planned. */
static bool is_so(const Event *event, const MarkRequest *request)
{
    const Mark *mark = request->at.n_bytes > 0 ? event_mark_at(event, request->at) : NULL;
    Status now = request->at.n_bytes == 0 ? event->status : mark != NULL ? mark->status : STATUS_PLANNED;
    return now == request->status;
}

/* Day or person of a mark: what is said, else what stands if the status is the same, else the usual. */
static void set_mark(Change *change, const Event *event, FieldId field, Keep keep, const MarkRequest *request, Str said,
                     Str usual, Arena *arena)
{
    bool stands = is_so(event, request) && keep != CLEAR && current_value(event, field, request->at, arena).n_bytes > 0;
    bool is_kept = stands && said.n_bytes == 0;
    set_by_rule(change, event, field, is_kept ? KEEP : keep, request->at, said.n_bytes > 0 ? said : usual, arena);
}

static void move_deadline(Change *change, const Event *event, const MarkRequest *request, Arena *arena)
{
    add_edit(change, event, FIELD_WHEN, (Str){ 0 }, request->when, arena);
    add_edit(change, event, FIELD_DATES, (Str){ 0 }, (Str){ 0 }, arena);
    change->moved = (Was){
        .when = arena_copy(arena, event->when),
        .dates = arena_copy(arena, event->dates),
        .by = arena_copy(arena, request->by.n_bytes > 0 ? request->by : request->who),
        .reason = arena_copy(arena, request->reason),
        .on = request->on != 0 ? request->on : request->today,
    };
    change->has_moved = true;
}

static bool check_request(const Event *event, const MarkRequest *request, Err *err)
{
    if (request->status == STATUS_POSTPONED && request->at.n_bytes > 0) {
        return err_plain(err, ERR_USAGE, T_MARK_OCCURRENCE_NOT_MOVED);
    }
    if (request->status == STATUS_POSTPONED && str_is_blank(request->when)) {
        return err_plain(err, ERR_USAGE, T_MARK_NEEDS_WHEN);
    }
    if (request->status == STATUS_POSTPONED && str_eq(str_trim(request->when), event->when)) {
        return err_set(err, ERR_USAGE, T_MARK_SAME_WHEN, TEXT_STR(event->when));
    }
    if (request->status != STATUS_POSTPONED && request->when.n_bytes > 0) {
        return err_set(err, ERR_USAGE, T_MARK_WHEN_ONLY_POSTPONED, TEXT_STR(request->when));
    }
    if (request->status != STATUS_CANCELLED && request->status != STATUS_POSTPONED && request->reason.n_bytes > 0) {
        return err_set(err, ERR_USAGE, T_MARK_REASON_ONLY_CANCELLED, TEXT_STR(request->reason));
    }
    if (event->has_conflict) {
        return err_plain(err, ERR_CONFLICT, T_MARK_EVENT_IN_CONFLICT);
    }
    return true;
}

/* The plan's texts may go with its file while the change is being made. */
static EventRef keep_ref(const Plan *plan, size_t index, Arena *arena)
{
    EventRef ref = event_ref(plan, index);
    return (EventRef){ arena_copy(arena, ref.id), arena_copy(arena, ref.no), arena_copy(arena, ref.title), index };
}

bool change_mark(const Plan *plan, size_t index, const MarkRequest *request, Arena *arena, Change *out, Err *err)
{
    const Event *event = &plan->events.at[index];
    const StatusRule *rule = &rules[request->status];
    if (!check_request(event, request, err)) {
        return false;
    }
    Change change = { .event = keep_ref(plan, index, arena) };
    Str on = iso(request->on, arena);
    Str today = iso(request->today, arena);
    Str at = request->at;
    if (!is_so(event, request)) { /* `planned` is written where a status stood, else nothing */
        add_edit(&change, event, FIELD_STATUS, at, status_info(request->status)->name, arena);
    }
    if (request->status == STATUS_POSTPONED) {
        move_deadline(&change, event, request, arena);
    }
    set_mark(&change, event, FIELD_DONE, rule->done, request, on, today, arena);
    set_mark(&change, event, FIELD_BY, rule->by, request, request->by, request->who, arena);
    set_mark(&change, event, FIELD_CONFIRMED, rule->confirmed, request, on, today, arena);
    set_mark(&change, event, FIELD_CONFIRMED_BY, rule->confirmed_by, request, request->by, request->who, arena);
    set_mark(&change, event, FIELD_CANCELLED, rule->cancelled, request, on, today, arena);
    set_by_rule(&change, event, FIELD_REASON, rule->reason, at, request->reason, arena);
    set_if_said(&change, event, FIELD_EVIDENCE, at, request->evidence, arena);
    set_if_said(&change, event, FIELD_NOTE, at, request->note, arena);
    *out = change;
    return true;
}

/* A planned event has no status line, or one that says so. */
static bool same_value(FieldId field, Str a, Str b)
{
    Str planned = status_info(STATUS_PLANNED)->name;
    return str_eq(a, b) ||
           (field == FIELD_STATUS && (a.n_bytes == 0 || str_eq(a, planned)) && (b.n_bytes == 0 || str_eq(b, planned)));
}

bool change_is_empty(const Change *change)
{
    return change->n_edits == 0 && !change->has_moved;
}

bool change_fits(const Change *change, const Event *event, Err *err)
{
    Arena scratch = { 0 };
    bool fits = true;
    for (size_t i = 0; i < change->n_edits && fits; i++) {
        const FieldEdit *edit = &change->edits[i];
        Str now = current_value(event, edit->field, edit->at, &scratch);
        if (!same_value(edit->field, now, edit->before)) {
            fits = err_set(err, ERR_CONFLICT, T_CHANGE_CONFLICT, TEXT_STR(field_info(edit->field)->name), TEXT_STR(now),
                           TEXT_STR(edit->before), TEXT_STR(edit->after));
        }
    }
    arena_done(&scratch);
    return fits;
}

/* The mark at that occurrence, in a list of the event's own; made when missing. */
static Mark *own_mark(Event *event, Str at, Arena *arena)
{
    size_t found = 0;
    Mark *marks = arena_alloc(arena, (event->n_marks + 1) * sizeof *marks);
    if (event->n_marks > 0) {
        memcpy(marks, event->marks, event->n_marks * sizeof *marks);
    }
    while (found < event->n_marks && !str_eq(marks[found].at, at)) {
        found++;
    }
    if (found == event->n_marks) {
        marks[found].at = at;
        event->n_marks++;
    }
    event->marks = marks;
    return &marks[found];
}

static void keep_moved(const Change *change, Event *event, Arena *arena)
{
    Was *was = arena_alloc(arena, (event->n_was + 1) * sizeof *was);
    if (event->n_was > 0) {
        memcpy(was, event->was, event->n_was * sizeof *was);
    }
    was[event->n_was++] = change->moved;
    event->was = was;
}

void change_apply(const Change *change, Event *event, Arena *arena)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        bool ok = edit->at.n_bytes == 0 ? field_parse(event, edit->field, edit->after, arena)
                                        : field_parse_mark(own_mark(event, edit->at, arena), edit->field, edit->after, arena);
        (void)ok; /* a value that is none of its type leaves the event as it was, and the guard then refuses */
    }
    if (change->has_moved) {
        keep_moved(change, event, arena);
    }
}

Change change_copy(const Change *change, Arena *arena)
{
    Change copy = *change;
    Str *strings[] = { &copy.event.id,    &copy.event.no, &copy.event.title, &copy.moved.when,
                       &copy.moved.dates, &copy.moved.by, &copy.moved.reason };
    for (size_t i = 0; i < COUNTOF(strings); i++) {
        *strings[i] = arena_copy(arena, *strings[i]);
    }
    for (size_t i = 0; i < copy.n_edits; i++) {
        FieldEdit *edit = &copy.edits[i];
        edit->at = arena_copy(arena, edit->at);
        edit->before = arena_copy(arena, edit->before);
        edit->after = arena_copy(arena, edit->after);
    }
    return copy;
}

static bool marks_eq(const Mark *a, const Mark *b)
{
    return str_eq(a->at, b->at) && a->status == b->status && a->done == b->done && a->confirmed == b->confirmed &&
           str_eq(a->by, b->by) && str_eq(a->evidence, b->evidence) && str_eq(a->note, b->note) &&
           str_eq(a->confirmed_by, b->confirmed_by);
}

static bool lists_eq(const Event *a, const Event *b)
{
    if (a->n_was != b->n_was || a->n_marks != b->n_marks || a->n_own != b->n_own || a->responsible.n != b->responsible.n) {
        return false;
    }
    for (unsigned i = 0; i < a->n_was; i++) {
        const Was *x = &a->was[i];
        const Was *y = &b->was[i];
        if (!str_eq(x->when, y->when) || !str_eq(x->dates, y->dates) || !str_eq(x->by, y->by) || !str_eq(x->reason, y->reason) ||
            x->on != y->on) {
            return false;
        }
    }
    for (unsigned i = 0; i < a->n_marks; i++) {
        if (!marks_eq(&a->marks[i], &b->marks[i])) {
            return false;
        }
    }
    for (unsigned i = 0; i < a->n_own; i++) {
        if (!str_eq(a->own[i].key, b->own[i].key) || !str_eq(a->own[i].text, b->own[i].text)) {
            return false;
        }
    }
    return true;
}

static bool fields_eq(const Event *a, const Event *b, FieldId field, StrBuf *x, StrBuf *y)
{
    strbuf_clear(x);
    strbuf_clear(y);
    field_add_value(x, a, field);
    field_add_value(y, b, field);
    return str_eq(strbuf_str(x), strbuf_str(y));
}

bool event_eq(const Event *a, const Event *b)
{
    StrBuf x = { 0 };
    StrBuf y = { 0 };
    bool same = a->has_conflict == b->has_conflict && lists_eq(a, b);
    for (int field = 0; field < FIELD_COUNT && same; field++) {
        same = fields_eq(a, b, (FieldId)field, &x, &y);
    }
    strbuf_done(&x);
    strbuf_done(&y);
    return same;
}
