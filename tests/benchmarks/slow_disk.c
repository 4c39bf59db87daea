/* Makes the disk slow: every fsync and fdatasync takes SLOW_DISK_MS longer, as on a hard disk or a NAS.
 * Preloaded (LD_PRELOAD) into the program under measurement. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static struct timespec longer;

__attribute__((constructor)) static void begin(void)
{
    const char *told = getenv("SLOW_DISK_MS");
    long milliseconds = told ? atol(told) : 0;
    longer.tv_sec = milliseconds / 1000;
    longer.tv_nsec = milliseconds % 1000 * 1000000;
}

static int slowly(const char *call, int descriptor)
{
    int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, call);
    nanosleep(&longer, 0);
    return real(descriptor);
}

int fsync(int descriptor) { return slowly("fsync", descriptor); }
int fdatasync(int descriptor) { return slowly("fdatasync", descriptor); }
