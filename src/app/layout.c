#include "vekha/app/layout.h"

#include "vekha/base/utf8.h"

typedef struct LayoutRow {
    uint32_t cyrillic, latin;
} LayoutRow;

/* One key a row, by rows of the keyboard. Of two rows with one Latin character the first is the Russian layout. */
static const LayoutRow rows[] = {
    /* clang-format off */
    { U'ё', '`' }, { U'й', 'q' }, { U'ц', 'w' }, { U'у', 'e' }, { U'к', 'r' }, { U'е', 't' }, { U'н', 'y' }, { U'г', 'u' },
    { U'ш', 'i' }, { U'щ', 'o' }, { U'з', 'p' }, { U'х', '[' }, { U'ъ', ']' },
    { U'ф', 'a' }, { U'ы', 's' }, { U'в', 'd' }, { U'а', 'f' }, { U'п', 'g' }, { U'р', 'h' }, { U'о', 'j' }, { U'л', 'k' },
    { U'д', 'l' }, { U'ж', ';' }, { U'э', '\'' },
    { U'я', 'z' }, { U'ч', 'x' }, { U'с', 'c' }, { U'м', 'v' }, { U'и', 'b' }, { U'т', 'n' }, { U'ь', 'm' }, { U'б', ',' },
    { U'ю', '.' }, { '.', '/' },

    { U'Ё', '~' }, { U'Й', 'Q' }, { U'Ц', 'W' }, { U'У', 'E' }, { U'К', 'R' }, { U'Е', 'T' }, { U'Н', 'Y' }, { U'Г', 'U' },
    { U'Ш', 'I' }, { U'Щ', 'O' }, { U'З', 'P' }, { U'Х', '{' }, { U'Ъ', '}' },
    { U'Ф', 'A' }, { U'Ы', 'S' }, { U'В', 'D' }, { U'А', 'F' }, { U'П', 'G' }, { U'Р', 'H' }, { U'О', 'J' }, { U'Л', 'K' },
    { U'Д', 'L' }, { U'Ж', ':' }, { U'Э', '"' },
    { U'Я', 'Z' }, { U'Ч', 'X' }, { U'С', 'C' }, { U'М', 'V' }, { U'И', 'B' }, { U'Т', 'N' }, { U'Ь', 'M' }, { U'Б', '<' },
    { U'Ю', '>' }, { ',', '?' },

    { U'№', '#' },
    { U'ў', 'o' }, { U'Ў', 'O' }, /* Belarusian */
    { U'і', 's' }, { U'І', 'S' }, { U'ї', ']' }, { U'Ї', '}' }, { U'є', '\'' }, { U'Є', '"' }, { U'ґ', '\\' }, { U'Ґ', '|' },
    /* clang-format on */
};

uint32_t layout_latin(uint32_t code)
{
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        if (rows[i].cyrillic == code) {
            return rows[i].latin;
        }
    }
    return code;
}

uint32_t layout_russian(uint32_t code)
{
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        if (rows[i].latin == code) {
            return rows[i].cyrillic;
        }
    }
    return 0;
}

Key layout_command_key(Key key)
{
    if (key.kind != K_CHAR) {
        return key;
    }
    key.code = layout_latin(key.code);
    if (key.ctrl && key.code >= 'A' && key.code <= 'Z') {
        key.code += 'a' - 'A';
    }
    return key;
}

static bool is_latin_letter(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static bool is_cyrillic_letter(uint32_t code)
{
    return code > 0x7F && is_latin_letter(layout_latin(code));
}

bool layout_add_other(StrBuf *out, Str text)
{
    Str rest = text;
    uint32_t first = 0;
    while (rest.n_bytes > 0 && !is_latin_letter(first) && !is_cyrillic_letter(first)) {
        first = utf8_next(&rest);
    }
    if (!is_latin_letter(first) && !is_cyrillic_letter(first)) {
        return false;
    }
    for (rest = text; rest.n_bytes > 0;) {
        uint32_t code = utf8_next(&rest);
        uint32_t other = is_latin_letter(first) ? layout_russian(code) : layout_latin(code);
        utf8_add(out, other == 0 ? code : other);
    }
    return true;
}
