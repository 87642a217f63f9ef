#include "term/term_priv.h"

#include <string.h>

#include "vekha/base/utf8.h"

enum {
    ESC = 0x1B,
    DEL = 0x7F,
    MAX_CSI_BYTES = 32, /* longer ones are no key */
    REST_MS = 500,      /* after ESC [ and ESC O, and within a character */
    PASTE_MS = 10000    /* what is pasted comes as fast as the link: after that long the mark of its end never comes */
};

/* What a terminal that was asked to sets around a pasted text, behind Esc. */
static const Str paste_begin = STR_INIT("[200~");
static const Str paste_end = STR_INIT("[201~");

/* How much of the bytes at hand is one key: that many bytes, or one of these. */
enum { INCOMPLETE = -1 };

typedef struct FinalRow {
    char final;
    Key bare;       /* without parameters: also the SCO and FreeBSD consoles' keys */
    Key with_param; /* "1;5A": as xterm sends them with Shift, Alt, Ctrl */
} FinalRow;

static const FinalRow csi_finals[] = {
    { 'A', { .kind = K_UP }, { .kind = K_UP } },
    { 'B', { .kind = K_DOWN }, { .kind = K_DOWN } },
    { 'C', { .kind = K_RIGHT }, { .kind = K_RIGHT } },
    { 'D', { .kind = K_LEFT }, { .kind = K_LEFT } },
    { 'F', { .kind = K_END }, { .kind = K_END } },
    { 'G', { .kind = K_PGDN }, { 0 } },
    { 'H', { .kind = K_HOME }, { .kind = K_HOME } },
    { 'I', { .kind = K_PGUP }, { 0 } },
    { 'L', { .kind = K_INSERT }, { 0 } },
    { 'M', { .kind = K_F, .code = 1 }, { 0 } },
    { 'N', { .kind = K_F, .code = 2 }, { 0 } },
    { 'O', { .kind = K_F, .code = 3 }, { 0 } },
    { 'P', { .kind = K_F, .code = 4 }, { .kind = K_F, .code = 1 } },
    { 'Q', { .kind = K_F, .code = 5 }, { .kind = K_F, .code = 2 } },
    { 'R', { .kind = K_F, .code = 6 }, { .kind = K_F, .code = 3 } },
    { 'S', { .kind = K_F, .code = 7 }, { .kind = K_F, .code = 4 } },
    { 'T', { .kind = K_F, .code = 8 }, { 0 } },
    { 'U', { .kind = K_F, .code = 9 }, { 0 } },
    { 'V', { .kind = K_F, .code = 10 }, { 0 } },
    { 'W', { .kind = K_F, .code = 11 }, { 0 } },
    { 'X', { .kind = K_F, .code = 12 }, { 0 } },
    { 'Z', { .kind = K_BACKTAB }, { .kind = K_BACKTAB } },
};

typedef struct NumberRow {
    int number;
    Key key;
} NumberRow;

/* ESC [ number ~ : the VT220's, with what rxvt, PuTTY and the Linux console put in its gaps. */
static const NumberRow csi_numbers[] = {
    { 1, { .kind = K_HOME } },           { 2, { .kind = K_INSERT } },
    { 3, { .kind = K_DELETE } },         { 4, { .kind = K_END } },
    { 5, { .kind = K_PGUP } },           { 6, { .kind = K_PGDN } },
    { 7, { .kind = K_HOME } },           { 8, { .kind = K_END } },
    { 11, { .kind = K_F, .code = 1 } },  { 12, { .kind = K_F, .code = 2 } },
    { 13, { .kind = K_F, .code = 3 } },  { 14, { .kind = K_F, .code = 4 } },
    { 15, { .kind = K_F, .code = 5 } },  { 17, { .kind = K_F, .code = 6 } },
    { 18, { .kind = K_F, .code = 7 } },  { 19, { .kind = K_F, .code = 8 } },
    { 20, { .kind = K_F, .code = 9 } },  { 21, { .kind = K_F, .code = 10 } },
    { 23, { .kind = K_F, .code = 11 } }, { 24, { .kind = K_F, .code = 12 } },
    { 25, { .kind = K_F, .code = 13 } }, { 26, { .kind = K_F, .code = 14 } },
    { 28, { .kind = K_F, .code = 15 } }, { 29, { .kind = K_F, .code = 16 } },
    { 31, { .kind = K_F, .code = 17 } }, { 32, { .kind = K_F, .code = 18 } },
    { 33, { .kind = K_F, .code = 19 } }, { 34, { .kind = K_F, .code = 20 } },
};

typedef struct Ss3Row {
    char final;
    Key key;
} Ss3Row;

/* ESC O final: cursor keys and F1 to F4 of xterm, F1 to F12 of PuTTY's VT100+ mode, a keypad left in application mode. */
static const Ss3Row ss3_finals[] = {
    { 'A', { .kind = K_UP } },
    { 'B', { .kind = K_DOWN } },
    { 'C', { .kind = K_RIGHT } },
    { 'D', { .kind = K_LEFT } },
    { 'F', { .kind = K_END } },
    { 'H', { .kind = K_HOME } },
    { 'M', { .kind = K_ENTER } },
    { 'P', { .kind = K_F, .code = 1 } },
    { 'Q', { .kind = K_F, .code = 2 } },
    { 'R', { .kind = K_F, .code = 3 } },
    { 'S', { .kind = K_F, .code = 4 } },
    { 'T', { .kind = K_F, .code = 5 } },
    { 'U', { .kind = K_F, .code = 6 } },
    { 'V', { .kind = K_F, .code = 7 } },
    { 'W', { .kind = K_F, .code = 8 } },
    { 'X', { .kind = K_F, .code = 9 } },
    { 'Y', { .kind = K_F, .code = 10 } },
    { 'Z', { .kind = K_F, .code = 11 } },
    { '[', { .kind = K_F, .code = 12 } },
    { 'w', { .kind = K_END } }, /* PuTTY's End in rxvt mode */
    { 'j', { .kind = K_CHAR, .code = '*' } },
    { 'k', { .kind = K_CHAR, .code = '+' } },
    { 'l', { .kind = K_CHAR, .code = '+' } },
    { 'm', { .kind = K_CHAR, .code = '-' } },
    { 'n', { .kind = K_CHAR, .code = '.' } },
    { 'o', { .kind = K_CHAR, .code = '/' } },
    { 'p', { .kind = K_CHAR, .code = '0' } },
    { 'q', { .kind = K_CHAR, .code = '1' } },
    { 'r', { .kind = K_CHAR, .code = '2' } },
    { 's', { .kind = K_CHAR, .code = '3' } },
    { 't', { .kind = K_CHAR, .code = '4' } },
    { 'u', { .kind = K_CHAR, .code = '5' } },
    { 'v', { .kind = K_CHAR, .code = '6' } },
    { 'x', { .kind = K_CHAR, .code = '8' } },
    { 'y', { .kind = K_CHAR, .code = '9' } },
};

void input_add_sequence(Input *input, const char *sequence, Key key)
{
    size_t n = sequence == NULL ? 0 : strlen(sequence);
    if (n < 2 || n > INPUT_SEQUENCE_SIZE || sequence[0] != ESC || input->n_sequences == INPUT_MAX_SEQUENCES) {
        return;
    }
    InputSequence *row = &input->sequences[input->n_sequences++];
    memcpy(row->bytes, sequence, n);
    row->n_bytes = n;
    row->key = key;
}

size_t input_feed(Input *input, const char *bytes, size_t n_bytes)
{
    size_t room = INPUT_SIZE - input->n_bytes;
    size_t n = n_bytes < room ? n_bytes : room;
    memcpy(input->bytes + input->n_bytes, bytes, n);
    input->n_bytes += n;
    return n;
}

static Key control_key(unsigned char byte)
{
    switch (byte) {
    case '\r':
    case '\n':
        return KEY_OF(K_ENTER);
    case '\t':
        return KEY_OF(K_TAB);
    case '\b':
    case DEL:
        return KEY_OF(K_BACKSPACE);
    default:
        return KEY_CTRL((uint32_t)(byte | (byte >= 1 && byte <= 26 ? 0x60 : 0x40)));
    }
}

/* How long the character is that begins with this byte; 0 if none does. */
static size_t utf8_length(unsigned char first)
{
    return first < 0x80                    ? 1
           : first >= 0xC2 && first < 0xE0 ? 2
           : first >= 0xE0 && first < 0xF0 ? 3
           : first >= 0xF0 && first < 0xF5 ? 4
                                           : 0;
}

/* A control or a character; a byte that is part of none is swallowed as no key. */
static int take_plain(Str in, bool waited, Key *out)
{
    unsigned char first = (unsigned char)in.at[0];
    size_t length = utf8_length(first);
    size_t n = 1;
    if (first < 0x20 || first == DEL) {
        *out = control_key(first);
        return 1;
    }
    while (n < length && n < in.n_bytes && ((unsigned char)in.at[n] & 0xC0) == 0x80) {
        n++;
    }
    if (n < length && n == in.n_bytes && !waited) {
        return INCOMPLETE;
    }
    Str character = str_sub(in, 0, n);
    if (n == length && utf8_valid(character, NULL)) {
        *out = KEY_CHAR(utf8_next(&character));
    }
    return (int)n;
}

static Key with_modifiers(Key key, int number)
{
    unsigned flags = number > 1 && number <= 16 ? (unsigned)number - 1 : 0;
    key.shift = (flags & 1) != 0 && key.kind != K_BACKTAB;
    key.alt = (flags & (2 | 8)) != 0;
    key.ctrl = (flags & 4) != 0;
    return key;
}

static Key csi_key(char final, Str params)
{
    int number = 0;
    int modifiers = 0;
    Str rest = params;
    bool bare = params.n_bytes == 0;
    bool known = str_to_uint(str_cut(&rest, ';'), &number);
    if (rest.n_bytes > 0 && !str_to_uint(rest, &modifiers)) {
        return (Key){ 0 };
    }
    for (size_t i = 0; final == '~' && known && i < COUNTOF(csi_numbers); i++) {
        if (csi_numbers[i].number == number) {
            return with_modifiers(csi_numbers[i].key, modifiers);
        }
    }
    for (size_t i = 0; i < COUNTOF(csi_finals); i++) {
        if (csi_finals[i].final == final) {
            return bare ? csi_finals[i].bare : with_modifiers(csi_finals[i].with_param, modifiers);
        }
    }
    return (Key){ 0 };
}

/* in begins with ESC [ ; what is no key that we know is swallowed whole. */
static int take_csi(Str in, bool waited, Key *out)
{
    if (in.n_bytes > 2 && in.at[2] == '[') { /* the Linux console: ESC [ [ A is F1 */
        if (in.n_bytes == 3 && !waited) {
            return INCOMPLETE;
        }
        if (in.n_bytes > 3 && in.at[3] >= 'A' && in.at[3] <= 'E') {
            *out = KEY_FN((uint32_t)(in.at[3] - 'A' + 1));
        }
        return in.n_bytes > 3 ? 4 : 3;
    }
    size_t n = 2;
    while (n < in.n_bytes && in.at[n] >= 0x20 && in.at[n] < 0x40) {
        n++;
    }
    if (n == in.n_bytes && n < MAX_CSI_BYTES && !waited) {
        return INCOMPLETE;
    }
    if (in.n_bytes == 2) {
        *out = (Key){ .kind = K_CHAR, .code = '[', .alt = true };
        return 2;
    }
    if (n == in.n_bytes || in.at[n] < 0x40 || in.at[n] == DEL) {
        return (int)n; /* broken off; what stands here begins something else */
    }
    *out = csi_key(in.at[n], str_sub(in, 2, n));
    return (int)n + 1;
}

/* in begins with ESC O */
static int take_ss3(Str in, bool waited, Key *out)
{
    if (in.n_bytes == 2) {
        *out = (Key){ .kind = K_CHAR, .code = 'O', .alt = true };
        return waited ? 2 : INCOMPLETE;
    }
    for (size_t i = 0; i < COUNTOF(ss3_finals); i++) {
        if (ss3_finals[i].final == in.at[2]) {
            *out = ss3_finals[i].key;
            return 3;
        }
    }
    return in.at[2] > 0x20 && in.at[2] < DEL ? 3 : 2;
}

/* One of the terminal's own: its length, 0 if it is none. */
static int take_own(const Input *input, Str in, bool waited, Key *out)
{
    for (size_t i = 0; i < input->n_sequences; i++) {
        const InputSequence *row = &input->sequences[i];
        Str sequence = { row->bytes, row->n_bytes };
        if (str_starts(in, sequence)) {
            *out = row->key;
            return (int)row->n_bytes;
        }
        if (!waited && in.n_bytes < sequence.n_bytes && str_starts(sequence, in)) {
            return INCOMPLETE;
        }
    }
    return 0;
}

/* in begins with ESC */
static int take_escape(const Input *input, Str in, bool waited, Key *out)
{
    if (in.n_bytes == 1 || in.at[1] == ESC) { /* of two, the first is certainly alone */
        *out = KEY_OF(K_ESC);
        return in.n_bytes > 1 || waited ? 1 : INCOMPLETE;
    }
    int n = take_own(input, in, waited, out);
    if (n != 0) {
        return n;
    }
    if (in.at[1] == '[') {
        return take_csi(in, waited, out);
    }
    if (in.at[1] == 'O') {
        return take_ss3(in, waited, out);
    }
    n = take_plain(str_from(in, 1), waited, out);
    if (n == INCOMPLETE) {
        return INCOMPLETE;
    }
    if (out->kind != K_NONE) {
        Key digit = key_of_digit(*out); /* Alt-1 is F1, where F-keys do not pass */
        out->alt = digit.kind != K_F;
        *out = digit.kind == K_F ? digit : *out;
    }
    return n + 1;
}

/* "[A" on the heels of an Esc that was taken for a lone one: a slow link cut the sequence in two. */
static int take_late_rest(const Input *input, Str in, bool waited, Key *out)
{
    if (!input->after_esc || (in.at[0] != '[' && in.at[0] != 'O')) {
        return 0;
    }
    char whole[MAX_CSI_BYTES] = { ESC };
    size_t n_bytes = in.n_bytes < sizeof whole - 1 ? in.n_bytes : sizeof whole - 1;
    memcpy(whole + 1, in.at, n_bytes);
    Key key = { 0 };
    int n = take_escape(input, (Str){ whole, n_bytes + 1 }, waited, &key);
    if (n == INCOMPLETE) {
        return INCOMPLETE;
    }
    *out = key;
    bool is_mark = str_starts(in, paste_begin) || str_starts(in, paste_end);
    return key.kind == K_CHAR || (key.kind == K_NONE && !is_mark) ? 0 : n - 1;
}

static int take_front(const Input *input, bool waited, Key *out)
{
    Str in = { (const char *)input->bytes, input->n_bytes };
    int n = take_late_rest(input, in, waited, out);
    if (n != 0) {
        return n;
    }
    *out = (Key){ 0 };
    return in.at[0] == ESC ? take_escape(input, in, waited, out) : take_plain(in, waited, out);
}

bool input_take(Input *input, bool waited, Key *out)
{
    size_t used = 0;
    *out = (Key){ 0 };
    if (input->n_bytes == 0 && waited) {
        input->after_esc = input->is_pasting = false;
    }
    while (input->n_bytes > 0 && out->kind == K_NONE) {
        bool lone = input->n_bytes == 1;
        int n = take_front(input, waited, out);
        if (n == INCOMPLETE) {
            *out = (Key){ 0 };
            break;
        }
        used = (size_t)n;
        Str taken = { (const char *)input->bytes, used };
        input->after_esc = out->kind == K_ESC && lone;
        input->is_pasting = str_ends(taken, paste_begin) || (input->is_pasting && !str_ends(taken, paste_end));
        out->is_pasted = input->is_pasting;
        input->n_bytes -= used;
        memmove(input->bytes, input->bytes + used, input->n_bytes);
    }
    return out->kind != K_NONE;
}

int input_wait_ms(const Input *input)
{
    if (input->n_bytes == 0) {
        return input->is_pasting ? PASTE_MS : input->after_esc ? REST_MS : -1;
    }
    return input->n_bytes == 1 && input->bytes[0] == ESC ? input->esc_ms : REST_MS;
}
