extension CurveFeature {
  /// The unit in words: "log10 rate" of places, "decades", "log10", and so on.
  public var unit: String {
    switch self {
    case .fall10, .fall25, .fall50, .fall75, .fall90, .steepest, .minimum, .rise10, .rise25, .blowUp,
      .wideFall25, .wideSteepest, .wideMinimum, .updateRatio, .distance1, .distance10, .distance30, .polyak,
      .distanceOverGradients:
      "log10 rate"
    case .clearness, .density, .gradientTail, .gradientSpread, .promise: "log10"
    case .steepness: "falls per decade"
    case .valleyLength, .lateness: "decades"
    case .curvature: "falls per decade²"
    case .descents: "count"
    }
  }

  /// Whether it is a place: log10 of a learning rate.
  public var isPlace: Bool { unit == "log10 rate" }

  /// Whether its value is log10 of what ``meaning`` says.
  public var isLogarithm: Bool { isPlace || unit == "log10" }

  /// The meaning in a few words, to follow "the": "place where the loss has fallen by half".
  public var meaning: String {
    switch self {
    case .fall10: "rate where the loss has fallen by 10 % of its fall"
    case .fall25: "rate where the loss has fallen by a quarter of its fall"
    case .fall50: "rate where the loss has fallen by half"
    case .fall75: "rate where the loss has fallen by three quarters"
    case .fall90: "rate where the loss has fallen by 90 %"
    case .steepest: "rate of the steepest descent"
    case .minimum: "rate of the smallest loss"
    case .rise10: "rate where the loss has risen again by 10 % of its fall"
    case .rise25: "rate where the loss has risen again by a quarter of its fall"
    case .blowUp: "rate where the loss blows up"
    case .clearness: "size of the fall over the noise of a single loss"
    case .steepness: "steepest slope"
    case .valleyLength: "length of the valley"
    case .curvature: "curvature at the minimum"
    case .descents: "number of steep descents"
    case .lateness: "length of the late half of the fall over its early half"
    case .wideFall25: "rate where the loss smoothed over a decade has fallen by a quarter"
    case .wideSteepest: "rate of the steepest descent of the loss smoothed over a decade"
    case .wideMinimum: "rate of the smallest loss smoothed over a decade"
    case .updateRatio: "rate whose update has 1 % of the weights' norm"
    case .distance1: "rate by which the weights have moved by 1 % of their norm"
    case .distance10: "rate by which the weights have moved by 10 % of their norm"
    case .distance30: "rate by which the weights have moved by 30 % of their norm"
    case .density: "number of losses per decade"
    case .gradientTail: "size of the largest gradient over the median one"
    case .gradientSpread: "spread of the gradients' norms"
    case .promise: "fall that the gradients promise over the real one"
    case .polyak: "Polyak step at the start"
    case .distanceOverGradients: "rate of DoG at half of the fall"
    }
  }
}
