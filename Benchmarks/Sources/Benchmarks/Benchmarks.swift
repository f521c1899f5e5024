import FoundationEssentials
import Glibc
import Measuring

/// `benchmarks [--list | --quick] [NAME…]`: runs all benchmarks or the named ones and prints one table.
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
    let effort: Effort = arguments.contains("--quick") ? .quick : .full
    let names = arguments.filter { $0 != "--quick" }
    for name in names where !allBenchmarks.contains(where: { $0.name == name }) {
      throw UsageError.unknownBenchmark(name, known: allBenchmarks.map { $0.name })
    }
    let facts = Machine.facts
    var sections: [(benchmark: String, rows: [ResultRow])] = []
    for benchmark in allBenchmarks where names.isEmpty || names.contains(benchmark.name) {
      report("\(benchmark.name): \(benchmark.summary)")
      sections.append((benchmark.name, try benchmark.rows(effort)))
    }
    print(facts.map { "- \($0)" }.joined(separator: "\n"), markdownTable(sections), separator: "\n\n")
  }

  private static func end(_ message: String, status: Int32) -> Never {
    report("benchmarks: \(message)")
    exit(status)
  }
}

/// Says one line on standard error.
func report(_ line: String) {
  let text = line + "\n"
  _ = write(STDERR_FILENO, text, text.utf8.count)
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

/// The programs that are measured, in processes of their own; `scripts/bench.sh` builds them and names them in variables.
enum MeasuredProgram: String {
  case suggest = "SUGGEST_PROGRAM"
  case emptyWithFoundation = "EMPTY_WITH_FOUNDATION_PROGRAM"
  case emptyWithEssentials = "EMPTY_WITH_ESSENTIALS_PROGRAM"
  case trainingSteps = "TRAINING_STEPS_PROGRAM"
  /// Python with PyTorch; not on every machine.
  case pyTorch = "PYTORCH_PROGRAM"
  /// Python with Pillow and NumPy; not on every machine.
  case pillow = "PILLOW_PROGRAM"

  /// The program's file, if the variable names one.
  var path: String? {
    ProcessInfo.processInfo.environment[rawValue].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The program's file.
  ///
  /// - Throws: ``UsageError/noProgram(variable:)``.
  func requiredPath() throws(UsageError) -> String {
    guard let path else { throw .noProgram(variable: rawValue) }
    return path
  }

  /// The program with arguments.
  func callAsFunction(_ arguments: String...) throws(UsageError) -> Program {
    Program(try requiredPath(), arguments)
  }
}
