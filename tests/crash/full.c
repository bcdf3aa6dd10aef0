/* A disk that is full: preloaded into a store, it lets nothing be added to the files of the log for as long as a file "full" lies in the folder.
 * As on a real disk, the first write that meets it may still put down half of its bytes; what was there stays, and can be read. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "/appendonlydir/"
#define MARK "full"

static int is_of_the_log(int fd) {
    char link[64], path[1024];
    struct stat about;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = '\0';
    return strstr(path, FOLDER) != NULL;
}

ssize_t write(int fd, const void *data, size_t size) {
    static int halved;
    ssize_t (*real)(int, const void *, size_t) = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    if (access(MARK, F_OK) != 0 || !is_of_the_log(fd)) return real(fd, data, size);
    if (!halved && size > 1) {
        halved = 1;
        return real(fd, data, size / 2);
    }
    errno = ENOSPC;
    return -1;
}
