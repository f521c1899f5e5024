import Scoring

/// The setting of range tests as typed: whole, as in '1e-7...10, 50 steps', or only its number of steps, as in '50 steps' or 50.
struct RangeTestChoice {
  /// The option's words in a help page.
  static let help =
    "Only range tests of this setting, as in '1e-7...10, 100 steps' or '100 steps'; needed where a store has several."

  /// The setting that is meant; nil where there are no range tests.
  ///
  /// - Throws: ``UsageError`` where several are there and none is typed, and where none or several are meant.
  static func setting(_ typed: String?, among tables: EvidenceTables) throws -> String? {
    let known = Set(tables.rangeTests.map(\.setting)).sorted()
    let list = known.map { "'\($0)'" }.joined(separator: ", ")
    guard let typed else {
      guard known.count < 2 else {
        throw UsageError("there are range tests of several settings; choose one with --range-test: \(list)")
      }
      return known.first
    }
    let meant = known.filter {
      normalised($0) == normalised(typed) || $0.hasSuffix(", \(typed)") || $0.hasSuffix(", \(typed) steps")
    }
    guard meant.count == 1 else {
      let several = "--range-test \(typed) may mean \(meant.map { "'\($0)'" }.joined(separator: " or "))"
      throw UsageError(
        meant.count > 1
          ? several : "--range-test \(typed): there are only \(list.isEmpty ? "none" : list)")
    }
    return meant[0]
  }

  /// With an ellipsis and exponents of one digit, however it was typed.
  private static func normalised(_ setting: String) -> String {
    setting.replacing("...", with: "…").replacing("e-0", with: "e-").replacing("e+0", with: "e+")
  }
}
