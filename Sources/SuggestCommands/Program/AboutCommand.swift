import ArgumentParser
import CurveModel
import NumericKernels
import StrategyRegistry

/// `suggest about`: what the program is made of on this machine, for reports of bugs and of speed.
struct AboutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "about", abstract: "Print the versions and libraries in use, for a report of a bug.")

  func run() throws {
    BLAS.useSingleThread()
    let facts = [
      ("suggest", SuggestProgram.version),
      ("curve format", "\(CurveLines.version)"),
      ("strategies", "\(StrategyCatalog.builtIn.strategies.count)"),
      ("OpenBLAS", BLAS.configuration.description),
      ("OpenBLAS core", BLAS.configuration.coreName),
      ("cblas_sgemm from", BLAS.library(answering: "cblas_sgemm")),
    ]
    let width = (facts.map(\.0.count).max() ?? 0) + 2
    try Console.current.output(
      facts.map { name, value in name + String(repeating: " ", count: width - name.count) + value + "\n" }
        .joined())
  }
}
