import Testing

@testable import ImageCodec

@Suite("The font of labels")
struct BitmapFontTests {
  @Test func `Every printable character of ASCII has a glyph of its own`() {
    #expect(BitmapFont.ascii.count == 95 && Set(BitmapFont.ascii).count == 95)
    let glyphs = BitmapFont(scale: 1).glyphs(
      of: String((0x20..<0x7f).map { Character(UnicodeScalar($0)) }), width: 999)
    #expect(glyphs.count == 95 && glyphs.allSatisfy { $0.dots.count == 45 })
    let box = BitmapFont.Glyph(drawing: BitmapFont.unknown)
    #expect(BitmapFont(scale: 1).glyphs(of: "ä\n猫", width: 99) == [box, box, box] && !glyphs.contains(box))
  }

  @Test func `What does not fit is cut with an ellipsis`() {
    let ellipsis = BitmapFont.Glyph(drawing: BitmapFont.ellipsis)
    for scale in 1...3 {
      let font = BitmapFont(scale: scale)
      let exact = font.width(of: 4)
      #expect(exact == 23 * scale)
      #expect(font.glyphs(of: "abcd", width: exact).count == 4)
      #expect(!font.glyphs(of: "abcd", width: exact).contains(ellipsis))
      #expect(font.glyphs(of: "abcde", width: exact).count == 4)
      #expect(font.glyphs(of: "abcde", width: exact).last == ellipsis)
      #expect(font.glyphs(of: "abcd", width: exact - 1).count == 3)
      #expect(font.glyphs(of: "ab", width: 5 * scale) == [ellipsis])
      #expect(font.glyphs(of: "ab", width: 5 * scale - 1) == [])
    }
  }

  @Test func `Text stays in its place`() {
    var picture = Picture(width: 40, height: 20, red: 255, green: 255, blue: 255)
    picture.write("####", x: 3, y: 1, width: 34, font: BitmapFont(scale: 2), colour: (1, 2, 3))
    var inside = 0
    for y in 0..<20 {
      for x in 0..<40 {
        let pixel = Array(picture.rgb[3 * (y * 40 + x)..<3 * (y * 40 + x) + 3])
        if pixel == [1, 2, 3] {
          inside += 1
          #expect((3..<37).contains(x) && (1..<15).contains(y))
        } else {
          #expect(pixel == [255, 255, 255])
        }
      }
    }
    // Two times # and the ellipsis: 34 pixels hold three glyphs of 12.
    let dots = BitmapFont.ascii[3].count { $0 == "#" } * 2 + 3
    #expect(inside == dots * 4)
  }
}
