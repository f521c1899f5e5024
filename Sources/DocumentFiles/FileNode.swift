/// A value in a file, with its place.
package struct FileNode: Sendable {
  /// What stands there.
  package enum Value: Sendable {
    /// A scalar; a plain one, without quotes, may be a number or a truth value.
    case scalar(String, isPlain: Bool)
    case list([FileNode])
    case mapping([Entry])
  }

  /// A key with its value.
  package struct Entry: Sendable {
    package let key: String
    package let keyPosition: FilePosition
    package let value: FileNode
  }

  /// What a value can be taken for.
  package enum Kind: Sendable {
    case nothing, text, number, flag, list, mapping
  }

  /// What stands there.
  package let value: Value
  /// Where it begins.
  package let position: FilePosition

  /// A value at a place.
  package init(value: Value, position: FilePosition) {
    self.value = value
    self.position = position
  }

  /// What this can be taken for.
  ///
  /// YAML 1.1 and 1.2 differ in what they take for a number or a truth value (1.1 reads `1e-4` as a text and `no` as
  /// false); here it is what people mean: decimal numbers, and `true` and `false`.
  package var kind: Kind {
    switch value {
    case .list: .list
    case .mapping: .mapping
    case .scalar(_, isPlain: false): .text
    case .scalar("", _), .scalar("~", _), .scalar("null", _): .nothing
    case .scalar("true", _), .scalar("false", _): .flag
    case .scalar(let text, _): FileNumber.double(text) == nil ? .text : .number
    }
  }

  /// The scalar's text; empty of lists and mappings.
  package var text: String {
    guard case .scalar(let text, _) = value else { return "" }
    return text
  }

  /// The number, where this is one.
  package var number: Double? { kind == .number ? FileNumber.double(text) : nil }

  /// The whole number, where this is one.
  package var whole: Int? { number.flatMap { Int(exactly: $0) } }

  /// The elements of a list; another value is its own only element.
  package var elements: [FileNode] {
    guard case .list(let nodes) = value else { return [self] }
    return nodes
  }

  /// The entries of a mapping; none of other values.
  package var entries: [Entry] {
    guard case .mapping(let entries) = value else { return [] }
    return entries
  }

  /// The value under a key.
  package subscript(key: String) -> FileNode? { entries.first { $0.key == key }?.value }

  /// What stands there, in words for messages.
  package var phrase: String {
    switch kind {
    case .nothing: "nothing"
    case .list: "a list"
    case .mapping: "a mapping"
    case .number, .flag: text
    case .text: "\"\(text)\""
    }
  }
}

/// Decimal numbers as people write them: `300`, `1e-4`, `1E3`, `.5`, `+2`, `1_000`.
package enum FileNumber {
  /// The number, if it is one and finite.
  package static func double(_ text: String) -> Double? {
    guard let first = text.utf8.first, text.utf8.count <= longest else { return nil }
    guard
      isDigit(first) || first == UInt8(ascii: ".") || first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    else { return nil }
    // Excludes hexadecimal numbers, "nan" and "inf", which Double reads too.
    guard text.utf8.allSatisfy({ isDigit($0) || allowed.contains($0) }) else { return nil }
    guard let number = Double(withoutSeparators(text)), number.isFinite else { return nil }
    return number
  }

  private static let longest = 64
  private static let allowed = Array("+-.eE_".utf8)

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Drops underscores between digits; others stay and make the text no number.
  private static func withoutSeparators(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let kept = bytes.indices.filter { index in
      bytes[index] != UInt8(ascii: "_") || index == 0 || index == bytes.count - 1
        || !isDigit(bytes[index - 1])
        || !isDigit(bytes[index + 1])
    }
    return String(decoding: kept.map { bytes[$0] }, as: UTF8.self)
  }
}
