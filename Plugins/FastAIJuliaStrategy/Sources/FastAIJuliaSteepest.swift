public import CurveModel
import CurveSmoothing
import Glibc
public import StrategyKit

/// FastAI.jl's `Steepest`, which divides by the logarithm of a difference.
///
/// argmax of (sᵢ₊₁ − sᵢ) / ln(ηᵢ₊₁ − ηᵢ) over `[n÷3:end]`, counted from 1, with s the debiased average, β = 0.98; the
/// answer is the left end of the step.
///
/// Source: FluxML/FastAI.jl 1570f80, `src/training/lrfind.jl`, `Steepest`.
///
/// Where upstream fails: the difference of logarithms was meant. ln Δη is negative while Δη < 1, which turns the
/// maximum into the steepest fall, weighted by 1/|ln Δη|: the answer is drawn to where Δη comes near 1, and beyond it
/// the steepest *rise* wins.
public struct FastAIJuliaSteepest: SuggestionStrategy {
  /// What the strategy is called and where it comes from.
  public static let descriptor = StrategyDescriptor(
    name: "fastai-julia-steepest", version: "1.0",
    summary:
      "The rate where FastAI.jl's smoothed loss falls most, weighted by the logarithm of the step's width.",
    meantFor: .peak, source: "FluxML/FastAI.jl 1570f80, src/training/lrfind.jl, Steepest",
    origin: .peer(project: "FastAI.jl"))

  /// Makes the strategy.
  public init() {}

  /// What `estimatelr(Steepest(), losses, lrs)` returns for the curve.
  public func suggestion(for curve: LossCurve, in context: SuggestionContext) -> Suggestion {
    let recording = fastAIJuliaRecorder.recording(of: curve)
    let smoothed = ExponentialSmoother.debiased.replay(recording.losses)
    let rates = recording.learningRates
    guard let window = recording.upperTwoThirds(of: recording.count - 1),
      // The greatest slope is the least of the slopes with the other sign.
      let steepest = juliaArgmin(
        in: window,
        { index in
          -((smoothed[index + 1] - smoothed[index]) / log(rates[index + 1] - rates[index]))
        })
    else { return recording.juliaRaisesBoundsError() }
    return recording.suggestion(
      at: steepest, window: window, reason: "the greatest step of the smoothed loss by ln(Δ rate)")
  }
}
