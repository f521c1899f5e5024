/// What one training step did; θ are all parameters of the network as one vector.
public struct StepReport: Sendable, Equatable {
  /// The loss of the batch before the update.
  public let loss: Double
  /// ‖g‖₂ of the gradient before the update and before any clipping; frozen parameters have none.
  public let gradientNorm: Double
  /// ‖θ‖₂ before the update.
  public let parameterNorm: Double
  /// ‖θ_new − θ_old‖₂.
  public let updateNorm: Double
  /// g·(θ_new − θ_old): the change of the loss that the gradient foresees.
  public let gradientUpdateProduct: Double
  /// ‖θ_new − θ_start‖₂, from where ``Trainer/markStart()`` was last called.
  public let distanceFromStart: Double

  /// Whether the loss is a number; one that is not ends a range test, but is no error.
  public var isFinite: Bool { loss.isFinite }
}

/// How a network does on a batch that it does not learn from.
public struct Evaluation: Sendable, Equatable {
  /// The mean loss.
  public let loss: Double
  /// The share of wrong classes in 0...1; nil for regression.
  public let errorRate: Double?
  /// How many samples were evaluated.
  public let count: Int

  /// Creates an evaluation of `count` samples.
  public init(loss: Double, errorRate: Double?, count: Int) {
    self.loss = loss
    self.errorRate = errorRate
    self.count = count
  }

  /// The evaluation of all samples together, weighted by the counts; nil without a sample.
  public static func mean(of parts: [Evaluation]) -> Evaluation? {
    let count = parts.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    let rates = parts.compactMap { part in part.errorRate.map { $0 * Double(part.count) } }
    return Evaluation(
      loss: parts.reduce(0) { $0 + $1.loss * Double($1.count) } / Double(count),
      errorRate: rates.count == parts.count ? rates.reduce(0, +) / Double(count) : nil, count: count)
  }
}
