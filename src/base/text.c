#include "vekha/base/text.h"

#include <stdint.h>

typedef struct TextRow {
    Str words[LANG_COUNT];
} TextRow;

static const TextRow texts[] = {
    [T_NONE] = { { STR_INIT(""), STR_INIT("") } },
#define TEXT(id, ru, en) [id] = { { STR_INIT(ru), STR_INIT(en) } },
#include "vekha/base/texts/all.def"
#undef TEXT
};
_Static_assert(COUNTOF(texts) == TEXT_COUNT, "every text has a row");

Str text_get(Lang lang, TextId id)
{
    return texts[id].words[lang];
}

/* The n-th of the forms between bars; the last one when there are fewer. */
static Str form_of(Str forms, int n)
{
    Str form = str_cut(&forms, '|');
    while (n-- > 0 && forms.n_bytes > 0) {
        form = str_cut(&forms, '|');
    }
    return form;
}

/* Quotes within quotes, by the Russian rule: in a row's «…» an argument's own «…» are „…“. */
static void add_with_inner_quotes(StrBuf *out, Str text)
{
    size_t done = 0;
    for (size_t at = 0; at < text.n_bytes; at++) {
        Str here = str_from(text, at);
        bool opens = str_starts(here, STR("«"));
        if (opens || str_starts(here, STR("»"))) {
            strbuf_add(out, str_sub(text, done, at));
            strbuf_add(out, opens ? STR("„") : STR("“"));
            done = at + STR("«").n_bytes;
        }
    }
    strbuf_add(out, str_from(text, done));
}

static void add_slot(StrBuf *out, Lang lang, Str slot, const TextArg *args, size_t n_args, bool is_quoted)
{
    static const TextArg missing;
    size_t index = slot.n_bytes > 0 ? (size_t)(slot.at[0] - '0') : SIZE_MAX;
    const TextArg *arg = index < n_args ? &args[index] : &missing;
    if (slot.n_bytes > 1 && slot.at[1] == ':') {
        strbuf_add(out, form_of(str_from(slot, 2), text_plural_form(lang, arg->number)));
    } else if (arg->row != T_NONE) {
        strbuf_add(out, text_get(lang, arg->row));
    } else if (arg->is_number) {
        strbuf_addf(out, "%ld", arg->number);
    } else if (is_quoted) {
        add_with_inner_quotes(out, arg->str);
    } else {
        strbuf_add(out, arg->str);
    }
}

/* Does the row's part leave a quotation open? How it was before it counts where it says nothing. */
static bool leaves_open(Str part, bool was_open)
{
    for (size_t at = 0; at < part.n_bytes; at++) {
        Str here = str_from(part, at);
        was_open = str_starts(here, STR("«")) || (was_open && !str_starts(here, STR("»")));
    }
    return was_open;
}

void text_add(StrBuf *out, Lang lang, TextId id, const TextArg *args, size_t n_args)
{
    Str row = text_get(lang, id);
    bool is_quoted = false;
    while (row.n_bytes > 0) {
        size_t open = str_find_char(row, '{', 0);
        size_t close = str_find_char(row, '}', open);
        if (open == SIZE_MAX || close == SIZE_MAX) {
            strbuf_add(out, row);
            return;
        }
        strbuf_add(out, str_sub(row, 0, open));
        is_quoted = leaves_open(str_sub(row, 0, open), is_quoted);
        add_slot(out, lang, str_sub(row, open + 1, close), args, n_args, is_quoted);
        row = str_from(row, close + 1);
    }
}

int text_plural_form(Lang lang, long n)
{
    long last_two = n % 100 < 0 ? -(n % 100) : n % 100;
    long last = last_two % 10;
    if (lang == LANG_EN) {
        return n == 1 ? 0 : 1;
    }
    if (last_two >= 11 && last_two <= 14) {
        return 2;
    }
    return last == 1 ? 0 : last >= 2 && last <= 4 ? 1 : 2;
}

bool text_lang_parse(Str name, Lang *out)
{
    if (str_starts(name, STR("ru")) || str_starts(name, STR("Ru"))) {
        *out = LANG_RU;
        return true;
    }
    if (str_starts(name, STR("en")) || str_starts(name, STR("En"))) {
        *out = LANG_EN;
        return true;
    }
    return false;
}
