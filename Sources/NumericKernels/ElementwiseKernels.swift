internal import CKernels

/// Floats that a thread takes at a time.
private let stretch = 32 * 1024

/// y = x where x is positive or NaN, else 0; equal counts, y may be x.
public func reluForward(_ x: FloatView, into y: FloatView, team: WorkerTeam = .alone) {
  precondition(x.count == y.count, "ReLU: \(x.count) inputs, \(y.count) outputs")
  team.forEachStretch(of: x.count, length: stretch) { part, _ in
    ck_relu_forward(part.count, x.pointer + part.lowerBound, y.pointer + part.lowerBound)
  }
}

/// dx = dy where the output y is positive or NaN, else 0; equal counts, dx may be dy.
public func reluBackward(
  output y: FloatView, outputGradient dy: FloatView, into dx: FloatView, team: WorkerTeam = .alone
) {
  precondition(y.count == dy.count && dy.count == dx.count, "ReLU: the gradients' counts differ")
  team.forEachStretch(of: y.count, length: stretch) { part, _ in
    let first = part.lowerBound
    ck_relu_backward(part.count, y.pointer + first, dy.pointer + first, dx.pointer + first)
  }
}

/// Sets every row of y [rows × columns] to `row` [columns].
public func broadcast(row: FloatView, into y: MatrixView) {
  precondition(row.count == y.columns && y.isContiguous, "a row of \(row.count) for \(y.columns) columns")
  ck_broadcast_row(y.rows, y.columns, row.pointer, y.elements.pointer)
}

/// sums[c] = Σ over rows of x[r][c] from the first to the last: single-precision sums of 16 rows, added up in double precision.
public func sumRows(_ x: MatrixView, into sums: FloatView) {
  precondition(sums.count == x.columns && x.isContiguous, "\(sums.count) sums for \(x.columns) columns")
  ck_sum_rows(x.rows, x.columns, x.elements.pointer, sums.pointer)
}

/// Σ x², in double precision and a fixed order.
public func sumOfSquares(_ x: FloatView) -> Double {
  ck_sum_of_squares(x.count, x.pointer)
}

/// Σ x·y, in double precision and a fixed order; equal counts.
public func dot(_ x: FloatView, _ y: FloatView) -> Double {
  precondition(x.count == y.count, "dot product of \(x.count) and \(y.count) floats")
  return ck_dot(x.count, x.pointer, y.pointer)
}

/// y = x·factor, element by element; equal counts, y may be x.
public func multiplyElements(_ x: FloatView, by factor: FloatView, into y: FloatView) {
  precondition(x.count == factor.count && x.count == y.count, "product: the counts differ")
  ck_multiply(x.count, x.pointer, factor.pointer, y.pointer)
}

/// y += x, element by element; equal counts, and the two do not overlap.
public func addElements(_ x: FloatView, to y: FloatView, team: WorkerTeam = .alone) {
  precondition(x.count == y.count, "sum: \(x.count) and \(y.count) floats")
  team.forEachStretch(of: x.count, length: stretch) { part, _ in
    ck_add(part.count, x.pointer + part.lowerBound, y.pointer + part.lowerBound)
  }
}

/// y = the sum of the first `count` rows of x, as long as y each, from the first to the last.
public func addRows(_ x: FloatView, count: Int, into y: FloatView, team: WorkerTeam = .alone) {
  precondition(
    count > 0 && x.count >= count * y.count, "sum: \(x.count) floats are not \(count) rows of \(y.count)")
  team.forEachStretch(of: y.count, length: stretch) { part, _ in
    let target = y.slice(from: part.lowerBound, count: part.count)
    target.copy(from: x.slice(from: part.lowerBound, count: part.count))
    for row in 1..<max(count, 1) {
      ck_add(part.count, x.pointer + row * y.count + part.lowerBound, target.pointer)
    }
  }
}

/// x *= factor, element by element.
public func scaleElements(_ x: FloatView, by factor: Float) {
  ck_scale(x.count, factor, x.pointer)
}
