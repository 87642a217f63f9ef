/* The whole screen under random keys: whatever the plan and the size, it is drawn, and the cursor is on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/screen.h"
#include "vekha/base/utf8.h"

static Screen screen;

static int open_plans(void **state)
{
    (void)state;
    screen.fixture.temp = temp_new();
    temp_copy(&screen.fixture.temp, "plans");
    screen_open(&screen);
    return 0;
}

static int close_frame(void **state)
{
    (void)state;
    screen_close(&screen);
    return 0;
}

/* Every cell holds one character of its width, in a style that there is. */
static void assert_cells(void)
{
    for (int y = 0; y < screen.canvas->n_rows; y++) {
        for (int x = 0; x < screen.canvas->n_cols; x++) {
            const Cell *cell = canvas_cell(screen.canvas, y, x);
            Str character = { cell->bytes, cell->n_bytes };
            assert_true(cell->style < STYLE_COUNT);
            assert_true(cell->n_bytes <= CELL_MAX_BYTES && utf8_valid(character, NULL));
            assert_int_equal(utf8_cols(character), cell->cols);
            if (cell->n_bytes == 0) { /* the right half of a wide one */
                assert_true(x > 0 && canvas_cell(screen.canvas, y, x - 1)->cols == 2);
            } else {
                Str rest = character;
                assert_false(utf8_is_hidden(utf8_next(&rest)));
            }
        }
    }
}

static void assert_cursor(void)
{
    int y, x;
    bool is_shown = canvas_get_cursor(screen.canvas, &y, &x);
    bool has_room = screen.canvas->n_rows >= FRAME_MIN_ROWS && screen.canvas->n_cols >= FRAME_MIN_COLS;
    assert_int_equal(is_shown, has_room);
    if (is_shown) {
        assert_in_range(y, 1, screen.canvas->n_rows - 2); /* neither on the title line nor on the key bar */
        assert_in_range(x, 0, screen.canvas->n_cols - 1);
    }
}

/* On the row of the selected event, if no list, question or long message lies above it. */
static void assert_on_selected_row(void)
{
    enum { BEHIND_GLYPH = 2, NUMBER_MAX = 4 };
    const Event *event = session_event(screen.fixture.session, NULL);
    int y, x, number;
    if (screen.fixture.session->view == VIEW_PLANS || screen.fixture.session->view == VIEW_CARD ||
        screen.fixture.session->view == VIEW_JOURNAL || screen.fixture.session->overlay != OVERLAY_NONE || event == NULL ||
        screen.fixture.session->occurrence != SIZE_MAX || !canvas_get_cursor(screen.canvas, &y, &x) ||
        event->no.n_bytes > NUMBER_MAX || !str_to_uint(event->no, &number)) {
        return;
    }
    StrBuf row = { 0 };
    int from = x + BEHIND_GLYPH; /* the cursor stands on the glyph */
    for (int col = from; col < from + (int)event->no.n_bytes; col++) {
        const Cell *cell = canvas_cell(screen.canvas, y, col);
        strbuf_add(&row, (Str){ cell->bytes, cell->n_bytes });
    }
    assert_true(str_eq(strbuf_str(&row), event->no));
    strbuf_done(&row);
}

static Key random_key(void)
{
    static const uint32_t letters[] = { U'о', U'л', U'щ', U'ы', U'с', U'ш', U'Х', U'Ъ', ',', '.', U'漢', 0x202E, 0x301, 0x1F600 };
    Key key = { 0 };
    switch (rand() % 8) {
    case 0:
        key = KEY_CHAR(letters[(size_t)rand() % COUNTOF(letters)]);
        break;
    case 1:
        key = KEY_FN((uint32_t)(rand() % 9 + 1)); /* F10 would end it */
        break;
    case 2:
        key = KEY_CTRL((uint32_t)('a' + rand() % 26));
        break;
    case 3:
    case 4:
        key = KEY_CHAR((uint32_t)(' ' + rand() % 95));
        break;
    default:
        key = KEY_OF((KeyKind)(K_ENTER + rand() % (K_END - K_ENTER + 1)));
        break;
    }
    key.alt = rand() % 50 == 0;
    return key;
}

static void random_size(int *n_rows, int *n_cols)
{
    static const int sizes[][2] = { { 24, 80 }, { 10, 40 }, { 60, 200 }, { 24, 80 }, { 9, 39 }, { 1, 1 } };
    if (rand() % 3 == 0) {
        *n_rows = 1 + rand() % 70;
        *n_cols = 1 + rand() % 220;
    } else {
        const int *size = sizes[(size_t)rand() % COUNTOF(sizes)];
        *n_rows = size[0];
        *n_cols = size[1];
    }
}

/* What must hold whatever the keys and the files do. */
static void assert_state(void)
{
    const Session *session = screen.fixture.session;
    const Event *event = session_event(session, NULL);
    bool has_events = false;
    for (size_t i = 0; i < session->rows.n; i++) {
        const Row *row = &session->rows.at[i];
        assert_true(row->file < store_count(session->store));
        const Plan *plan = store_file(session->store, row->file)->plan;
        assert_true(row->kind == ROW_PLAN || row->index < (row->kind == ROW_EVENT ? plan->events.n : plan->sections.n));
        has_events = has_events || row->kind == ROW_EVENT;
    }
    assert_int_equal(session->plans.n, store_count(session->store));
    assert_true(session->view == VIEW_PLANS || session_file(session) != NULL);
    if (has_events && session->view != VIEW_PLANS && session->view != VIEW_MONTH) { /* the cursor of Месяц may be on nothing */
        assert_int_not_equal(session_row(session), SIZE_MAX);
    }
    if (session->occurrence != SIZE_MAX) {
        assert_non_null(event);
        assert_true(session->occurrence < event->due->n_occurrences);
    }
}

static const char *const deadlines[] = { "ежемесячно", "март", "до 15 мая", "1 раз в неделю", "в течение года", "2 раза в год" };
static const char *const periods[] = { "2021", "2022", "2022-05", "2021-09/2022-08", "2022-04/2022-06" };

static const char *any_of(const char *const *words, size_t n_words)
{
    return words[(size_t)rand() % n_words];
}

static void add_plan(StrBuf *out)
{
    int n_events = rand() % 4 == 0 ? 0 : rand() % 30;
    strbuf_addf(out, "vekha: 1\ntitle: План\nperiod: %s\n%s", any_of(periods, COUNTOF(periods)), n_events > 0 ? "events:\n" : "");
    for (int i = 0; i < n_events; i++) {
        strbuf_addf(out, "  - no: %d\n    title: дело %d\n    when: %s\n    status: %s\n", i, i,
                    any_of(deadlines, COUNTOF(deadlines)), rand() % 3 == 0 ? "done" : "planned");
    }
}

static void reword(Str text, StrBuf *out)
{
    while (text.n_bytes > 0) {
        Str line = str_cut(&text, '\n');
        size_t at = str_find(line, STR("when: "), 0);
        if (at != SIZE_MAX && rand() % 3 == 0) {
            strbuf_add(out, str_sub(line, 0, at));
            strbuf_addf(out, "when: %s\n", any_of(deadlines, COUNTOF(deadlines)));
        } else if (str_starts(line, STR("period:")) && rand() % 3 == 0) {
            strbuf_addf(out, "period: %s\n", any_of(periods, COUNTOF(periods)));
        } else {
            strbuf_addf(out, "%.*s\n", STR_ARG(line));
        }
    }
}

static void change_file(const char *name)
{
    StrBuf text = { 0 };
    StrBuf other = { 0 };
    bool is_there = access(temp_path(&screen.fixture.temp, name), F_OK) == 0;
    int what = is_there ? rand() % 6 : 5;
    if (is_there) {
        temp_read(temp_path(&screen.fixture.temp, name), &text);
    }
    if (what < 5) {
        reword(strbuf_str(&text), &other);
        strbuf_add(&other, what == 1 ? STR("\n  broken: [") : (Str){ 0 });
    } else {
        add_plan(&other);
    }
    temp_write(&screen.fixture.temp, name, strbuf_str(&other));
    if (what == 0) {
        temp_delete(&screen.fixture.temp, name);
    }
    strbuf_done(&text);
    strbuf_done(&other);
}

/* One of those that are there, or one that was not or is no more; sometimes all vanish. */
static void change_files(void)
{
    static const char *const others[] = { "a.yaml", "b.yaml", "c.yaml" };
    size_t n_files = store_count(screen.fixture.session->store);
    bool all_vanish = rand() % 20 == 0;
    for (size_t i = 0; i < n_files; i++) {
        StrBuf name = { 0 };
        strbuf_addf(&name, "%.*s.yaml", STR_ARG(store_file(screen.fixture.session->store, i)->name));
        if (all_vanish && access(temp_path(&screen.fixture.temp, strbuf_z(&name)), F_OK) == 0) {
            temp_delete(&screen.fixture.temp, strbuf_z(&name));
        } else if (!all_vanish && (size_t)rand() % (2 * n_files) == 0) {
            change_file(strbuf_z(&name));
        }
        strbuf_done(&name);
    }
    if (!all_vanish && rand() % 2 == 0) {
        change_file(any_of(others, COUNTOF(others)));
    }
    (void)session_tick(screen.fixture.session);
}

static void walk(unsigned seed, int n_keys, bool files_change)
{
    int n_rows = 24;
    int n_cols = 80;
    srand(seed);
    for (int i = 0; i < n_keys; i++) {
        if (rand() % 20 == 0) {
            random_size(&n_rows, &n_cols);
        }
        if (files_change && rand() % 60 == 0) {
            screen_press(&screen, "Esc Esc 1 Home Enter"); /* «Все мероприятия», where there is such a row */
        }
        if (files_change && rand() % 12 == 0) {
            change_files();
            assert_state();
        }
        screen_draw(&screen, n_rows, n_cols);
        assert_cells();
        assert_cursor();
        assert_on_selected_row();
        (void)frame_key(screen.frame, random_key());
        screen.fixture.session->is_done = false; /* q at the top: go on */
        assert_state();
    }
}

static void any_keys_over_the_plans_leave_the_cursor_on_the_selected_row(void **state)
{
    (void)state;
    walk(20220510, 3000, false);
    walk(20220511, 1000, true);
}

static void any_keys_over_a_broken_and_an_empty_plan_do_no_harm(void **state)
{
    (void)state;
    screen_leave(&screen);
    temp_write(&screen.fixture.temp, "a.yaml", str_of("vekha: 1\ntitle: ["));
    temp_write(&screen.fixture.temp, "b.yaml", str_of(""));
    temp_write(&screen.fixture.temp, "c.yaml", str_of("vekha: 1\ntitle: Пустой\nperiod: 2022\n"));
    temp_write(&screen.fixture.temp, "d.yaml", str_of("vekha: 1\ntitle: Разделы\nsections:\n  - title: Пустой\n"));
    screen_open(&screen);
    walk(7, 2000, false);
    screen_press(&screen, "Esc Esc 1 Home Enter");
    while (store_count(screen.fixture.session->store) > 0) { /* and while they go */
        char name[64];
        (void)snprintf(name, sizeof name, "%.*s.yaml", STR_ARG(store_file(screen.fixture.session->store, 0)->name));
        temp_delete(&screen.fixture.temp, name);
        (void)session_tick(screen.fixture.session);
        assert_state();
        walk(8, 300, false);
    }
    walk(9, 2000, true); /* and come back */
}

/* What documents should not have and some do */
static void add_nasty_plan(StrBuf *out)
{
    strbuf_add(out, STR("vekha: 1\ntitle: \"\\e[31mКрасный\\e[0m \\u202Eтеревёрнутый\"\nshort: "
                        "\"\\u202Eьшив\\t\\u200B漢字漢字\"\nperiod: 2022\n"
                        "headings: {when: \"\\e]0;заголовок\\a\", title: \"\", responsible: \""));
    strbuf_add_chars(out, 'x', 300);
    strbuf_add(out, STR("\"}\nevents:\n  - title: \""));
    for (int i = 0; i < 5500; i++) {
        strbuf_add(out, STR("слово "));
    }
    strbuf_add(out, STR("\"\n  - title: \"\\e[2J\\e[H\\r\\n\\b\\0\\x7F\\u0085\\u2028\\uFEFF\\u00AD\"\n    when: "
                        "\"\\e[31mмарт\\u202E\"\n    no: \"\\e[1m\"\n"
                        "  - title: \"вверх \\u202Eзинв\\u202C \\u2066внутрь\\u2069\"\n    responsible: [\"\\u200B\", \"\"]\n"
                        "  - title: |\n      раз\n      два\n      три\n      четыре\n      пять\n      шесть\n      семь\n      "
                        "восемь\n      девять\n"
                        "    no: 12.1.10.5\n    when: |\n      до 1\n      мая\n"
                        "  - {title: Мегioна и Сayнска, no: 漢字漢字, when: 1 раз в неделю}\n"
                        "  - {title: 🇷🇺👩‍👩‍👧‍👦е́é, when: ежедневно, status: in-progress}\n"
                        "  - title: \"\"\n  - title: \""));
    strbuf_add_chars(out, 'w', 60000);
    strbuf_add(out, STR("\"\nsections:\n"));
    for (int depth = 0; depth < 6; depth++) {
        strbuf_add_chars(out, ' ', (size_t)depth * 4);
        strbuf_add(out, STR("  - title: Раздел в разделе, и название его длиннее любого экрана, каким бы широким он ни был\n"));
        strbuf_add_chars(out, ' ', (size_t)depth * 4);
        strbuf_add(out, STR("    no: 1.1.1.1.1.1\n"));
        strbuf_add_chars(out, ' ', (size_t)depth * 4);
        strbuf_add(out, STR("    events: [{title: внутри, when: сентябрь}, {title: рядом, when: март, was: [февраль]}]\n"));
        strbuf_add_chars(out, ' ', (size_t)depth * 4);
        strbuf_add(out, STR("    sections:\n"));
    }
    strbuf_add_chars(out, ' ', 26);
    strbuf_add(out, STR("- {title: последний, events: []}\n"));
}

static void any_keys_over_a_nasty_plan_do_no_harm(void **state)
{
    StrBuf text = { 0 };
    (void)state;
    screen_leave(&screen);
    add_nasty_plan(&text);
    temp_write(&screen.fixture.temp, "nasty.yaml", strbuf_str(&text));
    strbuf_clear(&text);
    screen_open(&screen);
    if (session_file(screen.fixture.session)->is_broken) {
        err_words(&text, LANG_RU, &session_file(screen.fixture.session)->why);
        fail_msg("%s", strbuf_z(&text));
    }
    assert_true(session_file(screen.fixture.session)->plan->events.n > 15);
    walk(31, 300, false);
    walk(32, 30, true);
    strbuf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_keys_over_the_plans_leave_the_cursor_on_the_selected_row, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(any_keys_over_a_broken_and_an_empty_plan_do_no_harm, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(any_keys_over_a_nasty_plan_do_no_harm, open_plans, close_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
