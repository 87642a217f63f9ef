#include "vekha/store/draft.h"

#include <stddef.h>

#include "vekha/base/utf8.h"

static const Str head = STR_INIT("vekha-draft 1\n");

typedef struct TextRow {
    Str key;
    size_t offset; /* of the Str in Draft */
} TextRow;

static const TextRow texts[] = {
    { STR_INIT("plan"), offsetof(Draft, plan) },         { STR_INIT("who"), offsetof(Draft, who) },
    { STR_INIT("id"), offsetof(Draft, event.id) },       { STR_INIT("no"), offsetof(Draft, event.no) },
    { STR_INIT("title"), offsetof(Draft, event.title) }, { STR_INIT("prompt"), offsetof(Draft, prompt) },
    { STR_INIT("field"), offsetof(Draft, field) },       { STR_INIT("before"), offsetof(Draft, before) },
    { STR_INIT("asked"), offsetof(Draft, asked) },       { STR_INIT("at"), offsetof(Draft, at) },
    { STR_INIT("when"), offsetof(Draft, when) },         { STR_INIT("text"), offsetof(Draft, text) },
};

typedef struct Escape {
    char byte, letter;
} Escape;

static const Escape escapes[] = { { '\t', 't' }, { '\n', 'n' }, { '\r', 'r' }, { '\\', '\\' } };

static void add_escaped(StrBuf *out, Str text)
{
    for (size_t i = 0; i < text.n_bytes; i++) {
        size_t row = 0;
        while (row < COUNTOF(escapes) && escapes[row].byte != text.at[i]) {
            row++;
        }
        if (row < COUNTOF(escapes)) {
            strbuf_add_char(out, '\\');
        }
        strbuf_add_char(out, row < COUNTOF(escapes) ? escapes[row].letter : text.at[i]);
    }
}

/* The sum is of all that stands before its line. */
static void add_end(StrBuf *out, Str content)
{
    strbuf_addf(out, "end\t%016llx\n", str_hash(content));
}

void draft_add(StrBuf *out, const Draft *draft)
{
    StrBuf lines = { 0 };
    strbuf_add(&lines, head);
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        strbuf_addf(&lines, "%.*s\t", STR_ARG(texts[i].key));
        add_escaped(&lines, *(const Str *)((const char *)draft + texts[i].offset));
        strbuf_add_char(&lines, '\n');
    }
    strbuf_addf(&lines, "index\t%zu\ncursor\t%zu\ntyped\t%lld\n", draft->event.index, draft->cursor, draft->typed_s);
    strbuf_add(out, strbuf_str(&lines));
    add_end(out, strbuf_str(&lines));
    strbuf_done(&lines);
}

static bool unescape(Str value, Arena *arena, Str *out)
{
    StrBuf plain = { 0 };
    bool ok = true;
    for (size_t i = 0; ok && i < value.n_bytes; i++) {
        char byte = value.at[i];
        if (byte == '\\') {
            size_t row = 0;
            i++;
            while (row < COUNTOF(escapes) && (i >= value.n_bytes || escapes[row].letter != value.at[i])) {
                row++;
            }
            ok = row < COUNTOF(escapes);
            byte = ok ? escapes[row].byte : byte;
        } else {
            ok = byte != '\t' && byte != '\r'; /* which are always escaped */
        }
        strbuf_add_char(&plain, byte);
    }
    if (ok) {
        *out = arena_copy(arena, strbuf_str(&plain));
    }
    strbuf_done(&plain);
    return ok;
}

/* Digits only, so few that they cannot overflow. */
static bool read_number(Str value, unsigned long long *out)
{
    enum { MAX_DIGITS = 18 };
    bool ok = value.n_bytes > 0 && value.n_bytes <= MAX_DIGITS;
    *out = 0;
    for (size_t i = 0; ok && i < value.n_bytes; i++) {
        ok = value.at[i] >= '0' && value.at[i] <= '9';
        *out = *out * 10 + (unsigned long long)(value.at[i] - '0');
    }
    return ok;
}

/* A key that a later version has is passed over. */
static bool read_line(Str line, Arena *arena, Draft *draft)
{
    Str value = line;
    Str key = str_cut(&value, '\t');
    unsigned long long number = 0;
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        if (str_eq(key, texts[i].key)) {
            return unescape(value, arena, (Str *)((char *)draft + texts[i].offset));
        }
    }
    if (str_eq(key, STR("index"))) {
        bool ok = read_number(value, &number);
        draft->event.index = (size_t)number;
        return ok;
    }
    if (str_eq(key, STR("cursor"))) {
        bool ok = read_number(value, &number);
        draft->cursor = (size_t)number;
        return ok;
    }
    if (str_eq(key, STR("typed"))) {
        bool ok = read_number(value, &number);
        draft->typed_s = (long long)number;
        return ok;
    }
    return true;
}

/* The name of a file may be of any bytes, all else was text when it was written. */
static bool is_sound(const Draft *draft)
{
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        const Str *text = (const Str *)((const char *)draft + texts[i].offset);
        if (text != &draft->plan && !utf8_valid(*text, NULL)) {
            return false;
        }
    }
    return str_starts(draft->plan, STR("/")) && draft->prompt.n_bytes > 0;
}

/* What stands before the last line, if that has its sum. */
static bool check_end(Str content, Str *lines)
{
    size_t last = content.n_bytes > 0 ? content.n_bytes - 1 : 0;
    while (last > 0 && content.at[last - 1] != '\n') {
        last--;
    }
    StrBuf end = { 0 };
    *lines = str_sub(content, 0, last);
    add_end(&end, *lines);
    bool ok = str_eq(str_from(content, last), strbuf_str(&end));
    strbuf_done(&end);
    return ok;
}

bool draft_parse(Str content, Arena *arena, Draft *out)
{
    Draft draft = { 0 };
    Str lines;
    bool ok = content.n_bytes <= DRAFT_MAX_BYTES && str_find_char(content, '\0', 0) == SIZE_MAX && str_starts(content, head) &&
              check_end(content, &lines);
    Str rest = ok ? str_from(lines, head.n_bytes) : (Str){ 0 };
    while (ok && rest.n_bytes > 0) {
        ok = read_line(str_cut(&rest, '\n'), arena, &draft);
    }
    ok = ok && is_sound(&draft);
    draft.cursor = draft.cursor < draft.text.n_bytes ? draft.cursor : draft.text.n_bytes;
    *out = ok ? draft : (Draft){ 0 };
    return ok;
}
