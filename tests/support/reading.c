#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

Read read_text(Str text)
{
    Read read = { .doc = doc_new(text) };
    schema_read(read.doc, &read.reading);
    return read;
}

Read read_resolved(Str text)
{
    Read read = read_text(text);
    plan_resolve(&read.reading.plan);
    return read;
}

void read_done(Read *read)
{
    reading_done(&read->reading);
    doc_free(read->doc);
    arena_done(&read->arena);
}

void add_problems(StrBuf *out, const Reading *reading)
{
    for (size_t i = 0; i < reading->problems.n; i++) {
        const Problem *problem = &reading->problems.at[i];
        strbuf_addf(out, "%s%d:%d %.*s", i > 0 ? "\n" : "", problem->line, problem->col, STR_ARG(rule_info(problem->rule)->code));
    }
}

void assert_problems(const char *text, const char *wanted)
{
    Read read = read_text(str_of(text));
    StrBuf got = { 0 };
    add_problems(&got, &read.reading);
    if (!str_eq(strbuf_str(&got), str_of(wanted))) {
        fail_msg("of\n%s\n%s\nnot\n%s", text, strbuf_z(&got), wanted);
    }
    strbuf_done(&got);
    read_done(&read);
}

void assert_text(Str got, const char *wanted)
{
    if (!str_eq(got, str_of(wanted))) {
        fail_msg("«%.*s», not «%s»", STR_ARG(got), wanted);
    }
}
