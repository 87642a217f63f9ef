#include "session.h"

#include <stdio.h>
#include <stdlib.h>

#include "vekha/app/command.h"
#include "vekha/base/utf8.h"

void fixture_open(SessionFixture *fixture, const char *name)
{
    Err err = { 0 };
    StrBuf path = { 0 };
    SessionOptions options = { .lang = LANG_RU, .today = day_of(2022, 5, 10), .who = STR("Тест") };
    if (fixture->temp.path[0] == '\0') {
        fixture->temp = temp_new();
    }
    strbuf_addf(&path, "%s%s%s", fixture->temp.path, name != NULL ? "/" : "", name != NULL ? name : "");
    Store *store = store_open(path.at, &err);
    strbuf_done(&path);
    if (store == NULL) {
        exit(1);
    }
    fixture->session = session_new(store, &options);
}

void fixture_close(SessionFixture *fixture)
{
    session_free(fixture->session);
    temp_done(&fixture->temp);
    *fixture = (SessionFixture){ 0 };
}

void fixture_run(SessionFixture *fixture, const char *command)
{
    const Command *found = command_find(str_of(command));
    if (found == NULL) {
        printf("no command %s\n", command);
        exit(1);
    }
    session_say_nothing(fixture->session);
    command_run(fixture->session, found);
}

void fixture_type(SessionFixture *fixture, const char *words)
{
    for (Str rest = str_of(words); rest.n_bytes > 0;) {
        (void)session_type(fixture->session, KEY_CHAR(utf8_next(&rest)));
    }
}

const char *fixture_selected(const SessionFixture *fixture)
{
    static char shown[256];
    const Event *event = session_event(fixture->session, NULL);
    (void)snprintf(shown, sizeof shown, "%.*s", event == NULL ? 0 : (int)event->title.n_bytes,
                   event == NULL ? "" : event->title.at);
    return shown;
}

const char *fixture_said(const SessionFixture *fixture)
{
    return strbuf_z(&fixture->session->message);
}
