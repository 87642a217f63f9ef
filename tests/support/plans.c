#include "plans.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

Day day_at(const char *iso)
{
    Day day = 0;
    assert_true(day_parse(str_of(iso), &day));
    return day;
}

Plan plan_of(const char *period)
{
    Plan plan = { .format = PLAN_FORMAT };
    assert_true(*period == '\0' || span_parse(str_of(period), &plan.period));
    return plan;
}

Plan plan_of_one(const char *period, Event event)
{
    Plan plan = plan_of(period);
    event.section = -1;
    vec_push(&plan.events, event);
    plan_resolve(&plan);
    return plan;
}
