internal import CKernels

/// Layer norm's views: `weight` γ and `bias` β per feature, `mean` and `inverseDeviation` 1/√(variance + ε) per row.
///
/// Source: J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer Normalization", 2016 (arXiv 1607.06450); conventions of PyTorch
/// 2.13: the biased variance of a row's features.
public struct LayerNormState {
  let weight, bias, mean, inverseDeviation: FloatView
  let epsilon: Double

  /// Collects the views; the forward pass writes `mean` and `inverseDeviation`, the backward pass reads them.
  public init(
    weight: FloatView, bias: FloatView, mean: FloatView, inverseDeviation: FloatView, epsilon: Double
  ) {
    precondition(
      weight.count == bias.count && mean.count == inverseDeviation.count, "layer norm: the counts differ")
    self.weight = weight
    self.bias = bias
    self.mean = mean
    self.inverseDeviation = inverseDeviation
    self.epsilon = epsilon
  }

  fileprivate func check(_ x: MatrixView, _ other: FloatView) {
    precondition(
      x.isContiguous && x.columns == weight.count && x.rows == mean.count && other.count == x.elements.count
        && x.columns > 0, "layer norm: the counts differ")
  }
}

/// y = γ·(x − mean)/√(variance + ε) + β with every row's own statistics; x and y are [rows × features].
public func layerNormForward(_ x: MatrixView, state: LayerNormState, into y: FloatView) {
  state.check(x, y)
  ck_layer_norm_forward(
    x.rows, x.columns, x.elements.pointer, state.weight.pointer, state.bias.pointer, state.epsilon,
    state.mean.pointer, state.inverseDeviation.pointer, y.pointer)
}

/// The gradients of ``layerNormForward(_:state:into:)``; dx is left out where nobody needs it.
public func layerNormBackward(
  _ x: MatrixView, outputGradient dy: FloatView, state: LayerNormState, weightGradient: FloatView,
  biasGradient: FloatView, into dx: FloatView?
) {
  state.check(x, dy)
  precondition(
    weightGradient.count == x.columns && biasGradient.count == x.columns
      && (dx?.count ?? dy.count) == dy.count, "layer norm: the gradients' counts differ")
  ck_layer_norm_parameter_gradients(
    x.rows, x.columns, x.elements.pointer, dy.pointer, state.mean.pointer, state.inverseDeviation.pointer,
    weightGradient.pointer, biasGradient.pointer)
  guard let dx else { return }
  ck_layer_norm_input_gradient(
    x.rows, x.columns, x.elements.pointer, dy.pointer, state.weight.pointer, state.mean.pointer,
    state.inverseDeviation.pointer, dx.pointer)
}
