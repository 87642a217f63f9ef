#include "cli/json_priv.h"

#include <assert.h>
#include <stdint.h>

#include "vekha/base/utf8.h"

static void add_unit(StrBuf *out, uint32_t unit)
{
    strbuf_addf(out, "\\u%04x", (unsigned)unit);
}

/* A code point as UTF-16, which is what \u means. */
static void add_escaped(StrBuf *out, uint32_t code_point)
{
    enum { PLANE_1 = 0x10000, HIGH = 0xD800, LOW = 0xDC00, BITS = 10, MASK = 0x3FF };
    if (code_point >= PLANE_1) {
        add_unit(out, HIGH + ((code_point - PLANE_1) >> BITS));
        add_unit(out, LOW + ((code_point - PLANE_1) & MASK));
    } else {
        add_unit(out, code_point);
    }
}

static void add_quoted(StrBuf *out, Str text)
{
    strbuf_add_char(out, '"');
    while (text.n_bytes > 0) {
        Str here = text;
        uint32_t code_point = utf8_next(&text);
        if (code_point == '"' || code_point == '\\') {
            strbuf_add_char(out, '\\');
            strbuf_add_char(out, (char)code_point);
        } else if (code_point == '\n') {
            strbuf_add(out, STR("\\n"));
        } else if (code_point == '\t') {
            strbuf_add(out, STR("\\t"));
        } else if (code_point == UTF8_REPLACEMENT || utf8_is_hidden(code_point)) {
            add_escaped(out, code_point);
        } else {
            strbuf_add(out, str_sub(here, 0, here.n_bytes - text.n_bytes));
        }
    }
    strbuf_add_char(out, '"');
}

/* What stands between the value before and this one. */
static void begin_value(Json *json)
{
    if (json->has_key) {
        json->has_key = false;
        return;
    }
    bool is_outermost = json->depth == 1;
    if (json->depth > 0) {
        strbuf_add(json->out, json->has_item[json->depth - 1] ? STR(",") : (Str){ 0 });
        strbuf_add(json->out, is_outermost ? STR("\n") : json->has_item[json->depth - 1] ? STR(" ") : (Str){ 0 });
        json->has_item[json->depth - 1] = true;
    }
}

static void open_with(Json *json, char sign)
{
    begin_value(json);
    assert(json->depth < JSON_MAX_DEPTH);
    strbuf_add_char(json->out, sign);
    json->has_item[json->depth++] = false;
}

static void close_with(Json *json, char sign)
{
    assert(json->depth > 0);
    json->depth--;
    if (json->depth == 0) {
        strbuf_add(json->out, json->has_item[0] ? STR("\n") : (Str){ 0 });
    }
    strbuf_add_char(json->out, sign);
    if (json->depth == 0) {
        strbuf_add_char(json->out, '\n');
    }
}

void json_open_list(Json *json)
{
    open_with(json, '[');
}

void json_close_list(Json *json)
{
    close_with(json, ']');
}

void json_open_object(Json *json)
{
    open_with(json, '{');
}

void json_close_object(Json *json)
{
    close_with(json, '}');
}

void json_key(Json *json, Str key)
{
    assert(json->depth > 0 && !json->has_key);
    begin_value(json);
    add_quoted(json->out, key);
    strbuf_add(json->out, STR(": "));
    json->has_key = true;
}

void json_text(Json *json, Str text)
{
    begin_value(json);
    add_quoted(json->out, text);
}

void json_number(Json *json, long number)
{
    begin_value(json);
    strbuf_addf(json->out, "%ld", number);
}

void json_day(Json *json, Day day)
{
    begin_value(json);
    strbuf_add_char(json->out, '"');
    day_add_iso(json->out, day);
    strbuf_add_char(json->out, '"');
}
