#include "cli/cli_priv.h"
#include "vekha/base/clock.h"
#include "vekha/store/journal.h"

enum { MS = 1000, DAY_HOURS = 24, HOUR_MINUTES = 60, MINUTE_S = 60 };

/* "14:30", "14:30:15" */
static bool parse_time(Str text, ClockTime *out, int *seconds)
{
    Str hour = str_cut(&text, ':');
    Str minute = str_cut(&text, ':');
    *seconds = 0;
    return hour.n_bytes > 0 && hour.n_bytes <= 2 && str_to_uint(hour, &out->hour) && out->hour < DAY_HOURS &&
           minute.n_bytes == 2 && str_to_uint(minute, &out->minute) && out->minute < HOUR_MINUTES &&
           (text.n_bytes == 0 || (text.n_bytes == 2 && str_to_uint(text, seconds) && *seconds < MINUTE_S));
}

bool option_parse_moment(Str text, long long *out)
{
    Day day;
    Str rest = str_trim(text);
    int seconds = 0;
    if (str_ends(rest, STR("Z"))) {
        return journal_parse_time(rest, out);
    }
    bool has_time = str_find_char(rest, 'T', 0) != SIZE_MAX || str_find_char(rest, ' ', 0) != SIZE_MAX;
    Str date = str_cut(&rest, str_find_char(rest, 'T', 0) != SIZE_MAX ? 'T' : ' ');
    if (!option_parse_day(date, &day)) {
        return false;
    }
    Civil civil = day_civil(day);
    ClockTime local = { { civil.year, civil.month, civil.day }, 0, 0 };
    if (has_time) {
        bool ok = parse_time(str_trim(rest), &local, &seconds);
        *out = clock_moment(local) + (long long)seconds * MS;
        return ok;
    }
    civil = day_civil(day + 1);
    *out = clock_day_begin((ClockDay){ civil.year, civil.month, civil.day }) - 1;
    return true;
}
