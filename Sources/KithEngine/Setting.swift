package import KithCore

/// A tree of configuration values that know their file, line and column.
///
/// A reader asks for what it expects and gets it or a ``SettingError`` that names the place, the value and what was
/// expected; see `Setting+Reading.swift`.
package struct Setting: Hashable, Sendable {
    /// One key and its value; the key has a place of its own, for "unknown key".
    package struct Entry: Hashable, Sendable {
        package var key: String
        package var keyPlace: Place
        package var value: Setting

        package init(key: String, keyPlace: Place, value: Setting) {
            (self.key, self.keyPlace, self.value) = (key, keyPlace, value)
        }
    }

    /// What a node of YAML can be.
    package enum Value: Hashable, Sendable {
        /// A scalar's text, and whether it was written in quotes (then `true` and `~` are text).
        case scalar(String, isQuoted: Bool)
        case list([Setting])
        /// In the order written, keys unique.
        case map([Entry])
        case null
    }

    package var value: Value
    package var place: Place

    package init(_ value: Value, at place: Place) {
        (self.value, self.place) = (value, place)
    }
}

/// The configuration is wrong: exit status 3.
package struct SettingError: Error, Hashable, Sendable, CustomStringConvertible {
    package var place: Place
    package var message: String

    package init(at place: Place, _ message: String) {
        (self.place, self.message) = (place, message)
    }

    /// `config.yaml:14:9: every: "6 wekes" is not a span; expected e.g. 6 weeks, 45 days`.
    package var description: String { "\(place): \(message)" }
}
