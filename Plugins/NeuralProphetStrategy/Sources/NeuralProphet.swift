public import CurveModel
import CurveSmoothing
import Glibc
public import StrategyKit

/// NeuralProphet's ensemble: the geometric mean of a smoothed steepest fall and Lightning's suggestion.
///
/// The losses, padded by 5 copies of each end, are convolved with a Hamming window of 10 divided by its sum; without its
/// first element that is as long as the list. One vote is argmin of NumPy's gradient of it, the other Lightning's
/// suggestion with 10 points left out at the start and 3 at the end, per index, since NeuralProphet pins
/// pytorch-lightning below 2.4. Without the second vote the first decides alone. The dot is the curve's point
/// nearest below the mean.
///
/// Source: ourownstory/neural_prophet 5e6b231, `neuralprophet/utils_lightning.py`, `smooth_loss_and_suggest`.
///
/// Where upstream fails: it answers on any curve of two points. Leaving out the first element puts the smoothed curve
/// half a point to the right. A NaN counts as the steepest fall.
public struct NeuralProphet: SuggestionStrategy {
  private static let halfWindow = 5

  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "neural-prophet", version: "1.0",
    summary: "The geometric mean of the steepest fall under a Hamming window and Lightning's suggestion.",
    meantFor: .peak,
    source: "ourownstory/neural_prophet 5e6b231, neuralprophet/utils_lightning.py, smooth_loss_and_suggest",
    origin: .peer(project: "NeuralProphet"))

  /// Lightning's recording, with its early stop turned off.
  static let recorder = UpstreamRecorder(project: "NeuralProphet", smoother: .lightning, stopRule: .never)

  /// Makes the strategy.
  public init() {}

  /// What `smooth_loss_and_suggest` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = Self.recorder.recording(of: curve)
    let rates = recording.learningRates
    let smoothed = hammingAverage(of: recording.losses)
    guard let steepest = indexOfSteepestFall(in: smoothed.indices, { smoothed[$0] }) else {
      return recording.upstreamRaises(
        "NeuralProphet raises ValueError in numpy.gradient: the curve has one point")
    }
    guard let lightning = lightningIndexByIndex(of: recording.losses, skipBegin: 10, skipEnd: 3) else {
      return recording.suggestion(
        at: steepest, window: 0..<recording.count,
        reason: "the steepest fall under a Hamming window; Lightning's suggestion is None")
    }
    let mean = exp((log(rates[steepest]) + log(rates[lightning.index])) / 2)
    // The mean lies between two rates of the list, up to its own rounding.
    let nearest = (rates.firstIndex { $0 > mean } ?? rates.count) - 1
    return recording.suggestion(
      at: max(nearest, 0), learningRate: mean, window: 0..<recording.count,
      reason:
        "the geometric mean of points \(steepest), steepest under a Hamming window, and \(lightning.index), Lightning's"
    )
  }

  /// NumPy's `convolve(hamming(10)/sum, pad(losses, 5, "edge"), "valid")[1:]`: as many values as losses.
  private func hammingAverage(of losses: [Double]) -> [Double] {
    guard let first = losses.first, let last = losses.last else { return [] }
    let width = 2 * Self.halfWindow
    let window = (0..<width).map { 0.54 - 0.46 * cos(2 * Double.pi * Double($0) / Double(width - 1)) }
    let sum = window.reduce(0, +)
    let weights = window.map { $0 / sum }
    let edge = Self.halfWindow
    let padded = Array(repeating: first, count: edge) + losses + Array(repeating: last, count: edge)
    return losses.indices.map { index in
      var average = 0.0
      for offset in 0..<width { average += weights[offset] * padded[index + 1 + offset] }
      return average
    }
  }
}
