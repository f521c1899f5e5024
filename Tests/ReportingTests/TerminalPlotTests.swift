import Foundation
import Testing

@testable import Reporting

@Suite("The terminal plot")
struct TerminalPlotTests {
  static func lines(_ plot: TerminalPlot, _ figure: CurveFigure) -> [String] {
    plot.text(of: figure).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test("no line is wider than the terminal", arguments: [40, 60, 72, 200], [true, false])
  func widths(_ width: Int, _ ascii: Bool) {
    let plot = TerminalPlot(width: width, height: 14, ascii: ascii)
    for count in [0, 1, 4, 25, 60] {
      let figure = FigureSamples.random(marks: count, seed: UInt64(count))
      #expect(Self.lines(plot, figure).allSatisfy { TerminalText.columns(of: $0) <= width })
    }
    #expect(Self.lines(plot, FigureSamples.hostile).allSatisfy { TerminalText.columns(of: $0) <= width })
  }

  @Test("title, plot and axis take the height that was asked for", arguments: [8, 18, 40])
  func height(_ height: Int) {
    let figure = FigureSamples.figure((0..<50).map { 2 - 0.02 * Double($0) })
    #expect(Self.lines(TerminalPlot(height: height), figure).count == height)
  }

  @Test("every mark is on the plot and in the key; marks of one cell share a letter")
  func key() {
    var figure = FigureSamples.figure(FigureSamples.descent(100))
    figure.marks = [("low", 20), ("shared", 60), ("also", 60), ("high", 85)].map {
      .init(name: $0.0, learningRate: 1.2e-3, point: figure.points[$0.1])
    }
    let lines = Self.lines(TerminalPlot(), figure)
    let text = lines.joined(separator: "\n")
    for entry in ["a low 1.2e-3", "b shared 1.2e-3", "b also 1.2e-3", "c high 1.2e-3"] {
      #expect(text.contains(entry))
    }
    let drawn = lines[1...15].joined().filter { "abcd".contains($0) }
    #expect(drawn.sorted() == ["a", "b", "c"])
  }

  @Test("what is cut off, not finite or abstained is said")
  func notes() {
    var figure = FigureSamples.figure(FigureSamples.descent(100) + [.nan, .nan])
    figure.abstentions = [.init(name: "valley", reason: "the curve is flat")]
    let text = TerminalPlot().text(of: figure)
    #expect(text.contains("▲ cut off: losses up to") && text.contains("× not finite: 2 of 102"))
    #expect(text.contains("– valley: abstained — the curve is flat"))
    #expect(text.contains("1e-4") && text.contains("┤"))
  }

  @Test("ASCII is ASCII, and colour is only there when asked for")
  func characters() {
    for figure in [FigureSamples.random(marks: 6, seed: 1), FigureSamples.hostile] {
      #expect(TerminalPlot(ascii: true).text(of: figure).allSatisfy { $0.isASCII })
      #expect(!TerminalPlot().text(of: figure).contains("\u{1B}"))
      let plain = TerminalPlot(color: true).text(of: figure).replacing(#/\x1B\[[0-9;]*m/#, with: "")
      #expect(plain == TerminalPlot().text(of: figure))
    }
  }

  @Test("the curve runs from upper left to lower right")
  func shape() throws {
    let lines = Self.lines(
      TerminalPlot(height: 18), FigureSamples.figure((0..<100).map { 3 - 0.03 * Double($0) }))
    let dots = lines[1...15].map { line in
      line.enumerated().filter { (0x2801...0x28FF).contains($0.element.unicodeScalars.first?.value ?? 0) }
        .map(\.offset)
    }.filter { !$0.isEmpty }
    #expect(dots.count >= 13)
    let middles = dots.map { $0.reduce(0, +) / $0.count }
    #expect(middles == middles.sorted() && middles.first != middles.last)
  }

  @Test(
    "strange curves are drawn too",
    arguments: [[], [1], [.nan, .infinity], [2, 2, 2], [1e300, -1e300], [1e-12, 3e-13, 1e-5]] as [[Double]])
  func strange(_ losses: [Double]) {
    var figure = FigureSamples.figure(losses)
    figure.marks = [.init(name: "m", learningRate: .nan, point: .init(learningRate: 1e30, loss: .nan))]
    figure.points.append(.init(learningRate: .nan, loss: 1))
    let lines = Self.lines(TerminalPlot(width: 50, height: 10), figure)
    #expect(lines.count >= 10 && lines.allSatisfy { TerminalText.columns(of: $0) <= 50 })
  }
}
