#include <string.h>

#include "store/store_priv.h"

/* The keys of a calendar come first: those that vekha.yaml has besides follow. */
static const KeyRow settings_keys[] = {
    { STR_INIT("school-year"), KEY_ELSEWHERE, 0 }, { STR_INIT("quarters"), KEY_ELSEWHERE, 0 },
    { STR_INIT("trimesters"), KEY_ELSEWHERE, 0 },  { STR_INIT("halves"), KEY_ELSEWHERE, 0 },
    { STR_INIT("vacations"), KEY_ELSEWHERE, 0 },   { STR_INIT("weeks"), KEY_ELSEWHERE, 0 },
    { STR_INIT("holidays"), KEY_ELSEWHERE, 0 },    { STR_INIT("workdays"), KEY_ELSEWHERE, 0 },
    { STR_INIT("calendar"), KEY_ELSEWHERE, 0 },    { STR_INIT("people"), KEY_ELSEWHERE, 0 },
};

enum { N_FOLDER_KEYS = 2, N_CALENDAR_KEYS = COUNTOF(settings_keys) - N_FOLDER_KEYS, MAX_WINDOWS = CALENDAR_QUARTERS };

static const KeyRow vacation_keys[] = {
    [VACATION_AUTUMN] = { STR_INIT("autumn"), KEY_ELSEWHERE, 0 },
    [VACATION_WINTER] = { STR_INIT("winter"), KEY_ELSEWHERE, 0 },
    [VACATION_SPRING] = { STR_INIT("spring"), KEY_ELSEWHERE, 0 },
    [VACATION_SUMMER] = { STR_INIT("summer"), KEY_ELSEWHERE, 0 },
};
_Static_assert(COUNTOF(vacation_keys) == VACATION_COUNT, "every vacation has a key");

/* Lists of so many windows. */
static const struct {
    Str name;
    CalendarKey key;
    int n;
    size_t offset;
} window_lists[] = {
    { STR_INIT("quarters"), CALENDAR_KEY_QUARTERS, CALENDAR_QUARTERS, offsetof(Calendar, quarters) },
    { STR_INIT("trimesters"), CALENDAR_KEY_TRIMESTERS, CALENDAR_TRIMESTERS, offsetof(Calendar, trimesters) },
    { STR_INIT("halves"), CALENDAR_KEY_HALVES, CALENDAR_HALVES, offsetof(Calendar, halves) },
};

static bool read_window(Reader *r, Str key, const Node *value, MonthDays *out)
{
    Str text = { 0 };
    if (!reader_text(r, key, value, &text) || text.n_bytes == 0) {
        return false;
    }
    if (!calendar_parse_days(text, out)) {
        reader_problem(r, RULE_BAD_VALUE, value, T_VALUE_NOT_WINDOW, TEXT_STR(key), TEXT_STR(text));
        return false;
    }
    return true;
}

/* One window of its own. */
static void read_one(Reader *r, const Node *map, Str name, int key, MonthDays *at, Calendar *out)
{
    MonthDays days;
    const Node *value = node_get(r->doc, map, name);
    if (value != NULL && read_window(r, name, value, &days)) {
        *at = days;
        out->given |= 1U << key;
    }
}

static bool read_windows(Reader *r, Str key, const Node *list, MonthDays *out, int n)
{
    int n_items = 0;
    bool ok = true;
    if (list->kind != NODE_LIST) {
        reader_wrong_type(r, key, list, T_TYPE_LIST);
        return false;
    }
    for (const Node *item = list->child; item != NULL; item = item->next) {
        if (!node_is_null(node_resolve(r->doc, item))) {
            ok = n_items < n && ok && read_window(r, key, item, &out[n_items]);
            n_items++;
        }
    }
    if (n_items != n) {
        reader_problem(r, RULE_BAD_VALUE, list, T_CALENDAR_COUNT, TEXT_STR(key), TEXT_NUM(n));
        return false;
    }
    if (ok && !calendar_in_order(out, n)) {
        reader_problem(r, RULE_BAD_VALUE, list, T_CALENDAR_ORDER, TEXT_STR(key), (TextArg){ 0 });
        return false;
    }
    return ok;
}

static void read_window_lists(Reader *r, const Node *map, Calendar *out)
{
    for (size_t i = 0; i < COUNTOF(window_lists); i++) {
        MonthDays windows[MAX_WINDOWS];
        const Node *list = node_get(r->doc, map, window_lists[i].name);
        int n = window_lists[i].n;
        if (!node_is_null(list) && read_windows(r, window_lists[i].name, list, windows, n)) {
            memcpy((char *)out + window_lists[i].offset, windows, (size_t)n * sizeof *windows);
            out->given |= 1U << window_lists[i].key;
        }
    }
}

static void read_vacations(Reader *r, const Node *map, Calendar *out)
{
    const Node *vacations = node_get(r->doc, map, STR("vacations"));
    reader_record(r, vacations, &(RecordType){ STR("vacations"), vacation_keys, COUNTOF(vacation_keys), NULL }, NULL);
    for (int i = 0; i < VACATION_COUNT && vacations != NULL && vacations->kind == NODE_MAP; i++) {
        read_one(r, vacations, vacation_keys[i].name, CALENDAR_KEY_VACATION + i, &out->vacations[i], out);
    }
}

static void read_weeks(Reader *r, const Node *map, Calendar *out)
{
    Str text = { 0 };
    const Node *value = node_get(r->doc, map, STR("weeks"));
    if (!reader_text(r, STR("weeks"), value, &text) || text.n_bytes == 0) {
        return;
    }
    bool is_monday = str_eq(text, STR("monday"));
    if (!is_monday && !str_eq(text, STR("sevens"))) {
        reader_problem(r, RULE_BAD_VALUE, value, T_CALENDAR_WEEKS, TEXT_STR(text), (TextArg){ 0 });
        return;
    }
    out->weeks_from_monday = is_monday;
    out->given |= 1U << CALENDAR_KEY_WEEKS;
}

typedef VEC(Span) SpanVec;

typedef struct DaysRecord {
    Str key;
    SpanVec days;
} DaysRecord;

static void read_days(Reader *r, const Node *item, void *into)
{
    DaysRecord *record = into;
    Str text = { 0 };
    Span days;
    if (!reader_text(r, record->key, item, &text) || text.n_bytes == 0) {
        return;
    }
    if (span_parse(text, &days)) {
        vec_push(&record->days, days);
    } else {
        reader_problem(r, RULE_BAD_VALUE, item, T_VALUE_NOT_DAYS, TEXT_STR(record->key), TEXT_STR(text));
    }
}

/* A list of which nothing is days is as good as none; an empty one says that there are none. */
static void read_day_list(Reader *r, const Node *map, Str name, CalendarKey key, DayList *out, unsigned *given)
{
    const Node *list = node_get(r->doc, map, name);
    DaysRecord record = { .key = name };
    if (node_is_null(list)) {
        return;
    }
    reader_each(r, list, read_days, &record);
    size_t n = calendar_order_days(record.days.at, record.days.n);
    Span *days = arena_alloc(&r->out->plan.arena, n * sizeof *days);
    if (n > 0) {
        memcpy(days, record.days.at, n * sizeof *days);
    }
    if (n > 0 || (list->kind == NODE_LIST && list->child == NULL)) {
        *out = (DayList){ days, n };
        *given |= 1U << key;
    }
    vec_done(&record.days);
}

static void read_keys(Reader *r, const Node *map, Calendar *out)
{
    read_one(r, map, STR("school-year"), CALENDAR_KEY_SCHOOL_YEAR, &out->school_year, out);
    read_window_lists(r, map, out);
    read_vacations(r, map, out);
    read_weeks(r, map, out);
    read_day_list(r, map, STR("holidays"), CALENDAR_KEY_HOLIDAYS, &out->holidays, &out->given);
    read_day_list(r, map, STR("workdays"), CALENDAR_KEY_WORKDAYS, &out->workdays, &out->given);
}

/* The reading's calendar, to be filled in; the default one if nothing has been said yet. */
static Calendar *own_calendar(Reader *r)
{
    Calendar *calendar = ARENA_NEW(&r->out->plan.arena, Calendar);
    *calendar = r->out->plan.calendar != NULL ? *r->out->plan.calendar : *calendar_default();
    return calendar;
}

void reader_calendar(Reader *r, const Node *value)
{
    const Node *map = node_resolve(r->doc, value);
    reader_record(r, map, &(RecordType){ STR("calendar"), settings_keys, N_CALENDAR_KEYS, NULL }, NULL);
    if (map != NULL && map->kind == NODE_MAP) {
        Calendar *calendar = own_calendar(r);
        read_keys(r, map, calendar);
        r->out->plan.calendar = calendar;
    }
}

void schema_read_settings(const Doc *doc, Reading *out)
{
    Reader reader = { .doc = doc, .out = out };
    Err why;
    const Node *root = node_resolve(doc, doc_root(doc));
    *out = (Reading){ 0 };
    if (doc_is_broken(doc, &why)) {
        reader_err(&reader, RULE_YAML, &why);
    } else if (root != NULL) {
        reader_record(&reader, root, &(RecordType){ STR("vekha.yaml"), settings_keys, COUNTOF(settings_keys), NULL }, NULL);
        if (root->kind == NODE_MAP) {
            Calendar *calendar = own_calendar(&reader);
            read_keys(&reader, root, calendar);
            out->plan.calendar = calendar;
            reader_calendar(&reader, node_get(doc, root, STR("calendar")));
        }
    }
    reader_done(&reader);
    problems_sort(&out->problems);
}

void reading_resolve(Reading *reading, const Calendar *folder)
{
    Plan *plan = &reading->plan;
    reading->folder = folder;
    if (folder != NULL) {
        Calendar *both = ARENA_NEW(&plan->arena, Calendar);
        *both = plan->calendar != NULL ? *plan->calendar : *calendar_default();
        calendar_fill(both, folder);
        plan->calendar = both;
    }
    plan_resolve(plan);
}
