/// What a strategy is told besides the curve.
public struct SuggestionContext: Sendable, Equatable {
  /// The family of the optimizer, if it is known, such as `sgd` or `adam`.
  public var optimizerFamily: String?
  /// What the rate will be used for.
  public var use: IntendedUse
  /// How many steps the training will take, if it is known.
  public var trainingSteps: Int?
  /// The strategy's parameters.
  public var parameters: ParameterValues
  /// The seed of strategies that draw random numbers.
  public var seed: UInt64

  /// Makes a context.
  public init(
    optimizerFamily: String? = nil, use: IntendedUse = .unknown, trainingSteps: Int? = nil,
    parameters: ParameterValues = ParameterValues(),
    seed: UInt64 = 0
  ) {
    self.optimizerFamily = optimizerFamily
    self.use = use
    self.trainingSteps = trainingSteps
    self.parameters = parameters
    self.seed = seed
  }

  /// The value of `parameter`: the one set, else its default.
  public subscript<Value>(parameter: Parameter<Value>) -> Value { parameters[parameter] }
}
