#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/base/file.h"

enum { LIMIT = 1 << 20 };

/* What a save in place leaves when it is broken off. NULL: no such file. */
typedef struct Remains {
    const char *file, *saved, *new;
} Remains;

static Temp arrange(const Remains *remains)
{
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", str_of(remains->file));
    if (remains->saved != NULL) {
        temp_write(&temp, ".a.yaml.saved", str_of(remains->saved));
    }
    if (remains->new != NULL) {
        temp_write(&temp, ".a.yaml.new", str_of(remains->new));
    }
    return temp;
}

static void what_was_broken_off_is_read_and_put_right(void **state)
{
    (void)state;
    static const struct {
        Remains remains;
        const char *text;
    } cases[] = {
        { { "old\n", NULL, NULL }, "old\n" },
        { { "old\n", NULL, "half of a n" }, "old\n" }, /* a temporary file */
        { { "old\n", "ol", NULL }, "old\n" },          /* killed while the copy was made */
        { { "old\n", "old\n", NULL }, "old\n" },
        { { "old\n", "old\n", "new te" }, "old\n" },
        { { "new text\n", "old\n", "new text\n" }, "new text\n" }, /* all done but the cleaning */
        { { "new ", "old\n", "new text\n" }, "old\n" },            /* in the middle of a longer one */
        { { "ned text\n", "old text\n", "new\n" }, "old text\n" }, /* of a shorter one: blocks come in any order */
        { { "new\n\n\n\n\n\n", "old text\n", "new\n" }, "old text\n" },
        { { "old\n\n\n\n\n", "old\n", "new text\n" }, "old\n" }, /* and in the middle of putting it back */
        { { "", "", "new" }, "" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Temp temp = arrange(&cases[i].remains);
        StrBuf text = { 0 };
        Err err = { 0 };
        strbuf_add(&text, STR("was:"));
        assert_true(file_read_settled(temp_path(&temp, "a.yaml"), LIMIT, &text, NULL, &err));
        assert_int_equal(err.kind, ERR_NONE);
        assert_string_equal(text.at + strlen("was:"), cases[i].text);
        assert_true(temp_holds(temp_path(&temp, "a.yaml"), str_of(cases[i].remains.file))); /* reading changes nothing */
        assert_true(file_settle(temp_path(&temp, "a.yaml"), &err));
        assert_true(temp_holds(temp_path(&temp, "a.yaml"), str_of(cases[i].text)));
        assert_int_not_equal(access(temp_path(&temp, ".a.yaml.saved"), F_OK), 0);
        strbuf_done(&text);
        temp_done(&temp);
    }
}

/* Then neither text may be thrown away. */
static void a_file_that_was_edited_since_is_left_to_the_person(void **state)
{
    (void)state;
    const Remains remains = { "mended by hand\n", "old text of it\n", "new text\n" };
    Temp temp = arrange(&remains);
    StrBuf text = { 0 };
    Err err = { 0 };
    assert_true(file_read_settled(temp_path(&temp, "a.yaml"), LIMIT, &text, NULL, NULL));
    assert_string_equal(text.at, remains.file);
    assert_false(file_settle(temp_path(&temp, "a.yaml"), &err));
    assert_int_equal(err.kind, ERR_REFUSED);
    assert_int_equal(err.text, T_FILE_UNCLEAR);
    assert_true(temp_holds(temp_path(&temp, "a.yaml"), str_of(remains.file)));
    assert_true(temp_holds(temp_path(&temp, ".a.yaml.saved"), str_of(remains.saved)));
    assert_int_equal(unlink(temp_path(&temp, ".a.yaml.saved")), 0); /* he has decided */
    assert_true(file_settle(temp_path(&temp, "a.yaml"), NULL));
    strbuf_done(&text);
    temp_done(&temp);
}

static bool is_refused(const Temp *temp)
{
    StrBuf text = { 0 };
    Err err = { 0 };
    bool ok = !file_read_settled(temp_path(temp, "a.yaml"), LIMIT, &text, NULL, &err) && err.text == T_FILE_CANNOT_READ &&
              text.n_bytes == 0 && !file_settle(temp_path(temp, "a.yaml"), &err) && err.text == T_FILE_CANNOT_READ;
    strbuf_done(&text);
    return ok;
}

/* Half of a plan may look like a plan. */
static void a_file_whose_copy_cannot_be_read_is_not_taken_for_whole(void **state)
{
    (void)state;
    Temp temp = arrange(&(Remains){ "new ", "old\n", "new text\n" });
    assert_int_equal(chmod(temp_path(&temp, ".a.yaml.saved"), 0), 0);
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0666), 0);
    assert_true(temp_as_nobody(is_refused, &temp));
    temp_done(&temp);
}

static void a_saved_copy_is_never_written_over(void **state)
{
    (void)state;
    Temp temp = arrange(&(Remains){ "torn", "the only whole text", NULL });
    Err err = { 0 };
    assert_int_equal(link(temp_path(&temp, "a.yaml"), temp_path(&temp, "b.yaml")), 0);
    assert_false(file_replace(temp_path(&temp, "a.yaml"), STR("x"), NULL, &err));
    assert_int_equal(err.text, T_FILE_CANNOT_WRITE);
    assert_true(temp_holds(temp_path(&temp, ".a.yaml.saved"), STR("the only whole text")));
    assert_true(temp_holds(temp_path(&temp, "a.yaml"), STR("torn")));
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_broken_off_is_read_and_put_right),
        cmocka_unit_test(a_file_that_was_edited_since_is_left_to_the_person),
        cmocka_unit_test(a_file_whose_copy_cannot_be_read_is_not_taken_for_whole),
        cmocka_unit_test(a_saved_copy_is_never_written_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
