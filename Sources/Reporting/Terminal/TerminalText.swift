/// Text as a terminal shows it: measured in columns.
enum TerminalText {
  /// The columns that a text takes: two for East Asian wide characters and emoji, none for combining marks.
  static func columns(of text: some StringProtocol) -> Int {
    text.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  /// The cleaned text, cut with an ellipsis to at most so many columns; in ASCII other characters become
  /// question marks.
  static func fitted(_ text: String, columns: Int, ascii: Bool) -> String {
    let clean = printable(FigureText.cleaned(text), ascii: ascii)
    guard self.columns(of: clean) > columns else { return clean }
    let ellipsis = ascii ? "..." : "…"
    guard columns > ellipsis.count else { return String(repeating: ".", count: max(0, columns)) }
    var kept = Substring(clean)
    while self.columns(of: kept) + ellipsis.count > columns { kept.removeLast() }
    return kept + ellipsis
  }

  /// The text in lines of at most so many columns, broken at spaces and indented from the second on, the last
  /// of at most `most` lines shortened.
  static func wrapped(_ text: String, columns: Int, most: Int, ascii: Bool) -> [String] {
    var lines: [String] = []
    var words = printable(FigureText.cleaned(text), ascii: ascii).split(separator: " ")[...]
    while let first = words.popFirst() {
      let indent = lines.isEmpty ? "" : "  "
      var line = String(first)
      while let word = words.first,
        lines.count == most - 1 || self.columns(of: line + " " + word) + indent.count <= columns
      {
        line += " " + words.removeFirst()
      }
      lines.append(indent + fitted(line, columns: columns - indent.count, ascii: ascii))
    }
    return lines
  }

  static func padded(_ text: String, columns: Int) -> String {
    text + String(repeating: " ", count: max(0, columns - self.columns(of: text)))
  }

  private static func printable(_ text: String, ascii: Bool) -> String {
    guard ascii else { return text }
    return String(text.map { $0.isASCII ? $0 : $0 == "—" ? "-" : "?" })
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .format: return 0
    default: break
    }
    // The wide blocks of Unicode's East Asian Width: Hangul, CJK, full-width forms; and the emoji of the
    // upper planes.
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }
}
