#ifndef VEKHA_BASE_MEM_H
#define VEKHA_BASE_MEM_H

#include <stddef.h>

#include "vekha/base/str.h"

/** Zeroed memory; running out ends the program, so never NULL. Release with free(). */
void *mem_new(size_t n_bytes) MUST_USE;
/** As realloc(), but never NULL; new bytes are not zeroed. */
void *mem_resize(void *at, size_t n_bytes) MUST_USE;

/** Memory that is released all at once. Zero is an empty arena; arena_done() releases and empties. */
typedef struct Arena {
    struct ArenaBlock *blocks;
    char *next, *end;
} Arena;

/** Zeroed, aligned for any type; lives until arena_done(). Never NULL. */
void *arena_alloc(Arena *arena, size_t n_bytes) MUST_USE;
/** A copy of s, with a NUL behind it that the view does not count. */
Str arena_copy(Arena *arena, Str s) MUST_USE;
/** Bytes taken from the system. */
size_t arena_size(const Arena *arena);
void arena_done(Arena *arena);

#define ARENA_NEW(arena, Type) ((Type *)arena_alloc((arena), sizeof(Type)))

#endif
