/// What libFuzzer calls: the target that the program is named after.
///
/// A false statement of it ends the program as a trap does, with the input kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    do throws(Broken) {
        try target.check(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
    } catch {
        fatalError("\(target.name): \(error)")
    }
    return 0
}

private let target: FuzzTarget = {
    let name = CommandLine.arguments.first?.split(separator: "/").last.map(String.init)
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        fatalError("call the program by the name of a target")
    }
    return target
}()
