#ifndef VEKHA_TESTS_SUPPORT_OPENED_H
#define VEKHA_TESTS_SUPPORT_OPENED_H

#include "pty.h"
#include "temp.h"

/* The interface on a real terminal, open on one plan of a copy of the plans, while others work in its folder. */
typedef struct Opened {
    Temp temp, home;
    uid_t user; /* who runs it; 0: this one */
    Pty *pty;
} Opened;

/** The plan's name; its second event, id h24n, due on 29.03.2022, is the one that gets selected. */
#define OPENED_PLAN "sayansk-500-2022.yaml"

/** Folders only. */
void opened_new(Opened *opened);
/** The program will run as that user, whose both folders are then. */
void opened_give(Opened *opened, uid_t user);
/** Starts the program and goes to the plan; fails the test if that does not come. Also once more, when the old one has ended. */
void opened_start(Opened *opened);
/** Only starts it: it may begin with a question. */
void opened_start_only(Opened *opened);
/** Goes to the plan, when it has been started. */
void opened_go(Opened *opened);
void opened_done(Opened *opened);

/** Waits until the words are on the screen; fails the test with the screen if they do not come. */
void opened_assert(Opened *opened, const char *words);
/** The same, without the failure and without waiting. */
bool opened_shows(Opened *opened, const char *words);
/** Fails the test with the screen, and these words about it. */
void opened_fail(Opened *opened, const char *words);

const char *opened_path(const Opened *opened);
/** Is that text in the plan's file? */
bool opened_holds(const Opened *opened, const char *text);
/** Types half of a new deadline for the second event: «до 15 ию». */
void opened_type_half(Opened *opened);
/** The other half, and no reason: it is in the file then. */
void opened_type_rest(Opened *opened);
/** Is there a draft that holds the text? */
bool opened_has_draft(const Opened *opened, const char *text);

/** Runs a line of the shell in the folder, without a person's settings of git; its exit code, what it says goes nowhere. */
int opened_try(const Opened *opened, const char *line);
/** The same; fails the test unless it succeeds. */
void opened_run(const Opened *opened, const char *line);
bool opened_has_program(const char *program);

#endif
