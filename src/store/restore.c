#include "vekha/store/restore.h"

#include <stdlib.h>
#include <string.h>

#include "store/restore_priv.h"
#include "vekha/core/header.h"

enum { SLOTS_MIN = 64, STEPS = 20000000, MAX_NOTES = 1000 };

void rewind_note(Rewind *rewind, RestoreNoteKind kind, size_t node, Str field)
{
    bool is_event = node < rewind->nodes.n;
    const RestoreNode *one = is_event ? &rewind->nodes.at[node] : NULL;
    RestoreNote note = { .kind = kind, .event = is_event ? one->event : SIZE_MAX, .field = field };
    note.name = is_event && one->event == SIZE_MAX ? (one->no.n_bytes > 0 ? one->no : one->title) : (Str){ 0 };
    if (rewind->notes.n < MAX_NOTES) {
        vec_push(&rewind->notes, note);
    }
}

Str rewind_said(Arena *arena, Str value)
{
    if (value.n_bytes <= JOURNAL_VALUE_MAX || rewind_is_cut(value)) {
        return value;
    }
    StrBuf cut = { 0 };
    journal_add_value(&cut, value);
    Str kept = arena_copy(arena, strbuf_str(&cut));
    strbuf_done(&cut);
    return kept;
}

bool rewind_is_cut(Str value)
{
    enum { HASH = 16, CHARACTER = 4 };
    const size_t n_mark = STR("…#").n_bytes;
    if (value.n_bytes < JOURNAL_VALUE_MAX - CHARACTER + n_mark + HASH) {
        return false;
    }
    bool is_hash = str_eq(str_sub(value, value.n_bytes - HASH - n_mark, value.n_bytes - HASH), STR("…#"));
    for (size_t i = value.n_bytes - HASH; i < value.n_bytes && is_hash; i++) {
        is_hash = (value.at[i] >= '0' && value.at[i] <= '9') || (value.at[i] >= 'a' && value.at[i] <= 'f');
    }
    return is_hash;
}

/* "marks[2022-03].status", "status", a column's key. */
static bool take_apart(const Plan *plan, Str field, FieldEdit *out)
{
    Str name = field;
    *out = (FieldEdit){ 0 };
    if (str_starts(field, STR("marks[")) && str_find(field, STR("]."), 0) != SIZE_MAX) {
        Str rest = str_from(field, STR("marks[").n_bytes);
        out->at = str_cut(&rest, ']');
        name = str_from(rest, 1);
    }
    if (field_find(name, &out->field)) {
        size_t offset = out->at.n_bytes > 0 ? field_info(out->field)->mark_offset : 0;
        return offset != SIZE_MAX && out->field != FIELD_MARKS && (out->at.n_bytes > 0) == (name.at != field.at);
    }
    out->key = name;
    return name.at == field.at && plan_heading(plan, name).n_bytes > 0 && !str_eq(name, STR("mark"));
}

static size_t slot_of(const Rewind *rewind, size_t owner, Str field)
{
    size_t mask = rewind->table.n - 1;
    size_t slot = (size_t)(str_hash(field) * 31 + owner * 0x9E3779B97F4A7C15ULL) & mask;
    for (; rewind->table.at[slot] != 0; slot = (slot + 1) & mask) {
        const RestoreSlot *one = &rewind->slots.at[rewind->table.at[slot] - 1];
        if (one->owner == owner && str_eq(one->field, field)) {
            break;
        }
    }
    return slot;
}

static void grow(Rewind *rewind)
{
    size_t n = rewind->table.n < SLOTS_MIN ? SLOTS_MIN : rewind->table.n * 2;
    vec_clear(&rewind->table);
    for (size_t i = 0; i < n; i++) {
        vec_push(&rewind->table, 0);
    }
    for (size_t i = 0; i < rewind->slots.n; i++) {
        rewind->table.at[slot_of(rewind, rewind->slots.at[i].owner, rewind->slots.at[i].field)] = (uint32_t)i + 1;
    }
}

/* What the plan has there now. */
static void read_slot(Rewind *rewind, RestoreSlot *slot)
{
    if (slot->owner < rewind->nodes.n) {
        size_t event = rewind->nodes.at[slot->owner].event;
        slot->is_known = take_apart(rewind->plan, slot->field, &slot->edit);
        if (slot->is_known && event != SIZE_MAX) {
            slot->edit.before = change_value(&rewind->plan->events.at[event], &slot->edit, rewind->arena);
        }
    } else {
        int section = (int)(SIZE_MAX - slot->owner) - 1;
        const HeaderField *field = header_find(slot->field, section);
        StrBuf now = { 0 };
        slot->is_known = field != NULL;
        slot->edit.key = slot->field;
        if (field != NULL) {
            header_add_value(&now, rewind->plan, section, field);
        }
        slot->edit.before = arena_copy(rewind->arena, strbuf_str(&now));
        strbuf_done(&now);
    }
    slot->value = slot->edit.before;
}

static RestoreSlot *find_slot(Rewind *rewind, size_t owner, Str field)
{
    if (rewind->slots.n * 2 >= rewind->table.n) {
        grow(rewind);
    }
    size_t at = slot_of(rewind, owner, field);
    if (rewind->table.at[at] == 0) {
        RestoreSlot slot = { .owner = owner, .field = field };
        read_slot(rewind, &slot);
        vec_push(&rewind->slots, slot);
        rewind->table.at[at] = (uint32_t)rewind->slots.n;
    }
    return &rewind->slots.at[rewind->table.at[at] - 1];
}

static bool is_said(const Rewind *rewind, const RestoreSlot *slot, Str became)
{
    int section = (int)(SIZE_MAX - slot->owner) - 1;
    const HeaderField *field = rewind_is_header(rewind, slot->owner) ? header_find(slot->field, section) : NULL;
    Str said = rewind_said(rewind->arena, slot->value);
    return field != NULL ? header_same(field, said, became) : change_same_value(&slot->edit, said, became);
}

static RestoreSlot *turn_value(Rewind *rewind, size_t owner, Str field, Str was, Str became)
{
    RestoreSlot *slot = find_slot(rewind, owner, field);
    if (slot->is_known && !is_said(rewind, slot, became)) {
        slot->is_outside = true;
        rewind->n_unexplained++;
    }
    slot->value = was;
    return slot;
}

static void unlink_node(Rewind *rewind, size_t node)
{
    RestoreNode *one = &rewind->nodes.at[node];
    if (!one->is_there) {
        return;
    }
    *(one->prev != SIZE_MAX ? &rewind->nodes.at[one->prev].next : &rewind->firsts[one->section + 1]) = one->next;
    if (one->next != SIZE_MAX) {
        rewind->nodes.at[one->next].prev = one->prev;
    }
    one->is_there = false;
}

static void link_behind(Rewind *rewind, size_t node, int section, size_t behind)
{
    RestoreNode *one = &rewind->nodes.at[node];
    size_t *slot = behind != SIZE_MAX ? &rewind->nodes.at[behind].next : &rewind->firsts[section + 1];
    one->section = section;
    one->prev = behind;
    one->next = *slot;
    *slot = node;
    if (one->next != SIZE_MAX) {
        rewind->nodes.at[one->next].prev = node;
    }
    one->is_there = true;
    one->is_placed = true;
}

static bool is_called(const RestoreNode *node, Str name)
{
    return str_eq(node->id.n_bytes > 0 ? node->id : node->no, name);
}

static bool step(Rewind *rewind, size_t n)
{
    bool may = rewind->n_left >= n;
    rewind->n_left -= may ? n : rewind->n_left;
    return may;
}

/* The section of that path, as sections were called; -2: none, or several, or it cannot be looked up any more. */
static int find_section(Rewind *rewind, Str path)
{
    SectionRef ref = { path, path.n_bytes == 0 ? -1 : (int)rewind->model.sections.n };
    int found = -2;
    bool ok = step(rewind, rewind->model.sections.n * 8 + 1) && plan_match_section(&rewind->model, &ref, &found);
    return ok ? found : -2;
}

static size_t last_in(Rewind *rewind, int section)
{
    size_t last = SIZE_MAX;
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX && step(rewind, 1); i = rewind->nodes.at[i].next) {
        last = i;
    }
    return last;
}

/* The one of that name in the section; SIZE_MAX: none. */
static size_t find_called(Rewind *rewind, int section, Str name)
{
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX && step(rewind, 1); i = rewind->nodes.at[i].next) {
        if (is_called(&rewind->nodes.at[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool is_awaited(Rewind *rewind, const RestorePending *self, Str name)
{
    for (size_t i = 0; i < rewind->pending.n && step(rewind, 1); i++) {
        const RestorePending *one = &rewind->pending.at[i];
        if (one != self && !one->is_done && is_called(&rewind->nodes.at[one->node], name)) {
            return true;
        }
    }
    return false;
}

/* Puts it where it stood; false: that is not known (yet). Of several behind the same one the first that went stands first. */
static bool put_back(Rewind *rewind, RestorePending *pending)
{
    if (rewind->nodes.at[pending->node].is_there) {
        pending->is_done = true; /* there were too many to look for it among them */
        return true;
    }
    Str rest = pending->place;
    bool is_first = str_find_char(rest, '\n', 0) == SIZE_MAX;
    int section = find_section(rewind, str_cut(&rest, '\n'));
    if (section == -2 || (!is_first && is_awaited(rewind, pending, rest))) {
        return false;
    }
    size_t behind = is_first ? SIZE_MAX : find_called(rewind, section, rest);
    if (!is_first && behind == SIZE_MAX) {
        return false;
    }
    size_t next = behind == SIZE_MAX ? rewind->firsts[section + 1] : rewind->nodes.at[behind].next;
    while (next != SIZE_MAX && rewind->nodes.at[next].group == rewind->group &&
           str_eq(rewind->nodes.at[next].place, pending->place) && step(rewind, 1)) {
        behind = next;
        next = rewind->nodes.at[next].next;
    }
    link_behind(rewind, pending->node, section, behind);
    rewind->nodes.at[pending->node].group = rewind->group;
    rewind->nodes.at[pending->node].place = pending->place;
    pending->is_done = true;
    return true;
}

/* The end of the section where it stood, or, where not even that is known, of the one where it was last. */
static void put_somewhere(Rewind *rewind, RestorePending *pending)
{
    Str rest = pending->place;
    int section = find_section(rewind, str_cut(&rest, '\n'));
    section = section == -2 ? rewind->nodes.at[pending->node].section : section;
    link_behind(rewind, pending->node, section, last_in(rewind, section));
    rewind->nodes.at[pending->node].is_lost = true;
    pending->is_done = true;
}

/* Places name one another: what stands behind something waits for that. */
static void put_all_back(Rewind *rewind)
{
    for (bool is_better = true; is_better;) {
        is_better = false;
        for (size_t i = rewind->pending.n; i-- > 0;) {
            is_better = (!rewind->pending.at[i].is_done && put_back(rewind, &rewind->pending.at[i])) || is_better;
        }
    }
    for (size_t i = rewind->pending.n; i-- > 0;) {
        if (!rewind->pending.at[i].is_done) {
            put_somewhere(rewind, &rewind->pending.at[i]);
        }
    }
    vec_clear(&rewind->pending);
}

/* Off its place until the whole group is turned back; what came and went in it has one place in the end. */
static void await_place(Rewind *rewind, size_t node, Str place)
{
    unlink_node(rewind, node);
    for (size_t i = rewind->pending.n; i-- > 0 && step(rewind, 1);) {
        if (rewind->pending.at[i].node == node) {
            rewind->pending.at[i].place = place;
            rewind->pending.at[i].is_done = false;
            return;
        }
    }
    vec_push(&rewind->pending, (RestorePending){ node, place, false });
}

static void forget_place(Rewind *rewind, size_t node)
{
    for (size_t i = 0; i < rewind->pending.n && step(rewind, 1); i++) {
        rewind->pending.at[i].is_done = rewind->pending.at[i].is_done || rewind->pending.at[i].node == node;
    }
}

static bool is_awaiting(Rewind *rewind, size_t node)
{
    for (size_t i = rewind->pending.n; i-- > 0 && step(rewind, 1);) {
        if (rewind->pending.at[i].node == node && !rewind->pending.at[i].is_done) {
            return true;
        }
    }
    return false;
}

static void turn_event(Rewind *rewind, const JournalEntry *entry, size_t node)
{
    bool is_there = rewind->nodes.at[node].is_there || is_awaiting(rewind, node);
    if (str_eq(entry->field, STR(JOURNAL_INSERTED))) {
        unlink_node(rewind, node);
        forget_place(rewind, node);
        rewind->n_unexplained += !is_there;
    } else if (str_eq(entry->field, STR(JOURNAL_DELETED))) {
        rewind->n_unexplained += is_there;
        if (!is_there) {
            await_place(rewind, node, entry->was);
        }
    } else if (str_eq(entry->field, STR(JOURNAL_MOVED))) {
        rewind->n_unexplained += !is_there;
        if (is_there) {
            await_place(rewind, node, entry->was);
        }
    } else {
        const RestoreSlot *slot = turn_value(rewind, node, entry->field, entry->was, entry->became);
        RestoreNode *one = &rewind->nodes.at[node];
        Str *name = !slot->is_known || slot->edit.at.n_bytes > 0 || slot->edit.key.n_bytes > 0 ? NULL
                    : slot->edit.field == FIELD_ID                                             ? &one->id
                    : slot->edit.field == FIELD_NO                                             ? &one->no
                    : slot->edit.field == FIELD_TITLE                                          ? &one->title
                                                                                               : NULL;
        if (name != NULL) {
            *name = entry->was;
        }
    }
}

/* The section of a line; a title's path has the last title as it was before, and now it is what it became. */
static int section_of(Rewind *rewind, const JournalEntry *entry, Str path, Str key)
{
    if (!str_eq(key, STR("title"))) {
        return find_section(rewind, path);
    }
    if (!str_ends(path, entry->was)) {
        return -2;
    }
    StrBuf now = { 0 };
    strbuf_add(&now, str_sub(path, 0, path.n_bytes - entry->was.n_bytes));
    strbuf_add(&now, entry->became);
    int section = find_section(rewind, strbuf_str(&now));
    strbuf_done(&now);
    return section;
}

/* "sections[Первый / Глубже].title", of the plan itself "title". False: there is no such section (yet). */
static bool turn_header(Rewind *rewind, const JournalEntry *entry)
{
    Str key = entry->field;
    int section = -1;
    if (str_starts(key, STR("sections["))) {
        size_t end = key.n_bytes;
        while (end > 0 && !str_starts(str_from(key, end), STR("]."))) {
            end--;
        }
        Str path = str_sub(key, STR("sections[").n_bytes, end);
        key = str_from(key, end + STR("].").n_bytes);
        section = end == 0 ? -2 : section_of(rewind, entry, path, key);
    }
    if (section == -2 || (section == -1 && key.n_bytes < entry->field.n_bytes)) {
        return false;
    }
    const RestoreSlot *slot = turn_value(rewind, rewind_header(section), key, entry->was, entry->became);
    if (section >= 0 && slot->is_known && str_eq(key, STR("title"))) {
        rewind->model.sections.at[section].title = entry->was;
    }
    return true;
}

/* Of one change: its lines call sections as they were called before it. */
static void turn_headers(Rewind *rewind)
{
    size_t n_left = rewind->headers.n;
    for (size_t n_before = n_left + 1; n_left > 0 && n_left < n_before;) {
        n_before = n_left;
        n_left = 0;
        for (size_t i = 0; i < n_before; i++) {
            const JournalEntry *entry = rewind->headers.at[i];
            if (!turn_header(rewind, entry)) {
                rewind->headers.at[n_left++] = entry;
            }
        }
    }
    for (size_t i = 0; i < n_left; i++) {
        rewind->n_unexplained++;
        rewind_note(rewind, RESTORE_BAD, SIZE_MAX, rewind->headers.at[i]->field);
    }
    vec_clear(&rewind->headers);
}

static void end_group(Rewind *rewind)
{
    turn_headers(rewind);
    put_all_back(rewind);
    rewind->group++;
}

static size_t node_of(Rewind *rewind, size_t track)
{
    if (rewind->nodes_of[track] == SIZE_MAX) {
        const JournalTrack *one = &rewind->tracks.tracks.at[track];
        rewind->nodes_of[track] = rewind->nodes.n;
        vec_push(&rewind->nodes, (RestoreNode){ .event = SIZE_MAX, .no = one->event, .title = one->title, .section = -1 });
    }
    return rewind->nodes_of[track];
}

static bool is_of_group(const JournalEntry *a, const JournalEntry *b)
{
    return a->time == b->time && str_eq(a->who, b->who);
}

void rewind_run(Rewind *rewind, long long at_ms)
{
    const JournalEntry *later = NULL;
    for (size_t i = rewind->tracks.steps.n; i-- > 0;) {
        const JournalStep *one = &rewind->tracks.steps.at[i];
        for (size_t k = one->first + one->n; k-- > one->first;) {
            const JournalEntry *entry = &rewind->journal->entries.at[k];
            if (entry->time <= at_ms) {
                continue;
            }
            if (later != NULL && !is_of_group(later, entry)) {
                end_group(rewind);
            }
            later = entry;
            if (one->track == SIZE_MAX) {
                vec_push(&rewind->headers, entry);
            } else if (rewind->is_twin[one->track]) {
                rewind->n_unexplained++;
            } else {
                turn_event(rewind, entry, node_of(rewind, one->track));
            }
        }
    }
    end_group(rewind);
}

/* The plan's events in the lists of their sections. */
static void add_nodes(Rewind *rewind)
{
    const Plan *plan = rewind->plan;
    size_t n_lists = plan->sections.n + 1;
    size_t *lasts = arena_alloc(rewind->arena, n_lists * sizeof *lasts);
    rewind->firsts = arena_alloc(rewind->arena, n_lists * sizeof *rewind->firsts);
    for (size_t i = 0; i < n_lists; i++) {
        rewind->firsts[i] = lasts[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < plan->sections.n; i++) {
        vec_push(&rewind->model.sections, plan->sections.at[i]);
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        vec_push(&rewind->nodes, (RestoreNode){ .event = i, .id = event->id, .no = event->no, .title = event->title });
        link_behind(rewind, i, event->section, lasts[event->section + 1]);
        rewind->nodes.at[i].is_placed = false;
        lasts[event->section + 1] = i;
    }
}

/* Events that the journal cannot tell apart share a track. */
static void find_twins(Rewind *rewind)
{
    size_t n = rewind->tracks.tracks.n;
    rewind->is_twin = arena_alloc(rewind->arena, n * sizeof *rewind->is_twin);
    for (size_t i = 0; i < rewind->plan->events.n && n > 0; i++) {
        size_t track = journal_track_of(&rewind->tracks, &rewind->plan->events.at[i]);
        if (track != SIZE_MAX && rewind->nodes_of[track] != i) {
            rewind->is_twin[track] = true;
        }
    }
}

static void rewind_begin(Rewind *rewind, const Plan *plan, const Journal *journal, Arena *arena)
{
    *rewind = (Rewind){ .plan = plan, .journal = journal, .arena = arena, .group = 1, .n_left = STEPS };
    journal_track(journal, &rewind->tracks);
    rewind->nodes_of = journal_match(&rewind->tracks, plan);
    add_nodes(rewind);
    find_twins(rewind);
}

static void rewind_done(Rewind *rewind)
{
    journal_tracks_done(&rewind->tracks);
    free(rewind->nodes_of);
    vec_done(&rewind->slots);
    vec_done(&rewind->table);
    vec_done(&rewind->nodes);
    vec_done(&rewind->pending);
    vec_done(&rewind->headers);
    vec_done(&rewind->notes);
    plan_done(&rewind->model);
}

static int by_line(const void *left, const void *right)
{
    size_t a = ((const JournalEntry *)left)->line;
    size_t b = ((const JournalEntry *)right)->line;
    return a < b ? -1 : a > b;
}

/* The same entries as they stand in the file; false: that is their order already. */
static bool as_written(const Journal *journal, Journal *out)
{
    bool is_other = false;
    *out = (Journal){ 0 };
    for (size_t i = 0; i < journal->entries.n; i++) {
        is_other = is_other || (i > 0 && journal->entries.at[i].line < journal->entries.at[i - 1].line);
    }
    for (size_t i = 0; i < journal->entries.n && is_other; i++) {
        vec_push(&out->entries, journal->entries.at[i]);
    }
    if (is_other) {
        qsort(out->entries.at, out->entries.n, sizeof *out->entries.at, by_line);
    }
    return is_other;
}

void restore_make(const Journal *journal, const Plan *plan, const RestoreAsk *ask, Restore *out)
{
    Rewind by_time;
    Rewind by_file;
    Journal written;
    *out = (Restore){ 0 };
    bool has_other = as_written(journal, &written);
    rewind_begin(&by_time, plan, journal, &out->arena);
    rewind_run(&by_time, ask->at_ms);
    if (has_other) {
        rewind_begin(&by_file, plan, &written, &out->arena);
        rewind_run(&by_file, ask->at_ms);
    }
    bool is_by_file = has_other && by_file.n_unexplained < by_time.n_unexplained;
    rewind_changes(is_by_file ? &by_file : &by_time, ask, out);
    if (has_other) {
        rewind_done(&by_file);
    }
    rewind_done(&by_time);
    vec_done(&written.entries);
}

void restore_done(Restore *restore)
{
    vec_done(&restore->changes);
    vec_done(&restore->notes);
    arena_done(&restore->arena);
    *restore = (Restore){ 0 };
}
