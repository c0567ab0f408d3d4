import KithCore
import Testing

/// `kith people --duplicates`, by example.
@Suite("Duplicates")
struct DuplicateScreenTests {
    static func card(_ uid: String, _ name: String, _ file: String, emails: [String], phones: [String]) -> Contact {
        let place = Place(file: "/home/ada/contacts/\(file)", line: 1)
        return Contact(id: ContactID(uid), name: name, emails: emails, phones: phones, place: place)
    }

    @Test("What is shared, who shares it, in which file each card is")
    func lines() {
        let contacts = [
            Self.card("a", "Zoe Brandt", "zoe.vcf", emails: ["home@x.example"], phones: []),
            Self.card(
                "b",
                "Jonas\u{1b}[2J Brandt",
                "book/jonas.vcf",
                emails: ["home@x.example"],
                phones: ["0301234567"]
            ),
            Self.card("c", "Ana Ruiz", "ana.vcf", emails: ["ana@x.example"], phones: []),
            Self.card("d", "ana ruiz", "old.vcf", emails: [], phones: ["030 7654321"]),
            Self.card("e", "Mira", "mira.vcf", emails: [], phones: ["+49 30 7654321"]),
        ]
        #expect(
            duplicateLines(duplicates(among: contacts)).joined(separator: "\n") == """
                same name     Ana Ruiz          contacts/ana.vcf:1   ana@x.example
                              ana ruiz          contacts/old.vcf:1   030 7654321
                same phone    ana ruiz          contacts/old.vcf:1   030 7654321
                              Mira              contacts/mira.vcf:1  030 7654321
                same address  Zoe Brandt        contacts/zoe.vcf:1   home@x.example
                              Jonas [2J Brandt  book/jonas.vcf:1     home@x.example
                One address on both cards, and names that agree, make them one person.
                """
        )
        #expect(duplicateLines([]).isEmpty)
    }
}
