/* newlines FOLDER: reads the large calendar and finds the ends of its lines, which is the least that any reader does. */
#include "peer.h"

int main(int argc, char **argv) {
    char path[4096];
    size_t size;
    long count = 0;
    if (argc < 2) return 64;
    snprintf(path, sizeof path, "%s/large.ics", argv[1]);
    double began = now();
    char *bytes = contents(path, &size);
    for (char *next = bytes; (next = memchr(next, '\n', (size_t)(bytes + size - next))); next++) count++;
    report(now() - began, count, size);
    return 0;
}
