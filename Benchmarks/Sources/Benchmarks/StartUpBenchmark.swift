import CurveModel
import Measuring

/// `suggest` as a whole process, against programs that do nothing but load the same libraries.
enum StartUpBenchmark: Benchmark {
  static let name = "start-up"
  static let summary = "one suggestion from a curve of 100 points as a whole process, against empty programs"

  static func rows(_ effort: Effort) throws -> [ResultRow] {
    let folder = try TemporaryFolder()
    let recording = try SyntheticCurve.noisyDescent(points: 100, diagnostics: true)
    let curve = try folder.write(Array(recording.curveLines.utf8), to: "curve.jsonl")
    let suggest = try MeasuredProgram.suggest("--strategy", "steepest", "--format", "json", curve)
    let version = try MeasuredProgram.suggest("--version")
    let ordinary = try MeasuredProgram.emptyWithFoundation()
    let alike = try MeasuredProgram.emptyWithEssentials()

    let measured = try interleaved(
      [
        Contender("`suggest --strategy steepest --format json CURVE`", run: suggest.run),
        Contender("`suggest --version`", run: version.run),
        Contender("empty program, dynamic Swift runtime and Foundation", run: ordinary.run),
        Contender("empty program, static Swift runtime and FoundationEssentials", run: alike.run),
      ], rounds: effort.rounds(200, quick: 20))
    let (whole, empty) = (measured[0], measured[2...])
    return [ResultRow(whole, goals: [.atMost(milliseconds: 25, whole.median)]), ResultRow(measured[1])]
      + empty.map { baseline in
        let ratio = whole.ratio(to: baseline)
        return ResultRow(
          baseline, comparison: "suggest takes \(decimal(ratio, places: 2)) × this",
          goals: [.atMost(times: 1.3, ratio)])
      }
  }
}
