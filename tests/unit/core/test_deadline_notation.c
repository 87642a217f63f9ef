#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/core/deadline.h"

static bool reads(Str text)
{
    Arena arena = { 0 };
    StrBuf again = { 0 };
    Deadline deadline;
    bool is_read = deadline_parse_canonical(text, &arena, &deadline);
    deadline_add_canonical(&again, &deadline);
    assert_string_equal(strbuf_z(&again), is_read ? strbuf_z(&(StrBuf){ (char *)text.at, text.n_bytes, 0 }) : "text");
    strbuf_done(&again);
    arena_done(&arena);
    return is_read;
}

static void all_of_the_notation_is_read_back(void **state)
{
    (void)state;
    static const Str good[] = {
        STR_INIT("text"),
        STR_INIT("2023"),
        STR_INIT("2022-11"),
        STR_INIT("2022-11-02"),
        STR_INIT("2022-11~"),
        STR_INIT("2022-11-02T11:00"),
        STR_INIT("T14:00"),
        STR_INIT("T09:00/T10:00"),
        STR_INIT("2022-09-15/2023-05"),
        STR_INIT("../2023-05"),
        STR_INIT("2022-10/.."),
        STR_INIT("../2023-01-20T18:00"),
        STR_INIT("@"),
        STR_INIT("@+text"),
        STR_INIT("@+P1D"),
        STR_INIT("@-P10D"),
        STR_INIT("@/@+P5B"),
        STR_INIT("@/@+PT24H"),
        STR_INIT("../@-P10D"),
        STR_INIT("@/.."),
        STR_INIT("{2022-04,2022-09}"),
        STR_INIT("[2022-10,2022-11]+text"),
        STR_INIT("R/2023/P1M"),
        STR_INIT("R2/2023/P1Y"),
        STR_INIT("R1../2023/P3M"),
        STR_INIT("R..2/2023/P1M"),
        STR_INIT("R1..2/2023/P1M"),
        STR_INIT("R/2022-09-01/2023-08-31/P1Q/#end"),
        STR_INIT("R/2023/P1M/---21/---L01"),
        STR_INIT("R/2023/P1M/../---05"),
        STR_INIT("R/2023/P1M/-W-5#L"),
        STR_INIT("R/2023/P1M/-W-2#2T15:00"),
        STR_INIT("R/2023/P1W/{-W-1,-W-3}"),
        STR_INIT("R/2023/P1W/-W-2T17:30/-W-2T18:50"),
        STR_INIT("R/2023/P1D/../T09:00"),
        STR_INIT("R/2022/2024/P1Y/--05/--06"),
        STR_INIT("R/2022/2024/P1Y/../--12-10"),
        STR_INIT("{R/2022-10/P1W,R/2023-03/P1W}"),
        STR_INIT("R/2023/P6M/{#start,#mid}"),
    };
    for (size_t i = 0; i < COUNTOF(good); i++) {
        if (!reads(good[i])) {
            fail_msg("%.*s", STR_ARG(good[i]));
        }
    }
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    static const Str bad[] = {
        STR_INIT(""),
        STR_INIT("март"),
        STR_INIT("2022-13"),
        STR_INIT("2022-02-30"),
        STR_INIT("2022-1-1"),
        STR_INIT("2022/"),
        STR_INIT("/2022"),
        STR_INIT("../.."),
        STR_INIT(".."),
        STR_INIT("2023/2022"),
        STR_INIT("{2022-04}"),
        STR_INIT("{2022-04,2022-09"),
        STR_INIT("[2022-04,2022-09}"),
        STR_INIT("2022-04,2022-09"),
        STR_INIT("T24:00"),
        STR_INIT("T9:00"),
        STR_INIT("@+P"),
        STR_INIT("@+P0D"),
        STR_INIT("@+P5X"),
        STR_INIT("@+PT5D"),
        STR_INIT("R/2023"),
        STR_INIT("R/2023/P1X"),
        STR_INIT("R/2023/P0M"),
        STR_INIT("R0/2023/P1M"),
        STR_INIT("R2..1/2023/P1M"),
        STR_INIT("R/../P1M"),
        STR_INIT("R/@/P1M"),
        STR_INIT("R/2023/P1M/---32"),
        STR_INIT("R/2023/P1M/---00"),
        STR_INIT("R/2023/P1W/-W-8"),
        STR_INIT("R/2023/P1M/-W-1#6"),
        STR_INIT("R/2023/P1Y/--02-30"),
        STR_INIT("R/2023/P1M/.."),
        STR_INIT("R/2023/P1M/{---05}"),
        STR_INIT("text+text"),
        STR_INIT("2023+texts"),
        STR_INIT("2023 "
                 "x"),
        STR_INIT("2023-01-01/T10:00"),
        STR_INIT("R99999/2023/P1M"),
    };
    for (size_t i = 0; i < COUNTOF(bad); i++) {
        if (reads(bad[i])) {
            fail_msg("%.*s", STR_ARG(bad[i]));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_the_notation_is_read_back),
        cmocka_unit_test(anything_else_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
