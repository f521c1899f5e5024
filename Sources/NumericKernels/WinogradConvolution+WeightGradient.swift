internal import CKernels

/// The gradient with respect to the filters: the adjoint of the transforms and products of the forward pass.
extension WinogradConvolution {
  /// Tiles at a time for the weight gradient where its sums stay in the caches: the most whose planes stay there too, as
  /// measured.
  private func gradientTiles(_ tiles: Int) -> Int {
    min(tiles, inputs + outputs <= 64 ? 48 : inputs + outputs <= 128 ? 96 : 60)
  }

  func gradientScratch(tiles: Int, threads: Int) -> Int {
    if keepsFilters {
      let block = gradientTiles(tiles)
      return Self.planes
        * (Self.gradientParts * (inputs * outputs + Self.filterGap) + threads
          * (block * (inputs + outputs) + 2 * Self.gap))
    }
    let kept = mostKeptTiles(tiles, inputs + outputs)
    let width = Self.panelsAtOnce * Self.panel
    return Self.planes
      * (kept * (inputs + outputs) + 2 * Self.gap + threads * (width * outputs + Self.filterGap))
  }

  /// weightGradient = the sum over pictures and pixels of x's windows times dy.
  func weightGradient(
    _ x: FloatView, _ dy: FloatView, into weightGradient: FloatView, scratch: FloatView, team: WorkerTeam
  ) {
    let tiles = x.count / (height * width * inputs) * tilesPerPicture
    precondition(
      scratch.count >= gradientScratch(tiles: tiles, threads: team.threads),
      "Winograd: too little scratch memory")
    if keepsFilters {
      gradientKeepingSums(
        tiles, x.pointer, dy.pointer, weightGradient.pointer, scratch.pointer, team)
    } else {
      gradientKeepingTiles(tiles, x.pointer, dy.pointer, weightGradient.pointer, scratch.pointer, team)
    }
  }

  /// Every part adds up its blocks of tiles; the parts are added in order.
  private func gradientKeepingSums(
    _ tiles: Int, _ x: Pointer, _ dy: Pointer, _ weightGradient: Pointer, _ scratch: Pointer,
    _ team: WorkerTeam
  ) {
    let block = gradientTiles(tiles)
    let plane = inputs * outputs + Self.filterGap
    let (inputPlane, outputPlane) = (block * inputs + Self.gap, block * outputs + Self.gap)
    let parts = min(Self.gradientParts, (tiles + block - 1) / block)
    let blocks = (tiles + block - 1) / block
    team.forEach(parts) { part, worker in
      var geometry = self.geometry
      let sums = scratch + part * Self.planes * plane
      let v =
        scratch + Self.gradientParts * Self.planes * plane
        + worker * Self.planes * (inputPlane + outputPlane)
      let d = v + Self.planes * inputPlane
      let (begin, end) = (blocks * part / parts, blocks * (part + 1) / parts)
      for index in begin..<end {
        let first = index * block
        let count = min(block, tiles - first)
        // Panel by panel, as the product reads them.
        let pictures = ck_planes(plane: inputPlane, tile: Self.panel, panel: count * Self.panel)
        let results = ck_planes(plane: outputPlane, tile: Self.panel, panel: count * Self.panel)
        ck_winograd_pictures(&geometry, inputs, x, first, count, v, pictures)
        ck_winograd_result_gradients(&geometry, outputs, dy, first, count, d, results)
        for p in 0..<Self.planes {
          ck_multiply_transposed_panels(
            count, inputs / Self.panel, outputs / Self.panel, v + p * inputPlane, d + p * outputPlane,
            sums + p * plane, index > begin ? 1 : 0)
        }
      }
    }
    team.forEach(inputs / Self.panel) { panel, _ in
      for part in 0..<parts {
        ck_winograd_filter_gradients(
          inputs, outputs, scratch + part * Self.planes * plane + panel * Self.panel * outputs, plane, panel,
          part > 0 ? 1 : 0, weightGradient)
      }
    }
  }

  /// All tiles, or as many as stay in a cache, once; then panel after panel of the inputs.
  private func gradientKeepingTiles(
    _ tiles: Int, _ x: Pointer, _ dy: Pointer, _ weightGradient: Pointer, _ scratch: Pointer,
    _ team: WorkerTeam
  ) {
    let kept = keptTiles(tiles, inputs + outputs)
    let (inputPlane, outputPlane) = (kept * inputs + Self.gap, kept * outputs + Self.gap)
    let plane = Self.panelsAtOnce * Self.panel * outputs + Self.filterGap
    let d = scratch + Self.planes * inputPlane
    for first in stride(from: 0, to: tiles, by: kept) {
      let count = min(kept, tiles - first)
      let pictures = ck_planes(plane: inputPlane, tile: Self.panel, panel: count * Self.panel)
      let results = ck_planes(plane: outputPlane, tile: Self.panel, panel: count * Self.panel)
      team.forEachStretch(of: count, length: 16) { stretch, _ in
        var geometry = self.geometry
        let place = stretch.lowerBound * Self.panel
        ck_winograd_pictures(
          &geometry, inputs, x, first + stretch.lowerBound, stretch.count, scratch + place, pictures)
        ck_winograd_result_gradients(
          &geometry, outputs, dy, first + stretch.lowerBound, stretch.count, d + place, results)
      }
      team.forEachStretch(of: inputs / Self.panel, length: Self.panelsAtOnce) { panels, worker in
        let sums = d + Self.planes * outputPlane + worker * Self.planes * plane
        for p in 0..<Self.planes {
          ck_multiply_transposed_panels(
            count, panels.count, outputs / Self.panel,
            scratch + p * inputPlane + panels.lowerBound * count * Self.panel, d + p * outputPlane,
            sums + p * plane, 0)
        }
        for (place, panel) in panels.enumerated() {
          ck_winograd_filter_gradients(
            inputs, outputs, sums + place * Self.panel * outputs, plane, panel, first > 0 ? 1 : 0,
            weightGradient)
        }
      }
    }
  }
}
