#include "vekha/base/err.h"

#include <errno.h>
#include <string.h>

#include "vekha/base/utf8.h"

/* A copy of s in err's own store, as much of it as fits in room bytes. */
static Str keep(Err *err, Str s, size_t room)
{
    size_t left = ERR_STORE_SIZE - err->n_store;
    Str cut = utf8_cut(s, room < left ? room : left);
    char *at = err->store + err->n_store;
    if (cut.n_bytes > 0) {
        memcpy(at, cut.at, cut.n_bytes);
    }
    err->n_store += cut.n_bytes;
    return (Str){ at, cut.n_bytes };
}

bool err_set_args(Err *err, ErrKind kind, TextId text, const TextArg *args, size_t n_args)
{
    enum { ARG_ROOM = 240 };
    if (err == NULL) {
        return false;
    }
    *err = (Err){ .kind = kind, .text = text };
    for (size_t i = 0; i < n_args && i < TEXT_MAX_ARGS; i++) {
        err->args[i] = args[i];
        if (!args[i].is_number) {
            err->args[i].str = keep(err, args[i].str, ARG_ROOM);
        }
        err->n_args++;
    }
    return false;
}

bool err_plain(Err *err, ErrKind kind, TextId text)
{
    return err_set_args(err, kind, text, NULL, 0);
}

/* strerror() speaks the locale's language, not the reader's: a server's locale is often English, or none. */
TextArg err_why(int code)
{
    static const struct {
        int code;
        TextId row;
    } whys[] = {
        { EACCES, T_WHY_ACCESS },          { EPERM, T_WHY_PERMITTED }, { ENOENT, T_WHY_NO_FILE },
        { EEXIST, T_WHY_EXISTS },          { ENOSPC, T_WHY_NO_SPACE }, { EDQUOT, T_WHY_QUOTA },
        { EROFS, T_WHY_READ_ONLY },        { EISDIR, T_WHY_FOLDER },   { ENOTDIR, T_WHY_NO_FOLDER },
        { ENAMETOOLONG, T_WHY_NAME_LONG }, { ELOOP, T_WHY_LINKS },     { EMFILE, T_WHY_MANY_OPEN },
        { ENFILE, T_WHY_MANY_OPEN },       { EBUSY, T_WHY_BUSY },      { ETXTBSY, T_WHY_BUSY },
        { EFBIG, T_WHY_FILE_BIG },         { EIO, T_WHY_IO },          { ESTALE, T_WHY_STALE },
        { ETIMEDOUT, T_WHY_TIMEOUT },      { ENOLCK, T_WHY_NO_LOCKS }, { ENOMEM, T_WHY_NO_MEMORY },
    };
    for (size_t i = 0; i < COUNTOF(whys); i++) {
        if (whys[i].code == code) {
            return TEXT_ROW(whys[i].row);
        }
    }
    return TEXT_STR(str_of(strerror(code)));
}

bool err_errno(Err *err, TextId text, const char *path)
{
    TextArg why = err_why(errno);
    return err_set(err, ERR_SYSTEM, text, TEXT_STR(str_of(path)), why);
}

bool err_at(Err *err, int line, int col)
{
    if (err != NULL) {
        err->line = line;
        err->col = col;
    }
    return false;
}

bool err_in(Err *err, Str path)
{
    if (err != NULL && err->n_path == 0) {
        Str kept = keep(err, path, path.n_bytes);
        memmove(err->store + kept.n_bytes, err->store, (size_t)(kept.at - err->store));
        size_t n = utf8_cut(path, kept.n_bytes).n_bytes;
        memcpy(err->store, path.n_bytes > 0 ? path.at : "", n);
        err->n_path = n;
        for (int i = 0; i < err->n_args; i++) {
            if (!err->args[i].is_number) {
                err->args[i].str.at += n;
            }
        }
    }
    return false;
}

void err_copy(Err *to, const Err *from)
{
    *to = *from;
    for (int i = 0; i < to->n_args; i++) {
        if (!to->args[i].is_number) {
            to->args[i].str.at = to->store + (from->args[i].str.at - from->store);
        }
    }
}

Str err_path(const Err *err)
{
    return (Str){ err->store, err->n_path };
}

void err_text(StrBuf *out, Lang lang, const Err *err)
{
    StrBuf raw = { 0 };
    text_add(&raw, lang, err->text, err->args, (size_t)err->n_args);
    utf8_add_visible(out, strbuf_str(&raw));
    strbuf_done(&raw);
}

void err_words(StrBuf *out, Lang lang, const Err *err)
{
    size_t n_before = out->n_bytes;
    if (err->n_path > 0) {
        utf8_add_visible(out, err_path(err));
        strbuf_add(out, STR(":"));
    }
    if (err->line > 0) {
        strbuf_addf(out, "%d:%d:", err->line, err->col > 0 ? err->col : 1);
    }
    if (out->n_bytes > n_before) {
        strbuf_add_char(out, ' ');
    }
    err_text(out, lang, err);
}
