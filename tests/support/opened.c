#include "opened.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define END "\x1b[F"
#define DRAFTS ".local/state/vekha/drafts"

void opened_new(Opened *opened)
{
    *opened = (Opened){ .temp = temp_new(), .home = temp_new() };
    temp_copy(&opened->temp, "plans");
}

void opened_give(Opened *opened, uid_t user)
{
    StrBuf line = { 0 };
    opened->user = user;
    strbuf_addf(&line, "chown -R %u . '%s' && chmod -R go+rX .", (unsigned)user, opened->home.path);
    opened_run(opened, strbuf_z(&line));
    strbuf_done(&line);
}

void opened_start_only(Opened *opened)
{
    const char *build = getenv("BUILD");
    StrBuf program = { 0 };
    StrBuf home = { 0 };
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    strbuf_addf(&home, "HOME=%s", opened->home.path);
    const char *const env[] = { "VEKHA_TODAY=2022-05-10", strbuf_z(&home), NULL };
    const char *const argv[] = { strbuf_z(&program), "--as", "Тест", opened->temp.path, NULL };
    PtyOptions options = { .env = env, .user = opened->user };
    if (opened->pty != NULL) {
        pty_end(opened->pty);
    }
    opened->pty = pty_start(&options, argv);
    strbuf_done(&program);
    strbuf_done(&home);
}

void opened_go(Opened *opened)
{
    opened_assert(opened, "10Выход");
    pty_send(opened->pty, END "\r");
    opened_assert(opened, "№ 2 · запланировано");
}

void opened_start(Opened *opened)
{
    opened_start_only(opened);
    opened_go(opened);
}

void opened_done(Opened *opened)
{
    if (opened->pty != NULL) {
        pty_end(opened->pty);
    }
    temp_done(&opened->temp);
    temp_done(&opened->home);
    *opened = (Opened){ 0 };
}

void opened_fail(Opened *opened, const char *words)
{
    StrBuf screen = { 0 };
    pty_add_screen(opened->pty, &screen);
    (void)fprintf(stderr, "%s\n", strbuf_z(&screen)); /* cmocka cuts what is long */
    strbuf_done(&screen);
    fail_msg("%s", words);
}

void opened_assert(Opened *opened, const char *words)
{
    if (!pty_wait_text(opened->pty, words, PTY_PATIENCE_MS)) {
        StrBuf line = { 0 };
        strbuf_addf(&line, "«%s» is not on the screen", words);
        opened_fail(opened, strbuf_z(&line));
    }
}

bool opened_shows(Opened *opened, const char *words)
{
    return pty_wait_text(opened->pty, words, 0);
}

const char *opened_path(const Opened *opened)
{
    return temp_path(&opened->temp, OPENED_PLAN);
}

static bool holds(const char *path, const char *text)
{
    StrBuf content = { 0 };
    temp_read(path, &content);
    bool ok = str_find(strbuf_str(&content), str_of(text), 0) != SIZE_MAX;
    strbuf_done(&content);
    return ok;
}

bool opened_holds(const Opened *opened, const char *text)
{
    return holds(opened_path(opened), text);
}

void opened_type_half(Opened *opened)
{
    pty_send(opened->pty, "s5");
    opened_assert(opened, "Новый срок: 29.03.2022");
    pty_send(opened->pty, "\x15до 15 ию");
    opened_assert(opened, "Новый срок: до 15 ию");
}

void opened_type_rest(Opened *opened)
{
    opened_assert(opened, "Новый срок: до 15 ию");
    pty_send(opened->pty, "ня\r");
    opened_assert(opened, "Основание:");
    pty_send(opened->pty, "\r");
    opened_assert(opened, "перенесено, записано в файл");
    if (!opened_holds(opened, "when: до 15 июня\n")) {
        opened_fail(opened, "said to be written, but it is not in the file");
    }
}

bool opened_has_draft(const Opened *opened, const char *text)
{
    DIR *folder = opendir(temp_path(&opened->home, DRAFTS));
    bool has = false;
    for (const struct dirent *entry = folder != NULL ? readdir(folder) : NULL; entry != NULL; entry = readdir(folder)) {
        StrBuf name = { 0 };
        strbuf_addf(&name, DRAFTS "/%s", entry->d_name);
        has = has || (entry->d_type == DT_REG && holds(temp_path(&opened->home, strbuf_z(&name)), text));
        strbuf_done(&name);
    }
    if (folder != NULL) {
        (void)closedir(folder);
    }
    return has;
}

int opened_try(const Opened *opened, const char *line)
{
    StrBuf command = { 0 };
    strbuf_addf(&command,
                "cd '%s' && unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE VEKHA_DIR && export HOME='%s' GIT_CONFIG_GLOBAL=/dev/null "
                "GIT_CONFIG_SYSTEM=/dev/null GIT_EDITOR=true && (%s) >/dev/null 2>&1",
                opened->temp.path, opened->home.path, line);
    int status = system(strbuf_z(&command));
    strbuf_done(&command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void opened_run(const Opened *opened, const char *line)
{
    if (opened_try(opened, line) != 0) {
        fail_msg("%s", line);
    }
}

bool opened_has_program(const char *program)
{
    StrBuf line = { 0 };
    strbuf_addf(&line, "command -v %s >/dev/null 2>&1", program);
    bool has = system(strbuf_z(&line)) == 0;
    strbuf_done(&line);
    return has;
}
