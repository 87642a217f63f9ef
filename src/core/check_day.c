#include "core/check_priv.h"
#include "core/deadline_say_priv.h"
#include "vekha/base/utf8.h"

/* ---- Deadlines on days off ---- */

/* The one day on which it is due; 0: several, or none that is named. */
static Day due_day(const DeadlineItem *item)
{
    const Bound *bound = item->to.kind == BOUND_NONE ? &item->from : &item->to;
    bool is_one = item->to.kind == BOUND_NONE || item->from.kind == BOUND_OPEN;
    bool is_day = bound->kind == BOUND_DAY || bound->kind == BOUND_TIME;
    Span days = bound_days(bound);
    return item->recur == NULL && is_one && is_day && !bound->is_approx && days.first == days.last ? days.first : 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Is it there as a word of its own? */
static bool has_word(Str folded, Str word)
{
    for (size_t at = str_find(folded, word, 0); at != SIZE_MAX; at = str_find(folded, word, at + 1)) {
        size_t end = at + word.n_bytes;
        bool begins = at == 0 || (unsigned char)folded.at[at - 1] < 0x80;
        if (begins && (end == folded.n_bytes || (unsigned char)folded.at[end] < 0x80)) {
            return true;
        }
    }
    return false;
}

/* How many digits; whether some stand alone or in pairs, as those of a day do. */
static size_t count_digits(Str text, bool *has_day)
{
    size_t n = 0;
    size_t n_run = 0;
    for (size_t i = 0; i <= text.n_bytes; i++) {
        if (i < text.n_bytes && is_digit(text.at[i])) {
            n_run++;
            continue;
        }
        *has_day = *has_day || n_run == 1 || n_run == 2;
        n += n_run;
        n_run = 0;
    }
    return n;
}

/*
 * Who writes «суббота» beside the date knows what day it is, and who writes «9 мая» means the feast; «до конца мая» names no
 * day at all.
 */
static bool is_meant(Str phrase, DayKind kind)
{
    static const Str stems[] = { STR_INIT("суббот"), STR_INIT("воскрес"), STR_INIT("выходн"),
                                 STR_INIT("праздн"), STR_INIT("конц"),    STR_INIT("начал") };
    enum { DIGITS_OF_A_DAY = 2 };
    StrBuf buf = { 0 };
    utf8_add_folded(&buf, phrase);
    Str folded = strbuf_str(&buf);
    bool has_day = false;
    size_t n_digits = count_digits(folded, &has_day);
    bool is_meant = !has_day || has_word(folded, STR("сб")) || has_word(folded, STR("вс")) ||
                    (kind == DAY_HOLIDAY && n_digits <= DIGITS_OF_A_DAY);
    for (size_t i = 0; i < COUNTOF(stems); i++) {
        is_meant = is_meant || str_find(folded, stems[i], 0) != SIZE_MAX;
    }
    strbuf_done(&buf);
    return is_meant;
}

static void say_day_off(const Check *check, size_t event, Day day, DayKind kind, unsigned order)
{
    const Calendar *calendar = plan_context(check->plan).calendar;
    Str phrase = check->plan->events.at[event].when;
    Day before = calendar_next_working(calendar, day, -1);
    Day after = calendar_next_working(calendar, day, 1);
    TextArg said = TEXT_STR(check_quote(check, phrase));
    TextArg date = TEXT_STR(check_day(check, day));
    TextArg name =
        kind == DAY_HOLIDAY ? TEXT_ROW(T_DAY_HOLIDAY) : TEXT_STR(say_nth(check->lang, T_SAY_WEEKDAYS, day_weekday(day)));
    Problem at = problem_at(event, FIELD_WHEN);
    at.order = order;
    if (before != 0 && after != 0) {
        check_say(check, &at, RULE_ON_DAY_OFF, T_DAY_OFF_BETWEEN, said, date, name, TEXT_STR(check_day(check, before)),
                  TEXT_STR(check_day(check, after)));
    } else {
        check_say(check, &at, RULE_ON_DAY_OFF, T_DAY_OFF, said, date, name);
    }
}

void check_on_day_off(const Check *check)
{
    enum { MAX_SAID = 8 };
    const Calendar *calendar = plan_context(check->plan).calendar;
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        const Deadline *deadline = &event->due->deadline;
        unsigned n_said = 0;
        if (status_info(event->status)->is_closed || event->dates.n_bytes > 0) {
            continue;
        }
        for (int k = 0; k < deadline->n_items && n_said < MAX_SAID; k++) {
            Day day = due_day(&deadline->items[k]);
            DayKind kind = day != 0 ? calendar_day_kind(calendar, day) : DAY_WORKING;
            if (kind != DAY_WORKING && !is_meant(event->when, kind)) {
                say_day_off(check, i, day, kind, n_said++);
            }
        }
    }
}

/* ---- Dates in titles ---- */

/* A date as a title has it. */
typedef struct Written {
    int day, month, year; /* year 0: not said */
    size_t from, to;      /* its bytes */
} Written;

typedef struct Scan {
    Str text; /* folded, so its bytes may lie elsewhere than in the title */
    size_t at;
} Scan;

static bool scan_number(Scan *scan, size_t least, size_t most, int *out)
{
    size_t end = scan->at;
    while (end < scan->text.n_bytes && is_digit(scan->text.at[end])) {
        end++;
    }
    size_t n = end - scan->at;
    if (n < least || n > most || !str_to_uint(str_sub(scan->text, scan->at, end), out)) {
        return false;
    }
    scan->at = end;
    return true;
}

static bool scan_text(Scan *scan, Str word)
{
    bool is_here = str_starts(str_from(scan->text, scan->at), word);
    scan->at += is_here ? word.n_bytes : 0;
    return is_here;
}

/* «10.2022» behind «15.» */
static bool scan_digits(Scan *scan, Written *out)
{
    return scan_text(scan, STR(".")) && scan_number(scan, 2, 2, &out->month) && scan_text(scan, STR(".")) &&
           scan_number(scan, 4, 4, &out->year);
}

/* « октября 2022» behind «15» */
static bool scan_words(Scan *scan, Written *out)
{
    if (!scan_text(scan, STR(" "))) {
        return false;
    }
    for (int month = 1; month <= DATE_MONTHS_PER_YEAR; month++) {
        if (scan_text(scan, say_nth(LANG_RU, T_SAY_MONTHS_OF, month))) {
            Scan ahead = *scan;
            out->month = month;
            if (scan_text(&ahead, STR(" ")) && scan_number(&ahead, 4, 4, &out->year)) {
                *scan = ahead;
            }
            return true;
        }
    }
    return false;
}

/* The next date at or after scan. */
static bool next_date(Scan *scan, Written *out)
{
    for (; scan->at < scan->text.n_bytes; scan->at++) {
        bool is_inside = scan->at > 0 && (is_digit(scan->text.at[scan->at - 1]) || scan->text.at[scan->at - 1] == '.');
        Scan ahead = *scan;
        *out = (Written){ .from = scan->at };
        if (!is_digit(scan->text.at[scan->at]) || is_inside || !scan_number(&ahead, 1, 2, &out->day)) {
            continue;
        }
        Scan words = ahead;
        if (scan_digits(&ahead, out) || scan_words(&words, out)) {
            scan->at = out->to = ahead.at > words.at ? ahead.at : words.at;
            return true;
        }
        *out = (Written){ 0 };
    }
    return false;
}

/* Where a title begins to speak of something that is only prepared, summed up or remembered; its end if nowhere. */
static size_t find_other_matter(Str title)
{
    static const Str stems[] = { STR_INIT("подготов"), STR_INIT("отчет"), STR_INIT("итог"),  STR_INIT("анализ"),
                                 STR_INIT("посвящ"),   STR_INIT("памят"), STR_INIT("юбиле"), STR_INIT("летию") };
    size_t first = title.n_bytes;
    for (size_t i = 0; i < COUNTOF(stems); i++) {
        size_t at = str_find(title, stems[i], 0);
        first = at < first ? at : first;
    }
    return first;
}

/* The date of an order or of a state of things, or the name of a feast. */
static bool is_about_else(Str title, const Written *date)
{
    static const Str leads[] = { STR_INIT("от "),    STR_INIT("к "),   STR_INIT("ко "),       STR_INIT("на "),
                                 STR_INIT("после "), STR_INIT("за "),  STR_INIT("накануне "), STR_INIT("перед "),
                                 STR_INIT("дню "),   STR_INIT("дня "), STR_INIT("с "),        STR_INIT("до ") };
    static const MonthDay feasts[] = {
        101, 127, 215, 223, 308, 318, 412, 501, 509, 601, 612, 622, 822, 901, 903, 1005, 1104, 1212
    };
    Str before = str_sub(title, 0, date->from);
    for (size_t i = 0; i < COUNTOF(leads); i++) {
        size_t at = before.n_bytes - leads[i].n_bytes;
        if (str_ends(before, leads[i]) && (at == 0 || before.at[at - 1] == ' ')) {
            return true;
        }
    }
    for (size_t i = 0; i < COUNTOF(feasts); i++) {
        if (date->month * 100 + date->day == feasts[i]) {
            return true;
        }
    }
    return false;
}

/* Can the day be one of those in which the event falls? Without a year, in any of them. */
static bool is_among(const Written *date, Span days)
{
    int first = date->year != 0 ? date->year : day_civil(days.first).year;
    int last = date->year != 0 ? date->year : day_civil(days.last).year;
    for (int year = first; year <= last; year++) {
        Day day = day_of(year, date->month, date->day);
        if (day != 0 && span_has(days, day)) {
            return true;
        }
    }
    return false;
}

static void check_title(const Check *check, size_t index)
{
    const Event *event = &check->plan->events.at[index];
    Span days = event->due->days;
    StrBuf folded = { 0 };
    utf8_add_folded(&folded, event->title);
    Scan scan = { strbuf_str(&folded), 0 };
    scan.text.n_bytes = find_other_matter(scan.text);
    Written date;
    while (next_date(&scan, &date)) {
        bool is_date = day_of(date.year != 0 ? date.year : 2000, date.month, date.day) != 0;
        if (is_date && !is_about_else(scan.text, &date) && !is_among(&date, days)) {
            Problem at = problem_at(index, FIELD_TITLE);
            Str words = arena_copy(check->arena, str_sub(scan.text, date.from, date.to));
            check_say(check, &at, RULE_DATE_IN_TITLE, T_DATE_IN_TITLE, TEXT_STR(words),
                      TEXT_STR(check_quote(check, event->dates.n_bytes > 0 ? event->dates : event->when)));
            break;
        }
    }
    strbuf_done(&folded);
}

void check_date_in_title(const Check *check)
{
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        if (event->due->days.first != 0 && event->due->days.last != 0) {
            check_title(check, i);
        }
    }
}
