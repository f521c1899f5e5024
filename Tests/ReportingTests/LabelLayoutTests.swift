import Foundation
import Testing

@testable import Reporting

@Suite("Labels never overlap and never leave the picture")
struct LabelLayoutTests {
  /// The pairs of texts that overlap and the texts that leave the picture.
  static func faults(of layout: FigureLayout) -> [String] {
    let texts = layout.texts
    let picture = Rectangle(x: 0, y: 0, width: layout.width, height: layout.height)
    var faults = texts.filter { !picture.contains($0.rectangle) }.map { "outside: \($0)" }
    for (index, text) in texts.enumerated() {
      // A hair less, since lines of a block touch.
      let own = text.rectangle.inset(by: 0.01)
      faults += texts[..<index].filter { own.intersects($0.rectangle) }.map { "overlap: \(text) \($0)" }
    }
    return faults
  }

  @Test("for figures drawn by chance", arguments: 0...25)
  func randomFigures(_ count: Int) {
    for seed in 0..<12 as Range<UInt64> {
      let figure = FigureSamples.random(marks: count, seed: seed * 100 + UInt64(count))
      let size = seed % 2 == 0 ? FigureSize() : FigureSize(width: 480, height: 320)
      let layout = FigureLayout.layout(of: figure, size: size)
      #expect(Self.faults(of: layout) == [])
      for (index, group) in layout.groups.enumerated() where layout.isNumbered {
        // In the list and at the dot.
        #expect(layout.labels.count { $0.role == .number && $0.text == "\(index + 1)" } >= 2, "\(group)")
      }
      if !layout.isNumbered { #expect(layout.labels.count { $0.role == .label } == count) }
    }
  }

  @Test("for hostile texts")
  func hostile() {
    #expect(Self.faults(of: FigureLayout.layout(of: FigureSamples.hostile, size: FigureSize())) == [])
  }

  @Test("marks at the same point share a dot that lists their names")
  func sharedDot() {
    var figure = FigureSamples.figure(FigureSamples.descent(50))
    let point = figure.points[25]
    figure.marks = ["valley", "slide", "steepest"].map { .init(name: $0, learningRate: 2e-3, point: point) }
    let layout = FigureLayout.layout(of: figure, size: FigureSize())
    #expect(layout.dots.count == 1)
    #expect(
      layout.labels.filter { $0.role == .label }.map(\.text) == [
        "valley 2e-3", "slide 2e-3", "steepest 2e-3",
      ])
  }

  @Test("no room is said, not hidden")
  func noRoom() {
    let item = LabelLayout.Item(anchor: Position(x: 5, y: 5), width: 30, height: 12)
    let area = Rectangle(x: 0, y: 0, width: 40, height: 20)
    #expect(LabelLayout.places(for: [item], in: area, avoiding: [])?.count == 1)
    #expect(LabelLayout.places(for: [item, item], in: area, avoiding: []) == nil)
  }

  @Test("a label keeps off the curve where there is space")
  func keepsOffInk() throws {
    let ink = stride(from: 0.0, through: 300, by: 3).map { (position: Position(x: $0, y: 100), weight: 1.0) }
    let item = LabelLayout.Item(anchor: Position(x: 150, y: 100), width: 80, height: 14)
    let area = Rectangle(x: 0, y: 0, width: 300, height: 200)
    let place = try #require(LabelLayout.places(for: [item], in: area, avoiding: ink)?.first)
    #expect(place.bottom <= 100 || place.y >= 100)
  }

  @Test("intervals in one row of the strip keep apart")
  func strip() {
    let figure = FigureSamples.random(marks: 25, seed: 7)
    let layout = FigureLayout.layout(of: figure, size: FigureSize())
    for row in 0..<layout.strip.rows {
      let bars = layout.strip.bars.filter { $0.row == row }.sorted { $0.from < $1.from }
      #expect(zip(bars, bars.dropFirst()).allSatisfy { $0.to < $1.from })
    }
    #expect(layout.strip.bars.count == figure.marks.count(where: SuggestionStrip.isShown))
  }
}
