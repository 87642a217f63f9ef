#include <curses.h>
/* After curses.h, which it needs; its macros are why this is a file of its own. */
#include <term.h>

#include <unistd.h>

#include "term/term_priv.h"

bool caps_exist(const char *terminal)
{
    int found;
    if (setupterm(terminal, STDOUT_FILENO, &found) != OK) {
        return false;
    }
    (void)del_curterm(cur_term);
    return true;
}

bool caps_can_move(void)
{
    return cursor_address != NULL;
}

bool caps_has_reverse(void)
{
    return enter_reverse_mode != NULL || enter_standout_mode != NULL;
}

bool caps_wraps_at_once(void)
{
    return auto_right_margin && !eat_newline_glitch;
}

void caps_add_move(StrBuf *out, int y, int x)
{
    Str sequence = str_of(tiparm(cursor_address, y, x));
    strbuf_add(out, str_sub(sequence, 0, str_find(sequence, STR("$<"), 0))); /* padding comes last, and is for no emulator */
}

void caps_add_keys(Input *input)
{
    const struct {
        const char *sequence;
        Key key;
    } rows[] = {
        { key_up, KEY_OF(K_UP) },       { key_down, KEY_OF(K_DOWN) },    { key_left, KEY_OF(K_LEFT) },
        { key_right, KEY_OF(K_RIGHT) }, { key_home, KEY_OF(K_HOME) },    { key_end, KEY_OF(K_END) },
        { key_ppage, KEY_OF(K_PGUP) },  { key_npage, KEY_OF(K_PGDN) },   { key_ic, KEY_OF(K_INSERT) },
        { key_dc, KEY_OF(K_DELETE) },   { key_btab, KEY_OF(K_BACKTAB) }, { key_enter, KEY_OF(K_ENTER) },
        { key_f1, KEY_FN(1) },          { key_f2, KEY_FN(2) },           { key_f3, KEY_FN(3) },
        { key_f4, KEY_FN(4) },          { key_f5, KEY_FN(5) },           { key_f6, KEY_FN(6) },
        { key_f7, KEY_FN(7) },          { key_f8, KEY_FN(8) },           { key_f9, KEY_FN(9) },
        { key_f10, KEY_FN(10) },        { key_f11, KEY_FN(11) },         { key_f12, KEY_FN(12) },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        input_add_sequence(input, rows[i].sequence, rows[i].key);
    }
}

/* A terminal with modes of DEC's kind passes over one that it does not know. */
void caps_add_paste_marks(StrBuf *out, bool wanted)
{
    const char *const parts[] = { cursor_normal, cursor_invisible, enter_ca_mode, keypad_xmit };
    bool has_modes = false;
    for (size_t i = 0; i < COUNTOF(parts); i++) {
        has_modes = has_modes || (parts[i] != NULL && str_find(str_of(parts[i]), STR("\033[?"), 0) != SIZE_MAX);
    }
    if (has_modes) {
        strbuf_add(out, wanted ? STR("\033[?2004h") : STR("\033[?2004l"));
    }
}

void caps_add_restore(StrBuf *out)
{
    caps_add_paste_marks(out, false);
    const char *const parts[] = { exit_attribute_mode, cursor_normal, exit_ca_mode };
    for (size_t i = 0; i < COUNTOF(parts); i++) {
        if (parts[i] != NULL && str_find(str_of(parts[i]), STR("$<"), 0) == SIZE_MAX) { /* no padding in a hurry */
            strbuf_add(out, str_of(parts[i]));
        }
    }
    strbuf_add(out, STR("\r\n"));
}
