internal import CKernels

/// Batch norm's numbers per channel: all views have as many floats as there are channels.
///
/// Source: S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015; conventions of PyTorch 2.13: the batch's biased
/// variance normalises, the unbiased one enters the running statistics.
public struct BatchNormState {
  let weight, bias, runningMean, runningVariance: FloatView
  let mean, inverseDeviation, scale, shift: FloatView
  let epsilon: Double
  let momentum: Double

  /// Collects the views of one batch norm.
  ///
  /// - Parameters:
  ///   - weight: the learned scale γ.
  ///   - bias: the learned shift β.
  ///   - runningMean: the mean for evaluation; training moves it.
  ///   - runningVariance: the variance for evaluation; training moves it.
  ///   - workspace: four floats for each channel, written by the forward pass and read by the backward pass.
  ///   - epsilon: ε, added to the variance.
  ///   - momentum: how far a batch moves the running statistics, in 0...1.
  public init(
    weight: FloatView, bias: FloatView, runningMean: FloatView, runningVariance: FloatView,
    workspace: FloatView, epsilon: Double, momentum: Double
  ) {
    let channels = weight.count
    precondition(
      bias.count == channels && runningMean.count == channels && runningVariance.count == channels
        && workspace.count == 4 * channels, "batch norm: the counts per channel differ")
    self.weight = weight
    self.bias = bias
    self.runningMean = runningMean
    self.runningVariance = runningVariance
    mean = workspace.slice(from: 0, count: channels)
    inverseDeviation = workspace.slice(from: channels, count: channels)
    scale = workspace.slice(from: 2 * channels, count: channels)
    shift = workspace.slice(from: 3 * channels, count: channels)
    self.epsilon = epsilon
    self.momentum = momentum
  }

  fileprivate var cNorm: ck_batch_norm {
    ck_batch_norm(
      weight: weight.pointer, bias: bias.pointer, running_mean: runningMean.pointer,
      running_variance: runningVariance.pointer, mean: mean.pointer,
      inverse_deviation: inverseDeviation.pointer, scale: scale.pointer, shift: shift.pointer,
      epsilon: epsilon, momentum: momentum)
  }
}

/// A batch norm over x [rows × channels], which may add another view and rectify what comes out.
///
/// Rows are samples, or samples × height × width. Sums run over stretches of rows that fit into a cache, and the
/// stretches are added up in order, so that every team gives the same bits.
public struct BatchNormalization {
  private let state: BatchNormState
  private let rectifies: Bool
  private let team: WorkerTeam
  private var channels: Int { state.weight.count }
  /// Floats of a stretch of rows: half of a second-level cache of 256 KiB.
  private static let stretch = 32 * 1024

  /// Chooses what follows the norm and who computes.
  public init(_ state: BatchNormState, rectifies: Bool = false, team: WorkerTeam = .alone) {
    self.state = state
    self.rectifies = rectifies
    self.team = team
  }

  /// The floats of scratch memory that a training pass over `rows` rows needs.
  public static func scratchCount(rows: Int, channels: Int) -> Int {
    // Two sums in double precision for each stretch and channel, and two floats for each channel.
    let parts = (rows + rowsAtOnce(channels) - 1) / rowsAtOnce(channels)
    return 4 * parts * channels + 2 * channels
  }

  private static func rowsAtOnce(_ channels: Int) -> Int { max(stretch / channels, 1) }

  /// y = γ·(x − mean)/√(variance + ε) + β (+ addend, rectified) with the batch's statistics.
  ///
  /// Moves the running statistics and keeps what the backward pass needs in the state.
  public func trainingForward(
    _ x: FloatView, adding addend: FloatView? = nil, into y: FloatView, scratch: FloatView
  ) {
    let rows = check(x, y, addend)
    var norm = state.cNorm
    let sums = partialSums(rows, scratch) { stretch, norm, sums in
      ck_batch_norm_sums(stretch.count, channels, x.pointer + stretch.lowerBound * channels, x.pointer, sums)
    }
    ck_batch_norm_statistics(rows, channels, x.pointer, sums.parts, sums.first, &norm)
    apply(x, addend, y, rows)
  }

  /// y = γ·(x − mean)/√(variance + ε) + β (+ addend, rectified) with the running statistics, which stay.
  public func evaluationForward(_ x: FloatView, adding addend: FloatView? = nil, into y: FloatView) {
    let rows = check(x, y, addend)
    var norm = state.cNorm
    ck_batch_norm_running_statistics(channels, &norm)
    apply(x, addend, y, rows)
  }

  /// The gradients of ``trainingForward(_:adding:into:scratch:)`` without an addend; dx is left out where nobody needs it.
  public func backward(
    _ x: FloatView, outputGradient dy: FloatView, weightGradient: FloatView, biasGradient: FloatView,
    into dx: FloatView?, scratch: FloatView
  ) {
    let rows = check(x, dy, dx)
    precondition(
      weightGradient.count == channels && biasGradient.count == channels,
      "batch norm: the gradients' counts differ")
    let sums = partialSums(rows, scratch) { stretch, norm, sums in
      let first = stretch.lowerBound * channels
      ck_batch_norm_gradient_sums(
        stretch.count, channels, x.pointer + first, dy.pointer + first, norm, rectifies ? 1 : 0, sums)
    }
    var norm = state.cNorm
    let meanGradient = scratch.pointer + 4 * sums.parts * channels
    let slope = meanGradient + channels
    ck_batch_norm_parameter_gradients(
      rows, channels, sums.parts, sums.first, &norm, weightGradient.pointer, biasGradient.pointer,
      meanGradient,
      slope)
    guard let dx else { return }
    forEachStretch(of: rows) { stretch, _ in
      var norm = state.cNorm
      let first = stretch.lowerBound * channels
      ck_batch_norm_input_gradient(
        stretch.count, channels, x.pointer + first, dy.pointer + first, &norm, rectifies ? 1 : 0,
        meanGradient,
        slope, dx.pointer + first)
    }
  }

  // MARK: Stretches of rows

  private func apply(_ x: FloatView, _ addend: FloatView?, _ y: FloatView, _ rows: Int) {
    forEachStretch(of: rows) { stretch, _ in
      var norm = state.cNorm
      let first = stretch.lowerBound * channels
      ck_batch_norm_apply(
        stretch.count, channels, x.pointer + first, &norm, addend.map { $0.pointer + first },
        rectifies ? 1 : 0,
        y.pointer + first)
    }
  }

  private func forEachStretch(of rows: Int, _ body: (Range<Int>, Int) -> Void) {
    team.forEachStretch(of: rows, length: Self.rowsAtOnce(channels), body)
  }

  /// Calls `body` with every stretch and the place of its two sums of each channel.
  private func partialSums(
    _ rows: Int, _ scratch: FloatView,
    _ body: (Range<Int>, UnsafePointer<ck_batch_norm>, UnsafeMutablePointer<Double>) -> Void
  ) -> (parts: Int, first: UnsafeMutablePointer<Double>) {
    precondition(
      scratch.count >= Self.scratchCount(rows: rows, channels: channels),
      "batch norm: too little scratch memory")
    let length = Self.rowsAtOnce(channels)
    let parts = (rows + length - 1) / length
    let sums = UnsafeMutableRawPointer(scratch.pointer)
      .bindMemory(to: Double.self, capacity: 2 * parts * channels)
    forEachStretch(of: rows) { stretch, _ in
      var norm = state.cNorm
      body(stretch, &norm, sums + 2 * (stretch.lowerBound / length) * channels)
    }
    return (parts, sums)
  }

  private func check(_ x: FloatView, _ y: FloatView, _ other: FloatView?) -> Int {
    precondition(
      x.count % channels == 0 && x.count == y.count && (other?.count ?? x.count) == x.count,
      "batch norm: the counts differ")
    return x.count / channels
  }
}
