#include "deadline_case.h"

/* Every word of a phrase is used, or is in the note. */

enum { MIN_CHECKED = 5000 };

typedef struct Tally {
    int n_checked, n_wrong;
    StrBuf got;
} Tally;

/* A word that means something, and where a phrase may say it already; "text": it is always noted. */
static const struct {
    const char *word, *said;
} meaningful[] = {
    { " бурбулятор ", "text" },   { " 47 ", "30|31|29 ф" },  { " тридцатый ", "3|29 ф" }, { " половина ", "1 " },
    { " минимум ", "реже" },      { " каникулы ", "аникул|- с|ежедневно" }, { " дважды ", "2" },         { " триместр ", "I|отчетным|отчётным" },
    { " зима ", "дек|12/|итог" }, { " вечером ", "text" },   { " 2 класс ", "text" },
};

/* Put between any two: it changes the value, or it is noted, or a warning says so. */
static void check_inserted(const Case *it, void *data)
{
    Tally *tally = data;
    if (strstr(it->canonical, "text") != NULL || strchr(it->canonical, '@') != NULL ||
        has_any(it->phrase, ":|рок|этап|осен|зим|весен|лет")) {
        return; /* a note already; the name of an event; a lead-in; dates that outdo their name */
    }
    for (size_t at = 0; at <= strlen(it->phrase); at++) {
        bool is_edge = at == 0 || it->phrase[at] == '\0' || it->phrase[at] == ' ';
        for (size_t i = 0; i < sizeof meaningful / sizeof meaningful[0] && is_edge; i++) {
            Case changed = *it;
            assert_true(put(changed.phrase, at, 0, meaningful[i].word));
            DeadlineWarnings warnings = read_case(&changed, &tally->got);
            const char *got = strbuf_z(&tally->got);
            bool is_same = strcmp(got, it->canonical) == 0 && warnings == it->warnings;
            bool is_silent = is_same && !has_any(it->phrase, meaningful[i].said);
            bool is_unnoted = strcmp(meaningful[i].said, "text") == 0 && strpbrk(got, "t@") == NULL; /* @ has a name */
            if (is_silent || is_unnoted) {
                print_message("«%s»: %s\n", changed.phrase, got);
            }
            tally->n_checked++;
            tally->n_wrong += is_silent || is_unnoted ? 1 : 0;
        }
    }
}

static void no_word_that_means_something_is_dropped_in_silence(void **state)
{
    (void)state;
    Tally tally = { 0 };
    for_each_case(check_inserted, &tally);
    strbuf_done(&tally.got);
    assert_true(tally.n_checked >= MIN_CHECKED);
    assert_int_equal(tally.n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_word_that_means_something_is_dropped_in_silence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
