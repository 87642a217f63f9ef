#include <stdint.h>
#include <stdlib.h>

#include "store/merge_priv.h"
#include "vekha/base/clock.h"
#include "vekha/core/plan_finder.h"
#include "vekha/store/journal.h"

/* Entries out of a change: the only place that knows both. */

typedef struct Scribe {
    JournalEntryVec *out;
    Arena *arena;
    Str event, title;
} Scribe;

static Scribe scribe_for(JournalEntryVec *out, Arena *arena, const EventRef *event)
{
    return (Scribe){ out, arena, event->id.n_bytes > 0 ? event->id : event->no, event->title };
}

static void add_entry(const Scribe *scribe, Str field, Str was, Str became)
{
    vec_push(scribe->out,
             (JournalEntry){ .event = scribe->event, .title = scribe->title, .field = field, .was = was, .became = became });
}

static Str kept(const Scribe *scribe, StrBuf *buf)
{
    Str text = arena_copy(scribe->arena, strbuf_str(buf));
    strbuf_done(buf);
    return text;
}

/* "status", or of an occurrence's mark "marks[2022-03].status" */
static Str field_name(const Scribe *scribe, const FieldEdit *edit)
{
    Str name = edit->key.n_bytes > 0 ? edit->key : field_info(edit->field)->name;
    if (edit->at.n_bytes == 0) {
        return name;
    }
    StrBuf buf = { 0 };
    strbuf_addf(&buf, "%.*s[%.*s].%.*s", STR_ARG(field_info(FIELD_MARKS)->name), STR_ARG(edit->at), STR_ARG(name));
    return kept(scribe, &buf);
}

/* "sections[Первый / Глубже].title", of the plan itself "title" */
static Str header_name(const Scribe *scribe, const SectionRef *section, Str key)
{
    if (section->index < 0) {
        return key;
    }
    StrBuf buf = { 0 };
    strbuf_add(&buf, STR("sections["));
    strbuf_add(&buf, section->path);
    strbuf_addf(&buf, "].%.*s", STR_ARG(key));
    return kept(scribe, &buf);
}

/* The section, then behind which event: "Первый\nk3f9"; nothing there: as the first. */
static Str place_name(const Scribe *scribe, const EventPlace *place)
{
    StrBuf buf = { 0 };
    strbuf_add(&buf, place->section.path);
    if (!place->is_first) {
        strbuf_add_char(&buf, '\n');
        strbuf_add(&buf, place->after.id.n_bytes > 0 ? place->after.id : place->after.no);
    }
    return kept(scribe, &buf);
}

static void add_value(const Scribe *scribe, const Event *event, FieldEdit edit, bool comes)
{
    Str value = change_value(event, &edit, scribe->arena);
    if (value.n_bytes > 0) {
        add_entry(scribe, field_name(scribe, &edit), comes ? (Str){ 0 } : value, comes ? value : (Str){ 0 });
    }
}

/* A line for each value of an event that comes or goes. */
static void add_event(const Scribe *scribe, const Event *event, bool comes)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        add_value(scribe, event, (FieldEdit){ .field = (FieldId)field }, comes);
    }
    for (unsigned i = 0; i < event->n_own; i++) {
        add_value(scribe, event, (FieldEdit){ .key = event->own[i].key }, comes);
    }
    for (unsigned i = 0; i < event->n_marks; i++) {
        for (int field = 0; field < FIELD_COUNT; field++) {
            add_value(scribe, event, (FieldEdit){ .field = (FieldId)field, .at = event->marks[i].at }, comes);
        }
    }
}

static void add_edits(const Scribe *scribe, const Change *change)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        Str name = change->kind == CHANGE_HEADER ? header_name(scribe, &change->section, edit->key) : field_name(scribe, edit);
        add_entry(scribe, name, edit->before, edit->after);
    }
}

void journal_add_change(JournalEntryVec *out, Arena *arena, const Change *change)
{
    static const EventRef none = { 0 };
    Scribe scribe = scribe_for(out, arena, change->kind == CHANGE_HEADER ? &none : &change->event);
    switch (change->kind) {
    case CHANGE_EDIT:
    case CHANGE_HEADER:
        add_edits(&scribe, change);
        break;
    case CHANGE_INSERT:
        add_entry(&scribe, STR(JOURNAL_INSERTED), (Str){ 0 }, place_name(&scribe, &change->to));
        add_event(&scribe, change->content, true);
        break;
    case CHANGE_DELETE:
        add_event(&scribe, change->content, false);
        add_entry(&scribe, STR(JOURNAL_DELETED), place_name(&scribe, &change->from), (Str){ 0 });
        break;
    case CHANGE_MOVE:
        add_entry(&scribe, STR(JOURNAL_MOVED), place_name(&scribe, &change->from), place_name(&scribe, &change->to));
        break;
    }
}

/* An id that several events have by mistake is no name of one: the number and the title are. */
static void drop_shared_id(PlanFinder *finder, EventRef *event)
{
    size_t first = event->id.n_bytes > 0 ? finder_id(finder, event->id, 0) : SIZE_MAX;
    if (first != SIZE_MAX && finder_id(finder, event->id, first + 1) != SIZE_MAX) {
        event->id = (Str){ 0 };
    }
}

/* What goes with an event beside its values may be another's words, and never seen by who deletes it. */
static void add_rest(JournalEntryVec *out, Arena *arena, Side *side, const EventRef *ref, size_t event)
{
    Scribe scribe = scribe_for(out, arena, ref);
    StrBuf rest = { 0 };
    rest_add_of_event(&rest, side, event, NULL);
    Str text = str_trim(kept(&scribe, &rest));
    if (text.n_bytes > 0) {
        add_entry(&scribe, STR(JOURNAL_REST), text, (Str){ 0 });
    }
}

/* The lines of the changes, all of which start from what is open. */
static void add_changes(JournalEntryVec *out, Arena *arena, const OpenFile *file, ChangeSet set, const ChangeTarget *targets)
{
    PlanFinder finder = { .plan = &file->reading.plan };
    Side side = { .doc = file->doc, .reading = file->reading }; /* which stay the file's */
    for (size_t i = 0; i < set.n; i++) {
        Change change = set.at[i];
        drop_shared_id(&finder, &change.event);
        if (change.kind == CHANGE_DELETE) {
            add_rest(out, arena, &side, &change.event, targets[i].event);
        }
        journal_add_change(out, arena, &change);
    }
    free(side.extents);
    key_tree_done(&side.columns);
    finder_done(&finder);
}

void store_journal(OpenFile *file, ChangeSet set, const ChangeTarget *targets)
{
    Err err = { 0 };
    Arena arena = { 0 };
    JournalEntryVec entries = { 0 };
    JournalPen *pen = file->pen;
    add_changes(&entries, &arena, file, set, targets);
    long long now = pen->now_ms != 0 ? pen->now_ms : clock_utc_ms();
    for (size_t i = 0; i < entries.n; i++) {
        entries.at[i].time = now;
        entries.at[i].who = strbuf_str(&pen->who);
    }
    if (journal_append(file->path, entries.at, entries.n, &err)) {
        file->has_wet_lines = file->has_wet_lines || entries.n > 0;
    } else {
        err_copy(&pen->warning, &err);
    }
    vec_done(&entries);
    arena_done(&arena);
}

void store_journal_sync(OpenFile *file)
{
    Err err = { 0 };
    if (file->has_wet_lines && !journal_sync(file->path, &err)) {
        err_copy(&file->pen->warning, &err);
    }
    file->has_wet_lines = false;
}

void store_sync(Store *store)
{
    for (size_t i = 0; i < store->files.n; i++) {
        store_journal_sync(store->files.at[i]);
    }
}

void store_set_author(Store *store, Str who)
{
    strbuf_clear(&store->pen.who);
    strbuf_add(&store->pen.who, who);
}

void store_set_now(Store *store, long long utc_ms)
{
    store->pen.now_ms = utc_ms;
}

bool store_take_warning(Store *store, Err *err)
{
    bool has_one = store->pen.warning.kind != ERR_NONE;
    if (has_one) {
        err_copy(err, &store->pen.warning);
        store->pen.warning = (Err){ 0 };
    }
    return has_one;
}
