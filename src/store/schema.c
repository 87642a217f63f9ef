#include "vekha/store/schema.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_priv.h"

/* One row a key: where its value goes. LIST rows are read by their own functions and only known here. */
static const KeyRow plan_keys[] = {
    { STR_INIT("vekha"), KEY_ELSEWHERE, 0 },
    { STR_INIT("title"), KEY_TEXT, offsetof(Plan, title) },
    { STR_INIT("short"), KEY_TEXT, offsetof(Plan, short_name) },
    { STR_INIT("period"), KEY_PERIOD, offsetof(Plan, period) },
    { STR_INIT("organization"), KEY_TEXT, offsetof(Plan, organization) },
    { STR_INIT("basis"), KEY_TEXT, offsetof(Plan, basis) },
    { STR_INIT("preamble"), KEY_TEXT, offsetof(Plan, preamble) },
    { STR_INIT("approval"), KEY_ELSEWHERE, 0 },
    { STR_INIT("headings"), KEY_ELSEWHERE, 0 },
    { STR_INIT("sections"), KEY_ELSEWHERE, 0 },
    { STR_INIT("events"), KEY_ELSEWHERE, 0 },
    { STR_INIT("signatures"), KEY_ELSEWHERE, 0 },
    { STR_INIT("calendar"), KEY_ELSEWHERE, 0 },
    { STR_INIT("conflict"), KEY_ELSEWHERE, 0 },
};

static const KeyRow section_keys[] = {
    { STR_INIT("no"), KEY_TEXT, offsetof(Section, no) },
    { STR_INIT("title"), KEY_TEXT, offsetof(Section, title) },
    { STR_INIT("goal"), KEY_TEXT, offsetof(Section, goal) },
    { STR_INIT("events"), KEY_ELSEWHERE, 0 },
    { STR_INIT("sections"), KEY_ELSEWHERE, 0 },
};

static const KeyRow approval_keys[] = {
    { STR_INIT("stamp"), KEY_TEXT, offsetof(Approval, stamp) },
    { STR_INIT("post"), KEY_TEXT, offsetof(Approval, post) },
    { STR_INIT("organization"), KEY_TEXT, offsetof(Approval, organization) },
    { STR_INIT("name"), KEY_TEXT, offsetof(Approval, name) },
    { STR_INIT("document"), KEY_TEXT, offsetof(Approval, document) },
    { STR_INIT("date"), KEY_TEXT, offsetof(Approval, date) },
};

static const KeyRow signature_keys[] = {
    { STR_INIT("post"), KEY_TEXT, offsetof(Signature, post) },
    { STR_INIT("name"), KEY_TEXT, offsetof(Signature, name) },
    { STR_INIT("date"), KEY_TEXT, offsetof(Signature, date) },
};

static void read_approval(Reader *r, const Node *item, void *into)
{
    Approval approval = { 0 };
    reader_record(r, item, &(RecordType){ STR("approval"), approval_keys, COUNTOF(approval_keys), NULL }, &approval);
    vec_push(&((Plan *)into)->approvals, approval);
}

static void read_signature(Reader *r, const Node *item, void *into)
{
    Signature signature = { 0 };
    reader_record(r, item, &(RecordType){ STR("signatures"), signature_keys, COUNTOF(signature_keys), NULL }, &signature);
    vec_push(&((Plan *)into)->signatures, signature);
}

static void read_headings(Reader *r, const Node *value);

static void read_merged_headings(Reader *r, const Node *item, void *into)
{
    (void)into;
    read_headings(r, item);
}

static void read_headings(Reader *r, const Node *value)
{
    const Node *map = node_resolve(r->doc, value);
    if (map == NULL || node_is_null(map)) {
        return;
    }
    if (map->kind != NODE_MAP) {
        reader_wrong_type(r, STR("headings"), map, T_TYPE_MAP);
        return;
    }
    reader_duplicates(r, map);
    for (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)) {
        Heading heading = { key->text, { 0 } };
        if (node_is_merge_key(key)) {
            reader_each(r, key->next, read_merged_headings, NULL);
        } else if (key->kind == NODE_SCALAR && reader_text(r, key->text, key->next, &heading.text)) {
            vec_push(&r->out->plan.headings, heading);
        }
    }
}

static bool has_room(Reader *r, const Node *at)
{
    if (r->out->plan.events.n + r->out->plan.sections.n < SCHEMA_MAX_EVENTS) {
        return true;
    }
    if (!r->out->is_cut) {
        reader_problem(r, RULE_BAD_VALUE, at, T_PLAN_TOO_MANY_EVENTS, TEXT_NUM(SCHEMA_MAX_EVENTS), (TextArg){ 0 });
        r->out->is_cut = true;
    }
    return false;
}

static void read_events(Reader *r, const Node *value, int section)
{
    const Node *list = node_resolve(r->doc, value);
    if (list == NULL || node_is_null(list)) {
        return;
    }
    if (list->kind != NODE_LIST) {
        reader_wrong_type(r, STR("events"), list, T_TYPE_LIST);
        return;
    }
    bool was_aliased = r->is_aliased;
    for (const Node *item = list->child; item != NULL && has_room(r, item); item = item->next) {
        r->is_aliased = was_aliased || list != value || item->kind == NODE_ALIAS;
        reader_event(r, item, section);
    }
    r->is_aliased = was_aliased;
}

static void read_sections(Reader *r, const Node *value, int parent);

/* The section's own events stand before its sub-sections, whatever the order of the keys. */
static void read_section(Reader *r, const Node *item, int parent)
{
    const Node *map = node_resolve(r->doc, item);
    Section section = { .parent = parent };
    section.depth = parent < 0 ? 0 : r->out->plan.sections.at[parent].depth + 1;
    if (map->kind != NODE_MAP) {
        reader_wrong_type(r, STR("sections"), map, T_TYPE_MAP);
        return;
    }
    bool was_aliased = r->is_aliased;
    r->is_aliased = was_aliased || map != item;
    reader_record(r, map, &(RecordType){ STR("sections"), section_keys, COUNTOF(section_keys), NULL }, &section);
    int index = (int)r->out->plan.sections.n;
    reader_line(r, map, true, (size_t)index);
    vec_push(&r->out->plan.sections, section);
    vec_push(&r->out->headers, map);
    read_events(r, node_get(r->doc, map, STR("events")), index);
    read_sections(r, node_get(r->doc, map, STR("sections")), index);
    r->is_aliased = was_aliased;
}

static void read_sections(Reader *r, const Node *value, int parent)
{
    const Node *list = node_resolve(r->doc, value);
    if (list == NULL || node_is_null(list)) {
        return;
    }
    if (list->kind != NODE_LIST) {
        reader_wrong_type(r, STR("sections"), list, T_TYPE_LIST);
        return;
    }
    for (const Node *item = list->child; item != NULL && has_room(r, item); item = item->next) {
        read_section(r, item, parent);
    }
}

/* A number that is too large to be known is one of a newer format all the same. */
static bool parse_format(Str text, int *out)
{
    size_t n_digits = 0;
    while (n_digits < text.n_bytes && text.at[n_digits] >= '0' && text.at[n_digits] <= '9') {
        n_digits++;
    }
    if (n_digits == 0 || n_digits < text.n_bytes) {
        return false;
    }
    if (!str_to_uint(text, out)) {
        *out = INT_MAX;
    }
    return true;
}

static void read_format(Reader *r, const Node *map)
{
    Plan *plan = &r->out->plan;
    Str text = { 0 };
    const Node *value = node_get(r->doc, map, STR("vekha"));
    if (node_is_null(value)) {
        if (!doc_is_broken(r->doc, NULL)) {
            reader_problem(r, RULE_BAD_VALUE, map, T_PLAN_NO_FORMAT, (TextArg){ 0 }, (TextArg){ 0 });
            r->out->problems.at[r->out->problems.n - 1].is_mild = true;
        }
    } else if (reader_text(r, STR("vekha"), value, &text) && !parse_format(text, &plan->format)) {
        reader_problem(r, RULE_BAD_VALUE, value, T_PLAN_BAD_FORMAT, TEXT_STR(text), (TextArg){ 0 });
    } else if (plan->format > PLAN_FORMAT) {
        reader_problem(r, RULE_BAD_VALUE, value, T_PLAN_NEWER_FORMAT, TEXT_STR(text), TEXT_NUM(PLAN_FORMAT));
    }
}

static void check_needed(Reader *r, const Node *map)
{
    const Plan *plan = &r->out->plan;
    if (str_is_blank(plan->title)) {
        reader_problem(r, RULE_BAD_VALUE, map, T_PLAN_NO_TITLE, (TextArg){ 0 }, (TextArg){ 0 });
    }
    if (plan->period.first == 0 && node_is_null(node_get(r->doc, map, STR("period")))) {
        reader_problem(r, RULE_BAD_VALUE, map, T_PLAN_NO_PERIOD, (TextArg){ 0 }, (TextArg){ 0 });
    }
}

static int by_place(const void *left, const void *right)
{
    const Problem *a = left;
    const Problem *b = right;
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    if (a->col != b->col) {
        return a->col < b->col ? -1 : 1;
    }
    if (a->rule != b->rule) {
        return a->rule < b->rule ? -1 : 1;
    }
    if (a->order != b->order) {
        return a->order < b->order ? -1 : 1;
    }
    return (a->text > b->text) - (a->text < b->text);
}

void problems_sort(ProblemVec *problems)
{
    if (problems->n > 1) {
        qsort(problems->at, problems->n, sizeof *problems->at, by_place);
    }
}

static void read_plan(Reader *r, const Node *map)
{
    reader_record(r, map, &(RecordType){ (Str){ 0 }, plan_keys, COUNTOF(plan_keys), NULL }, &r->out->plan);
    read_format(r, map);
    if (!doc_is_broken(r->doc, NULL)) { /* else what is missing may stand behind the break */
        check_needed(r, map);
    }
    if (!node_is_null(node_get(r->doc, map, STR("conflict")))) {
        reader_problem(r, RULE_CONFLICT, node_get(r->doc, map, STR("conflict")), T_PLAN_CONFLICT, (TextArg){ 0 }, (TextArg){ 0 });
    }
    reader_calendar(r, node_get(r->doc, map, STR("calendar")));
    read_headings(r, node_get(r->doc, map, STR("headings")));
    reader_columns(r);
    reader_each(r, node_get(r->doc, map, STR("approval")), read_approval, &r->out->plan);
    reader_each(r, node_get(r->doc, map, STR("signatures")), read_signature, &r->out->plan);
    read_events(r, node_get(r->doc, map, STR("events")), -1);
    read_sections(r, node_get(r->doc, map, STR("sections")), -1);
}

void schema_read(const Doc *doc, Reading *out)
{
    Reader reader = { .doc = doc, .out = out };
    Err why;
    const Node *root = node_resolve(doc, doc_root(doc));
    *out = (Reading){ 0 };
    reader_init(&reader);
    if (root != NULL && root->kind == NODE_MAP) {
        read_plan(&reader, root);
    } else if (!doc_is_broken(doc, NULL)) {
        out->is_no_plan = true;
        reader_problem(&reader, root == NULL ? RULE_YAML : RULE_BAD_VALUE, root, root == NULL ? T_PLAN_EMPTY : T_PLAN_NOT_MAP,
                       (TextArg){ 0 }, (TextArg){ 0 });
    }
    if (doc_is_broken(doc, &why)) {
        reader_err(&reader, RULE_YAML, &why);
    }
    reader_done(&reader);
    problems_sort(&out->problems);
}

void schema_read_event(const Doc *doc, const Node *map, int section, Reading *out)
{
    Reader reader = { .doc = doc, .out = out };
    reader_init(&reader);
    reader_columns(&reader);
    reader_event(&reader, map, section);
    reader_done(&reader);
    problems_sort(&out->problems);
}

void reading_done(Reading *reading)
{
    vec_done(&reading->bindings);
    vec_done(&reading->headers);
    vec_done(&reading->problems);
    plan_done(&reading->plan);
}

/* Is it an item that is read? Of parties and earlier deadlines, nothing is no item. */
static bool is_item(const Doc *doc, const Node *node, const Problem *problem)
{
    const Node *value = node_resolve(doc, node);
    bool skips = problem->of == PROBLEM_OF_EVENT && (problem->field == FIELD_RESPONSIBLE || problem->field == FIELD_WAS);
    return !skips || (!node_is_null(value) && (value->kind != NODE_SCALAR || value->text.n_bytes > 0));
}

/* Where the last item was found: a rule asks for those of a long list one after the other. */
typedef struct LastItem {
    const Node *list, *item;
    unsigned n;
} LastItem;

/* The item that is meant; the value itself if it is no list, or stands elsewhere, behind an alias. */
static const Node *item_of(const Doc *doc, const Node *value, const Problem *problem, LastItem *last)
{
    const Node *item = value->kind == NODE_LIST ? value->child : NULL;
    unsigned n = 0;
    if (last->list == value && last->n <= problem->item) {
        item = last->item;
        n = last->n - 1;
    }
    for (; item != NULL; item = item->next) {
        n += is_item(doc, item, problem);
        if (n == problem->item) {
            *last = (LastItem){ value, item, n };
            return item;
        }
    }
    return value;
}

static const Node *value_of(const Doc *doc, const Node *map, Str name)
{
    const Node *key = map->kind == NODE_MAP && name.n_bytes > 0 ? node_own_key(doc, map, name) : NULL;
    return key != NULL ? key->next : map;
}

/* What the problem is about; NULL: its event is not there. */
static const Node *subject_of(const Doc *doc, const Reading *reading, const Problem *problem, LastItem *last)
{
    const Node *map = NULL;
    switch (problem->of) {
    case PROBLEM_OF_EVENT:
        map = problem->event < reading->bindings.n ? reading->bindings.at[problem->event].map : NULL;
        break;
    case PROBLEM_OF_SECTION:
        map = problem->event < reading->headers.n ? reading->headers.at[problem->event] : NULL;
        break;
    case PROBLEM_OF_PLAN:
        map = node_resolve(doc, doc_root(doc));
        break;
    }
    if (map == NULL) {
        return NULL;
    }
    const Node *value = value_of(doc, map, problem->key.n_bytes > 0 ? problem->key : field_info(problem->field)->name);
    value = problem->item > 0 && value != map ? item_of(doc, value, problem, last) : value;
    return value != map ? value_of(doc, value, problem->item_key) : value;
}

void schema_place(const Doc *doc, const Reading *reading, Problem *problems, size_t n)
{
    Reading placed = { .problems = { problems, n, n } };
    Reader reader = { .doc = doc, .out = &placed };
    LastItem last = { 0 };
    for (size_t i = 0; i < n; i++) {
        const Node *node = problems[i].line == 0 ? subject_of(doc, reading, &problems[i], &last) : NULL;
        if (node != NULL) {
            reader_place(&reader, node, i);
        }
    }
    reader_done(&reader);
}
