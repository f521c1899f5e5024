import Foundation
import CurveModel
import Testing

@testable import Reporting

@Suite("The gnuplot script")
struct GnuplotScriptTests {
  /// The commands without what stands between single quotes, and the strings themselves; no string may hold a
  /// quote, since gnuplot does not read all doubled ones alike.
  static func parsed(_ commands: String) -> (outside: String, strings: [String]) {
    let parts = commands.split(separator: "'", omittingEmptySubsequences: false).enumerated()
    return (
      parts.filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined(),
      parts.filter { $0.offset % 2 == 1 }.map { String($0.element) }
    )
  }

  @Test("no text gets out of its quotes", arguments: FigureFormat.allCases)
  func quoting(_ format: FigureFormat) {
    let script = GnuplotScript(FigureSamples.hostile, format: format)
    let (outside, strings) = Self.parsed(script.commands)
    for forbidden in ["`", "@", "!", ";", "pwned", "system", "alert", "\""] {
      #expect(!outside.contains(forbidden), "\(forbidden) outside of quotes")
    }
    #expect(strings.allSatisfy { !$0.contains { $0.isNewline } })
    let commands = Set(outside.split(separator: "\n").compactMap { $0.split(separator: " ").first })
    #expect(
      commands.isSubset(of: ["set", "unset", "plot", "$smoothed", "$cut_above", "$hover"]), "\(commands)")
    #expect(!script.data.contains("pwned"))
  }

  @Test(
    "quoting keeps every text but its line breaks and straight apostrophes",
    arguments: FigureSamples.hostileTexts)
  func roundTrip(_ text: String) {
    let (outside, strings) = Self.parsed(GnuplotScript.quoted(text))
    #expect(outside == "" && strings == [FigureText.cleaned(text).replacing("'", with: "’")])
  }

  @Test("every text of the figure is drawn without gnuplot's markup")
  func noMarkup() {
    let figure = FigureSamples.hostile
    let lines = GnuplotScript(figure, format: .png).commands.split(separator: "\n")
    let labels = lines.filter { $0.hasPrefix("set label '") && !$0.hasPrefix("set label '' ") }
    #expect(labels.count > figure.marks.count && labels.allSatisfy { $0.contains(" noenhanced ") })
  }

  @Test("names, rates and abstentions are in it")
  func contents() {
    var figure = FigureSamples.random(marks: 4, seed: 5)
    figure.abstentions = [.init(name: "valley", reason: "flat"), .init(name: "slide", reason: "flat")]
    let strings = Self.parsed(GnuplotScript(figure, format: .pdf).commands).strings.joined(separator: "\n")
    for mark in figure.marks {
      #expect(strings.contains(mark.name.prefix(11)) && strings.contains(NumberText.rate(mark.learningRate)))
    }
    #expect(strings.contains("valley, slide: abstained — flat"))
    #expect(strings.contains("cut off: losses up to"))
  }

  @Test("the plot leaves room for the labels of the ticks that are drawn", arguments: [320.0, 560, 1500])
  func roomForTicks(_ height: Double) {
    // Losses in a narrow range far from zero: the more ticks, the longer their labels.
    let figure = FigureSamples.figure(FigureSamples.descent(80, blowUp: 0).map { 120 + $0 / 10 })
    let layout = FigureLayout.layout(of: figure, size: FigureSize(width: 900, height: height))
    let script = GnuplotScript(figure, size: FigureSize(width: 900, height: height), format: .png).commands
    let line = script.split(separator: "\n").first { $0.hasPrefix("set ytics") } ?? ""
    let labels = Self.parsed(String(line)).strings.filter { !$0.hasPrefix("#") && !$0.hasPrefix(",") }
    let widest = labels.map { FigureText.width(of: $0, fontSize: FigureLayout.tickFontSize) }.max() ?? 0
    #expect(labels.count > 1 && widest > 0)
    #expect(abs(layout.frame.plot.x - 44 - widest) < 1e-9, "\(labels)")
  }

  @Test("the legend says where the dots lie")
  func dotPlace() {
    var figure = FigureSamples.random(marks: 2, seed: 5)
    #expect(GnuplotScript(figure, format: .png).text.contains("'suggestion read here'"))
    figure.dotPlace = .suggestedRate
    let text = GnuplotScript(figure, format: .png).text
    #expect(!text.contains("read here'") && text.contains("'suggested rate'"))
  }

  @Test("the same figure gives the same script")
  func deterministic() {
    let figure = FigureSamples.random(marks: 12, seed: 9)
    #expect(GnuplotScript(figure, format: .svg) == GnuplotScript(figure, format: .svg))
  }

  @Test("a long curve makes a small script")
  func longCurve() {
    var figure = FigureSamples.figure(FigureSamples.descent(50_000))
    figure.smoothed = figure.points
    #expect(GnuplotScript(figure, format: .png).text.utf8.count < 300_000)
  }
}
