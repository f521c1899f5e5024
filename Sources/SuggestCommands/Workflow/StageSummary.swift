import CurveModel
import Workflow

/// A stage that is done, in one line.
struct StageSummary {
  private let record: StageRecord
  private let rate: RateDecision?

  init(_ record: StageRecord, _ rate: RateDecision?) {
    self.record = record
    self.rate = rate
  }

  /// The line, with its end.
  var text: String {
    let facts = record.command == .record ? recording : training
    return "\(record.stage): \((facts + [Quantity.duration(record.seconds)]).joined(separator: ", "))\n"
  }

  private func number(_ name: String) -> Double? { record.result[name]?.double }

  private var recording: [String] {
    let count = { (name: String) in record.result[name]?.integer ?? 0 }
    return [
      Quantity.text(count("points"), "point"),
      "\(count("answered")) of \(count("strategies")) strategies answer",
    ]
  }

  private var training: [String] {
    let untrained = record.result["evaluations"]?.values?.first
    let errors = [untrained?["error"]?.double, number("error")].compactMap { $0 }.map(TrainTable.percent)
    let losses = [number("untrainedLoss"), number("loss")].compactMap { $0?.text(digits: 4) }
    return (rate.map { [$0.text] } ?? [])
      + (errors.count == 2 ? ["error \(errors[0]) → \(errors[1])"] : [])
      + (losses.count == 2 ? ["validation loss \(losses[0]) → \(losses[1])"] : [])
  }
}
