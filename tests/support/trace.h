#ifndef VEKHA_TESTS_SUPPORT_TRACE_H
#define VEKHA_TESTS_SUPPORT_TRACE_H

#include <stdbool.h>
#include <sys/types.h>

#include "vekha/base/str.h"
#include "vekha/base/vec.h"

/*
 * Runs a program and lets one of its system calls go wrong (ptrace; no rights are needed for one's own children).
 * Calls are counted from 0, beginning with the first that names the file of TraceRun.from.
 */

typedef enum FaultKind {
    FAULT_NONE,
    FAULT_KILL,         /* killed before the call */
    FAULT_ERROR,        /* the call is not made and fails */
    FAULT_ERROR_ON,     /* and so does each later one of its kind */
    FAULT_UNTRUE,       /* the call is made, and is said to have failed: a reply that got lost */
    FAULT_SHORT,        /* half of the bytes, said so */
    FAULT_SHORT_KILL,   /* half of the bytes, then killed */
    FAULT_MEANWHILE,    /* before the call somebody else does something */
    FAULT_MEANWHILE_ON, /* and so before each later one of its kind */
} FaultKind;

typedef struct Fault {
    FaultKind kind;
    size_t at;
    int error;
} Fault;

typedef struct TraceCall {
    long number; /* SYS_openat */
    unsigned long args[6];
} TraceCall;

typedef VEC(TraceCall) TraceCallVec;

typedef struct TraceRun {
    const char *const *argv; /* argv[0] is the path of the program */
    const char *folder;      /* to run in */
    uid_t user;              /* 0: as this process; else this user and group, without others */
    bool is_free;            /* not traced at all: no fault */
    const char *from;        /* how the name of the file ends */
    Fault fault;
    void (*meanwhile)(void *context); /* FAULT_MEANWHILE: what is done, while the program stands still */
    void *context;
} TraceRun;

typedef struct TraceResult {
    int status; /* of waitpid() */
    StrBuf out, err;
    TraceCallVec calls; /* from the first that counts */
} TraceResult;

/** May this process trace its children, on a machine whose registers are known here? */
bool trace_is_allowed(void);
/** Fails the test where it cannot be run. Release with trace_result_done(). */
void trace_run(const TraceRun *run, TraceResult *out);
void trace_result_done(TraceResult *result);

#endif
