import Systemd
import Testing

/// Values by themselves: their signatures and what is read from them.
@Suite("Values of D-Bus")
struct BusValueTests {
    static let signatures: [(value: BusValue, signature: String)] = [
        (.byte(1), "y"), (.boolean(true), "b"), (.int32(1), "i"), (.uint32(1), "u"), (.int64(1), "x"),
        (.uint64(1), "t"), (.double(1), "d"), (.string(""), "s"), (.objectPath("/"), "o"), (.signature(""), "g"),
        (.variant(.byte(1)), "v"), (.bytes([]), "ay"), (.strings([]), "as"), (.array(of: "(sv)", []), "a(sv)"),
        (.dictionary([:]), "a{sv}"), (.structure([.byte(1), .structure([.strings([])])]), "(y(as))"),
    ]

    @Test("A value knows its signature", arguments: signatures)
    func signature(value: BusValue, signature: String) {
        #expect(value.signature == signature)
    }

    static let numbers: [(value: BusValue, number: Int64?)] = [
        (.byte(255), 255), (.int32(.min), -2_147_483_648), (.uint32(.max), 4_294_967_295), (.int64(.min), .min),
        (.uint64(7), 7), (.uint64(.max), nil), (.variant(.variant(.byte(3))), 3), (.double(1), nil),
        (.boolean(true), nil), (.string("1"), nil), (.array(of: "u", [.uint32(1)]), nil),
    ]

    @Test("A whole number is one whatever its width", arguments: numbers)
    func number(value: BusValue, number: Int64?) {
        #expect(value.number == number)
    }

    @Test("Texts, truths and items are read through variants, and nothing is read as what it is not")
    func parts() {
        #expect(BusValue.string("a").text == "a" && BusValue.objectPath("/a").text == "/a")
        #expect(BusValue.variant(.signature("s")).text == "s" && BusValue.byte(1).text == nil)
        #expect(BusValue.boolean(false).truth == false && BusValue.variant(.boolean(true)).truth == true)
        #expect(BusValue.int32(1).truth == nil && BusValue.string("true").truth == nil)
        #expect(BusValue.variant(.strings(["a"])).items == [.string("a")])
        #expect(BusValue.structure([.byte(1)]).items == [.byte(1)] && BusValue.dictionary([:]).items == nil)
    }
}
