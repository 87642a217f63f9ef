#include <stdint.h>

#include "core/event_keys_priv.h"
#include "core/plan_merge_priv.h"

void merger_push(Merger *m, Change change, size_t ours, size_t theirs)
{
    size_t base = theirs != SIZE_MAX ? m->theirs_base.events[theirs] : SIZE_MAX;
    vec_push(&m->out->changes, change);
    vec_push(&m->out->sources, (MergeSource){ base, ours, theirs });
}

/* «when», «marks[2022-03].status», or the key of an own column */
static Str edit_name(Merger *m, const FieldEdit *edit)
{
    Str key = edit->key.n_bytes > 0 ? edit->key : field_info(edit->field)->name;
    if (edit->at.n_bytes == 0) {
        return key;
    }
    StrBuf name = { 0 };
    strbuf_addf(&name, "marks[%.*s].%.*s", STR_ARG(edit->at), STR_ARG(key));
    Str kept = arena_copy(&m->out->arena, strbuf_str(&name));
    strbuf_done(&name);
    return kept;
}

/* One event: what it was, what theirs has made of it, and what ours has. */
typedef struct Diff {
    Merger *m;
    size_t ours, theirs;
    EventKeys from, to, now;
    Change change;
} Diff;

/* Takes the edit of theirs over, if ours has left the value alone. */
static void merge_edit(Diff *diff, FieldEdit edit)
{
    Merger *m = diff->m;
    Str now = event_keys_value(&diff->now, &edit, &m->out->arena);
    if (change_same_value(&edit, now, edit.before)) {
        edit.before = now;
        change_push(&diff->change, edit, &m->out->arena);
    } else if (!change_same_value(&edit, now, edit.after)) {
        MergeConflict conflict = { diff->ours, diff->theirs, -1, edit_name(m, &edit), edit, edit.before };
        conflict.edit.before = now;
        vec_push(&m->out->conflicts, conflict);
    }
}

static void diff_value(Diff *diff, FieldEdit edit)
{
    edit.before = event_keys_value(&diff->from, &edit, &diff->m->out->arena);
    edit.after = event_keys_value(&diff->to, &edit, &diff->m->out->arena);
    if (!change_same_value(&edit, edit.before, edit.after)) {
        merge_edit(diff, edit);
    }
}

static void diff_mark(Diff *diff, Str at)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (field_info((FieldId)field)->mark_offset != SIZE_MAX) {
            diff_value(diff, (FieldEdit){ .field = (FieldId)field, .at = at });
        }
    }
}

static void diff_marks(Diff *diff)
{
    const Event *from = diff->from.event;
    const Event *to = diff->to.event;
    for (unsigned i = 0; i < to->n_marks; i++) {
        diff_mark(diff, to->marks[i].at);
    }
    for (unsigned i = 0; i < from->n_marks; i++) {
        if (event_keys_mark(&diff->to, from->marks[i].at) == NULL) {
            diff_mark(diff, from->marks[i].at);
        }
    }
}

static void diff_own(Diff *diff)
{
    const Event *from = diff->from.event;
    const Event *to = diff->to.event;
    for (unsigned i = 0; i < to->n_own; i++) {
        diff_value(diff, (FieldEdit){ .key = to->own[i].key });
    }
    for (unsigned i = 0; i < from->n_own; i++) {
        if (event_keys_own(&diff->to, from->own[i].key).n_bytes == 0) {
            diff_value(diff, (FieldEdit){ .key = from->own[i].key });
        }
    }
}

static void diff_event(Diff *diff)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (field != FIELD_MARKS) {
            diff_value(diff, (FieldEdit){ .field = (FieldId)field });
        }
    }
    diff_own(diff);
    diff_marks(diff);
    event_keys_done(&diff->from);
    event_keys_done(&diff->to);
    event_keys_done(&diff->now);
}

void merger_event(Merger *m, const Event *from, size_t ours, size_t theirs)
{
    Diff diff = { .m = m, .ours = ours, .theirs = theirs, .from.event = from };
    diff.to.event = &m->theirs->events.at[theirs];
    diff.now.event = &m->ours->events.at[ours];
    if (!event_eq(from, diff.to.event)) {
        diff.change = change_of(m->ours, ours, &m->out->arena);
        diff_event(&diff);
    }
    if (diff.change.n_edits > 0) {
        merger_push(m, diff.change, ours, theirs);
    } else {
        vec_push(&m->out->same, (MergeSource){ m->theirs_base.events[theirs], ours, theirs });
    }
}
