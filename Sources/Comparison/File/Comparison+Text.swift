internal import CurveModel
internal import DocumentFiles
internal import StrategyKit
internal import TrainingEngine

extension Comparison {
  /// A comparison file that says everything: every task by itself, and every value that a default gave.
  ///
  /// Reading it gives this comparison again.
  public var resolvedText: String {
    let tasks = tasks.map { "- \(Self.flow($0.resolvedMembers))\n" }.joined()
    let tests = rangeTests.map { "- \(Self.flow($0.resolvedMembers))\n" }.joined()
    let strategies = strategies.map { "- \(Self.flow($0.resolvedMembers))\n" }.joined()
    let evaluation = tasks.isEmpty ? EvaluationPlan() : self.tasks[0].evaluation
    return """
      suggest: \(ComparisonForm.version)
      name: \(JSONValue.quoted(name))
      matrix:
      \(tasks)range-tests:
      \(tests)grid: \(Self.flow(grid.resolvedMembers))
      seeds: \(Self.flow(seeds.resolvedMembers))
      evaluation: \(Self.flow(evaluation.resolvedMembers))
      strategies:
      \(strategies)
      """
  }

  private static func flow(_ members: [JSONValue.Member]) -> String { JSONValue.object(members).flowText }
}

extension JSONValue {
  /// YAML on one line: JSON with spaces, and keys without quotes.
  fileprivate var flowText: String {
    switch self {
    case .object(let members):
      "{" + members.map { "\($0.name): \($0.value.flowText)" }.joined(separator: ", ") + "}"
    case .array(let values): "[" + values.map(\.flowText).joined(separator: ", ") + "]"
    case .numbers(let values): "[" + values.map(Self.text(of:)).joined(separator: ", ") + "]"
    default: text
    }
  }
}

extension OptimizerConfiguration {
  var resolvedMembers: [JSONValue.Member] {
    [.init("name", .string(family))] + (momentum.map { [.init("momentum", .number($0))] } ?? [])
      + [.init("weight-decay", .number(weightDecay))]
  }
}

extension SchedulePlan {
  var resolvedMembers: [JSONValue.Member] {
    [.init("name", .string(kind.rawValue))] + (finalRate.map { [.init("final-rate", .number($0))] } ?? [])
      + (kind == .oneCycle ? [] : [.init("warm-up", .number(warmUp))])
      + (kind == .step ? [.init("milestones", .numbers(milestones))] : [])
  }
}

extension RangeTestSettings {
  fileprivate var resolvedMembers: [JSONValue.Member] {
    [
      .init("iterations", .number(Double(iterations))), .init("start", .number(start)),
      .init("end", .number(end)),
    ]
  }
}

extension GridSettings {
  fileprivate var resolvedMembers: [JSONValue.Member] {
    let ranges = optimizerRanges.map { JSONValue.Member($0.family, .object(Self.members($0.range))) }
    return [.init("per-decade", .number(Double(perDecade)))] + Self.members(range)
      + (ranges.isEmpty ? [] : [.init("ranges", .object(ranges))])
      + [
        .init("extend", extensionLimits.map { .object(Self.members($0)) } ?? .bool(false)),
        .init("refine", .bool(refines)),
      ]
  }

  private static func members(_ range: ClosedRange<Double>) -> [JSONValue.Member] {
    [.init("from", .number(range.lowerBound)), .init("to", .number(range.upperBound))]
  }
}

extension SeedSettings {
  fileprivate var resolvedMembers: [JSONValue.Member] {
    [
      .init("grid", .numbers(grid.map { Double($0) })),
      .init("suggestions", .numbers(suggestions.map { Double($0) })),
      .init("range-tests", .numbers(rangeTests.map { Double($0) })),
    ]
  }
}

extension EvaluationPlan {
  fileprivate var resolvedMembers: [JSONValue.Member] {
    [
      .init("count", .number(Double(count))), .init("samples", .number(Double(samples))),
      .init("averaged", .number(Double(averaged))),
    ]
  }
}

extension StrategyChoice {
  fileprivate var resolvedMembers: [JSONValue.Member] {
    let values = settings.map { setting in
      let parts = setting.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
        String.init)
      let text = parts.count > 1 ? parts[1] : ""
      return JSONValue.Member(
        parts[0], FileNumber.double(text).map(JSONValue.number) ?? .string(text))
    }
    return [.init("name", .string(type.descriptor.name))]
      + (values.isEmpty ? [] : [.init("set", .object(values))])
      + [.init("evaluation", .string(evaluation.rawValue))]
  }
}
