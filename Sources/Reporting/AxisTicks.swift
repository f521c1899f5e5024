internal import CurveModel
internal import Glibc

/// A tick of an axis.
struct AxisTick: Equatable {
  var value: Double
  /// Empty for a minor tick.
  var label: String
}

/// Ticks for the two axes of a loss curve.
enum AxisTicks {
  /// Ticks at multiples of 1, 2 or 5 times a power of ten, about `count` of them, with as many digits as tell
  /// them apart.
  static func losses(in range: ClosedRange<Double>, about count: Int) -> [AxisTick] {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite, count > 0 else { return [] }
    let rough = span / Double(count)
    let power = floor(log10(rough))
    let unit = pow(10, power)
    let factor: Double = [1, 2, 5].first { $0 * unit >= rough } ?? 10
    let step = factor * unit
    let exponent = Int(factor == 10 ? power + 1 : power)
    let first = (range.lowerBound / step).rounded(.up)
    let last = (range.upperBound / step).rounded(.down)
    guard step > 0, first <= last, last - first <= Double(4 * count) else { return [] }
    let largest = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    return stride(from: first, through: last, by: 1).compactMap { multiple -> AxisTick? in
      // The product may end a rounding error beyond the range.
      guard range.contains(multiple * step) else { return nil }
      return AxisTick(
        value: multiple * step,
        label: multiple == 0 ? "0" : label(multiple * step, stepExponent: exponent, largest: largest))
    }
  }

  private static func label(_ value: Double, stepExponent: Int, largest: Double) -> String {
    if largest < 1e5, stepExponent >= -4 || largest >= 1 {
      return NumberText.fixed(value, fractionDigits: max(0, -stepExponent))
    }
    let digits = max(0, Int(floor(log10(value.magnitude) + 1e-9)) - stepExponent)
    let parts = NumberText.scientific(value, fractionDigits: digits).split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]) else { return "\(value)" }
    return "\(parts[0])e\(exponent)"
  }

  /// Ticks of a logarithmic axis: labelled powers of ten with minor ticks between them, every second or third
  /// power where there are more than `most`; labelled 1, 2 and 5 times powers of ten where the range holds
  /// fewer than two powers.
  static func rates(in range: ClosedRange<Double>, most: Int) -> [AxisTick] {
    let low = Int(floor(log10(range.lowerBound)))
    let high = Int(ceil(log10(range.upperBound)))
    let powers = (low...high).count { range.contains(pow(10, Double($0))) }
    let stride = max(1, (powers + most - 1) / max(1, most))
    return (low...high).flatMap { power in
      (1...9).compactMap { factor -> AxisTick? in
        let value = Double("\(factor)e\(power)") ?? 0
        guard range.contains(value) else { return nil }
        let isLabelled = powers >= 2 ? factor == 1 && power % stride == 0 : [1, 2, 5].contains(factor)
        return AxisTick(value: value, label: isLabelled ? NumberText.rate(value) : "")
      }
    }
  }
}
