#include "vekha/app/key.h"

#include "vekha/base/utf8.h"

typedef struct KeyName {
    KeyKind kind;
    uint32_t code;
    Str name, shown; /* shown is empty where it is the name */
} KeyName;

/* The first row of a key is its name; the others are read too. */
static const KeyName names[] = {
    { K_ENTER, 0, STR_INIT("Enter"), STR_INIT("") },     { K_ENTER, 0, STR_INIT("Return"), STR_INIT("") },
    { K_ESC, 0, STR_INIT("Esc"), STR_INIT("") },         { K_ESC, 0, STR_INIT("Escape"), STR_INIT("") },
    { K_TAB, 0, STR_INIT("Tab"), STR_INIT("") },         { K_BACKTAB, 0, STR_INIT("Shift-Tab"), STR_INIT("") },
    { K_BACKTAB, 0, STR_INIT("BackTab"), STR_INIT("") }, { K_BACKSPACE, 0, STR_INIT("Backspace"), STR_INIT("") },
    { K_DELETE, 0, STR_INIT("Del"), STR_INIT("") },      { K_DELETE, 0, STR_INIT("Delete"), STR_INIT("") },
    { K_INSERT, 0, STR_INIT("Ins"), STR_INIT("") },      { K_INSERT, 0, STR_INIT("Insert"), STR_INIT("") },
    { K_UP, 0, STR_INIT("Up"), STR_INIT("↑") },          { K_DOWN, 0, STR_INIT("Down"), STR_INIT("↓") },
    { K_LEFT, 0, STR_INIT("Left"), STR_INIT("←") },      { K_RIGHT, 0, STR_INIT("Right"), STR_INIT("→") },
    { K_PGUP, 0, STR_INIT("PgUp"), STR_INIT("") },       { K_PGUP, 0, STR_INIT("PageUp"), STR_INIT("") },
    { K_PGDN, 0, STR_INIT("PgDn"), STR_INIT("") },       { K_PGDN, 0, STR_INIT("PageDown"), STR_INIT("") },
    { K_HOME, 0, STR_INIT("Home"), STR_INIT("") },       { K_END, 0, STR_INIT("End"), STR_INIT("") },
    { K_CHAR, ' ', STR_INIT("Space"), STR_INIT("") },
};

bool key_eq(Key a, Key b)
{
    return a.kind == b.kind && a.code == b.code && a.ctrl == b.ctrl && a.alt == b.alt && a.shift == b.shift;
}

bool key_is_text(Key key)
{
    return key.kind == K_CHAR && !key.ctrl && !key.alt;
}

Key key_of_digit(Key key)
{
    if (key.kind != K_CHAR || key.ctrl || key.code < '0' || key.code > '9') {
        return key;
    }
    return KEY_FN(key.code == '0' ? 10 : key.code - '0');
}

static bool same_name(Str name, Str wanted)
{
    StrBuf folded = { 0 };
    utf8_add_folded(&folded, wanted);
    bool same = name.n_bytes == wanted.n_bytes && utf8_contains_folded(name, strbuf_str(&folded));
    strbuf_done(&folded);
    return same;
}

static bool parse_named(Str name, Key *out)
{
    int number = 0;
    for (size_t i = 0; i < COUNTOF(names); i++) {
        const KeyName *row = &names[i];
        if (same_name(name, row->name) || (row->shown.n_bytes > 0 && str_eq(name, row->shown))) {
            *out = (Key){ .kind = row->kind, .code = row->code };
            return true;
        }
    }
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        if (same_name(name, text_get(lang, T_KEY_SPACE))) {
            *out = KEY_CHAR(' ');
            return true;
        }
    }
    if (name.n_bytes > 1 && (name.at[0] == 'F' || name.at[0] == 'f') && str_to_uint(str_from(name, 1), &number) && number >= 1 &&
        number <= KEY_MAX_F) {
        *out = KEY_FN((uint32_t)number);
        return true;
    }
    return false;
}

static bool parse_char(Str name, Key *out)
{
    if (name.n_bytes == 0 || !utf8_valid(name, NULL)) {
        return false;
    }
    Str rest = name;
    uint32_t code = utf8_next(&rest);
    if (rest.n_bytes > 0 || code == ' ' || utf8_is_hidden(code)) {
        return false;
    }
    *out = KEY_CHAR(code);
    return true;
}

static bool take_prefix(Str *name, Str prefix)
{
    if (name->n_bytes <= prefix.n_bytes || !same_name(str_sub(*name, 0, prefix.n_bytes), prefix)) {
        return false;
    }
    *name = str_from(*name, prefix.n_bytes);
    return true;
}

/* Ctrl knows no case: the terminal sends one code for both. */
static uint32_t small_letter(uint32_t code)
{
    return code >= 'A' && code <= 'Z' ? code + ('a' - 'A') : code;
}

bool key_parse(Str name, Key *out)
{
    bool ctrl = false;
    bool alt = false;
    bool shift = false;
    Key key = { 0 };
    while (!parse_named(name, &key) && !parse_char(name, &key)) {
        bool *flag = take_prefix(&name, STR("Ctrl-"))    ? &ctrl
                     : take_prefix(&name, STR("Alt-"))   ? &alt
                     : take_prefix(&name, STR("Shift-")) ? &shift
                                                         : NULL;
        if (flag == NULL || *flag) {
            return false;
        }
        *flag = true;
    }
    if (shift && key.kind == K_CHAR) {
        return false; /* no terminal tells it from the capital letter */
    }
    key.ctrl = ctrl;
    key.alt = alt;
    key.shift = shift;
    key.code = ctrl && key.kind == K_CHAR ? small_letter(key.code) : key.code;
    *out = key;
    return true;
}

void key_add_name(StrBuf *out, Lang lang, Key key)
{
    strbuf_add(out, key.ctrl ? STR("Ctrl-") : STR(""));
    strbuf_add(out, key.alt ? STR("Alt-") : STR(""));
    strbuf_add(out, key.shift ? STR("Shift-") : STR(""));
    if (key.kind == K_F) {
        strbuf_addf(out, "F%u", (unsigned)key.code);
        return;
    }
    if (key.kind == K_CHAR && key.code == ' ') {
        strbuf_add(out, text_get(lang, T_KEY_SPACE));
        return;
    }
    if (key.kind == K_CHAR) {
        bool letter = key.ctrl && key.code >= 'a' && key.code <= 'z';
        utf8_add(out, letter ? key.code - ('a' - 'A') : key.code);
        return;
    }
    for (size_t i = 0; i < COUNTOF(names); i++) {
        if (names[i].kind == key.kind) {
            strbuf_add(out, names[i].shown.n_bytes > 0 ? names[i].shown : names[i].name);
            return;
        }
    }
}
