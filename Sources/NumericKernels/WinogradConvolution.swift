internal import CKernels

/// A 3×3 convolution with stride 1 and one pixel of padding by Winograd's minimal filtering F(4×4, 3×3).
///
/// 36 products of [tiles × inputs] and [inputs × outputs] matrices replace nine of [pixels × inputs] and
/// [inputs × outputs]: a quarter of the multiplications. Measured on ResNet-34's layers against a convolution in double
/// precision, the largest error of forward pass and input gradient is 0.8e-5 (64 channels) to 2.2e-5 (512) of the
/// results' root mean square, the root mean square of the errors 0.7e-6 to 2e-6: three to seven times that of direct
/// single-precision sums. The weight gradient's is smaller. Blocks of tiles and of channels are chosen by the sizes
/// alone, and sums run in an order that no number of threads changes.
///
/// Sources: S. Winograd, "Arithmetic Complexity of Computations", 1980; A. Lavin, S. Gray, "Fast Algorithms for
/// Convolutional Neural Networks", CVPR 2016. The points 0, ±3/4, ±3/2 are chosen for their rounding errors.
struct WinogradConvolution: Sendable, Equatable {
  let height, width, inputs, outputs: Int

  /// 36 numbers for every tile and channel.
  static let planes = 36
  /// Channels in one vector panel.
  static let panel = 16
  /// The results of one tile along each side.
  static let tileSide = 4
  /// Floats between planes beyond their contents: planes at multiples of 4 KiB would share one set of the cache.
  static let gap = 16
  static let filterGap = 80
  /// With at most this many weights per tap the transformed filters stay in the caches while tiles pass by; with more
  /// the tiles stay and the filters are transformed panel by panel.
  static let largestKeptFilter = 128 * 128
  /// Filters transformed at once, in panels, where the tiles stay.
  static let panelsAtOnce = 2
  /// Floats of transformed tiles that stay in the last-level cache.
  static let keptTilesBudget = 3 << 20
  /// With fewer tiles at a time the transforms of the filters would outweigh the products.
  static let fewestKeptTiles = 64
  /// The parts of a weight gradient that are summed up separately: more than there are threads, to balance them.
  static let gradientParts = 4

  /// Whether a window and its filters have this form.
  static func isApplicable(to window: SlidingWindow, outputs: Int) -> Bool {
    window.kernel == 3 && window.stride == 1 && window.paddingTop == 1 && window.paddingLeft == 1
      && window.outputHeight == window.height && window.outputWidth == window.width
      && window.channels % panel == 0 && outputs % panel == 0
  }

  var keepsFilters: Bool { inputs * outputs <= Self.largestKeptFilter }
  var tilesPerPicture: Int { tileRows * tileColumns }
  private var tileRows: Int { (height + Self.tileSide - 1) / Self.tileSide }
  private var tileColumns: Int { (width + Self.tileSide - 1) / Self.tileSide }

  var geometry: ck_winograd {
    ck_winograd(height: height, width: width, tile_rows: tileRows, tile_columns: tileColumns)
  }

  // MARK: Passes

  /// The floats of scratch memory that each pass needs.
  func scratchCount(pictures: Int, threads: Int) -> Int {
    let tiles = pictures * tilesPerPicture
    return max(
      convolutionScratch(tiles: tiles, from: inputs, to: outputs, threads: threads),
      convolutionScratch(tiles: tiles, from: outputs, to: inputs, threads: threads),
      gradientScratch(tiles: tiles, threads: threads))
  }

  /// y = x ∗ weight + bias.
  func forward(
    _ x: FloatView, weight: FloatView, bias: FloatView?, into y: FloatView, scratch: FloatView,
    team: WorkerTeam
  ) {
    convolve(
      x, inputs, into: y, outputs, bias: bias, accumulating: false, scratch: scratch, team: team
    ) { panel, planes, plane in
      ck_winograd_filters(inputs, outputs, weight.pointer, panel, planes, plane)
    }
  }

  /// dx = the convolution of dy with the filters turned round, or dx += it.
  func inputGradient(
    _ dy: FloatView, weight: FloatView, into dx: FloatView, accumulating: Bool, scratch: FloatView,
    team: WorkerTeam
  ) {
    convolve(
      dy, outputs, into: dx, inputs, bias: nil, accumulating: accumulating, scratch: scratch, team: team
    ) { panel, planes, plane in
      ck_winograd_turned_filters(inputs, outputs, weight.pointer, panel, planes, plane)
    }
  }
}

// MARK: - Convolution

extension WinogradConvolution {
  typealias Pointer = UnsafeMutablePointer<Float>
  /// Writes one panel of transformed filters: the panel, where its planes begin, and their distance.
  private typealias FilterTransform = (Int, UnsafeMutablePointer<Float>, Int) -> Void

  /// Tiles at a time where the filters stay: multiples of the six rows of a register tile whose planes fit into a
  /// second-level cache.
  private func tilesAtOnce(_ channels: Int) -> Int { channels <= 64 ? 36 : 30 }

  /// The most tiles at a time where the tiles stay: memory is planned for so many.
  func mostKeptTiles(_ tiles: Int, _ channels: Int) -> Int {
    min(tiles, max(Self.keptTilesBudget / (Self.planes * channels), Self.fewestKeptTiles))
  }

  /// Tiles at a time where the tiles stay: equal parts, no more than planned for.
  func keptTiles(_ tiles: Int, _ channels: Int) -> Int {
    let most = mostKeptTiles(tiles, channels)
    let blocks = (tiles + most - 1) / most
    return (tiles + blocks - 1) / blocks
  }

  private func convolutionScratch(tiles: Int, from sources: Int, to targets: Int, threads: Int) -> Int {
    if keepsFilters {
      let block = min(tiles, tilesAtOnce(sources + targets))
      return Self.planes * (sources * targets + Self.filterGap) + threads * Self.planes
        * (block * (sources + targets) + 2 * Self.gap)
    }
    let kept = mostKeptTiles(tiles, sources)
    let width = Self.panelsAtOnce * Self.panel
    return Self.planes * (kept * sources + Self.gap) + threads * Self.planes
      * (width * (sources + kept) + Self.filterGap + Self.gap)
  }

  private func convolve(
    _ x: FloatView, _ sources: Int, into y: FloatView, _ targets: Int, bias: FloatView?, accumulating: Bool,
    scratch: FloatView, team: WorkerTeam, filters: FilterTransform
  ) {
    let tiles = x.count / (height * width * sources) * tilesPerPicture
    precondition(
      scratch.count
        >= convolutionScratch(tiles: tiles, from: sources, to: targets, threads: team.threads),
      "Winograd: too little scratch memory")
    let pass = Pass(
      geometry: geometry, tiles: tiles, x: x.pointer, sources: sources, y: y.pointer, targets: targets,
      bias: bias?.pointer, accumulates: accumulating ? 1 : 0, scratch: scratch.pointer, team: team)
    if keepsFilters {
      convolveKeepingFilters(pass, filters)
    } else {
      convolveKeepingTiles(pass, filters)
    }
  }

  /// What both orders of a convolution share.
  private struct Pass {
    var geometry: ck_winograd
    let tiles: Int
    let x: Pointer
    let sources: Int
    let y: Pointer
    let targets: Int
    let bias: Pointer?
    let accumulates: Int32
    let scratch: Pointer
    let team: WorkerTeam
  }

  /// All filters once, then block after block of tiles.
  private func convolveKeepingFilters(_ pass: Pass, _ filters: FilterTransform) {
    let (sources, targets) = (pass.sources, pass.targets)
    let block = min(pass.tiles, tilesAtOnce(sources + targets))
    let filterPlane = sources * targets + Self.filterGap
    pass.team.forEach(targets / Self.panel) { panel, _ in
      filters(panel, pass.scratch + panel * sources * Self.panel, filterPlane)
    }
    let pictures = ck_planes(plane: block * sources + Self.gap, tile: sources, panel: Self.panel)
    let results = ck_planes(plane: block * targets + Self.gap, tile: targets, panel: Self.panel)
    let own = Self.planes * (pictures.plane + results.plane)
    pass.team.forEachStretch(of: pass.tiles, length: block) { stretch, worker in
      var geometry = pass.geometry
      let v = pass.scratch + Self.planes * filterPlane + worker * own
      let m = v + Self.planes * pictures.plane
      ck_winograd_pictures(&geometry, sources, pass.x, stretch.lowerBound, stretch.count, v, pictures)
      for plane in 0..<Self.planes {
        ck_multiply_panels(
          stretch.count, sources, targets / Self.panel, v + plane * pictures.plane, sources,
          pass.scratch + plane * filterPlane, m + plane * results.plane, targets)
      }
      ck_winograd_results(
        &geometry, targets, m, results, stretch.lowerBound, stretch.count, 0, targets, pass.bias,
        pass.accumulates, pass.y)
    }
  }

  /// All tiles, or as many as stay in a cache, once; then panel after panel of filters.
  private func convolveKeepingTiles(_ pass: Pass, _ filters: FilterTransform) {
    let (sources, targets) = (pass.sources, pass.targets)
    let kept = keptTiles(pass.tiles, sources)
    let pictures = ck_planes(plane: kept * sources + Self.gap, tile: sources, panel: Self.panel)
    let width = Self.panelsAtOnce * Self.panel
    let filterPlane = width * sources + Self.filterGap
    let own = Self.planes * (filterPlane + width * kept + Self.gap)
    for first in stride(from: 0, to: pass.tiles, by: kept) {
      let count = min(kept, pass.tiles - first)
      pass.team.forEachStretch(of: count, length: 16) { stretch, _ in
        var geometry = pass.geometry
        ck_winograd_pictures(
          &geometry, sources, pass.x, first + stretch.lowerBound, stretch.count,
          pass.scratch + stretch.lowerBound * sources, pictures)
      }
      pass.team.forEachStretch(of: targets / Self.panel, length: Self.panelsAtOnce) { panels, worker in
        var geometry = pass.geometry
        let channels = panels.count * Self.panel
        let u = pass.scratch + Self.planes * pictures.plane + worker * own
        let m = u + Self.planes * filterPlane
        let results = ck_planes(plane: kept * channels + Self.gap, tile: channels, panel: Self.panel)
        for (place, panel) in panels.enumerated() {
          filters(panel, u + place * sources * Self.panel, filterPlane)
        }
        for plane in 0..<Self.planes {
          ck_multiply_panels(
            count, sources, panels.count, pass.scratch + plane * pictures.plane, sources,
            u + plane * filterPlane, m + plane * results.plane, channels)
        }
        ck_winograd_results(
          &geometry, targets, m, results, first, count, panels.lowerBound * Self.panel, channels, pass.bias,
          pass.accumulates, pass.y)
      }
    }
  }
}
