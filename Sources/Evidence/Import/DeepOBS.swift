internal import CurveModel
public import Scoring

/// The table of DeepOBS baselines: 24 tasks, each trained at 36 learning rates, as JSON lines.
///
/// ```json
/// {"problem":"fmnist_vae","optimizer":"MomentumOptimizer","lr":1e-05,"seed":42,"test_losses":[…],"test_accuracies":[…]}
/// ```
///
/// The outcomes are those of fsschneider/DeepOBS_Baselines, commit 3da285a. They hold test losses where validation losses
/// would be right, one seed at most rates, and no range tests: good for trying out a scorer, not for claims about learning
/// rate finders.
public enum DeepOBS {
  /// Reads the lines of the table.
  ///
  /// - Throws: ``EvidenceError/badLine(number:problem:)`` with the number of the first line that is no run.
  public static func tables(of text: [UInt8]) throws(EvidenceError) -> EvidenceTables {
    var tables = EvidenceTables()
    var indices: [String: Int] = [:]
    for (number, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
      let run = try Run(Array(line), number: number + 1)
      if indices[run.task.key] == nil {
        indices[run.task.key] = tables.tasks.count
        tables.tasks.append(run.task)
      }
      tables.outcomes.append(run.outcome(task: indices[run.task.key] ?? 0))
    }
    return tables
  }

  /// One line.
  private struct Run {
    let task: TaskDescription
    let rate: RateKey
    let seed: UInt64
    let losses: [Double]
    let accuracies: [Double]

    init(_ line: [UInt8], number: Int) throws(EvidenceError) {
      func wrong(_ problem: String) -> EvidenceError { .badLine(number: number, problem: problem) }
      let value: JSONValue
      do {
        value = try JSONValue(parsing: line)
      } catch {
        throw wrong("\(error)")
      }
      guard let problem = value["problem"]?.string, let optimizer = value["optimizer"]?.string else {
        throw wrong("problem or optimizer is missing")
      }
      guard let rate = value["lr"]?.double, rate > 0, rate.isFinite else { throw wrong("lr is no rate") }
      guard let seed = value["seed"]?.integer.flatMap({ UInt64(exactly: $0) }) else {
        throw wrong("seed is no whole number")
      }
      guard case .numbers(let losses)? = value["test_losses"], !losses.isEmpty else {
        throw wrong("test_losses is no list of numbers")
      }
      task = Self.task(problem: problem, optimizer: optimizer)
      self.rate = RateKey(rate)
      self.seed = seed
      self.losses = losses
      accuracies = if case .numbers(let values)? = value["test_accuracies"] { values } else { [] }
    }

    private static func task(problem: String, optimizer: String) -> TaskDescription {
      let name = optimizer.hasSuffix("Optimizer") ? String(optimizer.dropLast(9)) : optimizer
      let family =
        ["Adam": "adam", "Momentum": "momentum", "GradientDescent": "sgd"][name] ?? name.lowercased()
      let model = problem.split(separator: "_", maxSplits: 1).last.map(String.init) ?? problem
      let labels: [JSONValue.Member] = [
        .init("dataset", .string(problem)), .init("model", .string(model)),
        .init("optimizer", .string(family)), .init("schedule", .string("constant")),
      ]
      return TaskDescription(
        key: JSONValue.object(labels).text, labels: labels, title: "\(problem) \(family)", dataset: problem,
        family: problem, model: model, optimizer: family, schedule: "constant",
        role: .constant,
        batchSize: nil, steps: nil)
    }

    func outcome(task: Int) -> OutcomeRow {
      let last = losses[losses.count - 1]
      return OutcomeRow(
        task: task, rate: rate, seed: seed, status: last.isFinite ? .finished : .diverged, loss: last,
        bestLoss: losses.filter(\.isFinite).min() ?? .nan, error: accuracies.last.map { 1 - $0 } ?? .nan,
        untrainedLoss: losses[0], untrainedError: accuracies.first.map { 1 - $0 } ?? .nan)
    }
  }
}
