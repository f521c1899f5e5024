/// The indices of Python's `list[start:end]` for a list of `count` elements.
///
/// Negative bounds count from the end, and bounds outside the list are moved to its ends, as in Python: an end of 0
/// leaves nothing.
package func pythonSlice(_ start: Int, _ end: Int, of count: Int) -> Range<Int> {
  let lower = position(of: start, in: count)
  return lower..<max(lower, position(of: end, in: count))
}

private func position(of index: Int, in count: Int) -> Int {
  min(max(index < 0 ? index + count : index, 0), count)
}

/// The index of the least value as NumPy's and PyTorch's `argmin` find it: the first NaN if there is one, else the
/// first of the least; nil for no values.
///
/// - Parameters:
///   - indices: Where to look.
///   - value: The value at an index.
@inlinable
package func indexOfFirstMinimum<Value: FloatingPoint>(in indices: Range<Int>, _ value: (Int) -> Value)
  -> Int?
{
  guard var best = indices.first else { return nil }
  var least = value(best)
  for index in indices.dropFirst() where !least.isNaN {
    let next = value(index)
    if next < least || next.isNaN {
      best = index
      least = next
    }
  }
  return best
}

/// The index of the steepest fall per index as `numpy.gradient(values[window]).argmin()` finds it, in the whole list.
///
/// Central differences inside the window, one-sided ones at its ends; a NaN counts as the steepest fall, and the first
/// of several equal ones is taken. Nil for fewer than two values, where NumPy raises a `ValueError`.
///
/// - Parameters:
///   - window: Where to look.
///   - value: The value at an index.
@inlinable
package func indexOfSteepestFall<Value: FloatingPoint>(in window: Range<Int>, _ value: (Int) -> Value) -> Int?
{
  guard window.count >= 2 else { return nil }
  let last = window.upperBound - 1
  return indexOfFirstMinimum(in: window) { index in
    switch index {
    case window.lowerBound: value(index + 1) - value(index)
    case last: value(index) - value(index - 1)
    default: (value(index + 1) - value(index - 1)) / 2
    }
  }
}
