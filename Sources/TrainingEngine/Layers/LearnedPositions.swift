public import NumericKernels

/// Adds a learned row of features to every time of a sequence: [times, features] to the same.
///
/// y[t] = x[t] + W[t], the same W for every sample. Parameter `weight` [times, features], normal with deviation 0.02
/// unless given. Source: J. Gehring et al., "Convolutional Sequence to Sequence Learning", ICML 2017, section 3.1; initial
/// values of A. Radford et al., "Language Models are Unsupervised Multitask Learners", 2019 (GPT-2).
public struct LearnedPositions: Layer {
  private let initializer: Initializer
  private var count = 0
  private var weight = ParameterSlot(offset: 0, count: 0)

  /// Creates a layer for as many times as its inputs have.
  public init(initializer: Initializer = .normal(deviation: 0.02)) {
    self.initializer = initializer
  }

  /// The gradients follow from the output's alone.
  public var needsOutput: Bool { false }

  /// Takes sequences of rows of features and declares the table.
  public mutating func plan(
    input: SampleShape, in planner: inout NetworkPlanner
  ) throws(TrainingEngineError) -> SampleShape {
    guard input.dimensions.count == 2 else {
      throw .unsuitableInput(layer: "LearnedPositions", shape: input, requirement: "times×features")
    }
    count = input.count
    weight = planner.parameter("weight", shape: input.dimensions, kind: .weight, initializer: initializer)
    return input
  }

  /// y = x + W.
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    broadcast(
      row: pass.parameter(weight), into: MatrixView(output, rows: output.count / count, columns: count))
    addElements(input, to: output)
  }

  /// dW = Σ over samples of dy, dx = dy.
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    sumRows(
      MatrixView(outputGradient, rows: outputGradient.count / count, columns: count),
      into: pass.gradient(weight))
    inputGradient?.copy(from: outputGradient)
  }
}
