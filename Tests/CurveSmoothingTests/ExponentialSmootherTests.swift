import CurveModel
import CurveSmoothing
import Foundation
import TestSupport
import Testing

@Suite struct ExponentialSmootherTests {
  /// The golden files in which the recording program kept raw losses.
  static let recordings = GoldenCurve.files.filter { file in
    guard let data = try? Data(contentsOf: file), let reading = try? CurveReading.read(Array(data)) else {
      return false
    }
    return reading.curve.rawLosses != nil
  }

  @Test("there are recordings with raw losses")
  func recordingsExist() { #expect(!Self.recordings.isEmpty) }

  // Bit for bit: the average is computed in single precision as PyTorch does.
  @Test("fastai's average of the raw losses is what fastai recorded, to the last bit", arguments: recordings)
  func fastai(_ file: URL) throws {
    let curve = try CurveReading.read(Array(try Data(contentsOf: file))).curve
    let raw = try #require(curve.rawLosses)
    let recorded = try #require(curve.smoothedLosses)
    let ours = ExponentialSmoother.fastai.replay(raw)
    let differing = zip(ours, recorded).filter { ours, recorded in
      !(ours == recorded || ours.isNaN && recorded.isNaN)
    }
    #expect(differing.count == 0, "of \(raw.count)")
  }

  @Test("Lightning's average of a constant starts at half of it")
  func lightningInflation() throws {
    let values = ExponentialSmoother.lightning.replay(Array(repeating: 1, count: 11))
    for (value, expected) in zip(values, [0.505, 0.673, 0.758, 0.808, 0.842]) {
      #expect(abs(value - expected) < 5e-4)
    }
    #expect(abs(values[10] - 0.926) < 5e-4)
  }

  @Test("pytorch-lr-finder's average begins with the first loss and keeps a constant")
  func torchLRFinder() {
    #expect(ExponentialSmoother.torchLRFinder.replay([3, 3, 3]).allSatisfy { abs($0 - 3) < 1e-15 })
    let step = ExponentialSmoother.torchLRFinder.replay([2, 0, 0])
    #expect(step[0] == 2 && abs(step[1] - 1.9) < 1e-15 && abs(step[2] - 1.805) < 1e-15)
  }

  @Test(
    "a NaN spreads to the end in every form",
    arguments: [ExponentialSmoother.fastai, .fastai1, .debiased, .lightning, .torchLRFinder])
  func spreads(_ smoother: ExponentialSmoother) {
    #expect(smoother.replay([1, 2, .nan, 1, 1]).map(\.isNaN) == [false, false, true, true, true])
    #expect(smoother.replay([]) == [])
  }

  @Test(
    "the debiased averages of a constant are the constant, however long",
    arguments: [(ExponentialSmoother.fastai, 1e-5), (.fastai1, 1e-5), (.debiased, 1e-12)])
  func debiased(_ smoother: ExponentialSmoother, _ tolerance: Double) {
    let averages = smoother.replay(Array(repeating: 3, count: 3000))
    #expect(averages.allSatisfy { abs($0 - 3) <= 3 * tolerance })
  }

  @Test("the debiased average is the weighted mean of the losses so far")
  func weightedMean() throws {
    let half = try ExponentialSmoother(oldWeight: 0.5, start: .zeroDebiasedDouble)
    #expect(zip(half.replay([1, 0, 2]), [1, 1.0 / 3, 9.0 / 7]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test("fastai's two programs round differently in the last places, and agree otherwise")
  func singlePrecision() {
    let losses = (0..<200).map { 2 + sin(Double($0)) }
    let pairs = Array(
      zip(ExponentialSmoother.fastai.replay(losses), ExponentialSmoother.fastai1.replay(losses)))
    #expect(pairs.allSatisfy { abs($0 - $1) < 1e-5 } && pairs.contains { $0 != $1 })
    #expect(pairs.allSatisfy { Double(Float($0)) == $0 && Double(Float($1)) == $1 })
  }

  @Test("the weight is at least 0 and below 1", arguments: [-0.1, 1, 2, .nan, .infinity])
  func badWeights(_ weight: Double) {
    let error = #expect(throws: SmoothingError.self) {
      try ExponentialSmoother(oldWeight: weight, start: .firstLoss)
    }
    guard case .badSetting? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
  }
}
