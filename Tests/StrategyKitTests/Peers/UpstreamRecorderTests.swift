import CurveModel
import StrategyKit
import Testing

@Suite struct UpstreamRecorderTests {
  static let rates = [0.1, 1, 10, 100]

  @Test("stops at a multiple of the best loss and keeps that point")
  func stops() {
    let replay = UpstreamStopRule(factor: 4).replay(on: [2, 1, 4, 4.5, 1])
    #expect(replay.kept == 4 && replay.stopped)
    let never = UpstreamStopRule.never.replay(on: [1, 99])
    #expect(never.kept == 2 && !never.stopped)
  }

  @Test("tests from the first tested point on")
  func firstTested() {
    #expect(UpstreamStopRule(factor: 4, firstTested: 3).replay(on: [1, 9, 9, 9, 9]).kept == 4)
    #expect(
      UpstreamStopRule(factor: 4, initialBest: 1, bestIncludesTested: false).replay(on: [5, 1]).kept == 1)
  }

  @Test("a negative loss stops at once where the best includes it, and later where it does not")
  func negativeLosses() {
    #expect(UpstreamStopRule(factor: 4).replay(on: [-1, -2, -3]).kept == 1)
    let before = UpstreamStopRule(factor: 4, firstTested: 1, bestIncludesTested: false)
    #expect(before.replay(on: [1, -1, -1.5, -2]).kept == 3)
  }

  @Test(
    "a NaN is ignored, becomes the best, ends the recording or is dropped",
    arguments: [
      (UpstreamStopRule.NotANumber.isIgnored, 4), (.becomesBest, 5), (.endsRecording, 2), (.isDropped, 1),
    ])
  func notANumber(_ effect: UpstreamStopRule.NotANumber, kept: Int) {
    #expect(UpstreamStopRule(factor: 4, notANumber: effect).replay(on: [1, .nan, 2, 5, 5]).kept == kept)
  }

  @Test("takes recorded smoothed losses as they are, without the stop rule")
  func recordedLosses() throws {
    let curve = try LossCurve(
      learningRates: Self.rates, rawLosses: [9, 9, 9, 9], smoothedLosses: [1, 2, 9, 1])
    let recorder = UpstreamRecorder(
      project: "P", smoothing: { $0.map { -$0 } }, stopRule: UpstreamStopRule(factor: 4), highestRate: 1)
    #expect(recorder.recording(of: curve).losses == [1, 2, 9, 1])
    #expect(recorder.recording(of: curve).warnings.isEmpty)
  }

  @Test("replays smoothing, stop rule and highest rate on raw losses")
  func replays() throws {
    let curve = try LossCurve(learningRates: Self.rates, rawLosses: [1, 2, 3, 4], stop: .completed)
    let stopping = UpstreamRecorder(
      project: "P", smoothing: { $0.map { $0 * $0 } }, stopRule: UpstreamStopRule(factor: 4))
    #expect(stopping.recording(of: curve).losses == [1, 4, 9])
    #expect(stopping.recording(of: curve).learningRates == [0.1, 1, 10])
    let limited = UpstreamRecorder(project: "P", smoothing: nil, stopRule: .never, highestRate: 5)
    #expect(limited.recording(of: curve).losses == [1, 2])
    let below = UpstreamRecorder(project: "P", smoothing: nil, stopRule: .never, highestRate: 0.01)
    #expect(below.recording(of: curve).losses == [1])
  }

  @Test("a program that records raw losses reads them beside smoothed ones, and warns without them")
  func rawRecorder() throws {
    let recorder = UpstreamRecorder(project: "P", smoothing: nil, stopRule: .never)
    let both = try LossCurve(
      learningRates: Self.rates, rawLosses: [1, 2, 3, 4], smoothedLosses: [5, 6, 7, 8])
    #expect(recorder.recording(of: both).losses == [1, 2, 3, 4])
    #expect(recorder.recording(of: both).warnings.isEmpty)
    let smoothed = try LossCurve(learningRates: Self.rates, rawLosses: nil, smoothedLosses: [5, 6, 7, 8])
    #expect(recorder.recording(of: smoothed).losses == [5, 6, 7, 8])
    #expect(recorder.recording(of: smoothed).warnings.count == 1)
  }

  @Test("warns of a schedule upstream does not have, and of a recording stopped before upstream's rule")
  func warns() throws {
    let recorder = UpstreamRecorder(project: "P", smoothing: nil, stopRule: UpstreamStopRule(factor: 5))
    let linear = CurveHeader(schedule: try RateSchedule(shape: .linear, start: 0.1, end: 400, steps: 4))
    let curve = try LossCurve(
      header: linear, learningRates: Self.rates, rawLosses: [1, 2, 3, 4.5], stop: .diverged)
    #expect(recorder.recording(of: curve).warnings.count == 2)
    let stopped = try LossCurve(learningRates: Self.rates, rawLosses: [1, 2, 3, 6], stop: .diverged)
    #expect(recorder.recording(of: stopped).warnings.isEmpty)
  }

  @Test("abstains where upstream's number is no learning rate")
  func noLearningRate() throws {
    let curve = try LossCurve(learningRates: Self.rates, rawLosses: [1, 2, 3, 4])
    let recording = UpstreamRecorder(project: "P", smoothing: nil, stopRule: .never).recording(of: curve)
    for rate in [0, -1, Double.nan, .infinity] {
      guard
        case .abstention(let abstention) = recording.suggestion(
          at: 0, learningRate: rate, usedPoints: 4, reason: "r")
      else {
        Issue.record("suggested \(rate)")
        continue
      }
      #expect(abstention.cause == .outsideRange)
    }
  }

  @Test("the debiased average of a constant is the constant, and a NaN spreads")
  func debiasedAverages() {
    let constant = debiasedAverage(of: Array(repeating: 3, count: 3000), oldWeight: 0.98)
    #expect(constant.allSatisfy { abs($0 - 3) < 1e-12 })
    let two = debiasedAverage(of: [1, 0, .nan, 1], oldWeight: 0.5)
    #expect(two[0] == 1 && abs(two[1] - 1.0 / 3) < 1e-15 && two[2].isNaN && two[3].isNaN)
  }
}
