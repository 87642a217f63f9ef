#include <stdint.h>

#include "cli/cli_priv.h"
#include "cli/json_priv.h"
#include "vekha/core/field.h"

static void put_text(Json *json, Str key, Str text)
{
    if (text.n_bytes > 0) {
        json_key(json, key);
        json_text(json, text);
    }
}

static void put_day(Json *json, Str key, Day day)
{
    if (day != 0) {
        json_key(json, key);
        json_day(json, day);
    }
}

static void put_was(Json *json, const Event *event)
{
    json_open_list(json);
    for (unsigned i = 0; i < event->n_was; i++) {
        const Was *was = &event->was[i];
        json_open_object(json);
        put_text(json, STR("when"), was->when);
        put_text(json, STR("dates"), was->dates);
        put_day(json, STR("on"), was->on);
        put_text(json, STR("by"), was->by);
        put_text(json, STR("reason"), was->reason);
        json_close_object(json);
    }
    json_close_list(json);
}

static void put_mark(Json *json, const Mark *mark)
{
    StrBuf value = { 0 };
    json_open_object(json);
    put_text(json, STR("at"), mark->at);
    for (int field = 0; field < FIELD_COUNT; field++) {
        strbuf_clear(&value);
        field_add_mark_value(&value, mark, (FieldId)field);
        put_text(json, field_info((FieldId)field)->name, strbuf_str(&value));
    }
    json_close_object(json);
    strbuf_done(&value);
}

static void put_marks(Json *json, const Event *event)
{
    json_open_list(json);
    for (unsigned i = 0; i < event->n_marks; i++) {
        put_mark(json, &event->marks[i]);
    }
    json_close_list(json);
}

static void put_conflicts(Json *json, const Event *event)
{
    json_open_list(json);
    for (unsigned i = 0; i < event->n_conflicts; i++) {
        json_open_object(json);
        put_text(json, STR("field"), event->conflicts[i].field);
        put_text(json, STR("base"), event->conflicts[i].base);
        put_text(json, STR("theirs"), event->conflicts[i].theirs);
        json_close_object(json);
    }
    json_close_list(json);
}

static void put_parties(Json *json, const Event *event)
{
    json_open_list(json);
    for (size_t i = 0; i < event->responsible.n; i++) {
        json_text(json, event->responsible.at[i]);
    }
    json_close_list(json);
}

/* A key of the file: a status and the parties always, others where there is a value. */
static void put_field(Json *json, const Event *event, FieldId field)
{
    const FieldInfo *info = field_info(field);
    StrBuf value = { 0 };
    if (!field_is_set(event, field) && field != FIELD_STATUS && field != FIELD_RESPONSIBLE) {
        return;
    }
    json_key(json, info->name);
    switch (info->type) {
    case FIELD_TYPE_TEXT:
    case FIELD_TYPE_DAY:
    case FIELD_TYPE_STATUS:
        field_add_value(&value, event, field);
        json_text(json, strbuf_str(&value));
        break;
    case FIELD_TYPE_TEXTS:
        put_parties(json, event);
        break;
    case FIELD_TYPE_LIST:
        (field == FIELD_WAS ? put_was : field == FIELD_MARKS ? put_marks : put_conflicts)(json, event);
        break;
    }
    strbuf_done(&value);
}

/* Keys that are derived: an own column of that name would be there twice. */
static bool is_derived_key(Str key)
{
    static const Str keys[] = { STR_INIT("plan"),      STR_INIT("section"),  STR_INIT("line"),
                                STR_INIT("canonical"), STR_INIT("warnings"), STR_INIT("first"),
                                STR_INIT("last"),      STR_INIT("state"),    STR_INIT("occurrences") };
    for (size_t i = 0; i < COUNTOF(keys); i++) {
        if (str_eq(keys[i], key)) {
            return true;
        }
    }
    return false;
}

static void put_own(Json *json, const Event *event)
{
    for (unsigned i = 0; i < event->n_own; i++) {
        bool is_last = true; /* of duplicates the last one counts */
        for (unsigned later = i + 1; later < event->n_own && is_last; later++) {
            is_last = !str_eq(event->own[later].key, event->own[i].key);
        }
        if (is_last && !is_derived_key(event->own[i].key)) {
            put_text(json, event->own[i].key, event->own[i].text);
        }
    }
}

static void put_warnings(Json *json, DeadlineWarnings warnings)
{
    json_key(json, STR("warnings"));
    json_open_list(json);
    for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
        if ((warnings >> i & 1) != 0) {
            json_text(json, deadline_warning_code((DeadlineWarning)i));
        }
    }
    json_close_list(json);
}

void json_put_occurrences(Json *json, const Due *due, const Event *event)
{
    StrBuf at = { 0 };
    json_key(json, STR("occurrences"));
    json_open_list(json);
    for (size_t i = 0; i < due->n_occurrences; i++) {
        const Occurrence *occurrence = &due->occurrences[i];
        strbuf_clear(&at);
        occurrence_add_at(&at, occurrence);
        json_open_object(json);
        put_text(json, STR("at"), strbuf_str(&at));
        put_day(json, STR("first"), occurrence->days.first);
        put_day(json, STR("last"), occurrence->days.last);
        if (event != NULL) {
            const Mark *mark = event_mark(event, occurrence);
            put_text(json, STR("status"), status_info(mark != NULL ? mark->status : STATUS_PLANNED)->name);
        }
        json_close_object(json);
    }
    json_close_list(json);
    strbuf_done(&at);
}

void json_put_due(Json *json, const Due *due)
{
    StrBuf canonical = { 0 };
    deadline_add_canonical(&canonical, &due->deadline);
    put_text(json, STR("canonical"), strbuf_str(&canonical));
    put_warnings(json, due->deadline.warnings);
    put_day(json, STR("first"), due->days.first);
    put_day(json, STR("last"), due->days.last);
    strbuf_done(&canonical);
}

void json_put_event(Json *json, const PlanFile *file, const Event *event, Day today)
{
    StrBuf section = { 0 };
    plan_add_section(&section, file->plan, event);
    json_open_object(json);
    json_key(json, STR("plan"));
    json_text(json, file->name);
    put_text(json, STR("section"), strbuf_str(&section));
    json_key(json, STR("line"));
    json_number(json, event->line);
    for (int field = 0; field < FIELD_COUNT; field++) {
        put_field(json, event, (FieldId)field);
    }
    put_own(json, event);
    json_put_due(json, event->due);
    json_key(json, STR("state"));
    json_text(json, state_info(event_state(event, today).state)->name);
    json_put_occurrences(json, event->due, event);
    json_close_object(json);
    strbuf_done(&section);
}
