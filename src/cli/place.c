#include <stdint.h>

#include "cli/edit_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/change_build.h"

static void add_path(StrBuf *out, const Plan *plan, int section)
{
    plan_add_section(out, plan, &(Event){ .section = section });
}

/* How well a text names a section; the better, the less. */
typedef enum SectionFit { FIT_WHOLE, FIT_NUMBER, FIT_PART, FIT_PATH_PART, FIT_NONE } SectionFit;

static bool is_number(Str no, Str text)
{
    no.n_bytes -= str_ends(no, STR(".")) ? 1 : 0;
    text.n_bytes -= str_ends(text, STR(".")) ? 1 : 0;
    return no.n_bytes > 0 && str_eq(no, text);
}

/* wanted is folded. */
static SectionFit fit_of(const Plan *plan, int index, Str text, Str wanted)
{
    const Section *section = &plan->sections.at[index];
    StrBuf path = { 0 };
    StrBuf title = { 0 };
    StrBuf whole = { 0 };
    add_path(&path, plan, index);
    utf8_add_folded(&whole, strbuf_str(&path));
    utf8_add_folded(&title, section->title);
    SectionFit fit = str_eq(strbuf_str(&title), wanted) || str_eq(strbuf_str(&whole), wanted) ? FIT_WHOLE
                     : is_number(section->no, text)                                           ? FIT_NUMBER
                     : str_find(strbuf_str(&title), wanted, 0) != SIZE_MAX                    ? FIT_PART
                     : str_find(strbuf_str(&whole), wanted, 0) != SIZE_MAX                    ? FIT_PATH_PART
                                                                                              : FIT_NONE;
    strbuf_done(&path);
    strbuf_done(&title);
    strbuf_done(&whole);
    return fit;
}

/* Sections, a line each: those that fit so well, or all. */
static void say_sections(const Plan *plan, const SectionFit *fits, SectionFit fit)
{
    enum { SHOWN = 20, PATH_COLS = 100 };
    StrBuf list = { 0 };
    StrBuf path = { 0 };
    size_t n = 0;
    for (size_t i = 0; i < plan->sections.n && n < SHOWN; i++) {
        if (fit == FIT_NONE || fits[i] == fit) {
            n++;
            strbuf_clear(&path);
            add_path(&path, plan, (int)i);
            strbuf_add(&list, STR("  "));
            utf8_add_visible(&list, utf8_fit(strbuf_str(&path), PATH_COLS));
            strbuf_add_char(&list, '\n');
        }
    }
    cli_say(strbuf_str(&list));
    strbuf_done(&list);
    strbuf_done(&path);
}

bool place_section(Cli *cli, const Plan *plan, Str text, int *out)
{
    Err err = { 0 };
    StrBuf wanted = { 0 };
    SectionFit best = FIT_NONE;
    size_t n_best = 0;
    *out = -1;
    if (str_is_blank(text)) {
        return true;
    }
    utf8_add_folded(&wanted, text);
    SectionFit *fits = arena_alloc(&cli->arena, (plan->sections.n + 1) * sizeof *fits);
    for (size_t i = 0; i < plan->sections.n; i++) {
        fits[i] = fit_of(plan, (int)i, text, strbuf_str(&wanted));
        if (fits[i] < best) {
            best = fits[i];
            n_best = 0;
        }
        if (fits[i] == best && best != FIT_NONE) {
            n_best++;
            *out = (int)i;
        }
    }
    strbuf_done(&wanted);
    if (n_best == 1) {
        return true;
    }
    TextId why = plan->sections.n == 0 ? T_CLI_NO_SECTIONS : n_best == 0 ? T_CLI_NO_SECTION : T_CLI_SEVERAL_SECTIONS;
    (void)err_set(&err, ERR_USAGE, why, TEXT_STR(text), TEXT_NUM(n_best));
    (void)cli_fail(cli, &err);
    say_sections(plan, fits, best);
    return false;
}

bool place_is_said(const PlaceSaid *said)
{
    return said->after.at != NULL || said->section.at != NULL || said->is_first;
}

bool place_read(Cli *cli, const PlanFile *file, const PlaceSaid *said, size_t near, EventPlace *out)
{
    Err err = { 0 };
    const Plan *plan = file->plan;
    int section = near != SIZE_MAX ? plan->events.at[near].section : (int)plan->sections.n - 1;
    size_t after;
    if (said->after.at != NULL && (said->section.at != NULL || said->is_first)) {
        (void)err_plain(&err, ERR_USAGE, T_CLI_TWO_PLACES);
        return cli_fail(cli, &err);
    }
    if (said->after.at != NULL) {
        if (!plan_event(cli, file, said->after, &after)) {
            return false;
        }
        *out = place_after(plan, after, &cli->arena);
        return true;
    }
    if (said->section.at != NULL && !place_section(cli, plan, said->section, &section)) {
        return false;
    }
    *out = said->is_first ? (EventPlace){ .section = section_ref(plan, section, &cli->arena), .is_first = true }
                          : place_at_end(plan, section, &cli->arena);
    return true;
}
