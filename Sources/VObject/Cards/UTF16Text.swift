/// A file in UTF-16, as some programs of Windows and old telephones write it, told by its first bytes.
struct UTF16Text {
    /// The same text as every other file is written.
    let utf8: [UInt8]
    let remark = "the file is in UTF-16, not UTF-8; it is read as such"

    /// `nil` for bytes that neither begin with a byte order mark nor with an ASCII letter and its zero byte.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 2 else { return nil }
        let isLittle: Bool
        switch (bytes[0], bytes[1]) {
        case (0xff, 0xfe): isLittle = true
        case (0xfe, 0xff): isLittle = false
        case (0x42, 0), (0x62, 0): isLittle = true
        case (0, 0x42), (0, 0x62): isLittle = false
        default: return nil
        }
        let (high, low) = isLittle ? (1, 0) : (0, 1)
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { index in
            UInt16(bytes[index + high]) << 8 | UInt16(bytes[index + low])
        }
        // The byte order mark becomes that of UTF-8, which the reader passes over.
        utf8 = Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
