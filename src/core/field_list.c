#include "vekha/core/field_list.h"

#include <limits.h>

/* One value of an item. */
typedef struct Column {
    size_t offset;
    bool is_day;
} Column;

typedef struct ItemType {
    size_t size;
    const Column *columns;
    size_t n_columns;
} ItemType;

static const Column was_columns[] = { { offsetof(Was, when), false },
                                      { offsetof(Was, dates), false },
                                      { offsetof(Was, on), true },
                                      { offsetof(Was, by), false },
                                      { offsetof(Was, reason), false } };
static const ItemType was_type = { sizeof(Was), was_columns, COUNTOF(was_columns) };

static const Column conflict_columns[] = { { offsetof(Conflict, field), false },
                                           { offsetof(Conflict, base), false },
                                           { offsetof(Conflict, theirs), false } };
static const ItemType conflict_type = { sizeof(Conflict), conflict_columns, COUNTOF(conflict_columns) };

static void add_escaped(StrBuf *out, Str text)
{
    for (size_t i = 0; i < text.n_bytes; i++) {
        char c = text.at[i];
        if (c == '\t' || c == '\n' || c == '\\') {
            strbuf_add_char(out, '\\');
            c = (char)(c == '\t' ? 't' : c == '\n' ? 'n' : c);
        }
        strbuf_add_char(out, c);
    }
}

static bool unescape(Str text, Arena *arena, Str *out)
{
    StrBuf plain = { 0 };
    bool ok = true;
    for (size_t i = 0; i < text.n_bytes && ok; i++) {
        char c = text.at[i];
        if (c == '\\') {
            i++;
            ok = i < text.n_bytes && (text.at[i] == 't' || text.at[i] == 'n' || text.at[i] == '\\');
            c = (char)(!ok ? '\\' : text.at[i] == 't' ? '\t' : text.at[i] == 'n' ? '\n' : '\\');
        }
        strbuf_add_char(&plain, c);
    }
    *out = arena_copy(arena, strbuf_str(&plain));
    strbuf_done(&plain);
    return ok;
}

static void add_items(StrBuf *out, const ItemType *type, const void *items, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *item = (const char *)items + i * type->size;
        strbuf_add(out, i > 0 ? STR("\n") : (Str){ 0 });
        for (size_t k = 0; k < type->n_columns; k++) {
            const Column *column = &type->columns[k];
            strbuf_add(out, k > 0 ? STR("\t") : (Str){ 0 });
            if (!column->is_day) {
                add_escaped(out, *(const Str *)(item + column->offset));
            } else if (*(const Day *)(item + column->offset) != 0) {
                day_add_iso(out, *(const Day *)(item + column->offset));
            }
        }
    }
}

static size_t count(Str text, char c)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n_bytes; i++) {
        n += text.at[i] == c;
    }
    return n;
}

static bool parse_item(const ItemType *type, Str line, Arena *arena, char *item)
{
    bool ok = count(line, '\t') == type->n_columns - 1;
    for (size_t k = 0; k < type->n_columns && ok; k++) {
        const Column *column = &type->columns[k];
        Str value = str_cut(&line, '\t');
        ok = column->is_day ? value.n_bytes == 0 || day_parse(value, (Day *)(item + column->offset))
                            : unescape(value, arena, (Str *)(item + column->offset));
    }
    return ok;
}

static void *parse_items(const ItemType *type, Str text, Arena *arena, unsigned *out_n)
{
    size_t n = text.n_bytes == 0 ? 0 : count(text, '\n') + 1;
    char *items = arena_alloc(arena, n * type->size);
    *out_n = 0;
    if (n > INT_MAX) {
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        if (!parse_item(type, str_cut(&text, '\n'), arena, items + i * type->size)) {
            return NULL;
        }
    }
    *out_n = (unsigned)n;
    return items;
}

void was_add(StrBuf *out, const Was *was, size_t n)
{
    add_items(out, &was_type, was, n);
}

bool was_parse(Str text, Arena *arena, const Was **out, unsigned *out_n)
{
    *out = parse_items(&was_type, text, arena, out_n);
    return *out != NULL;
}

void conflict_add(StrBuf *out, const Conflict *conflicts, size_t n)
{
    add_items(out, &conflict_type, conflicts, n);
}

bool conflict_parse(Str text, Arena *arena, const Conflict **out, unsigned *out_n)
{
    *out = parse_items(&conflict_type, text, arena, out_n);
    return *out != NULL;
}
