#ifndef VEKHA_BASE_ERR_H
#define VEKHA_BASE_ERR_H

#include <stdbool.h>

#include "vekha/base/text.h"

/** What kind of failure it is, to branch on; the command line's exit code follows from it. */
typedef enum ErrKind {
    ERR_NONE,
    ERR_USAGE,    /* asked for wrongly: an option, a number that no event has */
    ERR_PLAN,     /* a plan or input file that cannot be read as one */
    ERR_CONFLICT, /* somebody else changed the same thing */
    ERR_REFUSED,  /* it could be done, but not safely */
    ERR_SYSTEM    /* permission, no space, input/output */
} ErrKind;

enum { ERR_STORE_SIZE = 1024 };

/**
 * One failure: its kind, its place in a person's file, a row of the table of texts and the row's
 * arguments. It owns copies of them (long ones are cut, at a whole character) and needs no
 * release. Zero is "no error". Functions that fail take an `Err *` that may be NULL.
 */
typedef struct Err {
    ErrKind kind;
    int line, col; /* from 1; 0: no place. Columns count code points */
    TextId text;
    int n_args;
    TextArg args[TEXT_MAX_ARGS]; /* their strings lie in store */
    size_t n_path, n_store;
    char store[ERR_STORE_SIZE]; /* the path, then the arguments */
} Err;

/** Fill err (when there is one) and return false, so that a check and its failure stay together. */
bool err_set_args(Err *err, ErrKind kind, TextId text, const TextArg *args, size_t n_args);
#define err_set(err, kind, text, ...)                                     \
    err_set_args((err), (kind), (text), (const TextArg[]){ __VA_ARGS__ }, \
                 sizeof((const TextArg[]){ __VA_ARGS__ }) / sizeof(TextArg))
/** For rows without arguments. */
bool err_plain(Err *err, ErrKind kind, TextId text);
/** What a code of errno says, in the reader's language; what has no row of its own in the system's words. */
TextArg err_why(int code);
/** The row's {0} is path (shown visibly), {1} err_why() of errno. */
bool err_errno(Err *err, TextId text, const char *path);
/** Adds the place; returns false, as err_set() does. */
bool err_at(Err *err, int line, int col);
/** Adds the file that the place is in, unless it has one; returns false. */
bool err_in(Err *err, Str path);
/** A copy whose arguments point into itself. */
void err_copy(Err *to, const Err *from);
Str err_path(const Err *err);
/** "plans/a.yaml:14:13: text" (place and file as far as known), control characters made visible. */
void err_words(StrBuf *out, Lang lang, const Err *err);
/** The text alone, without the place. */
void err_text(StrBuf *out, Lang lang, const Err *err);

#endif
