#ifndef VEKHA_CLI_CLI_H
#define VEKHA_CLI_CLI_H

/**
 * The whole program: reads the arguments, runs the subcommand they name (without one: the
 * interface, or the overview when the output is no terminal) and returns the exit code: 0 done; 1
 * `check` found something, or `list` nothing; 2 wrong usage; 3 a plan or input file cannot be read
 * as one; 4 conflict; 5 the system refused. Standard output is written once, at the end.
 */
int cli_main(int argc, char **argv);

#endif
