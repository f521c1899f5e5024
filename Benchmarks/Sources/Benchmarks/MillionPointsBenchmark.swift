import CurveModel
import Measuring
import StrategyKit
import StrategyRegistry

/// Reading a curve of a million points, and asking every strategy about it.
enum MillionPointsBenchmark: Benchmark {
  static let name = "million-points"
  static let summary =
    "reading a curve of 1,000,000 points in every form, and all strategies together after that"

  private static let points = 1_000_000
  /// How many strategies have a line of their own.
  private static let shownStrategies = 5

  static func rows(_ effort: Effort) throws -> [ResultRow] {
    let rounds = effort.rounds(5, quick: 2)
    let folder = try TemporaryFolder()
    let recording = try SyntheticCurve.noisyDescent(points: points)
    let withSmoothing = try SyntheticCurve.withRecordedSmoothing(recording)
    let lines = try CurveFile(
      "JSON Lines", named: "curve.jsonl", text: recording.curveLines, in: folder)
    let others = [
      try CurveFile(
        "JSON Lines with diagnostics", named: "diagnostics.jsonl",
        text: try SyntheticCurve.noisyDescent(points: points, diagnostics: true).curveLines, in: folder),
      try CurveFile(
        "JSON with lrs, losses and raw_losses", named: "recorder.json", text: withSmoothing.recorderText,
        in: folder),
      try CurveFile("CSV", named: "history.csv", text: recording.tableText, in: folder),
    ]
    return try readingRows([lines] + others, rounds: rounds)
      + strategyRows("a raw recording", recording, rounds: rounds)
      + strategyRows("a recording with fastai's smoothed losses", withSmoothing, rounds: rounds)
      + strategyRows(
        "a descent without noise to the very end", try SyntheticCurve.steadyDescent(points: points),
        rounds: rounds)
      + wholeProcessRows(lines, rounds: rounds)
  }

  private static func readingRows(_ files: [CurveFile], rounds: Int) throws -> [ResultRow] {
    let contenders = files.map { file in
      Contender.timing("reading \(file.form), \(file.megabytes)", file.read)
    }
    return try interleaved(contenders, rounds: rounds).map {
      ResultRow($0, goals: [.atMost(milliseconds: 1000, $0.median)])
    }
  }

  /// All strategies together, and the slowest of them, about one curve.
  ///
  /// Says how many abstained, because an abstention can be quick for want of work.
  private static func strategyRows(_ name: String, _ curve: LossCurve, rounds: Int) throws -> [ResultRow] {
    let context = SuggestionContext(optimizerFamily: curve.header.taskLabel("optimizer"))
    var abstaining: Set<String> = []
    let measured = try interleaved(
      allStrategies.map { type in
        Contender(type.descriptor.name) {
          let start = ContinuousClock.now
          let answer = try type.init().suggestion(for: curve, in: context)
          let elapsed = start.duration(to: .now)
          if case .abstention = answer { abstaining.insert(type.descriptor.name) }
          return elapsed
        }
      }, rounds: rounds)
    let total = Measurement.total(
      of: measured, name: "all \(measured.count) strategies (\(abstaining.count) abstain), \(name)")
    let slowest = measured.sorted { $0.median > $1.median }.prefix(shownStrategies)
    return [ResultRow(total, goals: [.atMost(milliseconds: 2000, total.median)])]
      + slowest.map { strategy in
        let share = decimal(100 * strategy.ratio(to: total), places: 0)
        return ResultRow(strategy, work: "… of them \(strategy.name)", comparison: "\(share) % of all")
      }
  }

  /// What a user waits for: reading and every strategy in one process.
  private static func wholeProcessRows(_ file: CurveFile, rounds: Int) throws -> [ResultRow] {
    let suggest = try MeasuredProgram.suggest("--format", "json", file.path)
    let contender = Contender("`suggest --format json CURVE`, \(file.form)", run: suggest.run)
    return try interleaved([contender], rounds: rounds).map {
      ResultRow($0, goals: [.atMost(milliseconds: 3000, $0.median)])
    }
  }
}
