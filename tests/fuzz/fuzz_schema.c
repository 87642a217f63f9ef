/*
 * Any file, read as a plan, and marks made on it. The first bytes say which events are marked and how, the rest is the
 * file. A mark is refused with a reason, or the file read again holds exactly that mark and no other byte has changed.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../support/patch.h"
#include "store/store_priv.h"
#include "vekha/core/change_mark.h"
#include "vekha/core/plan_finder.h"
#include "vekha/core/timeline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_CONTROL = 8, TODAY = 738000, MOST_COLS = 60 };

static const Str values[] = {
    STR_INIT(""),        STR_INIT("Методист"),   STR_INIT("раз: два #3"), STR_INIT("No"),
    STR_INIT("27.03"),   STR_INIT("раз\nдва"),   STR_INIT(" x "),         STR_INIT("*a"),
    STR_INIT("2022-03"), STR_INIT("../2022-05"), STR_INIT("2022#1"),      STR_INIT("]}"),
};

static void require(bool is_true)
{
    if (!is_true) {
        abort();
    }
}

static Str value_of(uint8_t choice)
{
    return values[choice % COUNTOF(values)];
}

/* An occurrence of the event, a mark that it has, anything, or none: the event itself. */
static void add_at(StrBuf *out, const Event *event, uint8_t choice)
{
    size_t k = choice / 4;
    if (choice % 4 == 0 && event->due->n_occurrences > 0) {
        occurrence_add_at(out, &event->due->occurrences[k % event->due->n_occurrences]);
    } else if (choice % 4 == 1 && event->n_marks > 0) {
        strbuf_add(out, event->marks[k % event->n_marks].at);
    } else if (choice % 4 == 2) {
        strbuf_add(out, value_of((uint8_t)k));
    }
}

static MarkRequest request_of(const uint8_t *control, Str at)
{
    MarkRequest request = {
        .status = (Status)(control[1] % STATUS_COUNT), .today = TODAY, .who = value_of(control[3]), .at = at
    };
    request.on = control[1] >= 128 ? TODAY - 7 : 0;
    request.evidence = control[2] >= 128 ? value_of(control[2]) : (Str){ 0 };
    request.note = control[3] >= 128 ? value_of(control[3] / 2) : (Str){ 0 };
    bool moves = request.status == STATUS_POSTPONED;
    request.when = moves ? value_of(control[2]) : (Str){ 0 };
    request.reason = moves || request.status == STATUS_CANCELLED ? value_of(control[2] / 3) : (Str){ 0 };
    return request;
}

static size_t line_start(Str text, size_t at)
{
    while (at > 0 && text.at[at - 1] != '\n' && text.at[at - 1] != '\r') {
        at--;
    }
    return at;
}

static size_t next_line(Str text, size_t at)
{
    while (at < text.n_bytes && text.at[at] != '\n' && text.at[at] != '\r') {
        at++;
    }
    at += str_starts(str_from(text, at), STR("\r\n"));
    return at + 1 < text.n_bytes ? at + 1 : text.n_bytes;
}

/* Only lines of the event differ, and only the event, by exactly the change. */
static void check_written(const Doc *doc, const Reading *before, size_t index, const Change *change, const Doc *written)
{
    Str text = doc_text(doc);
    const Node *map = before->bindings.at[index].map;
    require(str_starts(doc_text(written), str_sub(text, 0, line_start(text, map->start))));
    require(str_ends(doc_text(written), str_from(text, next_line(text, map->end))));
    Doc *again = doc_new(doc_text(written));
    Reading after;
    Arena arena = { 0 };
    schema_read(again, &after);
    require(!doc_is_broken(again, NULL));
    require(after.plan.events.n == before->plan.events.n);
    for (size_t i = 0; i < after.plan.events.n; i++) {
        Event wanted = before->plan.events.at[i];
        if (i == index) {
            change_apply(change, &wanted, &arena);
        }
        require(event_eq(&wanted, &after.plan.events.at[i]));
    }
    EventRef ref = event_ref(&before->plan, index);
    PlanFinder then = { .plan = &before->plan };
    PlanFinder now = { .plan = &after.plan };
    size_t found = finder_match_since(&then, &now, &ref);
    require(found == index || found == SIZE_MAX); /* SIZE_MAX: an id twice, say */
    finder_done(&then);
    finder_done(&now);
    arena_done(&arena);
    reading_done(&after);
    doc_free(again);
}

static void mark(Doc *doc, const Reading *reading, const uint8_t *control)
{
    size_t index = control[0] % reading->plan.events.n;
    const Event *event = &reading->plan.events.at[index];
    StrBuf at = { 0 };
    Arena arena = { 0 };
    Change change;
    Err err = { 0 };
    Patch patch;
    add_at(&at, event, control[2]);
    MarkRequest request = request_of(control, strbuf_str(&at));
    if (!change_mark(&reading->plan, index, &request, &arena, &change, &err)) {
        require(err.kind == ERR_USAGE || err.kind == ERR_CONFLICT);
    } else if (patch_one(doc, reading, index, &change, &patch, &err)) {
        Doc *written = doc_new(patch_text(doc, &patch));
        check_written(doc, reading, index, &change, written);
        doc_free(written);
        patch_done(&patch);
    } else {
        require(err.kind == ERR_REFUSED && err.line >= 1);
    }
    arena_done(&arena);
    strbuf_done(&at);
}

/* What every view asks of every event. */
static void look(const Plan *plan)
{
    TimelineCell cells[MOST_COLS];
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        TimelineZoom zoom = (TimelineZoom)(i % ZOOM_COUNT);
        Day first = timeline_first_for(zoom, i % 2 == 0 ? TODAY : event->due->days.last, plan->period);
        TimelineScale scale =
            timeline_scale(timeline_zoom_unit(zoom), first, timeline_units(zoom, first, plan->period), MOST_COLS);
        StrBuf words = { 0 };
        require(timeline_cols(&scale) <= MOST_COLS);
        (void)timeline_row(plan, event, &scale, TODAY, event_next_occurrence(event), cells);
        event_add_brief(&words, LANG_RU, event, TODAY);
        event_add_state(&words, LANG_RU, event, TODAY);
        plan_add_section(&words, plan, event);
        event_add_label(&words, event);
        require(words.n_bytes > 0);
        strbuf_done(&words);
    }
}

static void check(Doc *doc, Reading *reading)
{
    ProblemVec problems = { 0 };
    StrBuf words = { 0 };
    check_run(&(Check){ &reading->plan, TODAY, LANG_RU, &reading->plan.arena, &problems });
    schema_place(doc, reading, problems.at, problems.n);
    for (size_t i = 0; i < problems.n; i++) {
        require(problems.at[i].line >= 1 && problems.at[i].col >= 1);
        problem_add_text(&words, LANG_RU, &problems.at[i]);
    }
    for (size_t i = 0; i < reading->problems.n; i++) {
        require(reading->problems.at[i].line >= 1 && reading->problems.at[i].col >= 1);
        problem_add_text(&words, LANG_RU, &reading->problems.at[i]);
    }
    strbuf_done(&words);
    vec_done(&problems);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < N_CONTROL) {
        return 0;
    }
    Doc *doc = doc_new((Str){ (const char *)data + N_CONTROL, size - N_CONTROL });
    Reading settings; /* the same file as its own folder's settings */
    Reading reading;
    schema_read_settings(doc, &settings);
    schema_read(doc, &reading);
    reading_resolve(&reading, settings.plan.calendar);
    require(reading.bindings.n == reading.plan.events.n);
    check(doc, &reading);
    look(&reading.plan);
    if (!doc_is_broken(doc, NULL) && reading.plan.events.n > 0) {
        mark(doc, &reading, data);
        mark(doc, &reading, data + 4);
    }
    reading_done(&reading);
    reading_done(&settings);
    doc_free(doc);
    return 0;
}
