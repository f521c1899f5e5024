/// What a sweep records besides the loss: one optional series a quantity, one value a step.
///
/// All norms are Euclidean over all trainable parameters of the network.
public struct StepDiagnostics: Sendable, Equatable {
  /// The loss on held-out samples, in evaluation mode, before the step.
  public var validationLoss: [Double]?
  /// ‖g‖ of the step's gradient g, before the update.
  public var gradientNorm: [Double]?
  /// ‖θ‖ before the update.
  public var parameterNorm: [Double]?
  /// ‖Δθ‖ of the update.
  public var updateNorm: [Double]?
  /// g·Δθ: the first-order change of the loss that the update promises; negative for a descent.
  public var gradientUpdateProduct: [Double]?
  /// ‖θ − θ₀‖ after the update, where θ₀ are the parameters at the start of the sweep.
  public var distanceFromStart: [Double]?

  /// Makes a set of series, all absent by default.
  public init(
    validationLoss: [Double]? = nil, gradientNorm: [Double]? = nil, parameterNorm: [Double]? = nil,
    updateNorm: [Double]? = nil, gradientUpdateProduct: [Double]? = nil, distanceFromStart: [Double]? = nil
  ) {
    self.validationLoss = validationLoss
    self.gradientNorm = gradientNorm
    self.parameterNorm = parameterNorm
    self.updateNorm = updateNorm
    self.gradientUpdateProduct = gradientUpdateProduct
    self.distanceFromStart = distanceFromStart
  }

  /// The names of the series in files, in their fixed order.
  static let keys = [
    "validationLoss", "gradientNorm", "parameterNorm", "updateNorm", "gradientUpdateProduct",
    "distanceFromStart",
  ]

  /// The series in the order of ``keys``.
  var series: [[Double]?] {
    get {
      [validationLoss, gradientNorm, parameterNorm, updateNorm, gradientUpdateProduct, distanceFromStart]
    }
    set {
      validationLoss = newValue[0]
      gradientNorm = newValue[1]
      parameterNorm = newValue[2]
      updateNorm = newValue[3]
      gradientUpdateProduct = newValue[4]
      distanceFromStart = newValue[5]
    }
  }

  func firstSeries(notOfLength count: Int) -> (name: String, count: Int)? {
    for (name, values) in zip(Self.keys, series) {
      if let values, values.count != count { return (name, values.count) }
    }
    return nil
  }
}
