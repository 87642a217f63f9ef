#include "vekha/base/mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 64 * 1024, FIRST_BLOCK_SIZE = 4 * 1024 };

typedef struct ArenaBlock {
    struct ArenaBlock *next;
    size_t n_bytes;
    alignas(max_align_t) char data[];
} ArenaBlock;

static void *or_die(void *at)
{
    if (at == NULL) {
        (void)fputs("vekha: out of memory\n", stderr);
        abort();
    }
    return at;
}

void *mem_new(size_t n_bytes)
{
    return or_die(calloc(1, n_bytes == 0 ? 1 : n_bytes));
}

void *mem_resize(void *at, size_t n_bytes)
{
    return or_die(realloc(at, n_bytes == 0 ? 1 : n_bytes));
}

static void add_block(Arena *arena, size_t n_needed)
{
    size_t size = arena->blocks == NULL ? FIRST_BLOCK_SIZE : BLOCK_SIZE;
    size = n_needed > size ? n_needed : size;
    ArenaBlock *block = mem_resize(NULL, sizeof *block + size);
    *block = (ArenaBlock){ .next = arena->blocks, .n_bytes = size };
    arena->blocks = block;
    arena->next = block->data;
    arena->end = block->data + size;
}

static void *take(Arena *arena, size_t n_bytes)
{
    if (arena->blocks == NULL || (size_t)(arena->end - arena->next) < n_bytes) {
        add_block(arena, n_bytes);
    }
    void *at = arena->next;
    arena->next += n_bytes;
    return at;
}

void *arena_alloc(Arena *arena, size_t n_bytes)
{
    const size_t align = alignof(max_align_t);
    size_t gap = arena->blocks == NULL ? 0 : (size_t)(-(uintptr_t)arena->next & (align - 1));
    if (arena->blocks != NULL && (size_t)(arena->end - arena->next) >= gap) {
        arena->next += gap;
    }
    if (arena->blocks == NULL || (size_t)(arena->end - arena->next) < n_bytes) {
        add_block(arena, n_bytes); /* a fresh block is aligned */
    }
    return memset(take(arena, n_bytes), 0, n_bytes);
}

Str arena_copy(Arena *arena, Str s)
{
    char *copy = take(arena, s.n_bytes + 1);
    if (s.n_bytes > 0) {
        memcpy(copy, s.at, s.n_bytes);
    }
    copy[s.n_bytes] = '\0';
    return (Str){ copy, s.n_bytes };
}

size_t arena_size(const Arena *arena)
{
    size_t sum = 0;
    for (const ArenaBlock *block = arena->blocks; block != NULL; block = block->next) {
        sum += sizeof *block + block->n_bytes;
    }
    return sum;
}

void arena_done(Arena *arena)
{
    ArenaBlock *block = arena->blocks;
    while (block != NULL) {
        ArenaBlock *next = block->next;
        free(block);
        block = next;
    }
    *arena = (Arena){ 0 };
}
