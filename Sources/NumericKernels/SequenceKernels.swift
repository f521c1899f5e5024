internal import CKernels

/// y[i] = the row of `table` [entries × features] that index i names; indices are whole numbers stored as floats.
public func embeddingForward(_ indices: FloatView, table: MatrixView, into y: MatrixView) {
  precondition(
    table.isContiguous && y.isContiguous && y.rows == indices.count && y.columns == table.columns,
    "embedding: the counts differ")
  for row in 0..<indices.count {
    let entry = checkedIndex(indices[row], below: table.rows)
    y.elements.slice(from: row * y.columns, count: y.columns)
      .copy(from: table.elements.slice(from: entry * y.columns, count: y.columns))
  }
}

/// The gradient of the table: each row of dy is added to the entry that it came from, in the order of the indices.
public func embeddingBackward(_ indices: FloatView, outputGradient dy: MatrixView, tableGradient: MatrixView)
{
  precondition(
    tableGradient.isContiguous && dy.isContiguous && dy.rows == indices.count
      && dy.columns == tableGradient.columns, "embedding: the gradients' counts differ")
  tableGradient.elements.fill(with: 0)
  for row in 0..<indices.count {
    let entry = checkedIndex(indices[row], below: tableGradient.rows)
    addElements(
      dy.elements.slice(from: row * dy.columns, count: dy.columns),
      to: tableGradient.elements.slice(from: entry * dy.columns, count: dy.columns))
  }
}

private func checkedIndex(_ value: Float, below entries: Int) -> Int {
  guard let index = Int(exactly: value), index >= 0, index < entries else {
    preconditionFailure("\(value) is no index of an embedding of \(entries) entries")
  }
  return index
}

/// y = softmax(q·kᵀ/√channels)·v, where row t attends to the rows up to t; all are [times × channels].
///
/// `probabilities` [times × times] is kept for the backward pass. Source: A. Vaswani et al., "Attention Is All You
/// Need", NeurIPS 2017.
public func causalAttentionForward(
  query: MatrixView, key: MatrixView, value: MatrixView, probabilities: MatrixView, into y: MatrixView
) {
  multiply(query, key.transposed, into: probabilities)
  precondition(
    probabilities.isContiguous && probabilities.rows == probabilities.columns, "attention: counts differ")
  ck_causal_softmax(probabilities.rows, attentionScale(query), probabilities.elements.pointer)
  multiply(probabilities, value, into: y)
}

/// The gradients of ``causalAttentionForward(query:key:value:probabilities:into:)``, which are overwritten.
///
/// `scores` [times × times] is working memory.
public func causalAttentionBackward(
  query: MatrixView, key: MatrixView, value: MatrixView, probabilities: MatrixView,
  outputGradient dy: MatrixView, scores: MatrixView, queryGradient: MatrixView, keyGradient: MatrixView,
  valueGradient: MatrixView
) {
  multiply(probabilities.transposed, dy, into: valueGradient)
  multiply(dy, value.transposed, into: scores)
  precondition(
    scores.isContiguous && probabilities.isContiguous && scores.rows == scores.columns
      && probabilities.elements.count == scores.elements.count, "attention: counts differ")
  ck_causal_softmax_backward(
    scores.rows, attentionScale(query), probabilities.elements.pointer, scores.elements.pointer)
  multiply(scores, key, into: queryGradient)
  multiply(scores.transposed, query, into: keyGradient)
}

private func attentionScale(_ query: MatrixView) -> Float { 1 / Float(query.columns).squareRoot() }

/// The memory of a gated recurrent unit for [samples][times] steps of `hidden` numbers.
public struct GRUMemory {
  let samples, times, hidden: Int
  /// The input's part of the gates, then the gates: [samples · times × 3·hidden].
  let gates: FloatView
  /// The state's part of the new gate: [samples · times × hidden].
  let candidates: FloatView
  /// The state's part of all gates at one time: [samples × 3·hidden].
  let recurrent: FloatView

  /// Collects the views; `recurrent` is working memory, the others are kept for the backward pass.
  public init(
    samples: Int, times: Int, hidden: Int, gates: FloatView, candidates: FloatView, recurrent: FloatView
  ) {
    precondition(
      gates.count == samples * times * 3 * hidden && candidates.count == samples * times * hidden
        && recurrent.count == samples * 3 * hidden, "GRU: the counts differ")
    self.samples = samples
    self.times = times
    self.hidden = hidden
    self.gates = gates
    self.candidates = candidates
    self.recurrent = recurrent
  }

  /// All samples' rows of a state-like view at one time.
  fileprivate func rows(_ view: FloatView, at time: Int, width: Int) -> MatrixView {
    MatrixView(view, rows: samples, columns: times * width).columns(from: time * width, count: width)
  }
}

/// Runs a gated recurrent unit over time, from the state 0; `memory.gates` holds W_ih·x + b_ih of every step.
///
/// With gates r, z = σ(…) and n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn)): h = (1 − z)·n + z·h. Gates in the order
/// reset, update, new, as in PyTorch 2.13. Source: K. Cho et al., "Learning Phrase Representations", EMNLP 2014.
///
/// - Parameters:
///   - memory: the gates' memory.
///   - weight: W_hh [3·hidden × hidden].
///   - bias: b_hh [3·hidden].
///   - states: the output, [samples][times][hidden].
public func gruForward(_ memory: GRUMemory, weight: MatrixView, bias: FloatView, into states: FloatView) {
  let (samples, times, hidden) = (memory.samples, memory.times, memory.hidden)
  precondition(states.count == samples * times * hidden, "GRU: the states' count differs")
  let recurrent = MatrixView(memory.recurrent, rows: samples, columns: 3 * hidden)
  for time in 0..<times {
    broadcast(row: bias, into: recurrent)
    let before = time > 0 ? memory.rows(states, at: time - 1, width: hidden) : nil
    if let before { multiply(before, weight.transposed, into: recurrent, accumulating: true) }
    ck_gru_cell(
      samples, hidden, times * hidden, memory.recurrent.pointer, before?.elements.pointer,
      memory.gates.pointer + time * 3 * hidden, memory.candidates.pointer + time * hidden,
      states.pointer + time * hidden)
  }
}

/// The gradients of ``gruForward(_:weight:bias:into:)``, backward through time; all are overwritten.
///
/// - Parameters:
///   - memory: what the forward pass left.
///   - weight: W_hh.
///   - states: what the forward pass wrote.
///   - dy: the gradient of the states.
///   - gateGradient: of W_ih·x + b_ih, [samples · times × 3·hidden].
///   - recurrentGradient: of W_hh·h + b_hh, likewise.
///   - carry: working memory [samples × hidden].
///   - weightGradient: of W_hh.
public func gruBackward(
  _ memory: GRUMemory, weight: MatrixView, states: FloatView, outputGradient dy: FloatView,
  gateGradient: FloatView, recurrentGradient: FloatView, carry: MatrixView, weightGradient: MatrixView
) {
  let (samples, times, hidden) = (memory.samples, memory.times, memory.hidden)
  precondition(
    states.count == samples * times * hidden && dy.count == states.count && carry.isContiguous
      && carry.rows == samples && carry.columns == hidden && gateGradient.count == memory.gates.count
      && recurrentGradient.count == memory.gates.count, "GRU: the gradients' counts differ")
  carry.elements.fill(with: 0)
  weightGradient.elements.fill(with: 0)
  for time in (0..<times).reversed() {
    let before = time > 0 ? memory.rows(states, at: time - 1, width: hidden) : nil
    ck_gru_cell_backward(
      samples, hidden, times * hidden, memory.gates.pointer + time * 3 * hidden,
      memory.candidates.pointer + time * hidden, before?.elements.pointer, dy.pointer + time * hidden,
      carry.elements.pointer, gateGradient.pointer + time * 3 * hidden,
      recurrentGradient.pointer + time * 3 * hidden)
    guard let before else { continue }
    let gradient = memory.rows(recurrentGradient, at: time, width: 3 * hidden)
    multiply(gradient.transposed, before, into: weightGradient, accumulating: true)
    multiply(gradient, weight, into: carry, accumulating: true)
  }
}
