/*
 * Edits of any file. The first bytes say which map is changed and how, the rest is the file. An edit that is not
 * refused touches nothing before the map's first line and behind its last one, and what the guard lets pass is read again.
 */
#include <stdint.h>
#include <stdlib.h>

#include "vekha/base/err.h"
#include "vekha/doc/doc.h"
#include "vekha/doc/doc_edit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_CONTROL = 8, MAX_MAPS = 64 };

typedef struct Maps {
    const Node *at[MAX_MAPS];
    size_t n;
} Maps;

static const Str values[] = {
    STR_INIT("done"),       STR_INIT("2022-03-29"), STR_INIT("раз, два: три #4"), STR_INIT("раз\nдва\n"),  STR_INIT("раз\nдва"),
    STR_INIT(""),           STR_INIT("- x"),        STR_INIT("\x1B\xC2\x85'\""),  STR_INIT("No"),          STR_INIT(" x "),
    STR_INIT("]}"),         STR_INIT("*a"),         STR_INIT("\n\nx\n"),          STR_INIT("...\n---\nx"), STR_INIT("14:00"),
    STR_INIT("a\n  b\n\n"),
};
static const Str keys[] = { STR_INIT("status"), STR_INIT("done"),  STR_INIT("no"), STR_INIT("by"),
                            STR_INIT("a"),      STR_INIT("marks"), STR_INIT("b") };

static void require(bool is_true)
{
    if (!is_true) {
        abort();
    }
}

static void collect(Maps *maps, const Node *node)
{
    for (; node != NULL && maps->n < MAX_MAPS; node = node->next) {
        if (node->kind == NODE_MAP || node->kind == NODE_ALIAS) {
            maps->at[maps->n++] = node;
        }
        collect(maps, node->child);
    }
}

static Str key_of(const Node *map, uint8_t choice)
{
    size_t n = choice % 16;
    const Node *key = node_first_key(map);
    while (key != NULL && n > 0) {
        key = node_next_key(key);
        n--;
    }
    return key != NULL && key->kind == NODE_SCALAR ? key->text : keys[choice % COUNTOF(keys)];
}

static DocEdit make_edit(const Maps *maps, const uint8_t *control)
{
    static const DocPair pairs[] = { { .key = STR_INIT("at"), .value = STR_INIT("2022-03"), .is_plain = true },
                                     { .key = STR_INIT("by"), .value = STR_INIT("Методист: я") } };
    static const Str items[] = { STR_INIT("А, Б"), STR_INIT("27.03") };
    const Node *map = maps->at[control[0] % maps->n];
    DocEdit edit = { .kind = (DocEditKind)(control[1] % 3), .map = map, .key = key_of(map, control[2]) };
    if (edit.kind == DOC_APPEND) {
        edit.pairs = pairs;
        edit.n_pairs = COUNTOF(pairs);
    } else if (edit.kind == DOC_SET && control[1] >= 224) {
        edit.items = items;
        edit.n_items = COUNTOF(items);
    } else if (edit.kind == DOC_SET) {
        edit.value = values[control[3] % COUNTOF(values)];
        edit.is_plain = control[3] >= 192;
    }
    edit.after = control[3] % 2 == 0 ? STR("status") : key_of(map, control[3] / 16);
    return edit;
}

static size_t line_start(Str text, size_t at)
{
    while (at > 0 && text.at[at - 1] != '\n' && text.at[at - 1] != '\r') {
        at--;
    }
    return at;
}

static size_t next_line(Str text, size_t at)
{
    while (at < text.n_bytes && text.at[at] != '\n' && text.at[at] != '\r') {
        at++;
    }
    at += str_starts(str_from(text, at), STR("\r\n"));
    return at + 1 < text.n_bytes ? at + 1 : text.n_bytes;
}

/* Only the lines of the maps may change. */
static void check_bytes(Str before, Str after, const DocEdit *edits, size_t n_edits)
{
    size_t from = before.n_bytes;
    size_t to = 0;
    for (size_t i = 0; i < n_edits; i++) {
        size_t first = line_start(before, edits[i].map->start);
        size_t behind = next_line(before, edits[i].map->end);
        from = first < from ? first : from;
        to = behind > to ? behind : to;
    }
    require(str_starts(after, str_sub(before, 0, from)));
    require(str_ends(after, str_from(before, to)));
}

static void check_edits(const Doc *doc, const DocEdit *edits, size_t n_edits)
{
    StrBuf out = { 0 };
    Err err = { 0 };
    if (doc_edit(doc, edits, n_edits, &out, &err)) {
        Doc *after = doc_new(strbuf_str(&out));
        check_bytes(doc_text(doc), strbuf_str(&out), edits, n_edits);
        bool is_sure = doc_edit_check(doc, after, edits, n_edits, &err);
        require(is_sure || err.kind == ERR_REFUSED);
        doc_free(after);
    } else {
        require(err.kind == ERR_REFUSED && err.line >= 1 && out.n_bytes == 0);
    }
    strbuf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < N_CONTROL) {
        return 0;
    }
    Doc *doc = doc_new((Str){ (const char *)data + N_CONTROL, size - N_CONTROL });
    Maps maps = { 0 };
    collect(&maps, doc_root(doc));
    if (maps.n > 0) {
        DocEdit edits[] = { make_edit(&maps, data), make_edit(&maps, data + 4) };
        check_edits(doc, edits, 1);
        check_edits(doc, edits, 2);
    }
    doc_free(doc);
    return 0;
}
