#ifndef VEKHA_APP_LAYOUT_H
#define VEKHA_APP_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "vekha/app/key.h"

/**
 * What the same key types on the Latin (US) layout: о is j, Ж is `:`, `.` is `/` and `,` is `?`, as
 * they lie on the Russian layout. Anything else is itself.
 *
 * The Belarusian and the Ukrainian і are one letter on two keys: it is s here, as on the Ukrainian
 * layout, because b is no command.
 */
uint32_t layout_latin(uint32_t code);
/** What the key of a Latin character types on the Russian layout, for the help; 0 if that is no other character. */
uint32_t layout_russian(uint32_t code);
/** The key as tables of commands name it: without regard to the layout. Not for text in fields. */
Key layout_command_key(Key key);

/**
 * Appends text as it would be had the other layout been on: "ghbrfp" is «приказ», «руддщ» is
 * "hello". The first letter tells which layout it was; false if there is none, and nothing is added.
 */
bool layout_add_other(StrBuf *out, Str text);

#endif
