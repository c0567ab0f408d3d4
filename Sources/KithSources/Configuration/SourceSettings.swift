import KithCore
import KithEngine

/// One entry of `calendars` or `contacts`, its path expanded.
struct SourceSetting: Hashable {
    let path: String
    let role: CalendarRole
    let kind: SourceReading.Kind

    static func all(of configuration: Configuration, paths: KithPaths) throws(SettingError) -> [SourceSetting] {
        var result: [SourceSetting] = []
        for setting in configuration.calendars {
            let map = try setting.map("calendars", keys: ["path", "role"])
            let role: CalendarRole =
                try map["role"].map { value throws(SettingError) in try value.word("role") } ?? .work
            result.append(try SourceSetting(map, role: role, kind: .calendar, paths: paths))
        }
        for setting in configuration.contacts {
            let map = try setting.map("contacts", keys: ["path"])
            result.append(try SourceSetting(map, role: .ignore, kind: .contacts, paths: paths))
        }
        return result
    }

    private init(_ map: SettingMap, role: CalendarRole, kind: SourceReading.Kind, paths: KithPaths) throws(SettingError)
    {
        let setting = try map.required("path")
        path = paths.expanded(try setting.text("path"), besides: setting.place.file)
        (self.role, self.kind) = (role, kind)
    }
}
