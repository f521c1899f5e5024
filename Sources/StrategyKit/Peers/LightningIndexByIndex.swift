/// The index that Lightning suggested up to version 2.5.2 (`lightning/pytorch/tuner/lr_finder.py`).
///
/// The window is `losses[skipBegin:-skipEnd]` in single precision without its non-finite elements, and the answer the
/// steepest fall per index in it. Upstream adds `skipBegin` to the position among the *finite* losses, so that every
/// non-finite loss before the steepest fall moves the answer one rung down; its source notes this as open.
///
/// - Returns: The index in the whole list and the number of losses that took part; nil where fewer than two are left
///   and upstream returns `None`.
package func lightningIndexByIndex(of losses: [Double], skipBegin: Int, skipEnd: Int) -> (
  index: Int, used: Int
)? {
  let finite = losses[pythonSlice(skipBegin, -skipEnd, of: losses.count)].lazy.map(Float.init).filter(
    \.isFinite)
  let window = Array(finite)
  guard let steepest = indexOfSteepestFall(in: window.indices, { window[$0] }) else { return nil }
  return (steepest + skipBegin, window.count)
}
