internal import CurveModel
internal import ExperimentStore

extension RunSpecification {
  /// The run as one line of a plan: everything a worker needs to know.
  public var planLine: String {
    let work: JSONValue.Member =
      switch work {
      case .rangeTest(let settings): .init("rangeTest", .object(settings.labels))
      case .training(let rate): .init("rate", .number(Double(rate.value)))
      }
    return JSONValue.object(
      [
        .init("id", .string(id.description)), .init("task", .object(task.labels)), work,
        .init("seed", .number(Double(seed))),
      ] + task.places
    ).text
  }

  /// Reads a line of a plan.
  ///
  /// - Throws: ``PlanError`` where the line is none, or was made by a program whose numbers differ from this one's.
  public init(planLine line: String) throws(PlanError) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: Array(line.utf8))
    } catch {
      throw .badLine("\(error)")
    }
    let task = try TaskSpecification(labels: value["task"], places: value)
    guard let seed = value["seed"]?.integer, seed >= 0 else { throw .badLine("a run has no seed") }
    let work: Work
    if let rate = value["rate"]?.integer {
      work = .training(RateKey(value: rate))
    } else {
      work = .rangeTest(try RangeTestSettings(labels: value["rangeTest"]))
    }
    self = RunFactory(task).run(work, seed: UInt64(seed))
    guard value["id"] == .string(id.description) else { throw .otherEngine(task: task.title) }
  }
}

/// Why a plan cannot be carried out.
public enum PlanError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A line is no run.
  case badLine(String)
  /// A run's identity is not the one that this program gives it.
  case otherEngine(task: String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .badLine(let reason): "a line of the plan is no run: \(reason)"
    case .otherEngine(let task):
      "the plan was made by another version of suggest, whose results for \(task) may differ: make it again"
    }
  }
}

extension RangeTestSettings {
  /// Reads ``labels`` back.
  init(labels: JSONValue?) throws(PlanError) {
    guard let iterations = labels?["iterations"]?.integer, iterations > 0,
      case .number(let start) = labels?["start"], case .number(let end) = labels?["end"], start > 0,
      end > start
    else { throw .badLine("it has neither a rate nor a range test") }
    self.init(iterations: iterations, start: start, end: end)
  }
}
