import CurveSmoothing
import Foundation
import TestSupport
import Testing

/// What NumPy or SciPy make of a curve; written by `scripts/golden/smoothers.py`.
struct GoldenSmoothing: Decodable {
  let curve: String
  let log10Rates: [Double]
  let losses: [Double]
  let values: [Double]
  let slopes: [Double]
  // The smoother's settings, those that it has.
  let length: Int?
  let degree: Int?
  let threshold: Double?
  let sigma: Double?
  let twicing: Bool?
  let coefficients: Int?
  let beta: Double?

  static func all(_ name: String) throws -> [GoldenSmoothing] {
    let file = GoldenFolders.repositoryRoot.appendingPathComponent("Tests/Fixtures/smoothing/\(name).json")
    return try JSONDecoder().decode([GoldenSmoothing].self, from: Data(contentsOf: file))
  }

  /// The greatest deviation from NumPy, in units of the greatest golden number (its distance from the first, for
  /// values, so that an offset hides nothing).
  func worstDeviation(of ours: SmoothedLosses) -> Double {
    guard ours.values.count == values.count, ours.slopes.count == slopes.count else { return .infinity }
    let height = values.map { abs($0 - values[0]) }.max() ?? 1
    let steepness = slopes.map { abs($0) }.max() ?? 1
    let deviations =
      zip(ours.values, values).map { abs($0 - $1) / height }
      + zip(ours.slopes, slopes).map { abs($0 - $1) / steepness }
    return deviations.max { $0 < $1 || $1.isNaN } ?? .infinity
  }
}

@Suite struct GoldenSmootherTests {
  /// Compares the smoothers that `make` makes of the cases' settings with the golden numbers.
  private func compare(
    _ name: String, within tolerance: Double, _ make: (GoldenSmoothing) throws -> any Smoother
  ) throws {
    let cases = try GoldenSmoothing.all(name)
    #expect(!cases.isEmpty)
    let disagreements = try cases.compactMap { golden in
      let ours = try make(golden).smooth(golden.losses, log10Rates: golden.log10Rates)
      let worst = golden.worstDeviation(of: ours)
      return worst <= tolerance ? nil : "\(golden.curve) with \(golden.settings): off by \(worst)"
    }
    #expect(disagreements.isEmpty, "\(disagreements)")
  }

  @Test("the running median is SciPy's, its window shortened at the ends")
  func median() throws {
    try compare("median", within: 1e-12) { try RobustSmoother(.median, windowLength: $0.length ?? 0) }
  }

  @Test("the Hampel filter is NumPy's medians and median absolute deviations")
  func hampel() throws {
    try compare("hampel", within: 1e-12) {
      try RobustSmoother(.hampel(threshold: $0.threshold ?? -1), windowLength: $0.length ?? 0)
    }
  }

  @Test("the Savitzky-Golay filter is SciPy's with interpolated ends")
  func savitzkyGolay() throws {
    try compare("savitzky-golay", within: 1e-10) {
      try SavitzkyGolaySmoother(windowLength: $0.length ?? 0, degree: $0.degree ?? 0)
    }
  }

  @Test("the Gaussian smoother is local linear regression by least squares")
  func gaussian() throws {
    try compare("gaussian", within: 1e-9) {
      try GaussianSmoother(standardDeviation: $0.sigma ?? 0, twicing: $0.twicing ?? false)
    }
  }

  @Test("the spline is SciPy's penalised spline with the penalty that cross-validates best")
  func spline() throws {
    try compare("spline", within: 1e-7) { try SplineSmoother(coefficients: $0.coefficients ?? 0) }
  }

  @Test("the averages of pytorch-lr-finder and Lightning are their formulas")
  func averages() throws {
    try compare("first-loss-average", within: 1e-10) {
      try ExponentialSmoother(oldWeight: $0.beta ?? -1, start: .firstLoss)
    }
    try compare("one-ahead-average", within: 1e-10) {
      try ExponentialSmoother(oldWeight: $0.beta ?? -1, start: .zeroDebiasedOneAhead)
    }
  }

  @Test("both gradients are NumPy's")
  func gradients() throws {
    for (name, slopes) in [
      ("gradient-by-index", { gradientByIndex(of: $0.losses) }),
      ("gradient-by-rate", { gradient(of: $0.losses, by: $0.log10Rates) }),
    ] as [(String, (GoldenSmoothing) -> [Double])] {
      for golden in try GoldenSmoothing.all(name) {
        let ours = SmoothedLosses(values: golden.losses, slopes: slopes(golden))
        #expect(golden.worstDeviation(of: ours) <= 1e-12, "\(name) of \(golden.curve)")
      }
    }
  }
}

extension GoldenSmoothing {
  /// The settings in words, for messages.
  var settings: String {
    let texts = [
      length.map { "length \($0)" }, degree.map { "degree \($0)" }, threshold.map { "threshold \($0)" },
      sigma.map { "sigma \($0)" }, twicing.map { "twicing \($0)" }, coefficients.map { "\($0) coefficients" },
      beta.map { "beta \($0)" },
    ]
    return texts.compactMap { $0 }.joined(separator: ", ")
  }
}
