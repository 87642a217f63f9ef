#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "store/merge_priv.h"

#define BASE                                       \
    "vekha: 1\ntitle: План\nevents:\n"         \
    "- no: 1\n  title: Раз\n  when: март\n" \
    "# о втором\n"                          \
    "- no: 2\n  title: Два\n  when: май\n\n" \
    "- no: 3\n  title: Три\n  when: июнь\n"

typedef struct Case {
    const char *ours, *theirs; /* what they make of the base: "WHAT=BY", with "|" between */
    bool is_alone;             /* can it be seen without reading the whole? */
} Case;

static void add_text(StrBuf *out, const char *edits)
{
    Str rest = str_of(edits);
    strbuf_add(out, STR(BASE));
    while (rest.n_bytes > 0) {
        Str by = str_cut(&rest, '|');
        Str what = str_cut(&by, '=');
        size_t at = str_find(strbuf_str(out), what, 0);
        assert_true(at != SIZE_MAX);
        strbuf_splice(out, at, at + what.n_bytes, by);
    }
}

static Side side_of(Str text)
{
    Side side = { 0 };
    assert_true(side_read((Str){ 0 }, text, &side, NULL));
    return side;
}

/* A merge of the base with what these edits make of it, planned. */
static void open_merge(Merge *merge, Merged *out, const char *ours, const char *theirs)
{
    StrBuf texts[2] = { 0 };
    add_text(&texts[0], ours);
    add_text(&texts[1], theirs);
    *out = (Merged){ 0 };
    *merge = (Merge){ .base = side_of(STR(BASE)), .out = out };
    merge->ours = side_of(strbuf_str(&texts[0]));
    merge->theirs = side_of(strbuf_str(&texts[1]));
    plan_merge(&merge->base.reading.plan, &merge->ours.reading.plan, &merge->theirs.reading.plan, &merge->plan);
    strbuf_done(&texts[0]);
    strbuf_done(&texts[1]);
}

static void close_merge(Merge *merge)
{
    plan_merge_done(&merge->plan);
    side_done(&merge->base);
    side_done(&merge->ours);
    side_done(&merge->theirs);
    merged_done(merge->out);
}

static void make_model(const Merge *merge, Plan *model)
{
    ChangeSet set = { merge->plan.changes.at, merge->plan.changes.n };
    ChangeTarget targets[8];
    assert_true(set.n <= COUNTOF(targets));
    assert_true(changes_find(set, NULL, &merge->ours.reading.plan, targets, NULL));
    assert_true(changes_make(set, targets, &merge->ours.reading.plan, model, NULL));
}

static const Case line_cases[] = {
    { "Раз=Ра", "май=апрель", true },
    { "Раз=Ра", "май=апрель\n  note: да|июнь=июль", true },
    { "Раз=Ра", "май=май # точно", true },
    { "Раз=Ра", "июнь\n=июль\n", true },
    { "Раз=Ра", "# о втором=# не о втором", false },      /* of no event */
    { "Раз=Ра", "title: План=title: План школы", false }, /* nor is this */
    { "Раз=Ра", "- no: 3=- title: Ещё\n- no: 3", false }, /* one comes */
};

static void lines_of_events_are_proven_by_those_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(line_cases); i++) {
        Merge merge;
        Merged out;
        StrBuf text = { 0 };
        Diff3Pieces pieces = { 0 };
        Plan model = { 0 };
        open_merge(&merge, &out, line_cases[i].ours, line_cases[i].theirs);
        make_model(&merge, &model);
        assert_true(diff3_merge(STR(BASE), doc_text(merge.ours.doc), doc_text(merge.theirs.doc), &text, &pieces));
        assert_int_equal(merge_prove_lines(&merge, &pieces, strbuf_str(&text), &model), line_cases[i].is_alone);
        strbuf_add(&text, STR("\n"));
        assert_false(merge_prove_lines(&merge, &pieces, strbuf_str(&text), &model)); /* not what the pieces make */
        plan_done(&model);
        vec_done(&pieces);
        strbuf_done(&text);
        close_merge(&merge);
    }
}

static void lines_that_say_something_else_are_not_proven(void **state)
{
    (void)state;
    Merge merge;
    Merged out;
    StrBuf text = { 0 };
    Diff3Pieces pieces = { 0 };
    Plan model = { 0 };
    open_merge(&merge, &out, "Раз=Ра", "май=апрель");
    make_model(&merge, &model);
    model.events.at[1].when = STR("август");
    assert_true(diff3_merge(STR(BASE), doc_text(merge.ours.doc), doc_text(merge.theirs.doc), &text, &pieces));
    assert_false(merge_prove_lines(&merge, &pieces, strbuf_str(&text), &model));
    plan_done(&model);
    vec_done(&pieces);
    strbuf_done(&text);
    close_merge(&merge);
}

static const Case event_cases[] = {
    { "Раз=Ра", "март=апрель", true },                      /* value by value */
    { "Раз=Ра", "март=апрель|май=июль\n  note: да", true }, /* and one as theirs has written it */
    { "Раз=Ра", "март=апрель|# о втором\n- no: 2=# о том\n- no: 2 # !", true },
    { "Раз=Ра", "март=апрель|# о втором\n- no: 2\n  title: Два\n  when: май\n\n=", false }, /* one goes */
};

static void event_by_event_it_is_the_text_that_the_whole_makes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(event_cases); i++) {
        Merge merge;
        Merged out;
        Side whole = { 0 };
        StrBuf text = { 0 };
        ReplacementVec replacements = { 0 };
        open_merge(&merge, &out, event_cases[i].ours, event_cases[i].theirs);
        merge_find_replacements(&merge, &replacements);
        bool is_made = merge_make_entries(&merge, &replacements, &text);
        if (is_made != event_cases[i].is_alone) {
            fail_msg("%s | %s", event_cases[i].ours, event_cases[i].theirs);
        }
        assert_true(merge_make(&merge, &replacements, &whole, NULL));
        assert_true(!is_made || str_eq(strbuf_str(&text), doc_text(whole.doc)));
        vec_done(&replacements);
        strbuf_done(&text);
        side_done(&whole);
        close_merge(&merge);
    }
}

/* Text of a plan with two events and so many headings. */
static Side headed_side(size_t n_headings, const char *first, const char *second)
{
    StrBuf text = { 0 };
    strbuf_add(&text, STR("vekha: 1\ntitle: План\nheadings:\n"));
    for (size_t i = 0; i < n_headings; i++) {
        strbuf_addf(&text, "  k%zu: K\n", i);
    }
    strbuf_addf(&text, "events:\n- no: 1\n  title: %s\n  when: май\n  note: да\n- no: 2\n  title: %s\n", first, second);
    Side side = side_of(strbuf_str(&text));
    strbuf_done(&text);
    return side;
}

static void events_of_very_many_headings_are_left_to_the_whole(void **state)
{
    (void)state;
    enum { MANY = (1 << 17) + 1 }; /* twice as many are too many */
    static const size_t numbers[] = { 16, MANY };
    for (size_t i = 0; i < COUNTOF(numbers); i++) {
        Merged out = { 0 };
        StrBuf text = { 0 };
        ReplacementVec replacements = { 0 };
        Merge merge = { .out = &out };
        merge.base = headed_side(numbers[i], "Раз", "Два");
        merge.ours = headed_side(numbers[i], "Раз", "Два");
        merge.theirs = headed_side(numbers[i], "Ра", "Дв");
        plan_merge(&merge.base.reading.plan, &merge.ours.reading.plan, &merge.theirs.reading.plan, &merge.plan);
        assert_int_equal(merge_make_entries(&merge, &replacements, &text), numbers[i] < MANY);
        strbuf_done(&text);
        close_merge(&merge);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_events_are_proven_by_those_alone),
        cmocka_unit_test(lines_that_say_something_else_are_not_proven),
        cmocka_unit_test(event_by_event_it_is_the_text_that_the_whole_makes),
        cmocka_unit_test(events_of_very_many_headings_are_left_to_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
