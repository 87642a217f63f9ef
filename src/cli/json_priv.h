#ifndef VEKHA_CLI_JSON_PRIV_H
#define VEKHA_CLI_JSON_PRIV_H

#include <stdbool.h>

#include "vekha/base/str.h"
#include "vekha/store/store.h"

enum { JSON_MAX_DEPTH = 8 };

/**
 * Writes JSON (RFC 8259) as it is told, commas and all: what the outermost list or object holds, one a
 * line. Zero but for out is a beginning.
 */
typedef struct Json {
    StrBuf *out;
    int depth;
    bool has_item[JSON_MAX_DEPTH];
    bool has_key; /* a key stands there and waits for its value */
} Json;

void json_open_list(Json *json);
void json_close_list(Json *json);
void json_open_object(Json *json);
void json_close_object(Json *json);
/** The value comes next. */
void json_key(Json *json, Str key);
/** Any bytes: what is no UTF-8 becomes U+FFFD; what a terminal would act on or hide is escaped. */
void json_text(Json *json, Str text);
void json_number(Json *json, long number);
/** "2022-03-29"; not for day 0. */
void json_day(Json *json, Day day);

/* event_json.c: the keys of a plan, and what follows from them */

void json_put_event(Json *json, const PlanFile *file, const Event *event, Day today);
/** canonical, warnings, first, last */
void json_put_due(Json *json, const Due *due);
/** With the status of each if there is an event (NULL is fine). */
void json_put_occurrences(Json *json, const Due *due, const Event *event);

#endif
