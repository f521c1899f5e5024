/// How much each source pixel adds to each target pixel, along one axis.
///
/// A triangle as wide as a target pixel's two neighbours (or as two source pixels, where the target is larger), cut off
/// at the window: Pillow's bilinear filter (`Resample.c`, `precompute_coeffs`, Pillow 13). Every target pixel has the
/// same number of taps, so that no loop has to look for its end.
struct ResizeWeights {
  /// The taps of a target pixel.
  let taps: Int
  /// The first source pixel of each target pixel, counted in the decoded row.
  let first: [Int32]
  /// [target][taps].
  let weights: [Float]

  /// - Parameters:
  ///   - target: the target's pixels.
  ///   - start: where the window begins, in source pixels.
  ///   - length: the window's length in source pixels.
  ///   - source: the source pixels that there are.
  init(target: Int, start: Double, length: Double, source: Int) {
    let scale = length / Double(target)
    let support = max(scale, 1)
    // The pixels that the window touches: no weight reaches beyond them.
    let (lowest, highest) = (
      max(Int(start.rounded(.down)), 0), min(Int((start + length).rounded(.up)), source)
    )
    let taps = min(Int(2 * support) + 2, highest - lowest)
    var first: [Int32] = []
    var weights: [Float] = []
    for pixel in 0..<target {
      let centre = start + (Double(pixel) + 0.5) * scale
      let begin = min(max(Int(centre - support + 0.5), lowest), highest - taps)
      let row = (0..<taps).map { tap in
        max(1 - abs((Double(begin + tap) + 0.5 - centre) / support), 0)
      }
      let sum = row.reduce(0, +)
      first.append(Int32(begin))
      weights += row.map { Float($0 / sum) }
    }
    self.taps = taps
    self.first = first
    self.weights = weights
  }
}
