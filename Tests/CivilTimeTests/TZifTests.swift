import CivilTime
import KithTesting
import Testing

@Suite("TZif files")
struct TZifTests {
    /// A block of 32-bit times as version 1 has it: one change, from an hour to two.
    static func versionOne(change: Int32, count: UInt8 = 1, index: UInt8 = 1) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [0] + [UInt8](repeating: 0, count: 15)
        for number in [0, 0, 0, count, 2, 4] { bytes += [0, 0, 0, number] }
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: change >> (24 - 8 * $0)) }
        bytes += [index]
        bytes += [0, 0, 0x0e, 0x10, 0, 0] + [0, 0, 0x1c, 0x20, 1, 0]
        return bytes + Array("AAA\0".utf8)
    }

    @Test("Version 1 is read by its 32-bit block")
    func versionOne() throws {
        let rules = try ZoneRules(tzif: Self.versionOne(change: 1_000))
        #expect(rules.offset(at: Instant(seconds: 999)) == 3_600)
        #expect(rules.offset(at: Instant(seconds: 1_000)) == 7_200)
        #expect(rules.offset(at: Instant(seconds: .max)) == 7_200)
        let early = try ZoneRules(tzif: Self.versionOne(change: -1_000))
        #expect(early.offset(at: Instant(seconds: -1_001)) == 3_600)
    }

    @Test("What is wrong is told")
    func errors() throws {
        let berlin = try Zoneinfo.bytes("Europe/Berlin")
        func error(_ bytes: [UInt8]) -> TZifError? {
            do throws(TZifError) {
                _ = try ZoneRules(tzif: bytes)
                return nil
            } catch {
                return error
            }
        }
        #expect(error([]) == .truncated)
        #expect(error([UInt8](repeating: 0x20, count: 100)) == .notTZif)
        #expect(error(Self.versionOne(change: 0, index: 2)) == .malformed)
        #expect(error(Self.versionOne(change: 0, count: 200)) == .truncated)
        // The offset of the second kind of time: 26 hours are read, a second more is not.
        for (offset, expected) in [(93_600, nil), (93_601, .malformed), (-93_601, .malformed)] as [(Int32, TZifError?)]
        {
            var bytes = Self.versionOne(change: 0)
            bytes.replaceSubrange(55..<59, with: (0..<4).map { UInt8(truncatingIfNeeded: offset >> (24 - 8 * $0)) })
            #expect(error(bytes) == expected)
        }
        #expect(error(berlin.dropLast()) == .truncated)
        var footer = berlin
        footer[berlin.count - 3] = UInt8(ascii: "x")
        #expect(error(footer) == .malformed)
        #expect(error(berlin) == nil)
    }

    @Test("A file cut short anywhere is refused", arguments: ["Europe/Berlin", "UTC", "Australia/Lord_Howe"])
    func cut(name: String) throws {
        let bytes = try Zoneinfo.bytes(name)
        for length in 0..<bytes.count {
            #expect(throws: TZifError.self, "\(length) bytes") { try ZoneRules(tzif: Array(bytes[..<length])) }
        }
    }

    @Test("A damaged file is read or refused, and never brings the program down", arguments: UInt64(0)..<300)
    func damage(seed: UInt64) throws {
        var random = Seeded(seed)
        let original = try Zoneinfo.bytes("Europe/Berlin")
        var bytes = original
        for _ in 0..<Int.random(in: 1...8, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        guard let rules = try? ZoneRules(tzif: bytes) else { return }
        for seconds in [Int64.min, -5_000_000_000, 0, 1_790_000_000, 9_000_000_000, .max] {
            _ = rules.offset(at: Instant(seconds: seconds))
        }
        let local = civil("2026-03-29T02:30:00")
        // Whatever the offsets are, none is wider than 26 hours.
        #expect(abs(rules.instant(local).seconds - local.secondsSinceEpoch) <= 93_600)
    }
}
