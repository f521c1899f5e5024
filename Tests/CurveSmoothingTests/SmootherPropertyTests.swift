import CurveSmoothing
import TestSupport
import Testing

/// A smoother, and which properties its definition gives it.
struct SmootherCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let smoother: any Smoother
  /// Whether it reproduces straight lines over unevenly spaced rates too.
  var keepsUnevenLines = false
  /// Whether it reproduces straight lines over evenly spaced rates.
  var keepsEvenLines = false
  /// The relative deviation that rounding may cause when the curve is scaled or moved.
  var rounding = 1e-9

  static let all: [SmootherCase] = {
    do {
      return [
        SmootherCase(
          testDescription: "Gaussian", smoother: try GaussianSmoother(standardDeviation: 3),
          keepsUnevenLines: true,
          keepsEvenLines: true),
        SmootherCase(
          testDescription: "narrow Gaussian, twiced",
          smoother: try GaussianSmoother(standardDeviation: 1.5, twicing: true),
          keepsUnevenLines: true, keepsEvenLines: true),
        SmootherCase(
          testDescription: "Gaussian wider than the curve",
          smoother: try GaussianSmoother(standardDeviation: 500),
          keepsUnevenLines: true, keepsEvenLines: true),
        SmootherCase(
          testDescription: "spline", smoother: try SplineSmoother(), keepsUnevenLines: true,
          keepsEvenLines: true,
          rounding: 1e-6),
        SmootherCase(
          testDescription: "Savitzky-Golay", smoother: try SavitzkyGolaySmoother(windowLength: 5, degree: 2),
          keepsEvenLines: true),
        SmootherCase(testDescription: "median", smoother: try RobustSmoother(.median, windowLength: 5)),
        SmootherCase(testDescription: "Hampel", smoother: try RobustSmoother()),
        // Single precision: 24 bits.
        SmootherCase(
          testDescription: "fastai's average", smoother: ExponentialSmoother.fastai, rounding: 1e-4),
        SmootherCase(
          testDescription: "pytorch-lr-finder's average", smoother: ExponentialSmoother.torchLRFinder),
      ]
    } catch {
      preconditionFailure("\(error)")
    }
  }()
}

@Suite struct SmootherPropertyTests {
  private static let even = (0..<80).map { -7 + 0.1 * Double($0) }
  private static let uneven: [Double] = {
    var random = SeededNumbers(seed: 5)
    var position = -7.0
    return (0..<80).map { _ in
      position += 0.02 + 0.2 * random.uniform()
      return position
    }
  }()
  private static let wavy: [Double] = {
    var random = SeededNumbers(seed: 6)
    return uneven.map { 2 - 0.3 * $0 + 0.05 * $0 * $0 + 0.1 * random.normal() }
  }()

  @Test(
    "straight lines keep their heights and slope, at the ends and between uneven rates too",
    arguments: SmootherCase.all.filter { $0.keepsEvenLines || $0.keepsUnevenLines })
  func straightLines(_ subject: SmootherCase) throws {
    for rates in [subject.keepsEvenLines ? Self.even : [], subject.keepsUnevenLines ? Self.uneven : []]
    where !rates.isEmpty {
      let line = rates.map { 5 - 0.7 * $0 }
      let smoothed = try subject.smoother.smooth(line, log10Rates: rates)
      let worstValue = zip(smoothed.values, line).map { abs($0 - $1) }.max() ?? 1
      let worstSlope = smoothed.slopes.map { abs($0 + 0.7) }.max() ?? 1
      #expect(worstValue < 1e-9 && worstSlope < 1e-7)
    }
  }

  @Test("scaling and offset of the losses scale and move the result", arguments: SmootherCase.all)
  func equivariance(_ subject: SmootherCase) throws {
    let original = try subject.smoother.smooth(Self.wavy, log10Rates: Self.uneven)
    let height = (original.values.max() ?? 1) - (original.values.min() ?? 0)
    for (scale, offset) in [(1e6, 0), (-1e-6, 0), (1, 50), (3, -20)] as [(Double, Double)] {
      let changed = try subject.smoother.smooth(
        Self.wavy.map { scale * $0 + offset }, log10Rates: Self.uneven)
      let values =
        zip(changed.values, original.values).map { abs(($0 - offset) / scale - $1) / height }.max() ?? 1
      let slopes = zip(changed.slopes, original.slopes).map { abs($0 / scale - $1) / height }.max() ?? 1
      #expect(values < subject.rounding && slopes < 30 * subject.rounding, "scale \(scale), offset \(offset)")
    }
  }

  @Test("a power of two scales every bit along", arguments: SmootherCase.all)
  func powersOfTwo(_ subject: SmootherCase) throws {
    let original = try subject.smoother.smooth(Self.wavy, log10Rates: Self.uneven)
    for factor in [0x1p-30, 0x1p20] {
      let scaled = try subject.smoother.smooth(Self.wavy.map { $0 * factor }, log10Rates: Self.uneven)
      let same =
        scaled.values == original.values.map { $0 * factor }
        && scaled.slopes == original.slopes.map { $0 * factor }
      #expect(same, "factor \(factor)")
    }
  }

  @Test("the first non-finite loss is named", arguments: SmootherCase.all)
  func nonFinite(_ subject: SmootherCase) {
    for bad in [Double.nan, .infinity, -.infinity] {
      var losses = Self.wavy
      losses[17] = bad
      losses[40] = .nan
      #expect(throws: SmoothingError.nonFinite(index: 17)) {
        try subject.smoother.smooth(losses, log10Rates: Self.uneven)
      }
    }
  }

  @Test(
    "any number of points is smoothed to finite numbers or refused as too few", arguments: SmootherCase.all)
  func shortCurves(_ subject: SmootherCase) {
    for count in 0...12 {
      do throws(SmoothingError) {
        let rates = Array(Self.uneven.prefix(count))
        let smoothed = try subject.smoother.smooth(Array(Self.wavy.prefix(count)), log10Rates: rates)
        #expect(smoothed.values.count == count && smoothed.slopes.count == count)
        #expect(smoothed.isFinite, "\(count) points")
      } catch {
        guard case .tooFewPoints(let needed, let found) = error else {
          Issue.record("\(count) points: \(error)")
          continue
        }
        #expect(found == count && needed > count)
        #expect(!error.description.contains("\n"))
      }
    }
  }

  @Test("windows longer than the curve are no harm", arguments: [2, 3, 5, 7])
  func longWindows(_ count: Int) throws {
    let rates = Array(Self.uneven.prefix(count))
    let losses = Array(Self.wavy.prefix(count))
    for length in [3, 11, 101, 999] {
      for rule in [RobustSmoother.Rule.median, .hampel(threshold: 3)] {
        let smoothed = try RobustSmoother(rule, windowLength: length).smooth(losses, log10Rates: rates)
        #expect(smoothed.isFinite)
        #expect(smoothed.values.allSatisfy { (losses.min() ?? 0)...(losses.max() ?? 0) ~= $0 })
      }
    }
    if count >= 3 {
      let smoothed = try GaussianSmoother(standardDeviation: 10_000).smooth(losses, log10Rates: rates)
      #expect(smoothed.isFinite)
    }
    #expect(throws: SmoothingError.tooFewPoints(needed: 9, found: count)) {
      try SavitzkyGolaySmoother(windowLength: 9).smooth(losses, log10Rates: rates)
    }
  }

  @Test("settings outside their ranges are refused in one line")
  func badSettings() {
    let attempts: [() throws -> any Smoother] = [
      { try GaussianSmoother(standardDeviation: 0.4) }, { try GaussianSmoother(standardDeviation: .nan) },
      { try GaussianSmoother(standardDeviation: 10_001) }, { try SplineSmoother(coefficients: 3) },
      { try SplineSmoother(coefficients: 201) }, { try SavitzkyGolaySmoother(windowLength: 4, degree: 2) },
      { try SavitzkyGolaySmoother(windowLength: 3, degree: 3) },
      { try SavitzkyGolaySmoother(windowLength: 11, degree: 6) },
      { try SavitzkyGolaySmoother(windowLength: 11, degree: 0) },
      { try SavitzkyGolaySmoother(windowLength: 1001) },
      { try RobustSmoother(.median, windowLength: 4) }, { try RobustSmoother(.median, windowLength: 1) },
      { try RobustSmoother(.median, windowLength: 1001) }, { try RobustSmoother(.hampel(threshold: -1)) },
      { try RobustSmoother(.hampel(threshold: .nan)) },
    ]
    for (number, attempt) in attempts.enumerated() {
      let error = #expect(throws: SmoothingError.self, "attempt \(number)") { _ = try attempt() }
      guard case .badSetting(let problem)? = error else {
        Issue.record("attempt \(number) threw \(String(describing: error))")
        continue
      }
      #expect(!problem.isEmpty && !problem.contains("\n"))
    }
  }

  @Test("spikes vanish under median and Hampel filter, and everything else stays under the latter")
  func spikes() throws {
    var losses = Self.even.map { 1 - 0.1 * $0 }
    losses[20] = 40
    losses[21] = -3
    let hampel = try RobustSmoother().smooth(losses, log10Rates: Self.even).values
    let changed = losses.indices.filter { hampel[$0] != losses[$0] }
    #expect(changed == [20, 21])
    let median = try RobustSmoother(.median, windowLength: 7).smooth(losses, log10Rates: Self.even).values
    #expect(zip(median, Self.even).allSatisfy { abs($0 - (1 - 0.1 * $1)) < 0.05 })
  }

  @Test(
    "the standard errors that the Gaussian smoother states are those of smoothed noise",
    arguments: [false, true])
  func standardErrors(twicing: Bool) throws {
    var random = SeededNumbers(seed: 8)
    let count = 40_000
    let positions = (0..<count).map(Double.init)
    let smoother = try GaussianSmoother(standardDeviation: 5, twicing: twicing)
    let smoothed = try smoother.smooth(positions.map { _ in random.normal() }, log10Rates: positions)
    let inside = 100..<count - 100
    func deviation(_ numbers: [Double]) -> Double {
      (inside.reduce(0) { $0 + numbers[$1] * numbers[$1] } / Double(inside.count)).squareRoot()
    }
    // Some 2,000 independent values give 2 %; the truncated window and the step of one point a little more.
    #expect(abs(deviation(smoothed.values) / smoother.valueStandardError - 1) < 0.05)
    #expect(abs(deviation(smoothed.slopes) / smoother.slopeStandardError - 1) < 0.05)
  }
}

extension SmoothedLosses {
  fileprivate var isFinite: Bool { values.allSatisfy { $0.isFinite } && slopes.allSatisfy { $0.isFinite } }
}
