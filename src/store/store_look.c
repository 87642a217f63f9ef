#include <string.h>

#include "store/store_priv.h"
#include "vekha/base/clock.h"

/* Does the file hold what is open? One that cannot be read now is to be read again, unless it could not be before. */
static bool is_content_same(const OpenFile *file)
{
    StrBuf buffer = { 0 };
    bool is_read = file_read_settled(file->path, (size_t)DOC_MAX_MIB << 20, &buffer, NULL, NULL);
    Str text = strbuf_str(&buffer);
    bool same = file->is_unread        ? !is_read
                : !is_read             ? false
                : file->face.is_broken ? str_hash(text) == file->broken_hash
                                       : str_eq(text, doc_text(file->doc));
    strbuf_done(&buffer);
    return same;
}

/*
 * The times of a file go in steps: of some milliseconds on a disk, of two seconds on a stick or an old server. Who writes as
 * many bytes in place within the step in which we read leaves the same mark. So, once each step is over, the bytes are compared;
 * what is written later has another time. Our own clock says when: that of a server may be set to anything.
 */
bool open_file_is_other(OpenFile *file, bool before_save)
{
    static const int steps_ms[] = { 100, 2500 };
    FileMark now = file_mark(file->path);
    if (!file_mark_eq(&now, &file->mark)) {
        return true;
    }
    if (now.inode == 0) {
        return false;
    }
    if (file->is_unread) {
        return !is_content_same(file);
    }
    bool is_done = file->n_looks == COUNTOF(steps_ms);
    bool is_due = !is_done && clock_ms() - file->read_ms >= steps_ms[file->n_looks];
    if (!is_due && (is_done || !before_save)) {
        return false;
    }
    file->n_looks += is_due;
    return !is_content_same(file);
}

bool store_wait_whole(Store *store, size_t index)
{
    OpenFile *file = store->files.at[index];
    for (int i = 0; file->face.is_broken && i < WHOLE_TRIES; i++) {
        clock_pause(WHOLE_STEP_MS);
        if (open_file_is_other(file, true)) {
            OpenFile old;
            open_file_reload(file, &old);
            open_file_drop(&old);
        }
    }
    return !file->face.is_broken;
}

bool open_file_is_resting(OpenFile *file, int rest_ms)
{
    enum { NEVER_LONGER_MS = 350 };
    FileMark now = file_mark(file->path);
    long long now_ms = clock_ms();
    if (rest_ms == 0 || file_mark_eq(&now, &file->mark)) {
        file->is_resting = false;
        return false;
    }
    if (!file->is_resting || !file_mark_eq(&now, &file->rest_mark)) {
        file->unrest_ms = file->is_resting ? file->unrest_ms : now_ms;
        file->rest_ms = now_ms;
        file->rest_mark = now;
        file->is_resting = true;
    }
    return now_ms - file->rest_ms < rest_ms && now_ms - file->unrest_ms < NEVER_LONGER_MS;
}
