#include <stdint.h>

#include "vekha/store/journal_say.h"
#include "vekha/store/restore.h"

static void add_name(StrBuf *out, Lang lang, const Plan *plan, const RestoreNote *note)
{
    const Event *event = note->event < plan->events.n ? &plan->events.at[note->event] : NULL;
    if (event != NULL && event->no.n_bytes == 0) {
        text_put(out, lang, T_RESTORE_TITLE, TEXT_STR(journal_title(event->title)));
    } else if (event != NULL || note->name.n_bytes > 0) {
        text_put(out, lang, T_RESTORE_NO, TEXT_STR(event != NULL ? event->no : note->name));
    } else {
        strbuf_add(out, text_get(lang, T_RESTORE_THE_PLAN));
    }
}

void restore_add_note(StrBuf *out, Lang lang, const Plan *plan, const RestoreNote *note)
{
    static const TextId texts[] = {
        [RESTORE_OUTSIDE] = T_RESTORE_OUTSIDE, [RESTORE_CUT] = T_RESTORE_CUT,     [RESTORE_BAD] = T_RESTORE_BAD,
        [RESTORE_PLACE] = T_RESTORE_PLACE,     [RESTORE_TWINS] = T_RESTORE_TWINS,
    };
    StrBuf name = { 0 };
    bool is_whole = note->kind == RESTORE_CUT && note->field.n_bytes == 0;
    StrBuf field = { 0 };
    add_name(&name, lang, plan, note);
    journal_add_field(&field, lang, plan, note->field, note->event < plan->events.n || note->name.n_bytes > 0);
    text_put(out, lang, is_whole ? T_RESTORE_CUT_EVENT : texts[note->kind], TEXT_STR(strbuf_str(&name)),
             TEXT_STR(strbuf_str(&field)));
    strbuf_done(&name);
    strbuf_done(&field);
}
