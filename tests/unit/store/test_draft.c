#include "vekha/store/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const Draft sample = {
    .plan = STR_INIT("/srv/plans/сад\t\xff.yaml"),
    .who = STR_INIT("Методист"),
    .event = { STR_INIT("k3f9"), STR_INIT("5а"), STR_INIT("Сбор\nзаявок"), 7 },
    .prompt = STR_INIT("when"),
    .field = STR_INIT("when"),
    .before = STR_INIT("до \\ 1 июня"),
    .asked = STR_INIT("postponed"),
    .at = STR_INIT("2022-03"),
    .when = STR_INIT("март\r\n"),
    .text = STR_INIT("до 15 ию"),
    .cursor = 5,
    .typed_s = 4102444800LL,
};

static void assert_same(const Draft *a, const Draft *b)
{
    assert_true(str_eq(a->plan, b->plan) && str_eq(a->who, b->who));
    assert_true(str_eq(a->event.id, b->event.id) && str_eq(a->event.no, b->event.no) && str_eq(a->event.title, b->event.title));
    assert_true(str_eq(a->prompt, b->prompt) && str_eq(a->field, b->field) && str_eq(a->before, b->before));
    assert_true(str_eq(a->asked, b->asked) && str_eq(a->at, b->at) && str_eq(a->when, b->when) && str_eq(a->text, b->text));
    assert_int_equal(a->event.index, b->event.index);
    assert_int_equal(a->cursor, b->cursor);
    assert_int_equal(a->typed_s, b->typed_s);
}

static void a_draft_is_read_as_it_was_written(void **state)
{
    (void)state;
    StrBuf written = { 0 };
    Arena arena = { 0 };
    Draft got;
    draft_add(&written, &sample);
    assert_true(draft_parse(strbuf_str(&written), &arena, &got));
    assert_same(&got, &sample);
    arena_done(&arena);
    strbuf_done(&written);
}

/* Whatever is cut off or turned over, it is known as no draft. */
static void a_torn_draft_is_refused(void **state)
{
    (void)state;
    StrBuf written = { 0 };
    Arena arena = { 0 };
    Draft got;
    draft_add(&written, &sample);
    for (size_t n = 0; n < written.n_bytes; n++) {
        assert_false(draft_parse(str_sub(strbuf_str(&written), 0, n), &arena, &got));
        assert_int_equal(got.text.n_bytes, 0);
    }
    for (size_t i = 0; i < written.n_bytes; i++) {
        written.at[i] ^= 1;
        assert_false(draft_parse(strbuf_str(&written), &arena, &got));
        written.at[i] ^= 1;
    }
    strbuf_add(&written, STR("\n"));
    assert_false(draft_parse(strbuf_str(&written), &arena, &got));
    arena_done(&arena);
    strbuf_done(&written);
}

/* The sum is right: it is what stands in the lines that counts. */
static bool is_read(const char *lines, Draft *out, Arena *arena)
{
    StrBuf whole = { 0 };
    strbuf_add(&whole, str_of(lines));
    strbuf_addf(&whole, "end\t%016llx\n", str_hash(str_of(lines)));
    bool ok = draft_parse(strbuf_str(&whole), arena, out);
    strbuf_done(&whole);
    return ok;
}

#define HEAD "vekha-draft 1\nplan\t/a\nprompt\twhen\n"

static void what_cannot_be_a_draft_is_refused(void **state)
{
    static const char *const wrong[] = {
        "vekha-draft 2\nplan\t/a\nprompt\twhen\n",
        "vekha-draft 1\nprompt\twhen\n",
        "vekha-draft 1\nplan\ta\nprompt\twhen\n",
        "vekha-draft 1\nplan\t/a\n",
        HEAD "text\t\\x\n",
        HEAD "text\ta\\\n",
        HEAD "text\ta\tb\n",
        HEAD "text\ta\rb\n",
        HEAD "text\t\xff\n",
        HEAD "cursor\t-1\n",
        HEAD "cursor\t1e3\n",
        HEAD "index\t9999999999999999999\n",
        HEAD "typed\t\n",
    };
    Arena arena = { 0 };
    Draft got;
    (void)state;
    assert_true(is_read(HEAD, &got, &arena));
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        if (is_read(wrong[i], &got, &arena)) {
            fail_msg("it reads %s", wrong[i]);
        }
    }
    arena_done(&arena);
}

static void a_key_of_a_later_version_is_passed_over(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Draft got;
    assert_true(is_read(HEAD "colour\tred\ntext\tмай\n", &got, &arena));
    assert_true(str_eq(got.text, STR("май")));
    arena_done(&arena);
}

static void the_cursor_stands_within_the_text(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Draft got;
    assert_true(is_read(HEAD "text\tмай\ncursor\t700\n", &got, &arena));
    assert_int_equal(got.cursor, got.text.n_bytes);
    arena_done(&arena);
}

static void what_is_too_long_is_refused(void **state)
{
    (void)state;
    StrBuf lines = { 0 };
    Arena arena = { 0 };
    Draft got;
    strbuf_add(&lines, STR(HEAD "text\t"));
    strbuf_add_chars(&lines, 'x', DRAFT_MAX_BYTES);
    strbuf_add(&lines, STR("\n"));
    assert_false(is_read(strbuf_z(&lines), &got, &arena));
    arena_done(&arena);
    strbuf_done(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_is_read_as_it_was_written), cmocka_unit_test(a_torn_draft_is_refused),
        cmocka_unit_test(what_cannot_be_a_draft_is_refused), cmocka_unit_test(a_key_of_a_later_version_is_passed_over),
        cmocka_unit_test(the_cursor_stands_within_the_text), cmocka_unit_test(what_is_too_long_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
