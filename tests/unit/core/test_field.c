#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/utf8.h"
#include "vekha/core/change.h"
#include "vekha/core/field.h"

static const Str samples[] = {
    [FIELD_TYPE_TEXT] = STR_INIT("Приказ № 116: «всё»\nвторая строка"),
    [FIELD_TYPE_TEXTS] = STR_INIT("Томашевская И.В., заместитель\nМОУ СОШ №6"),
    [FIELD_TYPE_DAY] = STR_INIT("2022-03-29"),
    [FIELD_TYPE_STATUS] = STR_INIT("confirmed"),
};

static size_t size_of_type(FieldType type)
{
    static const size_t sizes[] = {
        [FIELD_TYPE_TEXT] = sizeof(Str),
        [FIELD_TYPE_TEXTS] = sizeof(StrList),
        [FIELD_TYPE_DAY] = sizeof(Day),
        [FIELD_TYPE_STATUS] = sizeof(Status),
    };
    return sizes[type];
}

static void every_field_survives_parse_format_parse(void **state)
{
    (void)state;
    Arena arena = { 0 };
    for (FieldId field = 0; field < FIELD_COUNT; field++) {
        Event event = { 0 };
        StrBuf out = { 0 };
        if (field_info(field)->type == FIELD_TYPE_LIST) {
            assert_false(field_parse(&event, field, STR("x"), &arena));
            field_add_value(&out, &event, field);
            assert_int_equal(out.n_bytes, 0);
            continue;
        }
        Str sample = samples[field_info(field)->type];
        assert_false(field_is_set(&event, field));
        assert_true(field_parse(&event, field, sample, &arena));
        assert_true(field_is_set(&event, field));
        field_add_value(&out, &event, field);
        assert_true(str_eq(strbuf_str(&out), sample));
        Event again = { 0 };
        assert_true(field_parse(&again, field, strbuf_str(&out), &arena));
        assert_true(event_eq(&event, &again));
        assert_true(field_parse(&event, field, (Str){ 0 }, &arena));
        assert_false(field_is_set(&event, field));
        assert_true(event_eq(&event, &(Event){ 0 }));
        strbuf_done(&out);
    }
    arena_done(&arena);
}

/* So that a row that points at its neighbour's member is found: each is set in an event of its own. */
static void a_field_changes_no_other(void **state)
{
    (void)state;
    Arena arena = { 0 };
    for (FieldId field = 0; field < FIELD_COUNT; field++) {
        Event event = { 0 };
        FieldType type = field_info(field)->type;
        if (type != FIELD_TYPE_LIST) {
            assert_true(field_parse(&event, field, samples[type], &arena));
        }
        for (FieldId other = 0; other < FIELD_COUNT; other++) {
            assert_int_equal(field_is_set(&event, other), other == field && type != FIELD_TYPE_LIST);
        }
    }
    arena_done(&arena);
}

static void a_mark_has_the_fields_that_the_format_gives_it(void **state)
{
    (void)state;
    static const FieldId of_marks[] = { FIELD_STATUS, FIELD_DONE,      FIELD_BY,          FIELD_EVIDENCE,
                                        FIELD_NOTE,   FIELD_CONFIRMED, FIELD_CONFIRMED_BY };
    Arena arena = { 0 };
    size_t n = 0;
    for (FieldId field = 0; field < FIELD_COUNT; field++) {
        Mark mark = { 0 };
        StrBuf out = { 0 };
        bool has = false;
        for (size_t i = 0; i < COUNTOF(of_marks); i++) {
            has = has || of_marks[i] == field;
        }
        n += has;
        assert_int_equal(field_info(field)->mark_offset != SIZE_MAX, has);
        Str sample = field_info(field)->type == FIELD_TYPE_LIST ? STR("x") : samples[field_info(field)->type];
        assert_int_equal(field_parse_mark(&mark, field, sample, &arena), has);
        field_add_mark_value(&out, &mark, field);
        assert_true(str_eq(strbuf_str(&out), has ? sample : (Str){ 0 }));
        assert_int_equal(mark.at.n_bytes, 0);
        strbuf_done(&out);
    }
    assert_int_equal(n, COUNTOF(of_marks));
    arena_done(&arena);
}

static void offsets_lie_inside_their_record_and_do_not_overlap(void **state)
{
    (void)state;
    bool taken_event[sizeof(Event)] = { 0 };
    bool taken_mark[sizeof(Mark)] = { 0 };
    for (FieldId field = 0; field < FIELD_COUNT; field++) {
        const FieldInfo *info = field_info(field);
        if (info->type == FIELD_TYPE_LIST) {
            assert_true(info->offset == SIZE_MAX && info->mark_offset == SIZE_MAX);
            continue;
        }
        size_t size = size_of_type(info->type);
        assert_true(info->offset + size <= sizeof(Event));
        for (size_t i = info->offset; i < info->offset + size; i++) {
            assert_false(taken_event[i]);
            taken_event[i] = true;
        }
        for (size_t i = info->mark_offset; info->mark_offset != SIZE_MAX && i < info->mark_offset + size; i++) {
            assert_true(i < sizeof(Mark));
            assert_false(taken_mark[i]);
            taken_mark[i] = true;
        }
    }
}

static void every_field_has_a_heading_and_help_in_both_languages(void **state)
{
    (void)state;
    for (FieldId field = 0; field < FIELD_COUNT; field++) {
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            assert_false(str_is_blank(text_get(lang, field_info(field)->heading)));
            assert_false(str_is_blank(text_get(lang, field_info(field)->help)));
        }
        assert_int_not_equal(field_info(field)->heading, field_info(field)->help);
    }
}

static void a_field_is_found_by_the_key_of_the_file(void **state)
{
    (void)state;
    FieldId got;
    for (FieldId field = 0; field < FIELD_COUNT; field++) {
        assert_true(field_find(field_info(field)->name, &got));
        assert_int_equal(got, field);
    }
    assert_false(field_find(STR("Title"), &got));
    assert_false(field_find(STR("confirmed_by"), &got));
    assert_false(field_find(STR(""), &got));
}

static void a_value_of_the_wrong_type_leaves_the_field_as_it_was(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Event event = { .done = 42, .status = STATUS_DONE };
    assert_false(field_parse(&event, FIELD_DONE, STR("29.03.2022"), &arena));
    assert_false(field_parse(&event, FIELD_DONE, STR("2022-02-29"), &arena));
    assert_false(field_parse(&event, FIELD_STATUS, STR("исполнено"), &arena));
    assert_int_equal(event.done, 42);
    assert_int_equal(event.status, STATUS_DONE);
    arena_done(&arena);
}

static void a_parsed_value_does_not_need_its_text_any_more(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Event event = { 0 };
    char text[] = "одна\nдругая";
    assert_true(field_parse(&event, FIELD_RESPONSIBLE, str_of(text), &arena));
    assert_true(field_parse(&event, FIELD_NOTE, str_of(text), &arena));
    memset(text, 'x', sizeof text);
    assert_int_equal(event.responsible.n, 2);
    assert_true(str_eq(event.responsible.at[1], STR("другая")));
    assert_true(str_eq(event.note, STR("одна\nдругая")));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_survives_parse_format_parse),
        cmocka_unit_test(a_field_changes_no_other),
        cmocka_unit_test(a_mark_has_the_fields_that_the_format_gives_it),
        cmocka_unit_test(offsets_lie_inside_their_record_and_do_not_overlap),
        cmocka_unit_test(every_field_has_a_heading_and_help_in_both_languages),
        cmocka_unit_test(a_field_is_found_by_the_key_of_the_file),
        cmocka_unit_test(a_value_of_the_wrong_type_leaves_the_field_as_it_was),
        cmocka_unit_test(a_parsed_value_does_not_need_its_text_any_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
