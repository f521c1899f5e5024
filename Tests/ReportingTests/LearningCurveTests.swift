import Foundation
import Testing

@testable import Reporting

struct LearningCurveTests {
  static func curve(steps count: Int, classes: Bool = true, loss: (Int) -> Double = { 2 / Double($0) })
    -> LearningCurve
  {
    let evaluations = stride(from: 0, through: count, by: max(1, count / 4)).map { step in
      LearningCurve.Evaluation(
        step: step, epoch: Double(step) / 10, loss: 2.5 / Double(step + 1),
        errorRate: classes ? 1 / Double(step + 1) : nil)
    }
    return LearningCurve(
      title: "cnn on 'digits' `rm`", subtitle: "sgd",
      steps: (0..<count).map { index in
        LearningCurve.Step(
          number: index + 1, epoch: Double(index + 1) / 10, learningRate: 0.1 / Double(index + 1),
          loss: loss(index + 1))
      }, smoothed: (0..<count).map { 2 / Double($0 + 1) }, evaluations: evaluations)
  }

  @Test func `A table has a line a step, and empty cells where there is nothing`() {
    let curve = LearningCurve(
      title: "",
      steps: [
        .init(number: 1, epoch: 0.5, learningRate: 0.1, loss: 2.25),
        .init(number: 2, epoch: 1, learningRate: 1e-7, loss: .nan),
        .init(number: 3, epoch: 1.5, learningRate: 1.0 / 3, loss: .infinity),
      ],
      evaluations: [
        .init(step: 0, epoch: 0, loss: 3, errorRate: 0.5), .init(step: 2, epoch: 1, loss: .nan, errorRate: 1),
      ])
    #expect(
      LearningTable(curve).text == """
        step,epoch,learning_rate,training_loss,validation_loss,error
        0,0,,,3,0.5
        1,0.5,0.1,2.25,,
        2,1,1e-07,nan,nan,1
        3,1.5,0.3333333333333333,inf,,

        """)
    var phased = curve
    phased.phases = [.init(name: "frozen", firstStep: 1), .init(name: "all, \"open\"", firstStep: 3)]
    let cells = LearningTable(phased).text.split(separator: "\n").map {
      $0.split(separator: ",", maxSplits: 6, omittingEmptySubsequences: false)[6]
    }
    #expect(cells == ["phase", "frozen", "frozen", "frozen", "\"all, \"\"open\"\"\""])
  }

  @Test func `Every number of a table reads back as the same double`() throws {
    let curve = Self.curve(steps: 50, loss: { 1 / Double($0 * $0 + 1) * 1e-9 })
    let lines = LearningTable(curve).text.split(separator: "\n").dropFirst()
    #expect(lines.count == 51)
    for (line, step) in zip(lines.dropFirst(), curve.steps) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(Double(cells[1]) == step.epoch && Double(cells[2]) == step.learningRate)
      #expect(Double(cells[3]) == step.loss)
      let evaluation = curve.evaluations.first { $0.step == step.number }
      #expect(Double(cells[4]) == evaluation?.loss && Double(cells[5]) == evaluation?.errorRate)
    }
  }

  @Test func `An axis holds all losses of a training that learns, and not those that blow up`() {
    let calm = LearningLossAxis(Self.curve(steps: 100))
    #expect(calm.cut == 0 && calm.notFinite == 0)
    #expect(calm.range.contains(2.5) && calm.range.contains(0.02))
    var wild = Self.curve(steps: 100) { $0 < 50 ? 2 : $0 == 99 ? .nan : 1e30 }
    wild.smoothed = Array(repeating: 2, count: 49)
    let axis = LearningLossAxis(wild)
    #expect(axis.cut == 50 && axis.notFinite == 1 && axis.range.upperBound < 12)
    let empty = LearningLossAxis(LearningCurve(title: "", steps: [], evaluations: []))
    #expect(empty.range == 0...1 && empty.cut == 0)
    let flat = LearningLossAxis(Self.curve(steps: 1) { _ in 0 })
    #expect(flat.range.lowerBound < flat.range.upperBound)
  }

  @Test func `A training too short for a smoothed line shows the losses of its batches`() {
    var short = Self.curve(steps: 5) { [2.4, 0.9, 0.4, 0.2, 0.1][$0 - 1] }
    (short.smoothed, short.evaluations) = (
      [], [.init(step: 0, epoch: 0, loss: 0.72), .init(step: 5, epoch: 1, loss: 0.7)]
    )
    let axis = LearningLossAxis(short)
    #expect(axis.cut == 0 && axis.range.contains(2.4) && axis.range.contains(0.1))
  }

  @Test func `Names of phases lie above the losses, where no curve strikes them`() {
    var curve = Self.curve(steps: 20)
    let plain = LearningFigure(curve: curve, format: .png, isTitled: true)
    curve.phases = [.init(name: "frozen", firstStep: 1), .init(name: "everything", firstStep: 11)]
    let figure = LearningFigure(curve: curve, format: .png, isTitled: true)
    #expect(figure.height == plain.height + LearningFigure.phaseNames)
    let lines = figure.script.text(.png).split(separator: "\n").filter { $0.contains("'everything'") }
    let heights = lines.compactMap { $0.firstMatch(of: /graph ([0-9.]+)/).flatMap { Double($0.1) } }
    #expect(!heights.isEmpty && heights.allSatisfy { $0 > 1 }, "\(lines)")
  }

  @Test func `A long curve is drawn with few points that keep its extremes`() {
    let curve = Self.curve(steps: 100_000) { $0 == 51_234 ? 2.4 : 1 + Double($0 % 7) / 10 }
    let script = LearningFigure(curve: curve, format: .png, isTitled: true).script.text(.png)
    #expect(script.utf8.count < 200_000)
    #expect(script.contains("51234.0 2.4\n"))
  }
}

@Suite(.enabled(if: hasGnuplot, "needs gnuplot"))
struct LearningFigureTests {
  @Test(
    arguments: [
      (FigureFormat.svg, "<?xml"), (.png, "\u{89}PNG"), (.pdf, "%PDF"), (.gp, "# The learning curve"),
    ])
  func `Each format is drawn, the same twice, alone in its folder`(_ format: FigureFormat, _ opening: String)
    async throws
  {
    let folder = try TemporaryFolder()
    let path = folder.path("curve.\(format.rawValue)")
    let curve = LearningCurveTests.curve(steps: 60)
    try await FigureRenderer().write(curve, to: path)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.starts(with: opening.unicodeScalars.map { UInt8($0.value) }))
    #expect(bytes.count > 3000 && folder.contents == ["curve.\(format.rawValue)"])
    #expect(try await FigureRenderer().picture(of: curve, format: format) == Array(bytes))
  }

  @Test func `The SVG says its title and every evaluation, and runs nothing`() async throws {
    let curve = LearningCurveTests.curve(steps: 40)
    let svg = String(decoding: try await FigureRenderer().picture(of: curve, format: .svg), as: UTF8.self)
    #expect(svg.contains("<title>cnn on 'digits' `rm`</title>"))
    for text in ["after step 40: validation loss 6.098e-2, error 2.44 %", "step 1: loss 2, rate 0.1"] {
      #expect(svg.contains(text), "\(text)")
    }
    #expect(!svg.contains("gnuplot_svg") && !svg.contains("<script"))
  }

  @Test(arguments: [0, 1, 2, 5])
  func `Curves of few steps, without classes, and of nothing but bad numbers are drawn`(_ steps: Int)
    async throws
  {
    for curve in [
      LearningCurveTests.curve(steps: steps), LearningCurveTests.curve(steps: steps, classes: false),
      LearningCurveTests.curve(steps: steps) { _ in .nan },
      LearningCurveTests.curve(steps: steps) { _ in 1e305 },
    ] {
      #expect(try await FigureRenderer().picture(of: curve, format: .svg).count > 3000)
    }
  }

  @Test func `Phases are named and told apart`() async throws {
    var curve = LearningCurveTests.curve(steps: 20)
    curve.phases = [.init(name: "frozen", firstStep: 1), .init(name: "everything", firstStep: 11)]
    let svg = String(decoding: try await FigureRenderer().picture(of: curve, format: .svg), as: UTF8.self)
    #expect(svg.contains("frozen") && svg.contains("everything"))
  }

  @Test func `A program that is missing or broken is found before there is anything to draw`() async throws {
    try await FigureRenderer().check()
    await #expect(throws: ReportingError.programMissing(name: "no-such-gnuplot")) {
      try await FigureRenderer(program: "no-such-gnuplot").check()
    }
    let folder = try TemporaryFolder()
    let broken = try folder.program("broken", "echo no such option >&2; exit 1")
    await #expect(throws: ReportingError.programFailed(name: broken, message: "no such option")) {
      try await FigureRenderer(program: broken).check()
    }
  }
}
