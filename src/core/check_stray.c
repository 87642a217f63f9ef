#include "core/check_priv.h"
#include "vekha/base/utf8.h"

/* Marks that do not pair, doubled punctuation, blanks where there should be none: one finding of a kind a text. */

/* The words around a place. */
static Str around(const Check *check, Str text, size_t at)
{
    enum { BEFORE = 80, BEHIND = 32 };
    size_t from = at > BEFORE ? str_find_char(text, ' ', at - BEFORE) : 0;
    from = from == SIZE_MAX || from > at ? at - (at > BEFORE ? BEFORE : at) : from + (from > 0);
    while (from > 0 && ((unsigned char)text.at[from] & 0xC0) == 0x80) {
        from--;
    }
    Str shown = utf8_cut(str_from(text, from), at - from + BEHIND);
    StrBuf words = { 0 };
    strbuf_add(&words, from > 0 ? STR("…") : (Str){ 0 });
    strbuf_add(&words, shown);
    strbuf_add(&words, from + shown.n_bytes < text.n_bytes ? STR("…") : (Str){ 0 });
    return check_kept(check, &words);
}

static void say(const Check *check, const Problem *at, TextId text, Str all, size_t byte)
{
    check_say(check, at, RULE_STRAY_MARK, text, TEXT_STR(around(check, all, byte)));
}

/* Does the mark stand there? Most bytes are not the first one of any mark: asked here, the check takes a third of the time. */
static inline bool has_mark(Str text, size_t at, Str mark)
{
    return text.at[at] == mark.at[0] && str_starts(str_from(text, at), mark);
}

/* ---- Quotation marks « » ---- */

/*
 * «A «B» closes with one mark where two would stand side by side: a rule of Russian spelling. So what is left open is a slip
 * only if nothing closes behind it.
 */
static void check_guillemets(const Check *check, Str text, const Problem *at)
{
    size_t depth = 0;
    size_t last_open = SIZE_MAX;
    for (size_t i = 0; i + 1 < text.n_bytes; i++) {
        if (has_mark(text, i, STR("«"))) {
            depth++;
            last_open = i;
        } else if (has_mark(text, i, STR("»"))) {
            if (depth == 0) {
                say(check, at, T_STRAY_CLOSING, text, i);
                return;
            }
            depth--;
            last_open = SIZE_MAX;
        }
    }
    if (last_open != SIZE_MAX) {
        say(check, at, T_STRAY_OPENING, text, last_open);
    }
}

/* ---- Marks that look the same at both ends ---- */

static bool is_letter_byte(Str text, size_t i)
{
    unsigned char c = i < text.n_bytes ? (unsigned char)text.at[i] : 0;
    return (c | 0x20U) - 'a' < 26 || c >= 0x80;
}

static bool is_digit_byte(Str text, size_t i)
{
    return i < text.n_bytes && text.at[i] >= '0' && text.at[i] <= '9';
}

/* An apostrophe in a word, inches and minutes behind a number are no quotation marks. */
static bool is_no_quote(Str text, size_t i)
{
    bool in_word = text.at[i] == '\'' && i > 0 && is_letter_byte(text, i - 1) && is_letter_byte(text, i + 1);
    bool is_unit = i > 0 && is_digit_byte(text, i - 1) && !is_letter_byte(text, i + 1);
    return in_word || is_unit;
}

static void check_straight(const Check *check, Str text, const Problem *at, char mark)
{
    size_t n = 0;
    size_t n_units = 0;
    size_t last = 0;
    for (size_t i = 0; i < text.n_bytes; i++) {
        if (text.at[i] == mark) {
            bool is_unit = is_no_quote(text, i);
            n_units += is_unit;
            n += !is_unit;
            last = is_unit ? last : i;
        }
    }
    if (n % 2 == 1 && n_units == 0) { /* with units among them nobody can tell */
        say(check, at, T_STRAY_QUOTE, text, last);
    }
}

/* „so“, “so”: the middle one opens or closes. */
static void check_curly(const Check *check, Str text, const Problem *at)
{
    size_t n = 0;
    size_t last = 0;
    for (size_t i = 0; i + 2 < text.n_bytes; i++) {
        if (has_mark(text, i, STR("„")) || has_mark(text, i, STR("“")) || has_mark(text, i, STR("”"))) {
            n++;
            last = i;
        }
    }
    if (n % 2 == 1) {
        say(check, at, T_STRAY_QUOTE, text, last);
    }
}

/* ---- Brackets ---- */

/* «1)», «а)», «2.1)» at the beginning of an item. */
static bool is_item_mark(Str text, size_t at)
{
    enum { MOST_BYTES = 6 };
    size_t from = at;
    while (from > 0 && text.at[from - 1] != ' ' && text.at[from - 1] != '\n' && text.at[from - 1] != ';') {
        from--;
    }
    return from < at && at - from <= MOST_BYTES;
}

static void check_brackets(const Check *check, Str text, const Problem *at)
{
    enum { DEEP = 16 };
    static const Str opening = STR_INIT("([{");
    static const Str closing = STR_INIT(")]}");
    struct {
        char wanted;
        size_t at;
    } open[DEEP];
    size_t n = 0;
    for (size_t i = 0; i < text.n_bytes; i++) {
        if ((unsigned char)text.at[i] >= 0x80 || text.at[i] == ' ') {
            continue; /* as most bytes are */
        }
        size_t opens = str_find_char(opening, text.at[i], 0);
        if (opens != SIZE_MAX && n < DEEP) {
            open[n].wanted = closing.at[opens];
            open[n++].at = i;
        } else if (opens != SIZE_MAX) {
            return;
        } else if (str_find_char(closing, text.at[i], 0) != SIZE_MAX) {
            if (n > 0 && open[n - 1].wanted == text.at[i]) {
                n--;
            } else if (text.at[i] != ')' || !is_item_mark(text, i)) {
                say(check, at, T_STRAY_BRACKET, text, i);
                return;
            }
        }
    }
    if (n > 0) {
        say(check, at, T_STRAY_OPEN_BRACKET, text, open[n - 1].at);
    }
}

/* ---- Punctuation and blanks ---- */

/* Two full stops, but not three, and no path. */
static bool is_two_stops(Str text, size_t i)
{
    if (!has_mark(text, i, STR(".."))) {
        return false;
    }
    bool is_more = (i > 0 && text.at[i - 1] == '.') || str_starts(str_from(text, i), STR("..."));
    bool is_path = (i > 0 && text.at[i - 1] == '/') || str_starts(str_from(text, i + 2), STR("/"));
    return !is_more && !is_path;
}

static bool is_doubled(Str text, size_t i)
{
    static const Str pairs[] = { STR_INIT(",,"), STR_INIT(";;"), STR_INIT(",."), STR_INIT(",;"), STR_INIT(";,"), STR_INIT(":;") };
    for (size_t k = 0; k < COUNTOF(pairs); k++) {
        if (has_mark(text, i, pairs[k])) {
            return true;
        }
    }
    return is_two_stops(text, i);
}

/* Takes up to most digits and returns how many. */
static size_t digits_at(Str text, size_t at, size_t most, int *out)
{
    size_t n = 0;
    while (n < most && is_digit_byte(text, at + n)) {
        n++;
    }
    return n > 0 && !is_digit_byte(text, at + n) && str_to_uint(str_sub(text, at, at + n), out) ? n : 0;
}

/* Takes a full stop with blanks around it; notes whether there are any. */
static size_t stop_at(Str text, size_t at, bool *has_blank)
{
    size_t begin = at;
    for (; at < text.n_bytes && text.at[at] == ' '; at++) {
        *has_blank = true;
    }
    if (at >= text.n_bytes || text.at[at] != '.') {
        return 0;
    }
    for (at++; at < text.n_bytes && text.at[at] == ' '; at++) {
        *has_blank = true;
    }
    return at - begin;
}

/* «15. 10.2022»: a whole date, with a blank in it. */
static bool is_broken_date(Str text, size_t at)
{
    int day;
    int month;
    int year;
    bool has_blank = false;
    size_t n = !is_digit_byte(text, at) || (at > 0 && (is_digit_byte(text, at - 1) || text.at[at - 1] == '.'))
                   ? 0
                   : digits_at(text, at, 2, &day);
    size_t stop = n > 0 ? stop_at(text, at + n, &has_blank) : 0;
    size_t next = at + n + stop;
    size_t m = stop > 0 ? digits_at(text, next, 2, &month) : 0;
    size_t stop2 = m > 0 ? stop_at(text, next + m, &has_blank) : 0;
    size_t y = stop2 > 0 ? digits_at(text, next + m + stop2, 4, &year) : 0;
    return y == 4 && has_blank && day_of(year, month, day) != 0;
}

typedef bool (*IsSlip)(Str text, size_t at);

static bool is_blank_before_comma(Str text, size_t at)
{
    return at > 0 && has_mark(text, at, STR(" ,")) && text.at[at - 1] != ' ' && text.at[at - 1] != '\n';
}

static void check_first(const Check *check, Str text, const Problem *at, IsSlip is_slip, TextId said)
{
    for (size_t i = 0; i + 1 < text.n_bytes; i++) {
        if (is_slip(text, i)) {
            say(check, at, said, text, i);
            return;
        }
    }
}

static void check_marks(const Check *check, Str text, const Problem *at)
{
    check_guillemets(check, text, at);
    check_curly(check, text, at);
    check_straight(check, text, at, '"');
    check_straight(check, text, at, '\'');
    check_brackets(check, text, at);
    check_first(check, text, at, is_doubled, T_STRAY_DOUBLED);
    check_first(check, text, at, is_blank_before_comma, T_STRAY_BLANK);
    check_first(check, text, at, is_broken_date, T_STRAY_DATE);
}

void check_stray_mark(const Check *check)
{
    check_each_text(check, check_marks);
}
