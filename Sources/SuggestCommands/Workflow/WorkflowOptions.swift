import ArgumentParser
import ExperimentStore
import Workflow

/// Which workflow, with which changes, in which folder, as typed.
struct WorkflowOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The workflow file.", valueName: "file.yaml"))
  var file: String

  @Option(
    help: ArgumentHelp(
      """
      A default in place of the file's, or with a stage's name before it an option of that stage, as in seed=3 or \
      fine-tune.epochs=2; may be repeated.
      """, valueName: "stage.key=value"))
  var set: [String] = []

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp(
      "The folder for what the stages write. (default: workflows/NAME in the store, which is ./runs)",
      valueName: "folder"))
  var output: String?

  /// The workflow, with every stage checked.
  ///
  /// - Throws: ``StageError``, `SettingError`, ``InputError``.
  func plan(_ console: Console) throws -> WorkflowPlan {
    let settings = try set.map { text throws(SettingError) in try WorkflowSetting(text) }
    let bytes = try InputFile.bytes(at: file)
    let workflow: Workflow
    do throws(StageProblem) {
      workflow = try Workflow(
        parsing: bytes, path: file, settings: settings, vocabularies: StageVocabulary.all)
    } catch {
      throw StageError(error, in: file)
    }
    if let output, output.isEmpty { throw UsageError("--output \"\": it is no folder's name") }
    let path = output.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
    return try WorkflowPlan(
      workflow,
      WorkflowFolder(path: path ?? "\(StoreOptions.standard(console).path)/workflows/\(workflow.name)"),
      console)
  }

  /// Makes sure that the folder above the default one is a store, where nobody named another.
  ///
  /// - Throws: `StoreError`.
  func prepareStore(_ console: Console) throws {
    if output == nil { try StoreOptions.standard(console).open() }
  }
}
