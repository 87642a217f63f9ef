#include <stdint.h>

#include "cli/cli_priv.h"
#include "cli/json_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/field.h"
#include "vekha/store/journal_say.h"

/* What the changes come to: how many events came, went, and have a status now that they had not. */
typedef struct Counts {
    size_t n_new, n_gone, statuses[STATUS_COUNT];
} Counts;

static Counts count(const JournalSince *since)
{
    Counts counts = { 0 };
    for (size_t i = 0; i < since->events.n; i++) {
        const EventSince *one = &since->events.at[i];
        counts.n_new += one->is_new;
        counts.n_gone += one->event == SIZE_MAX;
        for (size_t k = one->first_diff; k < one->first_diff + one->n_diffs; k++) {
            const JournalDiff *diff = &since->diffs.at[k];
            Status status;
            bool is_status = str_eq(diff->field, field_info(FIELD_STATUS)->name);
            if (is_status && status_parse_name(diff->became.n_bytes > 0 ? diff->became : STR("planned"), &status)) {
                counts.statuses[status]++;
            }
        }
    }
    return counts;
}

static void add_count(StrBuf *out, Lang lang, size_t begin, TextId word, size_t n)
{
    if (n > 0) {
        strbuf_add(out, out->n_bytes > begin ? STR(", ") : STR(": "));
        text_put(out, lang, T_CLI_SINCE_STATUS, TEXT_ROW(word), TEXT_NUM(n));
    }
}

/* «с 01.05.2022 изменились 3 мероприятия: исполнено 2, добавлено 1» */
static void put_counts(Cli *cli, const JournalSince *since)
{
    Counts counts = count(since);
    Lang lang = cli_lang(cli);
    StrBuf line = { 0 };
    StrBuf day = { 0 };
    cli_add_day(&day, lang, cli->options.since);
    text_put(&line, lang, since->events.n > 0 ? T_CLI_SINCE_COUNT : T_CLI_SINCE_NOTHING, TEXT_STR(strbuf_str(&day)),
             TEXT_NUM(since->events.n));
    size_t begin = line.n_bytes;
    for (int i = STATUS_DONE; i < STATUS_COUNT; i++) {
        add_count(&line, lang, begin, status_info((Status)i)->word, counts.statuses[i]);
    }
    add_count(&line, lang, begin, T_CLI_SINCE_NEW, counts.n_new);
    add_count(&line, lang, begin, T_CLI_SINCE_DELETED, counts.n_gone);
    cli_put_indented(cli, 0, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
    strbuf_done(&day);
}

static void put_words(Cli *cli, StrBuf *words)
{
    enum { INDENT = 4 };
    cli_put_indented(cli, INDENT, STYLE_TEXT, strbuf_str(words));
    strbuf_clear(words);
}

static void put_last(Cli *cli, const JournalEntry *last, StrBuf *words)
{
    enum { INDENT = 4 };
    StrBuf moment = { 0 };
    cli_add_moment(&moment, cli_lang(cli), last->time);
    text_put(words, cli_lang(cli), T_CLI_SINCE_LAST, TEXT_STR(strbuf_str(&moment)), TEXT_STR(last->who));
    cli_put_indented(cli, INDENT, STYLE_DIM, strbuf_str(words));
    strbuf_clear(words);
    strbuf_done(&moment);
}

static void put_event(Cli *cli, const PlanFile *file, const JournalSince *since, const EventSince *one)
{
    StrBuf words = { 0 };
    const Event *event = one->event < file->plan->events.n ? &file->plan->events.at[one->event] : NULL;
    cli_add_event_name(&words, file->plan, one->event, one->name);
    strbuf_add(&words, STR("  "));
    strbuf_add(&words, event != NULL ? event->title : one->title);
    cli_put_indented(cli, 0, STYLE_STRONG, strbuf_str(&words));
    strbuf_clear(&words);
    if (event == NULL) {
        strbuf_add(&words, text_get(cli_lang(cli), T_CLI_SINCE_GONE));
        put_words(cli, &words);
    }
    if (one->is_new) {
        strbuf_add(&words, text_get(cli_lang(cli), T_CLI_SINCE_NEW));
        strbuf_add(&words, event->when.n_bytes > 0 ? STR(": ") : (Str){ 0 });
        strbuf_add(&words, event->when);
        put_words(cli, &words);
    } else if (one->is_placed && event != NULL) {
        journal_add_words(&words, cli_lang(cli), file->plan, STR(JOURNAL_MOVED), (Str){ 0 }, (Str){ 0 });
        put_words(cli, &words);
    }
    for (size_t i = one->first_diff; i < one->first_diff + one->n_diffs; i++) {
        const JournalDiff *diff = &since->diffs.at[i];
        journal_add_words(&words, cli_lang(cli), file->plan, diff->field, diff->was, diff->became);
        put_words(cli, &words);
    }
    put_last(cli, one->last, &words);
    strbuf_done(&words);
}

static void put_text(Cli *cli, const PlanFile *file, const JournalSince *since)
{
    paint_line(cli, STYLE_HEADING, plan_label(file));
    put_counts(cli, since);
    for (size_t i = 0; i < since->events.n; i++) {
        put_event(cli, file, since, &since->events.at[i]);
    }
}

static void put_pair(Json *json, Str key, Str value)
{
    json_key(json, key);
    json_text(json, value);
}

static void json_put_diffs(Json *json, const JournalSince *since, const EventSince *one)
{
    json_key(json, STR("fields"));
    json_open_list(json);
    for (size_t i = one->first_diff; i < one->first_diff + one->n_diffs; i++) {
        json_open_object(json);
        put_pair(json, STR("field"), since->diffs.at[i].field);
        put_pair(json, STR("was"), since->diffs.at[i].was);
        put_pair(json, STR("now"), since->diffs.at[i].became);
        json_close_object(json);
    }
    json_close_list(json);
}

static void json_put_since(Json *json, const PlanFile *file, const JournalSince *since, const EventSince *one)
{
    StrBuf time = { 0 };
    const Event *event = one->event < file->plan->events.n ? &file->plan->events.at[one->event] : NULL;
    journal_add_time(&time, one->last->time);
    json_open_object(json);
    put_pair(json, STR("plan"), file->name);
    put_pair(json, STR("change"), event == NULL ? STR("deleted") : one->is_new ? STR("added") : STR("changed"));
    put_pair(json, STR("event"), event == NULL ? one->name : event->id);
    put_pair(json, STR("no"), event == NULL ? (Str){ 0 } : event->no);
    put_pair(json, STR("title"), event == NULL ? one->title : event->title);
    json_key(json, STR("moved"));
    json_number(json, one->is_placed);
    json_put_diffs(json, since, one);
    put_pair(json, STR("who"), one->last->who);
    put_pair(json, STR("time"), strbuf_str(&time));
    json_close_object(json);
    strbuf_done(&time);
}

static void report_plan(Cli *cli, const PlanFile *file, Json *json)
{
    Journal journal;
    JournalTracks tracks;
    plan_say_broken(cli, file);
    if (cli_read_journal(cli, file, &journal, &tracks)) {
        JournalSince since;
        journal_since(&journal, &tracks, file->plan, cli_since_ms(cli), &since);
        if (json == NULL) {
            put_text(cli, file, &since);
        }
        for (size_t i = 0; i < since.events.n && json != NULL; i++) {
            json_put_since(json, file, &since, &since.events.at[i]);
        }
        journal_since_done(&since);
    }
    journal_tracks_done(&tracks);
    journal_done(&journal);
}

void cmd_report(Cli *cli)
{
    Err err = { 0 };
    Json json = { .out = &cli->out };
    bool is_json = cli->options.format == CHECK_JSON;
    if (cli->options.since == 0) {
        (void)err_plain(&err, ERR_USAGE, T_CLI_REPORT_NEEDS_SINCE);
        (void)cli_fail(cli, &err);
        return;
    }
    plans_open(cli);
    plans_say_none(cli);
    if (is_json) {
        json_open_list(&json);
    }
    for (size_t i = 0; i < plans_count(cli); i++) {
        if (i > 0 && !is_json) {
            strbuf_add_char(&cli->out, '\n');
        }
        report_plan(cli, plan_at(cli, i), is_json ? &json : NULL);
    }
    if (is_json) {
        json_close_list(&json);
    }
}
