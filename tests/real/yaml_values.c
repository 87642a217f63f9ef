/* Values from the standard input, each ended by a NUL, as a YAML list of lists: the value in every style. For yaml_readers.py. */
#include <stdio.h>

#include "vekha/doc/doc_scalar.h"

static void print_value(StrBuf *out, Str value)
{
    static const ScalarPlace places[] = {
        { .style = NODE_PLAIN, .in_flow = true },
        { .style = NODE_PLAIN, .quotes = NODE_SINGLE, .in_flow = true },
        { .style = NODE_SINGLE, .in_flow = true },
        { .style = NODE_DOUBLE, .in_flow = true },
    };
    strbuf_add(out, STR("- - ["));
    for (size_t i = 0; i < COUNTOF(places); i++) {
        doc_scalar_add(out, value, &places[i]);
        strbuf_add(out, STR(", "));
    }
    strbuf_add(out, STR("]\n  - - "));
    doc_scalar_add(out, value, &(ScalarPlace){ 0 });
    strbuf_add(out, STR("\n    - "));
    doc_scalar_add(out, value, &(ScalarPlace){ .style = NODE_LITERAL, .indent = 6 });
    strbuf_add(out, STR("\n"));
}

int main(void)
{
    StrBuf in = { 0 };
    StrBuf out = { 0 };
    for (int c = getchar(); c != EOF; c = getchar()) {
        strbuf_add_char(&in, (char)c);
    }
    Str rest = strbuf_str(&in);
    while (rest.n_bytes > 0) {
        print_value(&out, str_cut(&rest, '\0'));
    }
    (void)fwrite(strbuf_z(&out), 1, out.n_bytes, stdout);
    strbuf_done(&in);
    strbuf_done(&out);
    return 0;
}
