#include "cli/edit_priv.h"
#include "vekha/core/renumber.h"

/* «5 → 6»: what became of a number, of events and sections alike */
static void add_one(StrBuf *out, const Change *change)
{
    strbuf_add(out, out->n_bytes > 0 ? STR(", ") : (Str){ 0 });
    strbuf_add(out, change->edits[0].before);
    strbuf_add(out, STR(" → "));
    strbuf_add(out, change->edits[0].after);
}

static void say_renumbered(Cli *cli, Str label, const ChangeVec *changes, NumberStyle style)
{
    enum { SHOWN = 12 };
    StrBuf line = { 0 };
    text_put(&line, cli_lang(cli), T_CLI_RENUMBERED, TEXT_STR(label), TEXT_NUM(changes->n), TEXT_ROW(number_style_text(style)));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_clear(&line);
    for (size_t i = 0; i < changes->n && i < SHOWN; i++) {
        add_one(&line, &changes->at[i]);
    }
    strbuf_add(&line, changes->n > SHOWN ? STR(", …") : (Str){ 0 });
    cli_put_indented(cli, 4, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

static void say_in_order(Cli *cli, Str label, const Plan *plan)
{
    StrBuf line = { 0 };
    size_t n_rest = plan_unnumbered(plan);
    text_put(&line, cli_lang(cli), n_rest > 0 ? T_NUMBERS_IN_ORDER_REST : T_NUMBERS_IN_ORDER, TEXT_STR(label), TEXT_NUM(n_rest));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

/* The change that found another number than it knew: which one, the conflict says by its values alone. */
static const Change *failed_one(const ChangeVec *changes, const Err *err)
{
    for (size_t i = 0; i < changes->n && err->text == T_CHANGE_CONFLICT; i++) {
        const FieldEdit *edit = &changes->at[i].edits[0];
        if (str_eq(edit->before, err->args[2].str) && str_eq(edit->after, err->args[3].str)) {
            return &changes->at[i];
        }
    }
    return &changes->at[0];
}

static void renumber(Cli *cli, const PlanFile *file)
{
    Err err = { 0 };
    ChangeVec changes = { 0 };
    NumberStyle style;
    Str label = arena_copy(&cli->arena, plan_label(file));
    if (!plan_renumber(file->plan, cli->options.from_number, &cli->arena, &changes, &style, &err)) {
        (void)cli_fail(cli, &err);
    } else if (style == NUMBERS_NONE) {
        said_line(cli, T_CLI_HAS_NO_NUMBERS, label, plans_hint(cli));
    } else if (changes.n == 0) {
        say_in_order(cli, label, file->plan);
    } else if (store_apply_all(cli->store, 0, (ChangeSet){ changes.at, changes.n }, NULL, &err)) {
        say_renumbered(cli, label, &changes, style);
    } else {
        (void)said_failure(cli, plan_at(cli, 0), failed_one(&changes, &err), &err);
    }
    vec_done(&changes);
}

void cmd_renumber(Cli *cli)
{
    const PlanFile *file = plan_to_change(cli);
    if (file != NULL) {
        renumber(cli, file);
    }
}
