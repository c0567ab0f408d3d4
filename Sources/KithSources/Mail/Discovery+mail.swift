import KithCore

extension Discovery {
    private static let mailPlaces = ["Mail", "Maildir", ".mail", ".local/share/mail"]

    /// Where mail is kept as Maildirs, by how many of them there are; it is read only where the user says so.
    package static func maildirs(paths: KithPaths) -> [Proposal] {
        mailPlaces.compactMap { place in
            let path = paths.home + "/" + place
            guard FileReader.isFolder(path) == true else { return nil }
            let found = Mailboxes(MailSetting(path: path))
            guard !found.boxes.isEmpty else { return nil }
            return Proposal(path: path, kind: .mail, collections: [], count: found.boxes.count, isSynced: false)
        }
    }
}
