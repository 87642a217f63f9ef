#include <curses.h>
#include <locale.h>
int main(void)
{
    setlocale(LC_ALL, "");
    initscr();
    noecho();
    cbreak();
    keypad(stdscr, TRUE);
    curs_set(0);
    int sel = 0, c;
    for (int i = 0; i < 24; i++)
        mvprintw(i, 0, "%2d. Организация и проведение школьного этапа олимпиады № %d", i, i + 1);
    mvchgat(0, 0, -1, A_REVERSE, 0, NULL);
    refresh();
    while ((c = getch()) != 'q') {
        mvchgat(sel, 0, -1, A_NORMAL, 0, NULL);
        sel = (sel + 1) % 24;
        mvchgat(sel, 0, -1, A_REVERSE, 0, NULL);
        refresh();
    }
    endwin();
    return 0;
}
