/// One step of a range test, as one line of a curve file.
public struct CurveStep: Sendable, Equatable {
  /// The rate applied in this step; of the last parameter group, where the groups differ.
  public var learningRate: Double
  /// The rate of every parameter group, where they differ.
  public var groupLearningRates: [Double]?
  /// The loss of the step's batch before its update; may be non-finite.
  public var loss: Double
  /// Whether the optimizer left the parameters alone.
  public var skipped: Bool
  /// The loss on held-out samples, in evaluation mode, before the step; nil, like the others, if it was not measured.
  public var validationLoss: Double?
  /// ‖g‖ of the step's gradient g, before the update.
  public var gradientNorm: Double?
  /// ‖θ‖ before the update.
  public var parameterNorm: Double?
  /// ‖Δθ‖ of the update.
  public var updateNorm: Double?
  /// g·Δθ: the first-order change of the loss that the update promises; negative for a descent.
  public var gradientUpdateProduct: Double?
  /// ‖θ − θ₀‖ after the update, where θ₀ are the parameters at the start of the sweep.
  public var distanceFromStart: Double?

  /// Makes a step.
  public init(
    learningRate: Double, groupLearningRates: [Double]? = nil, loss: Double, skipped: Bool = false,
    validationLoss: Double? = nil, gradientNorm: Double? = nil, parameterNorm: Double? = nil,
    updateNorm: Double? = nil, gradientUpdateProduct: Double? = nil, distanceFromStart: Double? = nil
  ) {
    self.learningRate = learningRate
    self.groupLearningRates = groupLearningRates
    self.loss = loss
    self.skipped = skipped
    self.validationLoss = validationLoss
    self.gradientNorm = gradientNorm
    self.parameterNorm = parameterNorm
    self.updateNorm = updateNorm
    self.gradientUpdateProduct = gradientUpdateProduct
    self.distanceFromStart = distanceFromStart
  }

  /// The quantity that ``StepDiagnostics/keys`` names at `index`.
  ///
  /// A switch, because key paths would take most of the time of reading a long curve.
  subscript(quantity index: Int) -> Double? {
    @inline(__always) get {
      switch index {
      case 0: validationLoss
      case 1: gradientNorm
      case 2: parameterNorm
      case 3: updateNorm
      case 4: gradientUpdateProduct
      case 5: distanceFromStart
      default: preconditionFailure("a step has one quantity for each of StepDiagnostics.keys")
      }
    }
    @inline(__always) set {
      switch index {
      case 0: validationLoss = newValue
      case 1: gradientNorm = newValue
      case 2: parameterNorm = newValue
      case 3: updateNorm = newValue
      case 4: gradientUpdateProduct = newValue
      case 5: distanceFromStart = newValue
      default: preconditionFailure("a step has one quantity for each of StepDiagnostics.keys")
      }
    }
  }
}
