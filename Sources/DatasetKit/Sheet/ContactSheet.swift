public import ImageCodec

/// Labelled pictures side by side.
public struct ContactSheet: Sendable, Equatable {
  /// A picture and what is written under it.
  public struct Tile: Sendable, Equatable {
    /// The picture; all of a sheet have the same sides.
    public let picture: Picture
    /// The label, cut at the picture's width.
    public let label: String

    /// A picture with its label.
    public init(_ picture: Picture, label: String) {
      self.picture = picture
      self.label = label
    }
  }

  /// The tiles, row by row from the top left.
  public let tiles: [Tile]

  /// A sheet of at least one tile.
  public init(_ tiles: [Tile]) {
    precondition(!tiles.isEmpty, "a sheet needs a tile")
    precondition(
      tiles.allSatisfy {
        $0.picture.width == tiles[0].picture.width && $0.picture.height == tiles[0].picture.height
      }, "the tiles of a sheet have the same sides")
    self.tiles = tiles
  }

  /// White between and around the tiles, in pixels.
  private static let gap = 6

  /// How many tiles of so many are in a row: as many as there are rows, or one more.
  static func columns(of count: Int) -> Int { (1...count).first { $0 * $0 >= count } ?? 1 }

  /// The pixels of a sheet of so many tiles of this side; JPEG files and memory have their limits.
  public static func pixels(count: Int, side: Int) -> Int {
    let columns = columns(of: count)
    let rows = (count + columns - 1) / columns
    return columns * (side + gap) * rows * (side + gap + labelHeight(font(for: side)))
  }

  private static func font(for width: Int) -> BitmapFont { BitmapFont(scale: max(width / 112, 1)) }
  private static func labelHeight(_ font: BitmapFont) -> Int { font.height + gap }

  /// The sheet as one picture, black on white.
  public var picture: Picture {
    let (width, height) = (tiles[0].picture.width, tiles[0].picture.height)
    let columns = Self.columns(of: tiles.count)
    let rows = (tiles.count + columns - 1) / columns
    let font = Self.font(for: width)
    let step = (x: width + Self.gap, y: height + Self.gap + Self.labelHeight(font))
    var sheet = Picture(
      width: columns * step.x + Self.gap, height: rows * step.y + Self.gap, red: 255, green: 255, blue: 255)
    for (place, tile) in tiles.enumerated() {
      let (x, y) = (Self.gap + place % columns * step.x, Self.gap + place / columns * step.y)
      sheet.draw(tile.picture, x: x, y: y)
      sheet.write(tile.label, x: x, y: y + height + Self.gap, width: width, font: font)
    }
    return sheet
  }
}

extension ContactSheet {
  /// Which samples are shown.
  public enum Part: Sendable {
    /// The first batch of a training, with what is changed in it at random.
    case training
    /// Samples that are held out, drawn at random, as validation sees them.
    case validation
  }

  /// Photographs of a data set under the names of their classes.
  ///
  /// - Parameters:
  ///   - data: the data set.
  ///   - part: which of its samples.
  ///   - count: how many, at least one; fewer where there are not as many.
  ///   - seed: of the training whose batch it is, or of the draw.
  /// - Returns: nil where the data are no photographs.
  public init?(of data: Dataset, _ part: Part, count: Int, seed: UInt64 = 0) {
    let samples = part == .training ? data.train : data.validation
    guard let photographs = samples.photographs else { return nil }
    var batches = ShuffledBatches(samples, batchSize: count, seed: seed)
    let views = batches.nextViews(part == .training ? photographs.options.augmentation : .none)
    self.init(
      views.map { view in
        let label = Int(samples.labels[view.index])
        return Tile(
          photographs.picture(of: view),
          label: label < data.classNames.count ? data.classNames[label] : "class \(label)")
      })
  }
}
