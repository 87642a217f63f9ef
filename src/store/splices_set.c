#include "store/splices_priv.h"
#include "vekha/doc/doc_entry.h"

/* An event that moves is deleted here and inserted there, as its bytes: what is edited of it is edited in those. */

/* What else the set does to each event. */
typedef struct Others {
    bool *moves, *has_edits; /* of the event of that index */
} Others;

static Others find_others(Splices *out, const Reading *reading, ChangeSet set, const ChangeTarget *targets)
{
    size_t n = reading->plan.events.n;
    Others others = { arena_alloc(&out->arena, n), arena_alloc(&out->arena, n) };
    for (size_t i = 0; i < set.n; i++) {
        if (set.at[i].kind == CHANGE_MOVE) {
            others.moves[targets[i].event] = true;
        } else if (set.at[i].kind == CHANGE_EDIT) {
            others.has_edits[targets[i].event] = true;
        }
    }
    return others;
}

/* The entry with its edits, and around it what else travels with the event: the comment above. */
static bool take_bytes(Splices *out, const Doc *doc, const DocEntry *entry, const Node *map, Str *bytes)
{
    size_t from;
    size_t to;
    Str text = doc_text(doc);
    size_t begin = doc_entry_from(entry);
    size_t end = begin + doc_entry_text(entry).n_bytes;
    Str now = doc_entry_new_text(entry);
    if (!doc_item_extent(doc, map, &from, &to) || from > begin || to < begin) {
        return false;
    }
    Str tail = str_sub(text, to, to < end ? end : to); /* blank lines that stay where they are */
    if (!str_ends(now, tail)) {
        return false;
    }
    StrBuf whole = { 0 };
    strbuf_add(&whole, str_sub(text, from, begin));
    strbuf_add(&whole, str_sub(now, 0, now.n_bytes - tail.n_bytes));
    strbuf_add(&whole, end < to ? str_sub(text, end, to) : (Str){ 0 });
    *bytes = arena_copy(&out->arena, strbuf_str(&whole));
    strbuf_done(&whole);
    return true;
}

static bool edited_bytes(Splices *out, const Doc *doc, const Node *map, ChangeSet set, const ChangeTarget *targets, size_t event,
                         Str *bytes)
{
    Splices inner = { 0 };
    DocEntry *entry = doc_entry_new(doc, map);
    bool ok = entry != NULL;
    for (size_t i = 0; i < set.n && ok; i++) {
        if (set.at[i].kind == CHANGE_EDIT && targets[i].event == event) {
            splices_edit(&inner, doc_entry_doc(entry), doc_entry_map(entry), &set.at[i]);
        }
    }
    ok = ok && doc_entry_edit(entry, inner.edits.at, inner.edits.n, NULL) && take_bytes(out, doc, entry, map, bytes);
    splices_done(&inner);
    doc_entry_free(entry);
    return ok;
}

static bool move_edited(Splices *out, const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets,
                        size_t move, Err *err)
{
    const ChangeTarget *target = &targets[move];
    const Binding *binding = &reading->bindings.at[target->event];
    Str bytes = { 0 };
    if (binding->is_aliased || !edited_bytes(out, doc, binding->map, set, targets, target->event, &bytes)) {
        (void)err_plain(err, ERR_REFUSED, T_WRITE_CANNOT_MOVE);
        return err_at(err, reading->plan.events.at[target->event].line, 1);
    }
    splices_move(out, doc, reading, target, bytes);
    return true;
}

bool splices_add_all(Splices *out, const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets, Err *err)
{
    Others others = find_others(out, reading, set, targets);
    bool ok = true;
    for (size_t i = 0; i < set.n && ok; i++) {
        const Change *change = &set.at[i];
        bool is_moved = change->kind == CHANGE_EDIT && others.moves[targets[i].event];
        if (change->kind == CHANGE_MOVE && others.has_edits[targets[i].event]) {
            ok = move_edited(out, doc, reading, set, targets, i, err);
        } else if (!is_moved) {
            ok = splices_add(out, doc, reading, change, &targets[i], err);
        }
    }
    return ok;
}
