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

  // MARK: Recordings that end at a non-finite loss

  /// 3 of 6 steps, ended by `last`.
  private func ended(
    by last: Double, stop: StopReason = .nonFinite, isScheduled: Bool = true, factor: Double = 1,
    requestedPoints: Int? = nil
  ) throws -> LossCurve {
    let schedule = try RateSchedule(start: 1e-3, end: 1e3, steps: 6)
    return try LossCurve(
      header: CurveHeader(schedule: isScheduled ? schedule : nil, requestedPoints: requestedPoints),
      learningRates: (0..<3).map { schedule.rate(at: $0) * factor }, rawLosses: [2, 1, last], stop: stop)
  }

  private func recorder(_ notANumber: UpstreamStopRule.NotANumber = .isIgnored) -> UpstreamRecorder {
    UpstreamRecorder(
      project: "P", smoothing: nil, stopRule: UpstreamStopRule(factor: 4, notANumber: notANumber))
  }

  @Test("goes on to the end of the schedule with NaN, as a program does that a NaN does not stop")
  func continues() throws {
    let schedule = try RateSchedule(start: 1e-3, end: 1e3, steps: 6)
    for effect in [UpstreamStopRule.NotANumber.isIgnored, .becomesBest] {
      let recording = recorder(effect).recording(of: try ended(by: .nan))
      #expect(recording.learningRates == (0..<6).map(schedule.rate(at:)))
      #expect(recording.losses.map(\.isNaN) == [false, false, true, true, true, true])
      #expect(recording.warnings.isEmpty)
    }
    let limited = UpstreamRecorder(project: "P", smoothing: nil, stopRule: .never, highestRate: 5)
    #expect(limited.recording(of: try ended(by: .nan)).count == 4)
  }

  @Test("a parameter group goes on with its own multiple of the schedule")
  func continuesGroups() throws {
    let rates = recorder().recording(of: try ended(by: .nan, factor: 0.1)).learningRates
    #expect(zip(rates, rates.dropFirst()).allSatisfy { abs($1 / $0 - 10) < 1e-9 } && rates.count == 6)
  }

  @Test("does not go on where upstream stops too, nor after a recording that ended otherwise")
  func doesNotContinue() throws {
    #expect(recorder(.endsRecording).recording(of: try ended(by: .nan)).count == 3)
    #expect(recorder(.isDropped).recording(of: try ended(by: .nan)).count == 2)
    #expect(recorder().recording(of: try ended(by: .infinity)).count == 3)
    for stop in [StopReason.completed, .diverged, .interrupted, .unknown] {
      #expect(recorder().recording(of: try ended(by: .nan, stop: stop)).count == 3)
    }
  }

  @Test("warns where upstream would have gone on and its points cannot be replayed")
  func warnsOfMissingPoints() throws {
    let unknown = recorder().recording(of: try ended(by: .nan, isScheduled: false))
    #expect(unknown.count == 3 && unknown.warnings.count == 1)
    #expect(unknown.warnings.first?.contains("schedule") == true)
    let complete = try ended(by: .nan, isScheduled: false, requestedPoints: 3)
    #expect(recorder().recording(of: complete).warnings.isEmpty)
    #expect(recorder(.isDropped).recording(of: try ended(by: .nan, isScheduled: false)).warnings.isEmpty)
    let interrupted = recorder().recording(of: try ended(by: 1, stop: .interrupted))
    #expect(interrupted.warnings.count == 1 && interrupted.warnings.first?.contains("interrupted") == true)
  }

  @Test("a file that claims an absurd number of steps fills no memory")
  func absurdSchedule() throws {
    let curve = try LossCurve(
      header: CurveHeader(schedule: try RateSchedule(start: 0.1, end: 1, steps: 1 << 52)),
      learningRates: [0.1, 0.2], rawLosses: [1, .nan], stop: .nonFinite)
    let recording = recorder().recording(of: curve)
    #expect(recording.count == 2 && recording.warnings.count == 1)
  }

  @Test("abstains where upstream picks a point behind the curve's last, and counts no such point as used")
  func behindTheCurve() throws {
    let recording = recorder().recording(of: try ended(by: .nan))
    guard case .abstention(let abstention) = recording.suggestion(at: 3, window: 0..<6, reason: "r"),
      case .rate(let rate) = recording.suggestion(at: 2, window: 1..<6, reason: "r")
    else {
      Issue.record("suggested a rate that was not applied, or none")
      return
    }
    #expect(abstention.cause == .outsideRange && abstention.reason.contains("point 3"))
    #expect(rate.usedPoints == 2)
  }
}
