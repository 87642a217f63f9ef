#include <locale.h>

#include "vekha/cli/cli.h"

int main(int argc, char **argv)
{
    (void)setlocale(LC_CTYPE, "");
    (void)setlocale(LC_MESSAGES, ""); /* the system's own words in messages; all else is in the table of texts */
    return cli_main(argc, argv);
}
