/*
 * Screens as text: NAME.keys says what is opened, at what size and on what day, which keys are pressed
 * and when the screen is shown; NAME.screen is what must then be there. No terminal is needed: the frame
 * draws on a canvas. `UPDATE=1` in the environment writes the .screen files anew, to be read in the diff.
 *
 *   plans DIR · journals DIR (into .journal) · who NAME · now TIME (of what is written) · today DATE · size COLSxROWS
 *   lang ru|en · ascii · keys KEY… · text WORDS · show
 *   hang-up: the link drops, and the program is started again
 *   sed SCRIPT: somebody edits all plans meanwhile · tick: they are looked at
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../support/canvas.h"
#include "vekha/app/drafting.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "vekha/store/journal.h"
#include "vekha/view/frame.h"

enum { FILE_MAX = 1 << 20 };

static const char FOLDER[] = "/tmp/vekha-screens-XXXXXX";

typedef struct Run {
    Session *session;
    Frame *frame;
    Canvas *canvas;
    SessionOptions options;
    long long now_ms;
    char folder[64]; /* a copy of the plans: keys may change them */
    char drafts[80]; /* in it */
    int n_cols, n_rows;
    bool ascii;
    StrBuf shown;
} Run;

static void shell(const char *before, Str path, const char *after)
{
    StrBuf command = { 0 };
    strbuf_addf(&command, "%s '%.*s%s'", before, STR_ARG(path), after);
    if (system(command.at) != 0) {
        perror(command.at);
        exit(1);
    }
    strbuf_done(&command);
}

static void copy_plans(Run *run, Str from)
{
    (void)strcpy(run->folder, FOLDER);
    if (mkdtemp(run->folder) == NULL) {
        perror(run->folder);
        exit(1);
    }
    (void)snprintf(run->drafts, sizeof run->drafts, "%s/.drafts", run->folder);
    run->options.drafts = str_of(run->drafts);
    StrBuf command = { 0 };
    strbuf_addf(&command, "cp -r -t '%s'", run->folder);
    shell(command.at, from, "'/*'");
    strbuf_done(&command);
}

static void copy_journals(const Run *run, Str from)
{
    StrBuf command = { 0 };
    strbuf_addf(&command, "mkdir -p '%s/.journal' && cp -t '%s/.journal'", run->folder, run->folder);
    shell(command.at, from, "'/*'");
    strbuf_done(&command);
}

static void start(Run *run)
{
    Err err = { 0 };
    if (run->session != NULL) {
        return;
    }
    Store *store = store_open(run->folder, &err);
    if (store == NULL) {
        exit(1);
    }
    store_set_now(store, run->now_ms);
    run->session = session_new(store, &run->options);
    run->frame = frame_new(run->session);
    session_offer_drafts(run->session, 0);
}

static void hang_up(Run *run)
{
    (void)session_keep_draft(run->session);
    frame_free(run->frame);
    session_free(run->session);
    run->frame = NULL;
    run->session = NULL;
}

static void edit_plans(const Run *run, Str script)
{
    StrBuf command = { 0 };
    strbuf_addf(&command, "sed -i '%.*s' '%s'/*.yaml #", STR_ARG(script), run->folder);
    shell(command.at, (Str){ 0 }, "");
    strbuf_done(&command);
}

static void draw(Run *run)
{
    start(run);
    canvas_free(run->canvas);
    run->canvas = canvas_new(run->n_rows, run->n_cols, run->ascii);
    frame_draw(run->frame, run->canvas);
}

static bool press(Run *run, Str keys)
{
    while (keys.n_bytes > 0) {
        Str name = str_cut(&keys, ' ');
        Key key;
        if (name.n_bytes == 0) {
            continue;
        }
        if (!key_parse(name, &key)) {
            printf("no such key: %.*s\n", STR_ARG(name));
            return false;
        }
        draw(run); /* as in the program: each key acts on what was drawn */
        (void)frame_key(run->frame, key);
    }
    return true;
}

static void type(Run *run, Str words)
{
    while (words.n_bytes > 0) {
        draw(run);
        (void)frame_key(run->frame, KEY_CHAR(utf8_next(&words)));
    }
}

/* The folder has another name in each run; Карточка says where its event stands. */
static void hide_folder(const Run *run, StrBuf *rows)
{
    Str folder = str_of(run->folder);
    size_t at = str_find(strbuf_str(rows), folder, 0);
    if (at != SIZE_MAX) {
        (void)memcpy(rows->at + at, FOLDER, folder.n_bytes);
    }
}

static void show(Run *run)
{
    int cursor_y = -1;
    int cursor_x = -1;
    StrBuf rows = { 0 };
    draw(run);
    (void)canvas_get_cursor(run->canvas, &cursor_y, &cursor_x);
    canvas_add_text(&rows, run->canvas);
    hide_folder(run, &rows);
    strbuf_addf(&run->shown, "== %dx%d, cursor %d,%d\n", run->n_cols, run->n_rows, cursor_y, cursor_x);
    strbuf_add(&run->shown, strbuf_str(&rows));
    strbuf_done(&rows);
}

static bool step(Run *run, Str line)
{
    Str words = line;
    Str verb = str_cut(&words, ' ');
    if (str_eq(verb, STR("plans"))) {
        copy_plans(run, words);
    } else if (str_eq(verb, STR("journals"))) {
        copy_journals(run, words);
    } else if (str_eq(verb, STR("who"))) {
        run->options.who = words; /* a part of the script */
    } else if (str_eq(verb, STR("now"))) {
        return journal_parse_time(words, &run->now_ms);
    } else if (str_eq(verb, STR("today"))) {
        return day_parse(words, &run->options.today);
    } else if (str_eq(verb, STR("size"))) {
        return sscanf(words.at, "%dx%d", &run->n_cols, &run->n_rows) == 2;
    } else if (str_eq(verb, STR("lang"))) {
        return text_lang_parse(words, &run->options.lang);
    } else if (str_eq(verb, STR("ascii"))) {
        run->ascii = true;
    } else if (str_eq(verb, STR("keys"))) {
        return press(run, words);
    } else if (str_eq(verb, STR("text"))) {
        type(run, words);
    } else if (str_eq(verb, STR("show"))) {
        show(run);
    } else if (str_eq(verb, STR("hang-up"))) {
        hang_up(run);
    } else if (str_eq(verb, STR("tick"))) {
        (void)session_tick(run->session);
    } else if (str_eq(verb, STR("sed"))) {
        edit_plans(run, words);
    } else {
        return verb.n_bytes == 0 || verb.at[0] == '#';
    }
    return true;
}

static bool compare(const char *path, Str shown)
{
    StrBuf wanted = { 0 };
    Err err = { 0 };
    if (getenv("UPDATE") != NULL) {
        return file_replace(path, shown, NULL, &err);
    }
    bool same = file_read(path, FILE_MAX, &wanted, NULL, &err) && str_eq(strbuf_str(&wanted), shown);
    if (!same) {
        printf("%s differs. It shows now:\n%.*s", path, STR_ARG(shown));
    }
    strbuf_done(&wanted);
    return same;
}

static void run_done(Run *run)
{
    frame_free(run->frame);
    session_free(run->session);
    canvas_free(run->canvas);
    strbuf_done(&run->shown);
    if (run->folder[0] != '\0') {
        shell("rm -rf", str_of(run->folder), "");
    }
}

static bool run_case(const char *keys_path)
{
    Run run = { .n_cols = 80, .n_rows = 24 };
    StrBuf script = { 0 };
    StrBuf path = { 0 };
    Err err = { 0 };
    bool ok = file_read(keys_path, FILE_MAX, &script, NULL, &err);
    Str rest = strbuf_str(&script);
    while (ok && rest.n_bytes > 0) {
        Str line = str_cut(&rest, '\n');
        ok = step(&run, line);
        if (!ok) {
            printf("%s: what is «%.*s»?\n", keys_path, STR_ARG(line));
        }
    }
    strbuf_addf(&path, "%.*s.screen", (int)(strlen(keys_path) - strlen(".keys")), keys_path);
    ok = ok && compare(path.at, strbuf_str(&run.shown));
    run_done(&run);
    strbuf_done(&script);
    strbuf_done(&path);
    return ok;
}

int main(void)
{
    struct dirent **names;
    (void)setenv("TZ", "UTC", 1);
    int n = scandir("tests/screens", &names, NULL, alphasort);
    int n_passed = 0;
    int n_failed = 0;
    for (int i = 0; i < n; i++) {
        if (str_ends(str_of(names[i]->d_name), STR(".keys"))) {
            StrBuf path = { 0 };
            strbuf_addf(&path, "tests/screens/%s", names[i]->d_name);
            bool ok = run_case(path.at);
            n_passed += ok;
            n_failed += !ok;
            strbuf_done(&path);
        }
        free(names[i]);
    }
    free(names);
    printf("%d screens as they should be, %d not\n", n_passed, n_failed);
    return n_failed > 0 || n_passed == 0;
}
