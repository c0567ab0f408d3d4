import KithCore

/// The name of the file an item of a vdir is written to.
enum ItemName {
    /// A name that any file system takes for any UID, and another for another UID.
    ///
    /// Safe characters stay and others become their hex; neither a dot nor a hyphen begins it, so it is neither hidden nor
    /// an option. What would be too long is cut and told apart by its hash behind a `+`, which no shorter name has.
    static func name(uid: String) -> String {
        var name = ""
        for byte in uid.utf8 {
            switch byte {
            case 0x30...0x39, 0x40...0x5a, 0x61...0x7a, 0x5f: name.unicodeScalars.append(Unicode.Scalar(byte))
            case 0x2d where !name.isEmpty, 0x2e where !name.isEmpty: name.unicodeScalars.append(Unicode.Scalar(byte))
            default: name += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
            // Beyond what is kept no more is needed to know that it is too long.
            if name.utf8.count > longest { break }
        }
        if name.isEmpty { name = "%" }
        return (name.utf8.count > longest ? String(name.prefix(100)) + "+" + stableHexDigest(uid) : name) + ".ics"
    }

    private static let longest = 120
}
