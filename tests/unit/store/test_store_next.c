#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/store/store_next.h"

static Store *open_text(const Temp *folder, const char *text)
{
    temp_write(folder, "a.yaml", str_of(text));
    Store *store = store_open(folder->path, NULL);
    assert_non_null(store);
    return store;
}

static void next_year_begins_as_this_one_did(void **state)
{
    (void)state;
    static const NewText texts[] = { { STR_INIT("period"), STR_INIT("2024") } };
    Temp folder = temp_new();
    Store *store = open_text(&folder, "vekha: 1\n"
                                      "title: План на 2022 год # год\n"
                                      "period: 2022\n"
                                      "events:\n"
                                      "# раз\n"
                                      "- id: a1aa\n"
                                      "  title: Раз\n"
                                      "  when: до 5.05.22\n"
                                      "  was: [до 1.05.22]\n"
                                      "  status: done\n"
                                      "  note: |\n"
                                      "    слово\n"
                                      "\n"
                                      "- {title: Два, when: ежемесячно, marks: [{at: 2022-01, status: done}]}\n");
    NextYear next;
    StrBuf text = { 0 };
    assert_true(next_year_text(store, 0, texts, 1, 7, &next, &text, NULL));
    Str is = strbuf_str(&text);
    size_t id = str_find(is, STR("- id: "), 0);
    assert_true(id != SIZE_MAX);
    assert_false(str_starts(str_from(is, id), STR("- id: a1aa")));
    strbuf_splice(&text, id, str_find_char(is, '\n', id), STR("- id: ?"));
    assert_string_equal(strbuf_z(&text), "vekha: 1\n"
                                         "title: План на 2024 год # год\n"
                                         "period: 2024\n"
                                         "events:\n"
                                         "# раз\n"
                                         "- id: ?\n"
                                         "  title: Раз\n"
                                         "  when: до 5.05.24\n"
                                         "\n"
                                         "- {title: Два, when: ежемесячно}\n");
    assert_int_equal(next.n_years, 2);
    assert_int_equal(next.shifted.n, 1);
    strbuf_done(&text);
    next_year_done(&next);
    store_free(store);
    temp_done(&folder);
}

static void every_event_has_an_id_of_its_own(void **state)
{
    (void)state;
    enum { MANY = 20000 }; /* of five million ids: some come twice at first */
    static const NewText texts[] = { { STR_INIT("period"), STR_INIT("2023") } };
    Temp folder = temp_new();
    StrBuf plan = { 0 };
    strbuf_add(&plan, STR("title: П\nperiod: 2022\nevents:\n"));
    for (int i = 0; i < MANY; i++) {
        strbuf_add(&plan, STR("- {id: a1aa, title: x}\n"));
    }
    Store *store = open_text(&folder, strbuf_z(&plan));
    NextYear next;
    StrBuf text = { 0 };
    assert_true(next_year_text(store, 0, texts, 1, 1, &next, &text, NULL));
    assert_true(store_create(temp_path(&folder, "b.yaml"), strbuf_str(&text), NULL));
    Store *made = store_open(temp_path(&folder, "b.yaml"), NULL);
    const Plan *events = store_file(made, 0)->plan;
    assert_int_equal(events->events.n, MANY);
    for (size_t i = 0; i < MANY; i += MANY / 100) {
        size_t n = 0;
        for (size_t k = 0; k < MANY; k++) {
            n += str_eq(events->events.at[i].id, events->events.at[k].id);
        }
        assert_int_equal(n, 1);
    }
    store_free(made);
    strbuf_done(&text);
    strbuf_done(&plan);
    next_year_done(&next);
    store_free(store);
    temp_done(&folder);
}

static void what_cannot_be_turned_is_refused(void **state)
{
    (void)state;
    static const NewText period[] = { { STR_INIT("period"), STR_INIT("2023") } };
    static const NewText wrong[] = { { STR_INIT("period"), STR_INIT("завтра") } };
    static const struct {
        const char *plan;
        const NewText *texts;
        size_t n;
        ErrKind kind;
    } cases[] = {
        { "title: П\nperiod: 2022\n", wrong, 1, ERR_USAGE },
        { "title: П\nperiod: 2022\n", NULL, 0, ERR_USAGE },
        { "title: [\n", period, 1, ERR_PLAN },
        { "vekha: 9\ntitle: П\n", period, 1, ERR_REFUSED },
        { "title: П\nperiod: 2022\nevents: [&a {title: Раз, status: done}, *a]\n", period, 1, ERR_REFUSED },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Temp folder = temp_new();
        Store *store = open_text(&folder, cases[i].plan);
        NextYear next;
        StrBuf text = { 0 };
        Err err = { 0 };
        assert_false(next_year_text(store, 0, cases[i].texts, cases[i].n, 1, &next, &text, &err));
        assert_int_equal(err.kind, cases[i].kind);
        assert_int_equal(text.n_bytes, 0);
        strbuf_done(&text);
        next_year_done(&next);
        store_free(store);
        temp_done(&folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(next_year_begins_as_this_one_did),
        cmocka_unit_test(every_event_has_an_id_of_its_own),
        cmocka_unit_test(what_cannot_be_turned_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
