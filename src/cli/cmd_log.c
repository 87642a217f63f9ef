#include <stdint.h>
#include <stdlib.h>

#include "cli/cli_priv.h"
#include "cli/json_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/store/journal_say.h"

/* The journal of one plan, and what of it is asked for. */
typedef struct Log {
    Cli *cli;
    const PlanFile *file;
    Journal journal;
    JournalTracks tracks;
    size_t *events; /* of the plan, by track; SIZE_MAX: not there */
    long long since_ms;
    size_t track; /* SIZE_MAX: of all */
    size_t n_shown;
    StrBuf buf;
} Log;

static size_t event_of(const Log *log, const JournalStep *step)
{
    return step->track == SIZE_MAX ? SIZE_MAX : log->events[step->track];
}

/* The latest event of the journal that had that number or id, and is not in the plan any more. */
static size_t gone_track(const Log *log, Str number)
{
    Str name = str_starts(number, STR("id:")) ? str_from(number, STR("id:").n_bytes) : number;
    name.n_bytes -= name.n_bytes > 1 && str_ends(name, STR(".")) ? 1 : 0;
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < log->tracks.steps.n; i++) {
        const JournalStep *step = &log->tracks.steps.at[i];
        Str event = log->journal.entries.at[step->first].event;
        event.n_bytes -= event.n_bytes > 1 && str_ends(event, STR(".")) ? 1 : 0;
        bool is_gone = step->track != SIZE_MAX && log->events[step->track] == SIZE_MAX;
        found = is_gone && str_eq(event, name) ? step->track : found;
    }
    return found;
}

/* False: there is no such event (said already). is_none: there is, and the journal has nothing of it. */
static bool find_event(Log *log, bool *is_none)
{
    Str number = log->cli->options.event;
    IndexVec found = { 0 };
    size_t event;
    *is_none = false;
    log->track = SIZE_MAX;
    if (number.n_bytes == 0) {
        return true;
    }
    plan_find(log->file->plan, number, &found);
    log->track = found.n == 0 ? gone_track(log, number) : SIZE_MAX;
    vec_done(&found);
    if (log->track != SIZE_MAX) {
        return true;
    }
    if (!plan_event(log->cli, log->file, number, &event)) {
        return false;
    }
    for (size_t i = 0; i < log->tracks.tracks.n; i++) {
        log->track = log->events[i] == event ? i : log->track;
    }
    *is_none = log->track == SIZE_MAX;
    return true;
}

static bool is_wanted(const Log *log, const JournalStep *step)
{
    return log->journal.entries.at[step->first].time >= log->since_ms && (log->track == SIZE_MAX || step->track == log->track);
}

/* «10.05.2022 12:30  Иванова И.И.  № 5  Педагогический совет», and below it what. */
static void print_step(Log *log, const JournalStep *step)
{
    Cli *cli = log->cli;
    enum { INDENT = 4, USUAL_COLS = 100 };
    const JournalEntry *entries = &log->journal.entries.at[step->first];
    size_t event = event_of(log, step);
    StrBuf head = { 0 };
    int n_cols = cli->n_cols > 0 ? cli->n_cols : USUAL_COLS;
    cli_add_moment(&head, cli_lang(cli), entries->time);
    strbuf_add(&head, STR("  "));
    strbuf_add(&head, entries->who);
    strbuf_add(&head, STR("  "));
    journal_add_owner(&head, cli_lang(cli), entries);
    if (entries->event.n_bytes > 0 || entries->title.n_bytes > 0) {
        cli_add_event_name(&head, log->file->plan, event, entries->event);
        strbuf_add(&head, STR("  "));
        strbuf_add(&head, event == SIZE_MAX ? entries->title : log->file->plan->events.at[event].title);
    }
    canvas_field(paint_row(cli, n_cols), 0, 0, n_cols, STYLE_STRONG, strbuf_str(&head));
    paint_row_out(cli, n_cols);
    for (size_t i = 0; i < step->n; i++) {
        strbuf_clear(&head);
        journal_add_entry(&head, cli_lang(cli), log->file->plan, &entries[i]);
        cli_put_indented(cli, INDENT, STYLE_TEXT, strbuf_str(&head));
    }
    strbuf_done(&head);
}

static void put_value(StrBuf *out, Str value)
{
    strbuf_add_char(out, '\t');
    utf8_add_visible(out, value);
}

static void print_step_tsv(Log *log, const JournalStep *step)
{
    StrBuf *out = &log->cli->out;
    for (size_t i = step->first; i < step->first + step->n; i++) {
        const JournalEntry *entry = &log->journal.entries.at[i];
        journal_add_time(out, entry->time);
        put_value(out, entry->who);
        put_value(out, entry->event);
        strbuf_clear(&log->buf);
        cli_add_event_name(&log->buf, log->file->plan, event_of(log, step), (Str){ 0 });
        put_value(out, strbuf_str(&log->buf));
        put_value(out, entry->title);
        put_value(out, entry->field);
        put_value(out, entry->was);
        put_value(out, entry->became);
        strbuf_add_char(out, '\n');
    }
}

static void put_pair(Json *json, Str key, Str value)
{
    json_key(json, key);
    json_text(json, value);
}

static void put_entry(Log *log, Json *json, const JournalStep *step, const JournalEntry *entry)
{
    StrBuf *buf = &log->buf;
    json_open_object(json);
    strbuf_clear(buf);
    journal_add_time(buf, entry->time);
    put_pair(json, STR("time"), strbuf_str(buf));
    put_pair(json, STR("who"), entry->who);
    put_pair(json, STR("event"), entry->event);
    if (event_of(log, step) != SIZE_MAX) {
        put_pair(json, STR("no"), log->file->plan->events.at[event_of(log, step)].no);
    }
    put_pair(json, STR("title"), entry->title);
    put_pair(json, STR("field"), entry->field);
    put_pair(json, STR("was"), entry->was);
    put_pair(json, STR("became"), entry->became);
    json_close_object(json);
}

static void print_json(Log *log)
{
    Json json = { .out = &log->cli->out };
    json_open_list(&json);
    for (size_t i = log->tracks.steps.n; i-- > 0;) {
        const JournalStep *step = &log->tracks.steps.at[i];
        for (size_t k = step->first; k < step->first + step->n && is_wanted(log, step); k++) {
            put_entry(log, &json, step, &log->journal.entries.at[k]);
        }
    }
    json_close_list(&json);
}

static void print_steps(Log *log, void (*print)(Log *, const JournalStep *))
{
    enum { FLUSH_BYTES = 1 << 20 };
    for (size_t i = log->tracks.steps.n; i-- > 0;) {
        if (is_wanted(log, &log->tracks.steps.at[i])) {
            print(log, &log->tracks.steps.at[i]);
            log->n_shown++;
        }
        if (log->cli->out.n_bytes > FLUSH_BYTES) {
            cli_flush(log->cli);
        }
    }
}

static void say_none(Log *log)
{
    paint_line(log->cli, STYLE_DIM, text_get(cli_lang(log->cli), log->tracks.steps.n == 0 ? T_CLI_LOG_EMPTY : T_CLI_LOG_NOTHING));
}

static void print_log(Log *log)
{
    switch (log->cli->options.format) {
    case LIST_TSV:
        strbuf_add(&log->cli->out, STR("time\twho\tevent\tno\ttitle\tfield\twas\tbecame\n"));
        print_steps(log, print_step_tsv);
        break;
    case LIST_JSON:
        print_json(log);
        break;
    default:
        print_steps(log, print_step);
        if (log->n_shown == 0) {
            say_none(log);
        }
        break;
    }
}

void cmd_log(Cli *cli)
{
    bool is_none;
    if (!plans_open_one(cli, cli->args.at[0])) {
        return;
    }
    Log log = { .cli = cli, .file = plan_at(cli, 0), .since_ms = cli_since_ms(cli) };
    plan_say_broken(cli, log.file);
    if (cli_read_journal(cli, log.file, &log.journal, &log.tracks)) {
        log.events = journal_match(&log.tracks, log.file->plan);
        if (find_event(&log, &is_none)) {
            log.tracks.steps.n = is_none ? 0 : log.tracks.steps.n;
            print_log(&log);
        }
    }
    free(log.events);
    strbuf_done(&log.buf);
    journal_tracks_done(&log.tracks);
    journal_done(&log.journal);
}
