#include "vekha/store/journal.h"

#include <stdint.h>
#include <stdlib.h>

#include "vekha/base/log.h"
#include "vekha/base/utf8.h"

enum { COLUMNS = 7, MS = 1000, MINUTE_S = 60, HOUR_S = 3600, DAY_S = 86400 };

/* Escapes: \t \n \r \\, and \xHH for each byte of what a terminal would act on or hide, and of what is no UTF-8. */
static void add_escaped(StrBuf *out, Str text)
{
    static const struct {
        char byte;
        Str escape;
    } rows[] = { { '\t', STR_INIT("\\t") }, { '\n', STR_INIT("\\n") }, { '\r', STR_INIT("\\r") }, { '\\', STR_INIT("\\\\") } };
    while (text.n_bytes > 0) {
        Str here = text;
        uint32_t code_point = utf8_next(&text);
        Str bytes = str_sub(here, 0, here.n_bytes - text.n_bytes);
        bool is_bad = code_point == UTF8_REPLACEMENT && bytes.n_bytes == 1;
        size_t row = 0;
        while (row < COUNTOF(rows) && (bytes.n_bytes > 1 || rows[row].byte != bytes.at[0])) {
            row++;
        }
        if (row < COUNTOF(rows)) {
            strbuf_add(out, rows[row].escape);
        } else if (is_bad || utf8_is_hidden(code_point)) {
            for (size_t i = 0; i < bytes.n_bytes; i++) {
                strbuf_addf(out, "\\x%02X", (unsigned)(unsigned char)bytes.at[i]);
            }
        } else {
            strbuf_add(out, bytes);
        }
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Takes one escape off rest, which begins behind its backslash; one that is unknown stays as it is written. */
static void add_unescaped_one(StrBuf *out, Str *rest)
{
    enum { HEX = 16 };
    static const Str escapes = STR_INIT("tnr\\");
    static const char bytes[] = "\t\n\r\\";
    size_t known = rest->n_bytes > 0 ? str_find_char(escapes, rest->at[0], 0) : SIZE_MAX;
    bool is_hex = rest->n_bytes > 2 && rest->at[0] == 'x' && hex_digit(rest->at[1]) >= 0 && hex_digit(rest->at[2]) >= 0;
    if (known != SIZE_MAX) {
        strbuf_add_char(out, bytes[known]);
        *rest = str_from(*rest, 1);
    } else if (is_hex) {
        strbuf_add_char(out, (char)(hex_digit(rest->at[1]) * HEX + hex_digit(rest->at[2])));
        *rest = str_from(*rest, 3);
    } else {
        strbuf_add_char(out, '\\');
    }
}

static Str unescaped(Str text, Arena *arena)
{
    if (str_find_char(text, '\\', 0) == SIZE_MAX) {
        return text;
    }
    StrBuf plain = { 0 };
    while (text.n_bytes > 0) {
        size_t n = text.n_bytes;
        strbuf_add(&plain, str_cut(&text, '\\'));
        if (text.n_bytes > 0 || (n > 0 && text.at != NULL && text.at[-1] == '\\')) {
            add_unescaped_one(&plain, &text);
        }
    }
    Str copy = arena_copy(arena, strbuf_str(&plain));
    strbuf_done(&plain);
    return copy;
}

void journal_add_value(StrBuf *out, Str value)
{
    if (value.n_bytes <= JOURNAL_VALUE_MAX) {
        strbuf_add(out, value);
    } else {
        strbuf_add(out, utf8_cut(value, JOURNAL_VALUE_MAX));
        strbuf_addf(out, "…#%016llx", str_hash(value));
    }
}

Str journal_title(Str title)
{
    return utf8_fit(title, JOURNAL_TITLE_COLS);
}

static void add_value_column(StrBuf *out, Str value)
{
    StrBuf cut = { 0 };
    journal_add_value(&cut, value);
    add_escaped(out, strbuf_str(&cut));
    strbuf_done(&cut);
}

void journal_add_time(StrBuf *out, long long utc_ms)
{
    long long seconds = utc_ms / MS - (utc_ms % MS < 0);
    long long days = seconds / DAY_S - (seconds % DAY_S < 0);
    int in_day = (int)(seconds - days * DAY_S);
    day_add_iso(out, (Day)(days + day_of(1970, 1, 1)));
    strbuf_addf(out, "T%02d:%02d:%02d.%03dZ", in_day / HOUR_S, in_day / MINUTE_S % MINUTE_S, in_day % MINUTE_S,
                (int)(utc_ms - seconds * MS));
}

/* Two digits and the sign behind them. */
static bool take_two(Str *rest, char sign, int below, int *out)
{
    bool ok = rest->n_bytes >= 3 && rest->at[2] == sign && str_to_uint(str_sub(*rest, 0, 2), out) && *out < below;
    *rest = str_from(*rest, 3);
    return ok;
}

/* "30.123Z", "30Z"; finer fractions are cut. */
static bool take_seconds(Str rest, long long *ms)
{
    int seconds;
    bool ok = rest.n_bytes >= 3 && rest.at[rest.n_bytes - 1] == 'Z' && str_to_uint(str_sub(rest, 0, 2), &seconds) &&
              seconds < MINUTE_S && (rest.at[2] == '.' || rest.n_bytes == 3);
    if (!ok) {
        return false;
    }
    Str fraction = str_sub(rest, 3, rest.n_bytes - 1);
    *ms = (long long)seconds * MS;
    for (size_t i = 0, worth = MS / 10; i < fraction.n_bytes; i++, worth /= 10) {
        if (fraction.at[i] < '0' || fraction.at[i] > '9') {
            return false;
        }
        *ms += (fraction.at[i] - '0') * (long long)worth;
    }
    return true;
}

bool journal_parse_time(Str text, long long *out)
{
    enum { DAY_BYTES = 10, HOURS = 24 };
    Day day;
    int hour;
    int minute;
    long long ms;
    Str rest = str_from(text, DAY_BYTES + 1);
    bool ok = text.n_bytes > DAY_BYTES && text.at[DAY_BYTES] == 'T' && day_parse(str_sub(text, 0, DAY_BYTES), &day) &&
              take_two(&rest, ':', HOURS, &hour) && take_two(&rest, ':', MINUTE_S, &minute) && take_seconds(rest, &ms);
    if (ok) {
        long long days = (long long)day - day_of(1970, 1, 1);
        *out = (days * DAY_S + hour * HOUR_S + minute * MINUTE_S) * MS + ms;
    }
    return ok;
}

void journal_add_line(StrBuf *out, const JournalEntry *entry)
{
    journal_add_time(out, entry->time);
    const Str plain[] = { entry->who, entry->event, journal_title(entry->title), entry->field };
    for (size_t i = 0; i < COUNTOF(plain); i++) {
        strbuf_add_char(out, '\t');
        add_value_column(out, plain[i]);
    }
    strbuf_add_char(out, '\t');
    add_value_column(out, entry->was);
    strbuf_add_char(out, '\t');
    add_value_column(out, entry->became);
    strbuf_add_char(out, '\n');
}

bool journal_parse_line(Str line, Arena *arena, JournalEntry *out)
{
    Str columns[COLUMNS];
    size_t n = 0;
    JournalEntry entry = { 0 };
    line.n_bytes -= str_ends(line, STR("\r")); /* an editor or git wrote line ends anew: one of a value is escaped */
    for (size_t i = 0; i < line.n_bytes; i++) {
        n += line.at[i] == '\t';
    }
    if (n + 1 != COLUMNS) {
        return false;
    }
    for (size_t i = 0; i < COLUMNS; i++) {
        columns[i] = str_cut(&line, '\t');
    }
    if (!journal_parse_time(columns[0], &entry.time) || columns[4].n_bytes == 0) {
        return false;
    }
    Str *const texts[] = { &entry.who, &entry.event, &entry.title, &entry.field, &entry.was, &entry.became };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        *texts[i] = unescaped(columns[i + 1], arena);
    }
    *out = entry;
    return true;
}

/* Where the journal of a plan lies, symlinks resolved: all who know the plan by another name write the same one. */
typedef struct Place {
    char *plan;
    StrBuf name;
    LogPlace log;
} Place;

static bool find_place(const char *plan, Place *out)
{
    enum { LONGEST_NAME = 255, SUFFIX_BYTES = 4, HASH_BYTES = 17 };
    *out = (Place){ .plan = file_resolve(plan) };
    if (out->plan == NULL) {
        return false;
    }
    Str name = path_base(str_of(out->plan));
    size_t n_suffix = str_ends(name, STR(".yaml")) ? STR(".yaml").n_bytes : 0;
    strbuf_add(&out->name, str_sub(name, 0, name.n_bytes - n_suffix));
    if (out->name.n_bytes + SUFFIX_BYTES > LONGEST_NAME) { /* "NAME.yml" without room for more */
        unsigned long long hash = str_hash(strbuf_str(&out->name));
        strbuf_cut(&out->name, LONGEST_NAME - SUFFIX_BYTES - HASH_BYTES);
        strbuf_addf(&out->name, "~%016llx", hash);
    }
    strbuf_add(&out->name, STR(".tsv"));
    out->log = (LogPlace){ out->plan, ".journal", strbuf_z(&out->name) };
    return true;
}

static void place_done(Place *place)
{
    free(place->plan);
    strbuf_done(&place->name);
}

bool journal_append(const char *plan, const JournalEntry *entries, size_t n_entries, Err *err)
{
    Place place;
    StrBuf lines = { 0 };
    for (size_t i = 0; i < n_entries; i++) {
        journal_add_line(&lines, &entries[i]);
    }
    bool ok = lines.n_bytes == 0;
    if (!ok) {
        ok = find_place(plan, &place) ? log_append(&place.log, strbuf_str(&lines), err)
                                      : err_errno(err, T_FILE_CANNOT_WRITE, plan);
        place_done(&place);
    }
    strbuf_done(&lines);
    return ok;
}

bool journal_sync(const char *plan, Err *err)
{
    Place place;
    bool ok = !find_place(plan, &place) || log_sync(&place.log, err); /* with the plan its journal's place is gone */
    place_done(&place);
    return ok;
}

static int by_time(const void *left, const void *right)
{
    const JournalEntry *a = left;
    const JournalEntry *b = right;
    return a->time != b->time ? (a->time < b->time ? -1 : 1) : a->line != b->line ? (a->line < b->line ? -1 : 1) : 0;
}

/* Behind the lines that are too many: where the last JOURNAL_MAX_LINES begin. */
static Str last_lines(Str text, bool *is_cut)
{
    size_t n = 0;
    for (size_t i = text.n_bytes; i > 0; i--) {
        n += text.at[i - 1] == '\n';
        if (n > JOURNAL_MAX_LINES) {
            *is_cut = true;
            return str_from(text, i);
        }
    }
    return text;
}

static void read_lines(Journal *journal)
{
    Str rest = last_lines(strbuf_str(&journal->text), &journal->is_cut);
    for (size_t line = 1; rest.n_bytes > 0; line++) {
        JournalEntry entry;
        Str text = str_cut(&rest, '\n');
        if (text.n_bytes > 0 && journal_parse_line(text, &journal->arena, &entry)) {
            entry.line = line;
            vec_push(&journal->entries, entry);
        } else {
            journal->n_skipped += text.n_bytes > 0;
        }
    }
    if (journal->entries.n > 1) {
        qsort(journal->entries.at, journal->entries.n, sizeof *journal->entries.at, by_time);
    }
}

bool journal_read(const char *plan, Journal *out, Err *err)
{
    Place place;
    *out = (Journal){ 0 };
    bool ok = find_place(plan, &place)
                  ? log_read(&place.log, (size_t)JOURNAL_MAX_MIB << 20, &out->text, &out->is_cut, &out->mark, err)
                  : err_errno(err, T_FILE_CANNOT_READ, plan);
    if (ok) {
        read_lines(out);
    }
    place_done(&place);
    return ok;
}

void journal_read_text(Str text, Journal *out)
{
    *out = (Journal){ 0 };
    strbuf_add(&out->text, text);
    read_lines(out);
}

FileMark journal_mark(const char *plan)
{
    Place place;
    FileMark mark = find_place(plan, &place) ? log_mark(&place.log) : (FileMark){ 0 };
    place_done(&place);
    return mark;
}

void journal_done(Journal *journal)
{
    strbuf_done(&journal->text);
    arena_done(&journal->arena);
    vec_done(&journal->entries);
}

size_t journal_change_size(const JournalEntryVec *entries, size_t from)
{
    const JournalEntry *first = &entries->at[from];
    size_t end = from + 1;
    while (end < entries->n && entries->at[end].time == first->time && str_eq(entries->at[end].who, first->who) &&
           !str_eq(entries->at[end].field, first->field) && str_eq(entries->at[end].event, first->event) &&
           str_eq(entries->at[end].title, first->title)) {
        end++;
    }
    return end - from;
}
