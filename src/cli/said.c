#include <stdint.h>

#include "cli/edit_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/header.h"
#include "vekha/store/journal_say.h"

enum { INDENT = 4 };

Str said_name(Cli *cli, const PlanFile *file, size_t event)
{
    StrBuf name = { 0 };
    strbuf_add(&name, plan_label(file));
    strbuf_add(&name, STR(", "));
    plan_add_number(&name, file->plan, event);
    Str kept = cli_keep(cli, &name);
    strbuf_done(&name);
    return kept;
}

void said_line(Cli *cli, TextId row, Str name, Str text)
{
    StrBuf line = { 0 };
    text_put(&line, cli_lang(cli), row, TEXT_STR(name), TEXT_STR(text));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

static void put_row(Cli *cli, Style style, TextId row, Str text)
{
    StrBuf line = { 0 };
    text_put(&line, cli_lang(cli), row, TEXT_STR(text));
    cli_put_indented(cli, INDENT, style, strbuf_str(&line));
    strbuf_done(&line);
}

void said_deadline(Cli *cli, const Plan *plan, size_t index)
{
    const Event *event = &plan->events.at[index];
    const Deadline *deadline = &event->due->deadline;
    DeadlineContext context = plan_context(plan);
    Lang lang = cli_lang(cli);
    StrBuf words = { 0 };
    if (event->when.n_bytes == 0 && event->dates.n_bytes == 0) {
        put_row(cli, STYLE_WARN, T_CLI_HAS_NO_DEADLINE, (Str){ 0 });
        return;
    }
    deadline_add_words(&words, lang, deadline, &context, event->when);
    put_row(cli, STYLE_TEXT, T_CLI_SAID_UNDERSTOOD, strbuf_str(&words));
    for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
        if ((deadline->warnings >> i & 1) != 0) {
            put_row(cli, STYLE_WARN, T_CLI_WHEN_WARNING, text_get(lang, deadline_warning_text((DeadlineWarning)i)));
        }
    }
    if (event->due->days.last == 0) {
        put_row(cli, STYLE_WARN, T_CLI_HAS_NO_DATE, (Str){ 0 });
    }
    strbuf_done(&words);
}

/* «Период: «2022» → «2023»»: of a plan's or section's text. */
static void put_header(Cli *cli, const Change *change, const FieldEdit *edit)
{
    StrBuf line = { 0 };
    Lang lang = cli_lang(cli);
    const HeaderField *field = header_find(edit->key, change->section.index);
    text_put(&line, lang, T_CLI_SAID_HEADING, TEXT_ROW(field->heading));
    if (edit->before.n_bytes > 0) {
        text_put(&line, lang, T_JOURNAL_QUOTED, TEXT_STR(edit->before));
        strbuf_add(&line, STR(" → "));
    }
    if (edit->after.n_bytes > 0) {
        text_put(&line, lang, T_JOURNAL_QUOTED, TEXT_STR(edit->after));
    } else {
        strbuf_add(&line, text_get(lang, T_JOURNAL_NOTHING));
    }
    cli_put_indented(cli, INDENT, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

static void put_edit(Cli *cli, const Plan *plan, const FieldEdit *edit)
{
    StrBuf line = { 0 };
    Str name = edit->key.n_bytes > 0 ? edit->key : field_info(edit->field)->name;
    journal_add_words(&line, cli_lang(cli), plan, name, edit->before, edit->after);
    cli_put_indented(cli, INDENT, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

void said_edits(Cli *cli, const Plan *plan, size_t event, const Change *change)
{
    bool is_due = false;
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (change->kind == CHANGE_HEADER) {
            put_header(cli, change, edit);
        } else {
            put_edit(cli, plan, edit);
            is_due = is_due || (edit->key.n_bytes == 0 && (edit->field == FIELD_WHEN || edit->field == FIELD_DATES));
        }
    }
    if (is_due) {
        said_deadline(cli, plan, event);
    }
}

const JournalEntry *said_who(const Journal *journal, const JournalTracks *tracks, const Event *event, Str field, Str now)
{
    const JournalEntry *last = NULL;
    size_t track = event != NULL ? journal_track_of(tracks, event) : SIZE_MAX;
    StrBuf value = { 0 };
    for (size_t i = 0; i < tracks->steps.n; i++) {
        const JournalStep *step = &tracks->steps.at[i];
        for (size_t k = 0; k < step->n && step->track == track; k++) {
            const JournalEntry *entry = &journal->entries.at[step->first + k];
            last = str_eq(entry->field, field) ? entry : last;
        }
    }
    journal_add_value(&value, now);
    bool is_it = last != NULL && str_eq(last->became, strbuf_str(&value));
    strbuf_done(&value);
    return is_it ? last : NULL;
}

const JournalEntry *said_who_deleted(const Journal *journal, const JournalTracks *tracks, const EventRef *event)
{
    const JournalEntry *last = NULL;
    Str name = event->id.n_bytes > 0 ? event->id : event->no;
    size_t track = journal_track_named(tracks, name, journal_title(event->title));
    for (size_t i = 0; i < tracks->steps.n && track != SIZE_MAX && tracks->tracks.at[track].is_gone; i++) {
        const JournalStep *step = &tracks->steps.at[i];
        for (size_t k = 0; k < step->n && step->track == track; k++) {
            const JournalEntry *entry = &journal->entries.at[step->first + k];
            last = str_eq(entry->field, STR(JOURNAL_DELETED)) ? entry : last;
        }
    }
    return last;
}

bool said_who_changed(const Journal *journal, const JournalTracks *tracks, const Event *was, const Event *is,
                      const JournalEntry **out)
{
    bool is_found = false;
    *out = NULL;
    for (int field = 0; field < FIELD_COUNT; field++) {
        Arena arena = { 0 };
        FieldEdit edit = { .field = (FieldId)field };
        Str now = change_value(is, &edit, &arena);
        if (!change_same_value(&edit, change_value(was, &edit, &arena), now)) {
            const JournalEntry *entry = said_who(journal, tracks, is, field_info((FieldId)field)->name, now);
            *out = entry != NULL && (*out == NULL || entry > *out) ? entry : *out;
            is_found = true;
        }
        arena_done(&arena);
    }
    return is_found;
}

/* «Иванова И.И., 10.05.2022 12:30» */
static void add_who(StrBuf *out, Lang lang, const JournalEntry *entry)
{
    StrBuf moment = { 0 };
    cli_add_moment(&moment, lang, entry->time);
    text_put(out, lang, entry->who.n_bytes > 0 ? T_CLI_CONFLICT_WHO : T_CLI_CONFLICT_WHEN, TEXT_STR(strbuf_str(&moment)),
             TEXT_STR(entry->who));
    strbuf_done(&moment);
}

/* As the journal calls it: of a section "sections[PATH].goal". */
static Str journal_field(Cli *cli, const Change *change, Str key)
{
    StrBuf name = { 0 };
    if (change->kind != CHANGE_HEADER || change->section.index < 0) {
        return key;
    }
    strbuf_addf(&name, "sections[%.*s].%.*s", STR_ARG(change->section.path), STR_ARG(key));
    Str kept = cli_keep(cli, &name);
    strbuf_done(&name);
    return kept;
}

/* The entry of what was done; false: the journal cannot tell, since it is not said what that was. */
static bool find_who(Cli *cli, const PlanFile *file, const Change *change, const Err *err, const Journal *journal,
                     const JournalTracks *tracks, const JournalEntry **out)
{
    size_t event = change->kind == CHANGE_HEADER ? SIZE_MAX : plan_match(file->plan, &change->event);
    const Event *now = event != SIZE_MAX ? &file->plan->events.at[event] : NULL;
    if (err->text == T_CHANGE_NO_EVENT) {
        *out = said_who_deleted(journal, tracks, &change->event);
        return true;
    }
    if (err->text == T_CHANGE_DELETED) {
        return now != NULL && said_who_changed(journal, tracks, change->content, now, out);
    }
    *out = said_who(journal, tracks, now, journal_field(cli, change, err->args[0].str), err->args[1].str);
    return true;
}

/* By the journal, who did what the change is in conflict with. */
static void say_who(Cli *cli, const PlanFile *file, const Change *change, const Err *err)
{
    Journal journal = { 0 };
    JournalTracks tracks = { 0 };
    StrBuf line = { 0 };
    const JournalEntry *entry;
    if (cli_read_journal(cli, file, &journal, &tracks) && find_who(cli, file, change, err, &journal, &tracks, &entry)) {
        strbuf_add(&line, STR("vekha: "));
        if (entry != NULL) {
            add_who(&line, cli_lang(cli), entry);
        } else {
            strbuf_add(&line, text_get(cli_lang(cli), T_CLI_CONFLICT_BY_HAND));
        }
        strbuf_add_char(&line, '\n');
        StrBuf visible = { 0 };
        utf8_add_visible_lines(&visible, strbuf_str(&line));
        cli_say(strbuf_str(&visible));
        strbuf_done(&visible);
    }
    strbuf_done(&line);
    journal_tracks_done(&tracks);
    journal_done(&journal);
}

bool said_failure(Cli *cli, const PlanFile *file, const Change *change, const Err *err)
{
    (void)cli_fail(cli, err);
    bool is_of_event = change->kind == CHANGE_EDIT || change->kind == CHANGE_DELETE; /* others may miss the one beside it */
    if (err->text == T_CHANGE_CONFLICT || err->text == T_CHANGE_DELETED || (err->text == T_CHANGE_NO_EVENT && is_of_event)) {
        say_who(cli, file, change, err);
    }
    return false;
}
