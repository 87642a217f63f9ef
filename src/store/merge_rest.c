#include <stdint.h>
#include <stdlib.h>

#include "store/merge_priv.h"
#include "vekha/core/header.h"

/* Bytes that say nothing but values: they are left out. */
typedef struct Gap {
    size_t from, to;
} Gap;

typedef VEC(Gap) GapVec;

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static size_t line_start(Str text, size_t at)
{
    while (at > 0 && !is_break(text.at[at - 1])) {
        at--;
    }
    return at;
}

static size_t next_line(Str text, size_t at)
{
    while (at < text.n_bytes && !is_break(text.at[at])) {
        at++;
    }
    bool is_two = at + 1 < text.n_bytes && text.at[at] == '\r' && text.at[at + 1] == '\n';
    return at == text.n_bytes ? at : at + 1 + is_two;
}

static bool is_comment(Str line)
{
    return str_starts(str_trim(line), STR("#"));
}

/* The lines of comments directly above. */
static size_t above(Str text, size_t from)
{
    while (from > 0) {
        bool is_two = from > 1 && text.at[from - 1] == '\n' && text.at[from - 2] == '\r';
        size_t before = line_start(text, from - 1 - is_two);
        if (!is_comment(str_sub(text, before, from))) {
            break;
        }
        from = before;
    }
    return from;
}

/* In braces, does nothing but blanks and maybe a dash stand in front of it? Not asked of a whole line: it may hold all events. */
static bool begins_line(Str text, size_t at)
{
    size_t n_dashes = 0;
    for (; at > 0 && !is_break(text.at[at - 1]) && n_dashes < 2; at--) {
        bool is_dash = text.at[at - 1] == '-';
        n_dashes += is_dash;
        if (!is_dash && !str_is_blank(str_sub(text, at - 1, at))) {
            return false;
        }
    }
    return n_dashes < 2;
}

/* Behind the comma that follows what is in braces, if there is one. */
static size_t behind_comma(Str text, size_t end)
{
    size_t at = end;
    while (at < text.n_bytes && (text.at[at] == ' ' || text.at[at] == '\t')) {
        at++;
    }
    return at < text.n_bytes && text.at[at] == ',' ? at + 1 : end;
}

/* With its line where nothing but a comment stands behind it: brackets, or the next event, are not its own. */
static size_t entry_end(Str text, const Node *map)
{
    size_t end = next_line(text, map->end);
    Str tail = str_trim(str_sub(text, behind_comma(text, map->end), end));
    bool is_whole_line = map->style == NODE_BLOCK || tail.n_bytes == 0 || is_comment(tail);
    return is_whole_line ? end : map->end;
}

Str rest_entry(Side *side, size_t event)
{
    const Node *map = side->reading.bindings.at[event].map;
    Str text = doc_text(side->doc);
    Str extent = side_extent(side, event);
    if (extent.n_bytes > 0) {
        return extent;
    }
    bool has_own_lines = map->style == NODE_BLOCK || begins_line(text, map->start);
    size_t from = has_own_lines ? line_start(text, map->start) : map->start;
    return has_own_lines ? str_sub(text, above(text, from), entry_end(text, map)) : str_sub(text, map->start, map->end);
}

/* The bytes of a line break that YAML has besides (NEL, LS, PS), at that end of the line; 0: there is none. */
static size_t break_bytes(Str line, bool (*is_there)(Str line, Str wanted))
{
    static const Str breaks[] = { STR_INIT("\xC2\x85"), STR_INIT("\xE2\x80\xA8"), STR_INIT("\xE2\x80\xA9") };
    for (size_t i = 0; i < COUNTOF(breaks); i++) {
        if (is_there(line, breaks[i])) {
            return breaks[i].n_bytes;
        }
    }
    return 0;
}

/* Those breaks go, too: behind an item in brackets they move with it, and say nothing. */
static Str trim_line(Str line)
{
    size_t n;
    line = str_trim(line);
    while ((n = break_bytes(line, str_starts)) > 0) {
        line = str_trim(str_from(line, n));
    }
    while ((n = break_bytes(line, str_ends)) > 0) {
        line = str_trim(str_sub(line, 0, line.n_bytes - n));
    }
    return line;
}

/* The lines without what is left out, each trimmed; those that are empty then go, and so do the dashes of items. */
static void add_lines(StrBuf *out, Str text)
{
    while (text.n_bytes > 0) {
        size_t end = next_line(text, 0);
        Str line = trim_line(str_sub(text, 0, end));
        text = str_from(text, end);
        while (str_eq(line, STR("-")) || str_starts(line, STR("- "))) {
            line = str_trim(str_from(line, 1));
        }
        if (line.n_bytes > 0) {
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

/* What stood on both sides of a gap has one blank between, however the gap was written. */
static void add_piece(StrBuf *out, Str piece)
{
    bool is_behind_blank = out->n_bytes > 0 && out->at[out->n_bytes - 1] == ' ';
    while (is_behind_blank && str_starts(piece, STR(" "))) {
        piece = str_from(piece, 1);
    }
    strbuf_add(out, piece);
}

static void add_without(StrBuf *out, Str text, size_t from, size_t to, GapVec *gaps)
{
    StrBuf left = { 0 };
    if (gaps->n > 1) {
        qsort(gaps->at, gaps->n, sizeof *gaps->at, by_from);
    }
    for (size_t i = 0; i < gaps->n; i++) {
        if (gaps->at[i].from >= from) {
            add_piece(&left, str_sub(text, from, gaps->at[i].from));
        }
        from = gaps->at[i].to > from ? gaps->at[i].to : from;
    }
    add_piece(&left, str_sub(text, from, to < from ? from : to));
    add_lines(out, strbuf_str(&left));
    strbuf_done(&left);
}

static void skip_pair(const Node *key, GapVec *gaps)
{
    vec_push(gaps, (Gap){ key->start, key->next->end > key->end ? key->next->end : key->end + 1 });
}

/* Is it of the kind that reading takes? What it does not take stands in the file alone. */
static bool is_value(FieldId field, const Node *node)
{
    FieldType type = field_info(field)->type;
    Arena arena = { 0 };
    Event scratch = { 0 };
    bool ok = node->kind == NODE_SCALAR || node->kind == NODE_ALIAS || (node->kind == NODE_LIST && type == FIELD_TYPE_TEXTS);
    if (node->kind == NODE_SCALAR && (type == FIELD_TYPE_DAY || type == FIELD_TYPE_STATUS)) {
        ok = node_is_null(node) || field_parse(&scratch, field, node->text, &arena);
    }
    for (const Node *item = node->kind == NODE_LIST ? node->child : NULL; item != NULL && ok; item = item->next) {
        ok = item->kind == NODE_SCALAR || item->kind == NODE_ALIAS;
    }
    arena_done(&arena);
    return ok;
}

/* The brackets and commas of what is written in them. */
static void skip_brackets(Str text, const Node *node, GapVec *gaps)
{
    if (node->style != NODE_FLOW || (node->kind != NODE_LIST && node->kind != NODE_MAP)) {
        return;
    }
    vec_push(gaps, (Gap){ node->body, node->body + 1 });
    for (const Node *item = node->child; item != NULL; item = item->next) {
        const Node *value = node->kind == NODE_MAP ? item->next : item;
        size_t end = value->next != NULL ? value->next->start : node->end;
        size_t comma = str_find_char(str_sub(text, 0, end), ',', value->end > item->end ? value->end : item->end);
        if (comma != SIZE_MAX) {
            vec_push(gaps, (Gap){ comma, comma + 1 });
        }
        item = value;
    }
    vec_push(gaps, (Gap){ node->end - 1, node->end });
}

/* Pairs of a mark, of an earlier deadline, of a conflict. */
static void skip_known_of_item(Str text, const Node *map, GapVec *gaps)
{
    static const Str texts[] = { STR_INIT("at"), STR_INIT("field"), STR_INIT("base"), STR_INIT("theirs") };
    skip_brackets(text, map, gaps);
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        FieldId field = FIELD_NOTE;
        bool is_known = key->kind == NODE_SCALAR && field_find(key->text, &field);
        for (size_t i = 0; i < COUNTOF(texts) && key->kind == NODE_SCALAR; i++) {
            is_known = is_known || str_eq(key->text, texts[i]);
        }
        if (key->kind == NODE_SCALAR && str_eq(key->text, STR("on"))) {
            is_known = true;
            field = FIELD_DONE;
        }
        if (is_known && is_value(field, key->next)) {
            skip_pair(key, gaps);
        }
    }
}

static void skip_known_of_list(Str text, const Node *key, GapVec *gaps)
{
    vec_push(gaps, (Gap){ key->start, key->end + 1 });
    skip_brackets(text, key->next, gaps);
    for (const Node *item = key->next->child; item != NULL; item = item->next) {
        if (item->kind == NODE_MAP) {
            skip_known_of_item(text, item, gaps);
        } else {
            vec_push(gaps, (Gap){ item->start, item->end });
        }
    }
}

typedef struct Column {
    Str key;
    bool is_known, is_own;
} Column;

/* The columns that events may have of their own: what plan_heading() says. A plan may name as many as an event has keys. */
static void find_columns(Side *side)
{
    const Plan *plan = &side->reading.plan;
    for (size_t i = 0; i < plan->headings.n && !side->has_columns; i++) {
        const Heading *heading = &plan->headings.at[i];
        Column *column = key_tree_put(&side->columns, heading->key, sizeof *column);
        column->is_own = column->is_known ? column->is_own : heading->text.n_bytes > 0 && !str_eq(heading->key, STR("mark"));
        column->is_known = true;
    }
    side->has_columns = true;
}

/* Of a key that stands there twice the plan holds one value: the others are in the file alone. */
static void count_fields(const Node *map, size_t counts[FIELD_COUNT])
{
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        FieldId field;
        if (key->kind == NODE_SCALAR && field_find(key->text, &field)) {
            counts[field]++;
        }
    }
}

/* Does the change write that value anew? */
static bool is_written(const Change *change, Str key)
{
    for (size_t i = 0; change != NULL && i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        Str name = edit->key.n_bytes > 0 ? edit->key : field_info(edit->field)->name;
        if (edit->at.n_bytes == 0 && str_eq(name, key)) {
            return true;
        }
    }
    return false;
}

/* Pairs of the event whose values the plan holds, or the change brings. */
static void skip_known_of_event(Side *side, const Node *map, const Change *change, GapVec *gaps)
{
    Str text = doc_text(side->doc);
    size_t counts[FIELD_COUNT] = { 0 };
    count_fields(map, counts);
    find_columns(side);
    skip_brackets(text, map, gaps);
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        FieldId field = FIELD_NOTE;
        bool is_field = key->kind == NODE_SCALAR && field_find(key->text, &field);
        const Column *column = key->kind == NODE_SCALAR ? key_tree_find(&side->columns, key->text) : NULL;
        bool is_own = !is_field && column != NULL && column->is_own;
        if (is_field && counts[field] > 1) {
            continue;
        }
        if ((is_field || is_own) && is_written(change, key->text)) {
            skip_pair(key, gaps);
        } else if (is_field && field_info(field)->type == FIELD_TYPE_LIST && key->next->kind == NODE_LIST) {
            skip_known_of_list(text, key, gaps);
        } else if ((is_field || is_own) && is_value(field, key->next)) {
            skip_pair(key, gaps);
        }
    }
}

/* The same of the plan itself (-1), or of a section. */
static void skip_known_of_header(Str text, const Node *map, int section, GapVec *gaps)
{
    skip_brackets(text, map, gaps);
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        const HeaderField *field = key->kind == NODE_SCALAR ? header_find(key->text, section) : NULL;
        bool is_held = field != NULL && (key->next->kind == NODE_ALIAS ||
                                         (key->next->kind == NODE_SCALAR && header_is_value(field, key->next->text)));
        if (is_held || (key->kind == NODE_SCALAR && str_eq(key->text, STR("conflict")))) {
            skip_pair(key, gaps);
        } else if (key->kind == NODE_SCALAR && str_eq(key->text, STR("events"))) {
            vec_push(gaps, (Gap){ key->start, key->end + 1 });
            skip_brackets(text, key->next, gaps);
        }
    }
}

void rest_add_of_event(StrBuf *out, Side *side, size_t event, const Change *change)
{
    const Node *map = side->reading.bindings.at[event].map;
    Str text = doc_text(side->doc);
    Str entry = rest_entry(side, event);
    size_t from = (size_t)(entry.at - text.at);
    GapVec gaps = { 0 };
    if (map->kind == NODE_MAP) {
        skip_known_of_event(side, map, change, &gaps);
    }
    if (map->style == NODE_FLOW) {
        vec_push(&gaps, (Gap){ map->end, behind_comma(text, map->end) });
    }
    add_without(out, text, from, from + entry.n_bytes, &gaps);
    vec_done(&gaps);
}

Str rest_of_plan(Side *side)
{
    if (side->has_rest) {
        return strbuf_str(&side->rest);
    }
    side->has_rest = true;
    const Reading *reading = &side->reading;
    Str text = doc_text(side->doc);
    GapVec gaps = { 0 };
    const Node *root = node_resolve(side->doc, doc_root(side->doc));
    if (root->kind == NODE_MAP) {
        skip_known_of_header(text, root, -1, &gaps);
    }
    for (size_t i = 0; i < reading->headers.n; i++) {
        skip_known_of_header(text, reading->headers.at[i], (int)i, &gaps);
    }
    for (size_t i = 0; i < reading->bindings.n; i++) {
        Str entry = rest_entry(side, i);
        size_t from = (size_t)(entry.at - text.at);
        vec_push(&gaps, (Gap){ from, from + entry.n_bytes });
    }
    add_without(&side->rest, text, 0, text.n_bytes, &gaps);
    vec_done(&gaps);
    return strbuf_str(&side->rest);
}
