#ifndef VEKHA_TESTS_SUPPORT_PLANS_H
#define VEKHA_TESTS_SUPPORT_PLANS_H

#include "vekha/core/plan.h"

/** "2022-03-29"; fails the test on anything else. */
Day day_at(const char *iso);
/** A plan of that period ("" for none) without events. */
Plan plan_of(const char *period);
/** A plan of one event that is directly in it, its deadline understood. */
Plan plan_of_one(const char *period, Event event);

#endif
