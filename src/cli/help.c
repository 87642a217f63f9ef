#include "cli/cli_priv.h"
#include "vekha/base/utf8.h"

enum { HELP_COLS = 79, NAME_COLS = 30, INDENT = 2 };

static int help_cols(const Cli *cli)
{
    return cli->n_cols > NAME_COLS * 2 && cli->n_cols < HELP_COLS ? cli->n_cols : HELP_COLS;
}

/* Wrapped text from column `indent` on; the line has `used` columns already. */
static void put_wrapped(Cli *cli, Str text, int used, int indent)
{
    while (text.n_bytes > 0) {
        Str line = utf8_wrap(&text, help_cols(cli) - indent);
        strbuf_add_chars(&cli->out, ' ', (size_t)(indent > used ? indent - used : 0));
        strbuf_add(&cli->out, line);
        strbuf_add_char(&cli->out, '\n');
        used = 0;
    }
}

/* A name, and beside it (or below, where it is long) what it means. */
static void put_entry(Cli *cli, Str name, TextId help)
{
    int used = INDENT + utf8_cols(name);
    strbuf_add_chars(&cli->out, ' ', INDENT);
    strbuf_add(&cli->out, name);
    if (used >= NAME_COLS) {
        strbuf_add_char(&cli->out, '\n');
        used = 0;
    }
    put_wrapped(cli, text_get(cli_lang(cli), help), used, NAME_COLS);
}

static void put_options(Cli *cli, TextId heading, unsigned long long which)
{
    StrBuf name = { 0 };
    strbuf_add_char(&cli->out, '\n');
    strbuf_add(&cli->out, text_get(cli_lang(cli), heading));
    strbuf_add_char(&cli->out, '\n');
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionInfo *option = option_info((OptionId)i);
        if ((which >> i & 1) == 0) {
            continue;
        }
        strbuf_clear(&name);
        if (option->letter != 0) {
            strbuf_addf(&name, "-%c, ", option->letter);
        }
        strbuf_addf(&name, "--%.*s", STR_ARG(option->name));
        strbuf_add(&name, option->take != NULL ? STR(" ") : (Str){ 0 });
        option_add_arg(&name, cli_lang(cli), option);
        put_entry(cli, strbuf_str(&name), option->help);
    }
    strbuf_done(&name);
}

static void add_usage(StrBuf *out, Lang lang, const Subcommand *command)
{
    strbuf_add(out, command->name);
    strbuf_add(out, command->args != T_NONE ? STR(" ") : (Str){ 0 });
    strbuf_add(out, text_get(lang, command->args));
}

void help_all(Cli *cli)
{
    StrBuf name = { 0 };
    put_wrapped(cli, text_get(cli_lang(cli), T_CLI_ABOUT), 0, 0);
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        strbuf_clear(&name);
        add_usage(&name, cli_lang(cli), command);
        put_entry(cli, strbuf_str(&name), command->help);
    }
    put_options(cli, T_CLI_OPTIONS_FOR_ALL, OPTIONS_FOR_ALL);
    strbuf_add_char(&cli->out, '\n');
    put_wrapped(cli, text_get(cli_lang(cli), T_CLI_ABOUT_REST), 0, 0);
    strbuf_done(&name);
}

void help_subcommand(Cli *cli, const Subcommand *command)
{
    strbuf_add(&cli->out, STR("vekha "));
    add_usage(&cli->out, cli_lang(cli), command);
    strbuf_add(&cli->out, STR("\n\n"));
    put_wrapped(cli, text_get(cli_lang(cli), command->details), 0, 0);
    if (command->options != 0) {
        put_options(cli, T_CLI_OPTIONS, command->options);
    }
    put_options(cli, T_CLI_OPTIONS_FOR_ALL, OPTIONS_FOR_ALL);
}

void help_version(Cli *cli)
{
    strbuf_add(&cli->out, STR("vekha " CLI_VERSION "\n"));
}
