#include <stdint.h>
#include <stdlib.h>

#include "store/store_priv.h"

enum { LOCK_WAIT_MS = 3000 };

struct Undo {
    Arena arena;
    Str path;
    Change change;     /* strings in the arena */
    EventRef as_left;  /* the event as the change left it */
    bool has_new_item; /* a mark or an earlier deadline came: no edit of a field takes that away */
    bool is_entry;     /* before and after are the event's own; else bytes of the file, at from */
    Str before, after;
    size_t from;
    uint64_t hash_before, hash_after; /* of the whole file, if not is_entry */
};

typedef enum Way { WAY_DO, WAY_BACK, WAY_AGAIN } Way;

/* The names by which the event is found when the change is made. */
static EventRef ref_after(const Change *change)
{
    EventRef ref = change->event;
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        Str *name = edit->field == FIELD_ID      ? &ref.id
                    : edit->field == FIELD_NO    ? &ref.no
                    : edit->field == FIELD_TITLE ? &ref.title
                                                 : NULL;
        if (name != NULL && edit->at.n_bytes == 0) {
            *name = edit->after;
        }
    }
    return ref;
}

static Undo *undo_new(Str path, const Change *change)
{
    Undo *undo = mem_new(sizeof *undo);
    undo->path = arena_copy(&undo->arena, path);
    undo->change = change_copy(change, &undo->arena);
    undo->as_left = ref_after(&undo->change);
    return undo;
}

void undo_free(Undo *undo)
{
    if (undo != NULL) {
        arena_done(&undo->arena);
        free(undo);
    }
}

const Change *undo_change(const Undo *undo)
{
    return &undo->change;
}

Str undo_path(const Undo *undo)
{
    return undo->path;
}

/* Keeps what the patch, which is not put yet, does. */
static void keep_bytes(Undo *undo, const Doc *doc, const Patch *patch, Way way)
{
    bool is_back = way == WAY_BACK;
    undo->is_entry = patch->entry != NULL;
    undo->before = arena_copy(&undo->arena, is_back ? patch->after : patch->before);
    undo->after = arena_copy(&undo->arena, is_back ? patch->before : patch->after);
    undo->from = patch->from;
    if (!undo->is_entry) {
        uint64_t hash_old = str_hash(doc_text(doc));
        uint64_t hash_new = str_hash(doc_text(patch->doc));
        undo->hash_before = is_back ? hash_new : hash_old;
        undo->hash_after = is_back ? hash_old : hash_new;
    }
}

static void note_new_items(Undo *undo, const Event *event)
{
    undo->has_new_item = undo->change.has_moved;
    for (size_t i = 0; i < undo->change.n_edits; i++) {
        Str at = undo->change.edits[i].at;
        undo->has_new_item = undo->has_new_item || (at.n_bytes > 0 && event_mark_at(event, at) == NULL);
    }
}

static bool patch_bytes(const OpenFile *file, size_t event, const Undo *undo, Way way, Patch *out)
{
    PatchBytes bytes = { .change = &undo->change, .before = undo->before, .after = undo->after, .is_back = way == WAY_BACK };
    if (undo->is_entry) {
        return patch_entry_bytes(file->doc, &file->reading, event, &bytes, out);
    }
    return str_hash(doc_text(file->doc)) == (bytes.is_back ? undo->hash_after : undo->hash_before) &&
           patch_text_bytes(file->doc, &file->reading, event, undo->from, &bytes, out);
}

static Change inverse_of(const Undo *undo)
{
    Change inverse = { .event = undo->as_left, .n_edits = undo->change.n_edits };
    for (size_t i = 0; i < inverse.n_edits; i++) {
        const FieldEdit *edit = &undo->change.edits[i];
        inverse.edits[i] = (FieldEdit){ edit->field, edit->at, edit->after, edit->before };
    }
    return inverse;
}

/* Makes the patch of the undo's change, that way; is_new: its bytes are others than the undo knows. */
static bool make_patch(const OpenFile *file, size_t event, const Undo *undo, Way way, Patch *out, bool *is_new, Err *err)
{
    *is_new = way == WAY_DO || !patch_bytes(file, event, undo, way, out);
    if (!*is_new) {
        return true;
    }
    if (way != WAY_BACK) {
        return patch_change(file->doc, &file->reading, event, &undo->change, out, err);
    }
    if (undo->has_new_item) {
        return err_set(err, ERR_CONFLICT, T_UNDO_CHANGED, TEXT_STR(undo->as_left.no), TEXT_STR(undo->as_left.title));
    }
    Change inverse = inverse_of(undo);
    return patch_change(file->doc, &file->reading, event, &inverse, out, err);
}

static bool may_write(const PlanFile *file, Err *err)
{
    if (file->is_broken) {
        if (err != NULL) {
            err_copy(err, &file->why);
        }
        return false;
    }
    return !file->is_read_only || err_plain(err, ERR_REFUSED, T_WRITE_READ_ONLY);
}

/* The patch is on disk: the same for what is open. */
static void put_patch(OpenFile *file, size_t event, Patch *patch)
{
    patch_put(&file->doc, &file->reading, event, patch);
    if (doc_is_overgrown(file->doc)) { /* the old tree goes before the new one comes, or both would be there at once */
        StrBuf text = { 0 };
        strbuf_add(&text, doc_text(file->doc));
        open_file_drop(file);
        open_file_set(file, doc_new(strbuf_str(&text)));
        strbuf_done(&text);
    }
}

/* Reads the file anew if it is no longer the one that was read. The event is then the same one, or SIZE_MAX. */
static bool find_event(OpenFile *file, const EventRef *ref, size_t *event, Err *err)
{
    FileMark now = file_mark(file->path);
    OpenFile before = { 0 };
    bool is_new = !file_mark_eq(&now, &file->mark);
    if (is_new) {
        open_file_reload(file, &before);
    }
    bool ok = may_write(&file->face, err);
    if (ok) {
        const Plan *plan = &file->reading.plan;
        *event = is_new ? plan_match_since(&before.reading.plan, plan, ref) : plan_match(plan, ref);
    }
    open_file_drop(&before);
    return ok;
}

/* Under the lock: the file as it is now, the change made on it, the result on disk. */
static bool apply_locked(OpenFile *file, Undo *undo, Way way, Err *err)
{
    const EventRef *ref = way == WAY_BACK ? &undo->as_left : &undo->change.event;
    size_t event;
    if (!find_event(file, ref, &event, err)) {
        return false;
    }
    if (event == SIZE_MAX) {
        return err_set(err, ERR_CONFLICT, T_WRITE_EVENT_GONE, TEXT_STR(ref->no), TEXT_STR(ref->title));
    }
    Patch patch = { 0 };
    bool is_new;
    if (!make_patch(file, event, undo, way, &patch, &is_new, err)) {
        return false;
    }
    bool ok = file_replace(file->path, patch_text(file->doc, &patch), &file->mark, err);
    if (ok && is_new) {
        keep_bytes(undo, file->doc, &patch, way);
    }
    if (ok && way == WAY_DO) {
        note_new_items(undo, &file->reading.plan.events.at[event]);
    }
    if (ok) {
        put_patch(file, event, &patch);
    } else {
        patch_done(&patch);
    }
    return ok;
}

static bool apply(OpenFile *file, Undo *undo, Way way, Err *err)
{
    FileLock lock = { 0 };
    if (!may_write(&file->face, err)) {
        return false;
    }
    bool ok = file_lock(file->path, STR(".vekha.lock"), LOCK_WAIT_MS, &lock, err) && file_settle(file->path, err) &&
              apply_locked(file, undo, way, err);
    if (!ok && err != NULL && err->line > 0) {
        (void)err_in(err, str_of(file->path));
    }
    file_unlock(&lock);
    return ok;
}

/* The change is copied first: its strings may be views of the plan, which dies when the file must be read anew. */
bool store_apply(Store *store, size_t index, const Change *change, Undo **out_undo, Err *err)
{
    OpenFile *file = store->files.at[index];
    Undo *undo = undo_new(file->face.path, change);
    bool ok = apply(file, undo, WAY_DO, err);
    if (out_undo != NULL) {
        *out_undo = ok ? undo : NULL;
    }
    if (!ok || out_undo == NULL) {
        undo_free(undo);
    }
    return ok;
}

static bool apply_again(Store *store, Undo *undo, Way way, Err *err)
{
    for (size_t i = 0; i < store->files.n; i++) {
        if (str_eq(store->files.at[i]->face.path, undo->path)) {
            return apply(store->files.at[i], undo, way, err);
        }
    }
    return err_set(err, ERR_CONFLICT, T_UNDO_NO_FILE, TEXT_STR(undo->path));
}

bool store_undo(Store *store, Undo *undo, Err *err)
{
    return apply_again(store, undo, WAY_BACK, err);
}

bool store_redo(Store *store, Undo *undo, Err *err)
{
    return apply_again(store, undo, WAY_AGAIN, err);
}
