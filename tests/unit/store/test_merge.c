#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/store/merge.h"

/* One plan, and what two make of it: each a list of replacements in its text. Covers merge_notes.c as well. */

static const char base_text[] = "vekha: 1\n"
                                "title: План # рабочий\n"
                                "short: План\n"
                                "period: 2022\n"
                                "# о заголовках\n"
                                "headings: {no: №, title: Событие, when: Срок, cost: Цена}\n"
                                "sections:\n"
                                "- title: Первый\n"
                                "  events:\n"
                                "  # раз\n"
                                "  - id: a1aa\n"
                                "    no: 1\n"
                                "    title: Раз\n"
                                "    when: март\n"
                                "    result: Приказ\n"
                                "    responsible: [Иванов И.И.]\n"
                                "    zz: 1\n"
                                "  - {id: b2bb, no: 2, title: Два, when: май}\n"
                                "  - id: c3cc\n"
                                "    no: 3\n"
                                "    title: Три # важно\n"
                                "    when: ежемесячно\n"
                                "    marks:\n"
                                "    - {at: 2022-03, status: done}\n"
                                "- title: Второй\n"
                                "  goal: Цель\n"
                                "  events:\n"
                                "  - id: d4dd\n"
                                "    no: 4\n"
                                "    title: Четыре\n"
                                "  - id: e5ee\n"
                                "    no: 5\n"
                                "    title: Пять\n";

#define ONE                                                                                                                                              \
    "  # раз\n  - id: a1aa\n    no: 1\n    title: Раз\n    when: март\n    result: Приказ\n    responsible: [Иванов И.И.]\n    " \
    "zz: 1\n"
#define TWO "  - {id: b2bb, no: 2, title: Два, when: май}\n"
#define FOUR "  - id: d4dd\n    no: 4\n    title: Четыре\n"
#define FIVE "  - id: e5ee\n    no: 5\n    title: Пять\n"

typedef struct Edit {
    const char *from, *to;
} Edit;

typedef struct Case {
    const char *name;
    Edit ours[3], theirs[3];
    Edit merged[6];    /* on the base */
    const char *notes; /* "kind event field" each, as add_notes() writes them */
} Case;

static void make(StrBuf *out, Str base, const Edit *edits, size_t n)
{
    strbuf_add(out, base);
    for (size_t i = 0; i < n && edits[i].from != NULL; i++) {
        size_t at = str_find(strbuf_str(out), str_of(edits[i].from), 0);
        assert_true(at != SIZE_MAX);
        strbuf_splice(out, at, at + strlen(edits[i].from), str_of(edits[i].to));
    }
}

static void add_notes(StrBuf *out, const Merged *merged)
{
    static const char *kinds[] = { "value", "deleted-by-us", "deleted-by-them", "rest", "sections", "moved-apart" };
    for (size_t i = 0; i < merged->notes.n; i++) {
        const MergeNote *note = &merged->notes.at[i];
        strbuf_addf(out, "%s%s %.*s %.*s", i > 0 ? ", " : "", kinds[note->kind], STR_ARG(note->event.id), STR_ARG(note->field));
    }
}

static void assert_merge_of(const char *base, const Case *c, bool is_turned)
{
    StrBuf ours = { 0 };
    StrBuf theirs = { 0 };
    StrBuf wanted = { 0 };
    StrBuf notes = { 0 };
    Merged merged;
    Err err = { 0 };
    make(&ours, str_of(base), is_turned ? c->theirs : c->ours, COUNTOF(c->ours));
    make(&theirs, str_of(base), is_turned ? c->ours : c->theirs, COUNTOF(c->theirs));
    make(&wanted, str_of(base), c->merged, COUNTOF(c->merged));
    MergeText texts[] = { { STR("base"), str_of(base) },
                          { STR("ours"), strbuf_str(&ours) },
                          { STR("theirs"), strbuf_str(&theirs) } };
    if (!merge_plans(texts[0], texts[1], texts[2], &merged, &err)) {
        err_words(&notes, LANG_RU, &err);
        fail_msg("%s: %s", c->name, strbuf_z(&notes));
    }
    add_notes(&notes, &merged);
    if (strcmp(strbuf_z(&merged.text), strbuf_z(&wanted)) != 0 || strcmp(strbuf_z(&notes), c->notes) != 0) {
        fail_msg("%s%s\n[%s] not [%s]\n%s--- wanted\n%s", c->name, is_turned ? " (turned)" : "", strbuf_z(&notes), c->notes,
                 strbuf_z(&merged.text), strbuf_z(&wanted));
    }
    merged_done(&merged);
    strbuf_done(&ours);
    strbuf_done(&theirs);
    strbuf_done(&wanted);
    strbuf_done(&notes);
}

static void assert_merge(const Case *c, bool is_turned)
{
    assert_merge_of(base_text, c, is_turned);
}

static void what_does_not_touch_comes_together_in_either_order(void **state)
{
    (void)state;
    static const Case cases[] = {
        { "a section that goes, and an edit elsewhere",
          { { "- title: Второй\n  goal: Цель\n  events:\n" FOUR FIVE, "" } },
          { { "when: март", "when: апрель" } },
          { { "- title: Второй\n  goal: Цель\n  events:\n" FOUR FIVE, "" }, { "when: март", "when: апрель" } },
          "" },
        { "nothing", { { 0 } }, { { 0 } }, { { 0 } }, "" },
        { "one side", { { "март", "апрель" } }, { { 0 } }, { { "март", "апрель" } }, "" },
        { "two events",
          { { "март", "апрель" } },
          { { "title: Пять", "title: Пять с плюсом" } },
          { { "март", "апрель" }, { "title: Пять", "title: Пять с плюсом" } },
          "" },
        { "two fields, not neighbours",
          { { "title: Раз", "title: Раз!" } },
          { { "result: Приказ", "result: Отчёт" } },
          { { "title: Раз", "title: Раз!" }, { "result: Приказ", "result: Отчёт" } },
          "" },
        { "two fields, neighbours",
          { { "when: март", "when: апрель" } },
          { { "result: Приказ", "result: Отчёт" } },
          { { "when: март", "when: апрель" }, { "result: Приказ", "result: Отчёт" } },
          "" },
        { "two fields on one line",
          { { "title: Два", "title: Двое" } },
          { { "when: май", "when: июнь" } },
          { { "title: Два, when: май", "title: Двое, when: июнь" } },
          "" },
        { "the same", { { "март", "апрель" } }, { { "март", "апрель" } }, { { "март", "апрель" } }, "" },
        { "comments",
          { { "# раз", "# один" } },
          { { "result: Приказ", "result: Отчёт" } },
          { { "# раз", "# один" }, { "result: Приказ", "result: Отчёт" } },
          "" },
        { "a key that is not known",
          { { "zz: 1", "zz: 2" } },
          { { "title: Раз", "title: Один" } },
          { { "zz: 1", "zz: 2" }, { "title: Раз", "title: Один" } },
          "" },
        { "marks of two times",
          { { "status: done}\n", "status: done}\n    - {at: 2022-04, status: done}\n" } },
          { { "2022-03, status: done", "2022-03, status: confirmed" } },
          { { "2022-03, status: done}\n", "2022-03, status: confirmed}\n    - {at: 2022-04, status: done}\n" } },
          "" },
        { "deleted, and another edited",
          { { TWO, "" } },
          { { "title: Раз", "title: Один" } },
          { { TWO, "" }, { "title: Раз", "title: Один" } },
          "" },
        { "deleted by both", { { TWO, "" } }, { { TWO, "" } }, { { TWO, "" } }, "" },
        { "moved, and edited",
          { { FOUR, "" }, { ONE, FOUR ONE } },
          { { "title: Четыре", "title: Четверо" } },
          { { FOUR, "" }, { ONE, FOUR ONE }, { "title: Четыре", "title: Четверо" } },
          "" },
        { "headers",
          { { "short: План", "short: Карта" } },
          { { "goal: Цель", "goal: Задача" } },
          { { "short: План", "short: Карта" }, { "goal: Цель", "goal: Задача" } },
          "" },
        { "headings and a value beside",
          { { "cost: Цена", "cost: Стоимость" } },
          { { "period: 2022", "period: 2023" } },
          { { "cost: Цена", "cost: Стоимость" }, { "period: 2022", "period: 2023" } },
          "" },
        { "a section, and an event",
          { { "- title: Второй", "- title: Новый\n- title: Второй" } },
          { { "title: Раз", "title: Один" } },
          { { "- title: Второй", "- title: Новый\n- title: Второй" }, { "title: Раз", "title: Один" } },
          "" },
        { "a section with events, and an event deleted",
          { { "- title: Второй", "- title: Новый\n  events:\n  - title: Шесть\n- title: Второй" } },
          { { TWO, "" } },
          { { "- title: Второй", "- title: Новый\n  events:\n  - title: Шесть\n- title: Второй" }, { TWO, "" } },
          "" },
        { "a section renamed, and an event in it",
          { { "title: Второй", "title: Другой" } },
          { { "title: Пять", "title: Шесть" } },
          { { "title: Второй", "title: Другой" }, { "title: Пять", "title: Шесть" } },
          "" },
        { "a copy with the id of its original, and the original edited",
          { { TWO, TWO "  - {id: a1aa, no: 9, title: Копия}\n" } },
          { { "title: Раз", "title: Один" } },
          { { TWO, TWO "  - {id: a1aa, no: 9, title: Копия}\n" }, { "title: Раз", "title: Один" } },
          "" },
        { "a section, and one line of an event by both",
          { { "- title: Второй", "- title: Новый\n- title: Второй" }, { "title: Два", "title: Двое" } },
          { { "when: май", "when: июнь" } },
          { { "- title: Второй", "- title: Новый\n- title: Второй" }, { "title: Два, when: май", "title: Двое, when: июнь" } },
          "" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_merge(&cases[i], false);
        assert_merge(&cases[i], true);
    }
}

static void of_two_at_one_place_ours_is_first(void **state)
{
    (void)state;
    static const Case cases[] = {
        { "at the end",
          { { FIVE, FIVE "  - id: f6ff\n    title: Наше\n" } },
          { { FIVE, FIVE "  - id: g7gg\n    title: Их\n" } },
          { { FIVE, FIVE "  - id: f6ff\n    title: Наше\n  - id: g7gg\n    title: Их\n" } },
          "" },
        { "at the beginning",
          { { FOUR, "  - id: f6ff\n    title: Наше\n" FOUR } },
          { { FOUR, "  - id: g7gg\n    title: Их\n" FOUR } },
          { { FOUR, "  - id: f6ff\n    title: Наше\n  - id: g7gg\n    title: Их\n" FOUR } },
          "" },
        { "two and two",
          { { TWO, TWO "  - title: Н1\n  - title: Н2\n" } },
          { { TWO, TWO "  - title: И1\n  - title: И2\n" } },
          { { TWO, TWO "  - title: Н1\n  - title: Н2\n  - title: И1\n  - title: И2\n" } },
          "" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_merge(&cases[i], false);
    }
}

static void bytes_that_do_not_fit_keep_no_others_from_coming(void **state)
{
    (void)state;
    static const Case one_has_an_anchor = {
        "an anchor cannot come",
        { { "title: Два", "title: Двое" } },
        { { "when: май", "when: июнь" }, { "zz: 1", "zz: 9" }, { "title: Четыре", "title: &t Четыре" } },
        { { "title: Два, when: май", "title: Двое, when: июнь" }, { "zz: 1", "zz: 9" } },
        "",
    };
    assert_merge(&one_has_an_anchor, false);
}

static void what_both_changed_is_marked_and_ours_stands(void **state)
{
    (void)state;
    static const Case cases[] = {
        { "a field",
          { { "when: март", "when: апрель" } },
          { { "when: март", "when: май" } },
          { { "when: март", "when: апрель" },
            { "Приказ\n", "Приказ\n    conflict:\n    - {field: when, base: март, theirs: май}\n" } },
          "value a1aa when" },
        { "a mark",
          { { "status: done}", "status: confirmed}" } },
          { { "status: done}", "status: in-progress}" } },
          { { "status: done}\n",
              "status: confirmed}\n    conflict:\n    - {field: \"marks[2022-03].status\", base: done, theirs: "
              "in-progress}\n" } },
          "value c3cc marks[2022-03].status" },
        { "deleted by us",
          { { FIVE, "" } },
          { { "title: Пять", "title: Шесть" } },
          { { FIVE, "  - id: e5ee\n    no: 5\n    title: Шесть\n    conflict:\n    - {field: event, theirs: changed}\n" } },
          "deleted-by-us e5ee " },
        { "deleted by them",
          { { "title: Пять", "title: Шесть" } },
          { { FIVE, "" } },
          { { FIVE, "  - id: e5ee\n    no: 5\n    title: Шесть\n    conflict:\n    - {field: event, theirs: deleted}\n" } },
          "deleted-by-them e5ee " },
        { "deleted by them, with a comment of ours",
          { { "title: Пять", "title: Пять # важно" } },
          { { FIVE, "" } },
          { { "title: Пять\n", "title: Пять # важно\n    conflict:\n    - {field: event, theirs: deleted}\n" } },
          "deleted-by-them e5ee " },
        { "deleted by us, with a comment of theirs below",
          { { FIVE, "" } },
          { { FIVE, FIVE "    # важно\n" } },
          { { FIVE, FIVE "    conflict:\n    - {field: event, theirs: changed}\n    # важно\n" } },
          "deleted-by-us e5ee " },
        { "a comment of ours below, and what theirs wrote above it",
          { { FIVE, FIVE "    # ниже\n" } },
          { { "title: Пять", "title: Шесть" } },
          { { FIVE, "  - id: e5ee\n    no: 5\n    title: Шесть\n    # ниже\n" } },
          "" },
        { "both added, and theirs with a comment",
          { { FIVE, FIVE "  - title: Шесть\n" } },
          { { FIVE, FIVE "  - title: Шесть # их\n" } },
          { { FIVE, FIVE "  - title: Шесть\n    conflict:\n    - {field: \"#\", theirs: \"# их\\n\"}\n" } },
          "rest  " },
        { "a title of the plan",
          { { "short: План", "short: Наш" } },
          { { "short: План", "short: Их" } },
          { { "short: План", "short: Наш" },
            { "title: План # рабочий\n", "title: План # рабочий\nconflict:\n- {field: short, base: План, theirs: Их}\n" } },
          "value  short" },
        { "sections",
          { { "- title: Второй", "- title: Наш\n- title: Второй" }, { "title: Два", "title: Двое" } },
          { { "- title: Второй", "- title: Их\n  events: [{title: Дело}]\n- title: Второй" }, { "when: май", "when: июнь" } },
          { { "- title: Второй", "- title: Наш\n- title: Второй" },
            { "title: Два, when: май", "title: Двое, when: июнь" },
            { "title: План # рабочий\n", "title: План # рабочий\nconflict:\n- {field: sections, theirs: \"Их\\n- Дело\"}\n" } },
          "sections  " },
        { "both added, under one id",
          { { FIVE, FIVE "  - id: f6ff\n    title: Наше\n" } },
          { { FIVE, FIVE "  - id: f6ff\n    title: Их\n" } },
          { { FIVE, FIVE "  - id: f6ff\n    title: Наше\n    conflict:\n    - {field: title, theirs: Их}\n" } },
          "value f6ff title" },
        { "a day that is none, on one line with another change",
          { { "when: май", "when: июнь" } },
          { { "when: май", "when: май, done: вчера" } },
          { { "when: май", "when: июнь, conflict: [{field: \"#\", theirs: \"done: вчера\\n\"}]" } },
          "rest b2bb " },
        { "a key of a mark that is not known",
          { { "status: done}", "status: confirmed}" } },
          { { "status: done}", "status: done, zz: 5}" } },
          { { "status: done}\n", "status: confirmed}\n    conflict:\n    - {field: \"#\", base: \"# важно\\n\", theirs: \"# "
                                 "важно\\nzz: 5\\n\"}\n" } },
          "rest c3cc " },
        { "a key that is not known",
          { { "zz: 1", "zz: 2" } },
          { { "zz: 1", "zz: 3" } },
          { { "zz: 1", "zz: 2" },
            { "Приказ\n", "Приказ\n    conflict:\n    - {field: \"#\", base: \"# раз\\nzz: 1\\n\", theirs: \"# "
                          "раз\\nzz: 3\\n\"}\n" } },
          "rest a1aa " },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_merge(&cases[i], false);
    }
}

static void a_value_that_was_none_of_its_field_is_mended_by_one_of_them(void **state)
{
    (void)state;
    static const char base[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
                               "- {id: b2bb, title: Два, done: вчера, responsible: [А, {б: в}]}\n";
    static const Case cases[] = {
        { "a day",
          { { "title: Два", "title: Двое" } },
          { { "done: вчера", "done: 2022-05-01" } },
          { { "title: Два, done: вчера", "title: Двое, done: 2022-05-01" } },
          "" },
        { "a list",
          { { "title: Два", "title: Двое" } },
          { { "[А, {б: в}]", "[Б]" } },
          { { "title: Два", "title: Двое" }, { "[А, {б: в}]", "[Б]" } },
          "" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_merge_of(base, &cases[i], false);
        assert_merge_of(base, &cases[i], true);
    }
}

static void of_an_event_that_was_moved_the_rest_is_told_once(void **state)
{
    (void)state;
    static const Case moved = {
        "its key that is not known changed by both",
        { { "- id: e5ee", "- zz: 1\n    id: e5ee" } },
        { { FOUR FIVE, "  - zz: 2\n    id: e5ee\n    no: 5\n    title: Пять\n" FOUR } },
        { { FOUR FIVE, "  - zz: 1\n    id: e5ee\n    no: 5\n    title: Пять\n    conflict:\n"
                       "    - {field: \"#\", theirs: \"zz: 2\\n\"}\n" FOUR } },
        "rest e5ee ",
    };
    assert_merge(&moved, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_that_was_none_of_its_field_is_mended_by_one_of_them),
        cmocka_unit_test(of_an_event_that_was_moved_the_rest_is_told_once),
        cmocka_unit_test(what_does_not_touch_comes_together_in_either_order),
        cmocka_unit_test(of_two_at_one_place_ours_is_first),
        cmocka_unit_test(bytes_that_do_not_fit_keep_no_others_from_coming),
        cmocka_unit_test(what_both_changed_is_marked_and_ours_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
