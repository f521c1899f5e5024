import Foundation
import CurveModel
import Testing

@testable import Reporting

@Suite("Numbers, texts and ticks")
struct TextTests {
  @Test("rates have at most three significant digits, losses four")
  func quantities() {
    #expect(NumberText.rate(0.00123456) == "1.23e-3" && NumberText.loss(0.00123456) == "1.235e-3")
    #expect(NumberText.rate(0.25) == "0.25" && NumberText.loss(2.302585) == "2.303")
  }

  @Test("control characters, line breaks and direction marks are cleaned away")
  func cleaned() {
    #expect(FigureText.cleaned("a\nb\t c\u{0}\u{202E}d\r\n") == "a b c d")
    for text in FigureSamples.hostileTexts {
      let scalars = FigureText.cleaned(text).unicodeScalars
      #expect(!scalars.contains { $0.value < 32 || $0.value == 0x7F || $0.value == 0x202E })
    }
  }

  @Test("shortened and wrapped texts keep their width")
  func widths() {
    let text = "the curve never falls by more than its own noise, said at length"
    #expect(FigureText.shortened("short", toWidth: 100, fontSize: 11) == "short")
    for width in [20.0, 60, 200] {
      let short = FigureText.shortened(text, toWidth: width, fontSize: 11)
      #expect(FigureText.width(of: short, fontSize: 11) <= width && short.hasSuffix("…"))
      let lines = FigureText.wrapped(text, toWidth: width, fontSize: 11, most: 3)
      #expect(lines.count <= 3 && lines.allSatisfy { FigureText.width(of: $0, fontSize: 11) <= width })
    }
    let whole = FigureText.wrapped(text, toWidth: 200, fontSize: 11, most: 9).joined(separator: " ")
    #expect(whole == text)
  }

  @Test(
    "loss ticks lie in the range, differ, and say their value",
    arguments: [
      0.4...2.5, -3...7, 1000...1000.001, 1e-12...3e-12, 1e12...4e12, -0.01...0.01, 0...1e200, 5...5.0001,
    ])
  func lossTicks(_ range: ClosedRange<Double>) {
    let ticks = AxisTicks.losses(in: range, about: 6)
    #expect((3...13).contains(ticks.count))
    #expect(Set(ticks.map(\.label)).count == ticks.count)
    let span = range.upperBound - range.lowerBound
    for tick in ticks {
      #expect(range.contains(tick.value))
      #expect(abs((Double(tick.label) ?? .nan) - tick.value) < 1e-3 * span)
    }
  }

  @Test("rate ticks are powers of ten, thinned where they are many, finer where they are few")
  func rateTicks() {
    func labels(_ range: ClosedRange<Double>, most: Int = 12) -> [String] {
      AxisTicks.rates(in: range, most: most).map(\.label).filter { !$0.isEmpty }
    }
    #expect(labels(1e-5...10) == ["1e-5", "1e-4", "1e-3", "1e-2", "0.1", "1", "10"])
    #expect(labels(1e-8...1e4, most: 7) == ["1e-8", "1e-6", "1e-4", "1e-2", "1", "100", "1e4"])
    #expect(labels(1.5e-3...8e-3) == ["2e-3", "5e-3"])
    #expect(AxisTicks.rates(in: 1e-3...1e-1, most: 12).count == 19)
  }

  @Test("a long curve keeps its extremes and its gaps when it is thinned")
  func thinning() {
    var generator = SeededGenerator(state: 3)
    var points = FigureSamples.points((0..<20_000).map { _ in Double.random(in: 0...1, using: &generator) })
    points[777].loss = 50
    points[5000].loss = .nan
    points[9000].loss = -50
    let thin = CurveThinning.thinned(points) { Int(100 * (log10($0.learningRate) + 6)) }
    #expect(thin.count < 1500)
    #expect(thin.contains(points[777]) && thin.contains(points[9000]) && thin.contains { $0.loss.isNaN })
    #expect(thin.map(\.learningRate) == thin.map(\.learningRate).sorted())
    let short = Array(points.prefix(CurveThinning.wholeCurve).dropFirst(1000).dropLast(1000))
    #expect(CurveThinning.thinned(short) { _ in 0 } == short)
  }

  @Test("a file's ending names its format")
  func formats() throws {
    for (path, format) in [
      ("a/b.svg", FigureFormat.svg), ("b.PNG", .png), ("x.y.pdf", .pdf), ("./f.gp", .gp),
    ] {
      #expect(try FigureFormat(path: path) == format)
    }
    for path in ["a", "a.jpg", "svg", "dir.svg/a", "", "a.svg/"] {
      #expect(throws: ReportingError.unsupportedFormat(path: path)) { try FigureFormat(path: path) }
    }
    #expect("\(ReportingError.unsupportedFormat(path: "x"))".contains(".svg, .png, .pdf"))
    #expect("\(ReportingError.programMissing(name: "gnuplot"))".contains("apt-get install gnuplot-nox"))
  }
}
