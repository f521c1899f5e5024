internal import CKernels

/// A function of single numbers that networks bend their features with; x is its input, y its output.
public enum ActivationFunction: Sendable, Equatable {
  /// y = min(max(x, 0), 6).
  case relu6
  /// y = x where x is not negative, else slope·x.
  case leakyReLU(slope: Double)
  /// y = x·Φ(x) with the normal distribution's cumulative function Φ, exact by the error function.
  ///
  /// Source: D. Hendrycks, K. Gimpel, "Gaussian Error Linear Units", 2016 (arXiv 1606.08415).
  case gelu
  /// y = x/(1 + e^−x).
  case silu
  /// y = tanh x.
  case tanh
  /// y = 1/(1 + e^−x).
  case sigmoid
}

/// y = f(x) of every element; equal counts, y may be x.
///
/// A NaN stays one.
public func activationForward(_ function: ActivationFunction, _ x: FloatView, into y: FloatView) {
  precondition(x.count == y.count, "activation: \(x.count) inputs, \(y.count) outputs")
  switch function {
  case .relu6: ck_relu6_forward(x.count, x.pointer, y.pointer)
  case .leakyReLU(let slope): ck_leaky_relu_forward(x.count, Float(slope), x.pointer, y.pointer)
  case .gelu: ck_gelu_forward(x.count, x.pointer, y.pointer)
  case .silu: ck_silu_forward(x.count, x.pointer, y.pointer)
  case .tanh: ck_tanh_forward(x.count, x.pointer, y.pointer)
  case .sigmoid: ck_sigmoid_forward(x.count, x.pointer, y.pointer)
  }
}

/// dx = dy·f′(x) of every element; equal counts, dx may be dy.
///
/// At a kink PyTorch 2.13's one-sided slope holds.
public func activationBackward(
  _ function: ActivationFunction, _ x: FloatView, output y: FloatView, outputGradient dy: FloatView,
  into dx: FloatView
) {
  precondition(
    x.count == y.count && y.count == dy.count && dy.count == dx.count, "activation: the counts differ")
  switch function {
  case .relu6: ck_relu6_backward(y.count, y.pointer, dy.pointer, dx.pointer)
  case .leakyReLU(let slope): ck_leaky_relu_backward(x.count, Float(slope), x.pointer, dy.pointer, dx.pointer)
  case .gelu: ck_gelu_backward(x.count, x.pointer, dy.pointer, dx.pointer)
  case .silu: ck_silu_backward(x.count, x.pointer, dy.pointer, dx.pointer)
  case .tanh: ck_tanh_backward(y.count, y.pointer, dy.pointer, dx.pointer)
  case .sigmoid: ck_sigmoid_backward(y.count, y.pointer, dy.pointer, dx.pointer)
  }
}
