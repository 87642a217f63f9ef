#include "vekha/store/journal_say.h"

#include <stdint.h>

#include "vekha/core/field.h"
#include "vekha/core/field_list.h"
#include "vekha/core/header.h"
#include "vekha/core/occurrence.h"

/* Which field an entry is of: known or a column of the plan's own, of the event or of one of its occurrences. */
typedef struct Named {
    FieldId field; /* FIELD_COUNT: a column of the plan's own */
    Str name, at;
} Named;

static Named named(Str field)
{
    Named out = { .field = FIELD_COUNT, .name = field };
    if (str_starts(field, STR("marks[")) && str_find(field, STR("]."), 0) != SIZE_MAX) {
        Str rest = str_from(field, STR("marks[").n_bytes);
        out.at = str_cut(&rest, ']');
        out.name = str_from(rest, 1);
    }
    FieldId id;
    out.field = field_find(out.name, &id) ? id : FIELD_COUNT;
    return out;
}

static void add_day(StrBuf *out, Lang lang, Str value)
{
    Day day;
    if (day_parse(value, &day)) {
        (lang == LANG_RU ? day_add_ru : day_add_iso)(out, day);
    } else {
        strbuf_add(out, value);
    }
}

static void add_status(StrBuf *out, Lang lang, Str value)
{
    Status status = STATUS_PLANNED;
    bool is_known = value.n_bytes == 0 || status_parse_name(value, &status);
    strbuf_add(out, is_known ? text_get(lang, status_info(status)->word) : value);
}

static void add_next(StrBuf *out, size_t begin, Str part)
{
    if (part.n_bytes > 0) {
        strbuf_add(out, out->n_bytes > begin ? STR(", ") : (Str){ 0 });
        strbuf_add(out, part);
    }
}

/* «март, 10.05.2022, Методист, приказ № 7; май»: earlier deadlines, as was_add() wrote them. */
static void add_was(StrBuf *out, Lang lang, Str value)
{
    Arena arena = { 0 };
    const Was *was;
    unsigned n = 0;
    if (!was_parse(value, &arena, &was, &n)) {
        strbuf_add(out, value); /* cut, or a hand's */
    }
    for (unsigned i = 0; i < n; i++) {
        strbuf_add(out, i > 0 ? STR("; ") : (Str){ 0 });
        size_t begin = out->n_bytes;
        StrBuf on = { 0 };
        if (was[i].on != 0) {
            (lang == LANG_RU ? day_add_ru : day_add_iso)(&on, was[i].on);
        }
        add_next(out, begin, was[i].when);
        add_next(out, begin, was[i].dates);
        add_next(out, begin, strbuf_str(&on));
        add_next(out, begin, was[i].by);
        add_next(out, begin, was[i].reason);
        strbuf_done(&on);
    }
    arena_done(&arena);
}

/* A text of several lines in one. */
static void add_lines(StrBuf *out, Str value)
{
    for (bool is_first = true; value.n_bytes > 0; is_first = false) {
        strbuf_add(out, is_first ? (Str){ 0 } : STR(", "));
        strbuf_add(out, str_cut(&value, '\n'));
    }
}

static void add_quoted(StrBuf *out, Lang lang, Str value)
{
    StrBuf text = { 0 };
    add_lines(&text, value);
    text_put(out, lang, T_JOURNAL_QUOTED, TEXT_STR(strbuf_str(&text)));
    strbuf_done(&text);
}

/* «Иванов И.И., завуч», «Зам»: a comma may be part of a party's name, so that each has its own quotes. */
static void add_parties(StrBuf *out, Lang lang, Str value)
{
    for (bool is_first = true; value.n_bytes > 0; is_first = false) {
        strbuf_add(out, is_first ? (Str){ 0 } : STR(", "));
        text_put(out, lang, T_JOURNAL_QUOTED, TEXT_STR(str_cut(&value, '\n')));
    }
}

static void add_value(StrBuf *out, Lang lang, FieldId field, Str value)
{
    FieldType type = field == FIELD_COUNT ? FIELD_TYPE_TEXT : field_info(field)->type;
    switch (type) {
    case FIELD_TYPE_STATUS:
        add_status(out, lang, value);
        break;
    case FIELD_TYPE_DAY:
        add_day(out, lang, value);
        break;
    case FIELD_TYPE_LIST:
        add_was(out, lang, value);
        break;
    case FIELD_TYPE_TEXT:
        add_quoted(out, lang, value);
        break;
    case FIELD_TYPE_TEXTS:
        add_parties(out, lang, value);
        break;
    }
}

static void add_heading(StrBuf *out, Lang lang, const Plan *plan, const Named *field)
{
    if (field->at.n_bytes > 0) {
        DeadlineContext context = plan_context(plan);
        occurrence_add_name(out, lang, field->at, &context);
        strbuf_add(out, STR(" · "));
    }
    Str own = field->field == FIELD_COUNT ? plan_heading(plan, field->name) : (Str){ 0 };
    own = str_eq(field->name, STR(JOURNAL_REST)) ? text_get(lang, T_JOURNAL_REST) : own;
    strbuf_add(out, field->field < FIELD_COUNT ? text_get(lang, field_info(field->field)->heading)
                    : own.n_bytes > 0          ? own
                                               : field->name);
}

/* What stands in the column of fields and is none; T_NONE: a field. */
static TextId event_words(Str field)
{
    static const struct {
        Str field;
        TextId words;
    } rows[] = {
        { STR_INIT(JOURNAL_INSERTED), T_JOURNAL_INSERTED },
        { STR_INIT(JOURNAL_DELETED), T_JOURNAL_DELETED },
        { STR_INIT(JOURNAL_MOVED), T_JOURNAL_PLACED },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        if (str_eq(field, rows[i].field)) {
            return rows[i].words;
        }
    }
    return T_NONE;
}

/* «Срок: «март» → «апрель»», the heading being there. */
static void add_values(StrBuf *out, Lang lang, FieldId field, Str was, Str became)
{
    bool is_status = field == FIELD_STATUS;
    strbuf_add(out, STR(": "));
    if (was.n_bytes > 0 || is_status) {
        add_value(out, lang, field, was);
        strbuf_add(out, STR(" → "));
    }
    if (became.n_bytes > 0 || is_status) {
        add_value(out, lang, field, became);
    } else {
        strbuf_add(out, text_get(lang, T_JOURNAL_NOTHING));
    }
}

void journal_add_words(StrBuf *out, Lang lang, const Plan *plan, Str field, Str was, Str became)
{
    Named name = named(field);
    if (event_words(field) != T_NONE) {
        strbuf_add(out, text_get(lang, event_words(field)));
        return;
    }
    add_heading(out, lang, plan, &name);
    if (name.field == FIELD_WAS && was.n_bytes > 0 && str_starts(became, was) && became.n_bytes > was.n_bytes) {
        became = str_from(became, was.n_bytes + 1); /* one more: those before it are known */
        was = (Str){ 0 };
    }
    add_values(out, lang, name.field, was, became);
}

void journal_add_conflict(StrBuf *out, Lang lang, const Plan *plan, const Conflict *conflict)
{
    StrBuf words = { 0 };
    if (str_eq(conflict->field, STR("event"))) {
        bool is_deleted = str_eq(conflict->theirs, STR("deleted"));
        strbuf_add(out, text_get(lang, is_deleted ? T_CONFLICT_DELETED : T_CONFLICT_CHANGED));
        return;
    }
    if (str_eq(conflict->field, STR("#"))) {
        StrBuf theirs = { 0 };
        add_lines(&theirs, str_trim(conflict->theirs));
        text_put(&words, lang, T_CONFLICT_REST, TEXT_STR(strbuf_str(&theirs)));
        strbuf_done(&theirs);
    } else {
        journal_add_words(&words, lang, plan, conflict->field, conflict->base, conflict->theirs);
    }
    text_put(out, lang, T_MERGE_THEIRS, TEXT_STR(strbuf_str(&words)));
    strbuf_done(&words);
}

Str journal_cut_section(Str *field)
{
    Str begin = STR("sections[");
    Str end = STR("].");
    size_t at = SIZE_MAX;
    for (size_t next = str_find(*field, end, 0); next != SIZE_MAX; next = str_find(*field, end, next + 1)) {
        at = next; /* the last one: a title may have brackets of its own */
    }
    if (!str_starts(*field, begin) || at == SIZE_MAX || at < begin.n_bytes) {
        return (Str){ 0 };
    }
    Str path = str_sub(*field, begin.n_bytes, at);
    *field = str_from(*field, at + end.n_bytes);
    return path;
}

void journal_add_field(StrBuf *out, Lang lang, const Plan *plan, Str field, bool is_of_event)
{
    Str key = field;
    Str section = is_of_event ? (Str){ 0 } : journal_cut_section(&key);
    const HeaderField *header = is_of_event ? NULL : header_find(key, section.n_bytes > 0 ? 0 : -1);
    Named name = named(field);
    if (section.n_bytes > 0) {
        text_put(out, lang, T_JOURNAL_SECTION, TEXT_STR(section));
        strbuf_add(out, STR(" · "));
    }
    if (header != NULL) {
        strbuf_add(out, text_get(lang, header->heading));
    } else {
        add_heading(out, lang, plan, &name);
    }
}

/* The text of the plan's head, or of a section's, that the entry is of; NULL: of an event, or not known. Its section: its path.
 */
static const HeaderField *header_of(const JournalEntry *entry, Str *section)
{
    Str key = entry->field;
    *section = journal_cut_section(&key);
    bool is_of_event = entry->event.n_bytes > 0 || entry->title.n_bytes > 0;
    return is_of_event ? NULL : header_find(key, section->n_bytes > 0 ? 0 : -1);
}

void journal_add_owner(StrBuf *out, Lang lang, const JournalEntry *entry)
{
    Str section;
    if (header_of(entry, &section) != NULL) {
        strbuf_add(out, section.n_bytes > 0 ? section : text_get(lang, T_JOURNAL_PLAN));
    }
}

void journal_add_entry(StrBuf *out, Lang lang, const Plan *plan, const JournalEntry *entry)
{
    Str section;
    const HeaderField *field = header_of(entry, &section);
    if (field == NULL) {
        journal_add_words(out, lang, plan, entry->field, entry->was, entry->became);
        return;
    }
    journal_add_field(out, lang, plan, entry->field, false);
    add_values(out, lang, FIELD_COUNT, entry->was, entry->became);
}

static void add_part(StrBuf *out, size_t begin, StrBuf *part)
{
    if (part->n_bytes > 0) {
        bool is_arrow = str_starts(strbuf_str(part), STR("→"));
        strbuf_add(out, out->n_bytes == begin ? (Str){ 0 } : is_arrow ? STR(" ") : STR(" · "));
        strbuf_add(out, strbuf_str(part));
    }
    strbuf_clear(part);
}

void journal_add_entry_beside(StrBuf *out, Lang lang, const Plan *plan, const JournalEntry *entry, const JournalEntry *first)
{
    Str section;
    Str named_section = { 0 };
    const HeaderField *field = header_of(entry, &section);
    bool is_known = first != NULL && header_of(first, &named_section) != NULL && str_eq(section, named_section);
    if (field != NULL && section.n_bytes > 0 && is_known) {
        strbuf_add(out, text_get(lang, field->heading));
        add_values(out, lang, FIELD_COUNT, entry->was, entry->became);
    } else {
        journal_add_entry(out, lang, plan, entry);
    }
}

/* Beside a status, what follows from it goes without saying. */
static bool is_of_status(FieldId field)
{
    return field == FIELD_DONE || field == FIELD_BY || field == FIELD_CONFIRMED || field == FIELD_CONFIRMED_BY ||
           field == FIELD_CANCELLED || field == FIELD_WAS || field == FIELD_DATES;
}

static void add_status_part(StrBuf *out, Lang lang, const Plan *plan, const JournalEntry *entry)
{
    Named name = named(entry->field);
    if (name.at.n_bytes > 0) {
        DeadlineContext context = plan_context(plan);
        occurrence_add_name(out, lang, name.at, &context);
        strbuf_add(out, STR(": "));
    }
    add_status(out, lang, entry->became);
}

void journal_add_brief(StrBuf *out, Lang lang, const Plan *plan, const JournalEntry *entries, size_t n, bool is_named)
{
    enum { PARTS_MAX = 16 };
    bool has_status = false;
    bool is_postponed = false;
    size_t begin = out->n_bytes;
    StrBuf part = { 0 };
    for (size_t i = 0; i < n; i++) {
        if (event_words(entries[i].field) != T_NONE) { /* the fields that it came or went with are seen in full elsewhere */
            strbuf_add(out, text_get(lang, event_words(entries[i].field)));
            return;
        }
        bool is_status = named(entries[i].field).field == FIELD_STATUS;
        has_status = has_status || is_status;
        is_postponed = is_postponed || (is_status && str_eq(entries[i].became, status_info(STATUS_POSTPONED)->name));
    }
    for (size_t i = 0; i < n && i < PARTS_MAX; i++) {
        const JournalEntry *entry = &entries[i];
        FieldId field = named(entry->field).field;
        if (n > 1 && field == FIELD_STATUS) {
            add_status_part(&part, lang, plan, entry);
        } else if (is_postponed && field == FIELD_WHEN) {
            strbuf_add(&part, STR("→ "));
            add_value(&part, lang, field, entry->became);
        } else if (!has_status || !is_of_status(field)) {
            journal_add_entry_beside(&part, lang, plan, entry, is_named ? entries : NULL);
        }
        add_part(out, begin, &part);
    }
    strbuf_done(&part);
}

void journal_add_event(StrBuf *out, Lang lang, Str event, Str title)
{
    if (event.n_bytes == 0 || journal_is_id(event)) {
        text_put(out, lang, T_JOURNAL_QUOTED, TEXT_STR(title));
    } else {
        text_put(out, lang, T_JOURNAL_EVENT, TEXT_STR(event), TEXT_STR(title));
    }
}
