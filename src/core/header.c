#include "vekha/core/header.h"

#include <stdint.h>

#define PLAN_ONLY(member) offsetof(Plan, member), SIZE_MAX
#define SECTION_ONLY(member) SIZE_MAX, offsetof(Section, member)

static const HeaderField fields[] = {
    { STR_INIT("no"), SECTION_ONLY(no), false, T_FIELD_NO },
    { STR_INIT("title"), offsetof(Plan, title), offsetof(Section, title), false, T_HEADER_TITLE },
    { STR_INIT("short"), PLAN_ONLY(short_name), false, T_HEADER_SHORT },
    { STR_INIT("period"), PLAN_ONLY(period), true, T_HEADER_PERIOD },
    { STR_INIT("organization"), PLAN_ONLY(organization), false, T_HEADER_ORGANIZATION },
    { STR_INIT("basis"), PLAN_ONLY(basis), false, T_HEADER_BASIS },
    { STR_INIT("preamble"), PLAN_ONLY(preamble), false, T_HEADER_PREAMBLE },
    { STR_INIT("goal"), SECTION_ONLY(goal), false, T_HEADER_GOAL },
};

const HeaderField *header_fields(size_t *n)
{
    *n = COUNTOF(fields);
    return fields;
}

const HeaderField *header_find(Str name, int section)
{
    for (size_t i = 0; i < COUNTOF(fields); i++) {
        if (str_eq(fields[i].name, name) && (section < 0 ? fields[i].offset : fields[i].section) != SIZE_MAX) {
            return &fields[i];
        }
    }
    return NULL;
}

/* The member that the field names. */
static void *member(const Plan *plan, int section, const HeaderField *field)
{
    return section < 0 ? (char *)plan + field->offset : (char *)&plan->sections.at[section] + field->section;
}

static void add_span(StrBuf *out, Span span)
{
    if (span.first != 0 && span.last != 0) {
        day_add_iso(out, span.first);
        strbuf_add_char(out, '/');
        day_add_iso(out, span.last);
    }
}

void header_add_value(StrBuf *out, const Plan *plan, int section, const HeaderField *field)
{
    const void *at = member(plan, section, field);
    if (field->is_period) {
        add_span(out, *(const Span *)at);
    } else {
        strbuf_add(out, *(const Str *)at);
    }
}

bool header_is_value(const HeaderField *field, Str value)
{
    Span span;
    return !field->is_period || span_parse(value, &span);
}

bool header_same(const HeaderField *field, Str a, Str b)
{
    Span x;
    Span y;
    return str_eq(a, b) || (field->is_period && span_parse(a, &x) && span_parse(b, &y) && x.first == y.first && x.last == y.last);
}

void header_set(Plan *plan, int section, const HeaderField *field, Str value)
{
    void *at = member(plan, section, field);
    if (!field->is_period) {
        *(Str *)at = value;
    } else if (!span_parse(value, at)) {
        *(Span *)at = (Span){ 0 };
    }
}
