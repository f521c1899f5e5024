internal import CKernels

/// The mean over the rows of −log softmax(logits)[label], and its gradient with respect to the logits.
///
/// - Parameters:
///   - logits: [rows × classes].
///   - labels: at least one class number below `classes` for each row.
///   - gradient: [rows × classes], overwritten; nil where nobody needs it.
/// - Returns: the mean loss in nats; NaN where a logit is NaN or +∞.
public func crossEntropy(logits: MatrixView, labels: [Int32], gradient: FloatView?) -> Double {
  checkLabels(logits, labels)
  precondition(
    (gradient?.count ?? logits.elements.count) == logits.elements.count, "cross-entropy: counts differ")
  return labels.withUnsafeBufferPointer {
    ck_cross_entropy(
      logits.rows, logits.columns, logits.elements.pointer, $0.baseAddress, gradient?.pointer)
  }
}

/// How many rows of [rows × classes] do not have their largest logit at the label; rows with a NaN count.
public func classificationErrors(logits: MatrixView, labels: [Int32]) -> Int {
  checkLabels(logits, labels)
  return labels.withUnsafeBufferPointer {
    ck_count_errors(logits.rows, logits.columns, logits.elements.pointer, $0.baseAddress)
  }
}

private func checkLabels(_ logits: MatrixView, _ labels: [Int32]) {
  let classes = Int32(clamping: logits.columns)
  precondition(
    logits.rows > 0 && labels.count >= logits.rows
      && labels.prefix(logits.rows).allSatisfy { $0 >= 0 && $0 < classes },
    "every row of logits needs a label in 0..<\(classes)")
}

/// The mean over all elements of (x − target)², and its gradient with respect to x.
///
/// - Parameters:
///   - x: the outputs.
///   - targets: at least as many values as outputs.
///   - gradient: as many as outputs, overwritten; nil where nobody needs it.
public func meanSquaredError(_ x: FloatView, targets: [Float], gradient: FloatView?) -> Double {
  precondition(
    x.count > 0 && targets.count >= x.count && (gradient?.count ?? x.count) == x.count,
    "squared error: \(targets.count) targets for \(x.count) outputs")
  return targets.withUnsafeBufferPointer {
    ck_mean_squared_error(x.count, x.pointer, $0.baseAddress, gradient?.pointer)
  }
}
