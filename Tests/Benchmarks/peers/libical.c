/* libical ROW FOLDER: the rows that libical can do, as one who knows its manual would do them. */
#include "peer.h"

#include <dirent.h>
#include <libical/ical.h>

/* 2026-01-01 in Berlin, and 400 days later. */
static struct icaltimetype window_start, window_end;

static char *line(char *into, size_t size, void *file) { return fgets(into, (int)size, file); }

static icalcomponent *parsed(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    icalparser *parser = icalparser_new();
    icalparser_set_gen_data(parser, file);
    icalcomponent *calendar = icalparser_parse(parser, line);
    icalparser_free(parser);
    fclose(file);
    return calendar;
}

static void occurrence(icalcomponent *event, struct icaltime_span *span, void *count) {
    (void)event;
    (void)span;
    ++*(long *)count;
}

static long expanded(icalcomponent *calendar) {
    long count = 0;
    icalcompiter events = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);
    for (icalcomponent *event; (event = icalcompiter_deref(&events)); icalcompiter_next(&events))
        icalcomponent_foreach_recurrence(event, window_start, window_end, occurrence, &count);
    return count;
}

static void read_large(const char *folder) {
    char path[4096];
    size_t size;
    snprintf(path, sizeof path, "%s/large.ics", folder);
    free(contents(path, &size));
    double began = now();
    icalcomponent *calendar = parsed(path);
    double spent = now() - began;
    report(spent, icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), size);
}

static void occurrences(const char *folder) {
    char path[4096];
    snprintf(path, sizeof path, "%s/large.ics", folder);
    icalcomponent *calendar = parsed(path);
    double began = now();
    long count = expanded(calendar);
    report(now() - began, count, 0);
}

static void vdir(const char *folder) {
    char path[4096];
    long count = 0;
    double began = now();
    snprintf(path, sizeof path, "%s/vdir", folder);
    DIR *names = opendir(path);
    for (struct dirent *entry; names && (entry = readdir(names));) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/vdir/%s", folder, entry->d_name);
        icalcomponent *calendar = parsed(path);
        count += expanded(calendar);
        icalcomponent_free(calendar);
    }
    double spent = now() - began;
    if (names) closedir(names);
    report(spent, count, 0);
}

static void rules(const char *folder) {
    char path[4096], *rest;
    size_t size;
    long count = 0;
    double spent = 0;
    snprintf(path, sizeof path, "%s/rules.txt", folder);
    char *text = contents(path, &size);
    for (char *row = strtok_r(text, "\n", &rest); row; row = strtok_r(NULL, "\n", &rest)) {
        char *field;
        struct icalrecurrencetype rule = icalrecurrencetype_from_string(strtok_r(row, "\t", &field));
        struct icaltimetype start = icaltime_from_string(strtok_r(NULL, "\t", &field));
        long given = 0, limit = atol(strtok_r(NULL, "\t", &field));
        double began = now();
        icalrecur_iterator *times = icalrecur_iterator_new(rule, start);
        while (times && given < limit && !icaltime_is_null_time(icalrecur_iterator_next(times))) given++;
        if (times) icalrecur_iterator_free(times);
        spent += now() - began;
        count += given;
    }
    report(spent, count, 0);
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*measure)(const char *folder);
    } rows[] = {{"read", read_large}, {"occurrences", occurrences}, {"vdir", vdir}, {"rules", rules}};
    window_start = icaltime_from_string("20251231T230000Z");
    window_end = icaltime_from_string("20270204T230000Z");
    for (size_t index = 0; argc > 2 && index < sizeof rows / sizeof *rows; index++) {
        if (strcmp(rows[index].name, argv[1]) != 0) continue;
        rows[index].measure(argv[2]);
        return 0;
    }
    return 64;
}
