internal import CKernels

/// The mean over the rows of −Σ target·log softmax(logits), and its gradient with respect to the logits.
///
/// The target is 1 − smoothing at the label, and smoothing / classes more everywhere. Source of the smoothing: C. Szegedy
/// et al., "Rethinking the Inception Architecture", CVPR 2016, in the form of PyTorch 2.13.
///
/// - Parameters:
///   - logits: [rows × classes].
///   - labels: from `first` on, at least one class number below `classes` for each row.
///   - first: the place of the first row's label.
///   - smoothing: in 0...1; 0 is plain cross-entropy.
///   - gradient: [rows × classes], overwritten; nil where nobody needs it.
/// - Returns: the mean loss in nats; NaN where a logit is NaN or +∞.
public func crossEntropy(
  logits: MatrixView, labels: [Int32], from first: Int = 0, smoothing: Double = 0, gradient: FloatView?
) -> Double {
  checkLabels(logits, labels, first)
  precondition(
    (gradient?.count ?? logits.elements.count) == logits.elements.count && (0...1).contains(smoothing),
    "cross-entropy: the counts differ or the smoothing lies outside 0...1")
  return labels.withUnsafeBufferPointer {
    ck_cross_entropy(
      logits.rows, logits.columns, smoothing, logits.elements.pointer, $0.baseAddress.map { $0 + first },
      gradient?.pointer)
  }
}

/// The mean over all elements of −target·log σ(x) − (1 − target)·log(1 − σ(x)), and its gradient with respect to x.
///
/// - Parameters:
///   - x: logits; σ(x) = 1/(1 + e^−x) is the probability.
///   - targets: from `first` on, at least as many values in 0...1 as logits.
///   - first: the place of the first logit's target.
///   - gradient: as many as logits, overwritten; nil where nobody needs it.
/// - Returns: the mean loss in nats, finite for every finite logit.
public func binaryCrossEntropy(
  logits x: FloatView, targets: [Float], from first: Int = 0, gradient: FloatView?
) -> Double {
  precondition(
    x.count > 0 && first >= 0 && targets.count - first >= x.count && (gradient?.count ?? x.count) == x.count,
    "binary cross-entropy: \(targets.count) targets for \(x.count) logits")
  return targets.withUnsafeBufferPointer {
    ck_binary_cross_entropy(x.count, x.pointer, $0.baseAddress.map { $0 + first }, gradient?.pointer)
  }
}

/// How many logits are not on the side of 0 that their targets are of ½; NaN counts.
public func binaryErrors(logits x: FloatView, targets: [Float], from first: Int = 0) -> Int {
  precondition(
    first >= 0 && targets.count - first >= x.count,
    "binary errors: \(targets.count) targets for \(x.count) logits")
  return targets.withUnsafeBufferPointer {
    ck_count_binary_errors(x.count, x.pointer, $0.baseAddress.map { $0 + first })
  }
}

/// How many rows of [rows × classes] do not have their largest logit at the label; rows with a NaN count.
public func classificationErrors(logits: MatrixView, labels: [Int32], from first: Int = 0) -> Int {
  checkLabels(logits, labels, first)
  return labels.withUnsafeBufferPointer {
    ck_count_errors(
      logits.rows, logits.columns, logits.elements.pointer, $0.baseAddress.map { $0 + first })
  }
}

private func checkLabels(_ logits: MatrixView, _ labels: [Int32], _ first: Int) {
  let classes = Int32(clamping: logits.columns)
  precondition(
    logits.isContiguous && logits.rows > 0 && first >= 0 && labels.count - first >= logits.rows
      && labels[first..<first + logits.rows].allSatisfy { $0 >= 0 && $0 < classes },
    "every row of logits needs a label in 0..<\(classes)")
}

/// The mean over all elements of (x − target)², and its gradient with respect to x.
///
/// - Parameters:
///   - x: the outputs.
///   - targets: from `first` on, at least as many values as outputs.
///   - first: the place of the first output's target.
///   - gradient: as many as outputs, overwritten; nil where nobody needs it.
public func meanSquaredError(_ x: FloatView, targets: [Float], from first: Int = 0, gradient: FloatView?)
  -> Double
{
  precondition(
    x.count > 0 && first >= 0 && targets.count - first >= x.count && (gradient?.count ?? x.count) == x.count,
    "squared error: \(targets.count) targets for \(x.count) outputs")
  return targets.withUnsafeBufferPointer {
    ck_mean_squared_error(x.count, x.pointer, $0.baseAddress.map { $0 + first }, gradient?.pointer)
  }
}
