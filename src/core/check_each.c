#include "core/check_priv.h"

/* One row a key: where its text lies in its record. */
typedef struct TextRow {
    Str key;
    size_t offset;
} TextRow;

static const TextRow plan_texts[] = {
    { STR_INIT("title"), offsetof(Plan, title) },
    { STR_INIT("short"), offsetof(Plan, short_name) },
    { STR_INIT("organization"), offsetof(Plan, organization) },
    { STR_INIT("basis"), offsetof(Plan, basis) },
    { STR_INIT("preamble"), offsetof(Plan, preamble) },
};

static const TextRow approval_texts[] = {
    { STR_INIT("stamp"), offsetof(Approval, stamp) },
    { STR_INIT("post"), offsetof(Approval, post) },
    { STR_INIT("organization"), offsetof(Approval, organization) },
    { STR_INIT("name"), offsetof(Approval, name) },
    { STR_INIT("document"), offsetof(Approval, document) },
};

static const TextRow signature_texts[] = {
    { STR_INIT("post"), offsetof(Signature, post) },
    { STR_INIT("name"), offsetof(Signature, name) },
};

static const TextRow section_texts[] = {
    { STR_INIT("title"), offsetof(Section, title) },
    { STR_INIT("goal"), offsetof(Section, goal) },
};

typedef struct Walk {
    const Check *check;
    CheckText each;
} Walk;

static void visit(const Walk *walk, Str text, const Problem *at)
{
    if (text.n_bytes > 0) {
        walk->each(walk->check, text, at);
    }
}

static Str text_of(const void *record, const TextRow *row)
{
    return *(const Str *)((const char *)record + row->offset);
}

static void visit_items(const Walk *walk, const void *record, const TextRow *rows, size_t n_rows, Problem at)
{
    for (size_t i = 0; i < n_rows; i++) {
        at.item_key = rows[i].key;
        visit(walk, text_of(record, &rows[i]), &at);
    }
}

static void visit_plan(const Walk *walk)
{
    const Plan *plan = walk->check->plan;
    Problem at = { .of = PROBLEM_OF_PLAN, .event = SIZE_MAX };
    for (size_t i = 0; i < COUNTOF(plan_texts); i++) {
        at.key = plan_texts[i].key;
        visit(walk, text_of(plan, &plan_texts[i]), &at);
    }
    at.key = STR("approval");
    for (size_t i = 0; i < plan->approvals.n; i++) {
        at.item = (unsigned)i + 1;
        visit_items(walk, &plan->approvals.at[i], approval_texts, COUNTOF(approval_texts), at);
    }
    at.key = STR("signatures");
    for (size_t i = 0; i < plan->signatures.n; i++) {
        at.item = (unsigned)i + 1;
        visit_items(walk, &plan->signatures.at[i], signature_texts, COUNTOF(signature_texts), at);
    }
    at.key = STR("headings");
    at.item = 0;
    for (size_t i = 0; i < plan->headings.n; i++) {
        at.item_key = plan->headings.at[i].key;
        visit(walk, plan->headings.at[i].text, &at);
    }
}

static void visit_sections(const Walk *walk)
{
    const Plan *plan = walk->check->plan;
    for (size_t i = 0; i < plan->sections.n; i++) {
        Problem at = { .of = PROBLEM_OF_SECTION, .event = i };
        for (size_t k = 0; k < COUNTOF(section_texts); k++) {
            at.key = section_texts[k].key;
            visit(walk, text_of(&plan->sections.at[i], &section_texts[k]), &at);
        }
    }
}

/* A number, an id, dates in notation are no words. */
static bool is_words(FieldId field)
{
    return field_info(field)->type == FIELD_TYPE_TEXT && field != FIELD_ID && field != FIELD_NO && field != FIELD_DATES;
}

static void visit_event(const Walk *walk, size_t index)
{
    const Event *event = &walk->check->plan->events.at[index];
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (is_words((FieldId)field)) {
            Problem at = problem_at(index, (FieldId)field);
            visit(walk, *(const Str *)((const char *)event + field_info((FieldId)field)->offset), &at);
        }
    }
    Problem at = problem_at(index, FIELD_RESPONSIBLE);
    for (size_t i = 0; i < event->responsible.n; i++) {
        at.item = (unsigned)i + 1;
        visit(walk, event->responsible.at[i], &at);
    }
    at.item = 0;
    for (unsigned i = 0; i < event->n_own; i++) {
        at.key = event->own[i].key;
        visit(walk, event->own[i].text, &at);
    }
}

void check_each_text(const Check *check, CheckText each)
{
    Walk walk = { check, each };
    visit_plan(&walk);
    visit_sections(&walk);
    for (size_t i = 0; i < check->plan->events.n; i++) {
        visit_event(&walk, i);
    }
}
