/// The longest strictly falling subsequence of a list of losses; its elements need not be neighbours.
package struct LongestFall: Sendable, Equatable {
  /// The number of its elements.
  package let length: Int
  /// The index of its last element; the first such index if several subsequences are as long.
  package let end: Int

  /// Finds the longest fall of `losses`.
  ///
  /// A NaN is neither below nor above anything, so it stands alone. Patience sorting (Fredman 1975): `ends[k]`
  /// is the highest loss that a fall of k + 1 elements can end with so far; it falls with k, so the length of the
  /// longest fall that ends with a loss is found by bisection.
  ///
  /// - Parameter losses: At least one number.
  /// - Complexity: O(n log n).
  package init(of losses: [Double]) {
    precondition(!losses.isEmpty, "a fall needs a loss")
    var ends: [Double] = []
    var length = 1
    var end = 0
    for (index, loss) in losses.enumerated() where !loss.isNaN {
      let shorter = Self.countOfEnds(above: loss, in: ends)
      if shorter < ends.count { ends[shorter] = loss } else { ends.append(loss) }
      if shorter + 1 > length {
        length = shorter + 1
        end = index
      }
    }
    self.length = length
    self.end = end
  }

  private static func countOfEnds(above loss: Double, in ends: [Double]) -> Int {
    var low = 0
    var high = ends.count
    while low < high {
      let middle = low + (high - low) / 2
      if ends[middle] > loss { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The index that fastai's `valley` picks in a list of losses (fastai 2.8.12, `fastai/callback/schedule.py`).
///
/// With L elements in the longest fall and its end at index m, upstream takes the fall for the L indices before m:
/// m − L + ⌊L/3⌋ + ⌊L/6⌋, half way through them rather than the two thirds its documentation promises. The fall may
/// be spread over more indices, and m − L is one below its first possible index. A fall of two at the very beginning
/// gives −1, which Python takes for the last element. Without any fall the index is 0.
///
/// Upstream compares all pairs; this is the same index in O(n log n), ties, NaN and infinities included.
///
/// - Parameter losses: At least one number.
package func fastaiValleyIndex(of losses: [Double]) -> Int {
  let fall = LongestFall(of: losses)
  guard fall.length >= 2 else { return 0 }
  let index = fall.end - fall.length + fall.length / 3 + fall.length / 6
  return index < 0 ? losses.count + index : index
}
