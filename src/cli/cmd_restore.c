#include <stdint.h>
#include <stdlib.h>

#include "cli/cli_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/store/journal_say.h"
#include "vekha/store/restore.h"

/* What is asked for, and what the journal has of it. */
typedef struct Job {
    Cli *cli;
    const PlanFile *file;
    Journal journal;
    JournalTracks tracks;
    size_t *events; /* of the plan, by track; SIZE_MAX: not there */
    RestoreAsk ask;
    Restore answer;
    JournalEntryVec entries; /* the changes in words */
    Arena arena;
} Job;

static Str without_stop(Str name)
{
    name.n_bytes -= name.n_bytes > 1 && str_ends(name, STR(".")) ? 1 : 0;
    return name;
}

static bool is_called(const JournalEntry *entry, Str name)
{
    Str plain = str_starts(name, STR("id:")) ? str_from(name, STR("id:").n_bytes) : name;
    return str_eq(without_stop(entry->event), without_stop(plain)) || str_eq(entry->title, journal_title(name));
}

/* «№ 5 «Педсовет»; № 5 «Линейка»» */
static bool say_several(Job *job, Str name, const IndexVec *found)
{
    Err err = { 0 };
    StrBuf list = { 0 };
    for (size_t i = 0; i < found->n; i++) {
        const JournalTrack *track = &job->tracks.tracks.at[found->at[i]];
        strbuf_add(&list, i > 0 ? STR("; ") : (Str){ 0 });
        text_put(&list, cli_lang(job->cli), journal_is_id(track->event) ? T_JOURNAL_EVENT_ID : T_JOURNAL_EVENT,
                 TEXT_STR(track->event), TEXT_STR(track->title));
    }
    (void)err_set(&err, ERR_USAGE, T_CLI_RESTORE_SEVERAL, TEXT_STR(name), TEXT_STR(strbuf_str(&list)));
    strbuf_done(&list);
    return cli_fail(job->cli, &err);
}

/* Events that were called so and are not in the plan any more. */
static bool find_gone(Job *job, Str name, IndexVec *found)
{
    enum { MANY = 6 };
    for (size_t i = job->tracks.steps.n; i-- > 0 && found->n < MANY;) {
        const JournalStep *step = &job->tracks.steps.at[i];
        bool is_new = step->track != SIZE_MAX && job->events[step->track] == SIZE_MAX &&
                      is_called(&job->journal.entries.at[step->first], name);
        for (size_t k = 0; k < found->n && is_new; k++) {
            is_new = found->at[k] != step->track;
        }
        if (is_new) {
            vec_push(found, step->track);
        }
    }
    return found->n > 0;
}

/* False: there is none, or there are several (said already). */
static bool find_event(Job *job, Str name)
{
    IndexVec found = { 0 };
    IndexVec gone = { 0 };
    bool ok;
    plan_find(job->file->plan, name, &found);
    job->ask.what = RESTORE_EVENT;
    if (found.n > 0 || !find_gone(job, name, &gone)) {
        ok = plan_event(job->cli, job->file, name, &job->ask.event);
    } else if (gone.n > 1) {
        ok = say_several(job, name, &gone);
    } else {
        const JournalTrack *track = &job->tracks.tracks.at[gone.at[0]];
        job->ask.event = SIZE_MAX;
        job->ask.name = track->event;
        job->ask.title = track->title;
        ok = true;
    }
    vec_done(&found);
    vec_done(&gone);
    return ok;
}

/* Before the first line nothing is known: «журнал начинается 10.05.2022 12:30» */
static void say_beginning(Job *job)
{
    StrBuf line = { 0 };
    StrBuf moment = { 0 };
    bool is_before = job->journal.entries.n > 0 && job->journal.entries.at[0].time > job->ask.at_ms;
    if (is_before) {
        cli_add_moment(&moment, cli_lang(job->cli), job->journal.entries.at[0].time);
        strbuf_add(&line, STR("vekha: "));
        text_put(&line, cli_lang(job->cli), T_CLI_RESTORE_BEFORE, TEXT_STR(strbuf_str(&moment)));
        strbuf_add_char(&line, '\n');
        cli_say(strbuf_str(&line));
    }
    strbuf_done(&line);
    strbuf_done(&moment);
}

static void say_note(Job *job, const RestoreNote *note)
{
    StrBuf words = { 0 };
    StrBuf visible = { 0 };
    restore_add_note(&words, cli_lang(job->cli), job->file->plan, note);
    strbuf_add(&visible, STR("vekha: "));
    utf8_add_visible(&visible, strbuf_str(&words));
    strbuf_add_char(&visible, '\n');
    cli_say(strbuf_str(&visible));
    strbuf_done(&words);
    strbuf_done(&visible);
}

/* «5  Педсовет», of texts of the plan its name; below it each field from what it is to what it was. */
static void print_change(Job *job, const Change *change)
{
    enum { INDENT = 4, USUAL_COLS = 100 };
    Cli *cli = job->cli;
    StrBuf text = { 0 };
    int n_cols = cli->n_cols > 0 ? cli->n_cols : USUAL_COLS;
    vec_clear(&job->entries);
    journal_add_change(&job->entries, &job->arena, change);
    if (change->kind == CHANGE_HEADER) {
        strbuf_add(&text, plan_label(job->file));
    } else {
        cli_add_event_name(&text, job->file->plan, change->event.index, change->event.no);
        strbuf_add(&text, STR("  "));
        strbuf_add(&text, change->event.title);
    }
    canvas_field(paint_row(cli, n_cols), 0, 0, n_cols, STYLE_STRONG, strbuf_str(&text));
    paint_row_out(cli, n_cols);
    for (size_t i = 0; i < job->entries.n; i++) {
        strbuf_clear(&text);
        journal_add_entry(&text, cli_lang(cli), job->file->plan, &job->entries.at[i]);
        cli_put_indented(cli, INDENT, STYLE_TEXT, strbuf_str(&text));
    }
    strbuf_done(&text);
}

/* «Мегион: как было 20.11.2026 23:59:59», or what else is to be said of it. */
static void say_done(Job *job, TextId text)
{
    StrBuf line = { 0 };
    StrBuf moment = { 0 };
    cli_add_exact_moment(&moment, cli_lang(job->cli), job->ask.at_ms);
    text_put(&line, cli_lang(job->cli), text, TEXT_STR(plan_label(job->file)), TEXT_STR(strbuf_str(&moment)));
    paint_line(job->cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
    strbuf_done(&moment);
}

/* The words first: the plan is read anew as soon as it is changed. */
static void apply(Job *job)
{
    Err err = { 0 };
    Cli *cli = job->cli;
    const Restore *answer = &job->answer;
    for (size_t i = 0; i < answer->changes.n; i++) {
        print_change(job, &answer->changes.at[i]);
    }
    if (cli->options.dry_run) {
        say_done(job, T_CLI_RESTORE_WOULD);
    } else if (store_apply_all(cli->store, 0, (ChangeSet){ answer->changes.at, answer->changes.n }, NULL, &err)) {
        job->file = plan_at(cli, 0);
        say_done(job, T_CLI_RESTORE_DONE);
    } else {
        strbuf_clear(&cli->out); /* nothing of it is so */
        (void)cli_fail(cli, &err);
    }
}

static void run(Job *job)
{
    Err err = { 0 };
    StrBuf moment = { 0 };
    restore_make(&job->journal, job->file->plan, &job->ask, &job->answer);
    say_beginning(job);
    for (size_t i = 0; i < job->answer.notes.n; i++) {
        say_note(job, &job->answer.notes.at[i]);
    }
    if (job->ask.what == RESTORE_EVENT && job->answer.was_not_there) {
        cli_add_exact_moment(&moment, cli_lang(job->cli), job->ask.at_ms);
        (void)err_set(&err, ERR_USAGE, job->answer.is_there ? T_CLI_RESTORE_NOT_YET : T_CLI_RESTORE_NO_MORE,
                      TEXT_STR(job->cli->args.at[1]), TEXT_STR(strbuf_str(&moment)), TEXT_STR(job->cli->args.at[0]));
        (void)cli_fail(job->cli, &err);
    } else if (job->answer.changes.n == 0) {
        say_done(job, job->answer.notes.n > 0 ? T_CLI_RESTORE_CANNOT : T_CLI_RESTORE_SAME);
    } else {
        apply(job);
    }
    strbuf_done(&moment);
}

void cmd_restore(Cli *cli)
{
    Err err = { 0 };
    if (!cli->options.at.is_said) {
        (void)err_plain(&err, ERR_USAGE, T_CLI_RESTORE_NEEDS_AT);
        (void)cli_fail(cli, &err);
        return;
    }
    Job job = { .cli = cli, .file = plan_to_change(cli), .ask = { .at_ms = cli->options.at.utc_ms, .event = SIZE_MAX } };
    if (job.file == NULL) {
        return;
    }
    if (cli_read_journal(cli, job.file, &job.journal, &job.tracks)) {
        job.events = journal_match(&job.tracks, job.file->plan);
        if (cli->args.n < 2 || find_event(&job, cli->args.at[1])) {
            run(&job);
        }
    }
    free(job.events);
    restore_done(&job.answer);
    vec_done(&job.entries);
    arena_done(&job.arena);
    journal_tracks_done(&job.tracks);
    journal_done(&job.journal);
}
