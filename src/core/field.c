#include "vekha/core/field.h"

#include <stdint.h>

#include "vekha/core/field_list.h"

/* A field that only events have, and one that a mark of an occurrence has as well. */
#define EVENT_ONLY(member) offsetof(Event, member), SIZE_MAX
#define BOTH(member) offsetof(Event, member), offsetof(Mark, member)
#define NEITHER SIZE_MAX, SIZE_MAX

static const FieldInfo fields[] = {
    [FIELD_ID] = { STR_INIT("id"), FIELD_TYPE_TEXT, EVENT_ONLY(id), T_FIELD_ID, T_FIELD_ID_HELP },
    [FIELD_NO] = { STR_INIT("no"), FIELD_TYPE_TEXT, EVENT_ONLY(no), T_FIELD_NO, T_FIELD_NO_HELP },
    [FIELD_TITLE] = { STR_INIT("title"), FIELD_TYPE_TEXT, EVENT_ONLY(title), T_FIELD_TITLE, T_FIELD_TITLE_HELP },
    [FIELD_WHEN] = { STR_INIT("when"), FIELD_TYPE_TEXT, EVENT_ONLY(when), T_FIELD_WHEN, T_FIELD_WHEN_HELP },
    [FIELD_DATES] = { STR_INIT("dates"), FIELD_TYPE_TEXT, EVENT_ONLY(dates), T_FIELD_DATES, T_FIELD_DATES_HELP },
    [FIELD_WAS] = { STR_INIT("was"), FIELD_TYPE_LIST, NEITHER, T_FIELD_WAS, T_FIELD_WAS_HELP },
    [FIELD_RESPONSIBLE] = { STR_INIT("responsible"), FIELD_TYPE_TEXTS, EVENT_ONLY(responsible), T_FIELD_RESPONSIBLE,
                            T_FIELD_RESPONSIBLE_HELP },
    [FIELD_RESULT] = { STR_INIT("result"), FIELD_TYPE_TEXT, EVENT_ONLY(result), T_FIELD_RESULT, T_FIELD_RESULT_HELP },
    [FIELD_STATUS] = { STR_INIT("status"), FIELD_TYPE_STATUS, BOTH(status), T_FIELD_STATUS, T_FIELD_STATUS_HELP },
    [FIELD_DONE] = { STR_INIT("done"), FIELD_TYPE_DAY, BOTH(done), T_FIELD_DONE, T_FIELD_DONE_HELP },
    [FIELD_BY] = { STR_INIT("by"), FIELD_TYPE_TEXT, BOTH(by), T_FIELD_BY, T_FIELD_BY_HELP },
    [FIELD_CONFIRMED] = { STR_INIT("confirmed"), FIELD_TYPE_DAY, BOTH(confirmed), T_FIELD_CONFIRMED, T_FIELD_CONFIRMED_HELP },
    [FIELD_CONFIRMED_BY] = { STR_INIT("confirmed-by"), FIELD_TYPE_TEXT, BOTH(confirmed_by), T_FIELD_CONFIRMED_BY,
                             T_FIELD_CONFIRMED_BY_HELP },
    [FIELD_CANCELLED] = { STR_INIT("cancelled"), FIELD_TYPE_DAY, EVENT_ONLY(cancelled), T_FIELD_CANCELLED,
                          T_FIELD_CANCELLED_HELP },
    [FIELD_REASON] = { STR_INIT("reason"), FIELD_TYPE_TEXT, EVENT_ONLY(reason), T_FIELD_REASON, T_FIELD_REASON_HELP },
    [FIELD_EVIDENCE] = { STR_INIT("evidence"), FIELD_TYPE_TEXT, BOTH(evidence), T_FIELD_EVIDENCE, T_FIELD_EVIDENCE_HELP },
    [FIELD_NOTE] = { STR_INIT("note"), FIELD_TYPE_TEXT, BOTH(note), T_FIELD_NOTE, T_FIELD_NOTE_HELP },
    [FIELD_MARKS] = { STR_INIT("marks"), FIELD_TYPE_LIST, NEITHER, T_FIELD_MARKS, T_FIELD_MARKS_HELP },
    [FIELD_CONFLICT] = { STR_INIT("conflict"), FIELD_TYPE_LIST, NEITHER, T_FIELD_CONFLICT, T_FIELD_CONFLICT_HELP },
};
_Static_assert(COUNTOF(fields) == FIELD_COUNT, "every field has a row");

const FieldInfo *field_info(FieldId field)
{
    return &fields[field];
}

bool field_find(Str name, FieldId *out)
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (str_eq(name, fields[i].name)) {
            *out = (FieldId)i;
            return true;
        }
    }
    return false;
}

/* The member that a row points at; NULL when the record has none. */
static const void *member(const void *record, size_t offset)
{
    return offset == SIZE_MAX ? NULL : (const char *)record + offset;
}

static void add_texts(StrBuf *out, const StrList *list)
{
    for (size_t i = 0; i < list->n; i++) {
        strbuf_add(out, i > 0 ? STR("\n") : (Str){ 0 });
        strbuf_add(out, list->at[i]);
    }
}

static void add_value(StrBuf *out, const void *at, FieldType type)
{
    if (at == NULL) {
        return;
    }
    switch (type) {
    case FIELD_TYPE_TEXT:
        strbuf_add(out, *(const Str *)at);
        break;
    case FIELD_TYPE_TEXTS:
        add_texts(out, at);
        break;
    case FIELD_TYPE_DAY:
        if (*(const Day *)at != 0) {
            day_add_iso(out, *(const Day *)at);
        }
        break;
    case FIELD_TYPE_STATUS:
        strbuf_add(out, status_info(*(const Status *)at)->name);
        break;
    case FIELD_TYPE_LIST:
        break;
    }
}

void field_add_value(StrBuf *out, const Event *event, FieldId field)
{
    if (field == FIELD_WAS) {
        was_add(out, event->was, event->n_was);
        return;
    }
    if (field == FIELD_CONFLICT) {
        conflict_add(out, event->conflicts, event->n_conflicts);
        return;
    }
    add_value(out, member(event, fields[field].offset), fields[field].type);
}

void field_add_mark_value(StrBuf *out, const Mark *mark, FieldId field)
{
    add_value(out, member(mark, fields[field].mark_offset), fields[field].type);
}

bool field_is_set(const Event *event, FieldId field)
{
    const void *at = member(event, fields[field].offset);
    switch (fields[field].type) {
    case FIELD_TYPE_TEXT:
        return ((const Str *)at)->n_bytes > 0;
    case FIELD_TYPE_TEXTS:
        return ((const StrList *)at)->n > 0;
    case FIELD_TYPE_DAY:
        return *(const Day *)at != 0;
    case FIELD_TYPE_STATUS:
        return *(const Status *)at != STATUS_PLANNED;
    case FIELD_TYPE_LIST:
        break;
    }
    return field == FIELD_WAS ? event->n_was > 0 : field == FIELD_MARKS ? event->n_marks > 0 : event->n_conflicts > 0;
}

static StrList parse_texts(Str value, Arena *arena)
{
    size_t n = value.n_bytes > 0 ? 1 : 0;
    for (size_t i = 0; i < value.n_bytes; i++) {
        n += value.at[i] == '\n';
    }
    Str *list = arena_alloc(arena, n * sizeof *list);
    Str rest = arena_copy(arena, value);
    for (size_t i = 0; i < n; i++) {
        list[i] = str_cut(&rest, '\n');
    }
    return (StrList){ list, n };
}

static bool parse_value(void *at, FieldType type, Str value, Arena *arena)
{
    if (at == NULL) {
        return false;
    }
    switch (type) {
    case FIELD_TYPE_TEXT:
        *(Str *)at = arena_copy(arena, value);
        return true;
    case FIELD_TYPE_TEXTS:
        *(StrList *)at = parse_texts(value, arena);
        return true;
    case FIELD_TYPE_DAY:
        if (value.n_bytes == 0) {
            *(Day *)at = 0;
            return true;
        }
        return day_parse(value, at);
    case FIELD_TYPE_STATUS:
        if (value.n_bytes == 0) {
            *(Status *)at = STATUS_PLANNED;
            return true;
        }
        return status_parse_name(value, at);
    case FIELD_TYPE_LIST:
        break;
    }
    return false;
}

bool field_parse(Event *event, FieldId field, Str value, Arena *arena)
{
    if (field == FIELD_WAS) {
        return was_parse(value, arena, &event->was, &event->n_was);
    }
    if (field == FIELD_CONFLICT) {
        return conflict_parse(value, arena, &event->conflicts, &event->n_conflicts);
    }
    size_t offset = fields[field].offset;
    return parse_value(offset == SIZE_MAX ? NULL : (char *)event + offset, fields[field].type, value, arena);
}

bool field_parse_mark(Mark *mark, FieldId field, Str value, Arena *arena)
{
    size_t offset = fields[field].mark_offset;
    return parse_value(offset == SIZE_MAX ? NULL : (char *)mark + offset, fields[field].type, value, arena);
}
