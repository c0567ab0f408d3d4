import KithTesting
import Testing

@testable import KithSources

@Suite("Addresses of a head")
struct AddressTests {
    static let written: [Reading] = [
        Reading("ana@example.org", "ana@example.org"),
        Reading("Ana Ruiz <Ana@Example.ORG>", "ana@example.org"),
        Reading("\"Ruiz, Ana\" <ana@example.org>, ben@example.com", "ana@example.org ben@example.com"),
        Reading("\"a \\\" b, <x@y.z>\" <ana@example.org>", "ana@example.org"),
        Reading("ana@example.org (Ana (of Meridian), Ruiz)", "ana@example.org"),
        Reading("ana(her account)@example.org(its host)", "ana@example.org"),
        Reading("ana @ example . org", "ana@example.org"),
        Reading("(c) <ana@example.org> (d), (e)", "ana@example.org"),
        Reading(
            "Team: ana@example.org, Ben <ben@example.com>;, c@example.net",
            "ana@example.org ben@example.com c@example.net"
        ),
        Reading("undisclosed-recipients:;", ""),
        Reading("<@relay.example,@b.example:ana@example.org>", "ana@example.org"),
        Reading("=?utf-8?Q?Ruiz=2C_Ana_=3Cx=40y=2Ez=3E?= <ana@example.org>", "ana@example.org"),
        Reading("=?utf-8?Q?Ruiz, x@y.z?= <ana@example.org>", "ana@example.org"),
        Reading("boss@work <ana@example.org>", "ana@example.org"),
        Reading("\"ana\"@example.org, \"a b\"@example.org", "ana@example.org"),
        Reading("\"a,b\"@example.org", "\"a,b\"@example.org"),
        Reading("ana@[192.0.2.1], ben@[IPv6:2001:db8::1]", "ana@[192.0.2.1] ben@[ipv6:2001:db8::1]"),
        Reading("Ana Ruiz ana@example.org", "ana@example.org"),
        Reading("ana@example.org Ana Ruiz", "ana@example.org"),
        Reading("a@b@example.org", "a@b@example.org"),
        Reading("<ana@example.org", "ana@example.org"),
        Reading("<ana@example.org, <ben@example.com>", "ana@example.org ben@example.com"),
        Reading("ana@example.org; ben@example.com", "ana@example.org ben@example.com"),
        Reading("\"open <ana@example.org>", ""),
        Reading("(open ana@example.org", ""),
        Reading("ana, <>, @example.org, ana@, <ana>, ,,;;", ""),
        Reading("ana\tx@example.org", "x@example.org"),
        Reading("", ""),
    ]

    @Test("Names, comments, groups, routes and what is broken", arguments: written)
    func addresses(_ reading: Reading) {
        #expect(KithSources.addresses(in: Array(reading.given.utf8)).joined(separator: " ") == reading.result)
    }

    @Test("Bytes that are no text are no address, and hide no other")
    func junk() {
        let bytes = [0xC3, 0x2F] + Array("@example.org, J\u{F6}rg <ana@example.org>".utf8) + [0x2C, 0xFF, 0x00]
        #expect(KithSources.addresses(in: bytes) == ["ana@example.org"])
        #expect(KithSources.addresses(in: Array("a\u{0}b@example.org".utf8)) == [])
        #expect(KithSources.addresses(in: Array((String(repeating: "a", count: 400) + "@b.c").utf8)) == [])
    }

    @Test("Nested comments and long lists cost a pass and no more")
    func depth() {
        let nested = String(repeating: "(", count: 60_000) + String(repeating: ")", count: 60_000) + "ana@example.org"
        #expect(KithSources.addresses(in: Array(nested.utf8)) == ["ana@example.org"])
        let many = (0..<10_000).map { "p\($0)@example.org" }.joined(separator: ",")
        #expect(KithSources.addresses(in: Array(many.utf8)).count == 100)
    }
}
