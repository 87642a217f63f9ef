#include "cli/cli_priv.h"
#include "vekha/base/file.h"

/* Anything that is neither a plan nor a folder was meant as a subcommand. */
static bool check_arguments(Cli *cli)
{
    Err err = { 0 };
    for (size_t i = 0; i < cli->args.n; i++) {
        Str name = cli->args.at[i];
        size_t best = cli_far(name);
        Str nearest = { 0 };
        if (plans_is_path(name) || file_is_folder(name.at)) {
            continue;
        }
        for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
            nearest = cli_is_nearer(name, command->name, &best) ? command->name : nearest;
        }
        (void)(nearest.n_bytes > 0 ? err_set(&err, ERR_USAGE, T_CLI_NO_COMMAND_NEAR, TEXT_STR(name), TEXT_STR(nearest))
                                   : err_set(&err, ERR_USAGE, T_CLI_NO_COMMAND, TEXT_STR(name)));
        return cli_fail(cli, &err);
    }
    return true;
}

void cmd_open(Cli *cli)
{
    if (!check_arguments(cli)) {
        return;
    }
    plans_open(cli);
    if (cli->n_cols > 0 && cli->store != NULL) {
        interface_run(cli);
    } else {
        cmd_overview(cli);
    }
}
