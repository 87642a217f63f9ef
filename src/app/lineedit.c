#include "vekha/app/lineedit.h"

#include "vekha/base/utf8.h"

enum { LINE_MAX_BYTES = 4096 };

void lineedit_set(LineEdit *line, Str text)
{
    strbuf_clear(&line->text);
    strbuf_add(&line->text, text);
    line->cursor = text.n_bytes;
}

bool lineedit_is_full(const LineEdit *line)
{
    return line->text.n_bytes >= LINE_MAX_BYTES;
}

void lineedit_done(LineEdit *line)
{
    strbuf_done(&line->text);
    line->cursor = 0;
}

/* Where the character before, or after, an offset begins: whole grapheme clusters. */
static size_t char_before(Str text, size_t at)
{
    Str rest = text;
    size_t begin = 0;
    while (rest.n_bytes > 0) {
        int cols;
        (void)utf8_next_char(&rest, &cols);
        size_t end = text.n_bytes - rest.n_bytes;
        if (end >= at) {
            break;
        }
        begin = end;
    }
    return begin;
}

static size_t char_after(Str text, size_t at)
{
    Str rest = str_from(text, at);
    int cols;
    if (rest.n_bytes > 0) {
        (void)utf8_next_char(&rest, &cols);
    }
    return text.n_bytes - rest.n_bytes;
}

static size_t word_before(Str text, size_t at)
{
    while (at > 0 && text.at[at - 1] == ' ') {
        at--;
    }
    while (at > 0 && text.at[at - 1] != ' ') {
        at--;
    }
    return at;
}

/* Texts that meet may become one character: the cursor then stands behind it. */
void lineedit_set_cursor(LineEdit *line, size_t at)
{
    Str rest = strbuf_str(&line->text);
    while (rest.n_bytes > 0 && line->text.n_bytes - rest.n_bytes < at) {
        int cols;
        (void)utf8_next_char(&rest, &cols);
    }
    line->cursor = line->text.n_bytes - rest.n_bytes;
}

static void erase(LineEdit *line, size_t from, size_t to)
{
    if (from < to) {
        strbuf_splice(&line->text, from, to, (Str){ 0 });
        lineedit_set_cursor(line, from);
    }
}

static bool type(LineEdit *line, Key key)
{
    StrBuf character = { 0 };
    if (lineedit_is_full(line)) {
        return true;
    }
    utf8_add(&character, key.code);
    strbuf_splice(&line->text, line->cursor, line->cursor, strbuf_str(&character));
    lineedit_set_cursor(line, line->cursor + character.n_bytes);
    strbuf_done(&character);
    return true;
}

static bool edit_by_control(LineEdit *line, uint32_t letter)
{
    Str text = strbuf_str(&line->text);
    switch (letter) {
    case 'a':
        line->cursor = 0;
        return true;
    case 'e':
        line->cursor = text.n_bytes;
        return true;
    case 'u':
        erase(line, 0, line->cursor);
        return true;
    case 'k':
        erase(line, line->cursor, text.n_bytes);
        return true;
    case 'w':
        erase(line, word_before(text, line->cursor), line->cursor);
        return true;
    default:
        return false;
    }
}

bool lineedit_key(LineEdit *line, Key key)
{
    Str text = strbuf_str(&line->text);
    if (key_is_text(key)) {
        return type(line, key);
    }
    if (key.kind == K_CHAR) {
        return key.ctrl && edit_by_control(line, key.code);
    }
    switch (key.kind) {
    case K_LEFT:
        line->cursor = char_before(text, line->cursor);
        return true;
    case K_RIGHT:
        line->cursor = char_after(text, line->cursor);
        return true;
    case K_HOME:
        line->cursor = 0;
        return true;
    case K_END:
        line->cursor = text.n_bytes;
        return true;
    case K_BACKSPACE:
        erase(line, char_before(text, line->cursor), line->cursor);
        return true;
    case K_DELETE:
        erase(line, line->cursor, char_after(text, line->cursor));
        return true;
    default:
        return false;
    }
}
