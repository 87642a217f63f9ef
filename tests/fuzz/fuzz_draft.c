/* Any file, read as a draft: refused, or written again it reads the same. With an end put on by us the lines behind the sum are
 * reached. */
#include <stdint.h>
#include <stdlib.h>

#include "vekha/store/draft.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true) {
        abort();
    }
}

static bool same(const Draft *a, const Draft *b)
{
    return str_eq(a->plan, b->plan) && str_eq(a->who, b->who) && str_eq(a->event.id, b->event.id) &&
           str_eq(a->event.no, b->event.no) && str_eq(a->event.title, b->event.title) && a->event.index == b->event.index &&
           str_eq(a->prompt, b->prompt) && str_eq(a->field, b->field) && str_eq(a->before, b->before) &&
           str_eq(a->asked, b->asked) && str_eq(a->at, b->at) && str_eq(a->when, b->when) && str_eq(a->text, b->text) &&
           a->cursor == b->cursor && a->typed_s == b->typed_s;
}

static void try_one(Str content)
{
    Arena arena = { 0 };
    Draft draft;
    if (draft_parse(content, &arena, &draft)) {
        StrBuf written = { 0 };
        Draft again;
        require(draft.plan.n_bytes > 0 && draft.plan.at[0] == '/' && draft.prompt.n_bytes > 0);
        require(draft.cursor <= draft.text.n_bytes);
        draft_add(&written, &draft);
        require(written.n_bytes > DRAFT_MAX_BYTES || (draft_parse(strbuf_str(&written), &arena, &again) && same(&draft, &again)));
        strbuf_done(&written);
    }
    arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    StrBuf whole = { 0 };
    Str given = { (const char *)data, size };
    try_one(given);
    strbuf_add(&whole, given);
    strbuf_addf(&whole, "end\t%016llx\n", str_hash(given));
    try_one(strbuf_str(&whole));
    strbuf_done(&whole);
    return 0;
}
