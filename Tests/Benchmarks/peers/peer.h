/* What every peer in C needs: a clock, the most memory it had, a whole file, and the line of JSON that says so. */
#ifndef PEER_H
#define PEER_H

#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* VmHWM, in bytes: what getrusage gives begins with the memory of the process that started this one. */
static long peak(void) {
    char line[256];
    long kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kilobytes);
    if (status) fclose(status);
    return kilobytes * 1024;
}

/* The bytes of a file, ended by a zero. */
static char *contents(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(1);
    }
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    if (!bytes || fread(bytes, 1, *size, file) != *size) {
        perror(path);
        exit(1);
    }
    bytes[*size] = 0;
    fclose(file);
    return bytes;
}

static void report(double seconds, long count, size_t bytes) {
    printf("{\"seconds\": [%.9f], \"count\": %ld, \"bytes\": %zu, \"peak\": %ld}\n", seconds, count, bytes, peak());
}

#endif
