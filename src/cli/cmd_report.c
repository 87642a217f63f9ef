#include <stdint.h>

#include "cli/cli_priv.h"
#include "cli/json_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/field.h"
#include "vekha/store/journal_heads.h"
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
static void put_counts(Cli *cli, const JournalSince *since, size_t n_heads)
{
    Counts counts = count(since);
    Lang lang = cli_lang(cli);
    StrBuf line = { 0 };
    StrBuf day = { 0 };
    cli_add_day(&day, lang, cli->options.since);
    TextId row = since->events.n > 0 ? T_CLI_SINCE_COUNT : n_heads > 0 ? T_CLI_SINCE_HEADS : T_CLI_SINCE_NOTHING;
    text_put(&line, lang, row, TEXT_STR(strbuf_str(&day)), TEXT_NUM(since->events.n));
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

static void put_head(Cli *cli, const PlanFile *file, const HeadSince *head)
{
    StrBuf words = { 0 };
    JournalEntry entry = { .field = head->field, .was = head->was, .became = head->now };
    journal_add_owner(&words, cli_lang(cli), &entry);
    cli_put_indented(cli, 0, STYLE_STRONG, strbuf_str(&words));
    strbuf_clear(&words);
    journal_add_entry_beside(&words, cli_lang(cli), file->plan, &entry, &entry);
    put_words(cli, &words);
    put_last(cli, head->last, &words);
    strbuf_done(&words);
}

static void put_text(Cli *cli, const PlanFile *file, const JournalSince *since, const HeadSinceVec *heads)
{
    paint_line(cli, STYLE_HEADING, plan_label(file));
    put_counts(cli, since, heads->n);
    for (size_t i = 0; i < heads->n; i++) {
        put_head(cli, file, &heads->at[i]);
    }
    for (size_t i = 0; i < since->events.n; i++) {
        put_event(cli, file, since, &since->events.at[i]);
    }
}

static void put_pair(Json *json, Str key, Str value)
{
    json_key(json, key);
    json_text(json, value);
}

static void json_put_diff(Json *json, Str field, Str was, Str now)
{
    json_open_object(json);
    put_pair(json, STR("field"), field);
    put_pair(json, STR("was"), was);
    put_pair(json, STR("now"), now);
    json_close_object(json);
}

static void json_put_diffs(Json *json, const JournalSince *since, const EventSince *one)
{
    json_key(json, STR("fields"));
    json_open_list(json);
    for (size_t i = one->first_diff; i < one->first_diff + one->n_diffs; i++) {
        json_put_diff(json, since->diffs.at[i].field, since->diffs.at[i].was, since->diffs.at[i].became);
    }
    json_close_list(json);
}

static void json_put_last(Json *json, const JournalEntry *last)
{
    StrBuf time = { 0 };
    journal_add_time(&time, last->time);
    put_pair(json, STR("who"), last->who);
    put_pair(json, STR("time"), strbuf_str(&time));
    strbuf_done(&time);
}

static void json_put_since(Json *json, const PlanFile *file, const JournalSince *since, const EventSince *one)
{
    const Event *event = one->event < file->plan->events.n ? &file->plan->events.at[one->event] : NULL;
    json_open_object(json);
    put_pair(json, STR("plan"), file->name);
    put_pair(json, STR("change"), event == NULL ? STR("deleted") : one->is_new ? STR("added") : STR("changed"));
    put_pair(json, STR("event"), event == NULL ? one->name : event->id);
    put_pair(json, STR("no"), event == NULL ? (Str){ 0 } : event->no);
    put_pair(json, STR("title"), event == NULL ? one->title : event->title);
    json_key(json, STR("moved"));
    json_number(json, one->is_placed);
    json_put_diffs(json, since, one);
    json_put_last(json, one->last);
    json_close_object(json);
}

static void json_put_head(Json *json, const PlanFile *file, const HeadSince *head)
{
    json_open_object(json);
    put_pair(json, STR("plan"), file->name);
    put_pair(json, STR("change"), STR("plan"));
    put_pair(json, STR("event"), (Str){ 0 });
    put_pair(json, STR("no"), (Str){ 0 });
    put_pair(json, STR("title"), (Str){ 0 });
    json_key(json, STR("moved"));
    json_number(json, 0);
    json_key(json, STR("fields"));
    json_open_list(json);
    json_put_diff(json, head->field, head->was, head->now);
    json_close_list(json);
    json_put_last(json, head->last);
    json_close_object(json);
}

static void report_plan(Cli *cli, const PlanFile *file, Json *json)
{
    Journal journal;
    JournalTracks tracks;
    plan_say_broken(cli, file);
    if (cli_read_journal(cli, file, &journal, &tracks)) {
        JournalSince since;
        HeadSinceVec heads = { 0 };
        journal_since(&journal, &tracks, file->plan, cli_since_ms(cli), &since);
        journal_heads(&journal, file->plan, cli_since_ms(cli), &since.arena, &heads);
        if (json == NULL) {
            put_text(cli, file, &since, &heads);
        }
        for (size_t i = 0; i < heads.n && json != NULL; i++) {
            json_put_head(json, file, &heads.at[i]);
        }
        for (size_t i = 0; i < since.events.n && json != NULL; i++) {
            json_put_since(json, file, &since, &since.events.at[i]);
        }
        vec_done(&heads);
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
