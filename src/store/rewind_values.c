#include "store/rewind_priv.h"

/* The values that the journal speaks of: looked up by owner and name, each turned back to what it was. */

enum { SLOTS_MIN = 64 };

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
    if (value.n_bytes < JOURNAL_VALUE_CUT_AT_LEAST - CHARACTER + n_mark + HASH) {
        return false;
    }
    bool is_hash = str_eq(str_sub(value, value.n_bytes - HASH - n_mark, value.n_bytes - HASH), STR("…#"));
    for (size_t i = value.n_bytes - HASH; i < value.n_bytes && is_hash; i++) {
        is_hash = (value.at[i] >= '0' && value.at[i] <= '9') || (value.at[i] >= 'a' && value.at[i] <= 'f');
    }
    return is_hash;
}

const HeaderField *rewind_header_field(const Rewind *rewind, const RewindSlot *slot)
{
    return rewind_is_header(rewind, slot->owner) ? header_find(slot->field, rewind_section_of(slot->owner)) : NULL;
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
        const RewindSlot *one = &rewind->slots.at[rewind->table.at[slot] - 1];
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
static void read_slot(Rewind *rewind, RewindSlot *slot)
{
    if (slot->owner < rewind->nodes.n) {
        size_t event = rewind->nodes.at[slot->owner].event;
        slot->is_known = take_apart(rewind->plan, slot->field, &slot->edit);
        if (slot->is_known && event != SIZE_MAX) {
            slot->edit.before = change_value(&rewind->plan->events.at[event], &slot->edit, rewind->arena);
        }
    } else {
        const HeaderField *field = rewind_header_field(rewind, slot);
        StrBuf now = { 0 };
        slot->is_known = field != NULL;
        slot->edit.key = slot->field;
        if (field != NULL) {
            header_add_value(&now, rewind->plan, rewind_section_of(slot->owner), field);
        }
        slot->edit.before = arena_copy(rewind->arena, strbuf_str(&now));
        strbuf_done(&now);
    }
    slot->value = slot->edit.before;
}

static RewindSlot *find_slot(Rewind *rewind, size_t owner, Str field)
{
    if (rewind->slots.n * 2 >= rewind->table.n) {
        grow(rewind);
    }
    size_t at = slot_of(rewind, owner, field);
    if (rewind->table.at[at] == 0) {
        RewindSlot slot = { .owner = owner, .field = field };
        read_slot(rewind, &slot);
        vec_push(&rewind->slots, slot);
        rewind->table.at[at] = (uint32_t)rewind->slots.n;
    }
    return &rewind->slots.at[rewind->table.at[at] - 1];
}

static bool is_said(const Rewind *rewind, const RewindSlot *slot, Str became)
{
    const HeaderField *field = rewind_header_field(rewind, slot);
    Str said = rewind_said(rewind->arena, slot->value);
    return field != NULL ? header_same(field, said, became) : change_same_value(&slot->edit, said, became);
}

RewindSlot *rewind_value(Rewind *rewind, size_t owner, Str field, Str was, Str became)
{
    RewindSlot *slot = find_slot(rewind, owner, field);
    if (slot->is_known && !is_said(rewind, slot, became)) {
        slot->is_outside = true;
        rewind->n_unexplained++;
    }
    slot->value = was;
    return slot;
}

bool rewind_is_other(const Rewind *rewind, const RewindSlot *slot)
{
    const HeaderField *header = rewind_header_field(rewind, slot);
    return header != NULL ? !header_same(header, slot->edit.before, slot->value)
                          : !change_same_value(&slot->edit, slot->edit.before, slot->value);
}
