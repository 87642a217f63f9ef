#include <locale.h>
#include <signal.h>

#include "vekha/cli/cli.h"

int main(int argc, char **argv)
{
    (void)setlocale(LC_CTYPE, "");
    (void)setlocale(LC_MESSAGES, ""); /* the system's own words in messages; all else is in the table of texts */
    (void)signal(SIGXFSZ, SIG_IGN);   /* where files may not grow so far, the write fails and is told, as on a full disk */
    return cli_main(argc, argv);
}
