/* What libical says, so that kith's answers can be compared with it; linked by no program of ours.
 *
 *     libical rules        reads lines RULE<tab>DTSTART<tab>LIMIT and answers each with its local times, one after another
 *     libical starts FILE  a line for each VEVENT of a file: its UID and its DTSTART, in seconds since 1970 in UTC
 *
 * Some rules libical never comes to an end with, so each is worked out in a child that may take so much of the processor's time;
 * the answer to a rule that took longer, or that felled its child, is "none".
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE = 65536, MILLISECONDS = 60 };

static void answer_rule(const char *text, const char *start, int limit)
{
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
    icalrecur_iterator *iterator = icalrecur_iterator_new(rule, icaltime_from_string(start));
    if (iterator == NULL) {
        printf("refused\n");
        return;
    }
    for (int count = 0; count < limit; count++) {
        struct icaltimetype time = icalrecur_iterator_next(iterator);
        if (icaltime_is_null_time(time)) break;
        printf("%s%s", count == 0 ? "" : " ", icaltime_as_ical_string(time));
    }
    printf("\n");
    icalrecur_iterator_free(iterator);
}

static int answer_rules(void)
{
    static char line[LINE];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *text = strtok(line, "\t"), *start = strtok(NULL, "\t"), *limit = strtok(NULL, "\t\n");
        if (limit == NULL) return 2;
        fflush(stdout);
        pid_t child = fork();
        if (child == -1) return 1;
        if (child == 0) {
            struct itimerval spent = { .it_value.tv_usec = MILLISECONDS * 1000 };
            setitimer(ITIMER_VIRTUAL, &spent, NULL);
            /* All at the end, so that nothing stands there of an answer that was cut off. */
            setvbuf(stdout, NULL, _IOFBF, LINE);
            answer_rule(text, start, atoi(limit));
            fflush(stdout);
            _exit(0);
        }
        int status;
        if (waitpid(child, &status, 0) == -1) return 1;
        if (status != 0) printf("none\n");
    }
    return 0;
}

/* As the parser asks for it. */
static char *next_line(char *line, size_t size, void *file)
{
    return fgets(line, (int)size, file);
}

static int print_starts(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) return 1;
    icalparser *parser = icalparser_new();
    icalparser_set_gen_data(parser, file);
    icalcomponent *calendar = icalparser_parse(parser, next_line);
    if (calendar == NULL) return 1;
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event != NULL; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        struct icaltimetype start = icalcomponent_get_dtstart(event);
        printf("%s %lld\n", icalcomponent_get_uid(event), (long long)icaltime_as_timet_with_zone(start, start.zone));
    }
    return 0;
}

int main(int count, char **arguments)
{
    if (count == 2 && strcmp(arguments[1], "rules") == 0) return answer_rules();
    if (count == 3 && strcmp(arguments[1], "starts") == 0) return print_starts(arguments[2]);
    fprintf(stderr, "usage: libical rules | libical starts FILE\n");
    return 2;
}
