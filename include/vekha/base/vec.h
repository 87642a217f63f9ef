#ifndef VEKHA_BASE_VEC_H
#define VEKHA_BASE_VEC_H

#include <stddef.h>
#include <stdlib.h>

#include "vekha/base/mem.h"

/**
 * A growing array: `typedef VEC(Event) EventVec;`. Zero is empty; elements move when it grows, so a
 * pointer into it dies at the next push.
 */
#define VEC(Type)          \
    struct {               \
        Type *at;          \
        size_t n, n_alloc; \
    }

#define vec_push(vec, ...)                     \
    do {                                       \
        vec_reserve((vec), 1);                 \
        (vec)->at[(vec)->n++] = (__VA_ARGS__); \
    } while (0)

#define vec_reserve(vec, more)                                                        \
    do {                                                                              \
        if ((vec)->n + (more) > (vec)->n_alloc) {                                     \
            size_t grown_ = (vec)->n_alloc * 2 + 8;                                   \
            (vec)->n_alloc = grown_ < (vec)->n + (more) ? (vec)->n + (more) : grown_; \
            (vec)->at = mem_resize((vec)->at, (vec)->n_alloc * sizeof *(vec)->at);    \
        }                                                                             \
    } while (0)

#define vec_clear(vec) ((void)((vec)->n = 0))

#define vec_done(vec)                  \
    do {                               \
        free((vec)->at);               \
        (vec)->at = NULL;              \
        (vec)->n = (vec)->n_alloc = 0; \
    } while (0)

#endif
