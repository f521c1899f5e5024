public import CurveModel
import CurveSmoothing
public import StrategyKit

/// faceswap's learning-rate finder: the rate of the best smoothed loss, divided by a strength.
///
/// η(first point with the lowest loss) / 10, 5 or 2.5 for the strengths default, aggressive and extreme. The dot is the
/// minimum itself.
///
/// Source: deepfakes/faceswap 00b9ad1, `lib/training/lr_finder.py`, `LearningRateFinder.find`.
///
/// Where upstream fails: it refuses a result below 10⁻⁹, and otherwise answers on any curve. After its stop rule fires
/// its loop goes on at the same rate; those steps are not replayed here.
public struct Faceswap: SuggestionStrategy {
  static let strength = Parameter(
    "strength", default: "default", oneOf: ["default", "aggressive", "extreme"],
    "What the rate is divided by: 10, 5 or 2.5.")

  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "faceswap", version: "1.0",
    summary: "The rate with faceswap's lowest smoothed loss divided by its strength.",
    meantFor: .constant,
    source: "deepfakes/faceswap 00b9ad1, lib/training/lr_finder.py, LearningRateFinder.find",
    origin: .peer(project: "faceswap"), parameters: [strength.description])

  /// β = 0.98 debiased; stopped from the second step on at 4 times the best average before it, and before a NaN.
  static let recorder = UpstreamRecorder(
    project: "faceswap", smoother: .debiased,
    stopRule: UpstreamStopRule(
      factor: 4, firstTested: 1, bestIncludesTested: false, notANumber: .isDropped))

  /// The lowest result upstream accepts.
  private static let lowestAccepted = 1e-9

  /// Makes the strategy.
  public init() {}

  /// The rate that `find()` sets for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    // Upstream records no NaN: it ends the run before the point.
    let points = 0..<(recording.losses.firstIndex(where: \.isNaN) ?? recording.count)
    guard let best = indexOfFirstMinimum(in: points, { recording.losses[$0] }) else {
      return recording.upstreamRaises(
        "faceswap raises ValueError: the first loss is NaN and nothing is recorded")
    }
    let divisor = Self.divisor(of: context[Self.strength])
    let learningRate = recording.learningRates[best] / divisor
    guard learningRate >= Self.lowestAccepted else {
      return recording.upstreamRaises(
        "faceswap gives up: its rate \(learningRate) is below \(Self.lowestAccepted)")
    }
    return recording.suggestion(
      at: best, learningRate: learningRate, window: points,
      reason: "the rate at the lowest smoothed loss divided by \(divisor)")
  }

  private static func divisor(of strength: String) -> Double {
    switch strength {
    case "aggressive": 5
    case "extreme": 2.5
    default: 10
    }
  }
}
