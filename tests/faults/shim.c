/* Counts the calls by which a process changes files or sends bytes, and ends or disturbs it at one of them.
 *
 * Preloaded (LD_PRELOAD) into the process under test. A call is a point when it touches a file beneath one of the roots
 * or an internet socket; every point of the process, whatever its thread, gets the next number. What is written here
 * goes to the kernel directly, so that it is not counted itself.
 *
 *   KILLPOINT_ROOTS   folders, separated by ':'
 *   KILLPOINT_TRACE   file that gets one line a point: number, call, bytes, path, second path, separated by tabs
 *   KILLPOINT_AT      the point at which something happens; none without it
 *   KILLPOINT_DO      before | after: SIGKILL before, or after, the call; torn: SIGKILL after half of its bytes;
 *                     a number: that errno instead of the call
 *   KILLPOINT_CALL    with an errno: only calls of this name, from that point on, and all of them
 *   KILLPOINT_CROSS   errno of every link or rename from one folder to another: EXDEV makes two disks of two folders
 *   KILLPOINT_LINKS   errno of every link: EPERM makes a disk that knows no hard links
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define SYMBOL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define PATH_BYTES (PATH_MAX + NAME_MAX + 2)

enum verdict { GO, KILL_AFTER, TORN, FAIL };

static char roots[8][PATH_MAX];
static int root_count;
static int trace = -1;
static long at, last_number;
static const char *deed = "", *only_call = "";
static int deed_errno, cross_errno, link_errno;
static volatile int ready;

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

/* Reads the settings; called again by a process that was forked and has got its own. */
__attribute__((constructor)) void killpoint_begin(void)
{
    char all[8 * PATH_MAX], *rest = all, *one;
    snprintf(all, sizeof all, "%s", setting("KILLPOINT_ROOTS"));
    while (root_count < 8 && (one = strsep(&rest, ":")) && *one)
        snprintf(roots[root_count++], PATH_MAX, "%s", one);
    if (!root_count)
        return;
    at = atol(setting("KILLPOINT_AT"));
    deed = setting("KILLPOINT_DO");
    deed_errno = atoi(deed);
    only_call = setting("KILLPOINT_CALL");
    cross_errno = atoi(setting("KILLPOINT_CROSS"));
    link_errno = atoi(setting("KILLPOINT_LINKS"));
    if (*setting("KILLPOINT_TRACE"))
        trace = syscall(SYS_openat, AT_FDCWD, setting("KILLPOINT_TRACE"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ready = 1;
}

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
        pause();
}

static void path_of_descriptor(int descriptor, char *path)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX);
    path[length < 0 ? 0 : length] = 0;
}

static void path_at(int folder, const char *name, char *path)
{
    if (name[0] == '/') {
        snprintf(path, PATH_BYTES, "%s", name);
        return;
    }
    char above[PATH_MAX + 1];
    if (folder == AT_FDCWD) {
        if (!getcwd(above, sizeof above))
            above[0] = 0;
    } else {
        path_of_descriptor(folder, above);
    }
    snprintf(path, PATH_BYTES, "%s/%s", above, name);
}

static int beneath(const char *path, const char *root)
{
    size_t length = strlen(root);
    return !strncmp(path, root, length) && (path[length] == '/' || !path[length]);
}

static int is_ours(const char *path)
{
    for (int i = 0; i < root_count; i++)
        if (beneath(path, roots[i]))
            return 1;
    return 0;
}

static int is_internet(int descriptor)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    if (getsockname(descriptor, (struct sockaddr *)&address, &length))
        return 0;
    return address.ss_family == AF_INET || address.ss_family == AF_INET6;
}

/* Number the point, write it down, and say what is to become of the call; does not come back where that is death. */
static enum verdict point(const char *call, long bytes, const char *path, const char *second)
{
    int before = errno;
    long number = __atomic_add_fetch(&last_number, 1, __ATOMIC_SEQ_CST);
    if (trace >= 0) {
        char line[2 * PATH_BYTES + 100];
        int length = snprintf(line, sizeof line, "%ld\t%s\t%ld\t%s\t%s\n", number, call, bytes, path, second);
        syscall(SYS_write, trace, line, (size_t)length);
    }
    errno = before;
    if (*only_call) {
        int meant = at && number >= at && !strcmp(call, only_call);
        return meant ? FAIL : GO;
    }
    if (!at || number != at)
        return GO;
    if (!strcmp(deed, "before"))
        die();
    if (!strcmp(deed, "torn"))
        return TORN;
    return deed_errno ? FAIL : KILL_AFTER;
}

static enum verdict point_on_descriptor(const char *call, int descriptor, long bytes)
{
    if (!ready)
        return GO;
    int before = errno;
    char path[PATH_MAX + 1];
    path_of_descriptor(descriptor, path);
    int counts = is_ours(path) || (!strncmp(path, "socket:", 7) && is_internet(descriptor));
    errno = before;
    return counts ? point(call, bytes, path, "") : GO;
}

/* A connection that a send has failed on is broken both ways: whoever reads from it next finds its end. */
static enum verdict point_on_connection(int connection, long bytes)
{
    enum verdict judged = point_on_descriptor("send", connection, bytes);
    if (judged == FAIL)
        shutdown(connection, SHUT_RDWR);
    return judged;
}

static enum verdict point_on_name(const char *call, int folder, const char *name)
{
    if (!ready || !name)
        return GO;
    char path[PATH_BYTES];
    path_at(folder, name, path);
    return is_ours(path) ? point(call, 0, path, "") : GO;
}

static enum verdict point_on_names(const char *call, int folder, const char *name, int other, const char *new)
{
    if (!ready || !name || !new)
        return GO;
    char path[PATH_BYTES], second[PATH_BYTES];
    path_at(folder, name, path);
    path_at(other, new, second);
    return is_ours(path) || is_ours(second) ? point(call, 0, path, second) : GO;
}

/* What the disk itself is made not to allow: two folders on one disk, or hard links. */
static int forbidden(int is_link, int folder, const char *name, int other, const char *new)
{
    if (!ready || !name || !new || !(cross_errno || link_errno))
        return 0;
    char path[PATH_BYTES], second[PATH_BYTES];
    path_at(folder, name, path);
    path_at(other, new, second);
    if (!is_ours(path))
        return 0;
    if (is_link && link_errno)
        return link_errno;
    *strrchr(path, '/') = 0;
    *strrchr(second, '/') = 0;
    return strcmp(path, second) ? cross_errno : 0;
}

#define FORBID(number)          \
    do {                        \
        int _number = (number); \
        if (_number) {          \
            errno = _number;    \
            return -1;          \
        }                       \
    } while (0)

#define SURROUND(judged, type, whole, half)                   \
    do {                                                      \
        enum verdict _judged = (judged);                      \
        if (_judged == FAIL) {                                \
            errno = deed_errno;                               \
            return -1;                                        \
        }                                                     \
        type _result = _judged == TORN ? (half) : (whole);    \
        if (_judged == KILL_AFTER || _judged == TORN)         \
            die();                                            \
        return _result;                                       \
    } while (0)

/* A process ended by the torn write of a call that has no bytes dies before it. */
static int nothing(void)
{
    die();
    return -1;
}

ssize_t write(int fd, const void *data, size_t n)
{
    SURROUND(point_on_descriptor("write", fd, n), ssize_t, SYMBOL(write)(fd, data, n), SYMBOL(write)(fd, data, n / 2));
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t offset)
{
    SURROUND(point_on_descriptor("pwrite", fd, n), ssize_t, SYMBOL(pwrite)(fd, data, n, offset), SYMBOL(pwrite)(fd, data, n / 2, offset));
}

ssize_t pwrite64(int fd, const void *data, size_t n, off64_t offset)
{
    SURROUND(point_on_descriptor("pwrite", fd, n), ssize_t, SYMBOL(pwrite64)(fd, data, n, offset), SYMBOL(pwrite64)(fd, data, n / 2, offset));
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    SURROUND(point_on_descriptor("writev", fd, count), ssize_t, SYMBOL(writev)(fd, parts, count), SYMBOL(writev)(fd, parts, count / 2));
}

ssize_t sendfile(int to, int from, off_t *offset, size_t n)
{
    SURROUND(point_on_descriptor("sendfile", to, n), ssize_t, SYMBOL(sendfile)(to, from, offset, n), SYMBOL(sendfile)(to, from, offset, n / 2));
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t n)
{
    SURROUND(point_on_descriptor("sendfile", to, n), ssize_t, SYMBOL(sendfile64)(to, from, offset, n), SYMBOL(sendfile64)(to, from, offset, n / 2));
}

ssize_t copy_file_range(int from, off64_t *start, int to, off64_t *offset, size_t n, unsigned flags)
{
    SURROUND(point_on_descriptor("copy_file_range", to, n), ssize_t, SYMBOL(copy_file_range)(from, start, to, offset, n, flags), SYMBOL(copy_file_range)(from, start, to, offset, n / 2, flags));
}

ssize_t send(int fd, const void *data, size_t n, int flags)
{
    SURROUND(point_on_connection(fd, n), ssize_t, SYMBOL(send)(fd, data, n, flags), SYMBOL(send)(fd, data, n / 2, flags));
}

ssize_t sendto(int fd, const void *data, size_t n, int flags, const struct sockaddr *to, socklen_t length)
{
    SURROUND(point_on_connection(fd, n), ssize_t, SYMBOL(sendto)(fd, data, n, flags, to, length), SYMBOL(sendto)(fd, data, n / 2, flags, to, length));
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    SURROUND(point_on_connection(fd, 0), ssize_t, SYMBOL(sendmsg)(fd, message, flags), nothing());
}

int fsync(int fd)
{
    SURROUND(point_on_descriptor("fsync", fd, 0), int, SYMBOL(fsync)(fd), nothing());
}

int fdatasync(int fd)
{
    SURROUND(point_on_descriptor("fdatasync", fd, 0), int, SYMBOL(fdatasync)(fd), nothing());
}

int ftruncate(int fd, off_t length)
{
    SURROUND(point_on_descriptor("ftruncate", fd, length), int, SYMBOL(ftruncate)(fd, length), nothing());
}

int ftruncate64(int fd, off64_t length)
{
    SURROUND(point_on_descriptor("ftruncate", fd, length), int, SYMBOL(ftruncate64)(fd, length), nothing());
}

int rename(const char *name, const char *new)
{
    FORBID(forbidden(0, AT_FDCWD, name, AT_FDCWD, new));
    SURROUND(point_on_names("rename", AT_FDCWD, name, AT_FDCWD, new), int, SYMBOL(rename)(name, new), nothing());
}

int renameat(int folder, const char *name, int other, const char *new)
{
    FORBID(forbidden(0, folder, name, other, new));
    SURROUND(point_on_names("rename", folder, name, other, new), int, SYMBOL(renameat)(folder, name, other, new), nothing());
}

int renameat2(int folder, const char *name, int other, const char *new, unsigned flags)
{
    FORBID(forbidden(0, folder, name, other, new));
    SURROUND(point_on_names("rename", folder, name, other, new), int, SYMBOL(renameat2)(folder, name, other, new, flags), nothing());
}

int link(const char *name, const char *new)
{
    FORBID(forbidden(1, AT_FDCWD, name, AT_FDCWD, new));
    SURROUND(point_on_names("link", AT_FDCWD, name, AT_FDCWD, new), int, SYMBOL(link)(name, new), nothing());
}

int linkat(int folder, const char *name, int other, const char *new, int flags)
{
    FORBID(forbidden(1, folder, name, other, new));
    SURROUND(point_on_names("link", folder, name, other, new), int, SYMBOL(linkat)(folder, name, other, new, flags), nothing());
}

int symlink(const char *target, const char *name)
{
    SURROUND(point_on_name("symlink", AT_FDCWD, name), int, SYMBOL(symlink)(target, name), nothing());
}

int symlinkat(const char *target, int folder, const char *name)
{
    SURROUND(point_on_name("symlink", folder, name), int, SYMBOL(symlinkat)(target, folder, name), nothing());
}

int unlink(const char *name)
{
    SURROUND(point_on_name("unlink", AT_FDCWD, name), int, SYMBOL(unlink)(name), nothing());
}

int unlinkat(int folder, const char *name, int flags)
{
    SURROUND(point_on_name("unlink", folder, name), int, SYMBOL(unlinkat)(folder, name, flags), nothing());
}

int mkdir(const char *name, mode_t mode)
{
    SURROUND(point_on_name("mkdir", AT_FDCWD, name), int, SYMBOL(mkdir)(name, mode), nothing());
}

int mkdirat(int folder, const char *name, mode_t mode)
{
    SURROUND(point_on_name("mkdir", folder, name), int, SYMBOL(mkdirat)(folder, name, mode), nothing());
}

static enum verdict point_on_creation(int folder, const char *name, int flags)
{
    return flags & (O_CREAT | O_TRUNC) ? point_on_name("create", folder, name) : GO;
}

static mode_t mode_of(int flags, va_list rest)
{
    return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0;
}

#define OPENING(real)                                                                  \
    va_list rest;                                                                      \
    va_start(rest, flags);                                                             \
    mode_t mode = mode_of(flags, rest);                                                \
    va_end(rest);                                                                      \
    SURROUND(point_on_creation(folder, name, flags), int, real, nothing())

int open(const char *name, int flags, ...)
{
    const int folder = AT_FDCWD;
    OPENING(SYMBOL(open)(name, flags, mode));
}

int open64(const char *name, int flags, ...)
{
    const int folder = AT_FDCWD;
    OPENING(SYMBOL(open64)(name, flags, mode));
}

int openat(int folder, const char *name, int flags, ...)
{
    OPENING(SYMBOL(openat)(folder, name, flags, mode));
}

int openat64(int folder, const char *name, int flags, ...)
{
    OPENING(SYMBOL(openat64)(folder, name, flags, mode));
}
