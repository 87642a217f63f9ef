#include <string.h>

#include "vekha/core/change.h"

static void copy_strings(Str *const *strings, size_t n, Arena *arena)
{
    for (size_t i = 0; i < n; i++) {
        *strings[i] = arena_copy(arena, *strings[i]);
    }
}

static EventRef copy_ref(EventRef ref, Arena *arena)
{
    return (EventRef){ arena_copy(arena, ref.id), arena_copy(arena, ref.no), arena_copy(arena, ref.title), ref.index };
}

static EventPlace copy_place(EventPlace place, Arena *arena)
{
    place.section.path = arena_copy(arena, place.section.path);
    place.after = copy_ref(place.after, arena);
    return place;
}

Change change_copy(const Change *change, Arena *arena)
{
    Change copy = *change;
    copy.event = copy_ref(change->event, arena);
    copy.from = copy_place(change->from, arena);
    copy.to = copy_place(change->to, arena);
    copy.section.path = arena_copy(arena, change->section.path);
    copy.bytes = arena_copy(arena, change->bytes);
    copy.content = change->content != NULL ? event_copy(change->content, arena) : NULL;
    copy.edits = arena_alloc(arena, change->n_edits * sizeof *copy.edits);
    copy.n_room = change->n_edits;
    for (size_t i = 0; i < change->n_edits; i++) {
        FieldEdit *edit = &copy.edits[i];
        *edit = change->edits[i];
        copy_strings((Str *[]){ &edit->key, &edit->at, &edit->before, &edit->after }, 4, arena);
    }
    return copy;
}

static void *copy_list(const void *from, size_t n_bytes, Arena *arena)
{
    void *to = arena_alloc(arena, n_bytes);
    return n_bytes > 0 ? memcpy(to, from, n_bytes) : to;
}

static void copy_lists(Event *event, Arena *arena)
{
    Was *was = copy_list(event->was, event->n_was * sizeof *was, arena);
    Mark *marks = copy_list(event->marks, event->n_marks * sizeof *marks, arena);
    Conflict *conflicts = copy_list(event->conflicts, event->n_conflicts * sizeof *conflicts, arena);
    OwnText *own = copy_list(event->own, event->n_own * sizeof *own, arena);
    Str *parties = copy_list(event->responsible.at, event->responsible.n * sizeof *parties, arena);
    for (unsigned i = 0; i < event->n_was; i++) {
        copy_strings((Str *[]){ &was[i].when, &was[i].dates, &was[i].by, &was[i].reason }, 4, arena);
    }
    for (unsigned i = 0; i < event->n_marks; i++) {
        Mark *mark = &marks[i];
        copy_strings((Str *[]){ &mark->at, &mark->by, &mark->evidence, &mark->note, &mark->confirmed_by }, 5, arena);
    }
    for (unsigned i = 0; i < event->n_conflicts; i++) {
        copy_strings((Str *[]){ &conflicts[i].field, &conflicts[i].base, &conflicts[i].theirs }, 3, arena);
    }
    for (unsigned i = 0; i < event->n_own; i++) {
        copy_strings((Str *[]){ &own[i].key, &own[i].text }, 2, arena);
    }
    for (size_t i = 0; i < event->responsible.n; i++) {
        parties[i] = arena_copy(arena, parties[i]);
    }
    event->was = was;
    event->marks = marks;
    event->conflicts = conflicts;
    event->own = own;
    event->responsible.at = parties;
}

Event *event_copy(const Event *event, Arena *arena)
{
    Event *copy = ARENA_NEW(arena, Event);
    *copy = *event;
    copy->due = NULL;
    copy->matched = NULL;
    copy->n_matched = 0;
    for (int field = 0; field < FIELD_COUNT; field++) {
        const FieldInfo *info = field_info((FieldId)field);
        if (info->type == FIELD_TYPE_TEXT) {
            Str *text = (Str *)((char *)copy + info->offset);
            *text = arena_copy(arena, *text);
        }
    }
    copy_lists(copy, arena);
    return copy;
}
