#include "vekha/store/store_next.h"

#include <stdint.h>
#include <stdlib.h>

#include "store/store_priv.h"
#include "vekha/core/change_build.h"
#include "vekha/core/header.h"
#include "vekha/core/shift_year.h"
#include "vekha/doc/doc_edit.h"

typedef struct Turner {
    const Doc *doc;
    const Reading *reading;
    NextYear *next;
    VEC(DocEdit) edits;
} Turner;

/* What says how the year went. */
static const FieldId gone[] = {
    FIELD_WAS,       FIELD_STATUS, FIELD_DONE,     FIELD_BY,   FIELD_CONFIRMED, FIELD_CONFIRMED_BY,
    FIELD_CANCELLED, FIELD_REASON, FIELD_EVIDENCE, FIELD_NOTE, FIELD_MARKS,     FIELD_CONFLICT,
};

void next_year_done(NextYear *next)
{
    vec_done(&next->shifted);
    arena_done(&next->arena);
    *next = (NextYear){ 0 };
}

static void remove_key(Turner *t, const Node *map, Str key)
{
    if (node_own_key(t->doc, map, key) != NULL) {
        vec_push(&t->edits, (DocEdit){ .kind = DOC_REMOVE, .map = map, .key = key });
    }
}

static void set_key(Turner *t, const Node *map, Str key, Str value)
{
    if (node_own_key(t->doc, map, key) != NULL) {
        vec_push(&t->edits, (DocEdit){ .kind = DOC_SET, .map = map, .key = key, .value = value });
    }
}

/* The text for the next year; false: there are no years in it. */
static bool turn_text(const Turner *t, Str text, Str *out)
{
    StrBuf shifted = { 0 };
    bool is_shifted = year_shift(text, t->reading->plan.period, t->next->n_years, &shifted);
    *out = is_shifted ? arena_copy(&t->next->arena, strbuf_str(&shifted)) : text;
    strbuf_done(&shifted);
    return is_shifted;
}

static int by_text(const void *left, const void *right)
{
    const Str *const *a = left;
    const Str *const *b = right;
    return str_cmp(**a, **b);
}

/* A new id for each event; those that come twice are made anew. */
static Str *new_ids(Turner *t, size_t n, unsigned long long seed)
{
    static const Plan none = { 0 };
    Str *ids = arena_alloc(&t->next->arena, (n + 1) * sizeof *ids);
    Str **sorted = mem_new((n + 1) * sizeof *sorted);
    bool has_twins = n > 0;
    while (has_twins) {
        has_twins = false;
        for (size_t i = 0; i < n; i++) {
            ids[i] = ids[i].n_bytes == 0 ? plan_new_id(&none, seed++, &t->next->arena) : ids[i];
            sorted[i] = &ids[i];
        }
        qsort(sorted, n, sizeof *sorted, by_text);
        for (size_t i = 1; i < n; i++) {
            if (str_eq(*sorted[i - 1], *sorted[i])) {
                *sorted[i - 1] = (Str){ 0 };
                has_twins = true;
            }
        }
    }
    free(sorted);
    return ids;
}

static bool turn_event(Turner *t, size_t index, Str id, Err *err)
{
    const Event *event = &t->reading->plan.events.at[index];
    const Binding *binding = &t->reading->bindings.at[index];
    Str value;
    if (binding->is_aliased || binding->map->kind != NODE_MAP) {
        return err_plain(err, ERR_REFUSED, binding->is_aliased ? T_WRITE_ALIASED : T_WRITE_NOT_MAP) ||
               err_at(err, event->line, 1);
    }
    for (size_t i = 0; i < COUNTOF(gone); i++) {
        remove_key(t, binding->map, field_info(gone[i])->name);
    }
    set_key(t, binding->map, field_info(FIELD_ID)->name, id);
    if (turn_text(t, event->when, &value)) {
        set_key(t, binding->map, field_info(FIELD_WHEN)->name, value);
        vec_push(&t->next->shifted, (NextShift){ index, arena_copy(&t->next->arena, event->when), value });
    }
    if (turn_text(t, event->dates, &value)) {
        set_key(t, binding->map, field_info(FIELD_DATES)->name, value);
    }
    return true;
}

/* A date that is still to be filled in gets its year, one that is there goes: nobody has signed the new plan. */
static void turn_date(Turner *t, const Node *map)
{
    const Node *date = map->kind == NODE_MAP ? node_get(t->doc, map, STR("date")) : NULL;
    Str value;
    if (date == NULL || date->kind != NODE_SCALAR || node_is_null(date)) {
        return;
    }
    if (str_find_char(date->text, '_', 0) == SIZE_MAX) {
        remove_key(t, map, STR("date"));
        t->next->n_signed++;
    } else if (turn_text(t, date->text, &value)) {
        set_key(t, map, STR("date"), value);
    }
}

/* One block, or a list of them. */
static void turn_blocks(Turner *t, Str key)
{
    const Node *root = node_resolve(t->doc, doc_root(t->doc));
    const Node *value = node_get(t->doc, root, key);
    if (value != NULL && value->kind == NODE_MAP) {
        turn_date(t, value);
    }
    for (const Node *item = value != NULL && value->kind == NODE_LIST ? value->child : NULL; item != NULL; item = item->next) {
        turn_date(t, item);
    }
}

/* All but the plan's own texts. */
static bool turn_all(Turner *t, unsigned long long seed, StrBuf *out, Err *err)
{
    size_t n = t->reading->plan.events.n;
    Str *ids = new_ids(t, n, seed);
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        ok = turn_event(t, i, ids[i], err);
    }
    turn_blocks(t, STR("approval"));
    turn_blocks(t, STR("signatures"));
    ok = ok && doc_edit(t->doc, t->edits.at, t->edits.n, out, err);
    if (ok) {
        Doc *after = doc_new(strbuf_str(out));
        ok = doc_edit_check(t->doc, after, t->edits.at, t->edits.n, err);
        doc_free(after);
    }
    return ok;
}

static const NewText *find_text(const NewText *texts, size_t n, Str key)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(texts[i].key, key)) {
            return &texts[i];
        }
    }
    return NULL;
}

/* Years in other texts may be those of orders and decrees. */
static bool has_its_years(Str key)
{
    return str_eq(key, STR("title")) || str_eq(key, STR("short"));
}

/* The plan's texts: what was said, else its own with the years shifted; the old order is not the new plan's. */
static bool turn_header(Turner *t, Str plan, const NewText *texts, size_t n_texts, StrBuf *out, Err *err)
{
    enum { TEXTS_MAX = 16 };
    NewText all[TEXTS_MAX];
    size_t n = 0;
    size_t n_fields;
    const HeaderField *fields = header_fields(&n_fields);
    for (size_t i = 0; i < n_fields && n < TEXTS_MAX; i++) {
        const NewText *said = find_text(texts, n_texts, fields[i].name);
        StrBuf now = { 0 };
        Str value;
        if (header_find(fields[i].name, -1) == NULL) {
            continue;
        }
        header_add_value(&now, &t->reading->plan, -1, &fields[i]);
        if (said != NULL) {
            all[n++] = *said;
        } else if (str_eq(fields[i].name, STR("basis")) && now.n_bytes > 0) {
            all[n++] = (NewText){ fields[i].name, { 0 } };
            t->next->had_basis = true;
        } else if (has_its_years(fields[i].name) && turn_text(t, strbuf_str(&now), &value)) {
            all[n++] = (NewText){ fields[i].name, value };
        }
        strbuf_done(&now);
    }
    return plan_text_with(plan, all, n, out, err);
}

static bool may_turn(const OpenFile *file, const NewText *period, Span *out, Err *err)
{
    if (file->face.is_broken) {
        if (err != NULL) {
            err_copy(err, &file->face.why);
        }
        return false;
    }
    if (file->face.is_read_only) {
        return err_plain(err, ERR_REFUSED, T_WRITE_READ_ONLY);
    }
    Str key = STR("period");
    Str value = period != NULL ? period->value : (Str){ 0 };
    return span_parse(value, out) || err_set(err, ERR_USAGE, T_VALUE_NOT_PERIOD, TEXT_STR(key), TEXT_STR(value));
}

bool next_year_text(const Store *store, size_t index, const NewText *texts, size_t n_texts, unsigned long long seed,
                    NextYear *out, StrBuf *text, Err *err)
{
    const OpenFile *file = store->files.at[index];
    Turner t = { .doc = file->doc, .reading = &file->reading, .next = out };
    Span old = file->face.plan->period;
    Span new;
    StrBuf turned = { 0 };
    *out = (NextYear){ 0 };
    if (!may_turn(file, find_text(texts, n_texts, STR("period")), &new, err)) {
        return false;
    }
    out->n_years = old.first != 0 ? day_civil(new.first).year - day_civil(old.first).year : 0;
    bool ok = turn_all(&t, seed, &turned, err) && turn_header(&t, strbuf_str(&turned), texts, n_texts, text, err);
    if (!ok && err != NULL && err->line > 0) {
        (void)err_in(err, file->face.path);
    }
    vec_done(&t.edits);
    strbuf_done(&turned);
    return ok;
}
