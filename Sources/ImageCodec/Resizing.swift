internal import CKernels

/// A window of decoded pixels on its way to the target's size: rows first, then columns.
struct Resizing {
  private let rgb: [UInt8]
  private let sourceWidth: Int
  private let width, height: Int
  private let columns, rows: ResizeWeights

  /// - Parameters:
  ///   - rgb: decoded pixels, `decoded` of them.
  ///   - decoded: their window in the scaled picture.
  ///   - window: what is to be kept, in the picture before scaling.
  ///   - denominator: how many of its pixels a scaled one stands for.
  init(
    _ rgb: [UInt8], decoded: PictureWindow, window: PictureWindow, denominator: Int, width: Int, height: Int
  ) {
    self.rgb = rgb
    sourceWidth = decoded.width
    self.width = width
    self.height = height
    let unit = Double(denominator)
    columns = ResizeWeights(
      target: width, start: Double(window.x) / unit - Double(decoded.x), length: Double(window.width) / unit,
      source: decoded.width)
    rows = ResizeWeights(
      target: height, start: Double(window.y) / unit - Double(decoded.y),
      length: Double(window.height) / unit, source: decoded.height)
  }

  /// Calls `body` with the three floats, 0 to 255, of every pixel of each target row; one float more is there.
  func forEachRow(_ body: (_ row: Int, _ values: UnsafePointer<Float>) -> Void) {
    // Only the columns that a target pixel reads are weighed.
    let from = Int(columns.first.first ?? 0)
    let through = Int(columns.first.last ?? 0) + columns.taps
    let kept = columns.first.map { $0 - Int32(from) }
    let stride = 3 * sourceWidth
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * (through - from) + 1) { weighed in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: 3 * width + 1) { values in
        weighed.initialize(repeating: 0)
        guard let line = weighed.baseAddress, let target = values.baseAddress else { return }
        rgb.withUnsafeBufferPointer { pixels in
          rows.weights.withUnsafeBufferPointer { weights in
            for row in 0..<height {
              guard let base = pixels.baseAddress, let weight = weights.baseAddress else { return }
              ck_weigh_rows(
                3 * (through - from), rows.taps, weight + row * rows.taps,
                base + Int(rows.first[row]) * stride + 3 * from, stride, line)
              ck_weigh_pixels(width, columns.taps, kept, columns.weights, line, target)
              body(row, target)
            }
          }
        }
      }
    }
  }
}
