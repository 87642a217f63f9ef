#include <stdint.h>
#include <stdlib.h>

#include "store/merge_priv.h"
#include "vekha/core/header.h"

/* Bytes that say nothing but values: they are left out. */
typedef struct Gap {
    size_t from, to;
} Gap;

typedef VEC(Gap) GapVec;

static size_t line_start(Str text, size_t at)
{
    while (at > 0 && text.at[at - 1] != '\n') {
        at--;
    }
    return at;
}

static size_t next_line(Str text, size_t at)
{
    size_t end = str_find_char(text, '\n', at);
    return end == SIZE_MAX ? text.n_bytes : end + 1;
}

static bool is_comment(Str line)
{
    return str_starts(str_trim(line), STR("#"));
}

/* The lines of comments directly above. */
static size_t above(Str text, size_t from)
{
    while (from > 0) {
        size_t before = line_start(text, from - 1);
        if (!is_comment(str_sub(text, before, from))) {
            break;
        }
        from = before;
    }
    return from;
}

Str rest_entry(const Side *side, size_t event)
{
    const Node *map = side->reading.bindings.at[event].map;
    Str text = doc_text(side->doc);
    size_t from = line_start(text, map->start);
    bool has_own_lines = map->style == NODE_BLOCK || str_is_blank(str_sub(text, from, map->start)) ||
                         str_eq(str_trim(str_sub(text, from, map->start)), STR("-"));
    return has_own_lines ? str_sub(text, above(text, from), next_line(text, map->end)) : str_sub(text, map->start, map->end);
}

/* The lines without what is left out, each trimmed; those that are empty then go, and so do commas and dashes alone. */
static void add_lines(StrBuf *out, Str text)
{
    while (text.n_bytes > 0) {
        Str line = str_trim(str_cut(&text, '\n'));
        bool is_mere = true;
        for (size_t i = 0; i < line.n_bytes && is_mere; i++) {
            is_mere = line.at[i] == ',' || line.at[i] == '-' || line.at[i] == '{' || line.at[i] == '}' || line.at[i] == ' ';
        }
        if (!is_mere) {
            strbuf_add(out, line);
            strbuf_add_char(out, '\n');
        }
    }
}

static int by_from(const void *left, const void *right)
{
    const Gap *a = left;
    const Gap *b = right;
    return (a->from > b->from) - (a->from < b->from);
}

static void add_without(StrBuf *out, Str text, size_t from, size_t to, GapVec *gaps)
{
    StrBuf left = { 0 };
    if (gaps->n > 1) {
        qsort(gaps->at, gaps->n, sizeof *gaps->at, by_from);
    }
    for (size_t i = 0; i < gaps->n; i++) {
        if (gaps->at[i].from >= from) {
            strbuf_add(&left, str_sub(text, from, gaps->at[i].from));
            from = gaps->at[i].to;
        }
    }
    strbuf_add(&left, str_sub(text, from, to < from ? from : to));
    add_lines(out, strbuf_str(&left));
    strbuf_done(&left);
}

/* Pairs of the map whose values the plan holds. */
static void skip_known(const Side *side, const Node *map, bool (*is_known)(const Side *side, Str key, int section), int section,
                       GapVec *gaps)
{
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        if (key->kind == NODE_SCALAR && is_known(side, key->text, section)) {
            vec_push(gaps, (Gap){ key->start, key->next->end > key->end ? key->next->end : key->end + 1 });
        }
    }
}

static bool is_event_key(const Side *side, Str key, int section)
{
    FieldId field;
    (void)section;
    return field_find(key, &field) || (plan_heading(&side->reading.plan, key).n_bytes > 0 && !str_eq(key, STR("mark")));
}

void rest_add_of_event(StrBuf *out, const Side *side, size_t event)
{
    const Node *map = side->reading.bindings.at[event].map;
    Str text = doc_text(side->doc);
    Str entry = rest_entry(side, event);
    size_t from = (size_t)(entry.at - text.at);
    GapVec gaps = { 0 };
    if (map->kind == NODE_MAP) {
        skip_known(side, map, is_event_key, -1, &gaps);
    }
    add_without(out, text, from, from + entry.n_bytes, &gaps);
    vec_done(&gaps);
}

static bool is_header_key(const Side *side, Str key, int section)
{
    (void)side;
    return header_find(key, section) != NULL || str_eq(key, STR("conflict"));
}

void rest_add_of_plan(StrBuf *out, const Side *side)
{
    const Reading *reading = &side->reading;
    Str text = doc_text(side->doc);
    GapVec gaps = { 0 };
    const Node *root = node_resolve(side->doc, doc_root(side->doc));
    if (root->kind == NODE_MAP) {
        skip_known(side, root, is_header_key, -1, &gaps);
    }
    for (size_t i = 0; i < reading->headers.n; i++) {
        skip_known(side, reading->headers.at[i], is_header_key, (int)i, &gaps);
    }
    for (size_t i = 0; i < reading->bindings.n; i++) {
        Str entry = rest_entry(side, i);
        size_t from = (size_t)(entry.at - text.at);
        vec_push(&gaps, (Gap){ from, from + entry.n_bytes });
    }
    add_without(out, text, 0, text.n_bytes, &gaps);
    vec_done(&gaps);
}
