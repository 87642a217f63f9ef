#include <stdlib.h>
#include <string.h>

#include "core/check_priv.h"
#include "vekha/base/utf8.h"

/*
 * Parties that look like two spellings of one: the same but for blanks and punctuation, or for one letter inside a long word.
 * Letter case alone is no difference: in a list only the first one has a capital.
 *
 * Two words one slip apart have a text in common that lacks one letter of each. So each party brings all its texts that lack
 * one letter, as hashes; those that meet are compared. No party is compared with all others.
 */

enum { MIN_WORD = 6, MAX_LETTERS = 120, MAX_HASHES = 1 << 20 };

typedef struct Party {
    Str text;   /* as it is written first */
    Str folded; /* small letters, blanks one each */
    Str bare;   /* letters and digits alone */
    size_t event;
    unsigned item;
    int n_times;
    bool is_said;
} Party;

typedef VEC(Party) PartyVec;

typedef struct Letters {
    uint32_t at[MAX_LETTERS];
    int n;
} Letters;

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x45F);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static Str kept(Arena *arena, StrBuf *words)
{
    Str copy = arena_copy(arena, strbuf_str(words));
    strbuf_done(words);
    return copy;
}

static Str folded_of(Str text, Arena *arena)
{
    StrBuf folded = { 0 };
    StrBuf words = { 0 };
    utf8_add_folded(&folded, text);
    Str rest = strbuf_str(&folded);
    while (rest.n_bytes > 0) {
        Str word = str_cut(&rest, ' ');
        strbuf_add(&words, words.n_bytes > 0 && word.n_bytes > 0 ? STR(" ") : (Str){ 0 });
        strbuf_add(&words, word);
    }
    strbuf_done(&folded);
    return kept(arena, &words);
}

static Str bare_of(Str folded, Arena *arena)
{
    StrBuf bare = { 0 };
    while (folded.n_bytes > 0) {
        uint32_t c = utf8_next(&folded);
        if (is_letter(c) || is_digit(c)) {
            utf8_add(&bare, c);
        }
    }
    return kept(arena, &bare);
}

static int order_of(const Party *a, const Party *b)
{
    return a->event != b->event ? (a->event < b->event ? -1 : 1) : (a->item > b->item) - (a->item < b->item);
}

static int by_folded(const void *left, const void *right)
{
    int order = str_cmp(((const Party *)left)->folded, ((const Party *)right)->folded);
    return order != 0 ? order : order_of(left, right);
}

static int by_bare(const void *left, const void *right)
{
    int order = str_cmp(((const Party *)left)->bare, ((const Party *)right)->bare);
    return order != 0 ? order : by_folded(left, right);
}

/* Every spelling once, where it stands first, with how often it stands there. */
static void collect(const Plan *plan, Arena *arena, PartyVec *out)
{
    for (size_t i = 0; i < plan->events.n; i++) {
        const StrList *parties = &plan->events.at[i].responsible;
        for (size_t k = 0; k < parties->n; k++) {
            Party party = { .text = parties->at[k], .event = i, .item = (unsigned)k + 1, .n_times = 1 };
            party.folded = folded_of(party.text, arena);
            vec_push(out, party);
        }
    }
    if (out->n > 1) {
        qsort(out->at, out->n, sizeof *out->at, by_folded);
    }
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++) {
        if (n > 0 && str_eq(out->at[n - 1].folded, out->at[i].folded)) {
            out->at[n - 1].n_times++;
        } else {
            out->at[n++] = out->at[i];
        }
    }
    out->n = n;
    for (size_t i = 0; i < n; i++) {
        out->at[i].bare = bare_of(out->at[i].folded, arena);
    }
}

/* At the one that is rarer, or stands behind the other. */
static void say_pair(const Check *check, Party *a, Party *b)
{
    bool is_first = a->n_times != b->n_times ? a->n_times < b->n_times : order_of(a, b) > 0;
    Party *rare = is_first ? a : b;
    Party *usual = is_first ? b : a;
    if (rare->is_said) {
        return;
    }
    Problem at = problem_at(rare->event, FIELD_RESPONSIBLE);
    at.item = rare->item;
    rare->is_said = true;
    check_say(check, &at, RULE_SIMILAR_PARTY, T_SIMILAR_PARTY, TEXT_STR(check_quote(check, rare->text)),
              TEXT_STR(check_quote(check, usual->text)), TEXT_NUM(rare->n_times), TEXT_NUM(usual->n_times));
}

/* ---- One letter ---- */

static void letters_of(Str text, Letters *out)
{
    out->n = 0;
    while (text.n_bytes > 0 && out->n < MAX_LETTERS) {
        out->at[out->n++] = utf8_next(&text);
    }
    out->n = text.n_bytes > 0 ? 0 : out->n; /* too long to be looked at */
}

/* Is the place inside a long word of letters alone: not its first letter, nor at its end, where the case of a noun shows? */
static bool is_inside(const Letters *text, int at)
{
    enum { ENDING = 2 };
    int from = at;
    int to = at;
    while (from > 0 && (is_letter(text->at[from - 1]) || is_digit(text->at[from - 1]))) {
        from--;
    }
    while (to < text->n && (is_letter(text->at[to]) || is_digit(text->at[to]))) {
        to++;
    }
    for (int i = from; i < to; i++) {
        if (is_digit(text->at[i])) {
            return false;
        }
    }
    return to - from >= MIN_WORD && at > from && at < to - ENDING;
}

/* One letter more, less, another, or two that changed places. */
static bool is_one_slip(const Letters *a, const Letters *b)
{
    int head = 0;
    int tail = 0;
    while (head < a->n && head < b->n && a->at[head] == b->at[head]) {
        head++;
    }
    while (tail < a->n - head && tail < b->n - head && a->at[a->n - 1 - tail] == b->at[b->n - 1 - tail]) {
        tail++;
    }
    int left = a->n - head - tail;
    int right = b->n - head - tail;
    bool is_swap = left == 2 && right == 2 && a->at[head] == b->at[head + 1] && a->at[head + 1] == b->at[head];
    bool is_slip = is_swap || (left <= 1 && right <= 1 && left + right > 0);
    return is_slip && is_inside(a, head) && is_inside(b, head);
}

typedef struct Lacking {
    unsigned long long hash;
    uint32_t party;
} Lacking;

typedef VEC(Lacking) LackingVec;

static int by_hash(const void *left, const void *right)
{
    const Lacking *a = left;
    const Lacking *b = right;
    return a->hash != b->hash ? (a->hash < b->hash ? -1 : 1) : (a->party > b->party) - (a->party < b->party);
}

enum { HASH_FACTOR = 1000003 };

/* The hashes of the whole text and of all that lack one letter, in time in proportion to its length. */
static void add_lacking(const Letters *text, uint32_t party, LackingVec *out)
{
    unsigned long long tail[MAX_LETTERS + 1];
    unsigned long long power[MAX_LETTERS + 1];
    unsigned long long head = 0;
    tail[text->n] = 0;
    power[0] = 1;
    for (int i = 0; i < text->n; i++) {
        power[i + 1] = power[i] * HASH_FACTOR;
    }
    for (int i = text->n - 1; i >= 0; i--) { /* of the letters from i on, read as digits */
        tail[i] = text->at[i] * power[text->n - 1 - i] + tail[i + 1];
    }
    vec_push(out, (Lacking){ tail[0], party });
    for (int i = 0; i < text->n; i++) {
        vec_push(out, (Lacking){ head * power[text->n - 1 - i] + tail[i + 1], party });
        head = head * HASH_FACTOR + text->at[i];
    }
}

/* Those that have a hash in common, each with the one before it. */
static void compare_neighbours(const Check *check, PartyVec *parties, const LackingVec *hashes)
{
    for (size_t i = 1; i < hashes->n; i++) {
        const Lacking *here = &hashes->at[i];
        const Lacking *before = &hashes->at[i - 1];
        Letters a;
        Letters b;
        if (here->hash != before->hash || here->party == before->party) {
            continue;
        }
        letters_of(parties->at[before->party].folded, &a);
        letters_of(parties->at[here->party].folded, &b);
        if (is_one_slip(&a, &b)) {
            say_pair(check, &parties->at[before->party], &parties->at[here->party]);
        }
    }
}

static void check_letters(const Check *check, PartyVec *parties)
{
    LackingVec hashes = { 0 };
    Letters letters;
    for (size_t i = 0; i < parties->n && hashes.n < MAX_HASHES; i++) {
        letters_of(parties->at[i].folded, &letters);
        if (letters.n >= MIN_WORD) {
            add_lacking(&letters, (uint32_t)i, &hashes);
        }
    }
    if (hashes.n > 1) {
        qsort(hashes.at, hashes.n, sizeof *hashes.at, by_hash);
    }
    compare_neighbours(check, parties, &hashes);
    vec_done(&hashes);
}

void check_similar_party(const Check *check)
{
    Arena arena = { 0 };
    PartyVec parties = { 0 };
    collect(check->plan, &arena, &parties);
    if (parties.n > 1) {
        qsort(parties.at, parties.n, sizeof *parties.at, by_bare);
    }
    for (size_t i = 1; i < parties.n; i++) {
        if (parties.at[i].bare.n_bytes > 0 && str_eq(parties.at[i - 1].bare, parties.at[i].bare)) {
            say_pair(check, &parties.at[i - 1], &parties.at[i]);
        }
    }
    check_letters(check, &parties);
    vec_done(&parties);
    arena_done(&arena);
}
