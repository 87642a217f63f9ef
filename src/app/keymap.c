#include "vekha/app/keymap.h"

#include <assert.h>
#include <stdlib.h>

#include "vekha/app/layout.h"
#include "vekha/base/utf8.h"
#include "vekha/base/vec.h"

/* Letters are Latin here; a Russian letter is the Latin one of its key (layout.h). */
static const BindingRow bindings[] = {
    { SCOPE_GLOBAL, STR_INIT("1"), STR_INIT("view-plans") },
    { SCOPE_GLOBAL, STR_INIT("2"), STR_INIT("view-events") },
    { SCOPE_GLOBAL, STR_INIT("3"), STR_INIT("view-timeline") },
    { SCOPE_GLOBAL, STR_INIT("F3"), STR_INIT("view-timeline") },
    { SCOPE_GLOBAL, STR_INIT("4"), STR_INIT("view-card") },
    { SCOPE_EVENTS, STR_INIT("Enter"), STR_INIT("view-card") },
    { SCOPE_TIMELINE, STR_INIT("Enter"), STR_INIT("view-card") },
    { SCOPE_MONTH, STR_INIT("Enter"), STR_INIT("view-card") },
    { SCOPE_GLOBAL, STR_INIT("5"), STR_INIT("view-month") },
    { SCOPE_GLOBAL, STR_INIT("F5"), STR_INIT("view-month") },
    { SCOPE_GLOBAL, STR_INIT("8"), STR_INIT("view-journal") },
    { SCOPE_JOURNAL, STR_INIT("Enter"), STR_INIT("journal-open") },
    { SCOPE_PLANS, STR_INIT("Enter"), STR_INIT("open") },
    { SCOPE_GLOBAL, STR_INIT("Esc"), STR_INIT("back") },
    { SCOPE_GLOBAL, STR_INIT("q"), STR_INIT("leave") },

    { SCOPE_GLOBAL, STR_INIT("Up"), STR_INIT("up") },
    { SCOPE_GLOBAL, STR_INIT("k"), STR_INIT("up") },
    { SCOPE_GLOBAL, STR_INIT("Down"), STR_INIT("down") },
    { SCOPE_GLOBAL, STR_INIT("j"), STR_INIT("down") },
    { SCOPE_GLOBAL, STR_INIT("PgUp"), STR_INIT("page-up") },
    { SCOPE_GLOBAL, STR_INIT("Ctrl-B"), STR_INIT("page-up") },
    { SCOPE_GLOBAL, STR_INIT("PgDn"), STR_INIT("page-down") },
    { SCOPE_GLOBAL, STR_INIT("Ctrl-F"), STR_INIT("page-down") },
    { SCOPE_GLOBAL, STR_INIT("Home"), STR_INIT("first") },
    { SCOPE_GLOBAL, STR_INIT("g"), STR_INIT("first") },
    { SCOPE_GLOBAL, STR_INIT("End"), STR_INIT("last") },
    { SCOPE_GLOBAL, STR_INIT("G"), STR_INIT("last") },
    { SCOPE_GLOBAL, STR_INIT("{"), STR_INIT("section-up") },
    { SCOPE_GLOBAL, STR_INIT("}"), STR_INIT("section-down") },
    { SCOPE_TIMELINE, STR_INIT("Left"), STR_INIT("scroll-left") },
    { SCOPE_TIMELINE, STR_INIT("h"), STR_INIT("scroll-left") },
    { SCOPE_TIMELINE, STR_INIT("Right"), STR_INIT("scroll-right") },
    { SCOPE_TIMELINE, STR_INIT("l"), STR_INIT("scroll-right") },
    { SCOPE_TIMELINE, STR_INIT("c"), STR_INIT("go-today") },
    { SCOPE_TIMELINE, STR_INIT("+"), STR_INIT("zoom-in") },
    { SCOPE_TIMELINE, STR_INIT("="), STR_INIT("zoom-in") },
    { SCOPE_TIMELINE, STR_INIT("-"), STR_INIT("zoom-out") },
    { SCOPE_TIMELINE, STR_INIT("["), STR_INIT("occurrence-previous") },
    { SCOPE_TIMELINE, STR_INIT("]"), STR_INIT("occurrence-next") },
    { SCOPE_MONTH, STR_INIT("Left"), STR_INIT("scroll-left") },
    { SCOPE_MONTH, STR_INIT("h"), STR_INIT("scroll-left") },
    { SCOPE_MONTH, STR_INIT("Right"), STR_INIT("scroll-right") },
    { SCOPE_MONTH, STR_INIT("l"), STR_INIT("scroll-right") },
    { SCOPE_MONTH, STR_INIT("c"), STR_INIT("go-today") },
    { SCOPE_CARD, STR_INIT("Left"), STR_INIT("previous-event") },
    { SCOPE_CARD, STR_INIT("h"), STR_INIT("previous-event") },
    { SCOPE_CARD, STR_INIT("Right"), STR_INIT("next-event") },
    { SCOPE_CARD, STR_INIT("l"), STR_INIT("next-event") },

    { SCOPE_GLOBAL, STR_INIT("Space"), STR_INIT("mark") },
    { SCOPE_GLOBAL, STR_INIT("F2"), STR_INIT("status") },
    { SCOPE_GLOBAL, STR_INIT("s"), STR_INIT("status") },

    { SCOPE_GLOBAL, STR_INIT("t"), STR_INIT("edit-deadline") },
    { SCOPE_GLOBAL, STR_INIT("p"), STR_INIT("edit-note") },
    { SCOPE_GLOBAL, STR_INIT("e"), STR_INIT("edit") },
    { SCOPE_GLOBAL, STR_INIT("F4"), STR_INIT("edit") },
    { SCOPE_GLOBAL, STR_INIT("a"), STR_INIT("add") },
    { SCOPE_GLOBAL, STR_INIT("A"), STR_INIT("add-to-section") },
    { SCOPE_GLOBAL, STR_INIT("C"), STR_INIT("copy") },
    { SCOPE_GLOBAL, STR_INIT("d"), STR_INIT("delete") },
    { SCOPE_GLOBAL, STR_INIT("Del"), STR_INIT("delete") },
    { SCOPE_GLOBAL, STR_INIT("F8"), STR_INIT("delete") },
    { SCOPE_EVENTS, STR_INIT("J"), STR_INIT("move-down") },
    { SCOPE_EVENTS, STR_INIT("K"), STR_INIT("move-up") },
    { SCOPE_TIMELINE, STR_INIT("J"), STR_INIT("move-down") },
    { SCOPE_TIMELINE, STR_INIT("K"), STR_INIT("move-up") },
    { SCOPE_GLOBAL, STR_INIT("M"), STR_INIT("move-to-section") },
    { SCOPE_GLOBAL, STR_INIT("X"), STR_INIT("settle") },
    { SCOPE_GLOBAL, STR_INIT("#"), STR_INIT("renumber") },

    { SCOPE_GLOBAL, STR_INIT("u"), STR_INIT("undo") },
    { SCOPE_GLOBAL, STR_INIT("Ctrl-R"), STR_INIT("redo") },

    { SCOPE_GLOBAL, STR_INIT("o"), STR_INIT("only-late") },
    { SCOPE_GLOBAL, STR_INIT("m"), STR_INIT("this-month") },
    { SCOPE_GLOBAL, STR_INIT("w"), STR_INIT("whose") },
    { SCOPE_GLOBAL, STR_INIT("f"), STR_INIT("filter") },
    { SCOPE_GLOBAL, STR_INIT("0"), STR_INIT("no-filter") },
    { SCOPE_GLOBAL, STR_INIT("/"), STR_INIT("search") },
    { SCOPE_GLOBAL, STR_INIT("F7"), STR_INIT("search") },
    { SCOPE_GLOBAL, STR_INIT("n"), STR_INIT("search-next") },
    { SCOPE_GLOBAL, STR_INIT("N"), STR_INIT("search-previous") },
    { SCOPE_JOURNAL, STR_INIT("H"), STR_INIT("journal-event") },
    { SCOPE_JOURNAL, STR_INIT("S"), STR_INIT("journal-since") },
    { SCOPE_JOURNAL, STR_INIT("R"), STR_INIT("journal-restore") },
    { SCOPE_JOURNAL, STR_INIT("0"), STR_INIT("journal-all") },
    { SCOPE_JOURNAL, STR_INIT("Tab"), STR_INIT("pane") },
    { SCOPE_EVENTS, STR_INIT("Tab"), STR_INIT("pane") },
    { SCOPE_MONTH, STR_INIT("Tab"), STR_INIT("pane") },
    { SCOPE_EVENTS, STR_INIT("i"), STR_INIT("wrap") },

    { SCOPE_GLOBAL, STR_INIT("F9"), STR_INIT("menu") },
    { SCOPE_GLOBAL, STR_INIT(":"), STR_INIT("palette") },
    { SCOPE_GLOBAL, STR_INIT("Ctrl-P"), STR_INIT("palette") },
    { SCOPE_GLOBAL, STR_INIT("F1"), STR_INIT("help") },
    { SCOPE_GLOBAL, STR_INIT("?"), STR_INIT("help") },
    { SCOPE_GLOBAL, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
    { SCOPE_GLOBAL, STR_INIT("F10"), STR_INIT("quit") },

    { SCOPE_HELP, STR_INIT("Up"), STR_INIT("dialog-up") },
    { SCOPE_HELP, STR_INIT("k"), STR_INIT("dialog-up") },
    { SCOPE_HELP, STR_INIT("Down"), STR_INIT("dialog-down") },
    { SCOPE_HELP, STR_INIT("j"), STR_INIT("dialog-down") },
    { SCOPE_HELP, STR_INIT("PgUp"), STR_INIT("dialog-page-up") },
    { SCOPE_HELP, STR_INIT("PgDn"), STR_INIT("dialog-page-down") },
    { SCOPE_HELP, STR_INIT("Home"), STR_INIT("dialog-first") },
    { SCOPE_HELP, STR_INIT("g"), STR_INIT("dialog-first") },
    { SCOPE_HELP, STR_INIT("End"), STR_INIT("dialog-last") },
    { SCOPE_HELP, STR_INIT("G"), STR_INIT("dialog-last") },
    { SCOPE_HELP, STR_INIT("Space"), STR_INIT("dialog-page-down") },
    { SCOPE_HELP, STR_INIT("Enter"), STR_INIT("dialog-close") },
    { SCOPE_HELP, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_HELP, STR_INIT("q"), STR_INIT("dialog-close") },
    { SCOPE_HELP, STR_INIT("?"), STR_INIT("dialog-close") },
    { SCOPE_HELP, STR_INIT("F1"), STR_INIT("dialog-close") },
    { SCOPE_HELP, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
    { SCOPE_HELP, STR_INIT("F10"), STR_INIT("quit") },

    { SCOPE_OCCURRENCE, STR_INIT("Up"), STR_INIT("dialog-up") },
    { SCOPE_OCCURRENCE, STR_INIT("k"), STR_INIT("dialog-up") },
    { SCOPE_OCCURRENCE, STR_INIT("Down"), STR_INIT("dialog-down") },
    { SCOPE_OCCURRENCE, STR_INIT("j"), STR_INIT("dialog-down") },
    { SCOPE_OCCURRENCE, STR_INIT("PgUp"), STR_INIT("dialog-page-up") },
    { SCOPE_OCCURRENCE, STR_INIT("PgDn"), STR_INIT("dialog-page-down") },
    { SCOPE_OCCURRENCE, STR_INIT("Home"), STR_INIT("dialog-first") },
    { SCOPE_OCCURRENCE, STR_INIT("g"), STR_INIT("dialog-first") },
    { SCOPE_OCCURRENCE, STR_INIT("End"), STR_INIT("dialog-last") },
    { SCOPE_OCCURRENCE, STR_INIT("G"), STR_INIT("dialog-last") },
    { SCOPE_OCCURRENCE, STR_INIT("Enter"), STR_INIT("dialog-agree") },
    { SCOPE_OCCURRENCE, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_OCCURRENCE, STR_INIT("q"), STR_INIT("dialog-close") },
    { SCOPE_OCCURRENCE, STR_INIT("F2"), STR_INIT("dialog-agree") },
    { SCOPE_OCCURRENCE, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
    { SCOPE_OCCURRENCE, STR_INIT("F10"), STR_INIT("quit") },

    { SCOPE_STATUS, STR_INIT("1"), STR_INIT("status-planned") },
    { SCOPE_STATUS, STR_INIT("2"), STR_INIT("status-in-progress") },
    { SCOPE_STATUS, STR_INIT("3"), STR_INIT("status-done") },
    { SCOPE_STATUS, STR_INIT("4"), STR_INIT("status-confirmed") },
    { SCOPE_STATUS, STR_INIT("5"), STR_INIT("status-postponed") },
    { SCOPE_STATUS, STR_INIT("6"), STR_INIT("status-cancelled") },
    { SCOPE_STATUS, STR_INIT("Up"), STR_INIT("dialog-up") },
    { SCOPE_STATUS, STR_INIT("k"), STR_INIT("dialog-up") },
    { SCOPE_STATUS, STR_INIT("Down"), STR_INIT("dialog-down") },
    { SCOPE_STATUS, STR_INIT("j"), STR_INIT("dialog-down") },
    { SCOPE_STATUS, STR_INIT("Enter"), STR_INIT("dialog-agree") },
    { SCOPE_STATUS, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_STATUS, STR_INIT("q"), STR_INIT("dialog-close") },
    { SCOPE_STATUS, STR_INIT("F2"), STR_INIT("dialog-close") },
    { SCOPE_STATUS, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
    { SCOPE_STATUS, STR_INIT("F10"), STR_INIT("quit") },

    { SCOPE_CHOOSER, STR_INIT("Up"), STR_INIT("dialog-up") },
    { SCOPE_CHOOSER, STR_INIT("k"), STR_INIT("dialog-up") },
    { SCOPE_CHOOSER, STR_INIT("Down"), STR_INIT("dialog-down") },
    { SCOPE_CHOOSER, STR_INIT("j"), STR_INIT("dialog-down") },
    { SCOPE_CHOOSER, STR_INIT("PgUp"), STR_INIT("dialog-page-up") },
    { SCOPE_CHOOSER, STR_INIT("PgDn"), STR_INIT("dialog-page-down") },
    { SCOPE_CHOOSER, STR_INIT("Home"), STR_INIT("dialog-first") },
    { SCOPE_CHOOSER, STR_INIT("g"), STR_INIT("dialog-first") },
    { SCOPE_CHOOSER, STR_INIT("End"), STR_INIT("dialog-last") },
    { SCOPE_CHOOSER, STR_INIT("G"), STR_INIT("dialog-last") },
    { SCOPE_CHOOSER, STR_INIT("Enter"), STR_INIT("dialog-agree") },
    { SCOPE_CHOOSER, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_CHOOSER, STR_INIT("q"), STR_INIT("dialog-close") },
    { SCOPE_CHOOSER, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
    { SCOPE_CHOOSER, STR_INIT("F10"), STR_INIT("quit") },

    { SCOPE_PROMPT, STR_INIT("Enter"), STR_INIT("dialog-agree") },
    { SCOPE_PROMPT, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_PROMPT, STR_INIT("Up"), STR_INIT("typed-before") },
    { SCOPE_PROMPT, STR_INIT("Down"), STR_INIT("typed-after") },
    { SCOPE_PROMPT, STR_INIT("Ctrl-L"), STR_INIT("redraw") },

    { SCOPE_ASK, STR_INIT("1"), STR_INIT("answer-1") },
    { SCOPE_ASK, STR_INIT("2"), STR_INIT("answer-2") },
    { SCOPE_ASK, STR_INIT("3"), STR_INIT("answer-3") },
    { SCOPE_ASK, STR_INIT("Up"), STR_INIT("dialog-up") },
    { SCOPE_ASK, STR_INIT("k"), STR_INIT("dialog-up") },
    { SCOPE_ASK, STR_INIT("Down"), STR_INIT("dialog-down") },
    { SCOPE_ASK, STR_INIT("j"), STR_INIT("dialog-down") },
    { SCOPE_ASK, STR_INIT("PgUp"), STR_INIT("dialog-page-up") },
    { SCOPE_ASK, STR_INIT("PgDn"), STR_INIT("dialog-page-down") },
    { SCOPE_ASK, STR_INIT("Enter"), STR_INIT("dialog-agree") },
    { SCOPE_ASK, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_ASK, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
    { SCOPE_ASK, STR_INIT("F10"), STR_INIT("quit") },

    { SCOPE_DRAFT, STR_INIT("1"), STR_INIT("draft-continue") },
    { SCOPE_DRAFT, STR_INIT("2"), STR_INIT("draft-later") },
    { SCOPE_DRAFT, STR_INIT("3"), STR_INIT("draft-drop") },
    { SCOPE_DRAFT, STR_INIT("Up"), STR_INIT("dialog-up") },
    { SCOPE_DRAFT, STR_INIT("k"), STR_INIT("dialog-up") },
    { SCOPE_DRAFT, STR_INIT("Down"), STR_INIT("dialog-down") },
    { SCOPE_DRAFT, STR_INIT("j"), STR_INIT("dialog-down") },
    { SCOPE_DRAFT, STR_INIT("PgUp"), STR_INIT("dialog-page-up") },
    { SCOPE_DRAFT, STR_INIT("PgDn"), STR_INIT("dialog-page-down") },
    { SCOPE_DRAFT, STR_INIT("Enter"), STR_INIT("dialog-agree") },
    { SCOPE_DRAFT, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_DRAFT, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
    { SCOPE_DRAFT, STR_INIT("F10"), STR_INIT("quit") },

    { SCOPE_MENU, STR_INIT("Left"), STR_INIT("menu-left") },
    { SCOPE_MENU, STR_INIT("h"), STR_INIT("menu-left") },
    { SCOPE_MENU, STR_INIT("Right"), STR_INIT("menu-right") },
    { SCOPE_MENU, STR_INIT("l"), STR_INIT("menu-right") },
    { SCOPE_MENU, STR_INIT("Tab"), STR_INIT("menu-right") },
    { SCOPE_MENU, STR_INIT("Up"), STR_INIT("dialog-up") },
    { SCOPE_MENU, STR_INIT("k"), STR_INIT("dialog-up") },
    { SCOPE_MENU, STR_INIT("Down"), STR_INIT("dialog-down") },
    { SCOPE_MENU, STR_INIT("j"), STR_INIT("dialog-down") },
    { SCOPE_MENU, STR_INIT("PgUp"), STR_INIT("dialog-page-up") },
    { SCOPE_MENU, STR_INIT("PgDn"), STR_INIT("dialog-page-down") },
    { SCOPE_MENU, STR_INIT("Home"), STR_INIT("dialog-first") },
    { SCOPE_MENU, STR_INIT("g"), STR_INIT("dialog-first") },
    { SCOPE_MENU, STR_INIT("End"), STR_INIT("dialog-last") },
    { SCOPE_MENU, STR_INIT("G"), STR_INIT("dialog-last") },
    { SCOPE_MENU, STR_INIT("Enter"), STR_INIT("dialog-agree") },
    { SCOPE_MENU, STR_INIT("Esc"), STR_INIT("dialog-close") },
    { SCOPE_MENU, STR_INIT("q"), STR_INIT("dialog-close") },
    { SCOPE_MENU, STR_INIT("F9"), STR_INIT("dialog-close") },
    { SCOPE_MENU, STR_INIT("F10"), STR_INIT("dialog-close") },
    { SCOPE_MENU, STR_INIT("Ctrl-L"), STR_INIT("redraw") },
};

size_t binding_count(void)
{
    return COUNTOF(bindings);
}

const BindingRow *binding_at(size_t index)
{
    return &bindings[index];
}

/* Does the same key mean the same in another view, above in the table? */
bool binding_repeats(size_t index)
{
    const BindingRow *row = &bindings[index];
    for (size_t i = 0; i < index; i++) {
        if (bindings[i].scope < SCOPE_HELP && str_eq(bindings[i].key, row->key) && str_eq(bindings[i].command, row->command)) {
            return true;
        }
    }
    return false;
}

typedef struct BoundKey {
    Scope scope;
    Key key;
    const Command *command;
} BoundKey;

struct Keymap {
    VEC(BoundKey) keys;
};

Keymap *keymap_new(void)
{
    Keymap *keymap = mem_new(sizeof *keymap);
    for (size_t i = 0; i < COUNTOF(bindings); i++) {
        BoundKey bound = { .scope = bindings[i].scope, .command = command_find(bindings[i].command) };
        bool is_key = key_parse(bindings[i].key, &bound.key);
        assert(is_key && bound.command != NULL);
        (void)is_key;
        vec_push(&keymap->keys, bound);
    }
    return keymap;
}

void keymap_free(Keymap *keymap)
{
    if (keymap != NULL) {
        vec_done(&keymap->keys);
        free(keymap);
    }
}

static const Scope of_view[] = {
    [VIEW_PLANS] = SCOPE_PLANS, [VIEW_EVENTS] = SCOPE_EVENTS, [VIEW_TIMELINE] = SCOPE_TIMELINE,
    [VIEW_CARD] = SCOPE_CARD,   [VIEW_MONTH] = SCOPE_MONTH,   [VIEW_JOURNAL] = SCOPE_JOURNAL,
};
_Static_assert(COUNTOF(of_view) == VIEW_COUNT, "every view has a scope");

static const TextId view_titles[] = {
    [VIEW_PLANS] = T_VIEW_PLANS, [VIEW_EVENTS] = T_VIEW_EVENTS, [VIEW_TIMELINE] = T_VIEW_TIMELINE,
    [VIEW_CARD] = T_VIEW_CARD,   [VIEW_MONTH] = T_VIEW_MONTH,   [VIEW_JOURNAL] = T_VIEW_JOURNAL,
};
_Static_assert(COUNTOF(view_titles) == VIEW_COUNT, "every view has a title");

TextId keymap_view_title(ViewId view)
{
    return view_titles[view];
}

static bool is_bound(Scope scope, Str command)
{
    for (size_t i = 0; i < COUNTOF(bindings); i++) {
        if (bindings[i].scope == scope && str_eq(bindings[i].command, command)) {
            return true;
        }
    }
    return false;
}

bool keymap_is_own(const Session *session, Str command)
{
    return is_bound(of_view[session->view], command);
}

bool keymap_is_here(const Session *session, Str command)
{
    bool is_elsewhere = false;
    for (size_t view = 0; view < COUNTOF(of_view); view++) {
        is_elsewhere = is_elsewhere || is_bound(of_view[view], command);
    }
    return !is_elsewhere || is_bound(SCOPE_GLOBAL, command) || keymap_is_own(session, command);
}

void keymap_add_views(StrBuf *out, Lang lang, Str command)
{
    size_t begin = out->n_bytes;
    for (size_t view = 0; view < COUNTOF(of_view); view++) {
        if (is_bound(of_view[view], command)) {
            strbuf_add(out, out->n_bytes > begin ? STR(", ") : (Str){ 0 });
            strbuf_add(out, text_get(lang, view_titles[view]));
        }
    }
}

/* The scopes that hold now, innermost first; returns how many (1 to 2). An overlay hides the view. */
static int find_scopes(const Session *session, Scope scopes[2])
{
    static const Scope of_overlay[] = {
        [OVERLAY_HELP] = SCOPE_HELP,     [OVERLAY_OCCURRENCE] = SCOPE_OCCURRENCE,
        [OVERLAY_STATUS] = SCOPE_STATUS, [OVERLAY_CHOOSER] = SCOPE_CHOOSER,
        [OVERLAY_PROMPT] = SCOPE_PROMPT, [OVERLAY_MENU] = SCOPE_MENU,
        [OVERLAY_DRAFT] = SCOPE_DRAFT,   [OVERLAY_ASK] = SCOPE_ASK,
    };
    if (session->overlay != OVERLAY_NONE) {
        scopes[0] = of_overlay[session->overlay];
        return 1;
    }
    scopes[0] = of_view[session->view];
    scopes[1] = SCOPE_GLOBAL;
    return 2;
}

static const Command *find_in(const Keymap *keymap, Scope scope, Key key)
{
    for (size_t i = 0; i < keymap->keys.n; i++) {
        if (keymap->keys.at[i].scope == scope && key_eq(keymap->keys.at[i].key, key)) {
            return keymap->keys.at[i].command;
        }
    }
    return NULL;
}

const Command *keymap_find(const Keymap *keymap, const Session *session, Key key)
{
    Scope scopes[2];
    int n = find_scopes(session, scopes);
    bool types = session->overlay == OVERLAY_PROMPT || (session->overlay == OVERLAY_CHOOSER && session->chooser.narrows);
    if (types && (key_is_text(key) || key.kind == K_HOME || key.kind == K_END)) {
        return NULL;
    }
    Key latin = layout_command_key(key);
    for (int i = 0; i < n; i++) {
        const Command *command = find_in(keymap, scopes[i], latin);
        if (command != NULL) {
            return command;
        }
    }
    return NULL;
}

const Command *keymap_find_elsewhere(const Keymap *keymap, Key key)
{
    const Command *found = NULL;
    for (size_t view = 0; view < COUNTOF(of_view) && found == NULL; view++) {
        found = find_in(keymap, of_view[view], layout_command_key(key));
    }
    return found;
}

const Command *keymap_f_key(const Keymap *keymap, const Session *session, int number)
{
    const Command *command = keymap_find(keymap, session, KEY_FN((uint32_t)number));
    bool needs_rows = command != NULL && (command->needs & NEEDS_ROWS) != 0;
    bool writes = command != NULL && (command->needs & NEEDS_WRITE) != 0;
    return (needs_rows && session->view == VIEW_PLANS) || (writes && session->view == VIEW_JOURNAL) ? NULL : command;
}

/* A command without a key of its own is a digit of the list that its group's key opens. */
static void add_list_digit(StrBuf *out, Lang lang, const Command *command)
{
    int digit = command_digit(command);
    if (digit >= 0) {
        StrBuf keys = { 0 };
        keymap_add_keys(&keys, lang, command->group == GROUP_EDIT ? STR("edit") : STR("filter"));
        Str rest = strbuf_str(&keys);
        strbuf_add(out, str_cut(&rest, ','));
        strbuf_addf(out, " %d", digit);
        strbuf_done(&keys);
    }
}

void keymap_add_keys(StrBuf *out, Lang lang, Str command)
{
    size_t begin = out->n_bytes;
    for (size_t i = 0; i < COUNTOF(bindings); i++) {
        Key key;
        bool is_of_view = bindings[i].scope < SCOPE_HELP || command_find(command)->group == GROUP_DIALOG;
        if (!is_of_view || !str_eq(bindings[i].command, command) || binding_repeats(i) || !key_parse(bindings[i].key, &key)) {
            continue; /* what a key does in a list goes without saying, but for what is done there alone */
        }
        strbuf_add(out, out->n_bytes > begin ? STR(", ") : (Str){ 0 });
        key_add_name(out, lang, key);
        uint32_t russian = key_is_text(key) ? layout_russian(key.code) : 0;
        if (russian > 0x7F) { /* a comma beside the question mark would only part the keys */
            strbuf_add_char(out, ' ');
            utf8_add(out, russian);
        }
    }
    if (out->n_bytes == begin) {
        add_list_digit(out, lang, command_find(command));
    }
}
