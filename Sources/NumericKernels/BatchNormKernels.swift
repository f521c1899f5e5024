internal import CKernels

/// Batch norm's numbers per channel: all views have as many floats as there are channels.
///
/// Source: S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015; conventions of PyTorch 2.13: the batch's biased
/// variance normalises, the unbiased one enters the running statistics.
public struct BatchNormState {
  let weight, bias, runningMean, runningVariance, mean, inverseDeviation: FloatView
  let epsilon: Double
  let momentum: Double

  /// Collects the views of one batch norm.
  ///
  /// - Parameters:
  ///   - weight: the learned scale γ.
  ///   - bias: the learned shift β.
  ///   - runningMean: the mean for evaluation; training moves it.
  ///   - runningVariance: the variance for evaluation; training moves it.
  ///   - mean: written by training's forward pass, read by the backward pass.
  ///   - inverseDeviation: likewise, 1/√(variance + ε).
  ///   - epsilon: ε, added to the variance.
  ///   - momentum: how far a batch moves the running statistics, in 0...1.
  public init(
    weight: FloatView, bias: FloatView, runningMean: FloatView, runningVariance: FloatView, mean: FloatView,
    inverseDeviation: FloatView, epsilon: Double, momentum: Double
  ) {
    let channels = weight.count
    precondition(
      bias.count == channels && runningMean.count == channels && runningVariance.count == channels
        && mean.count == channels && inverseDeviation.count == channels,
      "batch norm: the counts per channel differ")
    self.weight = weight
    self.bias = bias
    self.runningMean = runningMean
    self.runningVariance = runningVariance
    self.mean = mean
    self.inverseDeviation = inverseDeviation
    self.epsilon = epsilon
    self.momentum = momentum
  }
}

/// y = γ·(x − mean)/√(variance + ε) + β with the batch's statistics; x and y are [rows × channels].
///
/// Rows are samples, or samples × height × width. Moves the running statistics and keeps mean and inverse deviation.
public func batchNormTrainingForward(_ x: MatrixView, state: BatchNormState, into y: FloatView) {
  precondition(
    x.isContiguous && x.columns == state.weight.count && x.elements.count == y.count,
    "batch norm: counts differ")
  ck_batch_norm_train(
    x.rows, x.columns, x.elements.pointer, state.weight.pointer, state.bias.pointer, state.epsilon,
    state.momentum, state.runningMean.pointer, state.runningVariance.pointer, state.mean.pointer,
    state.inverseDeviation.pointer, y.pointer)
}

/// y = γ·(x − mean)/√(variance + ε) + β with the running statistics, which stay; x and y are [rows × channels].
public func batchNormEvaluationForward(_ x: MatrixView, state: BatchNormState, into y: FloatView) {
  precondition(
    x.isContiguous && x.columns == state.weight.count && x.elements.count == y.count,
    "batch norm: counts differ")
  ck_batch_norm_evaluate(
    x.rows, x.columns, x.elements.pointer, state.weight.pointer, state.bias.pointer, state.epsilon,
    state.runningMean.pointer, state.runningVariance.pointer, y.pointer)
}

/// The gradients of ``batchNormTrainingForward(_:state:into:)``; dx is left out where nobody needs it.
public func batchNormBackward(
  _ x: MatrixView, outputGradient dy: FloatView, state: BatchNormState, weightGradient: FloatView,
  biasGradient: FloatView, into dx: FloatView?
) {
  precondition(
    x.isContiguous && x.columns == state.weight.count && dy.count == x.elements.count
      && (dx?.count ?? dy.count) == dy.count
      && weightGradient.count == x.columns && biasGradient.count == x.columns, "batch norm: counts differ")
  ck_batch_norm_backward(
    x.rows, x.columns, x.elements.pointer, dy.pointer, state.weight.pointer, state.mean.pointer,
    state.inverseDeviation.pointer, weightGradient.pointer, biasGradient.pointer, dx?.pointer)
}
