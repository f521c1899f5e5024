import CurveModel

/// Counts and durations in words.
enum Quantity {
  /// `1 run`, `2 runs`; the plural is the noun with an s.
  static func text(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  /// `40 seconds`, `12 minutes`, `1.3 hours`: to two digits, which is as much as an estimate is worth.
  static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(max(1, Int(seconds.rounded()))) \(seconds < 1.5 ? "second" : "seconds")"
    case ..<5400: "\(Int((seconds / 60).rounded())) minutes"
    default: "\((seconds / 3600).text(digits: 2)) hours"
    }
  }
}
