internal import CKernels

/// The gradient with respect to the input: stride² convolutions of the output's gradient with some of the taps each,
/// one for every remainder of a pixel's row and column by the stride.
extension DirectConvolution {
  /// The pixels along one side whose distance from the padded edge leaves the same remainder by the stride.
  private struct Phase {
    /// The remainder, which is also the first tap that reaches these pixels.
    let remainder: Int
    /// How many taps reach them.
    let taps: Int
    /// The last window that reaches the first of them.
    let firstWindow: Int
    /// The first of them.
    let firstPixel: Int
    /// How many they are.
    let pixels: Int
  }

  /// The phases along a side of `size` pixels with `padding` before them.
  private func phases(size: Int, padding: Int) -> [Phase] {
    let stride = window.stride
    return (0..<stride).map { remainder in
      // Pixel = stride · window + remainder − padding ≥ 0; division towards −∞ is not needed, both sides are ≥ 0.
      let firstWindow = (max(padding - remainder, 0) + stride - 1) / stride
      let firstPixel = stride * firstWindow + remainder - padding
      return Phase(
        remainder: remainder, taps: max(kernel - remainder + stride - 1, 0) / stride,
        firstWindow: firstWindow, firstPixel: firstPixel,
        pixels: max(size - firstPixel + stride - 1, 0) / stride)
    }
  }

  /// Zeros before the output's gradient along one side, and its length with the zeros around it.
  private func padding(_ phases: [Phase], windows: Int) -> (before: Int, total: Int) {
    let before = phases.map { $0.taps - 1 - $0.firstWindow }.max().map { max($0, 0) } ?? 0
    let reach = phases.map { $0.firstWindow + $0.pixels }.max() ?? 0
    return (before, before + max(windows, reach))
  }

  private var inputPanels: Int { panels(groupInputs) }
  /// The packed filters of one panel of inputs: all taps, phase by phase.
  private var filterCount: Int { tapCount * groupOutputs * Self.panel }

  func inputGradientScratch(_ threads: Int) -> Int {
    let rows = padding(phases(size: window.height, padding: window.paddingTop), windows: window.outputHeight)
    let columns = padding(
      phases(size: window.width, padding: window.paddingLeft), windows: window.outputWidth)
    return groups * inputPanels * filterCount + threads * rows.total * columns.total * groupOutputs
  }

  /// dx = the sum of dy times the filters over the windows that saw each pixel, or dx += it.
  func inputGradient(
    _ dy: FloatView, weight: FloatView, into dx: FloatView, accumulating: Bool, scratch: FloatView,
    team: WorkerTeam
  ) {
    precondition(
      scratch.count >= inputGradientScratch(team.threads), "convolution: too little scratch memory")
    let rowPhases = phases(size: window.height, padding: window.paddingTop)
    let columnPhases = phases(size: window.width, padding: window.paddingLeft)
    let rows = padding(rowPhases, windows: window.outputHeight)
    let columns = padding(columnPhases, windows: window.outputWidth)
    let filters = scratch.pointer
    team.forEach(groups * inputPanels) { index, _ in
      pack(weight, index, rowPhases, columnPhases, into: filters + index * filterCount)
    }
    let paddedCount = rows.total * columns.total * groupOutputs
    team.forEach(dx.count / window.pictureCount) { picture, worker in
      let padded = filters + groups * inputPanels * filterCount + worker * paddedCount
      let result = dx.pointer + picture * window.pictureCount
      // Between the windows of a stride beyond the kernel lie pixels that nobody saw.
      if !accumulating, window.stride > kernel { result.update(repeating: 0, count: window.pictureCount) }
      for group in 0..<groups {
        ck_pad_picture(
          window.outputHeight, window.outputWidth, groupOutputs, outputs,
          dy.pointer + picture * window.positions * outputs + group * groupOutputs, rows.before,
          columns.before,
          rows.total, columns.total, padded)
        for panel in 0..<inputPanels {
          var packed = filters + (group * inputPanels + panel) * filterCount
          for row in rowPhases {
            for column in columnPhases where row.taps * column.taps > 0 {
              var places = ck_direct(
                taps: row.taps, run: column.taps * groupOutputs,
                tap_distance: columns.total * groupOutputs, source_pixel: groupOutputs,
                source_row: columns.total * groupOutputs, result_pixel: window.stride * window.channels,
                result_row: window.stride * window.width * window.channels,
                lanes: lanes(groupInputs, panel))
              let firstRow = rows.before + row.firstWindow - (row.taps - 1)
              let firstColumn = columns.before + column.firstWindow - (column.taps - 1)
              ck_direct_results(
                &places, row.pixels, column.pixels,
                padded + (firstRow * columns.total + firstColumn) * groupOutputs, packed, nil,
                accumulating ? 1 : 0,
                result + (row.firstPixel * window.width + column.firstPixel) * window.channels
                  + group * groupInputs + panel * Self.panel)
              packed += row.taps * column.taps * groupOutputs * Self.panel
            }
          }
        }
      }
    }
  }

  /// One panel of one group's filters, turned round: for every phase its taps from the last to the first, for each all
  /// outputs.
  private func pack(
    _ weight: FloatView, _ index: Int, _ rowPhases: [Phase], _ columnPhases: [Phase], into packed: Pointer
  ) {
    let (group, panel) = index.quotientAndRemainder(dividingBy: inputPanels)
    var target = packed
    for row in rowPhases {
      for column in columnPhases {
        for t in (0..<row.taps).reversed() {
          for u in (0..<column.taps).reversed() {
            let tap =
              (row.remainder + window.stride * t) * kernel + column.remainder + window.stride * u
            ck_pack_panel(
              groupOutputs, lanes(groupInputs, panel),
              weight.pointer + (tap * groupInputs + panel * Self.panel) * outputs + group * groupOutputs, 1,
              outputs, target)
            target += groupOutputs * Self.panel
          }
        }
      }
    }
  }
}
