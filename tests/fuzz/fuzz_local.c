/*
 * Marks of any plan, made both ways: on the event's entry alone, and with the whole file read again. The first
 * bytes say which changes, the rest is the file. Both ways give the same bytes; what was changed in place is what
 * the bytes are when they are read anew; and the bytes before come back.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../support/patch.h"
#include "../support/same.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/writeback.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_CHANGES = 3, N_CONTROL = 5, MAX_EVENTS = 64 };

static const Str values[] = {
    STR_INIT("приказ № 5"),
    STR_INIT("раз, два: три #4"),
    STR_INIT("раз\nдва\n"),
    STR_INIT("раз\nдва"),
    STR_INIT(""),
    STR_INIT("- x"),
    STR_INIT("\x1B\xC2\x85'\""),
    STR_INIT("No"),
    STR_INIT(" x "),
    STR_INIT("]}"),
    STR_INIT("*a"),
    STR_INIT("\n\nx\n"),
    STR_INIT("...\n---\nx"),
    STR_INIT("14:00"),
    STR_INIT("a\n  b\n\n"),
    STR_INIT("2022-03-29"),
    STR_INIT("done"),
    STR_INIT("\tx\ty"),
};

typedef struct Plain {
    Doc *doc;
    Reading reading;
} Plain;

static void require(bool is_true)
{
    if (!is_true) {
        abort();
    }
}

static MarkRequest make_request(const uint8_t *control)
{
    MarkRequest request = { .status = (Status)(control[1] % STATUS_COUNT), .on = 738000 + control[2] };
    request.by = control[2] % 2 != 0 ? values[control[3] % COUNTOF(values)] : (Str){ 0 };
    request.note = control[2] % 3 != 0 ? values[control[3] / 2 % COUNTOF(values)] : (Str){ 0 };
    request.when = request.status == STATUS_POSTPONED ? STR("май") : (Str){ 0 };
    request.reason = request.status == STATUS_CANCELLED ? values[control[3] / 3 % COUNTOF(values)] : (Str){ 0 };
    request.at = control[4] % 3 == 0 ? STR("2022-03") : (Str){ 0 };
    return request;
}

/* Any field becomes any value: what no mark does today. */
static Change make_edits(const Plan *plan, size_t event, const uint8_t *control, Arena *arena)
{
    Change change = change_of(plan, event, arena);
    size_t n = 1 + control[1] % 2;
    for (size_t i = 0; i < n; i++) {
        FieldEdit edit = { .field = (FieldId)((control[2] + i * 5) % FIELD_COUNT) };
        edit.before = change_value(&plan->events.at[event], &edit, arena);
        edit.after = values[(control[3] + i) % COUNTOF(values)];
        change_push(&change, edit, arena);
    }
    return change;
}

static void put_back(Plain *plain, size_t event, const Change *change, Str before, Str after, Str text)
{
    PatchBytes bytes = { .change = change, .before = before, .after = after, .is_back = true };
    Patch back;
    require(patch_entry_bytes(plain->doc, &plain->reading, event, &bytes, &back));
    require(str_eq(patch_text(plain->doc, &back), text));
    patch_put(&plain->doc, &plain->reading, event, &back);
    require(same_as_anew(plain->doc, &plain->reading));
}

/* Local was made of the entry alone: puts it, and every second time takes it back. */
static void check_local(Plain *plain, size_t event, const Change *change, Patch *local, bool is_undone, Arena *arena)
{
    Patch whole;
    require(patch_one_whole(plain->doc, &plain->reading, event, change, &whole, NULL));
    require(str_eq(patch_text(plain->doc, local), patch_text(plain->doc, &whole)));
    patch_done(&whole);
    Str text = arena_copy(arena, doc_text(plain->doc));
    Str before = arena_copy(arena, local->pieces[0].before);
    Str after = arena_copy(arena, local->pieces[0].after);
    patch_put(&plain->doc, &plain->reading, event, local);
    require(same_as_anew(plain->doc, &plain->reading));
    if (is_undone) {
        put_back(plain, event, change, before, after, text);
    }
}

static void change_once(Plain *plain, const uint8_t *control)
{
    Arena arena = { 0 };
    Patch local;
    size_t event = control[0] % plain->reading.plan.events.n;
    MarkRequest request = make_request(control);
    Change change;
    bool has_change = true;
    if (control[4] >= 128) {
        change = make_edits(&plain->reading.plan, event, control, &arena);
    } else {
        has_change = change_mark(&plain->reading.plan, event, &request, &arena, &change, NULL);
    }
    Change kept = has_change ? change_copy(&change, &arena) : (Change){ 0 };
    if (has_change && patch_one(plain->doc, &plain->reading, event, &kept, &local, NULL)) {
        if (local.entry != NULL) {
            check_local(plain, event, &kept, &local, control[4] % 2 != 0, &arena);
        } else {
            patch_put(&plain->doc, &plain->reading, event, &local);
        }
    }
    arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t n_control = N_CHANGES * N_CONTROL;
    if (size < n_control) {
        return 0;
    }
    Plain plain = { .doc = doc_new((Str){ (const char *)data + n_control, size - n_control }) };
    schema_read(plain.doc, &plain.reading);
    plan_resolve(&plain.reading.plan);
    size_t n_events = plain.reading.plan.events.n;
    for (int i = 0; i < N_CHANGES && n_events > 0 && n_events < MAX_EVENTS && !doc_is_broken(plain.doc, NULL); i++) {
        change_once(&plain, data + i * N_CONTROL);
    }
    reading_done(&plain.reading);
    doc_free(plain.doc);
    return 0;
}
