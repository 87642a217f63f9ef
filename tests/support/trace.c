#include "trace.h"

#include <elf.h>
#include <errno.h>
#include <grp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { COUNT_ARG = 2, NO_CALL = -1, PATIENCE_SECONDS = 20 };

/* What lies in which register. */
#if defined(__x86_64__)
typedef struct user_regs_struct Regs;

static void read_call(const Regs *regs, TraceCall *call)
{
    *call =
        (TraceCall){ .number = (long)regs->orig_rax, .args = { regs->rdi, regs->rsi, regs->rdx, regs->r10, regs->r8, regs->r9 } };
}

static void set_count(Regs *regs, unsigned long count)
{
    regs->rdx = count;
}

static void set_result(Regs *regs, long result)
{
    regs->rax = (unsigned long)result;
}

static bool drop_call(pid_t child, Regs *regs)
{
    (void)child;
    regs->orig_rax = (unsigned long)NO_CALL;
    return true;
}
enum { HAS_REGS = 1 };
#elif defined(__aarch64__)
typedef struct user_regs_struct Regs;

static void read_call(const Regs *regs, TraceCall *call)
{
    *call = (TraceCall){ .number = (long)regs->regs[8] };
    for (size_t i = 0; i < COUNTOF(call->args); i++) {
        call->args[i] = regs->regs[i];
    }
}

static void set_count(Regs *regs, unsigned long count)
{
    regs->regs[COUNT_ARG] = count;
}

static void set_result(Regs *regs, long result)
{
    regs->regs[0] = (unsigned long)result;
}

static bool drop_call(pid_t child, Regs *regs)
{
    int number = NO_CALL;
    struct iovec part = { &number, sizeof number };
    (void)regs;
    return ptrace(PTRACE_SETREGSET, child, NT_ARM_SYSTEM_CALL, &part) == 0;
}
enum { HAS_REGS = 1 };
#else
typedef struct Regs {
    long none;
} Regs;

static void read_call(const Regs *regs, TraceCall *call)
{
    (void)regs;
    *call = (TraceCall){ 0 };
}

static void set_count(Regs *regs, unsigned long count)
{
    (void)regs;
    (void)count;
}

static void set_result(Regs *regs, long result)
{
    regs->none = result;
}

static bool drop_call(pid_t child, Regs *regs)
{
    (void)child;
    (void)regs;
    return false;
}
enum { HAS_REGS = 0 };
#endif

typedef struct Tracer {
    const TraceRun *run;
    TraceResult *result;
    pid_t child;
    bool has_begun, is_inside; /* the calls that count; a call */
    bool is_killed;
    long hit;     /* number of the call that the fault is for, once it came */
    bool is_lied; /* the call that is being made gets another result */
} Tracer;

static bool get_regs(pid_t child, Regs *regs)
{
    struct iovec part = { regs, sizeof *regs };
    return ptrace(PTRACE_GETREGSET, child, NT_PRSTATUS, &part) == 0;
}

static bool set_regs(pid_t child, Regs *regs)
{
    struct iovec part = { regs, sizeof *regs };
    return ptrace(PTRACE_SETREGSET, child, NT_PRSTATUS, &part) == 0;
}

/* Does the string at that address of the program end so? Strings that cross into no memory are read up to there. */
static bool names_file(pid_t child, unsigned long at, const char *end)
{
    char text[4096];
    enum { PAGE = 4096 };
    size_t n_first = PAGE - at % PAGE;
    struct iovec here = { text, sizeof text - 1 };
    struct iovec there[2] = { { (void *)at, n_first }, { (void *)(at + n_first), sizeof text - 1 - n_first } };
    ssize_t n = process_vm_readv(child, &here, 1, there, COUNTOF(there), 0);
    text[n > 0 ? n : 0] = '\0';
    return str_ends(str_of(text), str_of(end));
}

static bool begins(const Tracer *tracer, const TraceCall *call)
{
    switch (call->number) {
#ifdef SYS_open
    case SYS_open:
        return names_file(tracer->child, call->args[0], tracer->run->from);
#endif
    case SYS_openat:
        return names_file(tracer->child, call->args[1], tracer->run->from);
    default:
        return false;
    }
}

static void kill_child(Tracer *tracer)
{
    tracer->is_killed = true;
    assert_int_equal(kill(tracer->child, SIGKILL), 0);
}

static bool is_hit(const Tracer *tracer, const TraceCall *call)
{
    const Fault *fault = &tracer->run->fault;
    bool is_at = tracer->result->calls.n == fault->at + 1;
    bool is_said = call->number == SYS_write && call->args[0] <= STDERR_FILENO; /* what it has to say is to be heard */
    bool is_lasting = fault->kind == FAULT_ERROR_ON || fault->kind == FAULT_MEANWHILE_ON;
    bool is_again = is_lasting && tracer->hit == call->number && !is_said;
    return fault->kind != FAULT_NONE && (is_at || is_again);
}

static void spoil(Tracer *tracer, const TraceCall *call, Regs *regs)
{
    const Fault *fault = &tracer->run->fault;
    tracer->hit = call->number;
    switch (fault->kind) {
    case FAULT_NONE:
        break;
    case FAULT_KILL:
        assert_true(drop_call(tracer->child, regs) && set_regs(tracer->child, regs)); /* else some kernels still make it */
        kill_child(tracer);
        break;
    case FAULT_ERROR:
    case FAULT_ERROR_ON:
        tracer->is_lied = true;
        assert_true(drop_call(tracer->child, regs) && set_regs(tracer->child, regs));
        break;
    case FAULT_UNTRUE:
        tracer->is_lied = true;
        break;
    case FAULT_MEANWHILE:
    case FAULT_MEANWHILE_ON:
        tracer->run->meanwhile(tracer->run->context);
        break;
    case FAULT_SHORT:
    case FAULT_SHORT_KILL:
        set_count(regs, call->args[COUNT_ARG] / 2);
        assert_true(set_regs(tracer->child, regs));
        break;
    }
}

static void on_entry(Tracer *tracer, Regs *regs)
{
    TraceCall call;
    read_call(regs, &call);
    tracer->has_begun = tracer->has_begun || begins(tracer, &call);
    if (tracer->has_begun) {
        vec_push(&tracer->result->calls, call);
        if (is_hit(tracer, &call)) {
            spoil(tracer, &call, regs);
        }
    }
}

static void on_exit_of_call(Tracer *tracer, Regs *regs)
{
    const Fault *fault = &tracer->run->fault;
    const TraceCallVec *calls = &tracer->result->calls;
    if (tracer->is_lied) {
        tracer->is_lied = false;
        set_result(regs, -fault->error);
        assert_true(set_regs(tracer->child, regs));
    }
    if (fault->kind == FAULT_SHORT_KILL && calls->n == fault->at + 1) {
        kill_child(tracer);
    }
}

static void on_call(Tracer *tracer)
{
    Regs regs;
    if (!get_regs(tracer->child, &regs)) {
        return; /* it was killed meanwhile */
    }
    tracer->is_inside = !tracer->is_inside;
    if (tracer->is_inside) {
        on_entry(tracer, &regs);
    } else {
        on_exit_of_call(tracer, &regs);
    }
}

static void follow(Tracer *tracer)
{
    int *status = &tracer->result->status;
    int signal_number = 0;
    assert_int_equal(waitpid(tracer->child, status, 0), tracer->child);
    assert_true(WIFSTOPPED(*status)); /* before the program begins */
    assert_int_equal(
        ptrace(PTRACE_SETOPTIONS, tracer->child, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL), 0);
    while (!WIFEXITED(*status) && !WIFSIGNALED(*status)) {
        (void)ptrace(PTRACE_SYSCALL, tracer->child, NULL, (long)signal_number); /* fails on one that was just killed */
        assert_int_equal(waitpid(tracer->child, status, 0), tracer->child);
        signal_number = 0;
        if (WIFSTOPPED(*status) && WSTOPSIG(*status) == (SIGTRAP | 0x80) && !tracer->is_killed) {
            on_call(tracer);
        } else if (WIFSTOPPED(*status) && *status >> 16 == 0 && WSTOPSIG(*status) != (SIGTRAP | 0x80)) {
            signal_number = WSTOPSIG(*status);
        }
    }
}

static _Noreturn void become(const TraceRun *run, int out, int err)
{
    static const char *const environment[] = { "PATH=/usr/bin:/bin",          "HOME=.", "TZ=UTC", "LC_ALL=C.UTF-8",
                                               "ASAN_OPTIONS=detect_leaks=0", NULL };
    bool ok = chdir(run->folder) == 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0;
    (void)alarm(PATIENCE_SECONDS);
    if (ok && run->user != 0) {
        ok = setgroups(0, NULL) == 0 && setgid(run->user) == 0 && setuid(run->user) == 0;
    }
    if (ok && !run->is_free) {
        ok = ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 && raise(SIGSTOP) == 0;
    }
    if (ok) {
        (void)execve(run->argv[0], (char *const *)run->argv, (char *const *)environment);
    }
    _exit(127);
}

static void take_text(int fd, StrBuf *out)
{
    char part[4096];
    ssize_t n = 1;
    for (off_t at = 0; n > 0; at += n) {
        n = pread(fd, part, sizeof part, at);
        strbuf_add(out, (Str){ part, n > 0 ? (size_t)n : 0 });
    }
    (void)close(fd);
}

void trace_run(const TraceRun *run, TraceResult *out)
{
    Tracer tracer = { .run = run, .result = out, .hit = NO_CALL };
    int said = memfd_create("out", MFD_CLOEXEC);
    int complained = memfd_create("err", MFD_CLOEXEC);
    assert_true(said >= 0 && complained >= 0);
    *out = (TraceResult){ 0 };
    tracer.child = fork();
    assert_true(tracer.child >= 0);
    if (tracer.child == 0) {
        become(run, said, complained);
    }
    if (run->is_free) {
        assert_int_equal(waitpid(tracer.child, &out->status, 0), tracer.child);
    } else {
        follow(&tracer);
    }
    take_text(said, &out->out);
    take_text(complained, &out->err);
}

void trace_result_done(TraceResult *result)
{
    strbuf_done(&result->out);
    strbuf_done(&result->err);
    vec_done(&result->calls);
}

bool trace_is_allowed(void)
{
    int status = 0;
    pid_t child = HAS_REGS ? fork() : -1;
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0) {
            (void)raise(SIGSTOP);
        }
        _exit(1);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
        return false;
    }
    Regs regs;
    bool ok = get_regs(child, &regs);
    (void)kill(child, SIGKILL);
    (void)waitpid(child, &status, 0);
    return ok;
}
