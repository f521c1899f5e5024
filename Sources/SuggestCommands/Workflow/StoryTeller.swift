import CurveModel
import Reporting
import StrategyKit
import StrategyRegistry
import Workflow

/// Reads from a workflow's folder what its notebook tells.
struct StoryTeller {
  let folder: WorkflowFolder
  let console: Console

  /// The strategies whose rates are marked on the pictures of range tests, as in the lesson this follows: a tenth of the
  /// minimum and the steepest point; where our own abstain, fastai's.
  private static let landmarks = [["min10", "fastai-minimum"], ["steepest", "fastai-steep"]]

  /// - Throws: `WorkflowFolderError`, ``UsageError`` where stages are missing, and what is wrong with a curve.
  func story() throws -> WorkflowStory {
    let journal = try journal()
    guard let last = journal.records.last else { throw WorkflowFolderError.nothingThere(path: folder.path) }
    let records = last.stages.compactMap { journal.latest(of: $0) }
    if let missing = last.stages.first(where: { journal.latest(of: $0) == nil }) {
      throw UnfinishedWorkflow(folder: folder.path, stage: missing)
    }
    if let stale = records.first(where: { isStale($0, in: journal) }) {
      throw UnfinishedWorkflow(folder: folder.path, stage: stale.stage)
    }
    for record in records { try checkFiles(of: record) }
    let stages = try records.map(stage)
    return WorkflowStory(name: last.workflow, facts: facts(records, stages), stages: stages)
  }

  /// The stages of the folder, which nobody is about to write into, as the error for that case supposes.
  private func journal() throws(WorkflowFolderError) -> StageJournal {
    do {
      return try folder.journal(of: nil)
    } catch .notAWorkflow(let path) {
      throw .noWorkflow(path: path)
    }
  }

  /// Whether a stage began with weights that have been trained anew since.
  private func isStale(_ record: StageRecord, in journal: StageJournal) -> Bool {
    func place(_ stage: String) -> Int? { journal.records.lastIndex { $0.stage == stage } }
    guard let own = place(record.stage) else { return false }
    return asked("--from", record).contains { weights in
      weights.hasSuffix(".safetensors") && place(String(weights.dropLast(".safetensors".count))) ?? own > own
    }
  }

  /// Makes sure that what a stage wrote is as it wrote it, so that the notebook tells of one run.
  private func checkFiles(of record: StageRecord) throws {
    for file in record.files where try folder.hash(of: file.name) != file.hash {
      throw ChangedStageFile(path: folder.file(file.name), stage: record.stage)
    }
  }

  private func stage(_ record: StageRecord) throws -> WorkflowStory.Stage {
    WorkflowStory.Stage(
      name: record.stage,
      command: ShellWords.text(of: ["suggest", record.command.rawValue] + record.arguments),
      seconds: record.seconds,
      work: record.command == .record ? .recording(try recording(record)) : .training(training(record)))
  }

  // MARK: Range tests

  /// The range test with the answers of the strategies that its stage asked.
  private func recording(_ record: StageRecord) throws -> WorkflowStory.Recording {
    let path = folder.curve(of: record.stage)
    let curve: LossCurve
    do {
      curve = try CurveReading.read(try InputFile.bytes(at: path)).curve
    } catch let error as CurveError {
      throw CurveFileError(source: path, problem: error)
    }
    let report = try SuggestionReport(
      asking: try StrategyOptions.chosen(asked("--strategy", record), set: asked("--set", record)),
      about: NamedCurve(source: "\(record.stage).jsonl", curve: curve, warnings: []), optimizerFamily: nil)
    let figure = CurveFigure(of: report)
    let landmarks = Self.landmarks.compactMap { names in
      names.first { name in figure.marks.contains { $0.name == name } }
    }
    return WorkflowStory.Recording(
      curve: curve, answers: figure, landmarks: figure.marking(landmarks),
      isOfTrainedNetwork: !asked("--from", record).isEmpty && asked("--fresh", record).isEmpty)
  }

  /// The values of an option of a stage; of `--strategy` all there are where it names none.
  private func asked(_ option: String, _ record: StageRecord) -> [String] {
    let values = zip(record.arguments, record.arguments.dropFirst()).filter { $0.0 == option }.map(\.1)
    return values.isEmpty && option == "--strategy" ? StrategyCatalog.builtIn.names : values
  }

  // MARK: Trainings

  private func training(_ record: StageRecord) -> WorkflowStory.Training {
    let suggestion = record.rate?["suggestion"]
    let decision = suggestion.flatMap { suggestion -> WorkflowStory.Decision? in
      guard let strategy = suggestion["strategy"]?.string, let stage = record.rate?["stage"]?.string else {
        return nil
      }
      return WorkflowStory.Decision(
        strategy: strategy, stage: stage, reason: suggestion["reason"]?.string ?? "")
    }
    let evaluations = (record.result["evaluations"]?.values ?? []).map { row in
      WorkflowStory.Evaluation(
        step: row["step"]?.double ?? .nan, trainingLoss: row["trainingLoss"]?.double ?? .nan,
        loss: row["loss"]?.double ?? .nan, error: row["error"]?.double ?? .nan)
    }
    return WorkflowStory.Training(
      rate: record.result["learningRate"]?.double ?? .nan, decision: decision, evaluations: evaluations)
  }

  // MARK: The task

  /// What is known of the task of the first stage.
  private func facts(_ records: [StageRecord], _ stages: [WorkflowStory.Stage]) -> [(
    word: String, value: String
  )] {
    let labels: [JSONValue.Member] =
      switch (stages.first?.work, records.first?.result["task"]) {
      case (.recording(let recording), _): recording.curve.header.task
      case (_, .object(let members)): members
      default: []
      }
    let words = [
      "dataset": "data set", "model": "model", "parameters": "parameters", "optimizer": "optimizer",
      "batchSize": "samples of a batch", "loss": "loss",
    ]
    return labels.compactMap { label in
      guard let word = words[label.name] else { return nil }
      return (word, label.value.string ?? label.value.text)
    } + [("program", "suggest \(SuggestProgram.version)")]
  }
}
