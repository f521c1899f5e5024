import Glibc

/// A number with a fixed count of places behind the point.
///
/// - Parameters:
///   - number: Finite, below 10^15.
///   - places: 0 to 3.
public func decimal(_ number: Double, places: Int) -> String {
  let scale = (0..<places).reduce(1) { power, _ in power * 10 }
  let units = Int((number.magnitude * Double(scale)).rounded())
  let sign = number < 0 && units > 0 ? "-" : ""
  guard places > 0 else { return "\(sign)\(units)" }
  let digits = String(units % scale)
  return "\(sign)\(units / scale)." + String(repeating: "0", count: places - digits.count) + digits
}

/// A number with one place behind the point and a power of ten, such as `2.3e-6`.
///
/// - Parameter number: Any number; what is not finite is written in words.
public func scientific(_ number: Double) -> String {
  guard number.isFinite else { return "\(number)" }
  guard number != 0 else { return "0" }
  let exponent = Int(floor(log10(number.magnitude)))
  let tenths = Int((number.magnitude / pow(10, Double(exponent)) * 10).rounded())
  // 9.96 is rounded to 10.0.
  let (digits, power) = tenths == 100 ? (10, exponent + 1) : (tenths, exponent)
  return "\(number < 0 ? "-" : "")\(digits / 10).\(digits % 10)e\(power)"
}

extension Duration {
  /// The duration in milliseconds.
  public var milliseconds: Double { self / .milliseconds(1) }
}
