internal import CKernels

/// A convolution as sums over the window of every pixel, for every kernel, stride, padding and grouping.
///
/// Each picture is copied between zeros once, a group of channels at a time; then the window's rows are runs of
/// neighbouring floats and nothing is unrolled. Sums run over the kernel's rows, columns and channels in order
/// (forward), over blocks of rows and pictures (weight gradient), whatever the number of threads.
struct DirectConvolution: Sendable, Equatable {
  let window: SlidingWindow
  let outputs: Int
  let groups: Int
  /// Which windows see a row and a column of the picture.
  let rows, columns: ConvolutionPhases

  init(window: SlidingWindow, outputs: Int, groups: Int) {
    self.window = window
    self.outputs = outputs
    self.groups = groups
    rows = ConvolutionPhases(
      size: window.height, padding: window.paddingTop, windows: window.outputHeight, kernel: window.kernel,
      stride: window.stride)
    columns = ConvolutionPhases(
      size: window.width, padding: window.paddingLeft, windows: window.outputWidth, kernel: window.kernel,
      stride: window.stride)
  }

  typealias Pointer = UnsafeMutablePointer<Float>

  /// Channels in one vector panel.
  static let panel = 16
  /// Results whose windows stay in the caches while the filters pass by.
  private static let pixelsAtOnce = 64
  /// The parts of a weight gradient that are summed up separately: more than there are threads, to balance them.
  private static let gradientParts = 4

  var kernel: Int { window.kernel }
  var groupInputs: Int { window.channels / groups }
  var groupOutputs: Int { outputs / groups }
  private var outputPanels: Int { panels(groupOutputs) }
  var tapCount: Int { kernel * kernel }

  func panels(_ channels: Int) -> Int { (channels + Self.panel - 1) / Self.panel }
  func lanes(_ channels: Int, _ panel: Int) -> Int { min(Self.panel, channels - panel * Self.panel) }

  /// The padded picture reaches as far as the windows do.
  private var paddedHeight: Int {
    max((window.outputHeight - 1) * window.stride + kernel, window.paddingTop + window.height)
  }
  private var paddedWidth: Int {
    max((window.outputWidth - 1) * window.stride + kernel, window.paddingLeft + window.width)
  }
  /// Whether pictures can be read where they lie.
  private var readsPictures: Bool {
    groups == 1 && paddedHeight == window.height && paddedWidth == window.width
  }
  private var paddedCount: Int { readsPictures ? 0 : paddedHeight * paddedWidth * groupInputs }

  /// The floats of scratch memory that each pass needs.
  func scratchCount(threads: Int) -> Int {
    max(forwardScratch(threads), inputGradientScratch(threads), weightGradientScratch(threads))
  }

  // MARK: Forward

  private var filterCount: Int { tapCount * groupInputs * Self.panel }

  private func forwardScratch(_ threads: Int) -> Int {
    groups * outputPanels * filterCount + threads * paddedCount
  }

  /// y = x ∗ weight + bias.
  func forward(
    _ x: FloatView, weight: FloatView, bias: FloatView?, into y: FloatView, scratch: FloatView,
    team: WorkerTeam
  ) {
    precondition(scratch.count >= forwardScratch(team.threads), "convolution: too little scratch memory")
    let filters = scratch.pointer
    team.forEach(groups * outputPanels) { index, _ in
      let (group, panel) = index.quotientAndRemainder(dividingBy: outputPanels)
      ck_pack_panel(
        tapCount * groupInputs, lanes(groupOutputs, panel),
        weight.pointer + group * groupOutputs + panel * Self.panel, outputs, 1, filters + index * filterCount)
    }
    let padded = filters + groups * outputPanels * filterCount
    team.forEach(x.count / window.pictureCount) { picture, worker in
      let result = y.pointer + picture * window.positions * outputs
      for group in 0..<groups {
        let source = source(x, picture, group, padded + worker * paddedCount)
        forEachBlockOfRows { rows in
          for panel in 0..<outputPanels {
            let channel = group * groupOutputs + panel * Self.panel
            var places = places(panel)
            ck_direct_results(
              &places, rows.count, window.outputWidth, source + rows.lowerBound * places.source_row,
              filters + (group * outputPanels + panel) * filterCount, bias.map { $0.pointer + channel }, 0,
              result + rows.lowerBound * places.result_row + channel)
          }
        }
      }
    }
  }

  /// Where the sums of one panel of outputs find their runs, and where the results go.
  private func places(_ panel: Int) -> ck_direct {
    ck_direct(
      taps: kernel, run: kernel * groupInputs, tap_distance: paddedWidth * groupInputs,
      source_pixel: window.stride * groupInputs, source_row: window.stride * paddedWidth * groupInputs,
      result_pixel: outputs, result_row: window.outputWidth * outputs, lanes: lanes(groupOutputs, panel))
  }

  /// A group's channels of a picture between zeros; `padded` is written where they do not lie so already.
  private func source(_ x: FloatView, _ picture: Int, _ group: Int, _ padded: Pointer) -> Pointer {
    let first = x.pointer + picture * window.pictureCount + group * groupInputs
    guard !readsPictures else { return first }
    ck_pad_picture(
      window.height, window.width, groupInputs, window.channels, first, window.paddingTop,
      window.paddingLeft, paddedHeight, paddedWidth, padded)
    return padded
  }

  private var rowsAtOnce: Int { max(1, Self.pixelsAtOnce / window.outputWidth) }

  /// Calls `body` with the rows of results, some at a time.
  private func forEachBlockOfRows(_ body: (Range<Int>) -> Void) {
    for first in stride(from: 0, to: window.outputHeight, by: rowsAtOnce) {
      body(first..<min(first + rowsAtOnce, window.outputHeight))
    }
  }

  // MARK: Weight gradient

  private var weightCount: Int { tapCount * groupInputs * outputs }
  private var packedGradients: Int { rowsAtOnce * window.outputWidth * Self.panel }

  private func weightGradientScratch(_ threads: Int) -> Int {
    (Self.gradientParts - 1) * weightCount + threads * (paddedCount + packedGradients)
  }

  /// weightGradient = the sum over pictures and pixels of x's windows times dy.
  func weightGradient(
    _ x: FloatView, _ dy: FloatView, into weightGradient: FloatView, scratch: FloatView, team: WorkerTeam
  ) {
    precondition(
      scratch.count >= weightGradientScratch(team.threads), "convolution: too little scratch memory")
    let pictures = x.count / window.pictureCount
    let parts = min(Self.gradientParts, pictures)
    let padded = scratch.pointer + (Self.gradientParts - 1) * weightCount
    team.forEach(parts) { part, worker in
      let sums = part == 0 ? weightGradient.pointer : scratch.pointer + (part - 1) * weightCount
      let own = padded + worker * (paddedCount + packedGradients)
      let (begin, end) = (pictures * part / parts, pictures * (part + 1) / parts)
      for picture in begin..<end {
        for group in 0..<groups {
          addGradient(
            of: source(x, picture, group, own), dy.pointer + picture * window.positions * outputs, group,
            to: sums, isFirst: picture == begin, packed: own + paddedCount)
        }
      }
    }
    team.forEachStretch(of: weightCount, length: 1 << 14) { stretch, _ in
      for part in 1..<max(parts, 1) {
        ck_add(
          stretch.count, scratch.pointer + (part - 1) * weightCount + stretch.lowerBound,
          weightGradient.pointer + stretch.lowerBound)
      }
    }
  }

  /// Adds one picture's part of a group's gradient, or begins with it.
  private func addGradient(
    of source: Pointer, _ dy: Pointer, _ group: Int, to sums: Pointer, isFirst: Bool, packed: Pointer
  ) {
    forEachBlockOfRows { rows in
      for panel in 0..<outputPanels {
        let channel = group * groupOutputs + panel * Self.panel
        var places = places(panel)
        ck_pack_panel(
          rows.count * window.outputWidth, places.lanes,
          dy + rows.lowerBound * window.outputWidth * outputs + channel, outputs, 1, packed)
        ck_direct_weight_gradient(
          &places, rows.count, window.outputWidth, source + rows.lowerBound * places.source_row, packed,
          outputs, isFirst && rows.lowerBound == 0 ? 0 : 1, sums + channel)
      }
    }
  }
}
