import CurveModel
import CurveSmoothing
import StrategyKit

/// What fastai's `lr_find` hands to its rules, in single precision.
///
/// The first tenth of the points it was *asked* for is left out, also after an early stop, and so are the last five and
/// everything from the first NaN on. An infinite loss stays.
///
/// Source: fastai 2.8.12, `fastai/callback/schedule.py`, `Learner.lr_find`.
struct FastaiWindow {
  /// What fastai would have recorded.
  let recording: UpstreamRecording
  /// The index of the window's first point in the whole curve.
  let start: Int
  /// The rates.
  let learningRates: [Float]
  /// The smoothed losses.
  let losses: [Float]

  /// fastai 2.8: the average of `AvgSmoothLoss`; stops once it exceeds 4 times its best; a NaN stops nothing.
  static let recorder = UpstreamRecorder(
    project: "fastai", smoother: .fastai, stopRule: UpstreamStopRule(factor: 4))

  init(of curve: LossCurve) {
    recording = Self.recorder.recording(of: curve)
    let window = pythonSlice(recording.requestedPoints / 10, -5, of: recording.count)
    let losses = recording.losses[window].map { Float($0) }
    let numbers = losses.firstIndex(where: \.isNaN) ?? losses.count
    start = window.lowerBound
    self.losses = Array(losses.prefix(numbers))
    learningRates = recording.learningRates[window].prefix(numbers).map { Float($0) }
  }

  /// The number of points in the window.
  var count: Int { losses.count }

  /// The suggestion read off point `index` of the window; `learningRate` is what fastai returns, by default the
  /// point's rate in single precision.
  func suggestion(at index: Int, learningRate: Double? = nil, reason: String) -> Suggestion {
    recording.suggestion(
      at: start + index, learningRate: learningRate ?? Double(learningRates[index]), usedPoints: count,
      reason: reason)
  }

  /// The abstention for a window in which fastai finds nothing to index.
  func upstreamRaises(_ error: String) -> Suggestion {
    recording.upstreamRaises(
      "fastai raises \(error): its window (first \(recording.requestedPoints / 10) and last 5 of \(recording.count) "
        + "points cut off, then everything from the first NaN on) has \(count) points")
  }
}
