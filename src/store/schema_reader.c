#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_priv.h"
#include "vekha/base/utf8.h"

static const KeyType type_of_field[] = {
    [FIELD_TYPE_TEXT] = KEY_TEXT,     [FIELD_TYPE_TEXTS] = KEY_TEXTS,    [FIELD_TYPE_DAY] = KEY_DAY,
    [FIELD_TYPE_STATUS] = KEY_STATUS, [FIELD_TYPE_LIST] = KEY_ELSEWHERE,
};

void reader_init(Reader *r)
{
    r->mark_keys[r->n_mark_keys++] = (KeyRow){ STR("at"), KEY_TEXT, offsetof(Mark, at) };
    for (int i = 0; i < FIELD_COUNT; i++) {
        const FieldInfo *info = field_info((FieldId)i);
        KeyType type = type_of_field[info->type];
        r->event_keys[i] = (KeyRow){ info->name, type, type == KEY_ELSEWHERE ? 0 : info->offset };
        if (info->mark_offset != SIZE_MAX) {
            r->mark_keys[r->n_mark_keys++] = (KeyRow){ info->name, type, info->mark_offset };
        }
    }
}

static void add_place(Reader *r, PlaceKind kind, size_t byte, size_t index)
{
    vec_push(&r->places, (Place){ kind, (uint32_t)byte, index });
}

void reader_line(Reader *r, const Node *node, bool is_section, size_t index)
{
    add_place(r, is_section ? PLACE_SECTION : PLACE_EVENT, node->start, index);
}

void reader_place(Reader *r, const Node *node, size_t problem)
{
    add_place(r, PLACE_PROBLEM, node->kind == NODE_ALIAS ? node->start : node->body, problem); /* an alias has no body */
}

static int by_byte(const void *left, const void *right)
{
    const Place *a = left;
    const Place *b = right;
    return (a->byte > b->byte) - (a->byte < b->byte);
}

static void set_place(Reading *out, const Place *place, int line, int col)
{
    switch (place->kind) {
    case PLACE_PROBLEM:
        out->problems.at[place->index].line = line;
        out->problems.at[place->index].col = col;
        break;
    case PLACE_ARGUMENT:
        out->problems.at[place->index].args[1] = TEXT_NUM(line);
        break;
    case PLACE_EVENT:
        out->plan.events.at[place->index].line = line;
        break;
    case PLACE_SECTION:
        out->plan.sections.at[place->index].line = line;
        break;
    }
}

/* Asked one by one, a file of one long line and a problem a value would take the square of its length. */
void reader_done(Reader *r)
{
    Str text = doc_text(r->doc);
    size_t byte = 0;
    size_t counted = 0; /* code points of this line: those before it are in col */
    int line = 1;
    int col = 1;
    if (r->places.n > 1) {
        qsort(r->places.at, r->places.n, sizeof *r->places.at, by_byte);
    }
    if (r->places.n > 0) {
        doc_place(r->doc, r->places.at[0].byte, &line, &col);
        byte = counted = r->places.at[0].byte;
    }
    for (size_t i = 0; i < r->places.n; i++) {
        for (; byte < r->places.at[i].byte; byte++) {
            bool is_break = text.at[byte] == '\n' || (text.at[byte] == '\r' && !str_starts(str_from(text, byte + 1), STR("\n")));
            line += is_break;
            col = is_break ? 1 : col;
            counted = is_break ? byte + 1 : counted;
        }
        col += (int)utf8_count(str_sub(text, counted, byte));
        counted = byte;
        set_place(r->out, &r->places.at[i], line, col);
    }
    vec_done(&r->places);
}

static Problem *push_problem(Reader *r, Rule rule, TextId text)
{
    vec_push(&r->out->problems, (Problem){ .rule = rule, .event = SIZE_MAX, .text = text, .line = 1, .col = 1 });
    return &r->out->problems.at[r->out->problems.n - 1];
}

void reader_problem(Reader *r, Rule rule, const Node *at, TextId text, TextArg first, TextArg second)
{
    Problem *problem = push_problem(r, rule, text);
    problem->n_args = 2;
    problem->args[0] = first;
    problem->args[1] = second;
    if (at != NULL) {
        reader_place(r, at, r->out->problems.n - 1);
    }
}

void reader_err(Reader *r, Rule rule, const Err *err)
{
    Problem *problem = push_problem(r, rule, err->text);
    problem->line = err->line > 0 ? err->line : 1;
    problem->col = err->col > 0 ? err->col : 1;
    for (int i = 0; i < err->n_args && i < PROBLEM_MAX_ARGS; i++) {
        problem->args[i] = err->args[i];
        problem->args[i].str = arena_copy(&r->out->plan.arena, err->args[i].str);
        problem->n_args++;
    }
}

static TextId type_text(const Node *node)
{
    switch ((NodeKind)node->kind) {
    case NODE_SCALAR:
        return T_TYPE_TEXT;
    case NODE_MAP:
        return T_TYPE_MAP;
    case NODE_LIST:
        return T_TYPE_LIST;
    case NODE_ALIAS:
        return T_TYPE_ALIAS;
    }
    return T_TYPE_TEXT;
}

void reader_wrong_type(Reader *r, Str key, const Node *at, TextId wanted)
{
    reader_problem(r, RULE_BAD_VALUE, at, T_VALUE_WRONG_TYPE, TEXT_STR(key), TEXT_ROW(wanted));
    Problem *problem = &r->out->problems.at[r->out->problems.n - 1];
    problem->args[problem->n_args++] = TEXT_ROW(type_text(at));
}

bool reader_text(Reader *r, Str key, const Node *value, Str *out)
{
    const Node *node = node_resolve(r->doc, value);
    if (node_is_null(node)) {
        return true;
    }
    if (node->kind != NODE_SCALAR) {
        reader_wrong_type(r, key, node, T_TYPE_TEXT);
        return false;
    }
    *out = node->text;
    return true;
}

/* A line break, with the blanks around it, is a blank: a name is one line, as everywhere in the program. */
static Str fold(Str text, Arena *arena)
{
    if (str_find_char(text, '\n', 0) == SIZE_MAX) {
        return text;
    }
    StrBuf folded = { 0 };
    while (text.n_bytes > 0) {
        Str line = str_trim(str_cut(&text, '\n'));
        strbuf_add(&folded, folded.n_bytes > 0 && line.n_bytes > 0 ? STR(" ") : (Str){ 0 });
        strbuf_add(&folded, line);
    }
    Str kept = arena_copy(arena, strbuf_str(&folded));
    strbuf_done(&folded);
    return kept;
}

/* One text, or a list of them. */
static void read_texts(Reader *r, Str key, const Node *value, StrList *out)
{
    const Node *node = node_resolve(r->doc, value);
    if (node_is_null(node)) {
        return;
    }
    if (node->kind == NODE_MAP) {
        reader_wrong_type(r, key, node, T_TYPE_LIST);
        return;
    }
    size_t n = node->kind == NODE_SCALAR ? 1 : 0;
    for (const Node *item = node->child; item != NULL; item = item->next) {
        n++;
    }
    Arena *arena = &r->out->plan.arena;
    Str *list = arena_alloc(arena, n * sizeof *list);
    size_t n_read = 0;
    if (node->kind == NODE_SCALAR) {
        list[0] = fold(node->text, arena);
        n_read = list[0].n_bytes > 0;
    }
    for (const Node *item = node->child; item != NULL; item = item->next) {
        Str text = { 0 };
        if (reader_text(r, key, item, &text)) {
            list[n_read] = fold(text, arena);
            n_read += list[n_read].n_bytes > 0;
        }
    }
    *out = (StrList){ list, n_read };
}

static void read_day(Reader *r, Str key, const Node *value, Day *out)
{
    Str text = { 0 };
    if (reader_text(r, key, value, &text) && text.n_bytes > 0 && !day_parse(text, out)) {
        reader_problem(r, RULE_BAD_VALUE, value, T_VALUE_NOT_DAY, TEXT_STR(key), TEXT_STR(text));
    }
}

static void read_status(Reader *r, Str key, const Node *value, Status *out)
{
    Str text = { 0 };
    Status near;
    if (!reader_text(r, key, value, &text) || text.n_bytes == 0 || status_parse_name(text, out)) {
        return;
    }
    if (status_parse(text, &near) || status_nearest(text, &near)) {
        reader_problem(r, RULE_BAD_VALUE, value, T_VALUE_NOT_STATUS_NEAR, TEXT_STR(text), TEXT_STR(status_info(near)->name));
    } else {
        reader_problem(r, RULE_BAD_VALUE, value, T_VALUE_NOT_STATUS, TEXT_STR(text), (TextArg){ 0 });
    }
}

static void read_period(Reader *r, Str key, const Node *value, Span *out)
{
    Str text = { 0 };
    if (reader_text(r, key, value, &text) && text.n_bytes > 0 && !span_parse(text, out)) {
        reader_problem(r, RULE_BAD_VALUE, value, T_VALUE_NOT_PERIOD, TEXT_STR(key), TEXT_STR(text));
    }
}

static void read_value(Reader *r, const KeyRow *row, const Node *value, void *record)
{
    if (row->type == KEY_ELSEWHERE) {
        return; /* then there need not be a record */
    }
    void *at = (char *)record + row->offset;
    switch (row->type) {
    case KEY_TEXT:
        (void)reader_text(r, row->name, value, at);
        break;
    case KEY_TEXTS:
        read_texts(r, row->name, value, at);
        break;
    case KEY_DAY:
        read_day(r, row->name, value, at);
        break;
    case KEY_STATUS:
        read_status(r, row->name, value, at);
        break;
    case KEY_PERIOD:
        read_period(r, row->name, value, at);
        break;
    case KEY_ELSEWHERE:
        break;
    }
}

static const KeyRow *find_row(const RecordType *type, Str name)
{
    for (size_t i = 0; i < type->n_rows; i++) {
        if (str_eq(type->rows[i].name, name)) {
            return &type->rows[i];
        }
    }
    return NULL;
}

static void unknown_key(Reader *r, const RecordType *type, const Node *key, Str name)
{
    enum { NEAR = 3 };
    size_t best = NEAR;
    const KeyRow *nearest = NULL;
    for (size_t i = 0; i < type->n_rows; i++) {
        size_t n_name = type->rows[i].name.n_bytes;
        bool is_far = name.n_bytes >= n_name + best || n_name >= name.n_bytes + best;
        size_t distance = is_far ? best : str_distance(name, type->rows[i].name, best);
        if (distance < best && distance < n_name) {
            best = distance;
            nearest = &type->rows[i];
        }
    }
    if (nearest != NULL) {
        reader_problem(r, RULE_UNKNOWN_KEY, key, T_KEY_UNKNOWN_NEAR, TEXT_STR(name), TEXT_STR(nearest->name));
    } else {
        reader_problem(r, RULE_UNKNOWN_KEY, key, T_KEY_UNKNOWN, TEXT_STR(name), (TextArg){ 0 });
    }
}

static int by_text(const void *left, const void *right)
{
    const Node *const *a = left;
    const Node *const *b = right;
    int order = str_cmp((*a)->text, (*b)->text);
    return order != 0 ? order : ((*a)->start > (*b)->start) - ((*a)->start < (*b)->start);
}

static void report_duplicates(Reader *r, const Node **keys, size_t n)
{
    qsort(keys, n, sizeof *keys, by_text);
    for (size_t i = 1; i < n; i++) {
        if (keys[i]->text.n_bytes > 0 && str_eq(keys[i - 1]->text, keys[i]->text)) {
            reader_problem(r, RULE_DUPLICATE_KEY, keys[i], T_KEY_TWICE, TEXT_STR(keys[i]->text), TEXT_NUM(0));
            add_place(r, PLACE_ARGUMENT, keys[i - 1]->body, r->out->problems.n - 1);
        }
    }
}

void reader_duplicates(Reader *r, const Node *map)
{
    enum { FEW = 32 };
    const Node *few[FEW];
    size_t n = 0;
    bool is_double = false;
    for (const Node *key = node_first_key(map); key != NULL && n < FEW; key = node_next_key(key)) {
        if (key->kind != NODE_SCALAR) { /* an alias's text is its own name, not the key */
            continue;
        }
        for (size_t i = 0; i < n && !is_double; i++) {
            is_double = key->text.n_bytes > 0 && str_eq(few[i]->text, key->text);
        }
        few[n++] = key;
    }
    if (n < FEW) {
        if (is_double) {
            report_duplicates(r, few, n);
        }
        return;
    }
    VEC(const Node *) many = { 0 };
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        if (key->kind == NODE_SCALAR) {
            vec_push(&many, key);
        }
    }
    report_duplicates(r, many.at, many.n);
    vec_done(&many);
}

/* Keys that the map takes over from others with `<<`, where it has none of its own. */
static void read_merged(Reader *r, const Node *map, const RecordType *type, void *record)
{
    for (size_t i = 0; i < type->n_rows; i++) {
        const Node *value =
            node_own_key(r->doc, map, type->rows[i].name) == NULL ? node_get(r->doc, map, type->rows[i].name) : NULL;
        if (value != NULL) {
            read_value(r, &type->rows[i], value, record);
        }
    }
}

void reader_record(Reader *r, const Node *item, const RecordType *type, void *record)
{
    const Node *map = node_resolve(r->doc, item);
    bool merges = false;
    if (map == NULL || map->kind != NODE_MAP) {
        if (!node_is_null(map)) {
            reader_wrong_type(r, type->name, map, T_TYPE_MAP);
        }
        return;
    }
    reader_duplicates(r, map);
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        const Node *name = node_resolve(r->doc, key);
        const KeyRow *row = name->kind == NODE_SCALAR ? find_row(type, name->text) : NULL;
        if (row != NULL) {
            read_value(r, row, key->next, record);
        } else if (node_is_merge_key(key)) {
            merges = true;
        } else if (type->own == NULL || !type->own(r, key, record)) {
            unknown_key(r, type, key, name->text);
        }
    }
    if (merges) {
        read_merged(r, map, type, record);
    }
}

void reader_each(Reader *r, const Node *value, void (*read)(Reader *r, const Node *item, void *into), void *into)
{
    const Node *node = node_resolve(r->doc, value);
    if (node_is_null(node)) {
        return;
    }
    if (node->kind != NODE_LIST) {
        read(r, node, into);
        return;
    }
    for (const Node *item = node->child; item != NULL; item = item->next) {
        read(r, item, into);
    }
}
