#include <limits.h>

#include "cli/cli_priv.h"
#include "vekha/base/clock.h"
#include "vekha/base/utf8.h"

enum { PIPE_COLS = 100 };

static void say_row(Cli *cli, TextId row, size_t n)
{
    StrBuf line = { 0 };
    strbuf_add(&line, STR("vekha: "));
    text_put(&line, cli_lang(cli), row, TEXT_NUM(n));
    strbuf_add_char(&line, '\n');
    cli_say(strbuf_str(&line));
    strbuf_done(&line);
}

bool cli_read_journal(Cli *cli, const PlanFile *file, Journal *journal, JournalTracks *tracks)
{
    Err err = { 0 };
    bool ok = journal_read(file->path.at, journal, &err);
    journal_track(journal, tracks);
    if (!ok) {
        return cli_fail(cli, &err);
    }
    if (journal->is_cut) {
        say_row(cli, T_CLI_LOG_CUT, 0);
    }
    if (journal->n_skipped > 0) {
        say_row(cli, T_CLI_LOG_SKIPPED, journal->n_skipped);
    }
    return true;
}

long long cli_since_ms(const Cli *cli)
{
    if (cli->options.since == 0) {
        return LLONG_MIN;
    }
    Civil civil = day_civil(cli->options.since);
    return clock_day_begin((ClockDay){ civil.year, civil.month, civil.day });
}

void cli_add_day(StrBuf *out, Lang lang, Day day)
{
    (lang == LANG_RU ? day_add_ru : day_add_iso)(out, day);
}

void cli_add_moment(StrBuf *out, Lang lang, long long utc_ms)
{
    ClockTime local = clock_local(utc_ms);
    cli_add_day(out, lang, day_of(local.day.year, local.day.month, local.day.day));
    strbuf_addf(out, " %02d:%02d", local.hour, local.minute);
}

void cli_add_exact_moment(StrBuf *out, Lang lang, long long utc_ms)
{
    enum { MS = 1000, MINUTE_S = 60 };
    long long seconds = utc_ms / MS - (utc_ms % MS < 0);
    cli_add_moment(out, lang, utc_ms);
    strbuf_addf(out, ":%02d", (int)((seconds % MINUTE_S + MINUTE_S) % MINUTE_S)); /* no zone is off by less than a minute now */
}

void cli_add_event_name(StrBuf *out, const Plan *plan, size_t event, Str name)
{
    if (event < plan->events.n) {
        plan_add_number(out, plan, event);
    } else {
        strbuf_add(out, name);
    }
}

void cli_put_indented(Cli *cli, int indent, Style style, Str text)
{
    int n_cols = (cli->n_cols > 0 ? cli->n_cols : PIPE_COLS) - indent;
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, text);
    for (Str rest = strbuf_str(&visible); rest.n_bytes > 0;) {
        strbuf_add_chars(&cli->out, ' ', (size_t)indent);
        paint_line(cli, style, utf8_wrap(&rest, n_cols));
    }
    strbuf_done(&visible);
}
