#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/base/diff3.h"

typedef struct Case {
    const char *base, *ours, *theirs, *merged; /* NULL: a conflict */
} Case;

/* Each letter is a line. */
static void add_lines(StrBuf *out, const char *letters)
{
    for (; *letters != '\0'; letters++) {
        strbuf_addf(out, "%c\n", *letters);
    }
}

/* With the pieces, ours is that text. */
static void assert_pieces(Str ours, const Diff3Pieces *pieces, Str wanted)
{
    StrBuf text = { 0 };
    size_t at = 0;
    for (size_t i = 0; i < pieces->n; i++) {
        strbuf_add(&text, str_sub(ours, at, pieces->at[i].from));
        strbuf_add(&text, pieces->at[i].text);
        at = pieces->at[i].to;
    }
    strbuf_add(&text, str_from(ours, at));
    assert_true(str_eq(strbuf_str(&text), wanted));
    strbuf_done(&text);
}

static void assert_merge(const char *base, const char *ours, const char *theirs, const char *merged)
{
    StrBuf texts[4] = { 0 };
    StrBuf out = { 0 };
    const char *letters[] = { base, ours, theirs, merged != NULL ? merged : "" };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        add_lines(&texts[i], letters[i]);
    }
    Diff3Pieces pieces = { 0 };
    strbuf_add(&out, STR("head"));
    assert_int_equal(diff3_merge(strbuf_str(&texts[0]), strbuf_str(&texts[1]), strbuf_str(&texts[2]), &out, &pieces),
                     merged != NULL);
    assert_true(str_eq(str_from(strbuf_str(&out), 4), strbuf_str(&texts[3])));
    assert_pieces(strbuf_str(&texts[1]), &pieces, merged != NULL ? strbuf_str(&texts[3]) : strbuf_str(&texts[1]));
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        strbuf_done(&texts[i]);
    }
    vec_done(&pieces);
    strbuf_done(&out);
}

static void what_one_side_changed_is_taken(void **state)
{
    (void)state;
    static const Case cases[] = {
        { "abc", "abc", "abc", "abc" },
        { "abcde", "aXcde", "abcdY", "aXcdY" },
        { "abcde", "bcde", "abcd", "bcd" },
        { "abc", "abcX", "abc", "abcX" },
        { "abc", "Xabc", "abcY", "XabcY" },
        { "abc", "", "abc", "" },
        { "", "", "x", "x" },
        { "abc", "aXc", "aXc", "aXc" }, /* both alike */
        { "abcdefgh", "abXdefgh", "efghabcd", NULL },
        { "aaabaaacaaa", "aaaXbaaacaaa", "aaabaaacYaaa", "aaaXbaaacYaaa" }, /* lines that are many */
        { "abc", "aXc", "aYc", NULL },
        { "abc", "axbc", "aybc", NULL }, /* two inserts at one place: who is first is not for lines to say */
        { "abc", "ac", "aXc", NULL },
        { "ab", "aX", "Yb", NULL }, /* neighbours */
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_merge(cases[i].base, cases[i].ours, cases[i].theirs, cases[i].merged);
        assert_merge(cases[i].base, cases[i].theirs, cases[i].ours, cases[i].merged);
    }
}

static void a_last_line_without_a_break_is_a_line(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    assert_true(diff3_merge(STR("a\nb\nc"), STR("X\nb\nc"), STR("a\nb\nc\n"), &out, NULL));
    assert_string_equal(strbuf_z(&out), "X\nb\nc\n");
    strbuf_done(&out);
}

/* Changes at random places that do not touch: all of them are there, in either order. */
static void changes_apart_from_each_other_all_come(void **state)
{
    (void)state;
    enum { ROUNDS = 300, LINES = 60 };
    unsigned seed = 7;
    for (int round = 0; round < ROUNDS; round++) {
        StrBuf texts[4] = { 0 };
        for (int line = 0; line < LINES; line++) {
            seed = seed * 1103515245u + 12345u;
            bool is_changed = line % 3 == 1 && seed >> 30 != 0;
            bool is_ours = (seed >> 20 & 1) != 0;
            int many = (int)(seed >> 10 & 3);
            strbuf_addf(&texts[0], "%d\n", many == 0 ? line : many);
            for (size_t k = 1; k < COUNTOF(texts); k++) {
                bool here = is_changed && (k == 3 || is_ours == (k == 1));
                strbuf_addf(&texts[k], here ? "new %d\n" : "%d\n", many == 0 ? line : many);
            }
        }
        StrBuf out = { 0 };
        StrBuf turned = { 0 };
        if (diff3_merge(strbuf_str(&texts[0]), strbuf_str(&texts[1]), strbuf_str(&texts[2]), &out, NULL)) {
            assert_string_equal(strbuf_z(&out), strbuf_z(&texts[3]));
            assert_true(diff3_merge(strbuf_str(&texts[0]), strbuf_str(&texts[2]), strbuf_str(&texts[1]), &turned, NULL));
            assert_string_equal(strbuf_z(&turned), strbuf_z(&texts[3]));
        }
        strbuf_done(&out);
        strbuf_done(&turned);
        for (size_t i = 0; i < COUNTOF(texts); i++) {
            strbuf_done(&texts[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_one_side_changed_is_taken),
        cmocka_unit_test(a_last_line_without_a_break_is_a_line),
        cmocka_unit_test(changes_apart_from_each_other_all_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
