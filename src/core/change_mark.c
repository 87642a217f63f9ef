#include "vekha/core/change_mark.h"

#include "vekha/core/field_list.h"

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
    change_add(change, event, field, at, keep == CLEAR ? (Str){ 0 } : said, arena);
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
    bool stands = is_so(event, request) && keep != CLEAR &&
                  change_value(event, &(FieldEdit){ .field = field, .at = request->at }, arena).n_bytes > 0;
    bool is_kept = stands && said.n_bytes == 0;
    set_by_rule(change, event, field, is_kept ? KEEP : keep, request->at, said.n_bytes > 0 ? said : usual, arena);
}

static void move_deadline(Change *change, const Event *event, const MarkRequest *request, Arena *arena)
{
    change_add(change, event, FIELD_WHEN, (Str){ 0 }, request->when, arena);
    change_add(change, event, FIELD_DATES, (Str){ 0 }, (Str){ 0 }, arena);
    const Was moved = {
        .when = event->when,
        .dates = event->dates,
        .by = request->by.n_bytes > 0 ? request->by : request->who,
        .reason = request->reason,
        .on = request->on != 0 ? request->on : request->today,
    };
    StrBuf all = { 0 };
    was_add(&all, event->was, event->n_was);
    strbuf_add(&all, event->n_was > 0 ? STR("\n") : (Str){ 0 });
    was_add(&all, &moved, 1);
    change_add(change, event, FIELD_WAS, (Str){ 0 }, strbuf_str(&all), arena);
    strbuf_done(&all);
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
    if (event->n_conflicts > 0) {
        return err_plain(err, ERR_CONFLICT, T_MARK_EVENT_IN_CONFLICT);
    }
    return true;
}

bool change_mark(const Plan *plan, size_t index, const MarkRequest *request, Arena *arena, Change *out, Err *err)
{
    const Event *event = &plan->events.at[index];
    const StatusRule *rule = &rules[request->status];
    if (!check_request(event, request, err)) {
        return false;
    }
    Change change = change_of(plan, index, arena);
    Str on = iso(request->on, arena);
    Str today = iso(request->today, arena);
    Str at = request->at;
    if (!is_so(event, request)) { /* `planned` is written where a status stood, else nothing */
        change_add(&change, event, FIELD_STATUS, at, status_info(request->status)->name, arena);
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
