#include "core/check_priv.h"
#include "vekha/base/utf8.h"

/* Words that have letters of two alphabets. */

typedef enum Script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_MARK } Script;

static Script script_of(uint32_t c)
{
    bool is_ascii = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (is_ascii || (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7)) {
        return SCRIPT_LATIN;
    }
    if (c >= 0x400 && c <= 0x52F) {
        return SCRIPT_CYRILLIC;
    }
    return c >= 0x300 && c <= 0x36F ? SCRIPT_MARK : SCRIPT_NONE; /* a stress mark or a breve is part of its letter */
}

/* Has the Cyrillic letter a Latin one that looks like it? */
static bool has_twin(uint32_t c)
{
    Str rest = STR("АВЕКМНОРСТУХІЅЈаеорсухіѕј");
    while (rest.n_bytes > 0) {
        if (utf8_next(&rest) == c) {
            return true;
        }
    }
    return false;
}

typedef struct MixedWord {
    Str word;
    size_t n_latin, n_cyrillic;
    bool all_twins; /* each Cyrillic letter could be a Latin one */
} MixedWord;

/* Takes the next word off rest: a run of letters. False at the end. */
static bool next_word(Str *rest, MixedWord *out)
{
    *out = (MixedWord){ .all_twins = true };
    while (rest->n_bytes > 0) {
        Str here = *rest;
        uint32_t c = utf8_next(rest);
        Script script = script_of(c);
        if (script == SCRIPT_NONE && out->word.n_bytes > 0) {
            return true;
        }
        if (script == SCRIPT_NONE) {
            continue;
        }
        out->word.at = out->word.n_bytes > 0 ? out->word.at : here.at;
        out->word.n_bytes += here.n_bytes - rest->n_bytes;
        out->n_latin += script == SCRIPT_LATIN;
        out->n_cyrillic += script == SCRIPT_CYRILLIC;
        out->all_twins = out->all_twins && (script != SCRIPT_CYRILLIC || has_twin(c));
    }
    return out->word.n_bytes > 0;
}

/* The letters of that alphabet: «i, o, n». */
static Str letters_of(const Check *check, Str word, Script script)
{
    StrBuf letters = { 0 };
    while (word.n_bytes > 0) {
        Str here = word;
        if (script_of(utf8_next(&word)) == script) {
            strbuf_add(&letters, letters.n_bytes > 0 ? STR(", ") : (Str){ 0 });
            strbuf_add(&letters, str_sub(here, 0, here.n_bytes - word.n_bytes));
        }
    }
    return check_kept(check, &letters);
}

/* By bytes, and for most words the answer is no: then nothing of them needs to be looked at closely. */
static bool may_have_latin(Str chunk)
{
    for (size_t i = 0; i < chunk.n_bytes; i++) {
        unsigned char c = (unsigned char)chunk.at[i];
        if ((c | 0x20U) - 'a' < 26 || (c >= 0xC3 && c <= 0xC9)) { /* those lead to U+00C0 to U+027F */
            return true;
        }
    }
    return false;
}

/* An address on the network may mix what it likes. */
static bool is_address(Str chunk)
{
    static const Str signs[] = { STR_INIT("://"), STR_INIT("@"),     STR_INIT("www."), STR_INIT(".ru"),  STR_INIT(".com"),
                                 STR_INIT(".рф"), STR_INIT("t.me/"), STR_INIT("vk."),  STR_INIT(".org"), STR_INIT("\\") };
    for (size_t i = 0; i < COUNTOF(signs); i++) {
        if (str_find(chunk, signs[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* «IУ», «ХI»: capitals that are numerals, or look like those. */
static bool is_numeral(Str word)
{
    while (word.n_bytes > 0) {
        Str here = word;
        (void)utf8_next(&word);
        if (str_find(STR("IVXLCDM"
                         "ІУХПШСМ"),
                     str_sub(here, 0, here.n_bytes - word.n_bytes), 0) == SIZE_MAX) {
            return false;
        }
    }
    return true;
}

enum { MAX_WORDS = 8 };

typedef struct Said {
    Str words[MAX_WORDS];
    unsigned n;
} Said;

static bool was_said(const Said *said, Str word)
{
    for (unsigned i = 0; i < said->n; i++) {
        if (str_eq(said->words[i], word)) {
            return true;
        }
    }
    return said->n == MAX_WORDS;
}

static void check_chunk(const Check *check, Str chunk, const Problem *at, Said *said)
{
    MixedWord mixed;
    while (next_word(&chunk, &mixed)) {
        if (mixed.n_latin == 0 || mixed.n_cyrillic == 0 || was_said(said, mixed.word)) {
            continue;
        }
        bool is_latin_word = mixed.n_cyrillic < mixed.n_latin && mixed.all_twins;
        Script foreign = is_latin_word ? SCRIPT_CYRILLIC : SCRIPT_LATIN;
        Str word = check_quote(check, mixed.word);
        Problem here = *at;
        here.order = said->n;
        TextId text = is_numeral(word) ? T_SCRIPT_NUMERAL : is_latin_word ? T_SCRIPT_CYRILLIC : T_SCRIPT_LATIN;
        check_say(check, &here, RULE_MIXED_SCRIPT, text, TEXT_STR(word), TEXT_STR(letters_of(check, word, foreign)));
        said->words[said->n++] = mixed.word;
    }
}

static void check_words(const Check *check, Str text, const Problem *at)
{
    Said said = { .n = 0 };
    while (text.n_bytes > 0) {
        Str chunk = str_cut(&text, ' ');
        if (may_have_latin(chunk) && !is_address(chunk)) {
            check_chunk(check, chunk, at, &said);
        }
    }
}

/* Numerals whose letters are all of the wrong alphabet: «П квартал» for «II квартал». */
static void check_numerals(const Check *check, size_t first)
{
    VEC(bool) is_said = { 0 };
    vec_reserve(&is_said, check->plan->events.n);
    for (size_t i = 0; i < check->plan->events.n; i++) {
        vec_push(&is_said, false);
    }
    for (size_t i = first; i < check->out->n; i++) {
        const Problem *found = &check->out->at[i];
        if (found->of == PROBLEM_OF_EVENT && found->field == FIELD_WHEN) {
            is_said.at[found->event] = true;
        }
    }
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        if (!is_said.at[i] && (event->due->deadline.warnings & 1U << DEADLINE_MIXED_SCRIPT) != 0) {
            Problem at = problem_at(i, FIELD_WHEN);
            check_say(check, &at, RULE_MIXED_SCRIPT, T_SCRIPT_WHEN, TEXT_STR(check_quote(check, event->when)));
        }
    }
    vec_done(&is_said);
}

void check_mixed_script(const Check *check)
{
    size_t first = check->out->n;
    check_each_text(check, check_words);
    check_numerals(check, first);
}
