#include "vekha/base/diff3.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vekha/base/mem.h"
#include "vekha/base/vec.h"

enum { BUDGET_TIMES = 64 };

typedef VEC(Str) Lines; /* each with its line break */

/* Of each line of the base, the same line of the other text, or SIZE_MAX; they rise. */
typedef VEC(size_t) Matches;

/* Lines of two texts, to be matched: from a up to a_end, from b up to b_end. */
typedef struct Range {
    size_t a, a_end, b, b_end;
} Range;

typedef struct Matcher {
    const Lines *a, *b;
    size_t *match;
    VEC(Range) todo; /* instead of recursion: hostile texts would go deep */
    size_t budget;   /* lines that may still be looked up; when it is used up, what is left counts as changed */
} Matcher;

/* Where the lines of one hash stand in the range, counted from 1; 0: nowhere, many: at more than one place. */
typedef struct Slot {
    unsigned long long hash;
    uint32_t a, b;
} Slot;

typedef struct Slots {
    Slot *at;
    size_t mask, probes; /* probes: that are still made; hostile lines may all want the same slot */
} Slots;

static const uint32_t many = UINT32_MAX;

/* A line that stands once in either text. */
typedef struct Pair {
    size_t a, b;
    size_t before; /* in the longest rising sequence that ends here */
} Pair;

typedef VEC(Pair) Pairs;

/* Eight bytes at a time; the steps are those of splitmix64's finalizer. */
static unsigned long long hash_line(Str line)
{
    unsigned long long hash = line.n_bytes;
    while (line.n_bytes > 0) {
        unsigned long long word = 0;
        size_t n = line.n_bytes < sizeof word ? line.n_bytes : sizeof word;
        memcpy(&word, line.at, n);
        line = str_from(line, n);
        hash = (hash ^ word) * 0xBF58476D1CE4E5B9ULL;
        hash = (hash ^ hash >> 29) * 0x94D049BB133111EBULL;
        hash ^= hash >> 32;
    }
    return hash;
}

static void split(Str text, Lines *out)
{
    enum { USUAL_BYTES = 32 };
    vec_reserve(out, text.n_bytes / USUAL_BYTES + 1);
    while (text.n_bytes > 0) {
        size_t end = str_find_char(text, '\n', 0);
        size_t n = end == SIZE_MAX ? text.n_bytes : end + 1;
        Str line = str_sub(text, 0, n);
        vec_push(out, line);
        text = str_from(text, n);
    }
}

/* The slot of that hash, maybe an empty one; NULL: it was looked for long enough. */
static Slot *find_slot(Slots *slots, unsigned long long hash)
{
    for (size_t i = hash & slots->mask; slots->probes > 0; i = (i + 1) & slots->mask, slots->probes--) {
        Slot *slot = &slots->at[i];
        if (slot->hash == hash || (slot->a == 0 && slot->b == 0)) {
            slot->hash = hash;
            return slot;
        }
    }
    return NULL;
}

static void fill_slots(Slots *slots, const Lines *lines, size_t from, size_t to, bool in_b)
{
    for (size_t i = from; i < to; i++) {
        Slot *slot = find_slot(slots, hash_line(lines->at[i]));
        if (slot != NULL) {
            uint32_t *place = in_b ? &slot->b : &slot->a;
            *place = *place == 0 ? (uint32_t)i + 1 : many;
        }
    }
}

/* The lines of the range that stand once in either text, in the order of the first. */
static void find_unique(const Matcher *matcher, const Range *range, Pairs *out)
{
    enum { PROBES_EACH = 16 };
    size_t n = range->a_end - range->a + range->b_end - range->b;
    Slots slots = { .mask = 1, .probes = PROBES_EACH * n };
    while (slots.mask < n) {
        slots.mask = slots.mask * 2 + 1;
    }
    slots.at = mem_new((slots.mask + 1) * sizeof *slots.at);
    fill_slots(&slots, matcher->a, range->a, range->a_end, false);
    fill_slots(&slots, matcher->b, range->b, range->b_end, true);
    for (size_t i = range->a; i < range->a_end; i++) {
        const Slot *slot = find_slot(&slots, hash_line(matcher->a->at[i]));
        bool is_pair = slot != NULL && slot->a == i + 1 && slot->b != 0 && slot->b != many;
        if (is_pair && str_eq(matcher->a->at[i], matcher->b->at[slot->b - 1])) {
            vec_push(out, (Pair){ i, slot->b - 1, SIZE_MAX });
        }
    }
    free(slots.at);
}

/* Leaves the longest sequence of pairs that rises in both texts. */
static void keep_rising(Pairs *pairs)
{
    VEC(size_t) tops = { 0 }; /* of each length, the pair with the least end */
    for (size_t i = 0; i < pairs->n; i++) {
        size_t low = 0;
        size_t high = tops.n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (pairs->at[tops.at[middle]].b < pairs->at[i].b) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        pairs->at[i].before = low > 0 ? tops.at[low - 1] : SIZE_MAX;
        if (low == tops.n) {
            vec_push(&tops, i);
        } else {
            tops.at[low] = i;
        }
    }
    Pairs kept = { 0 };
    vec_reserve(&kept, tops.n);
    kept.n = tops.n;
    size_t at = tops.n > 0 ? tops.at[tops.n - 1] : SIZE_MAX;
    for (size_t i = tops.n; i > 0; i--) {
        kept.at[i - 1] = pairs->at[at];
        at = pairs->at[at].before;
    }
    vec_done(&tops);
    vec_done(pairs);
    *pairs = kept;
}

static size_t least(size_t x, size_t y)
{
    return x < y ? x : y;
}

/* Are those lines of the range alike, as many of them? */
static bool are_same(const Matcher *matcher, size_t a, size_t b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(matcher->a->at[a + i], matcher->b->at[b + i])) {
            return false;
        }
    }
    return true;
}

enum { FEW = 3, ENOUGH = 8 };

/* How many lines were replaced by as many, with enough equal ones behind (or, backwards, in front); 0: it is not that. */
static size_t count_replaced(const Matcher *matcher, const Range *range, bool is_backwards)
{
    size_t n = least(range->a_end - range->a, range->b_end - range->b);
    for (size_t few = 1; few <= FEW && few + ENOUGH <= n; few++) {
        size_t a = is_backwards ? range->a_end - few - ENOUGH : range->a + few;
        size_t b = is_backwards ? range->b_end - few - ENOUGH : range->b + few;
        if (are_same(matcher, a, b, ENOUGH)) {
            return few;
        }
    }
    return 0;
}

/* Matches the lines that the range begins and ends with in both texts, past those that one text only replaces: most of two texts
 * is alike, and needs no search. */
static void match_ends(Matcher *matcher, Range *range)
{
    size_t skip = 0;
    do {
        range->a += skip;
        range->b += skip;
        while (range->a < range->a_end && range->b < range->b_end && str_eq(matcher->a->at[range->a], matcher->b->at[range->b])) {
            matcher->match[range->a++] = range->b++;
        }
        skip = count_replaced(matcher, range, false);
    } while (skip > 0);
    do {
        range->a_end -= skip;
        range->b_end -= skip;
        while (range->a < range->a_end && range->b < range->b_end &&
               str_eq(matcher->a->at[range->a_end - 1], matcher->b->at[range->b_end - 1])) {
            matcher->match[--range->a_end] = --range->b_end;
        }
        skip = count_replaced(matcher, range, true);
    } while (skip > 0);
}

static void match_range(Matcher *matcher, Range range)
{
    Pairs pairs = { 0 };
    match_ends(matcher, &range);
    size_t n = range.a_end - range.a + range.b_end - range.b;
    if (range.a == range.a_end || range.b == range.b_end || n > matcher->budget) {
        return;
    }
    matcher->budget -= n;
    find_unique(matcher, &range, &pairs);
    keep_rising(&pairs);
    for (size_t i = 0; i < pairs.n; i++) {
        matcher->match[pairs.at[i].a] = pairs.at[i].b;
        if (range.a < pairs.at[i].a && range.b < pairs.at[i].b) {
            vec_push(&matcher->todo, (Range){ range.a, pairs.at[i].a, range.b, pairs.at[i].b });
        }
        range.a = pairs.at[i].a + 1;
        range.b = pairs.at[i].b + 1;
    }
    if (pairs.n > 0) {
        vec_push(&matcher->todo, range);
    }
    vec_done(&pairs);
}

static void match_lines(const Lines *a, const Lines *b, Matches *out)
{
    vec_reserve(out, a->n + 1);
    out->n = a->n;
    for (size_t i = 0; i < a->n; i++) {
        out->at[i] = SIZE_MAX;
    }
    Matcher matcher = { .a = a, .b = b, .match = out->at, .budget = (size_t)BUDGET_TIMES * (a->n + b->n) };
    vec_push(&matcher.todo, (Range){ 0, a->n, 0, b->n });
    while (matcher.todo.n > 0) {
        match_range(&matcher, matcher.todo.at[--matcher.todo.n]);
    }
    vec_done(&matcher.todo);
}

/* Of lines that are none, an empty text where they would stand. */
static Str lines_text(const Lines *lines, size_t from, size_t to)
{
    if (lines->n == 0) {
        return (Str){ 0 };
    }
    Str last = lines->at[lines->n - 1];
    const char *begin = from < lines->n ? lines->at[from].at : last.at + last.n_bytes;
    const char *end = to < lines->n ? lines->at[to].at : last.at + last.n_bytes;
    return (Str){ begin, (size_t)(end - begin) };
}

/* What comes of both, and of what text in ours it is made. */
typedef struct Output {
    StrBuf *text;
    Diff3Pieces *pieces; /* NULL: not wanted */
    Str ours;
} Output;

/* Takes the change of one side; false if both made one, and not the same. */
static bool add_chunk(const Output *out, Str base, Str ours, Str theirs)
{
    bool is_theirs = str_eq(ours, base);
    bool is_one = is_theirs || str_eq(theirs, base) || str_eq(ours, theirs);
    if (out->pieces != NULL && is_theirs && !str_eq(base, theirs)) {
        size_t from = out->ours.n_bytes > 0 ? (size_t)(ours.at - out->ours.at) : 0;
        vec_push(out->pieces, (Diff3Piece){ from, from + ours.n_bytes, theirs });
    }
    strbuf_add(out->text, is_theirs ? theirs : ours);
    return is_one;
}

static bool merge_lines(const Lines *base, const Lines *ours, const Lines *theirs, const Matches *mine, const Matches *other,
                        const Output *out)
{
    size_t b = 0;
    size_t o = 0;
    size_t t = 0;
    for (size_t i = 0; i <= base->n; i++) {
        bool is_end = i == base->n;
        if (!is_end && (mine->at[i] == SIZE_MAX || other->at[i] == SIZE_MAX)) {
            continue;
        }
        size_t o_end = is_end ? ours->n : mine->at[i];
        size_t t_end = is_end ? theirs->n : other->at[i];
        if (!add_chunk(out, lines_text(base, b, i), lines_text(ours, o, o_end), lines_text(theirs, t, t_end))) {
            return false;
        }
        if (!is_end) {
            strbuf_add(out->text, base->at[i]);
            b = i + 1;
            o = o_end + 1;
            t = t_end + 1;
        }
    }
    return true;
}

bool diff3_merge(Str base, Str ours, Str theirs, StrBuf *out, Diff3Pieces *pieces)
{
    Lines lines[3] = { 0 };
    Matches mine = { 0 };
    Matches other = { 0 };
    size_t begin = out->n_bytes;
    split(base, &lines[0]);
    split(ours, &lines[1]);
    split(theirs, &lines[2]);
    match_lines(&lines[0], &lines[1], &mine);
    match_lines(&lines[0], &lines[2], &other);
    bool ok = merge_lines(&lines[0], &lines[1], &lines[2], &mine, &other, &(Output){ out, pieces, ours });
    if (!ok) {
        strbuf_cut(out, begin);
        if (pieces != NULL) {
            vec_clear(pieces);
        }
    }
    vec_done(&mine);
    vec_done(&other);
    for (size_t i = 0; i < 3; i++) {
        vec_done(&lines[i]);
    }
    return ok;
}
