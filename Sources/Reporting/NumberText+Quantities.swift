internal import CurveModel

extension NumberText {
  /// A learning rate with at most three significant digits: `1.23e-3`, `0.25`, `10`.
  static func rate(_ value: Double) -> String { significant(value, digits: 3) }

  /// A loss with at most four significant digits.
  static func loss(_ value: Double) -> String { significant(value, digits: 4) }
}
