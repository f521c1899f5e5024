/// Holm's step-down adjustment of p-values ("A simple sequentially rejective multiple test procedure", Scandinavian
/// Journal of Statistics 6, 1979).
public enum HolmAdjustment {
  /// The adjusted p-values in the order given: the k-th smallest is multiplied by how many are not smaller, never below
  /// the one before it, at most 1.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var result = pValues
    var highest = 0.0
    for (place, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
      highest = max(highest, min(1, pValues[index] * Double(pValues.count - place)))
      result[index] = highest
    }
    return result
  }
}
