#ifndef VEKHA_APP_KEYMAP_H
#define VEKHA_APP_KEYMAP_H

#include "vekha/app/command.h"
#include "vekha/app/key.h"

/** Where a binding holds. Keys are looked up in the overlay, then in the view, then everywhere. */
typedef enum Scope {
    SCOPE_GLOBAL,
    SCOPE_PLANS,
    SCOPE_EVENTS,
    SCOPE_TIMELINE,
    SCOPE_CARD,
    SCOPE_MONTH,
    SCOPE_JOURNAL,
    SCOPE_HELP, /* from here on the scopes of what lies above a view */
    SCOPE_OCCURRENCE,
    SCOPE_STATUS,
    SCOPE_CHOOSER,
    SCOPE_PROMPT,
    SCOPE_DRAFT,
    SCOPE_ASK,
    SCOPE_MENU,
    SCOPE_COUNT
} Scope;

/** One line of the table: "events", "Space", "mark". */
typedef struct BindingRow {
    Scope scope;
    Str key;
    Str command;
} BindingRow;

size_t binding_count(void);
const BindingRow *binding_at(size_t index);
/** Does a row before this one give the same key to the same command, in another view? */
bool binding_repeats(size_t index);

/** Bindings, ready for use. */
typedef struct Keymap Keymap;
/** Of the built-in table. Release with keymap_free(). */
Keymap *keymap_new(void) MUST_USE;
void keymap_free(Keymap *keymap);

/**
 * The command of a key, whatever the keyboard layout; NULL: it means nothing here. Where text is typed
 * only keys that are no characters are looked up.
 */
const Command *keymap_find(const Keymap *keymap, const Session *session, Key key);
/** A command of that key in another view, where it means nothing in this one; NULL: in none. */
const Command *keymap_find_elsewhere(const Keymap *keymap, Key key);
/** The command of F1 to F10 as it stands now, for the key bar; NULL: none, or not for this view. */
const Command *keymap_f_key(const Keymap *keymap, const Session *session, int number);
/** The name of a view. */
TextId keymap_view_title(ViewId view);
/** Has the view in hand keys of its own for it? */
bool keymap_is_own(const Session *session, Str command);
/** Is it meant for the view in hand? What is bound in other views alone is not. */
bool keymap_is_here(const Session *session, Str command);
/** Names of the views that have keys for it: «Лента, Месяц». */
void keymap_add_views(StrBuf *out, Lang lang, Str command);
/** «s, F2» — the keys of a command in the help, letters with their Russian twins: «s/ы». */
void keymap_add_keys(StrBuf *out, Lang lang, Str command);

#endif
