import Comparison
import CurveModel
import StrategyKit
import TrainingEngine
import Workflow

/// Which stages are done, and why others are not: found out one after the other.
struct StageStates {
  /// Where a stage stands.
  enum State {
    case done(StageRecord)
    /// It can begin.
    case ready(Preparation, why: String)
    /// Its strategy abstains.
    case stuck(why: String)
    /// An earlier stage has to be done first.
    case waiting(for: String)
  }

  /// Everything that decides a stage's results.
  struct Preparation {
    let identity: String
    /// Of a training: its rate, where the file does not leave it to the command.
    let rate: RateDecision?
  }

  let folder: WorkflowFolder
  private(set) var journal: StageJournal
  private var done: [String: StageRecord] = [:]

  init(_ folder: WorkflowFolder, _ journal: StageJournal) {
    self.folder = folder
    self.journal = journal
  }

  /// Where a stage stands, once those before it have been asked for.
  ///
  /// - Throws: `WorkflowFolderError` and what is wrong with a curve.
  mutating func state(of stage: PlannedStage) throws -> State {
    var weights: String?
    switch stage.start {
    case .random: break
    case .file(let path):
      guard let hash = try WorkflowFolder.hash(ofFileAt: path) else { throw InputError.missing(path: path) }
      weights = hash
    case .stage(let earlier):
      guard let hash = done[earlier]?.file(StageFile.weights.rawValue)?.hash else {
        return .waiting(for: earlier)
      }
      weights = hash
    }
    var rate: RateDecision?
    if case .asked(let strategy, let use, let source, _) = stage.rate {
      guard done[source] != nil else { return .waiting(for: source) }
      let question = RateQuestion(
        strategy: strategy, use: use, source: source, optimizerFamily: stage.training.optimizer.family,
        trainingSteps: try stage.stepsToTell(.current))
      do {
        rate = try question.decision(in: folder)
      } catch let abstained as RateQuestion.Abstained {
        return .stuck(
          why: "stage \(stage.name): \(strategy.descriptor.name) abstains on the range test of \(source): "
            + "\(abstained.reason); give lr another strategy or a number, or lr-from another range test")
      }
    } else if let text = stage.stage["lr"]?.values.first, let value = Double(text) {
      rate = RateDecision(value: value, suggestion: nil, source: nil)
    }
    let identity = stage.identity(
      engineVersion: RunSpecification.engineVersion, weights: weights,
      rate: rate?.decided)
    return try state(of: stage.name, Preparation(identity: identity, rate: rate))
  }

  private mutating func state(of name: String, _ preparation: Preparation) throws -> State {
    guard let record = journal.record(of: name, identity: preparation.identity) else {
      let why = journal.latest(of: name) == nil ? "new" : "what decides it has changed"
      return .ready(preparation, why: why)
    }
    for file in record.files {
      guard let hash = try folder.hash(of: file.name) else {
        return .ready(preparation, why: "\(folder.file(file.name)) is missing")
      }
      guard hash == file.hash else {
        return .ready(preparation, why: "\(folder.file(file.name)) is not what the stage wrote")
      }
    }
    done[name] = record
    return .done(record)
  }

  /// Takes note of the workflow's stages, where those of the last line are others: stages that were removed or moved do no
  /// work that could say so.
  ///
  /// The line is that of the last stage that is done, once more: none that is done begins with its weights, for which a
  /// later line would be a later training.
  mutating func note(stages: [String]) throws {
    guard journal.records.last?.stages != stages, let last = stages.last(where: { done[$0] != nil }),
      var record = done[last]
    else { return }
    record.stages = stages
    try note(record)
  }

  /// Takes note of a stage that has just been done.
  mutating func note(_ record: StageRecord) throws {
    try journal.append(record)
    done[record.stage] = record
  }
}

/// The files of a stage, by what they are.
enum StageFile: String, CaseIterable {
  case curve, suggestions, picture, weights, learning, report

  /// The ending of the name.
  var ending: String {
    switch self {
    case .curve: "jsonl"
    case .suggestions: "json"
    case .picture: "svg"
    case .weights: "safetensors"
    case .learning: "csv"
    case .report: "html"
    }
  }

  /// The names under which files of a stage are published.
  static func names(of stage: String) -> [(role: String, name: String)] {
    allCases.map { ($0.rawValue, "\(stage).\($0.ending)") }
  }
}
