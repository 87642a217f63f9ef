#include <stdint.h>
#include <stdlib.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "app/watch_priv.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "vekha/store/journal_say.h"

/* A longer one is not read only to say who it was. */
enum { JOURNAL_MOST_BYTES = 4 << 20 };

typedef struct Watched {
    char *path;
    FileMark seen;
    bool was_broken;
    long long own_ms; /* the last change of this run */
} Watched;

struct Watch {
    VEC(Watched) files;
    long long looked_ms;  /* when nothing, or all, was new */
    long long before_ms;  /* the same, the time before */
    StrBuf unsigned_path; /* a file of which it was said that it changed, but not yet who did it */
    StrBuf unsigned_said;
};

struct Watch *watch_new(void)
{
    return mem_new(sizeof(struct Watch));
}

static void drop_files(struct Watch *watch)
{
    for (size_t i = 0; i < watch->files.n; i++) {
        free(watch->files.at[i].path);
    }
    vec_clear(&watch->files);
}

void watch_free(struct Watch *watch)
{
    drop_files(watch);
    vec_done(&watch->files);
    strbuf_done(&watch->unsigned_path);
    strbuf_done(&watch->unsigned_said);
    free(watch);
}

static Watched *find(struct Watch *watch, Str path, size_t near)
{
    if (near < watch->files.n && str_eq(str_of(watch->files.at[near].path), path)) {
        return &watch->files.at[near];
    }
    for (size_t i = 0; i < watch->files.n; i++) {
        if (str_eq(str_of(watch->files.at[i].path), path)) {
            return &watch->files.at[i];
        }
    }
    return NULL;
}

/* All as it is now. */
static void look(Session *session)
{
    struct Watch *watch = session->watch;
    struct Watch old = *watch;
    watch->files.at = NULL;
    watch->files.n = watch->files.n_alloc = 0;
    for (size_t i = 0; i < store_count(session->store); i++) {
        const PlanFile *file = store_file(session->store, i);
        const Watched *before = find(&old, file->path, i);
        StrBuf path = { 0 };
        strbuf_add(&path, file->path);
        Watched now = { .seen = file_mark(strbuf_z(&path)), .was_broken = file->is_broken };
        now.own_ms = before != NULL ? before->own_ms : 0;
        now.path = strbuf_take(&path);
        vec_push(&watch->files, now);
    }
    drop_files(&old);
    vec_done(&old.files);
}

void watch_own_change(Session *session, size_t file)
{
    const PlanFile *plan = store_file(session->store, file);
    Watched *watched = find(session->watch, plan->path, file);
    if (watched != NULL) {
        watched->seen = file_mark(watched->path);
        watched->own_ms = clock_utc_ms() + 1; /* the journal has it by now: what comes later is of others */
    }
}

void watch_own_path(Session *session, Str path)
{
    for (size_t i = 0; i < store_count(session->store); i++) {
        if (str_eq(store_file(session->store, i)->path, path)) {
            watch_own_change(session, i);
        }
    }
}

/* The entries of changes that others made since then: from *first on, *n_changes of them, the last one at *last; false: none. */
static bool find_changes(const JournalEntryVec *entries, long long since_ms, size_t *n_changes, size_t *last)
{
    *n_changes = 0;
    for (size_t i = 0; i < entries->n;) {
        size_t n = journal_change_size(entries, i);
        if (entries->at[i].time >= since_ms) {
            ++*n_changes;
            *last = i;
        }
        i += n > 0 ? n : 1;
    }
    return *n_changes > 0;
}

static void add_event_of(StrBuf *out, const Session *session, const Plan *plan, const JournalEntry *entry)
{
    for (size_t i = 0; i < plan->events.n && entry->event.n_bytes > 0; i++) {
        const Event *event = &plan->events.at[i];
        if (str_eq(event->id, entry->event) || (event->id.n_bytes == 0 && str_eq(event->no, entry->event))) {
            event_add_label(out, event);
            return;
        }
    }
    if (entry->event.n_bytes == 0 && entry->title.n_bytes == 0) {
        strbuf_add(out, text_get(session->lang, T_LABEL_PLAN));
    } else {
        text_put(out, session->lang, T_JOURNAL_QUOTED, TEXT_STR(entry->title));
    }
}

/* «Методический ДВИЖ: № 5, срок: «март» → «май» — Иванова Т. В.» */
static void say_change(Session *session, const PlanFile *file, const Journal *journal, size_t n_changes, size_t last)
{
    enum { WHAT_COLS = 72, NAME_COLS = 30 };
    const JournalEntry *entry = &journal->entries.at[last];
    StrBuf name = { 0 };
    StrBuf what = { 0 };
    StrBuf cut = { 0 };
    add_event_of(&what, session, file->plan, entry);
    strbuf_add(&what, STR(", "));
    journal_add_brief(&what, session->lang, file->plan, entry, journal_change_size(&journal->entries, last), false);
    session_add_cut(&cut, strbuf_str(&what), WHAT_COLS);
    session_add_cut(&name, session_plan_name(file), NAME_COLS);
    Str who = entry->who.n_bytes > 0 ? entry->who : text_get(session->lang, T_SOMEBODY);
    session_say(session, n_changes > 1 ? T_SEEN_MANY_BY : T_SEEN_BY, TEXT_STR(strbuf_str(&name)), TEXT_STR(strbuf_str(&cut)),
                TEXT_STR(who), TEXT_NUM(n_changes));
    strbuf_done(&name);
    strbuf_done(&what);
    strbuf_done(&cut);
}

/* Says who changed the file since then, as far as its journal knows; false: it does not. */
static bool say_who(Session *session, const PlanFile *file, const Watched *watched, long long since_ms)
{
    StrBuf path = { 0 };
    Journal journal = { 0 };
    Err err = { 0 };
    size_t n_changes;
    size_t last = 0;
    strbuf_add(&path, file->path);
    FileMark mark = journal_mark(strbuf_z(&path));
    since_ms = watched->own_ms >= since_ms ? watched->own_ms + 1 : since_ms;
    bool is_known = mark.n_bytes > 0 && mark.n_bytes <= JOURNAL_MOST_BYTES && journal_read(strbuf_z(&path), &journal, &err) &&
                    find_changes(&journal.entries, since_ms, &n_changes, &last);
    if (is_known) {
        say_change(session, file, &journal, n_changes, last);
    }
    journal_done(&journal);
    strbuf_done(&path);
    return is_known;
}

static void add_name(StrBuf *names, size_t *n, const Session *session, Str path)
{
    enum { NAMED = 3 };
    (void)session;
    if (++*n <= NAMED) {
        strbuf_add(names, *n > 1 ? STR(", ") : (Str){ 0 });
        strbuf_add(names, path_base(path));
    }
}

/* What is other than before, by names. */
typedef struct News {
    StrBuf changed, come, gone;
    size_t n_changed, n_come, n_gone;
    size_t file; /* the one that changed, if it is one */
    bool is_mended;
} News;

static void gather(const Session *session, struct Watch *watch, News *news)
{
    for (size_t i = 0; i < store_count(session->store); i++) {
        const PlanFile *file = store_file(session->store, i);
        const Watched *watched = find(watch, file->path, i);
        if (watched == NULL) {
            add_name(&news->come, &news->n_come, session, file->path);
            continue;
        }
        FileMark now = file_mark(watched->path);
        if (!file_mark_eq(&now, &watched->seen)) {
            add_name(&news->changed, &news->n_changed, session, file->path);
            news->file = i;
            news->is_mended = watched->was_broken && !file->is_broken;
        }
    }
    for (size_t i = 0; i < watch->files.n; i++) {
        bool is_there = false;
        for (size_t k = 0; k < store_count(session->store) && !is_there; k++) {
            is_there = str_eq(store_file(session->store, k)->path, str_of(watch->files.at[i].path));
        }
        if (!is_there) {
            add_name(&news->gone, &news->n_gone, session, str_of(watch->files.at[i].path));
        }
    }
}

static void say_several(Session *session, TextId row, const StrBuf *names, size_t n)
{
    enum { NAMED = 3 };
    StrBuf all = { 0 };
    if (n > NAMED) {
        text_put(&all, session->lang, T_SEEN_AND_MORE, TEXT_STR(strbuf_str(names)), TEXT_NUM(n - NAMED));
    } else {
        strbuf_add(&all, strbuf_str(names));
    }
    session_say(session, row, TEXT_STR(strbuf_str(&all)));
    strbuf_done(&all);
}

static void say_one(Session *session, struct Watch *watch, const News *news)
{
    const PlanFile *file = store_file(session->store, news->file);
    const Watched *watched = find(watch, file->path, news->file);
    if (news->is_mended) {
        session_say(session, T_SEEN_MENDED, TEXT_STR(path_base(file->path)));
    } else if (!say_who(session, file, watched, watch->before_ms)) {
        session_say(session, T_SEEN_CHANGED, TEXT_STR(path_base(file->path)));
        strbuf_add(&watch->unsigned_path, file->path);
        strbuf_add(&watch->unsigned_said, strbuf_str(&session->message));
    }
}

void watch_say_news(Session *session)
{
    struct Watch *watch = session->watch;
    News news = { 0 };
    strbuf_clear(&watch->unsigned_path);
    strbuf_clear(&watch->unsigned_said);
    gather(session, watch, &news);
    if (news.n_changed == 1) {
        say_one(session, watch, &news);
    } else if (news.n_changed > 1) {
        say_several(session, T_SEEN_SEVERAL, &news.changed, news.n_changed);
    } else if (news.n_come > 0) {
        say_several(session, T_SEEN_NEW, &news.come, news.n_come);
    } else if (news.n_gone > 0) {
        say_several(session, T_SEEN_GONE, &news.gone, news.n_gone);
    } else {
        session_say(session, T_SAID_FILES_CHANGED, TEXT_NUM(0));
    }
    strbuf_done(&news.changed);
    strbuf_done(&news.come);
    strbuf_done(&news.gone);
    look(session);
}

void watch_start(Session *session)
{
    session->watch->looked_ms = clock_utc_ms();
    look(session);
}

void watch_begin(Session *session)
{
    struct Watch *watch = session->watch;
    watch->before_ms = watch->looked_ms;
    watch->looked_ms = clock_utc_ms();
}

/* The journal is written behind the plan: it may know by now. */
bool watch_say_who_now(Session *session)
{
    struct Watch *watch = session->watch;
    bool is_said = false;
    if (watch->unsigned_path.n_bytes == 0) {
        return false;
    }
    if (str_eq(strbuf_str(&session->message), strbuf_str(&watch->unsigned_said))) {
        for (size_t i = 0; i < store_count(session->store) && !is_said; i++) {
            const PlanFile *file = store_file(session->store, i);
            const Watched *watched = find(watch, file->path, i);
            enum { TWO_LOOKS_MS = 2500 };
            is_said = str_eq(file->path, strbuf_str(&watch->unsigned_path)) && watched != NULL &&
                      say_who(session, file, watched, watch->before_ms - TWO_LOOKS_MS);
        }
    }
    strbuf_clear(&watch->unsigned_path);
    return is_said;
}

static void add_when(StrBuf *out, const Session *session, const JournalEntry *entry)
{
    ClockTime at = clock_local(entry->time);
    StrBuf when = { 0 };
    Day day = day_of(at.day.year, at.day.month, at.day.day);
    (session->lang == LANG_RU ? day_add_ru : day_add_iso)(&when, day);
    strbuf_addf(&when, " %02d:%02d", at.hour, at.minute);
    Str who = entry->who.n_bytes > 0 ? entry->who : text_get(session->lang, T_SOMEBODY);
    text_put(out, session->lang, T_AUTHOR, TEXT_STR(who), TEXT_STR(strbuf_str(&when)));
    strbuf_done(&when);
}

/* The last one that is of that event (NULL: of none) and field, and ends with that value. */
static const JournalEntry *find_entry(const Journal *journal, const EventRef *event, Str field, Str became)
{
    for (size_t i = journal->entries.n; i > 0; i--) {
        const JournalEntry *entry = &journal->entries.at[i - 1];
        bool is_of = event == NULL
                         ? entry->event.n_bytes == 0
                         : entry->event.n_bytes > 0 && (str_eq(entry->event, event->id) || str_eq(entry->event, event->no));
        if (is_of && str_eq(entry->field, field) && (str_eq(field, STR(JOURNAL_DELETED)) || str_eq(entry->became, became))) {
            return entry;
        }
    }
    return NULL;
}

void session_add_author(StrBuf *out, const Session *session, size_t file, const EventRef *event, Str field, Str became)
{
    StrBuf path = { 0 };
    StrBuf value = { 0 };
    Journal journal = { 0 };
    Err err = { 0 };
    const JournalEntry *entry = NULL;
    if (file < store_count(session->store)) {
        strbuf_add(&path, store_file(session->store, file)->path);
        journal_add_value(&value, became);
        if (journal_read(strbuf_z(&path), &journal, &err)) {
            entry = find_entry(&journal, event, field, strbuf_str(&value));
        }
    }
    if (entry != NULL) {
        add_when(out, session, entry);
    } else {
        strbuf_add(out, text_get(session->lang, T_SOMEBODY));
    }
    journal_done(&journal);
    strbuf_done(&value);
    strbuf_done(&path);
}
