public import NumericKernels

/// Learned features of the entries of a vocabulary: [times] of entry numbers to [times, features].
///
/// Inputs are whole numbers from 0, stored as floats. Parameter `weight` [entries, features], normal with deviation 1
/// (PyTorch's default) unless given. An index has no gradient: the layer is the first of its network.
public struct Embedding: Layer {
  private let entries: Int
  private let features: Int
  private let initializer: Initializer
  private var weight = ParameterSlot(offset: 0, count: 0)

  /// Creates an embedding of `entries` entries with `features` numbers each.
  public init(entries: Int, features: Int, initializer: Initializer = .normal(deviation: 1)) {
    precondition(entries > 0 && features > 0, "an embedding needs at least one entry and one feature")
    self.entries = entries
    self.features = features
    self.initializer = initializer
  }

  /// The gradients follow from the input alone.
  public var needsOutput: Bool { false }

  /// Takes sequences of entry numbers and declares the table.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard input.dimensions.count == 1 else {
      throw .unsuitableInput(layer: "Embedding", shape: input, requirement: "a sequence of entry numbers")
    }
    weight = planner.parameter(
      "weight", shape: [entries, features], kind: .weight, initializer: initializer)
    return [input.count, features]
  }

  /// y = the table's row of each entry.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    embeddingForward(
      input, table: MatrixView(pass.parameter(weight), rows: entries, columns: features),
      into: MatrixView(output, rows: input.count, columns: features))
  }

  /// Adds each row's gradient to its entry's; an entry number has gradient 0.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    embeddingBackward(
      input, outputGradient: MatrixView(outputGradient, rows: input.count, columns: features),
      tableGradient: MatrixView(pass.gradient(weight), rows: entries, columns: features))
    inputGradient?.fill(with: 0)
  }
}
