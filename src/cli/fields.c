#include <stdint.h>
#include <string.h>

#include "cli/edit_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/change_build.h"
#include "vekha/core/header.h"
#include "vekha/core/renumber.h"

enum { VALUE_MAX_KIB = 64 };

/* A key and one of the names that it goes by: first all keys themselves. */
typedef struct FieldName {
    Str key, name;
} FieldName;
typedef VEC(FieldName) FieldNameVec;

static void add_name(FieldNameVec *out, Str key, Str name)
{
    vec_push(out, (FieldName){ key, name });
}

/* Keys of the plan's own columns, or the headings of all its columns. */
static void add_columns(const Plan *plan, bool is_keys, FieldNameVec *out)
{
    for (size_t i = 0; i < plan->headings.n; i++) {
        const Heading *heading = &plan->headings.at[i];
        FieldId field;
        bool is_own = !field_find(heading->key, &field);
        bool is_mark = str_eq(heading->key, STR("mark")); /* what stands in that column are other fields */
        if (!is_mark && (is_own || !is_keys)) {
            add_name(out, heading->key, is_keys ? heading->key : heading->text);
        }
    }
}

static void add_event_names(const Plan *plan, FieldNameVec *out)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        add_name(out, field_info((FieldId)field)->name, field_info((FieldId)field)->name);
    }
    add_columns(plan, true, out);
    add_name(out, FIELDS_SECTION, FIELDS_SECTION);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        for (int field = 0; field < FIELD_COUNT; field++) {
            add_name(out, field_info((FieldId)field)->name, text_get((Lang)lang, field_info((FieldId)field)->heading));
        }
        add_name(out, FIELDS_SECTION, text_get((Lang)lang, T_CLI_SECTION));
    }
    add_columns(plan, false, out);
}

static void add_header_names(int section, FieldNameVec *out)
{
    size_t n;
    const HeaderField *fields = header_fields(&n);
    for (int lang = -1; lang < LANG_COUNT; lang++) {
        for (size_t i = 0; i < n; i++) {
            if (header_find(fields[i].name, section) != NULL) {
                add_name(out, fields[i].name, lang < 0 ? fields[i].name : text_get((Lang)lang, fields[i].heading));
            }
        }
    }
}

static FieldNameVec names_of(const Plan *plan, FieldOwner owner)
{
    FieldNameVec names = { 0 };
    switch (owner) {
    case OWNER_EVENT:
        add_event_names(plan, &names);
        break;
    case OWNER_PLAN:
        add_header_names(-1, &names);
        break;
    case OWNER_SECTION:
        add_header_names(0, &names);
        break;
    }
    return names;
}

static Str folded(StrBuf *buf, Str text)
{
    strbuf_clear(buf);
    utf8_add_folded(buf, text);
    return str_trim(strbuf_str(buf));
}

/* The key of that name; empty: there is none, then near may be the nearest name. */
static Str find_key(const FieldNameVec *names, Str typed, Str *near)
{
    StrBuf buf = { 0 };
    StrBuf name = { 0 };
    Str wanted = folded(&buf, typed);
    size_t best = cli_far(wanted);
    Str key = { 0 };
    for (size_t i = 0; i < names->n && wanted.n_bytes > 0 && key.n_bytes == 0; i++) {
        Str is = folded(&name, names->at[i].name);
        key = str_eq(is, wanted) ? names->at[i].key : key;
        *near = cli_is_nearer(wanted, is, &best) ? names->at[i].name : *near;
    }
    strbuf_done(&buf);
    strbuf_done(&name);
    return key;
}

/* Not those of which only a mark or a merge may speak. */
static bool is_listed(Str key)
{
    FieldId field;
    return !field_find(key, &field) || (field != FIELD_ID && field != FIELD_STATUS && field_info(field)->type != FIELD_TYPE_LIST);
}

/* Is it an event's, where the plan's own were asked for? */
static bool is_of_events(const Plan *plan, FieldOwner owner, Str typed)
{
    FieldNameVec names = { 0 };
    Str near = { 0 };
    add_event_names(plan, &names);
    bool is_one = owner != OWNER_EVENT && find_key(&names, typed, &near).n_bytes > 0;
    vec_done(&names);
    return is_one;
}

static bool no_such_field(Cli *cli, const FieldNameVec *names, Str typed, Str near)
{
    Err err = { 0 };
    StrBuf list = { 0 };
    for (size_t i = 0; i < names->n && str_eq(names->at[i].key, names->at[i].name); i++) {
        if (is_listed(names->at[i].key)) {
            strbuf_add(&list, list.n_bytes > 0 ? STR(", ") : (Str){ 0 });
            strbuf_add(&list, names->at[i].key);
        }
    }
    (void)(near.n_bytes > 0
               ? err_set(&err, ERR_USAGE, T_CLI_NO_FIELD_NEAR, TEXT_STR(typed), TEXT_STR(near), TEXT_STR(strbuf_str(&list)))
               : err_set(&err, ERR_USAGE, T_CLI_NO_FIELD, TEXT_STR(typed), TEXT_STR(strbuf_str(&list))));
    strbuf_done(&list);
    return cli_fail(cli, &err);
}

static FieldSaid *find_said(FieldSaidVec *fields, Str key)
{
    for (size_t i = 0; i < fields->n; i++) {
        if (str_eq(fields->at[i].key, key)) {
            return &fields->at[i];
        }
    }
    return NULL;
}

static bool is_list_key(Str key)
{
    FieldId field;
    return field_find(key, &field) && field_info(field)->type == FIELD_TYPE_TEXTS;
}

/* Parties, one a line: those of more behind those of list, none twice, without empty lines. */
static Str join_parties(Cli *cli, Str list, Str more)
{
    StrBuf all = { 0 };
    Str parts[] = { list, more };
    for (size_t i = 0; i < COUNTOF(parts); i++) {
        while (parts[i].n_bytes > 0) {
            Str party = str_trim(str_cut(&parts[i], '\n'));
            bool is_there = false;
            for (Str rest = strbuf_str(&all); rest.n_bytes > 0;) {
                is_there = str_eq(str_cut(&rest, '\n'), party) || is_there;
            }
            if (!is_there && party.n_bytes > 0) {
                strbuf_add(&all, all.n_bytes > 0 ? STR("\n") : (Str){ 0 });
                strbuf_add(&all, party);
            }
        }
    }
    Str joined = cli_keep(cli, &all);
    strbuf_done(&all);
    return joined;
}

/* A list grows by each time that it is named; any other field is named once. */
static bool take_one(Cli *cli, Str key, Str value, bool is_added, FieldSaidVec *out)
{
    Err err = { 0 };
    FieldSaid *said = find_said(out, key);
    bool is_list = is_list_key(key);
    if (is_added && !is_list) {
        (void)err_set(&err, ERR_USAGE, T_CLI_FIELD_NO_LIST, TEXT_STR(key), TEXT_STR(field_info(FIELD_RESPONSIBLE)->name));
        return cli_fail(cli, &err);
    }
    if (said != NULL && !is_list) {
        (void)err_set(&err, ERR_USAGE, T_CLI_FIELD_TWICE, TEXT_STR(key));
        return cli_fail(cli, &err);
    }
    if (said == NULL) {
        vec_push(out, (FieldSaid){ .key = key, .is_added = is_added });
        said = &out->at[out->n - 1];
    }
    said->value = is_list ? join_parties(cli, said->value, value) : value;
    return true;
}

typedef struct FieldReader {
    Cli *cli;
    const Plan *plan;
    FieldOwner owner;
    FieldNameVec names;
} FieldReader;

static bool read_one(FieldReader *r, Str arg, FieldSaidVec *out)
{
    Cli *cli = r->cli;
    Err err = { 0 };
    Str near = { 0 };
    Str value = arg;
    if (!utf8_valid(arg, NULL)) {
        (void)err_set(&err, ERR_USAGE, T_CLI_FIELD_NOT_UTF8, TEXT_STR(arg));
        return cli_fail(cli, &err);
    }
    if (!fields_is_one(arg)) {
        (void)err_set(&err, ERR_USAGE, T_CLI_FIELD_NO_VALUE, TEXT_STR(arg));
        return cli_fail(cli, &err);
    }
    Str name = str_cut(&value, '=');
    bool is_added = str_ends(name, STR("+"));
    name.n_bytes -= is_added;
    Str key = find_key(&r->names, name, &near);
    if (key.n_bytes == 0 && is_of_events(r->plan, r->owner, name)) {
        bool is_conflict = str_eq(name, field_info(FIELD_CONFLICT)->name); /* a plan has one, too: a list of many fields */
        (void)err_set(&err, ERR_USAGE, is_conflict ? T_CLI_CONFLICT_OF_PLAN : T_CLI_FIELD_OF_EVENT, TEXT_STR(name));
        return cli_fail(cli, &err);
    }
    if (key.n_bytes == 0) {
        return no_such_field(cli, &r->names, name, near);
    }
    if (value.n_bytes > (size_t)VALUE_MAX_KIB << 10) {
        (void)err_set(&err, ERR_USAGE, T_CLI_FIELD_TOO_LONG, TEXT_STR(key), TEXT_NUM(VALUE_MAX_KIB));
        return cli_fail(cli, &err);
    }
    return take_one(cli, key, value, is_added, out);
}

bool fields_is_one(Str arg)
{
    return str_find_char(arg, '=', 0) != SIZE_MAX;
}

bool fields_read(Cli *cli, const Plan *plan, FieldOwner owner, size_t first, FieldSaidVec *out)
{
    FieldReader r = { cli, plan, owner, names_of(plan, owner) };
    bool ok = true;
    for (size_t i = first; i < cli->args.n && ok; i++) {
        ok = read_one(&r, cli->args.at[i], out);
    }
    for (size_t i = 0; i < out->n; i++) {
        out->at[i].key = arena_copy(&cli->arena, out->at[i].key); /* the plan is read again before it is said */
    }
    vec_done(&r.names);
    return ok;
}

bool fields_take(FieldSaidVec *fields, Str key, Str *value)
{
    FieldSaid *said = find_said(fields, key);
    if (said == NULL) {
        return false;
    }
    *value = said->value;
    size_t at = (size_t)(said - fields->at);
    fields->n--;
    memmove(said, said + 1, (fields->n - at) * sizeof *said);
    return true;
}

/* A day may be written 29.03.2022 as everywhere on the command line; the file has it as 2022-03-29. */
static Str day_as_file(Cli *cli, Str text)
{
    Day day;
    StrBuf iso = { 0 };
    if (!option_parse_day(text, &day)) {
        return text; /* what it is not, is said by who would set it */
    }
    day_add_iso(&iso, day);
    Str kept = cli_keep(cli, &iso);
    strbuf_done(&iso);
    return kept;
}

/* The value as it is to be: of += with what there is, of no=+ the next number. */
static bool value_of(Cli *cli, const Plan *plan, size_t event, const FieldSaid *said, Str *out, Err *err)
{
    FieldId field;
    StrBuf value = { 0 };
    bool ok = true;
    *out = said->value;
    if (said->is_added) {
        field_add_value(&value, &plan->events.at[event], FIELD_RESPONSIBLE);
        *out = join_parties(cli, strbuf_str(&value), said->value);
    } else if (str_eq(said->key, STR("no")) && str_eq(said->value, STR("+"))) {
        ok = plan_next_number(plan, plan->events.at[event].section, &value) || err_plain(err, ERR_USAGE, T_CLI_NO_NEXT_NUMBER);
        *out = cli_keep(cli, &value);
    } else if (field_find(said->key, &field) && field_info(field)->type == FIELD_TYPE_DAY) {
        *out = day_as_file(cli, said->value);
    }
    strbuf_done(&value);
    return ok;
}

/* Dates that a person gives are in canonical notation. */
static bool check_dates(Cli *cli, const FieldSaid *said, Err *err)
{
    Deadline deadline;
    return !str_eq(said->key, field_info(FIELD_DATES)->name) || said->value.n_bytes == 0 ||
           deadline_parse_canonical(said->value, &cli->arena, &deadline) ||
           err_set(err, ERR_USAGE, T_CLI_NOT_CANONICAL, TEXT_STR(said->value));
}

/* A new deadline takes the dates away; those that are given with it stay. */
static void forget_dates(Change *change)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        if (change->edits[i].key.n_bytes == 0 && change->edits[i].field == FIELD_DATES) {
            change->edits[i] = change->edits[--change->n_edits];
        }
    }
}

bool fields_edit(Cli *cli, const Plan *plan, size_t event, const FieldSaidVec *fields, Change *change)
{
    Err err = { 0 };
    bool ok = true;
    const FieldSaid *dates = NULL;
    for (size_t i = 0; i < fields->n && ok; i++) {
        const FieldSaid *said = &fields->at[i];
        Str value;
        ok = check_dates(cli, said, &err) && value_of(cli, plan, event, said, &value, &err);
        if (ok && str_eq(said->key, field_info(FIELD_DATES)->name)) {
            dates = said;
        } else if (ok) {
            ok = change_edit(change, plan, event, said->key, value, &cli->arena, &err);
        }
    }
    if (ok && dates != NULL) {
        forget_dates(change);
        ok = change_edit(change, plan, event, dates->key, dates->value, &cli->arena, &err);
    }
    return ok || cli_fail(cli, &err);
}
