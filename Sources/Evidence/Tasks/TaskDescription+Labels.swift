internal import Comparison
public import CurveModel
internal import DatasetKit
public import Scoring
public import StrategyKit

extension TaskDescription {
  /// Reads a task from its labels, as they stand in records and in files of outcomes.
  ///
  /// The order of the labels makes no difference. `dataset`, `model` and `optimizer` must be there. A missing `schedule`
  /// is `constant`. The family is the label `family`, else that of the registry of data sets, else the data set itself.
  ///
  /// - Throws: ``EvidenceError/badTask(_:)`` naming the label that is missing or of the wrong kind.
  public init(labels: [JSONValue.Member]) throws(EvidenceError) {
    for (index, label) in labels.enumerated() {
      guard Self.isLabel(label.value) else {
        throw .badTask(
          "the task label \"\(label.name)\" is \(label.value.kind), not a string or a finite number")
      }
      if labels[..<index].contains(where: { $0.name == label.name }) {
        throw .badTask("the task label \"\(label.name)\" stands there twice")
      }
    }
    let dataset = try Self.text("dataset", of: labels)
    let model = try Self.text("model", of: labels)
    let optimizer = try Self.text("optimizer", of: labels)
    let schedule = try Self.optionalText("schedule", of: labels) ?? "constant"
    let batchSize = try Self.count("batchSize", of: labels)
    let steps = try Self.count("steps", of: labels)
    let ownFamily = try Self.optionalText("family", of: labels)
    let registered = try? Dataset.entry(named: dataset).family
    let parts: [String?] = [
      dataset, model, optimizer, batchSize.map { "\($0)" }, schedule, steps.map { "\($0)" },
    ]
    self.init(
      key: Self.key(of: labels), labels: labels,
      title: (parts.compactMap(\.self) + TaskTitle.words(for: labels)).joined(separator: " "),
      dataset: dataset, family: ownFamily ?? registered ?? dataset, model: model, optimizer: optimizer,
      schedule: schedule, role: schedule == "constant" ? .constant : .peak, batchSize: batchSize, steps: steps
    )
  }

  /// What the rate is used for, in the words of strategies: of tasks that begin with weights, fine-tuning.
  public var use: IntendedUse {
    if labels.contains(where: { $0.name == "fromSHA256" }) { return .fineTuning }
    return role == .constant ? .constant : .peak
  }

  /// The labels sorted by name, as one line of JSON.
  static func key(of labels: [JSONValue.Member]) -> String {
    JSONValue.object(labels.sorted { $0.name < $1.name }).text
  }

  private static func isLabel(_ value: JSONValue) -> Bool {
    switch value {
    case .string: true
    case .number(let number): number.isFinite
    default: false
    }
  }

  private static func optionalText(_ name: String, of labels: [JSONValue.Member]) throws(EvidenceError)
    -> String?
  {
    guard let value = labels.first(where: { $0.name == name })?.value else { return nil }
    guard let text = value.string, !text.isEmpty else {
      throw .badTask("the task label \"\(name)\" is \(value.text), not a name")
    }
    return text
  }

  private static func text(_ name: String, of labels: [JSONValue.Member]) throws(EvidenceError) -> String {
    guard let text = try optionalText(name, of: labels) else {
      throw .badTask("the task has no label \"\(name)\"; it needs dataset, model and optimizer")
    }
    return text
  }

  private static func count(_ name: String, of labels: [JSONValue.Member]) throws(EvidenceError) -> Int? {
    guard let value = labels.first(where: { $0.name == name })?.value else { return nil }
    guard let count = value.integer, count > 0 else {
      throw .badTask("the task label \"\(name)\" is \(value.text), not a whole number above 0")
    }
    return count
  }
}
