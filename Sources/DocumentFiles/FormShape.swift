package import CurveModel

/// What may stand at a place of a file.
///
/// One table of keys serves the reader, the messages and the JSON Schema, so that they cannot differ.
package indirect enum FormShape: Sendable {
  /// One of a few words; `noun` says what they name.
  case word([String], noun: String)
  /// One of a few words, or a path with a slash, which somebody else checks; `path` says what it is one of.
  case wordOrPath([String], noun: String, path: String)
  /// A word that somebody else checks; `examples` are valid ones.
  case text(noun: String, examples: [String])
  case whole(ClosedRange<Int>)
  case number(NumberLimits)
  case flag
  case list(FormShape)
  /// A mapping with these keys, at least one of them.
  case mapping([FormKey])
  /// A mapping from names that somebody else checks to scalars or lists of scalars.
  case settings(noun: String)
  /// One of several; no two take the same kind of value.
  case anyOf([FormShape])

  /// A value, or a list of such values.
  package static func axis(_ element: FormShape) -> FormShape {
    if case .anyOf(let shapes) = element { return .anyOf(shapes + [.list(element)]) }
    return .anyOf([element, .list(element)])
  }

  /// Whether a value of such a kind may stand here.
  package func takes(_ kind: FileNode.Kind) -> Bool {
    switch self {
    case .word, .wordOrPath, .text: kind == .text
    case .whole, .number: kind == .number
    case .flag: kind == .flag
    case .list: kind == .list
    case .mapping, .settings: kind == .mapping
    case .anyOf(let shapes): shapes.contains { $0.takes(kind) }
    }
  }

  /// What may stand here, in words for messages.
  package var phrase: String {
    switch self {
    case .word(let choices, let noun): choices.count == 1 ? "the word \(choices[0])" : "a \(noun)"
    case .wordOrPath(_, let noun, let path): "a \(noun), or the path of a \(path)"
    case .text(let noun, _): "a \(noun)"
    case .whole(let range) where range.count == 1: "the number \(range.lowerBound)"
    case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .number(let limits): "a number \(limits.phrase)"
    case .flag: "true or false"
    case .list: "a list"
    case .mapping(let keys): "a mapping of \(keys.map(\.name).joined(separator: ", "))"
    case .settings(let noun): "a mapping of \(noun)s"
    case .anyOf(let shapes): shapes.map(\.phrase).joined(separator: ", or ")
    }
  }
}

/// Between which numbers a value lies.
package struct NumberLimits: Sendable {
  package let least: Double
  package let most: Double
  package var excludesLeast = false
  package var excludesMost = false

  /// Both limits, with what of them does not belong.
  package init(least: Double, most: Double, excludesLeast: Bool = false, excludesMost: Bool = false) {
    self.least = least
    self.most = most
    self.excludesLeast = excludesLeast
    self.excludesMost = excludesMost
  }

  /// Rates that somebody could mean.
  package static let rate = NumberLimits(least: 1e-12, most: 1e6)
  /// A share of a whole that is not the whole.
  package static let properShare = NumberLimits(least: 0, most: 1, excludesMost: true)
  /// A share between nothing and the whole.
  package static let innerShare = NumberLimits(least: 0, most: 1, excludesLeast: true, excludesMost: true)

  package func contains(_ number: Double) -> Bool {
    (excludesLeast ? number > least : number >= least) && (excludesMost ? number < most : number <= most)
  }

  package var phrase: String {
    "\(excludesLeast ? "above" : "from") \(JSONValue.text(of: least)) \(excludesMost ? "to below" : "to") "
      + JSONValue.text(of: most)
  }
}

/// A key of a mapping in a file.
package struct FormKey: Sendable {
  package let name: String
  /// One sentence.
  package let summary: String
  package let shape: FormShape
  /// The value where the key is missing; nil where that depends on other values.
  package let defaultValue: JSONValue?
  package let isRequired: Bool

  package init(
    _ name: String, _ summary: String, _ shape: FormShape, default defaultValue: JSONValue? = nil,
    isRequired: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.shape = shape
    self.defaultValue = defaultValue
    self.isRequired = isRequired
  }
}
