#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/clock.h"
#include "vekha/store/schema.h"

/* A text read: doc and reading, released together. */
typedef struct Read {
    Doc *doc;
    Reading reading;
} Read;

static Read read_text(Str text)
{
    Read read = { .doc = doc_new(text) };
    schema_read(read.doc, &read.reading);
    return read;
}

static void read_done(Read *read)
{
    reading_done(&read->reading);
    doc_free(read->doc);
}

/* "3:5 bad-value", one a line. */
static void add_problems(StrBuf *out, const Reading *reading)
{
    for (size_t i = 0; i < reading->problems.n; i++) {
        const Problem *problem = &reading->problems.at[i];
        strbuf_addf(out, "%s%d:%d %.*s", i > 0 ? "\n" : "", problem->line, problem->col, STR_ARG(rule_info(problem->rule)->code));
    }
}

static void assert_problems(const char *text, const char *wanted)
{
    Read read = read_text(str_of(text));
    StrBuf got = { 0 };
    add_problems(&got, &read.reading);
    if (!str_eq(strbuf_str(&got), str_of(wanted))) {
        fail_msg("of\n%s\n%s\nnot\n%s", text, strbuf_z(&got), wanted);
    }
    strbuf_done(&got);
    read_done(&read);
}

static void assert_text(Str got, const char *wanted)
{
    if (!str_eq(got, str_of(wanted))) {
        fail_msg("«%.*s», not «%s»", STR_ARG(got), wanted);
    }
}

static Day day(int year, int month, int of_month)
{
    return day_of(year, month, of_month);
}

/* ---- Every key of the format ---- */

static const char whole_plan[] =
    "vekha: 1\n"
    "title: Дорожная карта\n"
    "short: «500+»\n"
    "period: 2022-01-01/2022-12-31\n"
    "organization: Управление\n"
    "basis: приказ № 116\n"
    "approval:\n"
    "  - {stamp: УТВЕРЖДАЮ, post: Директор, organization: , name: Н.М., document: д, date: «__» 2022г.}\n"
    "  - {stamp: СОГЛАСОВАНО}\n"
    "preamble: |\n"
    "  Раз\n"
    "  два\n"
    "headings:\n"
    "  no: №\n"
    "  title: Событие\n"
    "  cost: Сколько стоит\n"
    "  mark: Отметка\n"
    "events:\n"
    "  - title: Без раздела\n"
    "sections:\n"
    "  - no: 1\n"
    "    title: Первый\n"
    "    goal: Цель\n"
    "    sections:\n"
    "      - title: Внутри\n"
    "        events: [{title: Глубоко}]\n"
    "    events:\n"
    "      - id: k3f9\n"
    "        no: 07\n"
    "        title: Разработка\n"
    "        when: 29.03.2022\n"
    "        dates: 2022-03-29\n"
    "        was: [март, {when: апрель, dates: 2022-04, on: 2022-04-02, by: Я, reason: так}]\n"
    "        responsible: [Орган, 'Школа, №6']\n"
    "        result: акт\n"
    "        status: confirmed\n"
    "        done: 2022-03-29\n"
    "        by: Методист\n"
    "        confirmed: 2022-04-01\n"
    "        confirmed-by: Координатор\n"
    "        cancelled: 2022-04-03\n"
    "        reason: пожар\n"
    "        evidence: приказ\n"
    "        note: на сайте\n"
    "        cost: 1.50\n"
    "        marks:\n"
    "          - {at: 2022-03, status: done, done: 2022-03-24, by: М, evidence: е, note: з,\n"
    "             confirmed: 2022-03-25, confirmed-by: К}\n"
    "        conflict: [{field: note, base: а, theirs: б}]\n"
    "  - title: Пустой\n"
    "signatures:\n"
    "  - {post: Директор, name: Мязина, date: }\n"
    "calendar: {school-year: 09-01/05-31}\n";

static void the_keys_of_a_plan_are_read(void **state)
{
    (void)state;
    Read read = read_text(str_of(whole_plan));
    const Plan *plan = &read.reading.plan;
    assert_int_equal(plan->format, 1);
    assert_text(plan->title, "Дорожная карта");
    assert_text(plan->short_name, "«500+»");
    assert_int_equal(plan->period.first, day(2022, 1, 1));
    assert_int_equal(plan->period.last, day(2022, 12, 31));
    assert_text(plan->organization, "Управление");
    assert_text(plan->basis, "приказ № 116");
    assert_text(plan->preamble, "Раз\nдва\n");
    assert_int_equal(plan->approvals.n, 2);
    assert_text(plan->approvals.at[0].stamp, "УТВЕРЖДАЮ");
    assert_text(plan->approvals.at[0].organization, "");
    assert_text(plan->approvals.at[0].name, "Н.М.");
    assert_text(plan->approvals.at[0].document, "д");
    assert_text(plan->approvals.at[0].date, "«__» 2022г.");
    assert_text(plan->approvals.at[1].stamp, "СОГЛАСОВАНО");
    assert_int_equal(plan->headings.n, 4);
    assert_text(plan->headings.at[2].key, "cost");
    assert_text(plan->headings.at[2].text, "Сколько стоит");
    assert_int_equal(plan->signatures.n, 1);
    assert_text(plan->signatures.at[0].post, "Директор");
    assert_text(plan->signatures.at[0].name, "Мязина");
    assert_text(plan->signatures.at[0].date, "");
    read_done(&read);
}

static void the_keys_of_an_event_are_read(void **state)
{
    (void)state;
    Read read = read_text(str_of(whole_plan));
    const Event *event = &read.reading.plan.events.at[1];
    assert_text(event->id, "k3f9");
    assert_text(event->no, "07");
    assert_text(event->title, "Разработка");
    assert_text(event->when, "29.03.2022");
    assert_text(event->dates, "2022-03-29");
    assert_text(event->result, "акт");
    assert_int_equal(event->responsible.n, 2);
    assert_text(event->responsible.at[1], "Школа, №6");
    assert_int_equal(event->status, STATUS_CONFIRMED);
    assert_int_equal(event->done, day(2022, 3, 29));
    assert_text(event->by, "Методист");
    assert_int_equal(event->confirmed, day(2022, 4, 1));
    assert_text(event->confirmed_by, "Координатор");
    assert_int_equal(event->cancelled, day(2022, 4, 3));
    assert_text(event->reason, "пожар");
    assert_text(event->evidence, "приказ");
    assert_text(event->note, "на сайте");
    assert_int_equal(event->n_was, 2);
    assert_text(event->was[0].when, "март");
    assert_text(event->was[1].when, "апрель");
    assert_text(event->was[1].dates, "2022-04");
    assert_int_equal(event->was[1].on, day(2022, 4, 2));
    assert_text(event->was[1].by, "Я");
    assert_text(event->was[1].reason, "так");
    assert_int_equal(event->n_marks, 1);
    assert_text(event->marks[0].at, "2022-03");
    assert_int_equal(event->marks[0].status, STATUS_DONE);
    assert_int_equal(event->marks[0].done, day(2022, 3, 24));
    assert_text(event->marks[0].evidence, "е");
    assert_text(event->marks[0].note, "з");
    assert_int_equal(event->marks[0].confirmed, day(2022, 3, 25));
    assert_text(event->marks[0].confirmed_by, "К");
    assert_int_equal(event->n_own, 1);
    assert_text(event->own[0].key, "cost");
    assert_text(event->own[0].text, "1.50");
    assert_true(event->n_conflicts > 0);
    assert_int_equal(event->line, 28);
    StrBuf got = { 0 };
    add_problems(&got, &read.reading);
    assert_string_equal(strbuf_z(&got), "28:9 conflict");
    strbuf_done(&got);
    read_done(&read);
}

/* The plan's own before its sections', a section's own before those of its sections. */
static void sections_and_their_events_stand_in_the_order_of_the_format(void **state)
{
    (void)state;
    Read read = read_text(str_of(whole_plan));
    const Plan *plan = &read.reading.plan;
    static const struct {
        const char *title;
        int section;
    } events[] = { { "Без раздела", -1 }, { "Разработка", 0 }, { "Глубоко", 1 } };
    assert_int_equal(plan->events.n, COUNTOF(events));
    for (size_t i = 0; i < COUNTOF(events); i++) {
        assert_text(plan->events.at[i].title, events[i].title);
        assert_int_equal(plan->events.at[i].section, events[i].section);
    }
    assert_int_equal(plan->sections.n, 3);
    assert_text(plan->sections.at[0].no, "1");
    assert_text(plan->sections.at[0].goal, "Цель");
    assert_int_equal(plan->sections.at[0].line, 21);
    assert_int_equal(plan->sections.at[1].parent, 0);
    assert_int_equal(plan->sections.at[1].depth, 1);
    assert_int_equal(plan->sections.at[2].parent, -1);
    assert_int_equal(read.reading.bindings.n, plan->events.n);
    read_done(&read);
}

/* ---- Values that are wrong ---- */

#define HEAD "vekha: 1\ntitle: П\nperiod: 2022\n"

static void a_value_of_the_wrong_type_is_an_error_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *problems;
    } cases[] = {
        { HEAD "events:\n- no: [1]\n  title: А\n", "5:7 bad-value" },
        { HEAD "events:\n- title: {а: б}\n", "5:3 bad-value\n5:10 bad-value" },
        { HEAD "events:\n- title: А\n  status: donne\n", "6:11 bad-value" },
        { HEAD "events:\n- title: А\n  status: исполнено\n", "6:11 bad-value" },
        { HEAD "events:\n- title: А\n  status: [done]\n", "6:11 bad-value" },
        { HEAD "events:\n- title: А\n  done: 29.03.2022\n", "6:9 bad-value" },
        { HEAD "events:\n- title: А\n  done: 2022-02-30\n", "6:9 bad-value" },
        { HEAD "events:\n- title: А\n  cancelled: вчера\n  confirmed: {}\n", "6:14 bad-value\n7:14 bad-value" },
        { HEAD "events:\n- title: А\n  responsible: {а: б}\n", "6:16 bad-value" },
        { HEAD "events:\n- title: А\n  responsible: [а, [б]]\n", "6:20 bad-value" },
        { HEAD "events:\n- title: А\n  marks: 5\n", "6:10 bad-value\n6:10 bad-value" },
        { HEAD "events:\n- title: А\n  marks: [{status: done}]\n", "6:11 bad-value" },
        { HEAD "events:\n- title: А\n  marks: [{at: 2022, status: x, done: y}]\n", "6:30 bad-value\n6:39 bad-value" },
        { HEAD "events:\n- title: А\n  was: [{on: x}]\n", "6:14 bad-value" },
        { HEAD "events:\n- title: А\n  was: [[а]]\n", "6:9 bad-value" },
        { HEAD "events:\n- А\n", "5:3 bad-value\n5:3 bad-value" },
        { HEAD "events: А\n", "4:9 bad-value" },
        { HEAD "events: {title: А}\n", "4:9 bad-value" },
        { HEAD "sections: {title: А}\n", "4:11 bad-value" },
        { HEAD "sections: [А]\n", "4:12 bad-value" },
        { HEAD "sections: [{events: 5}]\n", "4:21 bad-value" },
        { HEAD "headings: [no]\n", "4:11 bad-value" },
        { HEAD "headings: {no: [1]}\n", "4:16 bad-value" },
        { HEAD "approval: УТВЕРЖДАЮ\n", "4:11 bad-value" },
        { HEAD "signatures: [Я]\n", "4:14 bad-value" },
        { HEAD "short: [а]\n", "4:8 bad-value" },
        { "vekha: 1\ntitle: П\nperiod: год\n", "3:9 bad-value" },
        { "vekha: 1\ntitle: П\nperiod: [2022]\n", "3:9 bad-value" },
        { "vekha: 1\ntitle: П\nperiod: 2022/2021\n", "3:9 bad-value" },
        { "vekha: один\ntitle: П\nperiod: 2022\n", "1:8 bad-value" },
        { "vekha: [1]\ntitle: П\nperiod: 2022\n", "1:8 bad-value" },
        { "vekha: -1\ntitle: П\nperiod: 2022\n", "1:8 bad-value" },
        { "vekha: 2\ntitle: П\nperiod: 2022\n", "1:8 bad-value" },
        { "title: П\nperiod: 2022\n", "1:1 bad-value" },
        { "vekha:\ntitle: П\nperiod: 2022\n", "1:1 bad-value" },
        { "vekha: 1\nperiod: 2022\n", "1:1 bad-value" },
        { "vekha: 1\ntitle: ' '\nperiod: 2022\n", "1:1 bad-value" },
        { "vekha: 1\ntitle: П\n", "1:1 bad-value" },
        { "vekha: 1\ntitle: П\nperiod:\n", "1:1 bad-value" },
        { HEAD "events:\n- no: 1\n", "5:3 bad-value" },
        { HEAD "events:\n- no: 1\n  title:\n", "5:3 bad-value" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_problems(cases[i].text, cases[i].problems);
    }
}

static void a_bad_value_hides_nothing_but_itself(void **state)
{
    (void)state;
    Read read = read_text(STR(HEAD "events:\n- no: [1]\n  title: А\n  status: donne\n  done: 2022-03-29\n- Б\n- {title: В}\n"));
    const Plan *plan = &read.reading.plan;
    assert_int_equal(plan->events.n, 3);
    assert_text(plan->events.at[0].no, "");
    assert_text(plan->events.at[0].title, "А");
    assert_int_equal(plan->events.at[0].done, day(2022, 3, 29));
    assert_text(plan->events.at[2].title, "В");
    read_done(&read);
}

static void assert_said(const char *text, const char *words)
{
    Read read = read_text(str_of(text));
    StrBuf got = { 0 };
    for (size_t i = 0; i < read.reading.problems.n; i++) {
        strbuf_add(&got, i > 0 ? STR("|") : (Str){ 0 });
        problem_add_text(&got, LANG_RU, &read.reading.problems.at[i]);
    }
    assert_string_equal(strbuf_z(&got), words);
    strbuf_done(&got);
    read_done(&read);
}

static void a_problem_names_the_key_and_offers_the_way_out(void **state)
{
    (void)state;
    assert_said(HEAD "events:\n- {no: [1], title: А}\n", "no: нужен текст, а стоит список");
    assert_said(HEAD "events:\n- {status: donne, title: А}\n", "«donne» — нет такого состояния; возможно, done");
    assert_said(HEAD "events:\n- {status: Исполнено, title: А}\n", "«Исполнено» — нет такого состояния; возможно, done");
    assert_said(HEAD "events:\n- {done: 29.03.2022, title: А}\n",
                "done: «29.03.2022» — нет такого дня; пишите год-месяц-день: 2022-03-29");
    assert_said(HEAD "events: [А]\n", "events: нужен набор полей, а стоит текст|мероприятие без названия (title)");
    assert_said(HEAD "approval: А\n", "approval: нужен набор полей, а стоит текст");
    assert_said(HEAD "events: [{title: А, marks: [[]]}]\n",
                "marks: нужен набор полей, а стоит список|отметка без at: неизвестно, за какой срок");
    assert_said(HEAD "tilte: А\n", "ключа «tilte» в формате нет; возможно, title");
    assert_said(HEAD "ответственный: А\n", "ключа «ответственный» в формате нет");
    assert_said(HEAD "short: А\nshort: Б\n", "ключ «short» уже был в строке 4; считается последний");
    assert_said("vekha: 7\ntitle: П\nperiod: 2022\n", "файл формата 7, а эта веха знает 1: показываем, но не меняем");
}

/* ---- Keys ---- */

static void an_unknown_key_is_a_warning_and_left_alone(void **state)
{
    (void)state;
    assert_problems(HEAD "colour: red\n", "4:1 unknown-key");
    assert_problems(HEAD "events: [{title: А, colour: red}]\n", "4:21 unknown-key");
    assert_problems(HEAD "events: [{title: А, marks: [{at: 2022, dome: x}]}]\n", "4:40 unknown-key");
    assert_problems(HEAD "sections: [{name: А}]\n", "4:13 unknown-key");
    assert_problems(HEAD "? [а, б]\n: в\n", "4:3 unknown-key");
    assert_problems(HEAD "approval: {stamp: А, title: Б}\n", "4:22 unknown-key");
    assert_problems(HEAD "signatures: [{post: А, stamp: Б}]\n", "4:24 unknown-key");
}

static void an_own_column_is_no_unknown_key_of_events(void **state)
{
    (void)state;
    assert_problems(HEAD "headings: {cost: Цена}\nevents: [{title: А, cost: 5}]\n", "");
    assert_problems(HEAD "events: [{title: А, cost: 5}]\nheadings: {cost: Цена}\n", "");
    assert_problems(HEAD "headings: {cost: Цена}\nevents: [{title: А, cost: [5]}]\n", "5:27 bad-value");
    assert_problems(HEAD "headings: {cost: Цена}\ncost: 5\n", "5:1 unknown-key");
    /* The completion column is filled from status, done and evidence. */
    assert_problems(HEAD "headings: {mark: Отметка}\nevents: [{title: А, mark: да}]\n", "5:21 unknown-key");
    Read read = read_text(STR(HEAD "headings: {cost: Цена, place: Место}\nevents: [{title: А, place: , cost: ''}]\n"));
    assert_int_equal(read.reading.plan.events.at[0].n_own, 0); /* nothing in them */
    read_done(&read);
}

static void a_key_twice_is_an_error_and_the_last_one_counts(void **state)
{
    (void)state;
    assert_problems(HEAD "short: А\nshort: Б\nshort: В\n", "5:1 duplicate-key\n6:1 duplicate-key");
    assert_problems(HEAD "events: [{title: А, no: 1, 'no': 2}]\n", "4:28 duplicate-key");
    assert_problems(HEAD "colour: А\ncolour: Б\n", "4:1 unknown-key\n5:1 duplicate-key\n5:1 unknown-key");
    assert_problems(HEAD "headings: {no: А, no: Б}\n", "4:19 duplicate-key");
    StrBuf text = { 0 };
    strbuf_add(&text, STR(HEAD)); /* among many, too */
    for (int i = 0; i < 40; i++) {
        strbuf_addf(&text, "calendar%d: x\n", i);
    }
    strbuf_add(&text, STR("title: Второе\n"));
    Read read = read_text(strbuf_str(&text));
    assert_text(read.reading.plan.title, "Второе");
    size_t n_duplicates = 0;
    for (size_t i = 0; i < read.reading.problems.n; i++) {
        n_duplicates += read.reading.problems.at[i].rule == RULE_DUPLICATE_KEY;
    }
    assert_int_equal(n_duplicates, 1);
    read_done(&read);
    strbuf_done(&text);
}

static void merge_keys_bring_what_an_event_has_not_itself(void **state)
{
    (void)state;
    static const char text[] = HEAD "events:\n"
                                    "- &a {title: А, status: done, responsible: [Я, Ты], done: 2022-03-29, by: Я}\n"
                                    "- <<: *a\n  title: Б\n"
                                    "- {<<: [*a, {note: з, by: Он}], status: planned}\n";
    Read read = read_text(str_of(text));
    const Plan *plan = &read.reading.plan;
    assert_int_equal(read.reading.problems.n, 0);
    assert_int_equal(plan->events.n, 3);
    assert_text(plan->events.at[1].title, "Б");
    assert_int_equal(plan->events.at[1].status, STATUS_DONE);
    assert_int_equal(plan->events.at[1].responsible.n, 2);
    assert_int_equal(plan->events.at[1].done, day(2022, 3, 29));
    assert_text(plan->events.at[2].title, "А");
    assert_int_equal(plan->events.at[2].status, STATUS_PLANNED);
    assert_text(plan->events.at[2].note, "з");
    assert_text(plan->events.at[2].by, "Я");
    read_done(&read);
    read =
        read_text(STR("x: &h {no: №, cost: Цена}\n" HEAD "headings: {<<: *h, title: Событие}\nevents: [{title: А, cost: 5}]\n"));
    assert_int_equal(read.reading.plan.events.at[0].n_own, 1);
    assert_int_equal(read.reading.plan.headings.n, 3);
    assert_int_equal(read.reading.problems.n, 1); /* x */
    read_done(&read);
}

static void aliases_stand_for_what_they_name_and_such_an_event_is_not_to_be_edited(void **state)
{
    (void)state;
    static const char text[] = "vekha: &v 1\ntitle: &t П\nperiod: 2022\n"
                               "events:\n- &e {title: *t, no: *v, responsible: &r [Я]}\n- *e\n- {title: В, responsible: *r}\n"
                               "sections:\n- &s {title: Р, events: [{title: Г}]}\n- *s\n";
    Read read = read_text(str_of(text));
    const Plan *plan = &read.reading.plan;
    assert_int_equal(read.reading.problems.n, 0);
    assert_int_equal(plan->events.n, 5);
    assert_text(plan->events.at[0].title, "П");
    assert_text(plan->events.at[0].no, "1");
    assert_text(plan->events.at[1].title, "П");
    assert_text(plan->events.at[2].responsible.at[0], "Я");
    static const bool aliased[] = { false, true, false, false, true };
    for (size_t i = 0; i < COUNTOF(aliased); i++) {
        assert_int_equal(read.reading.bindings.at[i].is_aliased, aliased[i]);
    }
    read_done(&read);
}

static void nothing_is_no_value_and_no_problem(void **state)
{
    (void)state;
    static const char text[] =
        "vekha: 1\ntitle: П\nshort: ~\nperiod: 2022\napproval:\nheadings: null\nsignatures: ~\nsections:\n"
        "events:\n- {title: А, no: , when: ~, was: [~], responsible: , status: , done: , marks: , conflict: }\n"
        "- {title: Б, responsible: [~, Я, ''], was: , marks: ~}\n";
    Read read = read_text(str_of(text));
    const Plan *plan = &read.reading.plan;
    assert_int_equal(read.reading.problems.n, 0);
    assert_text(plan->short_name, "");
    assert_int_equal(plan->approvals.n + plan->headings.n + plan->signatures.n + plan->sections.n, 0);
    const Event *event = &plan->events.at[0];
    assert_int_equal(event->no.n_bytes + event->when.n_bytes + event->n_was + event->n_marks + event->responsible.n, 0);
    assert_int_equal(event->status, STATUS_PLANNED);
    assert_int_equal(event->n_conflicts, 0);
    assert_int_equal(plan->events.at[1].responsible.n, 1);
    read_done(&read);
    read = read_text(STR(HEAD "events: [{title: 'null', when: \"~\"}]\n")); /* in quotes they are texts */
    assert_text(read.reading.plan.events.at[0].title, "null");
    assert_text(read.reading.plan.events.at[0].when, "~");
    read_done(&read);
}

static void the_source_text_of_a_number_counts(void **state)
{
    (void)state;
    static const char *const numbers[] = { "007", "1.10", "1e3", "0x1F", "12:30", "1_000", "Yes", "+7" };
    for (size_t i = 0; i < COUNTOF(numbers); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, HEAD "events: [{title: А, no: %s}]\n", numbers[i]);
        Read read = read_text(strbuf_str(&text));
        assert_text(read.reading.plan.events.at[0].no, numbers[i]);
        read_done(&read);
        strbuf_done(&text);
    }
}

static void one_in_the_place_of_a_list_is_a_list_of_one(void **state)
{
    (void)state;
    Read read = read_text(STR(HEAD "approval: {stamp: А}\nsignatures: {post: Б}\n"
                                   "events: [{title: В, responsible: 'Г, Д', was: март, marks: {at: 2022-03}}]\n"));
    const Plan *plan = &read.reading.plan;
    assert_int_equal(read.reading.problems.n, 0);
    assert_int_equal(plan->approvals.n, 1);
    assert_int_equal(plan->signatures.n, 1);
    assert_int_equal(plan->events.at[0].responsible.n, 1);
    assert_text(plan->events.at[0].responsible.at[0], "Г, Д");
    assert_text(plan->events.at[0].was[0].when, "март");
    assert_text(plan->events.at[0].marks[0].at, "2022-03");
    read_done(&read);
}

/* ---- Whole files ---- */

static void a_missing_format_is_a_warning_and_a_newer_one_is_only_shown(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int format;
        Severity severity;
    } cases[] = {
        { "", 0, SEVERITY_WARNING },
        { "vekha: 2\n", 2, SEVERITY_ERROR },
        { "vekha: 99999999999999999999\n", INT32_MAX, SEVERITY_ERROR },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "%stitle: П\nperiod: 2022\nevents: [{title: А}]\n", cases[i].value);
        Read read = read_text(strbuf_str(&text));
        assert_int_equal(read.reading.plan.format, cases[i].format);
        assert_int_equal(read.reading.plan.events.n, 1);
        assert_int_equal(read.reading.problems.n, 1);
        assert_int_equal(problem_severity(&read.reading.problems.at[0]), cases[i].severity);
        read_done(&read);
        strbuf_done(&text);
    }
}

static void what_is_no_mapping_is_no_plan(void **state)
{
    (void)state;
    static const struct {
        const char *text, *problems;
    } cases[] = {
        { "", "1:1 yaml" },
        { "# только заметка\n\n", "1:1 yaml" },
        { "---\n", "2:1 bad-value" },
        { "[а, б]\n", "1:1 bad-value" },
        { "\n- title: А\n", "2:1 bad-value" },
        { "просто текст\n", "1:1 bad-value" },
        { "~\n", "1:1 bad-value" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Read read = read_text(str_of(cases[i].text));
        assert_true(read.reading.is_no_plan);
        assert_int_equal(read.reading.plan.events.n, 0);
        read_done(&read);
        assert_problems(cases[i].text, cases[i].problems);
    }
}

static void the_events_before_a_break_are_listed(void **state)
{
    (void)state;
    static const struct {
        const char *end;
        size_t n_events;
        int line;
    } cases[] = {
        { "- {title: В\n", 3, 7 }, /* ends inside: told where it opens */
        { "- title: В\n  no: [1\n", 3, 8 },
        { "- title: В\n x: y\n", 3, 8 }, /* indentation */
        { "- \"В\n", 2, 7 },             /* an open quote */
        { "- title: *none\n", 3, 7 },    /* an unknown alias */
        { "- title: \xFF\n", 2, 7 },     /* no UTF-8 */
        { "- title: \x1B[2J\n", 2, 7 },  /* a control character */
        { "---\ntitle: Б\n", 2, 7 },     /* a second document */
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "%sevents:\n- title: А\n- title: Б\n%s", HEAD, cases[i].end);
        Read read = read_text(strbuf_str(&text));
        assert_true(doc_is_broken(read.doc, NULL));
        assert_text(read.reading.plan.title, "П");
        if (read.reading.plan.events.n < 2 || read.reading.plan.events.n > cases[i].n_events) {
            fail_msg("%zu: %zu events", i, read.reading.plan.events.n);
        }
        assert_text(read.reading.plan.events.at[1].title, "Б");
        size_t at = 0; /* what stands open may have problems of its own */
        while (at + 1 < read.reading.problems.n && read.reading.problems.at[at].rule != RULE_YAML) {
            at++;
        }
        assert_int_equal(read.reading.problems.at[at].rule, RULE_YAML);
        assert_int_equal(read.reading.problems.at[at].line, cases[i].line);
        read_done(&read);
        strbuf_done(&text);
    }
}

static void lines_are_those_of_the_file_whatever_ends_them(void **state)
{
    (void)state;
    static const char *const breaks[] = { "\n", "\r\n", "\r" };
    for (size_t i = 0; i < COUNTOF(breaks); i++) {
        for (int with_bom = 0; with_bom < 2; with_bom++) {
            StrBuf text = { 0 };
            strbuf_add(&text, with_bom ? STR("\xEF\xBB\xBF") : (Str){ 0 });
            static const char *const lines[] = { "vekha: 1", "title: П",   "period: 2022", "",
                                                 "events:",  "- title: А", "- title: Б",   "  status: нет" };
            for (size_t k = 0; k < COUNTOF(lines); k++) {
                strbuf_addf(&text, "%s%s", lines[k], breaks[i]);
            }
            Read read = read_text(strbuf_str(&text));
            assert_int_equal(read.reading.plan.events.n, 2);
            assert_int_equal(read.reading.plan.events.at[0].line, 6);
            assert_int_equal(read.reading.plan.events.at[1].line, 7);
            assert_int_equal(read.reading.problems.n, 1);
            assert_int_equal(read.reading.problems.at[0].line, 8);
            assert_int_equal(read.reading.problems.at[0].col, 11);
            read_done(&read);
            strbuf_done(&text);
        }
    }
}

static void problems_stand_in_the_order_of_the_file(void **state)
{
    (void)state;
    assert_problems("events: [{status: x, title: А}]\nnone: 1\nperiod: x\ntitle: [П]\nvekha: x\n",
                    "1:1 bad-value\n1:19 bad-value\n2:1 unknown-key\n3:9 bad-value\n4:8 bad-value\n5:8 bad-value");
}

static void a_finding_of_a_rule_gets_the_place_of_its_field(void **state)
{
    (void)state;
    Read read = read_text(STR(HEAD "events:\n- title: А\n  no: 1\n- title: Б\n  no: 1\n- title: В\n"));
    Problem problem = { .rule = RULE_NUMBER_REPEATS, .event = 1, .field = FIELD_NO };
    schema_place(read.doc, &read.reading, &problem, 1);
    assert_int_equal(problem.line, 8);
    assert_int_equal(problem.col, 7);
    problem = (Problem){ .event = 2, .field = FIELD_NO }; /* it has none: the event's own place */
    schema_place(read.doc, &read.reading, &problem, 1);
    assert_int_equal(problem.line, 9);
    assert_int_equal(problem.col, 3);
    problem = (Problem){ .event = SIZE_MAX };
    schema_place(read.doc, &read.reading, &problem, 1);
    assert_int_equal(problem.line, 0);
    read_done(&read);
}

/* ---- Limits ---- */

static void more_events_than_the_limit_are_not_read(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    strbuf_add(&text, STR(HEAD "events: ["));
    for (int i = 0; i < SCHEMA_MAX_EVENTS; i++) {
        strbuf_add(&text, STR("{title: А},"));
    }
    Read read = { .doc = NULL };
    StrBuf whole = { 0 };
    strbuf_add(&whole, strbuf_str(&text));
    strbuf_add(&whole, STR("]\n"));
    read = read_text(strbuf_str(&whole));
    assert_int_equal(read.reading.plan.events.n, SCHEMA_MAX_EVENTS);
    assert_int_equal(read.reading.problems.n, 0);
    assert_false(read.reading.is_cut);
    read_done(&read);
    strbuf_add(&text, STR("{title: Лишнее}, {title: Ещё}]\n"));
    read = read_text(strbuf_str(&text));
    assert_int_equal(read.reading.plan.events.n, SCHEMA_MAX_EVENTS);
    assert_int_equal(read.reading.problems.n, 1);
    assert_int_equal(read.reading.problems.at[0].text, T_PLAN_TOO_MANY_EVENTS);
    assert_true(read.reading.is_cut);
    read_done(&read);
    strbuf_done(&text);
    strbuf_done(&whole);
}

/* Sections count towards the limit, so that empty ones cannot fill the memory. */
static void more_sections_than_the_limit_are_not_read(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    strbuf_add(&text, STR(HEAD "sections: ["));
    for (int i = 0; i <= SCHEMA_MAX_EVENTS; i++) {
        strbuf_add(&text, STR("{},"));
    }
    strbuf_add(&text, STR("]\n"));
    Read read = read_text(strbuf_str(&text));
    assert_int_equal(read.reading.plan.sections.n, SCHEMA_MAX_EVENTS);
    assert_true(read.reading.is_cut);
    read_done(&read);
    strbuf_done(&text);
}

/* Each of these took minutes where work grew with the square of the file. */
static void a_hostile_file_is_read_in_time(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *item, *end;
    } files[] = {
        { HEAD "x: [", "{a: 1, b: 2},", "]\n" },                               /* one long line, one problem */
        { HEAD "events: [", "{z%d: 1},", "]\n" },                              /* two problems an item */
        { HEAD, "z%d: 1\n", "" },                                              /* unknown keys */
        { HEAD "events: [{title: А, ", "no: 1, ", "}]\n" },                    /* one key again and again */
        { HEAD "events: [{title: А, ", "z%d: 1, ", "}]\n" },                   /* unknown keys in one line */
        { HEAD "headings: {", "z%d: 1, ", "}\nevents: [{title: А, y: 1}]\n" }, /* many columns */
        { HEAD "events: [", "{no: 1, title: А},", "]\n" },                     /* the rules find each of them */
        { HEAD "events: [{title: А, marks: [", "{at: 2022-%d},", "]}]\n" },    /* many marks */
        { HEAD "events: [{title: А, responsible: [", "[], ", "]}]\n" },        /* of the wrong type */
        { HEAD "events: [", "{title: А, responsible: Отдел%d обр},", "]\n" },  /* parties that are nearly alike */
        { HEAD "events: [{title: «А, responsible: [", "а%d и (б, ", "]}]\n" }, /* marks that do not pair */
    };
    enum { ITEMS = 100 * 1000, MOST_MS = 4000 };
    for (size_t i = 0; i < COUNTOF(files); i++) {
        StrBuf text = { 0 };
        strbuf_add(&text, str_of(files[i].begin));
        for (int k = 0; k < ITEMS; k++) {
            Str item = str_of(files[i].item);
            size_t number = str_find(item, STR("%d"), 0);
            strbuf_add(&text, str_sub(item, 0, number));
            if (number != SIZE_MAX) {
                strbuf_addf(&text, "%d", k);
                strbuf_add(&text, str_from(item, number + 2));
            }
        }
        strbuf_add(&text, str_of(files[i].end));
        Doc *doc = doc_new(strbuf_str(&text));
        Reading reading;
        long long begin = clock_ms();
        schema_read(doc, &reading);
        ProblemVec found = { 0 };
        reading_resolve(&reading, NULL);
        check_run(&(Check){ &reading.plan, 0, LANG_RU, &reading.plan.arena, &found });
        schema_place(doc, &reading, found.at, found.n);
        vec_done(&found);
        long long took = clock_ms() - begin;
        if (took > MOST_MS) {
            fail_msg("file %zu took %lld ms", i, took);
        }
        reading_done(&reading);
        doc_free(doc);
        strbuf_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_keys_of_a_plan_are_read),
        cmocka_unit_test(the_keys_of_an_event_are_read),
        cmocka_unit_test(sections_and_their_events_stand_in_the_order_of_the_format),
        cmocka_unit_test(a_value_of_the_wrong_type_is_an_error_with_its_place),
        cmocka_unit_test(a_bad_value_hides_nothing_but_itself),
        cmocka_unit_test(a_problem_names_the_key_and_offers_the_way_out),
        cmocka_unit_test(an_unknown_key_is_a_warning_and_left_alone),
        cmocka_unit_test(an_own_column_is_no_unknown_key_of_events),
        cmocka_unit_test(a_key_twice_is_an_error_and_the_last_one_counts),
        cmocka_unit_test(merge_keys_bring_what_an_event_has_not_itself),
        cmocka_unit_test(aliases_stand_for_what_they_name_and_such_an_event_is_not_to_be_edited),
        cmocka_unit_test(nothing_is_no_value_and_no_problem),
        cmocka_unit_test(the_source_text_of_a_number_counts),
        cmocka_unit_test(one_in_the_place_of_a_list_is_a_list_of_one),
        cmocka_unit_test(a_missing_format_is_a_warning_and_a_newer_one_is_only_shown),
        cmocka_unit_test(what_is_no_mapping_is_no_plan),
        cmocka_unit_test(the_events_before_a_break_are_listed),
        cmocka_unit_test(lines_are_those_of_the_file_whatever_ends_them),
        cmocka_unit_test(problems_stand_in_the_order_of_the_file),
        cmocka_unit_test(a_finding_of_a_rule_gets_the_place_of_its_field),
        cmocka_unit_test(more_events_than_the_limit_are_not_read),
        cmocka_unit_test(more_sections_than_the_limit_are_not_read),
        cmocka_unit_test(a_hostile_file_is_read_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
