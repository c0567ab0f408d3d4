import KithCore
package import KithEngine

/// Reads the configuration: `config.yaml` and, beside it, `config.d/*.yaml` in the order of their names.
package enum ConfigurationFiles {
    /// Lists are appended; a scalar that is set twice is an error that names both places.
    package static func load(paths: KithPaths) throws(SettingError) -> Configuration {
        try Configuration(reading: try setting(paths: paths))
    }

    /// Every file that makes up the configuration, whether it exists or not: what has to be watched.
    package static func files(paths: KithPaths) -> [String] {
        let folder = FileWriter.parent(of: paths.configurationFile) + "/config.d"
        let names = (try? FileReader.names(in: folder)) ?? []
        let parts = names.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }.map { folder + "/" + $0 }
        return [paths.configurationFile] + parts
    }

    static func setting(paths: KithPaths) throws(SettingError) -> Setting {
        let files = files(paths: paths)
        var merged: Setting?
        for file in files {
            if file == paths.configurationFile, files.count > 1, FileReader.tag(file) == nil { continue }
            let next = try read(file)
            merged = try merged.map { first throws(SettingError) in try merge(first, next, key: "") } ?? next
        }
        return merged ?? Setting(.null, at: Place(file: paths.configurationFile))
    }

    private static func read(_ file: String) throws(SettingError) -> Setting {
        let bytes: [UInt8]
        do throws(FileProblem) {
            bytes = try FileReader(limit: 10_000_000).read(file).bytes
        } catch {
            let hint = error == .missing ? "; kith init writes one" : ""
            throw SettingError(at: Place(file: file), "\(error)\(hint)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SettingError(at: Place(file: file), "it is not UTF-8")
        }
        return try YAMLReader.read(text, file: file)
    }

    private static func merge(_ first: Setting, _ second: Setting, key: String) throws(SettingError) -> Setting {
        switch (first.value, second.value) {
        case (.null, _): return second
        case (_, .null): return first
        case (.list(let items), .list(let more)): return Setting(.list(items + more), at: first.place)
        case (.map(let entries), .map(let more)):
            var merged = entries
            for entry in more {
                if let index = merged.firstIndex(where: { $0.key == entry.key }) {
                    merged[index].value = try merge(merged[index].value, entry.value, key: entry.key)
                } else {
                    merged.append(entry)
                }
            }
            return Setting(.map(merged), at: first.place)
        default:
            throw SettingError(at: second.place, "\(key.isEmpty ? "" : key + ": ")is set already at \(first.place)")
        }
    }
}
