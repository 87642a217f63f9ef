#ifndef VEKHA_APP_COMMAND_H
#define VEKHA_APP_COMMAND_H

#include "vekha/app/session.h"

typedef enum CommandGroup {
    GROUP_VIEWS,
    GROUP_MOVE,
    GROUP_MARK,
    GROUP_EDIT,
    GROUP_FILTER,
    GROUP_SHOW,
    GROUP_PROGRAM,
    GROUP_DIALOG, /* within a list or a prompt; not in the help */
    GROUP_COUNT
} CommandGroup;

/* What must be there for the command to run; checked once, for all. And what follows it. */
enum {
    NEEDS_EVENT = 1, /* a selected event */
    NEEDS_ROWS = 2,  /* a view of events: any but Планы */
    NEEDS_WRITE = 4, /* a file that may be changed */
    NEEDS_PLANS = 8, /* a folder that has some */
    OPENS_FIELD = 16 /* a person who gave it goes on typing a text */
};

/* So many commands at the beginning of GROUP_EDIT are the rows of the list that "edit" opens, and have its digits. */
enum { COMMAND_LISTED_EDITS = 10 };

/** A row of the table that the keymap, the key bar, the help and the tests read. */
typedef struct Command {
    Str name; /* in bindings */
    TextId title;
    TextId bar; /* six columns for the key bar; T_NONE: never there */
    CommandGroup group;
    unsigned needs;
    void (*run)(Session *session, int arg);
    int arg; /* of run: which move, which view, which status */
} Command;

size_t command_count(void);
/** The digit by which the list of its group's key chooses it; -1: it is in none. */
int command_digit(const Command *command);
const Command *command_at(size_t index);
/** NULL: there is no such command. */
const Command *command_find(Str name);
TextId command_group_title(CommandGroup group);
size_t command_group_count(CommandGroup group);
/** The command in that place of its group; there is one. */
const Command *command_in_group(CommandGroup group, size_t index);

/** Are its needs met, and is it meant for the view in hand? */
bool command_is_possible(const Session *session, const Command *command);
/** Runs it if it is possible; else says what is missing. */
void command_run(Session *session, const Command *command);

#endif
