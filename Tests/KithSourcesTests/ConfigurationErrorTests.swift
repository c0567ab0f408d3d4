import Foundation
import KithEngine
import KithTesting
import Testing

@testable import KithSources

/// What a user reads who wrote something else than was meant: the whole line, byte for byte.
@Suite("Errors of the configuration")
struct ConfigurationErrorTests {
    /// Reads a configuration of `me`, `calendars` and `contacts` on lines 1 to 3, with one of them replaced or a fourth line.
    private static func problem(of line: String) throws -> String? {
        let files = try Files()
        var lines = ["me: {emails: [ada@example.com]}", "calendars: [{path: ~/cal}]", "contacts: [{path: ~/cards}]"]
        let key = line.prefix { $0 != ":" }
        if let index = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) {
            lines[index] = line
        } else {
            lines.append(line)
        }
        try files.folder.write(lines.joined(separator: "\n") + "\n", to: ".config/kith/config.yaml")
        do throws(SettingError) {
            let configuration = try ConfigurationFiles.load(paths: files.paths)
            _ = try FileWorldSource(
                configuration: configuration,
                paths: files.paths,
                zones: Files.zones,
                zone: Files.berlin
            )
            return nil
        } catch {
            return files.masked(error.description).replacingOccurrences(of: "HOME/.config/kith/", with: "")
        }
    }

    /// What stands in a configuration, and what is said of it from the line number on.
    static let bad: [Reading] = [
        Reading("me: Ada", #"1:5: me: "Ada" is not a map; expected keys and values: name, emails, domains"#),
        Reading("me: {name: Ada}", #"1:5: me: "emails" is missing; without them no meeting can be told to be yours"#),
        Reading("me: {emails: []}", #"1:5: me: "emails" is missing; without them no meeting can be told to be yours"#),
        Reading("me: {emails: ada}", #"1:14: emails: "ada" is not an address; expected e.g. ada@example.com"#),
        Reading("me: {emails: [ada@example.com, {}]}", "1:32: emails: a map is not text; expected text"),
        Reading("me: {emails: [ada@example.com], domains: [[]]}", "1:43: domains: a list is not text; expected text"),
        Reading("me: {emails: [ada@example.com], name: [Ada]}", "1:39: name: a list is not text; expected text"),
        Reading("me: {email: ada@example.com}", #"1:6: unknown key "email" in me; did you mean emails?"#),
        Reading("mail: ~/Mail", #"4:7: mail: "~/Mail" is not a list; expected a list"#),
        Reading("mail: [~/Mail]", #"4:8: mail: "~/Mail" is not a map; expected keys and values: path, sent"#),
        Reading("mail: [{sent: Sent}]", #"4:8: mail: "path" is missing"#),
        Reading("mail: [{path: ~/Mail, send: Sent}]", #"4:23: unknown key "send" in mail; did you mean sent?"#),
        Reading("mail: [{path: ~/Mail, sent: [Sent, {}]}]", "4:36: sent: a map is not text; expected text"),
        Reading("mails: []", #"4:1: unknown key "mails"; did you mean mail?"#),
        Reading("calendars: ~/cal", #"2:12: calendars: "~/cal" is not a list; expected a list"#),
        Reading("calendars: [~/cal]", #"2:13: calendars: "~/cal" is not a map; expected keys and values: path, role"#),
        Reading("calendars: [{role: work}]", #"2:13: calendars: "path" is missing"#),
        Reading("calendars: [{path: }]", #"2:13: calendars: "path" is missing"#),
        Reading("calendars: [{path: [a, b]}]", "2:20: path: a list is not text; expected text"),
        Reading(
            "calendars: [{path: ~/cal, role: wrok}]",
            #"2:33: role: "wrok" is not one of its values; expected work, personal, holidays, birthdays, community, ignore; did you mean work?"#
        ),
        Reading(
            "calendars: [{path: ~/cal, role: [work]}]",
            "2:33: role: a list is not one of its values; expected work, personal, holidays, birthdays, community, ignore"
        ),
        Reading(
            "calendars: [{path: ~/cal, rôle: work}]",
            #"2:27: unknown key "rôle" in calendars; did you mean role?"#
        ),
        Reading("calendars:", #"1:1: "calendars" is missing"#),
        Reading("contacts: {path: ~/cards}", "3:11: contacts: a map is not a list; expected a list"),
        Reading("contacts: [{path: ~/cards, role: work}]", #"3:28: unknown key "role" in contacts; known: path"#),
        Reading("contacts: [{}]", #"3:12: contacts: "path" is missing"#),
        Reading("circles: [{every: 6 weeks, match: {name: a}}]", #"4:11: circles: "name" is missing"#),
        Reading(
            "circles: [{name: a, match: {}}]",
            "4:28: match: is empty; expected at least one of category, organization, domain, name, uid, email"
        ),
        Reading("circles: [{name: a}]", #"4:11: circles: "match" is missing"#),
        Reading(
            "circles: [{name: a, match: [b]}]",
            "4:28: match: a list is not a map; expected keys and values: category, organization, domain, name, uid, email"
        ),
        Reading(
            "circles: [{name: a, match: {categry: b}}]",
            #"4:29: unknown key "categry" in match; did you mean category?"#
        ),
        Reading("circles: [{name: a, match: {category: {b: c}}}]", "4:39: category: a map is not text; expected text"),
        Reading(
            "circles: [{name: a, match: {category: b}, every: 6 wekes}]",
            #"4:50: every: "6 wekes" is not a span; expected e.g. 6 weeks, 45 days, 2 months, 1 year"#
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, every: 0 days}]",
            #"4:50: every: "0 days" is not a span; expected e.g. 6 weeks, 45 days, 2 months, 1 year"#
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, every: -3 days}]",
            #"4:50: every: "-3 days" is not a span; expected e.g. 6 weeks, 45 days, 2 months, 1 year"#
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, every: 101 years}]",
            #"4:50: every: "101 years" is not a span; expected e.g. 6 weeks, 45 days, 2 months, 1 year"#
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, every: 6 weeks, at_worst: 5 weeks}]",
            #"4:69: at_worst: "5 weeks" is not as long as "every"; expected 6 weeks or more"#
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, at_worst: 5 weeks}]",
            #"4:53: at_worst: "5 weeks" is not as long as "every"; expected 6 weeks or more"#
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, network: strategc}]",
            #"4:52: network: "strategc" is not one of its values; expected operational, personal, strategic; did you mean strategic?"#
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, network: []}]",
            "4:52: network: a list is not a network; expected strategic, personal or operational"
        ),
        Reading(
            "circles: [{name: a, match: {category: b}, network: [personal, {}]}]",
            "4:63: network: a map is not one of its values; expected operational, personal, strategic"
        ),
        Reading(#"circles: [{name: "", match: {category: b}}]"#, #"4:18: name: "" is not text; expected text"#),
        Reading("circles: all", #"4:10: circles: "all" is not a list; expected a list"#),
        Reading(
            "people: [{name: Ana, every: soon}]",
            #"4:29: every: "soon" is not a span; expected e.g. 6 weeks, 45 days, 2 months, 1 year"#
        ),
        Reading("people: [{every: 6 weeks}]", "4:10: people: an entry names nobody; expected uid, email or name"),
        Reading(
            "people: [{name: Ana, since: 2026-02-30}]",
            #"4:29: since: "2026-02-30" is not a date; expected e.g. 2026-01-27"#
        ),
        Reading(
            "people: [{name: Ana, paused_until: tomorrow}]",
            #"4:36: paused_until: "tomorrow" is not a date; expected e.g. 2026-01-27"#
        ),
        Reading(
            "people: [{name: Ana, dropped: maybe}]",
            #"4:31: dropped: "maybe" is not a truth value; expected true or false"#
        ),
        Reading(
            #"people: [{name: Ana, dropped: "true"}]"#,
            #"4:31: dropped: "true" is not a truth value; expected true or false"#
        ),
        Reading(
            "people: [{name: Ana, dropped: yes}]",
            #"4:31: dropped: "yes" is not a truth value; expected true or false"#
        ),
        Reading(
            "people: [{name: Ana, role_model: 1}]",
            #"4:34: role_model: "1" is not a truth value; expected true or false"#
        ),
        Reading("people: [{name: Ana, interests: [{}]}]", "4:34: interests: a map is not text; expected text"),
        Reading(
            "people: [{name: Ana, every: 6 weeks, at_worst: 1w}]",
            #"4:48: at_worst: "1w" is not as long as "every"; expected 6 weeks or more"#
        ),
        Reading(
            "people: [{name: Ana, uid: }, {uid: }]",
            "4:30: people: an entry names nobody; expected uid, email or name"
        ),
        Reading(
            "people: [Ana]",
            #"4:10: people: "Ana" is not a map; expected keys and values: uid, email, name, network, every, at_worst, since, paused_until, dropped, interests, role_model, not_evidence"#
        ),
        Reading("people: [{nmae: Ana}]", #"4:11: unknown key "nmae" in people; did you mean name?"#),
        Reading(
            "priorities: [{by: 2027-03-31, stakeholders: {category: a}}]",
            #"4:14: priorities: "title" is missing"#
        ),
        Reading("priorities: [{title: P, stakeholders: {category: a}}]", #"4:14: priorities: "by" is missing"#),
        Reading(
            "priorities: [{title: P, by: 31.3.2027, stakeholders: {category: a}}]",
            #"4:29: by: "31.3.2027" is not a date; expected e.g. 2026-01-27"#
        ),
        Reading("priorities: [{title: P, by: 2027-03-31}]", #"4:14: priorities: "stakeholders" is missing"#),
        Reading(
            "priorities: [{title: P, by: 2027-03-31, stakeholders: {}}]",
            "4:55: stakeholders: is empty; expected at least one of category, organization, domain, name, uid, email"
        ),
        Reading("hours: 9-17", #"4:8: hours: "9-17" is not a map; expected keys and values: work, personal, quiet"#),
        Reading(#"hours: {wrok: "Mon 09:00-10:00"}"#, #"4:9: unknown key "wrok" in hours; did you mean work?"#),
        Reading(
            #"hours: {work: "Mon-Fri 9-17"}"#,
            #"4:15: work: "Mon-Fri 9-17" is not hours; expected e.g. "Mon-Fri 09:00-17:30, Sat 10:00-12:00""#
        ),
        Reading(
            #"hours: {work: "Mon-Fri 17:00-09:00"}"#,
            #"4:15: work: "Mon-Fri 17:00-09:00" is not hours; expected e.g. "Mon-Fri 09:00-17:30, Sat 10:00-12:00""#
        ),
        Reading(
            #"hours: {work: "Mon 09:00-09:00"}"#,
            #"4:15: work: "Mon 09:00-09:00" is not hours; expected e.g. "Mon-Fri 09:00-17:30, Sat 10:00-12:00""#
        ),
        Reading(
            #"hours: {work: "Mon 09:00-24:01"}"#,
            #"4:15: work: "Mon 09:00-24:01" is not hours; expected e.g. "Mon-Fri 09:00-17:30, Sat 10:00-12:00""#
        ),
        Reading(
            #"hours: {work: "Foo 09:00-10:00"}"#,
            #"4:15: work: "Foo 09:00-10:00" is not hours; expected e.g. "Mon-Fri 09:00-17:30, Sat 10:00-12:00""#
        ),
        Reading(
            #"hours: {work: "Mon-Tue-Wed 09:00-10:00"}"#,
            #"4:15: work: "Mon-Tue-Wed 09:00-10:00" is not hours; expected e.g. "Mon-Fri 09:00-17:30, Sat 10:00-12:00""#
        ),
        Reading(
            "hours: {work: [Mon]}",
            #"4:15: work: a list is not hours; expected e.g. "Mon-Fri 09:00-17:30, Sat 10:00-12:00""#
        ),
        Reading(
            #"hours: {quiet: "22:00"}"#,
            #"4:16: quiet: "22:00" is not a range of hours; expected e.g. "21:00-08:00""#
        ),
        Reading(
            #"hours: {quiet: "22:00-24:01"}"#,
            #"4:16: quiet: "22:00-24:01" is not a range of hours; expected e.g. "21:00-08:00""#
        ),
        Reading("hours: {quiet: {}}", "4:16: quiet: a map is not text; expected text"),
        Reading("days_off: 2026-05-04", #"4:11: days_off: "2026-05-04" is not a list; expected a list"#),
        Reading(
            "days_off: [2026-05-08/2026-05-04]",
            #"4:12: days_off: "2026-05-08/2026-05-04" is not a day or a range of days; expected e.g. 2026-05-04 or 2026-05-04/2026-05-08"#
        ),
        Reading(
            "days_off: [2026-05-04/2026-05-05/2026-05-06]",
            #"4:12: days_off: "2026-05-04/2026-05-05/2026-05-06" is not a day or a range of days; expected e.g. 2026-05-04 or 2026-05-04/2026-05-08"#
        ),
        Reading(
            "days_off: [May]",
            #"4:12: days_off: "May" is not a day or a range of days; expected e.g. 2026-05-04 or 2026-05-04/2026-05-08"#
        ),
        Reading(
            "days_off: [2026-05-04/]",
            #"4:12: days_off: "2026-05-04/" is not a day or a range of days; expected e.g. 2026-05-04 or 2026-05-04/2026-05-08"#
        ),
        Reading("budget: {per_day: 9}", #"4:19: per_day: "9" is not such a number; expected a number from 0 to 3"#),
        Reading("budget: {per_day: -1}", #"4:19: per_day: "-1" is not such a number; expected a number from 0 to 3"#),
        Reading(
            "budget: {per_week: 22}",
            #"4:20: per_week: "22" is not such a number; expected a number from 0 to 21"#
        ),
        Reading(
            "budget: {per_week: five}",
            #"4:20: per_week: "five" is not such a number; expected a number from 0 to 21"#
        ),
        Reading("budget: {per_year: 5}", #"4:10: unknown key "per_year" in budget; known: per_day, per_week"#),
        Reading("budget: 5", #"4:9: budget: "5" is not a map; expected keys and values: per_day, per_week"#),
        Reading("limits: {file: much}", #"4:16: file: "much" is not a size; expected e.g. 512MB"#),
        Reading("limits: {file: 0}", #"4:16: file: "0" is not a size; expected e.g. 512MB"#),
        Reading("limits: {file: 5TB}", #"4:16: file: "5TB" is not a size; expected e.g. 512MB"#),
        Reading("limits: {file: -5MB}", #"4:16: file: "-5MB" is not a size; expected e.g. 512MB"#),
        Reading("limits: {files: 5MB}", #"4:10: unknown key "files" in limits; did you mean file?"#),
        Reading("limits: {file: 1000GB}", #"4:16: file: "1000GB" is not a size; expected e.g. 512MB"#),
        Reading(
            "privacy: initals",
            #"4:10: privacy: "initals" is not one of its values; expected names, initials, hidden; did you mean initials?"#
        ),
        Reading("privacy: [names]", "4:10: privacy: a list is not one of its values; expected names, initials, hidden"),
        Reading("channels: desktop", #"4:11: channels: "desktop" is not a list; expected a list"#),
        Reading("chanels: []", #"4:1: unknown key "chanels"; did you mean channels?"#),
        Reading("chaos: 1.1", #"4:8: chaos: "1.1" is not a share; expected a number from 0 to 1, e.g. 0.2"#),
        Reading("chaos: -0.2", #"4:8: chaos: "-0.2" is not a share; expected a number from 0 to 1, e.g. 0.2"#),
        Reading("chaos: 20%", #"4:8: chaos: "20%" is not a share; expected a number from 0 to 1, e.g. 0.2"#),
        Reading("chaos: 0x1p-2", #"4:8: chaos: "0x1p-2" is not a share; expected a number from 0 to 1, e.g. 0.2"#),
        Reading("chaos: .", #"4:8: chaos: "." is not a share; expected a number from 0 to 1, e.g. 0.2"#),
        Reading("chaos: [0.2]", "4:8: chaos: a list is not a share; expected a number from 0 to 1, e.g. 0.2"),
        Reading(
            "luck: 0.2",
            #"4:1: unknown key "luck"; known: me, time_zone, calendars, contacts, circles, people, priorities, mail, hours, days_off, budget, chaos, limits, privacy, channels"#
        ),
        Reading("timezone: Europe/Berlin", #"4:1: unknown key "timezone"; did you mean time_zone?"#),
        Reading(#""me ": {}"#, #"4:1: unknown key "me"; did you mean me?"#),
        Reading(
            #""\e[31mred": 1"#,
            #"4:1: unknown key "[31mred"; known: me, time_zone, calendars, contacts, circles, people, priorities, mail, hours, days_off, budget, chaos, limits, privacy, channels"#
        ),
        Reading("? [a, b]", "4:3: a key must be text"),
    ]

    @Test("A bad value is told with its place, its key, itself and what was expected", arguments: bad)
    func told(_ reading: Reading) throws {
        #expect(try Self.problem(of: reading.given) == "config.yaml:" + reading.result)
    }
}
