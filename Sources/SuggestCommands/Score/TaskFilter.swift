import ArgumentParser
import Glibc
import Scoring

/// Which tasks are wanted, as typed: patterns of the shell, where `*` stands for anything.
struct TaskFilter: ParsableArguments, Sendable, CustomStringConvertible {
  @Option(
    help: ArgumentHelp(
      "Only tasks whose title matches, as in 'letter *'; this and the next four may be repeated.",
      valueName: "pattern"))
  var task: [String] = []

  @Option(help: ArgumentHelp("Only tasks of matching data sets.", valueName: "pattern"))
  var dataset: [String] = []

  @Option(help: ArgumentHelp("Only tasks of matching models.", valueName: "pattern"))
  var model: [String] = []

  @Option(help: ArgumentHelp("Only tasks of matching optimizers.", valueName: "pattern"))
  var optimizer: [String] = []

  @Option(help: ArgumentHelp("Only tasks of matching schedules.", valueName: "pattern"))
  var schedule: [String] = []

  /// Whether every task is wanted.
  var isEmpty: Bool { conditions.allSatisfy(\.patterns.isEmpty) }

  /// Whether a task is wanted: each option that was given has a pattern that matches.
  func includes(_ description: TaskDescription) -> Bool {
    conditions.allSatisfy { condition in
      condition.patterns.isEmpty
        || condition.patterns.contains { fnmatch($0, description[keyPath: condition.label], 0) == 0 }
    }
  }

  /// The options as typed.
  var description: String { words.joined(separator: " ") }

  /// The options as words of a command.
  var words: [String] {
    conditions.flatMap { condition in condition.patterns.flatMap { ["--\(condition.name)", $0] } }
  }

  private struct Condition {
    var name: String
    var patterns: [String]
    var label: KeyPath<TaskDescription, String>
  }

  private var conditions: [Condition] {
    [
      Condition(name: "task", patterns: task, label: \.title),
      Condition(name: "dataset", patterns: dataset, label: \.dataset),
      Condition(name: "model", patterns: model, label: \.model),
      Condition(name: "optimizer", patterns: optimizer, label: \.optimizer),
      Condition(name: "schedule", patterns: schedule, label: \.schedule),
    ]
  }
}
