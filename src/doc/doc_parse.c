#include <search.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "doc/doc_priv.h"

/* What the walk over an anchored node costs, aliases in it expanded. */
typedef struct Anchor {
    Str name;
    const Node *node;
    uint64_t weight; /* bytes, and NODE_WEIGHT a node */
    int height;      /* levels of nesting in it */
    bool is_open;    /* its end has not been read */
} Anchor;

/* A collection whose end has not been read. */
typedef struct Level {
    Node *node, *last;
    bool has_odd_child; /* a key that waits for its value */
    uint64_t weight;
    int height;
    Anchor *anchor; /* the collection's own; NULL: none */
} Level;

typedef struct Reader {
    Doc *doc;
    Str text; /* what is read of the doc's text, BOM included */
    size_t n_bom;
    yaml_parser_t parser;
    Cursor cursor;
    Level levels[DOC_MAX_LEVELS];
    int depth;
    uint64_t expanded; /* weight of all that aliases stand for */
    void *anchors;     /* tsearch() tree of Anchor by name: hostile names cannot make it slow */
} Reader;

enum { NODE_WEIGHT = 16, BYTES_PER_KIB = 1024, BYTES_PER_MIB = 1024 * 1024 };

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const Anchor *)a)->name, ((const Anchor *)b)->name);
}

#define stop(reader, byte, text, ...)                                           \
    (doc_break((reader)->doc, (byte), (text), (const TextArg[]){ __VA_ARGS__ }, \
               sizeof((const TextArg[]){ __VA_ARGS__ }) / sizeof(TextArg)),     \
     false)

static uint32_t byte_of(Reader *reader, yaml_mark_t mark)
{
    return (uint32_t)(cursor_move(&reader->cursor, reader->text, mark.index));
}

static Str str_of_yaml(const yaml_char_t *text)
{
    return str_of((const char *)text);
}

/* The text as a view of the file's own bytes if they are the same, else a copy. */
static Str keep_value(Reader *reader, const Node *node, Str value)
{
    size_t quote = node->style == NODE_SINGLE || node->style == NODE_DOUBLE ? 1 : 0;
    Str raw = str_sub(reader->text, node->body + quote, node->end - quote);
    return str_eq(raw, value) ? raw : arena_copy(&reader->doc->arena, value);
}

static Anchor *add_anchor(Reader *reader, const Node *node, const yaml_char_t *name)
{
    Anchor *anchor = ARENA_NEW(&reader->doc->arena, Anchor);
    anchor->name = arena_copy(&reader->doc->arena, str_of_yaml(name));
    void *slot = tsearch(anchor, &reader->anchors, by_name);
    if (slot == NULL) {
        abort(); /* out of memory */
    }
    Anchor *named = *(Anchor **)slot; /* an anchor given again takes the place of the first */
    named->node = node;
    named->weight = 0;
    named->height = 0;
    named->is_open = true;
    return named;
}

static void close_anchor(Anchor *anchor, const Node *node, uint64_t weight, int height)
{
    if (anchor != NULL && anchor->node == node) { /* else the name was given again inside */
        anchor->weight = weight;
        anchor->height = height;
        anchor->is_open = false;
    }
}

static void add_weight(Reader *reader, uint64_t weight, int height)
{
    if (reader->depth > 0) {
        Level *level = &reader->levels[reader->depth - 1];
        level->weight += weight;
        level->height = height >= level->height ? height + 1 : level->height;
    }
}

/* An empty value's mark may be as far as the next token: its place is behind the colon, or behind its key. */
static void place_empty(Reader *reader, Node *node)
{
    const Level *level = reader->depth > 0 ? &reader->levels[reader->depth - 1] : NULL;
    if (level == NULL || !level->has_odd_child) {
        return;
    }
    uint32_t key_end = level->last->end;
    size_t colon = span_after_colon(reader->text, key_end, reader->text.n_bytes);
    size_t at = colon == SIZE_MAX || colon > node->start ? key_end : colon;
    node->start = node->body = node->end = (uint32_t)at;
}

static Node *add_node(Reader *reader, NodeKind kind, const yaml_event_t *event)
{
    Node *node = ARENA_NEW(&reader->doc->arena, Node);
    node->kind = (uint8_t)kind;
    node->start = byte_of(reader, event->start_mark);
    node->end = byte_of(reader, event->end_mark);
    node->body = node->start;
    reader->doc->n_nodes++;
    return node;
}

static void link_node(Reader *reader, Node *node)
{
    if (reader->depth == 0) {
        reader->doc->root = node;
        return;
    }
    Level *level = &reader->levels[reader->depth - 1];
    if (level->last == NULL) {
        level->node->child = node;
    } else {
        level->last->next = node;
    }
    level->last = node;
    level->has_odd_child = level->node->kind == NODE_MAP && !level->has_odd_child;
}

static void set_properties(Reader *reader, Node *node, bool has_anchor, bool has_tag, size_t to)
{
    node->has_anchor = has_anchor;
    node->has_tag = has_tag;
    if (has_anchor || has_tag) {
        node->body = (uint32_t)span_skip_properties(reader->text, node->start, to, has_anchor, has_tag);
    }
}

static bool read_scalar(Reader *reader, const yaml_event_t *event)
{
    static const uint8_t styles[] = {
        [YAML_PLAIN_SCALAR_STYLE] = NODE_PLAIN,          [YAML_SINGLE_QUOTED_SCALAR_STYLE] = NODE_SINGLE,
        [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = NODE_DOUBLE, [YAML_LITERAL_SCALAR_STYLE] = NODE_LITERAL,
        [YAML_FOLDED_SCALAR_STYLE] = NODE_FOLDED,
    };
    Str value = { (const char *)event->data.scalar.value, event->data.scalar.length };
    Node *node = add_node(reader, NODE_SCALAR, event);
    node->style = styles[event->data.scalar.style];
    bool has_anchor = event->data.scalar.anchor != NULL;
    set_properties(reader, node, has_anchor, event->data.scalar.tag != NULL, node->end);
    if (value.n_bytes > DOC_MAX_VALUE_KIB * BYTES_PER_KIB) {
        return stop(reader, node->body, T_DOC_VALUE_TOO_LONG, TEXT_NUM(DOC_MAX_VALUE_KIB));
    }
    if (node->style >= NODE_LITERAL) {
        node->end = (uint32_t)span_block_scalar_end(reader->text, node->body, node->end);
    } else if (node->start == node->end) {
        place_empty(reader, node);
    }
    node->text = keep_value(reader, node, value);
    uint64_t weight = NODE_WEIGHT + value.n_bytes;
    if (has_anchor) {
        close_anchor(add_anchor(reader, node, event->data.scalar.anchor), node, weight, 0);
    }
    link_node(reader, node);
    add_weight(reader, weight, 0);
    return true;
}

static bool read_alias(Reader *reader, const yaml_event_t *event)
{
    Anchor wanted = { .name = str_of_yaml(event->data.alias.anchor) };
    Anchor **found = tfind(&wanted, &reader->anchors, by_name);
    Node *node = add_node(reader, NODE_ALIAS, event);
    if (found == NULL) {
        return stop(reader, node->start, T_DOC_UNKNOWN_ALIAS, TEXT_STR(wanted.name));
    }
    if ((*found)->is_open) {
        return stop(reader, node->start, T_DOC_ALIAS_INSIDE_ITSELF, TEXT_STR(wanted.name));
    }
    if (reader->depth + (*found)->height > DOC_MAX_LEVELS) {
        return stop(reader, node->start, T_DOC_TOO_DEEP, TEXT_NUM(DOC_MAX_LEVELS));
    }
    reader->expanded += (*found)->weight;
    if (reader->expanded > (uint64_t)DOC_MAX_MIB * BYTES_PER_MIB) {
        return stop(reader, node->start, T_DOC_ALIASES_TOO_LARGE, TEXT_STR(wanted.name), TEXT_NUM(DOC_MAX_MIB));
    }
    node->text = str_sub(reader->text, node->start + 1, node->end);
    node->body = (uint32_t)reader->doc->targets.n;
    vec_push(&reader->doc->targets, (*found)->node);
    link_node(reader, node);
    add_weight(reader, (*found)->weight, (*found)->height);
    return true;
}

static bool open_level(Reader *reader, NodeKind kind, const yaml_event_t *event)
{
    bool is_map = kind == NODE_MAP;
    const yaml_char_t *anchor = is_map ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    const yaml_char_t *tag = is_map ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    bool is_flow = is_map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                          : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    Node *node = add_node(reader, kind, event);
    if (reader->depth == DOC_MAX_LEVELS) {
        return stop(reader, node->start, T_DOC_TOO_DEEP, TEXT_NUM(DOC_MAX_LEVELS));
    }
    node->style = is_flow ? NODE_FLOW : NODE_BLOCK;
    set_properties(reader, node, anchor != NULL, tag != NULL, reader->text.n_bytes);
    link_node(reader, node);
    reader->levels[reader->depth++] = (Level){
        .node = node, .weight = NODE_WEIGHT, .height = 1, .anchor = anchor == NULL ? NULL : add_anchor(reader, node, anchor)
    };
    return true;
}

/* A key that got no value goes: whoever walks the children may rely on pairs. */
static void drop_odd_key(Level *level)
{
    Node *map = level->node;
    if (level->has_odd_child) {
        Node *kept = NULL;
        for (Node *node = (Node *)map->child; node != level->last; node = (Node *)node->next) {
            kept = node;
        }
        level->last = kept;
        if (kept == NULL) {
            map->child = NULL;
        } else {
            kept->next = NULL;
        }
    }
}

/* end: what libyaml gives. Only brackets and braces end there; all else with its last child. */
static void close_level(Reader *reader, uint32_t end)
{
    Level *level = &reader->levels[--reader->depth];
    Node *node = level->node;
    drop_odd_key(level);
    bool has_bracket = node->style == NODE_FLOW && end > node->body && strchr("[{", reader->text.at[node->body]) != NULL;
    node->end = has_bracket ? end : level->last != NULL ? level->last->end : node->body;
    close_anchor(level->anchor, node, level->weight, level->height);
    add_weight(reader, level->weight, level->height);
}

/* True while there is more to read of the first document. */
static bool read_event(Reader *reader, const yaml_event_t *event)
{
    if (reader->doc->n_nodes >= DOC_MAX_NODES) {
        return stop(reader, byte_of(reader, event->start_mark), T_DOC_TOO_MANY_NODES, TEXT_NUM(DOC_MAX_NODES));
    }
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, event);
    case YAML_ALIAS_EVENT:
        return read_alias(reader, event);
    case YAML_MAPPING_START_EVENT:
        return open_level(reader, NODE_MAP, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_level(reader, NODE_LIST, event);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        close_level(reader, byte_of(reader, event->end_mark));
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_DOCUMENT_START_EVENT:
        return true;
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return false;
    }
    return false;
}

/* Only blanks, comments and `...` may follow: a second document is not looked at, and must not be lost by a save. */
static void check_rest(Reader *reader, size_t at)
{
    Str text = reader->text;
    at = span_skip_gap(text, at, text.n_bytes);
    while (str_starts(str_from(text, at), STR("...")) && span_line_start(text, at) == at) {
        at = span_skip_gap(text, at + 3, text.n_bytes);
    }
    if (at < text.n_bytes) {
        doc_break(reader->doc, at, T_DOC_SECOND_DOCUMENT, NULL, 0);
    }
}

static bool has_break(Str text, size_t from, size_t to)
{
    return span_line_end(text, from) < to;
}

/* The innermost bracket or brace that is open, if it stands lines above the problem, or the text ends; else SIZE_MAX. */
static size_t find_open_bracket(const Reader *reader, size_t at)
{
    for (int i = reader->depth - 1; i >= 0 && reader->levels[i].node->style == NODE_FLOW; i--) {
        size_t body = reader->levels[i].node->body;
        if (body < at && (reader->text.at[body] == '[' || reader->text.at[body] == '{')) { /* a pair in a list has none */
            return at == reader->text.n_bytes || has_break(reader->text, body, at) ? body : SIZE_MAX;
        }
    }
    return SIZE_MAX;
}

/*
 * A quote that is not closed closes with the next one, lines below, and what stands right behind that is no YAML: the quote of
 * such a text; else SIZE_MAX.
 */
static size_t find_late_quote(const Reader *reader, size_t at)
{
    const Node *last = reader->depth > 0 ? reader->levels[reader->depth - 1].last : reader->doc->root;
    bool is_quoted = last != NULL && last->kind == NODE_SCALAR && (last->style == NODE_SINGLE || last->style == NODE_DOUBLE);
    bool is_late = is_quoted && has_break(reader->text, last->body, last->end) && !has_break(reader->text, last->end, at);
    return is_late ? last->body : SIZE_MAX;
}

/* True if the problem is told as that of a bracket or a quote that stands open, which is where it has to be mended. */
static bool report_unclosed(Reader *reader, TextId text, size_t at)
{
    Cursor cursor = { .byte = reader->n_bom };
    if (text == T_DOC_OPEN_QUOTE) {
        size_t quote = cursor_move(&cursor, reader->text, reader->parser.context_mark.index);
        doc_break_unclosed(reader->doc, text, quote, at);
        return true;
    }
    size_t quote = find_late_quote(reader, at);
    size_t bracket = find_open_bracket(reader, at);
    if (quote != SIZE_MAX) {
        doc_break_unclosed(reader->doc, T_DOC_LATE_QUOTE, quote, at);
    } else if (bracket != SIZE_MAX && (text == T_DOC_NO_BRACKET || text == T_DOC_NO_BRACE || text == T_DOC_NO_CONTENT)) {
        doc_break_unclosed(reader->doc, T_DOC_OPEN_BRACKET, bracket, at);
    }
    return reader->doc->is_broken;
}

static void report_problem(Reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_READER_ERROR) {
        return; /* it has no place; our caller finds it */
    }
    TextId text = doc_problem_text(parser->problem);
    Cursor cursor = { .byte = reader->n_bom };
    size_t byte = cursor_move(&cursor, reader->text, parser->problem_mark.index);
    TextArg args[] = { TEXT_NUM(parser->context_mark.line + 1), TEXT_STR(str_of(parser->problem)) };
    if (!report_unclosed(reader, text, byte)) {
        doc_break(reader->doc, byte, text, args, COUNTOF(args));
    }
}

static void read_all(Reader *reader)
{
    bool has_more = true;
    while (has_more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&reader->parser, &event)) {
            report_problem(reader);
            break;
        }
        has_more = read_event(reader, &event);
        if (event.type == YAML_DOCUMENT_END_EVENT) {
            check_rest(reader, byte_of(reader, event.end_mark));
        }
        yaml_event_delete(&event);
    }
    while (reader->depth > 0) {
        close_level(reader, 0);
    }
}

static void free_nothing(void *anchor)
{
    (void)anchor; /* it lies in the arena */
}

bool doc_parse(Doc *doc, size_t n_bytes)
{
    Reader reader = { .doc = doc, .text = str_sub(doc->text, 0, n_bytes) };
    reader.n_bom = span_bom(reader.text);
    reader.cursor.byte = reader.n_bom;
    if (!yaml_parser_initialize(&reader.parser)) {
        abort(); /* out of memory */
    }
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)reader.text.at, reader.text.n_bytes);
    read_all(&reader);
    bool could_read = reader.parser.error != YAML_READER_ERROR;
    yaml_parser_delete(&reader.parser);
    tdestroy(reader.anchors, free_nothing);
    return could_read;
}
