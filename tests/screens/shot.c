/* shot ROWS COLS PROGRAM PLANS KEYS…: the screen of the real program on a real terminal after those keys, as text. */
#include <stdio.h>
#include <stdlib.h>

#include "../support/pty.h"

enum { QUIET_MS = 150 };

int main(int argc, char **argv)
{
    if (argc < 5) {
        return 2;
    }
    const char *const command[] = { argv[3], argv[4], NULL };
    const char *day = getenv("VEKHA_TODAY");
    StrBuf today = { 0 };
    strbuf_addf(&today, "VEKHA_TODAY=%s", day == NULL ? "2022-05-10" : day);
    const char *const env[] = { today.at, NULL };
    PtyOptions options = { .n_rows = atoi(argv[1]), .n_cols = atoi(argv[2]), .env = env };
    Pty *pty = pty_start(&options, command);
    StrBuf screen = { 0 };
    pty_settle(pty, QUIET_MS * 2);
    for (int i = 5; i < argc; i++) {
        pty_send(pty, argv[i]);
        pty_settle(pty, QUIET_MS);
    }
    pty_add_screen(pty, &screen);
    (void)fputs(strbuf_z(&screen), stdout);
    pty_end(pty);
    strbuf_done(&screen);
    strbuf_done(&today);
    return 0;
}
