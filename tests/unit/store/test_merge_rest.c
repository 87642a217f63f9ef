#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/merge_priv.h"

#define HEAD "vekha: 1\ntitle: План\nheadings: {cost: Цена}\nevents:\n"

static Side side_of(const char *text)
{
    Side side = { .doc = doc_new(str_of(text)) };
    schema_read(side.doc, &side.reading);
    return side;
}

typedef struct Case {
    const char *text, *wanted;
} Case;

static void assert_event_rest(const Case *c)
{
    Side side = side_of(c->text);
    StrBuf is = { 0 };
    assert_true(side.reading.plan.events.n > 0);
    rest_add_of_event(&is, &side, 0, NULL);
    if (!str_eq(strbuf_str(&is), str_of(c->wanted))) {
        fail_msg("%s\n--- «%s», not «%s»", c->text, strbuf_z(&is), c->wanted);
    }
    strbuf_done(&is);
    side_done(&side);
}

static void values_that_vekha_holds_are_no_rest(void **state)
{
    (void)state;
    static const Case cases[] = {
        { HEAD "- title: Раз\n  no: 1\n  when: \"27.03\"\n  status: done\n  done: 2022-03-29\n  cost: 100 руб.\n", "" },
        { HEAD "- {title: Раз, no: 1, responsible: [Иванов И.И., Петров П.П.]}\n", "" },
        { HEAD "- title: Раз\n\n  responsible:\n  - Иванов И.И.\n", "" },
        { HEAD "- title: Раз\n  marks:\n  - {at: 2022-03, status: done, by: Я}\n  - at: 2022-04\n    note: раз\n", "" },
        { HEAD "- title: Раз\n  was:\n  - {when: март, on: 2022-03-01}\n"
               "  conflict: [{field: title, base: Раз, theirs: Два}]\n",
          "" },
        { HEAD "- title: Раз\n  note: |\n    # строка\n    zz: 1\n", "" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_event_rest(&cases[i]);
    }
}

static void comments_and_unknown_keys_are_the_rest(void **state)
{
    (void)state;
    static const Case cases[] = {
        { HEAD "# выше\n- title: Раз # важно\n  # внутри\n  no: 1\n  zz: 1\n", "# выше\n# важно\n# внутри\nzz: 1\n" },
        { HEAD "# далеко\n\n# выше\n- title: Раз\n", "# выше\n" },
        { HEAD "- {title: Раз, zz: 1}\n", "zz: 1\n" },
        { HEAD "  [\n  {title: Раз, zz: 1}, # важно\n  {title: Два}]\n", "zz: 1\n" }, /* nor is the comment behind the comma */
        { HEAD "  [\n  {title: Раз, zz: 1}, {title: Два, yy: 2}]\n", "zz: 1\n" },     /* what follows is not its own */
        { HEAD "  [\n  {title: Раз, zz: 1}]\n", "zz: 1\n" },
        { HEAD "- title: Раз\n  room: 5\n", "room: 5\n" },
        { HEAD "- title: Раз\n  marks:\n  - {at: 2022-03, zz: 1}\n", "zz: 1\n" },
        { HEAD "- title: Раз\n  when: май\n  no: 1\n  when: июнь\n", "when: май\nwhen: июнь\n" },
        { HEAD "- title: Раз\n    # ниже\n  # тоже\n# не его\n- title: Два\n", "# ниже\n# тоже\n" },
        { HEAD "- title: Раз\n  done: вчера\n", "done: вчера\n" },     /* is no day: stands in the file alone */
        { HEAD "- title: Раз\n  note: {а: б}\n", "note: {а: б}\n" },   /* is no text */
        { HEAD "- title: Раз\n  status: donne\n", "status: donne\n" }, /* is no status */
        { HEAD "- title: Раз\n  mark: готово\n", "mark: готово\n" },   /* a heading, but no key of its own */
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_event_rest(&cases[i]);
    }
}

static void the_same_rest_is_written_however_the_event_is_laid_out(void **state)
{
    (void)state;
    static const char *const texts[] = {
        HEAD "- title: Раз\n  zz: 1\n",      HEAD "    - title: Раз\n\n      zz: 1\n", HEAD "- {title: Раз, zz: 1}\n",
        HEAD "- zz: 1\n  title: Другое\n",   HEAD "-\n  title: Раз\n  zz: 1   \n",     HEAD "- title: Раз\r\n  zz: 1\r\n",
        HEAD "- title: >\n    Раз\n  zz: 1", HEAD "- { zz: 1, title: Раз }\n",
    };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        assert_event_rest(&(Case){ texts[i], "zz: 1\n" });
    }
}

static void an_entry_is_its_lines_and_the_comments_above(void **state)
{
    (void)state;
    static const Case cases[] = {
        { HEAD "# далеко\n\n# выше\n# ещё\n- title: Раз\n  no: 1\n# ниже\n- title: Два\n",
          "# выше\n# ещё\n- title: Раз\n  no: 1\n" },
        { HEAD "- {title: Раз} # важно\n- title: Два\n", "- {title: Раз} # важно\n" },
        { "vekha: 1\ntitle: План\nevents: [{title: Раз}, {title: Два}]\n", "{title: Раз}" },
        { "vekha: 1\r\ntitle: План\r\nevents:\r\n# выше\r\n- {title: Раз}\r\n", "# выше\r\n- {title: Раз}\r\n" },
        { HEAD "- {title: Раз}", "- {title: Раз}" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Side side = side_of(cases[i].text);
        Str is = rest_entry(&side, 0);
        if (!str_eq(is, str_of(cases[i].wanted))) {
            fail_msg("«%.*s», not «%s»", STR_ARG(is), cases[i].wanted);
        }
        side_done(&side);
    }
}

static void the_rest_of_a_plan_is_what_is_of_no_event(void **state)
{
    (void)state;
    static const Case cases[] = {
        { "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n- title: Раз\n", "vekha: 1\n" },
        { "# начало\nvekha: 1\ntitle: План # рабочий\nzz: 1\nevents:\n# выше\n- title: Раз # важно\n  yy: 2\n",
          "# начало\nvekha: 1\n# рабочий\nzz: 1\n" },
        { "{title: П, period: когда-то, events: [{title: Раз}\u2028, {title: Два}\u2029]\xC2\x85}\n", "period: когда-то\n" },
        { "vekha: 1\ntitle: План\nperiod: когда-то\nevents: []\n", "vekha: 1\nperiod: когда-то\n" },
        { "vekha: 1\ntitle: План\nsections:\n- title: Первый\n  goal: Цель\n  xx: 3 # зачем\n  events:\n  - title: Раз\n",
          "vekha: 1\nsections:\nxx: 3 # зачем\n" },
        { "vekha: 1\ntitle: План\nconflict:\n- {field: title, theirs: Другой}\nevents:\n- title: Раз\n", "vekha: 1\n" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Side side = side_of(cases[i].text);
        Str is = rest_of_plan(&side);
        if (!str_eq(is, str_of(cases[i].wanted))) {
            fail_msg("%s\n--- «%.*s», not «%s»", cases[i].text, STR_ARG(is), cases[i].wanted);
        }
        assert_true(rest_of_plan(&side).at == is.at); /* made once */
        side_done(&side);
    }
}

/* Asked of the whole line, each would take time for all that stand in front. */
static void events_of_one_line_may_be_many(void **state)
{
    (void)state;
    enum { MANY = 150000 };
    StrBuf text = { 0 };
    strbuf_add(&text, STR("events: ["));
    for (int i = 0; i < MANY; i++) {
        strbuf_addf(&text, "%s{title: я%d}", i > 0 ? ", " : "", i);
    }
    strbuf_add(&text, STR("]\n"));
    Side side = side_of(strbuf_z(&text));
    assert_int_equal(side.reading.plan.events.n, MANY);
    for (size_t i = 0; i < MANY; i++) {
        assert_true(str_starts(rest_entry(&side, i), STR("{title: я")));
    }
    assert_int_equal(rest_of_plan(&side).n_bytes, 0);
    side_done(&side);
    strbuf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_that_vekha_holds_are_no_rest),
        cmocka_unit_test(comments_and_unknown_keys_are_the_rest),
        cmocka_unit_test(the_same_rest_is_written_however_the_event_is_laid_out),
        cmocka_unit_test(an_entry_is_its_lines_and_the_comments_above),
        cmocka_unit_test(the_rest_of_a_plan_is_what_is_of_no_event),
        cmocka_unit_test(events_of_one_line_may_be_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
