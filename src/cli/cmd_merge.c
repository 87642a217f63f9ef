#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/cli_priv.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "vekha/core/header.h"
#include "vekha/store/journal_say.h"
#include "vekha/store/merge.h"

enum { BASE, OURS, THEIRS, N_TEXTS, MAX_BYTES = 64 << 20, LOCK_WAIT_MS = 3000, TITLE_COLS = 60 };

/* ---- What a person has to know ---- */

static bool is_of_event(const MergeNote *note)
{
    return note->event.id.n_bytes + note->event.no.n_bytes + note->event.title.n_bytes > 0;
}

static void put_line(Cli *cli, StrBuf *out, TextId text, TextArg first, TextArg second)
{
    text_put(out, cli_lang(cli), text, first, second);
    strbuf_add_char(out, '\n');
}

/* «Муниципальная карта …» */
static void add_cut(StrBuf *out, Str title)
{
    Str cut = utf8_fit(title, TITLE_COLS);
    strbuf_add(out, cut);
    strbuf_add(out, cut.n_bytes < title.n_bytes ? STR("…") : (Str){ 0 });
}

/* What it is called in lists, else its title, else the name of the file. */
static void add_plan(StrBuf *out, const Merged *merged, Str path)
{
    const Plan *about = &merged->about;
    add_cut(out, about->short_name.n_bytes > 0 ? about->short_name : about->title.n_bytes > 0 ? about->title : path_base(path));
}

/* «, № 5 «Педагогический совет»» */
static void add_event(StrBuf *out, Lang lang, const MergeNote *note)
{
    StrBuf title = { 0 };
    add_cut(&title, note->event.title.n_bytes > 0 ? note->event.title : note->event.id);
    if (note->event.no.n_bytes > 0) {
        text_put(out, lang, T_MERGE_EVENT, TEXT_STR(note->event.no), TEXT_STR(strbuf_str(&title)));
    } else if (is_of_event(note)) {
        text_put(out, lang, T_MERGE_EVENT_TITLE, TEXT_STR(strbuf_str(&title)));
    }
    strbuf_done(&title);
}

static void add_quoted(StrBuf *out, Lang lang, Str value)
{
    text_put(out, lang, value.n_bytes > 0 ? T_JOURNAL_QUOTED : T_JOURNAL_NOTHING, TEXT_STR(value));
}

/* «Первый · Цель: «было» → «стало»», of a text of the plan or of a section */
static void add_header_words(StrBuf *out, Lang lang, const MergeNote *note, Str value)
{
    Str name = note->field;
    bool is_section = str_starts(name, STR("sections["));
    for (size_t i = name.n_bytes; i > 0 && is_section; i--) {
        if (name.at[i - 1] == '.') { /* a title may have any of them: the key comes last */
            size_t from = STR("sections[").n_bytes;
            strbuf_add(out, str_sub(name, from, i - 2));
            strbuf_add(out, STR(" · "));
            name = str_from(name, i);
            break;
        }
    }
    const HeaderField *field = header_find(name, is_section ? 0 : -1);
    strbuf_add(out, field != NULL ? text_get(lang, field->heading) : name);
    strbuf_add(out, STR(": "));
    add_quoted(out, lang, note->base);
    strbuf_add(out, STR(" → "));
    add_quoted(out, lang, value);
}

/* What one side made of the value, or of the comments. */
static void say_side(Cli *cli, StrBuf *out, const Merged *merged, const MergeNote *note, TextId side, Str value)
{
    StrBuf words = { 0 };
    if (note->kind == MERGE_REST) {
        add_quoted(&words, cli_lang(cli), str_trim(value));
    } else if (is_of_event(note)) {
        journal_add_words(&words, cli_lang(cli), &merged->about, note->field, note->base, value);
    } else {
        add_header_words(&words, cli_lang(cli), note, value);
    }
    strbuf_add(out, STR("    "));
    put_line(cli, out, side, TEXT_STR(strbuf_str(&words)), (TextArg){ 0 });
    strbuf_done(&words);
}

static void say_way_out(Cli *cli, StrBuf *out, const MergeNote *note)
{
    StrBuf number = { 0 };
    bool is_marked = note->kind != MERGE_MOVED_APART;
    if (note->event.no.n_bytes > 0) {
        strbuf_add(&number, note->event.no);
    } else {
        strbuf_add(&number, STR("id:"));
        strbuf_add(&number, note->event.id);
    }
    if (is_marked) {
        bool has_name = note->event.no.n_bytes + note->event.id.n_bytes > 0;
        bool is_gone = note->kind == MERGE_DELETED_BY_US || note->kind == MERGE_DELETED_BY_THEM;
        strbuf_add(out, STR("    "));
        put_line(cli, out,
                 note->kind == MERGE_SECTIONS ? T_MERGE_DECIDE_SECTIONS
                 : !has_name                  ? T_MERGE_DECIDE_PLAN
                 : is_gone                    ? T_MERGE_DECIDE_GONE
                                              : T_MERGE_DECIDE,
                 TEXT_STR(strbuf_str(&number)), (TextArg){ 0 });
    }
    strbuf_done(&number);
}

static void say_note(Cli *cli, const Merged *merged, const MergeNote *note, bool is_last_of_event, Str path)
{
    static const TextId texts[] = {
        [MERGE_VALUE] = T_MERGE_VALUE,       [MERGE_DELETED_BY_US] = T_MERGE_DELETED_BY_US,
        [MERGE_REST] = T_MERGE_REST,         [MERGE_DELETED_BY_THEM] = T_MERGE_DELETED_BY_THEM,
        [MERGE_SECTIONS] = T_MERGE_SECTIONS, [MERGE_MOVED_APART] = T_MERGE_MOVED_APART,
    };
    StrBuf plan = { 0 };
    StrBuf event = { 0 };
    StrBuf out = { 0 };
    StrBuf seen = { 0 };
    add_event(&event, cli_lang(cli), note);
    add_plan(&plan, merged, path);
    put_line(cli, &out, texts[note->kind], TEXT_STR(strbuf_str(&plan)), TEXT_STR(strbuf_str(&event)));
    if (note->kind == MERGE_VALUE) {
        say_side(cli, &out, merged, note, T_MERGE_OURS, note->ours);
    }
    if (note->kind == MERGE_VALUE || note->kind == MERGE_REST) {
        say_side(cli, &out, merged, note, T_MERGE_THEIRS, note->theirs);
    }
    if (is_last_of_event) {
        say_way_out(cli, &out, note);
    }
    utf8_add_visible_lines(&seen, strbuf_str(&out));
    cli_say(strbuf_str(&seen));
    strbuf_done(&plan);
    strbuf_done(&event);
    strbuf_done(&out);
    strbuf_done(&seen);
}

static void say_notes(Cli *cli, const Merged *merged, Str path)
{
    for (size_t i = 0; i < merged->notes.n; i++) {
        const MergeNote *note = &merged->notes.at[i];
        bool is_last = i + 1 == merged->notes.n || merged->notes.at[i + 1].event.index != note->event.index;
        say_note(cli, merged, note, is_last, path);
    }
    if (merged->n_conflicts > 0) {
        cli_raise(cli, CLI_CONFLICT);
    }
}

/* ---- The three files ---- */

static bool read_texts(const Cli *cli, StrBuf *texts, Err *err)
{
    bool ok = true;
    for (size_t i = 0; i < N_TEXTS && ok; i++) {
        const char *path = cli->args.at[i].at; /* an argument of the program: it ends in a NUL */
        struct stat info;
        ok = file_read_settled(path, MAX_BYTES, &texts[i], NULL, err);
        if (!ok && stat(path, &info) != 0 && errno == ENOENT) {
            err->kind = ERR_PLAN; /* not the system refused: there is no such plan */
        }
    }
    return ok;
}

static bool merge_files(const Cli *cli, Merged *merged, Err *err)
{
    StrBuf texts[N_TEXTS] = { 0 };
    MergeText named[N_TEXTS];
    bool ok = read_texts(cli, texts, err);
    for (size_t i = 0; i < N_TEXTS; i++) {
        named[i] = (MergeText){ cli->args.at[i], strbuf_str(&texts[i]) };
    }
    ok = ok && merge_plans(named[BASE], named[OURS], named[THEIRS], merged, err);
    for (size_t i = 0; i < N_TEXTS; i++) {
        strbuf_done(&texts[i]);
    }
    return ok;
}

/* Is it a plan that others may have open? Files that git hands over are hidden ones of other names. */
static bool is_plan(Str path)
{
    Str name = path_base(path);
    return !str_starts(name, STR(".")) && (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml")));
}

/* Reads, merges and writes, unless the file is another one by then: is_other. */
static bool merge_once(const Cli *cli, const char *path, Merged *merged, bool *is_other, Err *err)
{
    FileMark mark = file_mark(path); /* before it is read: what is saved from here on makes it another one */
    *is_other = false;
    *err = (Err){ 0 };
    if (merge_files(cli, merged, err)) {
        return file_replace_known(path, strbuf_str(&merged->text), &mark, is_other, err);
    }
    FileMark now = file_mark(path);
    *is_other = !file_mark_eq(&now, &mark); /* perhaps half of it was read before that, half after */
    return false;
}

static void say_untouched(Cli *cli, Str path)
{
    StrBuf line = { 0 };
    StrBuf seen = { 0 };
    text_put(&line, cli_lang(cli), T_MERGE_UNTOUCHED, TEXT_STR(path));
    strbuf_add(&seen, STR("vekha: "));
    utf8_add_visible(&seen, strbuf_str(&line));
    strbuf_add_char(&seen, '\n');
    cli_say(strbuf_str(&seen));
    strbuf_done(&line);
    strbuf_done(&seen);
}

/* Under the lock from before the reading on: what somebody saves meanwhile is merged, or comes after; editors know no lock. */
static void merge_into(Cli *cli, const char *path)
{
    enum { MOST_TRIES = 10 };
    FileLock lock = { 0 };
    Merged merged = { 0 };
    Err err = { 0 };
    bool is_other = true;
    bool is_ready =
        !is_plan(str_of(path)) || (file_lock(path, STR(".vekha.lock"), LOCK_WAIT_MS, &lock, &err) && file_settle(path, &err));
    bool ok = false;
    for (int i = 0; i < MOST_TRIES && is_ready && is_other; i++) {
        merged_done(&merged);
        merged = (Merged){ 0 };
        ok = merge_once(cli, path, &merged, &is_other, &err);
    }
    file_unlock(&lock);
    if (is_ready && is_other) {
        (void)err_set(&err, ERR_SYSTEM, T_FILE_BUSY, TEXT_STR(str_of(path)));
    }
    if (ok) {
        say_notes(cli, &merged, str_of(path));
    } else {
        (void)cli_fail(cli, &err);
        say_untouched(cli, str_of(path));
    }
    merged_done(&merged);
}

void cmd_merge(Cli *cli)
{
    Err err = { 0 };
    Merged merged = { 0 };
    const char *output = cli->options.output;
    if (cli->options.install && (cli->args.n > 0 || output != NULL)) {
        (void)err_plain(&err, ERR_USAGE, T_MERGE_INSTALL_ALONE);
        (void)cli_fail(cli, &err);
    } else if (cli->options.install) {
        merge_install(cli);
    } else if (cli->args.n != N_TEXTS) {
        (void)err_set(&err, ERR_USAGE, T_MERGE_NEEDS_FILES, TEXT_STR(text_get(cli_lang(cli), T_CLI_MERGE_ARGS)));
        (void)cli_fail(cli, &err);
    } else if (output != NULL) {
        merge_into(cli, output);
    } else if (merge_files(cli, &merged, &err)) {
        strbuf_add(&cli->out, strbuf_str(&merged.text));
        cli_flush(cli);
        say_notes(cli, &merged, cli->args.at[OURS]);
    } else {
        (void)cli_fail(cli, &err);
    }
    merged_done(&merged);
}
