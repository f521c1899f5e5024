internal import CurveModel
internal import Glibc

/// Numbers in cells.
public enum Cells {
  /// A cell with nothing to say.
  public static let none = "–"

  /// A number with so many digits behind the point.
  public static func fixed(_ value: Double?, _ digits: Int) -> String {
    guard let value, value.isFinite else { return none }
    return NumberText.fixed(value, fractionDigits: digits)
  }

  /// A difference, with its sign.
  public static func signed(_ value: Double) -> String {
    let text = fixed(abs(value), 3)
    return text == "0.000" ? text : (value < 0 ? "−" : "+") + text
  }

  /// A share in whole per cent.
  public static func percent(_ share: Double?) -> String {
    guard let share, share.isFinite else { return none }
    return NumberText.fixed(share * 100, fractionDigits: 0) + " %"
  }

  /// The two ends of an interval.
  public static func interval(_ interval: ClosedRange<Double>?, signed isSigned: Bool = false) -> String {
    guard let interval else { return none }
    let ends = [interval.lowerBound, interval.upperBound].map { isSigned ? signed($0) : fixed($0, 3) }
    return ends.joined(separator: isSigned ? " … " : "–")
  }

  /// A rate from its log10, with at most three significant digits.
  static func rate(log10 value: Double) -> String { NumberText.rate(pow(10, value)) }
}
