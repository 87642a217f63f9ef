#include "vekha/base/diff3.h"

#include <stdint.h>
#include <stdlib.h>

#include "vekha/base/mem.h"
#include "vekha/base/vec.h"

enum { BUDGET_TIMES = 64 };

typedef struct Line {
    Str text; /* with its line break */
    unsigned long long hash;
} Line;

typedef VEC(Line) Lines;

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
    size_t budget;   /* lines that may still be sorted; when it is used up, what is left counts as changed */
} Matcher;

/* A line, where it stands, and in which of the texts. */
typedef struct Place {
    unsigned long long hash;
    size_t at;
    bool in_b;
} Place;

/* A line that stands once in either text. */
typedef struct Pair {
    size_t a, b;
    size_t before; /* in the longest rising sequence that ends here */
} Pair;

typedef VEC(Pair) Pairs;

static void split(Str text, Lines *out)
{
    while (text.n_bytes > 0) {
        size_t end = str_find_char(text, '\n', 0);
        size_t n = end == SIZE_MAX ? text.n_bytes : end + 1;
        Str line = str_sub(text, 0, n);
        vec_push(out, (Line){ line, str_hash(line) });
        text = str_from(text, n);
    }
}

static bool same(const Line *x, const Line *y)
{
    return x->hash == y->hash && str_eq(x->text, y->text);
}

static int by_hash(const void *left, const void *right)
{
    const Place *x = left;
    const Place *y = right;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    return x->in_b != y->in_b ? (x->in_b ? 1 : -1) : (x->at > y->at) - (x->at < y->at);
}

static int by_a(const void *left, const void *right)
{
    const Pair *x = left;
    const Pair *y = right;
    return (x->a > y->a) - (x->a < y->a);
}

static void add_unique(const Matcher *matcher, const Place *first, size_t n, Pairs *out)
{
    bool is_pair = n == 2 && !first[0].in_b && first[1].in_b;
    if (is_pair && same(&matcher->a->at[first[0].at], &matcher->b->at[first[1].at])) {
        vec_push(out, (Pair){ first[0].at, first[1].at, SIZE_MAX });
    }
}

/* The lines of the range that stand once in either text, in the order of the first. */
static void find_unique(const Matcher *matcher, const Range *range, Pairs *out)
{
    VEC(Place) places = { 0 };
    for (size_t i = range->a; i < range->a_end; i++) {
        vec_push(&places, (Place){ matcher->a->at[i].hash, i, false });
    }
    for (size_t i = range->b; i < range->b_end; i++) {
        vec_push(&places, (Place){ matcher->b->at[i].hash, i, true });
    }
    if (places.n > 1) {
        qsort(places.at, places.n, sizeof *places.at, by_hash);
    }
    for (size_t i = 0; i < places.n;) {
        size_t n = 1;
        while (i + n < places.n && places.at[i + n].hash == places.at[i].hash) {
            n++;
        }
        add_unique(matcher, &places.at[i], n, out);
        i += n;
    }
    vec_done(&places);
    if (out->n > 1) {
        qsort(out->at, out->n, sizeof *out->at, by_a);
    }
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

/* Matches the lines that the range begins and ends with in both texts. */
static void match_ends(Matcher *matcher, Range *range)
{
    while (range->a < range->a_end && range->b < range->b_end && same(&matcher->a->at[range->a], &matcher->b->at[range->b])) {
        matcher->match[range->a++] = range->b++;
    }
    while (range->a < range->a_end && range->b < range->b_end &&
           same(&matcher->a->at[range->a_end - 1], &matcher->b->at[range->b_end - 1])) {
        matcher->match[--range->a_end] = --range->b_end;
    }
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
        vec_push(&matcher->todo, (Range){ range.a, pairs.at[i].a, range.b, pairs.at[i].b });
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

static Str lines_text(const Lines *lines, size_t from, size_t to)
{
    if (from >= to) {
        return (Str){ 0 };
    }
    const char *begin = lines->at[from].text.at;
    Str last = lines->at[to - 1].text;
    return (Str){ begin, (size_t)(last.at + last.n_bytes - begin) };
}

/* Takes the change of one side; false if both made one, and not the same. */
static bool add_chunk(StrBuf *out, Str base, Str ours, Str theirs)
{
    bool is_one = str_eq(ours, base) || str_eq(theirs, base) || str_eq(ours, theirs);
    strbuf_add(out, str_eq(ours, base) ? theirs : ours);
    return is_one;
}

static bool merge_lines(const Lines *base, const Lines *ours, const Lines *theirs, const Matches *mine, const Matches *other,
                        StrBuf *out)
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
            strbuf_add(out, base->at[i].text);
            b = i + 1;
            o = o_end + 1;
            t = t_end + 1;
        }
    }
    return true;
}

bool diff3_merge(Str base, Str ours, Str theirs, StrBuf *out)
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
    bool ok = merge_lines(&lines[0], &lines[1], &lines[2], &mine, &other, out);
    if (!ok) {
        strbuf_cut(out, begin);
    }
    vec_done(&mine);
    vec_done(&other);
    for (size_t i = 0; i < 3; i++) {
        vec_done(&lines[i]);
    }
    return ok;
}
