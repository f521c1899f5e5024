public import TrainingEngine

/// A multilayer perceptron: fully connected hidden layers, then a linear layer; pictures are flattened first.
public struct MLP: Architecture {
  /// Plain, with batch norm, and with another activation and dropout.
  public static let forms = ["mlp", "mlp-256-128", "mlp-bn", "mlp-bn-64", "mlp-64-64-gelu-dropout0.2"]
  /// The hidden sizes of `mlp`: 784-256-128-10 is a common first network for 28×28 pictures.
  public static let defaultWidths = [256, 128]

  /// The units of each hidden layer.
  public let widths: [Int]
  /// Whether batch norm follows each hidden layer.
  public let batchNorm: Bool
  /// What follows it.
  public let hidden: HiddenLayers

  /// Creates a perceptron with a hidden layer of each of these numbers of units.
  public init(
    widths: [Int] = defaultWidths, batchNorm: Bool = false, hidden: HiddenLayers = HiddenLayers()
  ) {
    precondition(
      !widths.isEmpty && widths.allSatisfy { $0 > 0 }, "a perceptron needs hidden layers of at least one unit"
    )
    self.widths = widths
    self.batchNorm = batchNorm
    self.hidden = hidden
  }

  /// Reads `mlp[-bn][-H1-H2…][-ACTIVATION][-dropoutP]`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("mlp") else { return nil }
    batchNorm = name.take("bn")
    widths = name.takeNumbers() ?? Self.defaultWidths
    hidden = HiddenLayers(from: &name)
    guard name.isEmpty else { return nil }
  }

  /// `mlp-256-128`, `mlp-bn-64`, `mlp-64-64-gelu-dropout0.2`.
  public var words: [String] {
    ["mlp"] + (batchNorm ? ["bn"] : []) + widths.map(String.init) + hidden.words
  }

  /// Width → batch norm where asked for → activation → dropout where asked for, for every hidden layer.
  public func body(input: SampleShape, outputs: Int) -> Sequential {
    let hiddenLayers = widths.flatMap { width -> [any Layer] in
      [Linear(width)] + (batchNorm ? [BatchNorm()] : []) + [hidden.activation.layer] + hidden.dropoutLayers
    }
    return Sequential(input.flattening + hiddenLayers + [Linear(outputs)])
  }
}
