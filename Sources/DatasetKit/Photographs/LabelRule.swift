/// How a photograph's class follows from where it lies and what it is called.
public enum LabelRule: Sendable, Hashable, CustomStringConvertible {
  /// The name of the folder that holds it.
  case parentFolder
  /// A name with a capital initial is a `cat`, another a `dog`, as the Oxford-IIIT Pets are named.
  case capitalInitial
  /// What the first group of a regular expression finds in the file's name, such as `^(.+)_\d+` in `beagle_12.jpg`.
  case pattern(String)

  /// The breed in a name of the Oxford-IIIT Pets.
  public static let breed = LabelRule.pattern(#"^(.+)_\d+"#)

  /// The words for the rules that have no pattern.
  private static let folderWord = "folder"
  private static let initialWord = "capital-initial"

  /// Reads `folder`, `capital-initial` or a regular expression with a group.
  ///
  /// - Throws: ``LabelRuleError`` where the expression cannot be read or has no group.
  public init(parsing text: String) throws(LabelRuleError) {
    switch text {
    case Self.folderWord: self = .parentFolder
    case Self.initialWord: self = .capitalInitial
    default:
      _ = try LabelReader(pattern: text)
      self = .pattern(text)
    }
  }

  /// What ``init(parsing:)`` reads back.
  public var description: String {
    switch self {
    case .parentFolder: Self.folderWord
    case .capitalInitial: Self.initialWord
    case .pattern(let pattern): pattern
    }
  }

  /// What classes the rule can give, where that is known without a file.
  static let catOrDog = ["cat", "dog"]
}

/// Why a text is no rule for labels.
public struct LabelRuleError: Error, Equatable, CustomStringConvertible {
  /// What was typed.
  public let text: String
  /// What is wrong with it.
  public let reason: String

  /// One sentence: what is wrong and what to do.
  public var description: String {
    "\(text): \(reason); labels are folder, capital-initial, or a regular expression whose first group is the class, "
      + #"such as '^(.+)_\d+'"#
  }
}

/// A rule, ready to read many labels; not `Sendable`, as regular expressions are not.
struct LabelReader {
  private enum Rule {
    case parentFolder, capitalInitial
    case pattern(Regex<AnyRegexOutput>)
  }

  private let rule: Rule

  init(_ rule: LabelRule) throws(LabelRuleError) {
    switch rule {
    case .parentFolder: self.rule = .parentFolder
    case .capitalInitial: self.rule = .capitalInitial
    case .pattern(let pattern): self = try LabelReader(pattern: pattern)
    }
  }

  init(pattern: String) throws(LabelRuleError) {
    let regex: Regex<AnyRegexOutput>
    do {
      regex = try Regex(pattern)
    } catch {
      throw LabelRuleError(text: pattern, reason: "it is no regular expression")
    }
    guard Self.hasGroup(pattern) else { throw LabelRuleError(text: pattern, reason: "it has no group") }
    rule = .pattern(regex)
  }

  /// Whether an expression that can be read has a group that finds something.
  private static func hasGroup(_ pattern: String) -> Bool {
    // With an empty alternative it matches the empty text, and the match has a place for every group.
    guard let probe = try? Regex("(?:\(pattern))|"), let match = try? probe.wholeMatch(in: "") else {
      return pattern.contains("(")
    }
    return match.output.count > 1
  }

  /// The class of a file, by its path below the data set's folder; nil where the rule finds none.
  func label(of path: String) -> String? {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return nil }
    switch rule {
    case .parentFolder: return parts.count > 1 ? String(parts[parts.count - 2]) : nil
    case .capitalInitial: return name.first?.isUppercase == true ? "cat" : "dog"
    case .pattern(let regex):
      guard let match = try? regex.firstMatch(in: String(name)), match.output.count > 1 else { return nil }
      return match.output[1].substring.flatMap { $0.isEmpty ? nil : String($0) }
    }
  }
}
