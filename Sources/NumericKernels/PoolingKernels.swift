internal import CKernels

/// y = the largest value of each window and channel, 0 where that is negative and `rectifying`; padding never wins, a NaN
/// always does.
///
/// x is [samples][height][width][channels], y [samples][outputHeight][outputWidth][channels].
public func maxPoolForward(
  _ x: FloatView, window: SlidingWindow, rectifying: Bool = false, into y: FloatView,
  team: WorkerTeam = .alone
) {
  let samples = x.count / window.pictureCount
  checkPooling(x, y, window, samples)
  team.forEach(samples) { sample, _ in
    var cWindow = window.cWindow()
    ck_max_pool_forward(
      1, &cWindow, rectifying ? 1 : 0, x.pointer + sample * window.pictureCount,
      y.pointer + sample * window.resultCount)
  }
}

/// dx = dy at the first largest element of each window, 0 elsewhere, added up where windows overlap.
public func maxPoolBackward(
  _ x: FloatView, output y: FloatView, outputGradient dy: FloatView, window: SlidingWindow,
  rectifying: Bool = false, into dx: FloatView, team: WorkerTeam = .alone
) {
  let samples = x.count / window.pictureCount
  checkPooling(x, y, window, samples)
  precondition(dy.count == y.count && dx.count == x.count, "max pooling: the gradients' counts differ")
  team.forEach(samples) { sample, _ in
    var cWindow = window.cWindow()
    let (first, result) = (sample * window.pictureCount, sample * window.resultCount)
    ck_max_pool_backward(
      1, &cWindow, rectifying ? 1 : 0, x.pointer + first, y.pointer + result, dy.pointer + result,
      dx.pointer + first)
  }
}

private func checkPooling(_ x: FloatView, _ y: FloatView, _ window: SlidingWindow, _ samples: Int) {
  precondition(
    max(window.paddingTop, window.paddingLeft) * 2 <= window.kernel
      && x.count == samples * window.pictureCount
      && y.count == samples * window.positions * window.channels,
    "pooling: the counts do not fit the window, or padding exceeds half of it")
}

/// y[s][c] = the mean over the pixels of x [samples][pixels][channels].
public func globalAveragePoolForward(_ x: FloatView, pixels: Int, channels: Int, into y: FloatView) {
  let samples = y.count / channels
  precondition(
    y.count == samples * channels && x.count == samples * pixels * channels,
    "average pooling: the counts do not fit \(pixels) pixels of \(channels) channels")
  ck_average_pool_forward(samples, pixels, channels, x.pointer, y.pointer)
}

/// dx[s][p][c] = dy[s][c] / pixels.
public func globalAveragePoolBackward(
  outputGradient dy: FloatView, pixels: Int, channels: Int, into dx: FloatView
) {
  let samples = dy.count / channels
  precondition(
    dy.count == samples * channels && dx.count == samples * pixels * channels,
    "average pooling: the counts do not fit \(pixels) pixels of \(channels) channels")
  ck_average_pool_backward(samples, pixels, channels, dy.pointer, dx.pointer)
}

/// y = the mean of each window and channel, where padding counts as zeros (PyTorch 2.13's default).
///
/// x is [samples][height][width][channels], y [samples][outputHeight][outputWidth][channels].
public func averagePoolForward(_ x: FloatView, window: SlidingWindow, into y: FloatView) {
  let samples = x.count / window.pictureCount
  checkPooling(x, y, window, samples)
  var cWindow = window.cWindow()
  ck_window_average_forward(samples, &cWindow, x.pointer, y.pointer)
}

/// dx = dy / kernel² at every pixel of each window, added up where windows overlap.
public func averagePoolBackward(outputGradient dy: FloatView, window: SlidingWindow, into dx: FloatView) {
  let samples = dx.count / window.pictureCount
  checkPooling(dx, dy, window, samples)
  var cWindow = window.cWindow()
  ck_window_average_backward(samples, &cWindow, dy.pointer, dx.pointer)
}

/// y[s] = the largest value of each channel over the pixels of x [samples][pixels][channels], then the means.
///
/// y is [samples][2·channels]; a NaN always wins. Source: fastai 2.8.12's `AdaptiveConcatPool2d`.
public func concatPoolForward(_ x: FloatView, pixels: Int, channels: Int, into y: FloatView) {
  let samples = checkConcatPooling(x, y, pixels, channels)
  ck_concat_pool_forward(samples, pixels, channels, x.pointer, y.pointer)
}

/// The gradients of both halves: the first largest pixel gets the maximum's, every pixel its share of the mean's.
public func concatPoolBackward(
  _ x: FloatView, output y: FloatView, outputGradient dy: FloatView, pixels: Int, channels: Int,
  into dx: FloatView
) {
  let samples = checkConcatPooling(x, y, pixels, channels)
  precondition(dy.count == y.count && dx.count == x.count, "concat pooling: the gradients' counts differ")
  ck_concat_pool_backward(samples, pixels, channels, x.pointer, y.pointer, dy.pointer, dx.pointer)
}

private func checkConcatPooling(_ x: FloatView, _ y: FloatView, _ pixels: Int, _ channels: Int) -> Int {
  let samples = y.count / (2 * channels)
  precondition(
    pixels > 0 && y.count == samples * 2 * channels && x.count == samples * pixels * channels,
    "concat pooling: the counts do not fit \(pixels) pixels of \(channels) channels")
  return samples
}
