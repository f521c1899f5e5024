internal import CKernels

/// A two-dimensional convolution (cross-correlation) of NHWC pictures as products with unrolled windows.
///
/// Layouts: pictures [samples][height][width][inputs], filters [kernel][kernel][inputs][outputs], results
/// [samples][outputHeight][outputWidth][outputs]. A few pictures at a time are unrolled into `columns`
/// [positions][kernel·kernel·inputs]; how many depends on the sizes alone, so the order of summation is fixed.
public struct Convolution: Sendable, Equatable {
  /// How the filters slide.
  public let window: SlidingWindow
  /// The number of filters.
  public let outputs: Int
  /// 512 KiB of unrolled windows: they stay in a second-level cache until the product has read them.
  private static let columnBudget = 128 * 1024

  /// Describes a convolution with `outputs` filters.
  public init(window: SlidingWindow, outputs: Int) {
    precondition(outputs > 0, "a convolution needs at least one filter")
    self.window = window
    self.outputs = outputs
  }

  /// The floats of scratch memory that each pass needs for `columns`.
  public var columnCount: Int { window.isPixelwise ? 0 : picturesAtOnce * columnsPerPicture }

  private var columnsPerPicture: Int { window.positions * window.windowCount }
  private var picturesAtOnce: Int { max(1, Self.columnBudget / columnsPerPicture) }
  private var resultCount: Int { window.positions * outputs }

  /// y = x ∗ weight + bias.
  public func forward(
    _ x: FloatView, weight: FloatView, bias: FloatView?, columns: FloatView, into y: FloatView
  ) {
    check(x, weight, columns, y)
    let filters = MatrixView(weight, rows: window.windowCount, columns: outputs)
    if let bias { broadcast(row: bias, into: MatrixView(y, rows: y.count / outputs, columns: outputs)) }
    forEachBlock(of: x.count / window.pictureCount) { first, count in
      multiply(
        unrolled(x, first, count, columns), filters, into: results(y, first, count),
        accumulating: bias != nil)
    }
  }

  /// The gradients of ``forward(_:weight:bias:columns:into:)``; dx is left out where nobody needs it.
  public func backward(
    _ x: FloatView, outputGradient dy: FloatView, weight: FloatView, columns: FloatView,
    weightGradient: FloatView, biasGradient: FloatView?, into dx: FloatView?
  ) {
    check(x, weight, columns, dy)
    precondition(
      weightGradient.count == weight.count && (dx?.count ?? x.count) == x.count,
      "convolution: the gradients' counts differ")
    let filters = MatrixView(weight, rows: window.windowCount, columns: outputs)
    let filterGradient = MatrixView(weightGradient, rows: window.windowCount, columns: outputs)
    if let biasGradient {
      sumRows(MatrixView(dy, rows: dy.count / outputs, columns: outputs), into: biasGradient)
    }
    if !window.isPixelwise { dx?.fill(with: 0) }
    forEachBlock(of: x.count / window.pictureCount) { first, count in
      let gradient = results(dy, first, count)
      multiply(
        unrolled(x, first, count, columns).transposed, gradient, into: filterGradient, accumulating: first > 0
      )
      guard let dx else { return }
      if window.isPixelwise {
        multiply(gradient, filters.transposed, into: unrolled(dx, first, count, columns))
      } else {
        let matrix = columnMatrix(columns, count)
        multiply(gradient, filters.transposed, into: matrix)
        foldBack(matrix, first, count, into: dx)
      }
    }
  }

  /// Calls `body` with the first picture and the number of pictures of every block.
  private func forEachBlock(of pictures: Int, _ body: (Int, Int) -> Void) {
    for first in stride(from: 0, to: pictures, by: picturesAtOnce) {
      body(first, min(picturesAtOnce, pictures - first))
    }
  }

  /// The windows of `count` pictures as rows; a pixelwise convolution reads the pictures themselves.
  private func unrolled(_ x: FloatView, _ first: Int, _ count: Int, _ columns: FloatView) -> MatrixView {
    let pictures = x.slice(from: first * window.pictureCount, count: count * window.pictureCount)
    if window.isPixelwise {
      return MatrixView(pictures, rows: count * window.positions, columns: window.channels)
    }
    let matrix = columnMatrix(columns, count)
    var cWindow = window.cWindow
    for picture in 0..<count {
      ck_image_to_columns(
        &cWindow, pictures.pointer + picture * window.pictureCount,
        matrix.elements.pointer + picture * columnsPerPicture)
    }
    return matrix
  }

  /// Adds the gradient of every window to the pixels that it saw.
  private func foldBack(_ matrix: MatrixView, _ first: Int, _ count: Int, into dx: FloatView) {
    let pictures = dx.slice(from: first * window.pictureCount, count: count * window.pictureCount)
    var cWindow = window.cWindow
    for picture in 0..<count {
      ck_add_columns_to_image(
        &cWindow, matrix.elements.pointer + picture * columnsPerPicture,
        pictures.pointer + picture * window.pictureCount)
    }
  }

  private func columnMatrix(_ columns: FloatView, _ count: Int) -> MatrixView {
    MatrixView(
      columns.slice(from: 0, count: count * columnsPerPicture), rows: count * window.positions,
      columns: window.windowCount)
  }

  private func results(_ y: FloatView, _ first: Int, _ count: Int) -> MatrixView {
    MatrixView(
      y.slice(from: first * resultCount, count: count * resultCount), rows: count * window.positions,
      columns: outputs)
  }

  private func check(_ x: FloatView, _ weight: FloatView, _ columns: FloatView, _ y: FloatView) {
    precondition(
      x.count % window.pictureCount == 0 && y.count == x.count / window.pictureCount * resultCount
        && weight.count == window.windowCount * outputs && columns.count >= columnCount,
      "convolution: the counts of pictures, filters, results or scratch do not fit each other")
  }
}
