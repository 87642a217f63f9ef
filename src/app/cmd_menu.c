#include "app/app_priv.h"
#include "vekha/app/command.h"

void cmd_menu(Session *session, int arg)
{
    (void)arg;
    session->overlay = OVERLAY_MENU;
    session->overlay_row = 0;
}

void cmd_menu_step(Session *session, int n_groups)
{
    enum { N_GROUPS = GROUP_DIALOG };
    session->menu_group = (session->menu_group + n_groups + N_GROUPS) % N_GROUPS;
    session->overlay_row = 0;
}

void cmd_menu_choose(Session *session, int row)
{
    session->overlay = OVERLAY_NONE;
    command_run(session, command_in_group((CommandGroup)session->menu_group, (size_t)row));
}
