internal import CKernels

/// A two-dimensional convolution (cross-correlation) of NHWC pictures as products with unrolled windows.
///
/// Layouts: pictures [samples][height][width][inputs], filters [kernel][kernel][inputs / groups][outputs], results
/// [samples][outputHeight][outputWidth][outputs]. Group g connects the g-th part of the inputs with the g-th part of the
/// outputs. A few pictures at a time are unrolled into `columns` [positions][kernel·kernel·inputs / groups]; how many
/// depends on the sizes alone, so the order of summation is fixed. With one input and one output in each group
/// (depthwise) nothing is unrolled and the vectors run over the channels.
public struct Convolution: Sendable, Equatable {
  /// How the filters slide.
  public let window: SlidingWindow
  /// The number of filters.
  public let outputs: Int
  /// How many parts of the inputs and outputs are connected, each with its like.
  public let groups: Int
  /// 512 KiB of unrolled windows: they stay in a second-level cache until the product has read them.
  private static let columnBudget = 128 * 1024

  /// Describes a convolution with `outputs` filters; `groups` divides them and the window's channels.
  public init(window: SlidingWindow, outputs: Int, groups: Int = 1) {
    precondition(outputs > 0, "a convolution needs at least one filter")
    precondition(
      groups > 0 && outputs % groups == 0 && window.channels % groups == 0,
      "\(groups) groups do not divide \(window.channels) inputs and \(outputs) outputs")
    self.window = window
    self.outputs = outputs
    self.groups = groups
  }

  /// The floats of scratch memory that each pass needs for `columns`.
  public var columnCount: Int { isDepthwise || readsPixels ? 0 : picturesAtOnce * columnsPerPicture }
  /// The number of filter weights.
  public var weightCount: Int { filterLength * outputs }

  private var isDepthwise: Bool { groups == window.channels && groups == outputs && groups > 1 }
  /// Whether pictures are their own unrolled windows.
  private var readsPixels: Bool { window.isPixelwise && groups == 1 }
  private var groupInputs: Int { window.channels / groups }
  private var groupOutputs: Int { outputs / groups }
  /// The inputs that one output pixel sees.
  private var filterLength: Int { window.kernel * window.kernel * groupInputs }
  private var columnsPerPicture: Int { window.positions * filterLength }
  private var picturesAtOnce: Int { max(1, Self.columnBudget / columnsPerPicture) }
  private var resultCount: Int { window.positions * outputs }

  /// y = x ∗ weight + bias.
  public func forward(
    _ x: FloatView, weight: FloatView, bias: FloatView?, columns: FloatView, into y: FloatView
  ) {
    check(x, weight, columns, y)
    if isDepthwise {
      precondition((bias?.count ?? outputs) == outputs, "convolution: the bias's count differs")
      var cWindow = window.cWindow()
      ck_depthwise_forward(
        x.count / window.pictureCount, &cWindow, x.pointer, weight.pointer, bias?.pointer, y.pointer)
      return
    }
    if let bias { broadcast(row: bias, into: MatrixView(y, rows: y.count / outputs, columns: outputs)) }
    forEachBlock(of: x.count / window.pictureCount) { first, count in
      for group in 0..<groups {
        multiply(
          unrolled(x, first, count, group, columns), filters(weight, group),
          into: results(y, first, count, group), accumulating: bias != nil)
      }
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
    if let biasGradient {
      sumRows(MatrixView(dy, rows: dy.count / outputs, columns: outputs), into: biasGradient)
    }
    if isDepthwise {
      depthwiseBackward(x, dy, weight, weightGradient, dx)
      return
    }
    if !readsPixels { dx?.fill(with: 0) }
    forEachBlock(of: x.count / window.pictureCount) { first, count in
      for group in 0..<groups {
        let gradient = results(dy, first, count, group)
        multiply(
          unrolled(x, first, count, group, columns).transposed, gradient,
          into: filters(weightGradient, group),
          accumulating: first > 0)
        guard let dx else { continue }
        let transposedFilters = filters(weight, group).transposed
        if readsPixels {
          multiply(gradient, transposedFilters, into: unrolled(dx, first, count, group, columns))
        } else {
          let matrix = columnMatrix(columns, count)
          multiply(gradient, transposedFilters, into: matrix)
          foldBack(matrix, first, count, group, into: dx)
        }
      }
    }
  }

  private func depthwiseBackward(
    _ x: FloatView, _ dy: FloatView, _ weight: FloatView, _ weightGradient: FloatView, _ dx: FloatView?
  ) {
    let pictures = x.count / window.pictureCount
    var cWindow = window.cWindow()
    ck_depthwise_weight_gradient(pictures, &cWindow, x.pointer, dy.pointer, weightGradient.pointer)
    guard let dx else { return }
    ck_depthwise_input_gradient(pictures, &cWindow, dy.pointer, weight.pointer, dx.pointer)
  }

  /// Calls `body` with the first picture and the number of pictures of every block.
  private func forEachBlock(of pictures: Int, _ body: (Int, Int) -> Void) {
    for first in stride(from: 0, to: pictures, by: picturesAtOnce) {
      body(first, min(picturesAtOnce, pictures - first))
    }
  }

  /// The windows of `count` pictures on a group's inputs as rows.
  private func unrolled(
    _ x: FloatView, _ first: Int, _ count: Int, _ group: Int, _ columns: FloatView
  ) -> MatrixView {
    let pictures = x.slice(from: first * window.pictureCount, count: count * window.pictureCount)
    if readsPixels {
      return MatrixView(pictures, rows: count * window.positions, columns: window.channels)
    }
    let matrix = columnMatrix(columns, count)
    var cWindow = window.cWindow(group: groupInputs)
    for picture in 0..<count {
      ck_image_to_columns(
        &cWindow, pictures.pointer + picture * window.pictureCount + group * groupInputs,
        matrix.elements.pointer + picture * columnsPerPicture)
    }
    return matrix
  }

  /// Adds the gradient of every window to the pixels that it saw.
  private func foldBack(
    _ matrix: MatrixView, _ first: Int, _ count: Int, _ group: Int, into dx: FloatView
  ) {
    let pictures = dx.slice(from: first * window.pictureCount, count: count * window.pictureCount)
    var cWindow = window.cWindow(group: groupInputs)
    for picture in 0..<count {
      ck_add_columns_to_image(
        &cWindow, matrix.elements.pointer + picture * columnsPerPicture,
        pictures.pointer + picture * window.pictureCount + group * groupInputs)
    }
  }

  private func columnMatrix(_ columns: FloatView, _ count: Int) -> MatrixView {
    MatrixView(
      columns.slice(from: 0, count: count * columnsPerPicture), rows: count * window.positions,
      columns: filterLength)
  }

  /// A group's filters, or their gradients, [kernel·kernel·inputs / groups] × [outputs / groups].
  private func filters(_ weight: FloatView, _ group: Int) -> MatrixView {
    MatrixView(weight, rows: filterLength, columns: outputs)
      .columns(from: group * groupOutputs, count: groupOutputs)
  }

  /// A group's outputs of `count` pictures, or their gradients.
  private func results(_ y: FloatView, _ first: Int, _ count: Int, _ group: Int) -> MatrixView {
    MatrixView(
      y.slice(from: first * resultCount, count: count * resultCount), rows: count * window.positions,
      columns: outputs
    )
    .columns(from: group * groupOutputs, count: groupOutputs)
  }

  private func check(_ x: FloatView, _ weight: FloatView, _ columns: FloatView, _ y: FloatView) {
    precondition(
      x.count % window.pictureCount == 0 && y.count == x.count / window.pictureCount * resultCount
        && weight.count == weightCount && columns.count >= columnCount,
      "convolution: the counts of pictures, filters, results or scratch do not fit each other")
  }
}
