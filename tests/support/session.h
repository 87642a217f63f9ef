#ifndef TESTS_SUPPORT_SESSION_H
#define TESTS_SUPPORT_SESSION_H

#include "temp.h"
#include "vekha/app/session.h"

/** A session over a folder of files made for a test, on 10 May 2022, in Russian. Zero: none is open. */
typedef struct SessionFixture {
    Temp temp;
    Session *session;
} SessionFixture;

/** Opens the folder, which is made if it is not there; with a name only that file of it. */
void fixture_open(SessionFixture *fixture, const char *name);
/**
 * Two plans of five events: a.yaml «Первый план» (Учёба 10.06, Приказ о сборе 12.05), b.yaml «Второй план» with the sections
 * Осень (Смотр in September with a note, Отчёт done in March) and Весна (Сверка, late since April). On the list of plans.
 */
void fixture_open_two(SessionFixture *fixture);
extern const char fixture_first[], fixture_second[];
/** Closes the session and removes the folder. */
void fixture_close(SessionFixture *fixture);
/** Runs a command by its name, as a key would. */
void fixture_run(SessionFixture *fixture, const char *command);
/** Types words into the prompt or the list. */
void fixture_type(SessionFixture *fixture, const char *words);
/** The title of the selected event; "" if there is none. */
const char *fixture_selected(const SessionFixture *fixture);
/** What the message line says; "" if nothing. */
const char *fixture_said(const SessionFixture *fixture);
/** The plan a.yaml is that text. */
void fixture_assert_file(const SessionFixture *fixture, const char *wanted);

#endif
