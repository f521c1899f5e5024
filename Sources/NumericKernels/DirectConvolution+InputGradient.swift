internal import CKernels

/// Which windows see a pixel, along one side of a picture: worked out once.
struct ConvolutionPhases: Sendable, Equatable {
  /// The pixels whose distance from the padded edge leaves the same remainder by the stride.
  struct Phase: Sendable, Equatable {
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

  /// One phase for every remainder.
  let phases: [Phase]
  /// Zeros before the output's gradient.
  let before: Int
  /// The length of the output's gradient with the zeros around it.
  let total: Int

  /// The phases along a side of `size` pixels with `padding` before them and `windows` windows.
  init(size: Int, padding: Int, windows: Int, kernel: Int, stride: Int) {
    phases = (0..<stride).map { remainder in
      // The first pixel = stride · window + remainder − padding that is not negative.
      let firstWindow = (max(padding - remainder, 0) + stride - 1) / stride
      let firstPixel = stride * firstWindow + remainder - padding
      return Phase(
        remainder: remainder, taps: max(kernel - remainder + stride - 1, 0) / stride,
        firstWindow: firstWindow, firstPixel: firstPixel,
        pixels: max(size - firstPixel + stride - 1, 0) / stride)
    }
    before = phases.reduce(0) { max($0, $1.taps - 1 - $1.firstWindow) }
    total = before + phases.reduce(windows) { max($0, $1.firstWindow + $1.pixels) }
  }
}

/// The gradient with respect to the input: stride² convolutions of the output's gradient with some of the taps each,
/// one for every remainder of a pixel's row and column by the stride.
extension DirectConvolution {
  private var inputPanels: Int { panels(groupInputs) }
  /// The packed filters of one panel of inputs: all taps, phase by phase.
  private var filterCount: Int { tapCount * groupOutputs * Self.panel }

  func inputGradientScratch(_ threads: Int) -> Int {
    groups * inputPanels * filterCount + threads * rows.total * columns.total * groupOutputs
  }

  /// dx = the sum of dy times the filters over the windows that saw each pixel, or dx += it.
  func inputGradient(
    _ dy: FloatView, weight: FloatView, into dx: FloatView, accumulating: Bool, scratch: FloatView,
    team: WorkerTeam
  ) {
    precondition(
      scratch.count >= inputGradientScratch(team.threads), "convolution: too little scratch memory")
    let filters = scratch.pointer
    team.forEach(groups * inputPanels) { index, _ in
      pack(weight, index, into: filters + index * filterCount)
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
          for row in rows.phases {
            for column in columns.phases where row.taps * column.taps > 0 {
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
  private func pack(_ weight: FloatView, _ index: Int, into packed: Pointer) {
    let (group, panel) = index.quotientAndRemainder(dividingBy: inputPanels)
    var target = packed
    for row in rows.phases {
      for column in columns.phases {
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
