#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "deadline_case.h"

/*
 * Phrases of the corpus, changed at random as another writer would have written them, keep their meaning, or change it as they
 * must. The seed is fixed: a failure is the same at every run.
 */

enum { N_ROUNDS = 12, MAX_CHANGES = 3, MIN_EACH = 20, MIN_CHECKED = 5000 };

typedef struct Random {
    uint32_t state;
} Random;

static uint32_t below(Random *random, uint32_t n)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 17;
    random->state ^= random->state << 5;
    return random->state % n;
}

/* ---- Text ---- */

/* A place where one of the strings stands, at random; its index, or -1. */
static int find_one(Random *random, const char *text, const char *const *any, int n_any, size_t *at)
{
    int n_found = 0;
    int found = -1;
    for (int i = 0; i < n_any; i++) {
        for (const char *hit = strstr(text, any[i]); hit != NULL; hit = strstr(hit + 1, any[i])) {
            n_found++;
            if (below(random, (uint32_t)n_found) == 0) {
                found = i;
                *at = (size_t)(hit - text);
            }
        }
    }
    return found;
}

static bool is_digit_at(const char *text, size_t at)
{
    return isdigit((unsigned char)text[at]) != 0;
}

static bool has_warning(const Case *it, DeadlineWarning warning)
{
    return (it->warnings & 1U << warning) != 0;
}

static bool is_letter_byte(char c)
{
    return (c & 0x80) != 0 || isalpha((unsigned char)c) != 0;
}

/* ---- Changes that keep the meaning ---- */

static bool change_blank(Case *it, Random *random)
{
    static const char *const blanks[] = { "\u00a0", "\u202f", "\u2009", "  ", "\n", "\t" };
    static const char *const space[] = { " " };
    size_t at;
    return find_one(random, it->phrase, space, 1, &at) >= 0 &&
           put(it->phrase, at, 1, blanks[below(random, sizeof blanks / sizeof blanks[0])]);
}

static bool change_dash(Case *it, Random *random)
{
    static const char *const dashes[] = { "-", "–", "—", "‑", "‒", "−" };
    enum { N = sizeof dashes / sizeof dashes[0] };
    size_t at;
    int which = find_one(random, it->phrase, dashes, N, &at);
    return which >= 0 && put(it->phrase, at, strlen(dashes[which]), dashes[below(random, N)]);
}

/* Blanks around the dash of a range of months or days. */
static bool change_space_at_dash(Case *it, Random *random)
{
    static const char *const dashes[] = { "-", "–", "—" };
    size_t at = 0;
    bool is_range = strncmp(it->form, "month-range", 11) == 0 || strncmp(it->form, "range-", 6) == 0;
    int which = is_range ? find_one(random, it->phrase, dashes, 3, &at) : -1;
    if (which < 0 || at == 0 || it->phrase[at - 1] == ' ' || it->phrase[at + strlen(dashes[which])] == '\0') {
        return false;
    }
    char spaced[16];
    (void)snprintf(spaced, sizeof spaced, "%s%s%s", below(random, 2) != 0 ? " " : "", dashes[which],
                   below(random, 2) != 0 ? " " : "");
    return put(it->phrase, at, strlen(dashes[which]), spaced);
}

static bool change_yo(Case *it, Random *random)
{
    static const char *const letters[] = { "е", "ё" };
    size_t at;
    int which = find_one(random, it->phrase, letters, 2, &at);
    return which >= 0 && put(it->phrase, at, strlen(letters[which]), letters[1 - which]);
}

static bool has_latin(const char *text)
{
    for (; *text != '\0'; text++) {
        if (isalpha((unsigned char)*text)) {
            return true;
        }
    }
    return false;
}

/* All letters in one case; a numeral of Latin letters has its own. */
static bool change_case(Case *it, Random *random)
{
    static const char small[] = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
    static const char large[] = "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ";
    bool is_up = below(random, 2) != 0;
    const char *from = is_up ? small : large;
    const char *to = is_up ? large : small;
    if (has_latin(it->phrase) || has_warning(it, DEADLINE_MIXED_SCRIPT)) {
        return false;
    }
    for (char *at = it->phrase; *at != '\0'; at++) {
        for (size_t i = 0; (*at & 0x80) != 0 && from[i] != '\0'; i += 2) {
            if (memcmp(at, from + i, 2) == 0) {
                memcpy(at, to + i, 2);
                break;
            }
        }
        at += (*at & 0x80) != 0 ? 1 : 0;
    }
    return true;
}

/* Where a year of four digits stands, behind `from`; false if there is none. */
static bool find_year(const char *text, size_t from, size_t *at)
{
    for (size_t i = from; text[i] != '\0'; i++) {
        bool is_year = (strncmp(text + i, "19", 2) == 0 || strncmp(text + i, "20", 2) == 0) && is_digit_at(text, i + 2) &&
                       is_digit_at(text, i + 3) && !is_digit_at(text, i + 4) && (i == 0 || !is_digit_at(text, i - 1));
        if (is_year) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* «г.» behind a year, or away with it. */
static bool change_year_word(Case *it, Random *random)
{
    static const char *const words[] = { " г.", " года", "г.", "г", "" };
    size_t at;
    if (strstr(it->phrase, "уч") != NULL || !find_year(it->phrase, 0, &at) ||
        (at > 0 && strchr("-/\x93\x94", it->phrase[at - 1]) != NULL)) {
        return false;
    }
    at += 4;
    size_t n_old = 0;
    for (int i = 0; i < 4 && n_old == 0; i++) {
        size_t n = strlen(words[i]);
        n_old = strncmp(it->phrase + at, words[i], n) == 0 && !is_letter_byte(it->phrase[at + n]) ? n : 0;
    }
    char behind = it->phrase[at + n_old];
    bool is_free = behind == '\0' || (behind == ' ' && !is_letter_byte(it->phrase[at + n_old + 1]));
    return is_free && put(it->phrase, at, n_old, words[below(random, 5)]);
}

/* Members of a list that are worded alike change places. */
static bool change_order(Case *it, Random *random)
{
    char *comma = strchr(it->phrase, ',');
    size_t at;
    bool is_list = strncmp(it->form, "month-list", 10) == 0 || strncmp(it->form, "day-list", 8) == 0;
    if (!is_list || comma == NULL || find_year(it->phrase, 0, &at) || below(random, 2) != 0) {
        return false;
    }
    size_t n_rest = strcspn(comma + 1, ",;");
    char *second = comma + 1 + n_rest;
    char *start = comma + 1 + strspn(comma + 1, " ");
    size_t n_first = (size_t)(comma - it->phrase);
    size_t n_second = (size_t)(second - start);
    bool are_alike = is_digit_at(it->phrase, 0) == is_digit_at(start, 0) &&
                     (memchr(it->phrase, ' ', n_first) != NULL) == (memchr(start, ' ', n_second) != NULL);
    char made[2 * MAX_TEXT];
    (void)snprintf(made, sizeof made, "%.*s, %.*s%s", (int)n_second, start, (int)n_first, it->phrase, second);
    if (!are_alike || strlen(made) >= MAX_TEXT) {
        return false;
    }
    memcpy(it->phrase, made, strlen(made) + 1);
    return true;
}

static bool change_outer_marks(Case *it, Random *random)
{
    static const char *const before[] = { "- ", "• ", "(", " ", "«" };
    static const char *const after[] = { ".", ";", ")", " ", "»" };
    uint32_t which = below(random, 5);
    size_t n = strlen(it->phrase);
    bool is_cut = has_warning(it, DEADLINE_TRUNCATED) || strpbrk(it->phrase, "()") != NULL || it->phrase[n - 1] == '.';
    return !is_cut && put(it->phrase, strlen(it->phrase), 0, after[which]) && put(it->phrase, 0, 0, before[which]);
}

/* ---- Changes that change the meaning ---- */

/* Every year by as many as bring the same weekdays and leap years back. */
static bool change_years(Case *it, Random *random)
{
    enum { CYCLE = 28 };
    int by = below(random, 2) != 0 ? CYCLE : -CYCLE;
    const DeadlineWarnings cut = 1U << DEADLINE_TWO_DIGIT_YEAR | 1U << DEADLINE_TRUNCATED | 1U << DEADLINE_NOISE;
    char *texts[] = { it->phrase, it->canonical };
    Civil first = day_civil(it->period.first);
    Civil last = day_civil(it->period.last);
    if ((it->warnings & cut) != 0 || first.year + by < 1930 || last.year + by > 2070) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        size_t at = 0;
        for (size_t from = 0; find_year(texts[i], from, &at); from = at + 4) {
            char digits[16];
            (void)snprintf(digits, sizeof digits, "%04d", atoi(texts[i] + at) + by);
            memcpy(texts[i] + at, digits, 4);
        }
    }
    it->period = (Span){ day_of(first.year + by, first.month, first.day), day_of(last.year + by, last.month, last.day) };
    return true;
}

static const char *const months[][12] = {
    { "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь" },
    { "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря" },
    { "январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре" },
    { "янв.", "фев.", "мар.", "апр.", "май", "июнь", "июль", "авг.", "сент.", "окт.", "нояб.", "дек." },
};

/* The one month that the phrase names, in words; its form, or -1. */
static int find_month(const Case *it, int *month, size_t *at)
{
    int found = -1;
    for (int form = 0; form < 4; form++) {
        for (int i = 0; i < 12; i++) {
            const char *hit = strstr(it->phrase, months[form][i]);
            size_t n = strlen(months[form][i]);
            if (hit == NULL || is_letter_byte(hit[n]) || (hit > it->phrase && is_letter_byte(hit[-1]))) {
                continue;
            }
            if (found >= 0 && *at != (size_t)(hit - it->phrase)) {
                return -1;
            }
            found = form;
            *month = i + 1;
            *at = (size_t)(hit - it->phrase);
        }
    }
    return found;
}

/* Where its only date stands in the canonical value: 2022-10, 2022-10-05, ../2022-10-05, 2022-10-05/.. */
static bool find_date(const char *canonical, size_t *at, int *n_parts)
{
    size_t from = strncmp(canonical, "../", 3) == 0 ? 3 : 0;
    size_t n = strspn(canonical + from, "0123456789-");
    size_t second;
    *at = from;
    *n_parts = n == 7 ? 2 : n == 10 ? 3 : 0;
    return *n_parts != 0 && !find_year(canonical, from + 4, &second) && strchr(canonical, 'T') == NULL;
}

/* The day or month in that place, in the year of the period where it is; false if there is not exactly one. */
static bool year_in(Span period, int month, int day, int *out)
{
    int n = 0;
    for (int year = day_civil(period.first).year; year <= day_civil(period.last).year; year++) {
        Span days = month_span(year * DATE_MONTHS_PER_YEAR + month - 1);
        days = day == 0 ? days : (Span){ days.first + day - 1, days.first + day - 1 };
        if (span_meets(days, period)) {
            *out = year;
            n++;
        }
    }
    return n == 1;
}

static bool set_date(Case *it, size_t at, int n_parts, int year, int month, int day)
{
    char date[32];
    (void)snprintf(date, sizeof date, n_parts == 2 ? "%04d-%02d" : "%04d-%02d-%02d", year, month, day);
    return put(it->canonical, at, n_parts == 2 ? 7 : 10, date);
}

static bool change_month(Case *it, Random *random)
{
    enum { AUGUST = 8, SAFE_DAY = 28 };
    int month;
    int n_parts;
    int year;
    size_t at;
    size_t date;
    size_t unused;
    int form = find_month(it, &month, &at);
    bool is_counted = strstr(it->phrase, "рабоч") != NULL; /* another month has its weekends elsewhere */
    bool is_plain = (it->warnings & ~(1U << DEADLINE_MIXED_SCRIPT)) == 0 && !it->is_said_twice && !is_counted;
    if (form < 0 || !is_plain || !find_date(it->canonical, &date, &n_parts) || atoi(it->canonical + date + 5) != month) {
        return false;
    }
    int day = n_parts == 3 ? atoi(it->canonical + date + 8) : 0;
    int other = (int)below(random, 12) + 1;
    bool is_told = find_year(it->phrase, 0, &unused);
    if (day > SAFE_DAY || other == AUGUST || month == AUGUST || !year_in(it->period, other, day, &year) ||
        (is_told && year != atoi(it->canonical + date))) {
        return false;
    }
    return put(it->phrase, at, strlen(months[form][month - 1]), months[form][other - 1]) &&
           set_date(it, date, n_parts, year, other, day);
}

/* The number of the day, where it is the only one of that value. */
static bool change_day(Case *it, Random *random)
{
    int n_parts;
    size_t date;
    size_t place = 0;
    size_t n_digits = 0;
    int n_found = 0;
    bool is_plain = (it->warnings & ~(1U << DEADLINE_MIXED_SCRIPT | 1U << DEADLINE_TWO_DIGIT_YEAR)) == 0;
    if (!is_plain || !find_date(it->canonical, &date, &n_parts) || n_parts != 3 || it->is_said_twice) {
        return false;
    }
    int year = atoi(it->canonical + date);
    int month = atoi(it->canonical + date + 5);
    int day = atoi(it->canonical + date + 8);
    for (size_t i = 0; it->phrase[i] != '\0'; i++) {
        size_t n = strspn(it->phrase + i, "0123456789");
        if (n > 0) {
            n_found += atoi(it->phrase + i) == day ? 1 : 0;
            place = atoi(it->phrase + i) == day ? i : place;
            n_digits = atoi(it->phrase + i) == day ? n : n_digits;
            i += n - 1;
        }
    }
    int other = (int)below(random, 28) + 1;
    int same_year;
    if (n_found != 1 || n_digits > 2 || !year_in(it->period, month, other, &same_year) || same_year != year) {
        return false;
    }
    char digits[16];
    (void)snprintf(digits, sizeof digits, n_digits == 2 ? "%02d" : "%d", other);
    return put(it->phrase, place, n_digits, digits) && set_date(it, date, n_parts, year, month, other);
}

/* A letter of the other alphabet in the name of a month. */
static bool change_alphabet(Case *it, Random *random)
{
    static const char *const cyrillic[] = { "а", "е", "о", "р", "т", "у" };
    static const char *const latin[] = { "a", "e", "o", "p", "t", "y" };
    enum { N_CASES = 3, N_ALIKE = 5 };
    int month;
    size_t at;
    int form = find_month(it, &month, &at);
    if (form < 0 || form >= N_CASES || has_warning(it, DEADLINE_MIXED_SCRIPT)) {
        return false;
    }
    char name[32];
    size_t letter;
    (void)snprintf(name, sizeof name, "%s", months[form][month - 1]);
    int which = find_one(random, name, cyrillic, N_ALIKE, &letter);
    it->warnings |= 1U << DEADLINE_MIXED_SCRIPT;
    return which >= 0 && put(it->phrase, at + letter, strlen(cyrillic[which]), latin[which]);
}

/* Numerals: Latin letters, or Cyrillic ones that look like them. */
static bool change_numeral(Case *it, Random *random)
{
    static const char *const latin[] = { "IV ", "III ", "II ", "I " };
    static const char *const cyrillic[] = { "ІУ ", "Ш ", "П ", "І " };
    size_t at = 0;
    for (int i = 0; i < 4; i++) {
        const char *hit = strstr(it->phrase, latin[i]);
        at = hit == NULL ? 0 : (size_t)(hit - it->phrase);
        bool is_whole = hit != NULL && (hit == it->phrase || hit[-1] == ' ');
        if (is_whole && !has_warning(it, DEADLINE_MIXED_SCRIPT) && below(random, 2) != 0) {
            it->warnings |= 1U << DEADLINE_MIXED_SCRIPT;
            return put(it->phrase, at, strlen(latin[i]), cyrillic[i]);
        }
    }
    return false;
}

/* ---- The test ---- */

typedef bool (*Change)(Case *, Random *);

static const struct {
    const char *name;
    Change change;
} changes[] = {
    { "blank", change_blank },
    { "dash", change_dash },
    { "space at dash", change_space_at_dash },
    { "ё", change_yo },
    { "case", change_case },
    { "word of year", change_year_word },
    { "order", change_order },
    { "outer marks", change_outer_marks },
    { "years", change_years },
    { "month", change_month },
    { "day", change_day },
    { "alphabet", change_alphabet },
    { "numeral", change_numeral },
};
enum { N_KINDS = sizeof changes / sizeof changes[0] };

typedef struct Tally {
    Random random;
    int n_of[N_KINDS], n_checked, n_wrong;
    StrBuf got;
} Tally;

static void check_changed(const Case *it, void *data)
{
    Tally *tally = data;
    for (int round = 0; round < N_ROUNDS; round++) {
        Case changed = *it;
        int n_changes = 0;
        for (int k = 0; k < 4 * MAX_CHANGES && n_changes < MAX_CHANGES; k++) {
            Case next = changed;
            uint32_t which = below(&tally->random, N_KINDS);
            if (changes[which].change(&next, &tally->random)) {
                changed = next;
                n_changes++;
                tally->n_of[which]++;
            }
        }
        DeadlineWarnings warnings = read_case(&changed, &tally->got);
        bool is_right = strcmp(strbuf_z(&tally->got), changed.canonical) == 0 && warnings == changed.warnings;
        if (!is_right) {
            StrBuf codes = { 0 };
            deadline_add_warnings(&codes, warnings);
            print_message("«%s» (from «%s»): %s %s, not %s\n", changed.phrase, it->phrase, strbuf_z(&tally->got),
                          strbuf_z(&codes), changed.canonical);
            strbuf_done(&codes);
        }
        tally->n_checked++;
        tally->n_wrong += is_right ? 0 : 1;
    }
}

static void a_phrase_worded_another_way_keeps_its_meaning(void **state)
{
    (void)state;
    Tally tally = { .random = { 20221001 } };
    for_each_case(check_changed, &tally);
    for (int i = 0; i < N_KINDS; i++) {
        print_message("%-14s %5d\n", changes[i].name, tally.n_of[i]);
        assert_true(tally.n_of[i] >= MIN_EACH);
    }
    strbuf_done(&tally.got);
    assert_true(tally.n_checked >= MIN_CHECKED);
    assert_int_equal(tally.n_wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phrase_worded_another_way_keeps_its_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
