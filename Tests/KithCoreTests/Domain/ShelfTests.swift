import KithTesting
import Testing

@testable import KithCore

/// Lists and dictionaries that share what they have in common: told from what Swift's own make of the same edits.
@Suite("Shelves")
struct ShelfTests {
    @Test("A list on shelves is what an array is, whatever is done to it", arguments: 0..<40 as Range<UInt64>)
    func list(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var array = (0..<Int.random(in: 0...200, using: &random)).map { $0 * 10 }
        var list = ShelvedList(array)
        var before: [(ShelvedList<Int>, [Int])] = []
        for _ in 0..<200 {
            before.append((list, array))
            edit(&list, &array, &random)
            #expect(list.count == array.count && Array(list) == array)
            #expect(list.indices.allSatisfy { list[$0] == array[$0] })
            let limit = Int.random(in: -10...3_000, using: &random)
            #expect(list.contains { $0 >= limit } == array.contains { $0 >= limit })
        }
        // What was copied keeps what it had.
        #expect(before.allSatisfy { Array($0.0) == $0.1 })
    }

    private func edit(_ list: inout ShelvedList<Int>, _ array: inout [Int], _ random: inout SplitMix64) {
        let number = Int.random(in: 0..<3_000, using: &random)
        let place = Int.random(in: 0...array.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            list.insert(number, at: place)
            array.insert(number, at: place)
        case 2 where place < array.count:
            list.remove(at: place)
            array.remove(at: place)
        case 3 where place < array.count:
            list[place] = number
            array[place] = number
        case 4:
            list.append(number)
            array.append(number)
        default:
            let range = place..<Int.random(in: place...min(place + 60, array.count), using: &random)
            let new = (0..<Int.random(in: 0...80, using: &random)).map { number + $0 }
            list.replaceSubrange(range, with: new)
            array.replaceSubrange(range, with: new)
        }
    }

    @Test("Where a list parts is found as in an array", arguments: 0..<20 as Range<UInt64>)
    func partitionPoint(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let array = (0..<Int.random(in: 0...200, using: &random)).map { _ in Int.random(in: 0..<100, using: &random) }
            .sorted()
        let list = ShelvedList(array)
        for limit in -1...101 {
            #expect(list.partitionPoint { $0 < limit } == array.partitionPoint { $0 < limit })
        }
    }

    @Test("What two lists do not share holds all that differs, in order", arguments: 0..<40 as Range<UInt64>)
    func unshared(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let known = ShelvedList((0..<300).map { $0 * 10 })
        var list = known
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let number = Int.random(in: 0..<3_000, using: &random)
            let place = list.partitionPoint { $0 < number }
            if place < list.count, list[place] == number {
                list.remove(at: place)
            } else {
                list.insert(number, at: place)
            }
        }
        let (own, other) = list.unshared(with: known)
        #expect(own == own.sorted() && other == other.sorted())
        #expect(Set(own).subtracting(other) == Set(list).subtracting(known))
        #expect(Set(other).subtracting(own) == Set(known).subtracting(list))
        #expect((list == known) == (Array(list) == Array(known)))
    }

    @Test("A change parts one shelf from those of the list before", arguments: [0, 1, 150, 298, 299])
    func sharing(place: Int) {
        let known = ShelvedList(0..<300)
        var (changed, shorter, longer) = (known, known, known)
        changed[place] = -1
        shorter.remove(at: place)
        longer.insert(-1, at: place)
        for list in [changed, shorter, longer] {
            let (own, other) = list.unshared(with: known)
            #expect(own.count <= 33 && other.count <= 32 && own != other)
        }
        #expect(known.unshared(with: known).own.isEmpty)
    }

    @Test("Lists are told apart by what they hold, not by how it lies on shelves")
    func equality() {
        let grown = (0..<100).reduce(into: ShelvedList<Int>()) { $0.append($1) }
        let made = ShelvedList(0..<100)
        #expect(grown == made && grown.hashValue == made.hashValue)
        #expect(ShelvedList([1, 2, 3]) != [1, 3, 2] && ShelvedList<Int>() == [] && ShelvedList([1]) != [])
    }

    @Test("Something of each person is what a dictionary is", arguments: 0..<20 as Range<UInt64>)
    func byContact(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var dictionary: [ContactID: [Int]] = [:]
        var shelved: ByContact<[Int]> = [:]
        var before: [(ByContact<[Int]>, [ContactID: [Int]])] = []
        for number in 0..<300 {
            before.append((shelved, dictionary))
            let contact = ContactID("p\(Int.random(in: 0..<60, using: &random))")
            switch Int.random(in: 0..<4, using: &random) {
            case 0: (shelved[contact], dictionary[contact]) = (nil, nil)
            case 1: (shelved[contact], dictionary[contact]) = ([number], [number])
            case 2:
                shelved[contact]?.append(number)
                dictionary[contact]?.append(number)
            default:
                shelved[contact, default: []] += [number]
                dictionary[contact, default: []] += [number]
            }
            #expect(
                shelved[contact] == dictionary[contact]
                    && shelved[contact, default: [-1]] == dictionary[contact] ?? [-1]
            )
            #expect(shelved.count == dictionary.count && shelved.isEmpty == dictionary.isEmpty)
        }
        for (shelved, dictionary) in before {
            #expect(Dictionary(shelved.map { ($0, $1) }) { first, _ in first } == dictionary)
            #expect(Set(shelved.keys) == Set(dictionary.keys))
            #expect(shelved.values.flatMap(\.self).sorted() == dictionary.values.flatMap(\.self).sorted())
        }
    }
}
