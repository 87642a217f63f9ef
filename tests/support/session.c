#include "session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

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

/* Today is 10 May 2022. */
const char fixture_first[] = "vekha: 1\ntitle: Первый план\nperiod: 2022\nevents:\n"
                             "  - {no: 1, title: Учёба, when: 10.06.2022, responsible: [Иванова И.И., Завуч]}\n"
                             "  - {no: 2, title: Приказ о сборе, when: 12.05.2022, responsible: Завуч}\n";
const char fixture_second[] = "vekha: 1\ntitle: Второй план\nperiod: 2022\nsections:\n"
                              "  - title: Осень\n    events:\n"
                              "      - {no: 1, title: Смотр, when: сентябрь, note: приказ № 5, responsible: Иванова И. И.}\n"
                              "      - {no: 2, title: Отчёт, when: март, status: done, done: 2022-03-30}\n"
                              "  - title: Весна\n    events:\n"
                              "      - {no: 3, title: Сверка, when: апрель, responsible: завуч}\n";

void fixture_open_two(SessionFixture *fixture)
{
    fixture->temp = temp_new();
    temp_write(&fixture->temp, "a.yaml", str_of(fixture_first));
    temp_write(&fixture->temp, "b.yaml", str_of(fixture_second));
    fixture_open(fixture, NULL);
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

void fixture_assert_file(const SessionFixture *fixture, const char *wanted)
{
    StrBuf has = { 0 };
    temp_read(temp_path(&fixture->temp, "a.yaml"), &has);
    assert_string_equal(strbuf_z(&has), wanted);
    strbuf_done(&has);
}
