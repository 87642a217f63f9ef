/*
 * Changes of every kind on any plan: events come, go and move, values and headers change, also several at once. The first bytes
 * say which, the rest is the file. What was read of the neighbours alone comes to the same bytes as the whole way; what was
 * changed in place is what the bytes are when they are read anew; the plan is the one that was meant; taking it back gives the
 * bytes that were, and the inverse change gives the plan that was.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/same.h"
#include "vekha/core/change_build.h"
#include "vekha/store/writeback.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_CHANGES = 3, N_CONTROL = 6, MAX_EVENTS = 64, MAX_SET = 3 };

static const Str values[] = {
    STR_INIT("приказ № 5"),
    STR_INIT("раз, два: три #4"),
    STR_INIT("раз\nдва\n"),
    STR_INIT("x"),
    STR_INIT("- x"),
    STR_INIT("27.03"),
    STR_INIT("No"),
    STR_INIT(" x "),
    STR_INIT("]}"),
    STR_INIT("*a"),
    STR_INIT("\n\nx\n"),
    STR_INIT("...\n---\nx"),
    STR_INIT("14:00"),
    STR_INIT("2022"),
    STR_INIT("a\n  b\n\n"),
    STR_INIT("\tx\ty"),
    STR_INIT("\x1B\xC2\x85'\""),
    STR_INIT(""),
    STR_INIT("1.10"),
    STR_INIT("# x"),
};

static const Str keys[] = { STR_INIT("title"), STR_INIT("when"), STR_INIT("no"),    STR_INIT("responsible"), STR_INIT("result"),
                            STR_INIT("note"),  STR_INIT("by"),   STR_INIT("dates"), STR_INIT("evidence"),    STR_INIT("cost") };

static const Str headers[] = { STR_INIT("title"), STR_INIT("short"), STR_INIT("period"), STR_INIT("goal"), STR_INIT("basis") };

typedef struct Plain {
    Doc *doc;
    Reading reading;
} Plain;

static void require_at(bool is_true, const char *what, int line)
{
    if (!is_true) {
        (void)fprintf(stderr, "fuzz_change.c:%d: %s\n", line, what);
        abort();
    }
}

#define require(is_true) require_at((is_true), #is_true, __LINE__)

static Event new_event(const Plan *plan, const uint8_t *control, Str *parties, Arena *arena)
{
    Event event = { .title = STR("Новое"), .when = values[control[2] % COUNTOF(values)] };
    event.id = plan_new_id(plan, control[3], arena);
    event.result = values[control[3] % COUNTOF(values)];
    parties[0] = STR("Иванов И.И.");
    parties[1] = values[control[4] % COUNTOF(values)];
    if (str_find_char(parties[1], '\n', 0) != SIZE_MAX) { /* a list as one value has a party a line: no inverse has such a one */
        parties[1] = STR("Петров П.П.");
    }
    event.responsible = (StrList){ parties, control[5] % 3 };
    return event;
}

static EventPlace any_place(const Plan *plan, const uint8_t *control, Arena *arena)
{
    if (control[5] % 3 == 0) {
        int section = (int)(control[2] % (plan->sections.n + 1)) - 1;
        return place_at_end(plan, section, arena);
    }
    size_t event = control[2] % plan->events.n;
    return control[5] % 3 == 1 ? place_after(plan, event, arena) : event_place(plan, event, arena);
}

/* False: there is none that can be made of these bytes. */
static bool make_change(const Plan *plan, const uint8_t *control, Arena *arena, Change *out)
{
    size_t event = control[1] % plan->events.n;
    Str parties[2];
    EventPlace place = any_place(plan, control, arena);
    Event content = new_event(plan, control, parties, arena);
    Str value = values[control[3] % COUNTOF(values)];
    *out = (Change){ 0 };
    switch (control[0] % 5) {
    case 0:
        *out = change_insert(&content, &place, arena);
        return true;
    case 1:
        *out = change_delete(plan, event, arena);
        return true;
    case 2:
        *out = change_move(plan, event, &place, arena);
        return true;
    case 3:
        return change_edit_header(out, plan, (int)(control[2] % (plan->sections.n + 1)) - 1,
                                  headers[control[4] % COUNTOF(headers)], value, arena, NULL);
    default:
        *out = change_of(plan, event, arena);
        return change_edit(out, plan, event, keys[control[4] % COUNTOF(keys)], value, arena, NULL);
    }
}

static bool find_all(ChangeSet set, const Plan *plan, ChangeTarget *targets)
{
    bool ok = true;
    for (size_t i = 0; i < set.n && ok; i++) {
        ok = change_find(&set.at[i], NULL, plan, &targets[i], NULL);
    }
    return ok;
}

/* Has each event an id of its own? */
static bool are_named(const Plan *plan)
{
    bool named = true;
    for (size_t i = 0; i < plan->events.n; i++) {
        named = named && plan->events.at[i].id.n_bytes > 0;
        for (size_t k = 0; k < i; k++) {
            named = named && !str_eq(plan->events.at[k].id, plan->events.at[i].id);
        }
    }
    return named;
}

/* The changes taken back by their inverse lead to the plan that was, where each of them is about another event. */
static void check_inverse(const Plain *plain, ChangeSet set, const Plan *was, Arena *arena)
{
    Change inverse = change_inverse(&set.at[0], arena);
    ChangeTarget target;
    Plan back = { 0 };
    if (set.n == 1 && change_find(&inverse, NULL, &plain->reading.plan, &target, NULL)) {
        bool is_made = changes_make((ChangeSet){ &inverse, 1 }, &target, &plain->reading.plan, &back, NULL);
        require(!is_made || plan_eq(&back, was) || !are_named(was)); /* else one may be taken for another */
        plan_done(&back);
    }
}

/* Keeps the pieces: they die with the patch. */
static size_t copy_pieces(const Patch *patch, PatchPiece *out, Arena *arena)
{
    for (size_t i = 0; i < patch->n_pieces; i++) {
        const PatchPiece *piece = &patch->pieces[i];
        out[i] = (PatchPiece){ piece->from, arena_copy(arena, piece->before), arena_copy(arena, piece->after) };
    }
    return patch->n_pieces;
}

static void check_patch(Plain *plain, ChangeSet set, const ChangeTarget *targets, Patch *patch, bool is_undone, Arena *arena)
{
    PatchPiece pieces[PATCH_MAX_RUNS];
    Plan model = { 0 };
    Plan was = { 0 };
    Patch back;
    Str text = arena_copy(arena, doc_text(plain->doc));
    size_t n_pieces = copy_pieces(patch, pieces, arena);
    if (patch->doc == NULL) {
        Patch whole;
        bool has_whole =
            patch_changes_whole(plain->doc, &plain->reading, set, targets, &whole, NULL); /* else it is too careful */
        Str alone = patch_text(plain->doc, patch);
        if (has_whole && !str_eq(alone, patch_text(plain->doc, &whole))) {
            (void)fprintf(stderr, "was:\n%.*s\nkind %d event %zu after %zu\nalone:\n%.*s\nwhole:\n%.*s\n",
                          STR_ARG(doc_text(plain->doc)), (int)set.at[0].kind, targets[0].event, targets[0].after, STR_ARG(alone),
                          STR_ARG(patch_text(plain->doc, &whole)));
            abort();
        }
        patch_done(&whole);
    }
    Doc *old = doc_new(text);
    Reading old_reading;
    schema_read(old, &old_reading);
    (void)patch_text(plain->doc, patch);
    patch_put(&plain->doc, &plain->reading, targets[0].event, patch);
    require(same_as_anew(plain->doc, &plain->reading));
    require(changes_make(set, targets, &old_reading.plan, &model, NULL) && plan_eq(&model, &plain->reading.plan));
    check_inverse(plain, set, &old_reading.plan, arena);
    if (is_undone && patch_text_bytes(plain->doc, &plain->reading, set, pieces, n_pieces, true, &back)) {
        require(str_eq(patch_text(plain->doc, &back), text));
        patch_put(&plain->doc, &plain->reading, targets[0].event, &back);
        require(plan_eq(&old_reading.plan, &plain->reading.plan));
    }
    plan_done(&model);
    plan_done(&was);
    reading_done(&old_reading);
    doc_free(old);
}

static void change_once(Plain *plain, const uint8_t *control)
{
    Arena arena = { 0 };
    Patch patch;
    Change changes[MAX_SET];
    ChangeTarget targets[MAX_SET];
    size_t wanted = control[0] >= 200 ? MAX_SET : 1;
    size_t n = 0;
    for (size_t i = 0; i < wanted; i++) {
        uint8_t own[N_CONTROL];
        for (size_t k = 0; k < N_CONTROL; k++) {
            own[k] = (uint8_t)(control[k] + i * (k + 7));
        }
        n += make_change(&plain->reading.plan, own, &arena, &changes[n]);
    }
    ChangeSet set = { changes, n };
    if (n > 0 && find_all(set, &plain->reading.plan, targets) &&
        patch_changes(plain->doc, &plain->reading, set, targets, &patch, NULL)) {
        check_patch(plain, set, targets, &patch, control[5] % 2 != 0, &arena);
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
    for (int i = 0; i < N_CHANGES; i++) {
        size_t n_events = plain.reading.plan.events.n;
        if (n_events > 0 && n_events < MAX_EVENTS && !doc_is_broken(plain.doc, NULL)) {
            change_once(&plain, data + (size_t)i * N_CONTROL);
        }
    }
    reading_done(&plain.reading);
    doc_free(plain.doc);
    return 0;
}
