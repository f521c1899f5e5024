import CurveModel
import Glibc

/// Curves of any length in the shape of a range test, the same in every run.
enum SyntheticCurve {
  /// A plateau, a descent, a minimum and a blow-up, with noise; over the rates 10⁻⁷ to 10.
  ///
  /// - Parameter diagnostics: Whether every step also carries the six series that `suggest record` records.
  static func noisyDescent(points: Int, diagnostics: Bool = false) throws(CurveError) -> LossCurve {
    var noise = SplitMix64()
    return try make(points, diagnostics: diagnostics) { x in
      descent(x) + (x < -1 ? 0 : (x + 1) * (x + 1)) + Double.random(in: -0.1...0.1, using: &noise)
    }
  }

  /// A descent that every single step continues, to the end: the longest run a rule can look for.
  static func steadyDescent(points: Int) throws(CurveError) -> LossCurve {
    try make(points, diagnostics: false) { descent($0) - 0.01 * $0 }
  }

  /// The curve as fastai's recorder would keep it: raw losses, and their debiased moving average with β = 0.98.
  static func withRecordedSmoothing(_ curve: LossCurve) throws(CurveError) -> LossCurve {
    let beta = 0.98
    var average = 0.0
    var weight = 1.0
    let smoothed = curve.losses.map { loss in
      average = beta * average + (1 - beta) * loss
      weight *= beta
      return average / (1 - weight)
    }
    return try LossCurve(
      header: curve.header, learningRates: curve.learningRates, rawLosses: curve.rawLosses,
      smoothedLosses: smoothed, stop: curve.stop)
  }

  // MARK: Shapes over x = log10 rate

  /// From 2.3 down to 0.3, half-way at 10⁻³.
  private static func descent(_ x: Double) -> Double { 0.3 + 2 / (1 + exp(2.5 * (x + 3))) }

  private static func make(
    _ points: Int, diagnostics: Bool, _ loss: (Double) -> Double
  ) throws(CurveError) -> LossCurve {
    let schedule = try RateSchedule(start: 1e-7, end: 10, steps: points)
    let rates = (0..<points).map(schedule.rate)
    let losses = rates.map { loss(log10($0)) }
    // Numbers of as many digits as real ones have; no strategy of this package reads them.
    func series(_ factor: Double) -> [Double]? { diagnostics ? losses.map { factor * $0 } : nil }
    return try LossCurve(
      header: CurveHeader(task: [.init("optimizer", .string("adam"))], schedule: schedule, seed: 0),
      learningRates: rates, rawLosses: losses,
      diagnostics: StepDiagnostics(
        validationLoss: series(1.1), gradientNorm: series(0.7), parameterNorm: series(13),
        updateNorm: series(0.013), gradientUpdateProduct: series(-0.003), distanceFromStart: series(0.17)),
      stop: .completed)
  }
}

/// A fixed sequence of random bits (Steele, Lea and Flood 2014).
private struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64 = 20_261_123

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
