import Foundation
import Reporting

/// A small seeded generator (SplitMix64), so that random figures are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// Figures to try things on.
enum FigureSamples {
  /// Rates from 1e-6 to 10 with equal ratios.
  static func rates(_ count: Int) -> [Double] {
    (0..<count).map { pow(10, -6 + 7 * Double($0) / Double(max(1, count - 1))) }
  }

  /// A curve of the given losses over ``rates(_:)``, unsmoothed.
  static func points(_ losses: [Double]) -> [CurveFigure.Point] {
    zip(rates(losses.count), losses).map { .init(learningRate: $0, loss: $1) }
  }

  /// A figure of the given losses only.
  static func figure(_ losses: [Double]) -> CurveFigure {
    CurveFigure(title: "sample", points: points(losses))
  }

  /// A curve that starts at 2.3, falls to 0.5 and blows up over its last tenth.
  static func descent(_ count: Int, blowUp: Double = 1e5) -> [Double] {
    (0..<count).map { index in
      let share = Double(index) / Double(count - 1)
      let fall = 2.3 - 1.8 / (1 + exp(-20 * (share - 0.5)))
      return share < 0.9 ? fall : fall + blowUp * pow((share - 0.9) * 10, 3)
    }
  }

  /// A figure with marks on its curve, drawn by chance: some share a dot, some have intervals and long names.
  static func random(marks count: Int, seed: UInt64) -> CurveFigure {
    var generator = SeededGenerator(state: seed)
    let losses = descent(100, blowUp: Double.random(in: 0...1e6, using: &generator))
      .map { $0 + Double.random(in: -0.2...0.2, using: &generator) }
    var figure = figure(losses)
    figure.smoothed = points(descent(100))
    figure.subtitle = "seed \(seed)"
    let isCrowded = Bool.random(using: &generator)
    for index in 0..<count {
      let at =
        isCrowded ? Int.random(in: 50..<58, using: &generator) : Int.random(in: 0..<100, using: &generator)
      let point = figure.smoothed[at]
      let factor = Double.random(in: 1...20, using: &generator)
      figure.marks.append(
        .init(
          name: "strategy-\(index)"
            + String(repeating: "w", count: Int.random(in: 0...30, using: &generator)),
          learningRate: Bool.random(using: &generator) ? point.learningRate : point.learningRate / 10,
          point: point,
          interval: Bool.random(using: &generator)
            ? (point.learningRate / factor)...(point.learningRate * factor) : nil))
    }
    for index in 0..<Int.random(in: 0...6, using: &generator) {
      let words = Array(repeating: "reason", count: Int.random(in: 1...40, using: &generator))
      figure.abstentions.append(.init(name: "abstainer-\(index)", reason: words.joined(separator: " ")))
    }
    return figure
  }

  /// Texts that try to break out of a script, a file format or a terminal.
  static let hostileTexts = [
    "it's", "'; system('touch pwned'); '", "''; system 'touch pwned'; ''", "'", "`touch pwned`",
    "\"`touch pwned`\"", "\\'; !touch pwned",
    "two\nlines\nsystem \"touch pwned\"", "\r\n!touch pwned\r\n", "$data @macro %s %n {/Bold x}_a^b",
    "END\nset output 'pwned'\n",
    "<script>alert(1)</script>", "\" onload=\"alert(1)", "'); alert(1); ('", "]]></svg>",
    "&amp; & &#x41; &#0;",
    "\u{1B}[31mred\u{7}\u{0}", "\u{202E}backwards\u{2066}", "名前 学習率 🚀 e\u{301}", "\\", "''", "", " ",
  ]

  /// A figure all of whose texts are hostile.
  static var hostile: CurveFigure {
    var figure = figure(descent(60))
    figure.smoothed = figure.points
    figure.title = hostileTexts.joined(separator: " ")
    figure.subtitle = hostileTexts.reversed().joined(separator: "\n")
    for (index, text) in hostileTexts.enumerated() {
      figure.marks.append(.init(name: text, learningRate: 1e-3, point: figure.points[index + 10]))
      figure.abstentions.append(.init(name: text, reason: text))
    }
    return figure
  }
}
