/// A font of 5×7 dots, and two rows below the line, for labels in pictures: printable ASCII, and a box for all else.
public struct BitmapFont: Sendable, Equatable {
  /// The pixels of a dot's sides.
  public let scale: Int

  /// A font whose dots have sides of `scale` pixels, at least 1.
  public init(scale: Int) {
    precondition(scale > 0, "a dot has at least one pixel")
    self.scale = scale
  }

  /// The height of a line in pixels.
  public var height: Int { Self.rows * scale }

  static let (columns, rows) = (5, 9)
  /// The dots from one glyph to the next.
  static let advance = columns + 1

  /// The pixels that a text of so many characters takes.
  public func width(of count: Int) -> Int { max(count * Self.advance - 1, 0) * scale }

  /// The glyphs of a text that has `width` pixels: what does not fit is cut, and an ellipsis says so.
  func glyphs(of text: String, width: Int) -> [Glyph] {
    let room = (width / scale + 1) / Self.advance
    let characters = Array(text)
    guard room > 0 else { return [] }
    let whole = characters.count <= room
    let kept = characters.prefix(whole ? room : room - 1).map { Self.glyphsOfASCII[$0] ?? Self.unknownGlyph }
    return whole ? kept : kept + [Self.ellipsisGlyph]
  }

  private static let glyphsOfASCII: [Character: Glyph] = Dictionary(
    uniqueKeysWithValues: ascii.enumerated().map {
      (Character(UnicodeScalar(UInt8(0x20 + $0))), Glyph(drawing: $1))
    })
  private static let ellipsisGlyph = Glyph(drawing: ellipsis)
  private static let unknownGlyph = Glyph(drawing: unknown)

  /// The dots of a character.
  struct Glyph: Equatable {
    /// Row by row from the top left; `true` is ink.
    let dots: [Bool]

    init(drawing: String) {
      let drawn = drawing.filter { $0 != " " }.map { $0 == "#" }
      let missing = BitmapFont.columns * BitmapFont.rows - drawn.count
      precondition(missing >= 0 && missing % BitmapFont.columns == 0, "a glyph has rows of five dots")
      dots = drawn + [Bool](repeating: false, count: missing)
    }
  }
}

extension Picture {
  /// Writes a line of text whose top left corner is at `x`, `y`, cut at `width` pixels with an ellipsis.
  ///
  /// - Parameter colour: red, green and blue.
  public mutating func write(
    _ text: String, x: Int, y: Int, width: Int, font: BitmapFont, colour: (UInt8, UInt8, UInt8) = (0, 0, 0)
  ) {
    precondition(
      x >= 0 && y >= 0 && x + width <= self.width && y + font.height <= height,
      "a text of \(width)×\(font.height) does not fit at \(x), \(y) of \(self.width)×\(height)")
    for (place, glyph) in font.glyphs(of: text, width: width).enumerated() {
      let left = x + place * BitmapFont.advance * font.scale
      for (index, isInk) in glyph.dots.enumerated() where isInk {
        let column = left + index % BitmapFont.columns * font.scale
        let row = y + index / BitmapFont.columns * font.scale
        for pixelRow in row..<row + font.scale {
          for pixel in column..<column + font.scale {
            let start = 3 * (pixelRow * self.width + pixel)
            (rgb[start], rgb[start + 1], rgb[start + 2]) = colour
          }
        }
      }
    }
  }
}
