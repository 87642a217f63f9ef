#include "vekha/core/status.h"

#include "vekha/base/utf8.h"

static const StatusInfo statuses[] = {
    [STATUS_PLANNED] = { STR_INIT("planned"), T_STATUS_PLANNED, T_STATUS_PLANNED_BRIEF, STR_INIT("○"), false },
    [STATUS_IN_PROGRESS] = { STR_INIT("in-progress"), T_STATUS_IN_PROGRESS, T_STATUS_IN_PROGRESS_BRIEF, STR_INIT("►"), false },
    [STATUS_DONE] = { STR_INIT("done"), T_STATUS_DONE, T_STATUS_DONE_BRIEF, STR_INIT("●"), true },
    [STATUS_CONFIRMED] = { STR_INIT("confirmed"), T_STATUS_CONFIRMED, T_STATUS_CONFIRMED_BRIEF, STR_INIT("√"), true },
    [STATUS_POSTPONED] = { STR_INIT("postponed"), T_STATUS_POSTPONED, T_STATUS_POSTPONED_BRIEF, STR_INIT("→"), false },
    [STATUS_CANCELLED] = { STR_INIT("cancelled"), T_STATUS_CANCELLED, T_STATUS_CANCELLED_BRIEF, STR_INIT("×"), true },
};
_Static_assert(COUNTOF(statuses) == STATUS_COUNT, "every status has a row");

static const StateInfo states[] = {
    [STATE_CLOSED] = { STR_INIT("closed"), T_STATE_CLOSED, T_STATE_CLOSED_BRIEF, STR_INIT("") },
    [STATE_UNDATED] = { STR_INIT("undated"), T_STATE_UNDATED, T_STATE_UNDATED_BRIEF, STR_INIT("") },
    [STATE_LATE] = { STR_INIT("late"), T_STATE_LATE, T_STATE_LATE_BRIEF, STR_INIT("!") },
    [STATE_SOON] = { STR_INIT("soon"), T_STATE_SOON, T_STATE_SOON_BRIEF, STR_INIT("▲") },
    [STATE_CURRENT] = { STR_INIT("current"), T_STATE_CURRENT, T_STATE_CURRENT_BRIEF, STR_INIT("◊") },
    [STATE_AHEAD] = { STR_INIT("ahead"), T_STATE_AHEAD, T_STATE_AHEAD_BRIEF, STR_INIT("") },
};
_Static_assert(COUNTOF(states) == STATE_COUNT, "every state has a row");

const StatusInfo *status_info(Status status)
{
    return &statuses[status];
}

const StateInfo *state_info(State state)
{
    return &states[state];
}

Str state_glyph(State state, Status status)
{
    bool shows_state = state == STATE_LATE || state == STATE_SOON || (state == STATE_CURRENT && status == STATUS_PLANNED);
    return shows_state ? states[state].glyph : statuses[status].glyph;
}

bool status_parse_name(Str name, Status *out)
{
    for (int i = 0; i < STATUS_COUNT; i++) {
        if (str_eq(name, statuses[i].name)) {
            *out = (Status)i;
            return true;
        }
    }
    return false;
}

static bool same_folded(Str folded, Str word)
{
    StrBuf other = { 0 };
    utf8_add_folded(&other, word);
    bool same = str_eq(folded, strbuf_str(&other));
    strbuf_done(&other);
    return same;
}

bool status_parse(Str word, Status *out)
{
    StrBuf folded = { 0 };
    utf8_add_folded(&folded, str_trim(word));
    bool found = status_parse_name(strbuf_str(&folded), out);
    for (int i = 0; i < STATUS_COUNT && !found; i++) {
        for (int lang = 0; lang < LANG_COUNT && !found; lang++) {
            found = same_folded(strbuf_str(&folded), text_get((Lang)lang, statuses[i].word)) ||
                    same_folded(strbuf_str(&folded), text_get((Lang)lang, statuses[i].brief));
            *out = found ? (Status)i : *out;
        }
    }
    strbuf_done(&folded);
    return found;
}

bool status_nearest(Str name, Status *out)
{
    enum { NEAR = 3 };
    size_t best = NEAR;
    for (int i = 0; i < STATUS_COUNT; i++) {
        size_t distance = str_distance(name, statuses[i].name, best);
        if (distance < best) {
            best = distance;
            *out = (Status)i;
        }
    }
    return best < NEAR;
}
