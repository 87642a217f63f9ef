#include "vekha/core/change_rebase.h"

#include "vekha/core/header.h"

static Str header_value(const Plan *plan, int section, const FieldEdit *edit, Arena *arena)
{
    const HeaderField *field = header_find(edit->key, section);
    StrBuf value = { 0 };
    if (field != NULL) {
        header_add_value(&value, plan, section, field);
    }
    Str copy = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
    return copy;
}

static bool is_so(const Change *change, const FieldEdit *edit, int section)
{
    const HeaderField *field = change->kind == CHANGE_HEADER ? header_find(edit->key, section) : NULL;
    return field != NULL ? header_same(field, edit->before, edit->after) : change_same_value(edit, edit->before, edit->after);
}

static void rebase_edits(Change *change, const Plan *now, ChangeTarget target, Arena *arena)
{
    Change rebased = *change;
    rebased.edits = NULL;
    rebased.n_edits = rebased.n_room = 0;
    for (size_t i = 0; i < change->n_edits; i++) {
        FieldEdit edit = change->edits[i];
        edit.before = change->kind == CHANGE_HEADER ? header_value(now, target.section, &edit, arena)
                                                    : change_value(&now->events.at[target.event], &edit, arena);
        if (!is_so(change, &edit, target.section)) {
            change_push(&rebased, edit, arena);
        }
    }
    *change = rebased;
}

void change_rebase(Change *change, const Plan *now, ChangeTarget target, Arena *arena)
{
    *change = change_copy(change, arena);
    switch (change->kind) {
    case CHANGE_EDIT:
        change->event = event_ref_copy(now, target.event, arena);
        rebase_edits(change, now, target, arena);
        break;
    case CHANGE_HEADER:
        change->section = section_ref(now, target.section, arena);
        rebase_edits(change, now, target, arena);
        break;
    case CHANGE_DELETE:
        change->content = event_copy(&now->events.at[target.event], arena);
        change->event = event_ref_copy(now, target.event, arena);
        change->from = event_place(now, target.event, arena);
        break;
    case CHANGE_MOVE:
        change->event = event_ref_copy(now, target.event, arena);
        change->from = event_place(now, target.event, arena);
        break;
    case CHANGE_INSERT:
        break; /* it starts from nothing */
    }
}
