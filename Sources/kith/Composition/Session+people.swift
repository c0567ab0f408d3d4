import KithCore
import KithEngine
import KithSources

extension Session {
    /// Changes a person's entry in people.yaml; one that is not there yet is made.
    ///
    /// - Throws: status 3 where the person stands in the user's own configuration: what they wrote there is theirs to change.
    func change(_ contact: Contact, _ change: (inout PersonRule) -> Void) throws {
        let own = setup.rules.people.filter { $0.isConfiguration && means($0, contact) }
        if let entry = own.first {
            throw Failure(
                .configuration,
                printable("\(contact.name) has an entry in your configuration, \(entry.place); change it there")
            )
        }
        do {
            try PeopleFile(path: paths.people)
                .change(uid: contact.id.uid, name: contact.name, isMeant: { means($0, contact) }, change)
            source.invalidate()
        } catch let error as SettingError {
            throw error
        } catch {
            throw Failure(.unusable, printable("\(paths.people): \(error)"))
        }
    }

    /// Whether an entry names a contact: by any of their UIDs, else by address, else by name.
    private func means(_ entry: PersonRule, _ contact: Contact) -> Bool {
        if let uid = entry.uid, contact.ids.contains(ContactID(uid)) { return true }
        if let email = entry.email { return contact.emails.contains(email.lowercased()) }
        return entry.uid == nil && entry.name.map { folded($0) == folded(contact.name) } ?? false
    }
}
