#include <stdlib.h>

#include "store/store_priv.h"
#include "vekha/base/clock.h"

/* One file that is open: read, read anew, and what others see of it. */

void open_file_drop(OpenFile *file)
{
    reading_done(&file->reading);
    doc_free(file->doc);
    file->doc = NULL;
}

void open_file_free(OpenFile *file)
{
    store_journal_sync(file);
    open_file_drop(file);
    free(file->path);
    free(file);
}

static Str plan_name(Str path)
{
    Str base = path_base(path);
    Str suffix = str_ends(base, STR(".yaml")) ? STR(".yaml") : str_ends(base, STR(".yml")) ? STR(".yml") : (Str){ 0 };
    return str_sub(base, 0, base.n_bytes - suffix.n_bytes);
}

/* What others see of a file whose content was just read. */
static void show_content(OpenFile *file)
{
    Str path = str_of(file->path);
    file->face = (PlanFile){
        .path = path,
        .name = plan_name(path),
        .plan = &file->reading.plan,
        .problems = &file->reading.problems,
        .may_write = file_may_write(file->path, NULL),
    };
}

void open_file_set(OpenFile *file, Doc *doc)
{
    open_file_drop(file);
    file->doc = doc;
    schema_read(doc, &file->reading);
    reading_resolve(&file->reading, file->settings->reading.plan.calendar);
    show_content(file);
    file->face.is_broken = doc_is_broken(doc, &file->face.why);
    file->face.is_read_only = file->reading.plan.format > PLAN_FORMAT || file->reading.is_cut;
    if (file->reading.is_no_plan) {
        file->face.is_broken = true;
        (void)err_plain(&file->face.why, ERR_PLAN, doc_root(doc) == NULL ? T_PLAN_EMPTY : T_PLAN_NOT_MAP);
    }
    (void)err_in(&file->face.why, file->face.path);
}

void open_file_saw(OpenFile *file, FileMark mark)
{
    file->mark = mark;
    file->read_ms = clock_ms();
    file->n_looks = 0;
    file->is_resting = false;
    file->is_unread = false;
}

static void load(OpenFile *file)
{
    StrBuf text = { 0 };
    Err err = { 0 };
    open_file_saw(file, file_mark(file->path));
    if (file_read_settled(file->path, (size_t)DOC_MAX_MIB << 20, &text, &file->mark, &err)) {
        open_file_set(file, doc_new(strbuf_str(&text)));
        file->broken_hash = file->face.is_broken ? str_hash(strbuf_str(&text)) : 0;
    } else {
        open_file_drop(file);
        show_content(file);
        file->face.is_broken = true;
        file->is_unread = true;
        err_copy(&file->face.why, &err);
        (void)err_in(&file->face.why, file->face.path);
    }
    strbuf_done(&text);
}

static bool is_good(const OpenFile *file)
{
    return file->doc != NULL && !doc_is_broken(file->doc, NULL) && !file->reading.is_no_plan;
}

void open_file_reload(OpenFile *file, OpenFile *old)
{
    *old = *file;
    file->doc = NULL;
    file->reading = (Reading){ 0 };
    load(file);
    if (file->face.is_broken && is_good(old)) {
        open_file_drop(file);
        file->doc = old->doc;
        file->reading = old->reading;
        *old = (OpenFile){ 0 };
    }
}

OpenFile *open_file_new(Store *store, char *path)
{
    OpenFile *file = mem_new(sizeof *file);
    file->path = path;
    file->settings = settings_beside(store, path);
    file->pen = &store->pen;
    load(file);
    return file;
}
