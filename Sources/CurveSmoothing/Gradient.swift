/// The derivative of `values` by `positions` in finite differences: second order inside, first order at the ends, for
/// uneven spacing.
///
/// The formula of NumPy's `gradient` with coordinates and `edge_order=1`: with the distances a to the left and b to
/// the right neighbour, (a²·y₊ + (b²−a²)·y − b²·y₋) / (a·b·(a+b)).
///
/// - Parameters:
///   - values: At least two numbers; NaN and infinities spread to their neighbours.
///   - positions: Strictly increasing, as many as the values.
public func gradient(of values: [Double], by positions: [Double]) -> [Double] {
  precondition(values.count == positions.count, "\(values.count) values but \(positions.count) positions")
  precondition(values.count >= 2, "a derivative needs two points")
  let last = values.count - 1
  var slopes = values
  slopes[0] = (values[1] - values[0]) / (positions[1] - positions[0])
  slopes[last] = (values[last] - values[last - 1]) / (positions[last] - positions[last - 1])
  for i in stride(from: 1, to: last, by: 1) {
    let a = positions[i] - positions[i - 1]
    let b = positions[i + 1] - positions[i]
    slopes[i] =
      (a * a * values[i + 1] + (b * b - a * a) * values[i] - b * b * values[i - 1]) / (a * b * (a + b))
  }
  return slopes
}

/// The derivative of `values` by their index: central differences inside, one-sided at the ends (NumPy's `gradient`).
///
/// - Parameter values: At least two numbers; NaN and infinities spread to their neighbours.
public func gradientByIndex(of values: [Double]) -> [Double] {
  precondition(values.count >= 2, "a derivative needs two points")
  let last = values.count - 1
  return values.indices.map { i in
    switch i {
    case 0: values[1] - values[0]
    case last: values[last] - values[last - 1]
    default: (values[i + 1] - values[i - 1]) / 2
    }
  }
}
