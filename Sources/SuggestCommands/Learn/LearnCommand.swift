import ArgumentParser
import Evidence
import ExperimentStore
import LearnedStrategy
import Learning
import Reporting
import Scoring

/// `suggest learn`: fits the model of the strategy `learned`.
struct LearnCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Learn from outcomes which rate a curve asks for.",
    discussion: """
        suggest learn datasets/outcomes/standard datasets/outcomes/range-test-lengths
        suggest learn datasets/outcomes/standard datasets/outcomes/range-test-lengths datasets/outcomes/transfer -o model.json
        suggest learn datasets/outcomes/standard --leave-out letter --leave-out vowel
        suggest learn datasets/outcomes/standard --halves --ablate

      It fits the model of the strategy learned on all families of data sets, and again with each left out, which is what \
      scoring asks: a model is never judged on a family it saw. It prints how each family fares under the fit without \
      it, and the two factors of the strategy balanced. It learns from networks that begin with random weights, and tries \
      the model on those that begin with trained ones. A model becomes the built-in one as \
      Plugins/LearnedStrategy/Sources/Model/model.json, when the program is built again.
      """)

  @Argument(help: ArgumentHelp("Stores of runs, read as one. (default: that of --store)", valueName: "store"))
  var stores: [String] = []

  @OptionGroup var store: StoreOptions

  @Option(
    name: .customLong("leave-out"),
    help: ArgumentHelp("A family of data sets that must not be seen; may be repeated.", valueName: "family"))
  var leaveOut: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only range tests of this setting, as in '100 steps'; all unless given.", valueName: "setting"))
  var rangeTest: String?

  @Flag(help: "Learn from half of the families and test on the other half too, both ways, ten times.")
  var halves = false

  @Flag(help: "Learn without each input too, and say what it is worth.")
  var ablate = false

  @Option(name: [.short, .long], help: ArgumentHelp("Where to write the model: .json.", valueName: "file"))
  var output: String?

  var isQuick: Bool { true }

  func validate() throws {
    if let output, !output.hasSuffix(".json") {
      throw ValidationError("--output \(output): a model is a .json file")
    }
  }

  func runQuickly() throws {
    let console = Console.current
    if let output { try Destination.check(output) }
    let table = try table(console)
    let model = try RateLearning.model(from: table)
    let ordinary = table.part(fineTuning: false)
    let text = LearnReport(
      model: model, table: table, calibration: BalancedCalibration.all(ordinary),
      halves: try halves ? HalvesRegret(ordinary) : nil, ablation: try ablate ? AblationStudy(ordinary) : nil)
    try console.output(text.text)
    if let output { try AtomicFile.write(Array(model.text.utf8), to: output) }
  }

  private func table(_ console: Console) throws -> ExampleTable {
    if !stores.isEmpty, store.store != nil {
      throw UsageError("--store and the stores \(stores.joined(separator: ", ")) say different things")
    }
    let paths = stores.isEmpty ? [store.resolved(console).path] : stores
    let opened = try paths.map { try RunStore.openExisting($0) }
    let evidence = try StoreEvidence(opened, StoreEvidence.Options(strategies: []))
    for notice in evidence.notices { console.report(notice) }
    let families = Set(evidence.tables.tasks.map(\.family))
    if let unknown = leaveOut.first(where: { !families.contains($0) }) {
      throw UsageError(
        "--leave-out \(unknown): there is no such family; there are \(families.sorted().joined(separator: ", "))"
      )
    }
    let chosen = try rangeTest.flatMap { try RangeTestChoice.setting($0, among: evidence.tables) }
    // The scores are asked for the grids alone, so that any setting will do.
    let any = chosen ?? evidence.tables.rangeTests.first?.setting
    let scorer = Scorer(ScorerSettings(rangeTestSetting: any, roles: .any, draws: 0))
    return ExampleTable(
      evidence, try scorer.score(evidence.tables), without: Set(leaveOut), setting: chosen)
  }
}
