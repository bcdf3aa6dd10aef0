/* A clock that is set: preloaded into a store, it moves what the store takes for the time of day by the microseconds that stand in the file
 * named by SHIFT, read anew each time. The clock that only runs on is left alone. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t *shift_us;

__attribute__((constructor)) static void plug_in(void) {
    const char *path = getenv("SHIFT");
    int file = path == NULL ? -1 : open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return; /* the shell that starts the store */
    void *seen = mmap(NULL, sizeof *shift_us, PROT_READ, MAP_SHARED, file, 0);
    if (seen == MAP_FAILED) abort();
    shift_us = seen;
    close(file);
}

/* Straight from the kernel: whoever looks for another function of this name may need memory, and memory may need the time. */
int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result != 0 || shift_us == NULL || (clock != CLOCK_REALTIME && clock != CLOCK_REALTIME_COARSE)) return result;
    int64_t ns = now->tv_nsec + (*shift_us % 1000000) * 1000;
    now->tv_sec += *shift_us / 1000000 + (ns < 0 ? -1 : ns / 1000000000);
    now->tv_nsec = ns < 0 ? ns + 1000000000 : ns % 1000000000;
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    (void)zone;
    int result = clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return result;
}

time_t time(time_t *kept) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (kept != NULL) *kept = exact.tv_sec;
    return exact.tv_sec;
}
