import ArgumentParser
import CurveModel
import FoundationEssentials
import NumericKernels
import StrategyRegistry

/// `suggest about`: what the program is made of on this machine, for reports of bugs and of speed.
struct AboutCommand: QuickCommand {
  static let configuration = CommandConfiguration(
    commandName: "about", abstract: "Print the versions and libraries in use, for a report of a bug.")

  var isQuick: Bool { true }

  func runQuickly() throws {
    BLAS.useSingleThread()
    let facts = [
      ("suggest", SuggestProgram.version),
      ("curve format", "\(CurveLines.version)"),
      ("strategies", "\(StrategyCatalog.builtIn.strategies.count)"),
      ("processors", "\(ProcessInfo.processInfo.activeProcessorCount)"),
      ("instruction set", InstructionSet.inUse),
      ("OpenBLAS", BLAS.configuration.description),
      ("OpenBLAS core", BLAS.configuration.coreName),
      ("cblas_sgemm from", BLAS.library(answering: "cblas_sgemm")),
    ]
    try Console.current.output(Table.lines(facts.map { [$0.0, $0.1] }).joined(separator: "\n") + "\n")
  }
}
