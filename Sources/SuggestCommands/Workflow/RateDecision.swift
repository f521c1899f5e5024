import CurveModel
import StrategyKit
import Workflow

/// The rate of a training stage and who decided it.
struct RateDecision: Sendable {
  let value: Double
  /// What the strategy said; nil where the file says the number.
  let suggestion: LearningRate.Suggested?
  /// The stage whose range test the strategy read.
  let source: String?

  /// The rate, where it is not the file's own.
  var decided: Double? { suggestion == nil ? nil : value }

  /// What is recorded of it.
  var json: JSONValue {
    .object(
      [.init("value", .number(value))] + (source.map { [.init("stage", .string($0))] } ?? [])
        + (suggestion.map { [.init("suggestion", $0.json)] } ?? []))
  }

  /// The rate and where it comes from, in words.
  var text: String {
    let rate = value.text(digits: 3)
    guard let suggestion, let source else { return "rate \(rate)" }
    return "rate \(rate) (\(suggestion.strategy.name) on \(source))"
  }
}

/// Asks a strategy about the range test of a stage that is done.
struct RateQuestion {
  let strategy: ChosenStrategy
  let use: IntendedUse
  let source: String
  let optimizerFamily: String
  /// The length of the training, where the strategy wants to know.
  let trainingSteps: Int?

  /// An abstention with its reason.
  struct Abstained: Error {
    let reason: String
  }

  /// The strategy's answer.
  ///
  /// - Throws: ``Abstained``; what is wrong with the curve's file; `StrategyError`.
  func decision(in folder: WorkflowFolder) throws -> RateDecision {
    let path = folder.curve(of: source)
    let reading: CurveReading
    do {
      reading = try CurveReading.read(try InputFile.bytes(at: path))
    } catch let error as CurveError {
      throw CurveFileError(source: path, problem: error)
    }
    let curve = NamedCurve(source: "\(source).jsonl", curve: reading.curve, warnings: reading.warnings)
    let report = try SuggestionReport(
      asking: [strategy], about: curve, optimizerFamily: optimizerFamily, use: use,
      trainingSteps: trainingSteps)
    guard let answer = report.answers.first, let rate = answer.rate else {
      throw Abstained(reason: report.answers.first?.abstention?.reason ?? "")
    }
    return RateDecision(
      value: rate.learningRate,
      suggestion: .init(strategy: answer.descriptor, rate: rate, curve: curve.source, report: report),
      source: source)
  }
}
