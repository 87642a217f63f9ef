#include "vekha/core/change_build.h"

#include <stdint.h>

#include "vekha/core/header.h"

static bool has_id(const Plan *plan, Str id)
{
    for (size_t i = 0; i < plan->events.n; i++) {
        if (str_eq(plan->events.at[i].id, id)) {
            return true;
        }
    }
    return false;
}

Str plan_new_id(const Plan *plan, unsigned long long seed, Arena *arena)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz"; /* without i, l, o: they are read as digits */
    static const char digits[] = "23456789";
    enum { N_LETTERS = sizeof letters - 1, N_DIGITS = sizeof digits - 1, N_BOTH = N_LETTERS + N_DIGITS, N_TAIL = 3 };
    char id[2 + N_TAIL];
    Str text = { id, sizeof id };
    do {
        unsigned long long rest = str_hash((Str){ (const char *)&seed, sizeof seed });
        seed++;
        id[0] = letters[rest % N_LETTERS];
        rest /= N_LETTERS;
        id[1] = digits[rest % N_DIGITS];
        rest /= N_DIGITS;
        for (int i = 0; i < N_TAIL; i++) {
            unsigned at = (unsigned)(rest % N_BOTH);
            id[2 + i] = at < N_LETTERS ? letters[at] : digits[at - N_LETTERS];
            rest /= N_BOTH;
        }
    } while (has_id(plan, text));
    return arena_copy(arena, text);
}

/* How a field is changed otherwise than by a value. */
static TextId other_way(FieldId field)
{
    switch (field) {
    case FIELD_ID:
        return T_EDIT_ID_STAYS;
    case FIELD_STATUS:
        return T_EDIT_STATUS_BY_SET;
    case FIELD_WAS:
        return T_EDIT_WAS_BY_SET;
    case FIELD_MARKS:
        return T_EDIT_MARKS_BY_SET;
    default:
        return T_NONE;
    }
}

static bool check_value(FieldId field, Str value, Arena *arena, Err *err)
{
    Event scratch = { 0 };
    if (field == FIELD_TITLE && str_is_blank(value)) {
        return err_plain(err, ERR_USAGE, T_EDIT_NO_TITLE);
    }
    if (field == FIELD_CONFLICT && value.n_bytes > 0) {
        return err_plain(err, ERR_USAGE, T_EDIT_CONFLICT_GOES);
    }
    return field_parse(&scratch, field, value, arena) ||
           err_set(err, ERR_USAGE, T_VALUE_NOT_DAY, TEXT_STR(field_info(field)->name), TEXT_STR(value));
}

static bool no_such_key(Str key, Err *err)
{
    enum { NEAR = 3 };
    Str best = { 0 };
    size_t least = NEAR;
    for (int i = 0; i < FIELD_COUNT; i++) {
        Str name = field_info((FieldId)i)->name;
        size_t far = str_distance(key, name, least);
        if (far < least && far < name.n_bytes) { /* else nothing of it is left */
            least = far;
            best = name;
        }
    }
    return best.n_bytes > 0 ? err_set(err, ERR_USAGE, T_EDIT_NO_FIELD_NEAR, TEXT_STR(key), TEXT_STR(best))
                            : err_set(err, ERR_USAGE, T_EDIT_NO_FIELD, TEXT_STR(key));
}

bool change_edit(Change *change, const Plan *plan, size_t index, Str key, Str value, Arena *arena, Err *err)
{
    const Event *event = &plan->events.at[index];
    FieldId field;
    if (!field_find(key, &field)) {
        if (plan_heading(plan, key).n_bytes == 0 || str_eq(key, STR("mark"))) {
            return no_such_key(key, err);
        }
        change_add_own(change, event, key, value, arena);
        return true;
    }
    if (other_way(field) != T_NONE) {
        return err_plain(err, ERR_USAGE, other_way(field));
    }
    if (!check_value(field, value, arena, err)) {
        return false;
    }
    size_t n_before = change->n_edits;
    change_add(change, event, field, (Str){ 0 }, value, arena);
    if (field == FIELD_WHEN && change->n_edits > n_before) {
        change_add(change, event, FIELD_DATES, (Str){ 0 }, (Str){ 0 }, arena);
    }
    return true;
}

bool change_edit_header(Change *change, const Plan *plan, int section, Str key, Str value, Arena *arena, Err *err)
{
    const HeaderField *field = header_find(key, section);
    StrBuf now = { 0 };
    if (field == NULL) {
        return err_set(err, ERR_USAGE, T_CHANGE_NOT_ITS_KEY, TEXT_STR(key));
    }
    if (str_eq(key, STR("title")) && str_is_blank(value)) {
        return err_plain(err, ERR_USAGE, T_EDIT_NO_TITLE);
    }
    if (!header_is_value(field, value)) {
        return err_set(err, ERR_USAGE, T_VALUE_NOT_PERIOD, TEXT_STR(key), TEXT_STR(value));
    }
    if (change->kind != CHANGE_HEADER) {
        *change = (Change){ .kind = CHANGE_HEADER, .section = section_ref(plan, section, arena) };
    }
    header_add_value(&now, plan, section, field);
    if (!header_same(field, strbuf_str(&now), value)) {
        FieldEdit edit = { .key = field->name, .before = arena_copy(arena, strbuf_str(&now)), .after = arena_copy(arena, value) };
        change_push(change, edit, arena);
    }
    strbuf_done(&now);
    return true;
}

Change change_delete(const Plan *plan, size_t event, Arena *arena)
{
    Change change = change_of(plan, event, arena);
    change.kind = CHANGE_DELETE;
    change.content = event_copy(&plan->events.at[event], arena);
    change.from = event_place(plan, event, arena);
    return change;
}

Change change_insert(const Event *event, const EventPlace *to, Arena *arena)
{
    Event *content = event_copy(event, arena);
    return (Change){
        .kind = CHANGE_INSERT,
        .event = { content->id, content->no, content->title, SIZE_MAX },
        .content = content,
        .to = *to,
    };
}

Change change_move(const Plan *plan, size_t event, const EventPlace *to, Arena *arena)
{
    Change change = change_of(plan, event, arena);
    change.kind = CHANGE_MOVE;
    change.from = event_place(plan, event, arena);
    change.to = *to;
    return change;
}

EventPlace place_after(const Plan *plan, size_t event, Arena *arena)
{
    return (EventPlace){
        .section = section_ref(plan, plan->events.at[event].section, arena),
        .after = event_ref_copy(plan, event, arena),
    };
}

EventPlace place_at_end(const Plan *plan, int section, Arena *arena)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < plan->events.n; i++) {
        last = plan->events.at[i].section == section ? i : last;
    }
    if (last != SIZE_MAX) {
        return place_after(plan, last, arena);
    }
    return (EventPlace){ .section = section_ref(plan, section, arena), .is_first = true };
}
