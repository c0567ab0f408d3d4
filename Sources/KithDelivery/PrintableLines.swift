import KithCore

/// Text as it may be shown, line by line; spaces stay as they are, for they may set columns.
func printableLines(_ text: String) -> [String] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
        line.split(separator: " ", omittingEmptySubsequences: false).map { printable(String($0)) }.joined(
            separator: " "
        )
    }
}
