public import TrainingEngine

/// A multilayer perceptron: fully connected hidden layers with ReLU, then a linear layer; pictures are flattened first.
public struct MLP: Architecture {
  /// Plain, and with batch norm.
  public static let forms = ["mlp", "mlp-256-128", "mlp-bn", "mlp-bn-64"]
  /// The hidden sizes of `mlp`: 784-256-128-10 is a common first network for 28×28 pictures.
  static let defaultHidden = [256, 128]

  /// The units of each hidden layer.
  public let hidden: [Int]
  /// Whether batch norm follows each hidden layer.
  public let batchNorm: Bool

  /// Creates a perceptron; without hidden layers it is a linear model.
  public init(hidden: [Int] = [256, 128], batchNorm: Bool = false) {
    self.hidden = hidden
    self.batchNorm = batchNorm
  }

  /// Reads `mlp`, `mlp-H1-H2…`, `mlp-bn`, `mlp-bn-H1…`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("mlp") else { return nil }
    batchNorm = name.take("bn")
    let numbers = name.takeNumbers()
    hidden = numbers.isEmpty ? Self.defaultHidden : numbers
    guard name.isEmpty else { return nil }
  }

  /// `mlp-256-128`, `mlp-bn-64`.
  public var words: [String] {
    (batchNorm ? ["mlp", "bn"] : ["mlp"]) + hidden.map(String.init)
  }

  /// Width → batch norm where asked for → ReLU, for every hidden layer.
  public func body(input: SampleShape, outputs: Int) -> Sequential {
    Sequential(
      input.flattening
        + hidden.flatMap { width -> [any Layer] in
          batchNorm ? [Linear(width), BatchNorm(), ReLU()] : [Linear(width), ReLU()]
        } + [Linear(outputs)])
  }
}
