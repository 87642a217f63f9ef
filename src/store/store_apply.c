#include <stdint.h>
#include <stdlib.h>

#include "store/store_priv.h"
#include "vekha/base/clock.h"
#include "vekha/doc/doc_item.h"

enum { LOCK_WAIT_MS = 3000 };

struct Undo {
    Arena arena;
    Str path;
    Change *changes; /* as they were made; strings in the arena */
    Change *inverse; /* what takes them back, where the bytes are no longer there */
    size_t n;
    bool is_entry;                     /* the piece is the event's own, wherever it stands; else they are bytes of the file */
    PatchPiece pieces[PATCH_MAX_RUNS]; /* as they were made */
    size_t n_pieces;
};

typedef enum Way { WAY_DO, WAY_BACK, WAY_AGAIN } Way;

static Undo *undo_new(Str path, ChangeSet set)
{
    Undo *undo = mem_new(sizeof *undo);
    undo->path = arena_copy(&undo->arena, path);
    undo->changes = arena_alloc(&undo->arena, set.n * sizeof *undo->changes);
    undo->inverse = arena_alloc(&undo->arena, set.n * sizeof *undo->inverse);
    undo->n = set.n;
    for (size_t i = 0; i < set.n; i++) {
        undo->changes[i] = change_copy(&set.at[i], &undo->arena);
        undo->inverse[i] = change_inverse(&undo->changes[i], &undo->arena);
    }
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
    return &undo->changes[0];
}

ChangeSet undo_changes(const Undo *undo)
{
    return (ChangeSet){ undo->changes, undo->n };
}

Str undo_path(const Undo *undo)
{
    return undo->path;
}

static ChangeSet set_of(const Undo *undo, Way way)
{
    return (ChangeSet){ way == WAY_BACK ? undo->inverse : undo->changes, undo->n };
}

/* Keeps what the patch, which is not put yet, does. */
static void keep_bytes(Undo *undo, const Patch *patch, Way way)
{
    bool is_back = way == WAY_BACK;
    size_t shift = 0; /* modulo 2^n */
    undo->is_entry = patch->entry != NULL;
    undo->n_pieces = patch->n_pieces;
    for (size_t i = 0; i < patch->n_pieces; i++) {
        const PatchPiece *piece = &patch->pieces[i];
        undo->pieces[i] = (PatchPiece){
            .from = piece->from + (is_back ? shift : 0),
            .before = arena_copy(&undo->arena, is_back ? piece->after : piece->before),
            .after = arena_copy(&undo->arena, is_back ? piece->before : piece->after),
        };
        shift += piece->after.n_bytes - piece->before.n_bytes;
    }
}

/* An event that goes is put back, if need be, with the bytes that it has now. */
static void keep_deleted(Undo *undo, const OpenFile *file, const ChangeTarget *targets, Way way)
{
    Change *back = way == WAY_BACK ? undo->changes : undo->inverse;
    for (size_t i = 0; i < undo->n; i++) {
        size_t from;
        size_t to;
        if (back[i].kind == CHANGE_INSERT &&
            doc_item_extent(file->doc, file->reading.bindings.at[targets[i].event].map, &from, &to)) {
            back[i].bytes = arena_copy(&undo->arena, str_sub(doc_text(file->doc), from, to));
        }
    }
}

/* Where the bytes are as they were left they become what they were; the guard says whether the plan does, too. */
static bool patch_bytes(const OpenFile *file, const ChangeTarget *targets, const Undo *undo, Way way, Patch *out)
{
    bool is_back = way == WAY_BACK;
    PatchBytes bytes = { &undo->changes[0], undo->pieces[0].before, undo->pieces[0].after, is_back };
    if (undo->is_entry) {
        return patch_entry_bytes(file->doc, &file->reading, targets[0].event, &bytes, out);
    }
    return patch_text_bytes(file->doc, &file->reading, undo_changes(undo), undo->pieces, undo->n_pieces, is_back, out);
}

/* Makes the patch of the undo's changes, that way; is_new: its bytes are others than the undo knows. */
static bool make_patch(const OpenFile *file, const ChangeTarget *targets, const Undo *undo, Way way, Patch *out, bool *is_new,
                       Err *err)
{
    *is_new = way == WAY_DO || !patch_bytes(file, targets, undo, way, out);
    return !*is_new || patch_changes(file->doc, &file->reading, set_of(undo, way), targets, out, err);
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
static void put_patch(OpenFile *file, const ChangeTarget *target, Patch *patch)
{
    patch_put(&file->doc, &file->reading, target->event, patch);
    if (doc_is_overgrown(file->doc)) { /* the old tree goes before the new one comes, or both would be there at once */
        StrBuf text = { 0 };
        strbuf_add(&text, doc_text(file->doc));
        open_file_drop(file);
        open_file_set(file, doc_new(strbuf_str(&text)));
        strbuf_done(&text);
    }
}

/* One attempt at a save. */
typedef struct Attempt {
    OpenFile before; /* what the changes were made for, if the file is another one by now */
    bool is_new;     /* it is */
    bool is_other;   /* it became another one while we wrote: nothing was written */
    ChangeTarget *targets;
} Attempt;

/* What the changes were made for stays, however often. While the file is broken it is still what is open. */
static void read_again(OpenFile *file, Attempt *attempt)
{
    OpenFile old = { 0 };
    open_file_reload(file, attempt->is_new ? &old : &attempt->before);
    attempt->is_new = attempt->before.doc != NULL;
    attempt->is_other = false;
    open_file_drop(&old);
}

/* Reads the file anew if it is no longer the one that was read. One that somebody is just writing is waited for. */
static void look_again(OpenFile *file, Attempt *attempt)
{
    if (attempt->is_other || open_file_is_other(file, true)) {
        read_again(file, attempt);
    }
    for (int i = 0; file->face.is_broken && i < WHOLE_TRIES; i++) {
        clock_pause(WHOLE_STEP_MS);
        if (open_file_is_other(file, true)) {
            read_again(file, attempt);
        }
    }
}

/* Finds where the changes strike now. */
static bool find_targets(const OpenFile *file, ChangeSet set, Attempt *attempt, Err *err)
{
    const Plan *before = attempt->is_new ? &attempt->before.reading.plan : NULL;
    return may_write(&file->face, err) && changes_find(set, before, &file->reading.plan, attempt->targets, err);
}

/* The patch made, and on disk. */
static bool write_patch(OpenFile *file, Undo *undo, Way way, Attempt *attempt, Err *err)
{
    Patch patch = { 0 };
    FileMark mark = file->mark;
    bool is_new;
    if (!make_patch(file, attempt->targets, undo, way, &patch, &is_new, err)) {
        return false;
    }
    bool ok = file_replace_known(file->path, patch_text(file->doc, &patch), &mark, &attempt->is_other, err);
    if (ok && is_new) {
        keep_bytes(undo, &patch, way);
        keep_deleted(undo, file, attempt->targets, way);
    }
    if (ok) {
        open_file_saw(file, mark);
        store_journal(file, set_of(undo, way), attempt->targets);
        put_patch(file, &attempt->targets[0], &patch);
    } else {
        patch_done(&patch);
    }
    return ok;
}

/* Under the lock: the file as it is now, the changes made on it, the result on disk. An editor, which knows no lock, may save the
 * file meanwhile: then all begins anew on what it saved. */
static bool apply_locked(OpenFile *file, Undo *undo, Way way, Err *err)
{
    enum { TRIES = 10 };
    Arena arena = { 0 };
    Attempt attempt = { .targets = arena_alloc(&arena, undo->n * sizeof *attempt.targets) };
    bool ok = false;
    for (int i = 0; i < TRIES && !ok && (i == 0 || attempt.is_other); i++) {
        look_again(file, &attempt);
        ok = find_targets(file, set_of(undo, way), &attempt, err) && write_patch(file, undo, way, &attempt, err);
    }
    if (attempt.is_other) {
        (void)err_set(err, ERR_SYSTEM, T_FILE_BUSY, TEXT_STR(str_of(file->path)));
    }
    open_file_drop(&attempt.before);
    arena_done(&arena);
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

/* The changes are copied first: their strings may be views of the plan, which dies when the file must be read anew. */
bool store_apply_all(Store *store, size_t index, ChangeSet set, Undo **out_undo, Err *err)
{
    OpenFile *file = store->files.at[index];
    Undo *undo = undo_new(file->face.path, set);
    bool ok = apply(file, undo, WAY_DO, err);
    if (out_undo != NULL) {
        *out_undo = ok ? undo : NULL;
    }
    if (!ok || out_undo == NULL) {
        undo_free(undo);
    }
    return ok;
}

bool store_apply(Store *store, size_t index, const Change *change, Undo **out_undo, Err *err)
{
    return store_apply_all(store, index, (ChangeSet){ change, 1 }, out_undo, err);
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
