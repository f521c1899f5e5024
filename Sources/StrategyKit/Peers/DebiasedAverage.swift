import Glibc

/// The exponential average aᵢ = β·aᵢ₋₁ + (1 − β)·xᵢ from a₋₁ = 0, divided by 1 − βⁱ⁺¹, in double precision.
///
/// ktrain, FastAI.jl, faceswap and Dataiku's finder compute it like this with β = 0.98; fastai computes it in single
/// precision, which `ExponentialSmoother.fastai` replays.
///
/// - Parameters:
///   - losses: Any numbers; a NaN spreads to all that follow.
///   - oldWeight: β, at least 0 and below 1.
public func debiasedAverage(of losses: [Double], oldWeight: Double) -> [Double] {
  precondition(oldWeight >= 0 && oldWeight < 1, "an average with weight \(oldWeight)")
  var average = 0.0
  var collected = 0.0
  var steps = 0.0
  return losses.map { loss in
    average = oldWeight * average + (1 - oldWeight) * loss
    steps += 1
    // From the step on at which the weights sum to 1 in double precision they keep doing so.
    if collected < 1 { collected = 1 - pow(oldWeight, steps) }
    return average / collected
  }
}
