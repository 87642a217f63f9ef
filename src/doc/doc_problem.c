#include <string.h>

#include "doc/doc_priv.h"
#include "vekha/base/utf8.h"

typedef struct Problem {
    const char *words; /* of libyaml 0.2.5 */
    TextId text;
} Problem;

static const Problem problems[] = {
    { "could not find expected ':'", T_DOC_NO_COLON },
    { "did not find expected key", T_DOC_NO_KEY },
    { "did not find expected '-' indicator", T_DOC_NO_DASH },
    { "did not find expected ',' or ']'", T_DOC_NO_BRACKET },
    { "did not find expected ',' or '}'", T_DOC_NO_BRACE },
    { "did not find expected node content", T_DOC_NO_CONTENT },
    { "found unexpected end of stream", T_DOC_OPEN_QUOTE },
    { "found unexpected document indicator", T_DOC_OPEN_QUOTE },
    { "mapping values are not allowed in this context", T_DOC_COLON_IN_VALUE },
    { "found unexpected ':'", T_DOC_COLON_IN_VALUE },
    { "mapping keys are not allowed in this context", T_DOC_KEY_NOT_HERE },
    { "block sequence entries are not allowed in this context", T_DOC_DASH_NOT_HERE },
    { "found character that cannot start any token", T_DOC_BAD_START },
    { "found a tab character where an indentation space is expected", T_DOC_TAB },
    { "found a tab character that violates indentation", T_DOC_TAB },
    { "found an indentation indicator equal to 0", T_DOC_BAD_BLOCK_HEADER },
    { "did not find expected comment or line break", T_DOC_BAD_BLOCK_HEADER },
    { "found unknown escape character", T_DOC_BAD_ESCAPE },
    { "did not find expected hexdecimal number", T_DOC_BAD_ESCAPE },
    { "found invalid Unicode character escape code", T_DOC_BAD_ESCAPE },
    { "did not find expected alphabetic or numeric character", T_DOC_BAD_ANCHOR },
    { "did not find expected '!'", T_DOC_BAD_TAG },
    { "did not find expected tag URI", T_DOC_BAD_TAG },
    { "did not find the expected '>'", T_DOC_BAD_TAG },
    { "did not find URI escaped octet", T_DOC_BAD_TAG },
    { "found an incorrect leading UTF-8 octet", T_DOC_BAD_TAG },
    { "found an incorrect trailing UTF-8 octet", T_DOC_BAD_TAG },
    { "found undefined tag handle", T_DOC_BAD_TAG },
    { "did not find expected whitespace or line break", T_DOC_BAD_TAG },
    { "did not find expected whitespace", T_DOC_BAD_DIRECTIVE },
    { "could not find expected directive name", T_DOC_BAD_DIRECTIVE },
    { "found unexpected non-alphabetical character", T_DOC_BAD_DIRECTIVE },
    { "found unknown directive name", T_DOC_BAD_DIRECTIVE },
    { "did not find expected version number", T_DOC_BAD_DIRECTIVE },
    { "found extremely long version number", T_DOC_BAD_DIRECTIVE },
    { "did not find expected digit or '.' character", T_DOC_BAD_DIRECTIVE },
    { "found duplicate %TAG directive", T_DOC_BAD_DIRECTIVE },
    { "found duplicate %YAML directive", T_DOC_BAD_DIRECTIVE },
    { "found incompatible YAML document", T_DOC_BAD_DIRECTIVE },
    { "did not find expected <document start>", T_DOC_SECOND_DOCUMENT },
};

TextId doc_problem_text(const char *problem)
{
    for (size_t i = 0; problem != NULL && i < COUNTOF(problems); i++) {
        if (strcmp(problems[i].words, problem) == 0) {
            return problems[i].text;
        }
    }
    return T_DOC_OTHER_PROBLEM;
}

/* How the line of a byte begins, as much of it as a message has room for. */
static void add_line_begin(StrBuf *out, Str text, size_t at)
{
    enum { LINE_COLS = 40 };
    size_t start = span_line_start(text, at);
    Str line = str_trim(str_sub(text, start == 0 ? span_bom(text) : start, span_line_end(text, start)));
    Str shown = utf8_fit(line, LINE_COLS);
    strbuf_add(out, str_trim(shown));
    strbuf_add(out, shown.n_bytes < line.n_bytes ? STR("…") : (Str){ 0 });
}

void doc_break_unclosed(Doc *doc, TextId text, size_t open, size_t noticed)
{
    StrBuf line = { 0 };
    int at_line;
    int at_col;
    char bracket = open < doc->text.n_bytes ? doc->text.at[open] : '[';
    doc_place(doc, noticed, &at_line, &at_col);
    add_line_begin(&line, doc->text, open);
    TextArg args[] = { TEXT_STR(strbuf_str(&line)), TEXT_NUM(at_line), TEXT_STR(bracket == '{' ? STR("{") : STR("[")),
                       TEXT_STR(bracket == '{' ? STR("}") : STR("]")) };
    doc_break(doc, open, text, args, COUNTOF(args));
    strbuf_done(&line);
}
