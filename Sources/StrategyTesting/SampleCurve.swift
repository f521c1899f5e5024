public import CurveModel
import Glibc

/// A curve every strategy has to cope with.
public struct SampleCurve: Sendable, CustomStringConvertible {
  /// What the curve looks like, in a few words.
  public let name: String
  /// The curve.
  public let curve: LossCurve

  /// The name.
  public var description: String { name }

  /// Every sample: readable and unreadable ones.
  public static let all = readable + unreadable + doubtful

  /// Curves with a clear descent.
  public static let readable: [SampleCurve] = [
    make("a descent, a minimum and a blow-up") { x, _ in descent(x) + blowUp(x) },
    make("the same with noise") { x, noise in descent(x) + blowUp(x) + 0.02 * noise },
    make("the same with negative losses") { x, noise in descent(x) + blowUp(x) + 0.02 * noise - 7 },
    make("the same with a single spike") { x, noise in
      descent(x) + blowUp(x) + 0.01 * noise + (abs(x + 4) < 0.03 ? 5 : 0)
    },
    make("a long spike before the descent") { x, noise in
      descent(x) + blowUp(x) + 0.01 * noise + (x < -6.3 ? 3 : 0)
    },
    make("two descents") { x, noise in
      0.5 * descent(x + 2) + 0.5 * descent(x) + blowUp(x) + 0.01 * noise
    },
    make("a descent that ends in NaN") { x, noise in x > 0.4 ? .nan : descent(x) + 0.01 * noise },
    make("a descent that ends in infinity") { x, noise in x > 0.4 ? .infinity : descent(x) + 0.01 * noise },
    make("a descent that ends in losses of 1e30") { x, noise in x > 0.4 ? 1e30 : descent(x) + 0.01 * noise },
    SampleCurve(name: "a linear schedule", curve: linear()),
    SampleCurve(name: "a recording that ended at a NaN", curve: endedAtNaN()),
    make("5000 points to the very end", count: 5000) { x, noise in descent(x) + 0.05 * noise },
    make("a descent to the very end") { x, noise in descent(x) + 0.01 * noise },
    make("5000 noisy points", count: 5000) { x, noise in descent(x) + blowUp(x) + 0.1 * noise },
  ]

  /// Curves from which no rate can be read.
  public static let unreadable: [SampleCurve] = [
    make("one point", count: 1) { _, _ in 2.3 },
    make("two points", count: 2) { x, _ in descent(x) },
    make("five points", count: 5) { x, _ in descent(x) },
    make("flat") { _, _ in 2.3 },
    make("flat at zero") { _, _ in 0 },
    make("nothing but noise") { _, noise in 2.3 + 0.1 * noise },
    make("rising") { x, noise in 2.3 + 0.5 * (x + 7) + 0.01 * noise },
    make("a blow-up without a descent") { x, noise in 2.3 + blowUp(x) + 0.01 * noise },
    make("NaN from the start") { _, _ in .nan },
    make("infinite from the third point on") { x, noise in x > -6.8 ? .infinity : 2.3 + 0.01 * noise },
  ]

  /// Curves on which an answer and an abstention are both defensible.
  public static let doubtful: [SampleCurve] = [
    make("steps") { x, _ in 3 - (x / 2).rounded(.down) * 0.25 },
    make("one NaN in the middle") { x, _ in abs(x + 3) < 0.04 ? .nan : descent(x) + blowUp(x) },
    make("flat but for the last place of 32-bit floats") { x, noise in
      Double(noise > 1.5 ? Float(2.3).nextUp : Float(2.3))
    },
    make("a fall of a millionth") { x, _ in 1e3 + 1e-3 * descent(x) },
    make("16 points", count: 16) { x, _ in descent(x) + blowUp(x) },
    make("17 points", count: 17) { x, _ in descent(x) + blowUp(x) },
    make("heavy-tailed noise") { x, noise in descent(x) + blowUp(x) + 0.05 * noise * noise * noise },
  ]

  /// The curve with every loss multiplied by `factor`.
  func scaled(by factor: Double) -> LossCurve { mapped { $0 * factor } }

  /// The curve with a multiple of its fall, from the first to the lowest finite loss, added to every loss.
  func shifted(byFalls multiple: Double) -> LossCurve {
    let finite = curve.losses.prefix { $0.isFinite }
    let fall = (finite.first ?? 0) - (finite.min() ?? 0)
    return mapped { $0 + multiple * fall }
  }

  private func mapped(_ change: (Double) -> Double) -> LossCurve {
    Self.curve(curve.learningRates, curve.losses.map(change))
  }

  // MARK: Shapes over x = log10 rate

  /// From 2.3 down to 0.3, half-way at 10⁻³.
  private static func descent(_ x: Double) -> Double { 0.3 + 2 / (1 + exp(2.5 * (x + 3))) }

  /// Nothing up to 10⁻¹, then exploding.
  private static func blowUp(_ x: Double) -> Double { x < -1 ? 0 : 3 * (x + 1) * (x + 1) * (x + 1) * (x + 1) }

  /// A curve over the rates 10⁻⁷ to 10; `loss` is given log10 rate and a standard normal number.
  private static func make(_ name: String, count: Int = 100, _ loss: (Double, Double) -> Double)
    -> SampleCurve
  {
    var noise = NormalNumbers()
    let logarithms = (0..<count).map { -7 + 8 * Double($0) / Double(count) }
    return SampleCurve(
      name: name, curve: curve(logarithms.map { pow(10, $0) }, logarithms.map { loss($0, noise.next()) }))
  }

  /// The descent over a linear schedule from 10⁻⁵ to 0.3.
  private static func linear() -> LossCurve {
    var noise = NormalNumbers()
    let rates = (0..<400).map { 1e-5 + 0.3 * Double($0) / 400 }
    return curve(rates, rates.map { descent(log10($0)) + blowUp(log10($0)) + 0.02 * noise.next() })
  }

  /// A recording of our own that ended at a NaN: copies of other projects' rules replay what theirs would go on with.
  private static func endedAtNaN() -> LossCurve {
    var noise = NormalNumbers()
    let rates = (0..<90).map { pow(10, -7 + 8 * Double($0) / 100) }
    let losses = rates.map { descent(log10($0)) + 0.01 * noise.next() }.dropLast() + [.nan]
    do {
      let schedule = try RateSchedule(start: 1e-7, end: 10, steps: 100)
      return try LossCurve(
        header: CurveHeader(schedule: schedule), learningRates: rates, rawLosses: Array(losses),
        stop: .nonFinite)
    } catch {
      preconditionFailure("a sample curve is invalid: \(error)")
    }
  }

  private static func curve(_ rates: [Double], _ losses: [Double]) -> LossCurve {
    do {
      return try LossCurve(learningRates: rates, rawLosses: losses)
    } catch {
      preconditionFailure("a sample curve is invalid: \(error)")
    }
  }
}

/// A fixed sequence of normal numbers: SplitMix64 (Steele, Lea and Flood 2014) summed twelvefold.
///
/// It is here so that strategy packages elsewhere can run the contract without the toolkit's training modules.
private struct NormalNumbers {
  private var state: UInt64 = 20_261_123

  mutating func next() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + uniform() } }

  private mutating func uniform() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }
}
