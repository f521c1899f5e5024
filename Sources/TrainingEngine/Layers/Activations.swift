public import NumericKernels

/// A layer that applies one function to every element of samples of any shape.
public protocol ElementwiseActivation: Layer {
  /// The function.
  var function: ActivationFunction { get }
}

extension ElementwiseActivation {
  /// Takes samples of any shape.
  public func plan(input: SampleShape, in planner: inout NetworkPlanner) -> SampleShape {
    input
  }

  /// y = f(x).
  public func forward(_ input: FloatView, into output: FloatView, in pass: Pass) {
    activationForward(function, input, into: output)
  }

  /// dx = dy·f′(x).
  public func backward(
    _ input: FloatView, output: FloatView, outputGradient: FloatView, into inputGradient: FloatView?,
    in pass: Pass
  ) {
    guard let inputGradient else { return }
    activationBackward(
      function, input, output: output, outputGradient: outputGradient, into: inputGradient)
  }
}

/// The rectifier that saturates, y = min(max(x, 0), 6); its slope at 0 and 6 is 0.
public struct ReLU6: ElementwiseActivation {
  /// Creates a rectifier.
  public init() {}
  /// min(max(x, 0), 6).
  public var function: ActivationFunction { .relu6 }
}

/// The rectifier that leaks, y = x where x > 0, else slope·x.
public struct LeakyReLU: ElementwiseActivation {
  private let slope: Double

  /// Creates a rectifier; PyTorch's default slope is 0.01.
  public init(slope: Double = 0.01) {
    self.slope = slope
  }

  /// x where x > 0, else slope·x.
  public var function: ActivationFunction { .leakyReLU(slope: slope) }
}

/// The Gaussian error linear unit y = x·Φ(x), exact by the error function.
///
/// Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units", 2016 (arXiv 1606.08415).
public struct GELU: ElementwiseActivation {
  /// Creates a unit.
  public init() {}
  /// x·Φ(x).
  public var function: ActivationFunction { .gelu }
}

/// The sigmoid linear unit y = x/(1 + e^−x), also called swish.
public struct SiLU: ElementwiseActivation {
  /// Creates a unit.
  public init() {}
  /// x/(1 + e^−x).
  public var function: ActivationFunction { .silu }
}

/// The hyperbolic tangent.
public struct Tanh: ElementwiseActivation {
  /// Creates a unit.
  public init() {}
  /// tanh x.
  public var function: ActivationFunction { .tanh }
}

/// The logistic function y = 1/(1 + e^−x).
public struct Sigmoid: ElementwiseActivation {
  /// Creates a unit.
  public init() {}
  /// 1/(1 + e^−x).
  public var function: ActivationFunction { .sigmoid }
}
