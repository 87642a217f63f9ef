#include "ways.h"

#include <errno.h>
#include <sys/syscall.h>

#include "vekha/base/str.h"

#ifndef SYS_open
#define SYS_open SYS_openat
#define SYS_rename SYS_renameat
#define SYS_unlink SYS_unlinkat
#define SYS_readlink SYS_readlinkat
#define SYS_access SYS_faccessat
#endif
#ifndef SYS_newfstatat
#define SYS_newfstatat SYS_statx
#endif
#ifndef SYS_renameat
#define SYS_renameat SYS_renameat2
#endif
#ifndef SYS_mmap
#define SYS_mmap SYS_mmap2
#endif

static const Way ways[] = {
    { .name = "open",
      .numbers = { SYS_openat, SYS_open },
      .errors = { EIO, ENOSPC, EDQUOT, EACCES, EROFS, EINTR, EMFILE },
      .may_be_untrue = true },
    { .name = "stat", .numbers = { SYS_newfstatat, SYS_fstat, SYS_statx }, .errors = { EIO, EACCES, ESTALE } },
    { .name = "readlink", .numbers = { SYS_readlink, SYS_readlinkat }, .errors = { EIO, EACCES } },
    { .name = "getcwd", .numbers = { SYS_getcwd }, .errors = { EACCES } },
    { .name = "access", .numbers = { SYS_faccessat, SYS_access }, .errors = { EIO } },
    { .name = "read", .numbers = { SYS_read, SYS_pread64, SYS_readv }, .errors = { EIO, EINTR }, .may_be_short = true },
    { .name = "write",
      .numbers = { SYS_write, SYS_pwrite64 },
      .errors = { ENOSPC, EIO, EDQUOT, EFBIG, EPERM, EINTR },
      .may_be_short = true },
    { .name = "ftruncate", .numbers = { SYS_ftruncate }, .errors = { EIO, EPERM, EFBIG, EINTR }, .may_be_untrue = true },
    { .name = "fsync", .numbers = { SYS_fsync }, .errors = { EIO, ENOSPC, EDQUOT, EINTR }, .may_be_untrue = true },
    { .name = "close", .numbers = { SYS_close }, .errors = { EIO, ENOSPC, EDQUOT, EINTR }, .may_be_untrue = true },
    { .name = "rename",
      .numbers = { SYS_rename, SYS_renameat, SYS_renameat2 },
      .errors = { EIO, ENOSPC, EDQUOT, EACCES, EPERM, EROFS, EBUSY, EXDEV, EINTR },
      .may_be_untrue = true },
    { .name = "unlink",
      .numbers = { SYS_unlink, SYS_unlinkat },
      .errors = { EIO, EACCES, EROFS, EINTR },
      .may_be_untrue = true,
      .may_leave = true },
    { .name = "fchmod", .numbers = { SYS_fchmod }, .errors = { EIO, EPERM, EROFS, EINTR } },
    { .name = "fchown", .numbers = { SYS_fchown }, .errors = { EIO, EPERM, EDQUOT, EINTR } },
    { .name = "listxattr", .numbers = { SYS_listxattr, SYS_flistxattr }, .errors = { EIO, ENOTSUP, E2BIG, EACCES } },
    { .name = "getxattr", .numbers = { SYS_getxattr, SYS_fgetxattr }, .errors = { EIO, ERANGE, EACCES } },
    { .name = "setxattr", .numbers = { SYS_fsetxattr }, .errors = { EIO, ENOSPC, EDQUOT, EPERM, ENOTSUP } },
    { .name = "removexattr", .numbers = { SYS_fremovexattr }, .errors = { EIO, EPERM, ENOTSUP, ENODATA } },
    { .name = "lock", .numbers = { SYS_fcntl }, .errors = { EIO, ENOLCK, EINTR } },
    { .name = "memory", .numbers = { SYS_brk, SYS_mmap, SYS_mremap }, .errors = { ENOMEM } },
};

const Way *way_of(long number)
{
    for (size_t i = 0; i < COUNTOF(ways); i++) {
        for (size_t k = 0; k < COUNTOF(ways[i].numbers); k++) {
            if (ways[i].numbers[k] == number && (number != 0 || k == 0)) {
                return &ways[i];
            }
        }
    }
    return NULL;
}

bool way_is_for(const TraceCall *call)
{
    enum { FIRST_LOCK = 5, LAST_LOCK = 7, FIRST_OFD = 36, LAST_OFD = 38 };
    unsigned long command = call->args[1];
    return call->number != SYS_fcntl || (command >= FIRST_LOCK && command <= LAST_LOCK) ||
           (command >= FIRST_OFD && command <= LAST_OFD);
}
