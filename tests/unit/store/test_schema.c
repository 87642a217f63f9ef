#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/reading.h"

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

/* A value of several parties has one a line. */
static void a_party_over_several_lines_is_one_party(void **state)
{
    (void)state;
    Read read =
        read_text(STR(HEAD "events:\n- title: А\n  responsible: [\"Иванов \\n\\n  И.И.\", \"\\n\", Я]\n"
                           "- title: Б\n  responsible: |\n    Отдел\n    образования\n- {title: В, responsible: \"\"}\n"));
    const Plan *plan = &read.reading.plan;
    assert_int_equal(plan->events.at[0].responsible.n, 2);
    assert_text(plan->events.at[0].responsible.at[0], "Иванов И.И.");
    assert_int_equal(plan->events.at[1].responsible.n, 1);
    assert_text(plan->events.at[1].responsible.at[0], "Отдел образования");
    assert_int_equal(plan->events.at[2].responsible.n, 0);
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
        cmocka_unit_test(a_party_over_several_lines_is_one_party),
        cmocka_unit_test(nothing_is_no_value_and_no_problem),
        cmocka_unit_test(the_source_text_of_a_number_counts),
        cmocka_unit_test(one_in_the_place_of_a_list_is_a_list_of_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
