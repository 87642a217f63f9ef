#include <stdlib.h>

#include "store/store_priv.h"

/* vekha.yaml beside the plans: one for all files of a folder, whether the folder was opened or they were named. */

static void load(Settings *settings)
{
    StrBuf text = { 0 };
    Err err = { 0 };
    settings->mark = file_mark(settings->path);
    bool is_there = settings->mark.inode != 0;
    bool ok = !is_there || file_read(settings->path, (size_t)DOC_MAX_MIB << 20, &text, &settings->mark, &err);
    settings->doc = doc_new(strbuf_str(&text));
    schema_read_settings(settings->doc, &settings->reading);
    if (!ok) {
        Reader reader = { .doc = settings->doc, .out = &settings->reading };
        reader_err(&reader, RULE_YAML, &err);
    }
    settings->face = (SettingsFile){ .path = str_of(settings->path), .problems = &settings->reading.problems };
    strbuf_done(&text);
}

static void drop(Settings *settings)
{
    reading_done(&settings->reading);
    doc_free(settings->doc);
}

Settings *settings_beside(Store *store, const char *plan)
{
    StrBuf path = { 0 };
    path_add_folder(&path, str_of(plan));
    strbuf_add(&path, STR("/vekha.yaml"));
    for (size_t i = 0; i < store->settings.n; i++) {
        if (str_eq(store->settings.at[i]->face.path, strbuf_str(&path))) {
            strbuf_done(&path);
            return store->settings.at[i];
        }
    }
    Settings *settings = mem_new(sizeof *settings);
    settings->path = strbuf_take(&path);
    load(settings);
    vec_push(&store->settings, settings);
    return settings;
}

bool settings_refresh(Settings *settings)
{
    FileMark now = file_mark(settings->path);
    if (file_mark_eq(&now, &settings->mark)) {
        return false;
    }
    drop(settings);
    load(settings);
    return true;
}

void settings_free(Settings *settings)
{
    drop(settings);
    free(settings->path);
    free(settings);
}

Calendar store_calendar(Store *store, const char *folder)
{
    StrBuf plan = { 0 };
    strbuf_addf(&plan, "%s/plan.yaml", folder);
    const Calendar *said = settings_beside(store, strbuf_z(&plan))->reading.plan.calendar;
    Calendar calendar = said != NULL ? *said : *calendar_default();
    if (said != NULL) {
        calendar_fill(&calendar, calendar_default());
    }
    strbuf_done(&plan);
    return calendar;
}

size_t store_settings_count(const Store *store)
{
    return store->settings.n;
}

const SettingsFile *store_settings(const Store *store, size_t index)
{
    return &store->settings.at[index]->face;
}
