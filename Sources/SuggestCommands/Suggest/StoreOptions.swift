import ArgumentParser
import ExperimentStore

/// Where recorded curves are kept, as typed.
struct StoreOptions: ParsableArguments {
  @Option(help: "The folder of recorded curves and runs. (default: the variable SUGGEST_STORE, else ./runs)")
  var store: String?

  func resolved(_ console: Console) -> CurveStore {
    store.map { CurveStore(path: $0) } ?? Self.standard(console)
  }

  /// The store where none was typed.
  static func standard(_ console: Console) -> CurveStore {
    CurveStore(path: console.variable("SUGGEST_STORE") ?? "runs")
  }
}
