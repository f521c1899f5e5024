import FoundationEssentials
import Glibc
import Measuring

/// `benchmarks [--list] [NAME…]`: runs all benchmarks or the named ones and prints one table.
@main enum Benchmarks {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch let error as UsageError {
      end(error.description, status: 64)
    } catch {
      end(String(describing: error), status: 1)
    }
  }

  private static func run(_ arguments: [String]) throws {
    if arguments == ["--list"] {
      for benchmark in allBenchmarks { print("\(benchmark.name): \(benchmark.summary)") }
      return
    }
    for name in arguments where !allBenchmarks.contains(where: { $0.name == name }) {
      throw UsageError.unknownBenchmark(name, known: allBenchmarks.map { $0.name })
    }
    let facts = Machine.facts
    var sections: [(benchmark: String, rows: [ResultRow])] = []
    for benchmark in allBenchmarks where arguments.isEmpty || arguments.contains(benchmark.name) {
      report("\(benchmark.name): \(benchmark.summary)")
      sections.append((benchmark.name, try benchmark.rows()))
    }
    print(facts.map { "- \($0)" }.joined(separator: "\n"), markdownTable(sections), separator: "\n\n")
  }

  private static func end(_ message: String, status: Int32) -> Never {
    report("benchmarks: \(message)")
    exit(status)
  }

  private static func report(_ line: String) {
    let text = line + "\n"
    _ = write(STDERR_FILENO, text, text.utf8.count)
  }
}

/// What a caller can get wrong.
enum UsageError: Error, Equatable, CustomStringConvertible {
  case unknownBenchmark(String, known: [String])
  case noProgram(variable: String)

  var description: String {
    switch self {
    case .unknownBenchmark(let name, let known):
      "no benchmark is called \(name); there are \(known.joined(separator: ", "))"
    case .noProgram(let variable):
      "\(variable) does not name a program to measure; scripts/bench.sh sets it"
    }
  }
}

/// The programs that are measured as whole processes; `scripts/bench.sh` builds them and names them in variables.
enum MeasuredProgram: String {
  case suggest = "SUGGEST_PROGRAM"
  case emptyWithFoundation = "EMPTY_WITH_FOUNDATION_PROGRAM"
  case emptyWithEssentials = "EMPTY_WITH_ESSENTIALS_PROGRAM"

  /// The program with arguments.
  func callAsFunction(_ arguments: String...) throws -> Program {
    guard let path = ProcessInfo.processInfo.environment[rawValue], !path.isEmpty else {
      throw UsageError.noProgram(variable: rawValue)
    }
    return Program(path, arguments)
  }
}
