internal import DocumentFiles
internal import ModelZoo
internal import TrainingEngine

/// Reads what a mapping of a matrix says of tasks; its form has been checked.
struct AxisReader {
  /// What `node` says.
  ///
  /// - Throws: ``FileProblem`` for a value that means nothing, or stands twice.
  func partialTask(_ node: FileNode) throws(FileProblem) -> PartialTask {
    PartialTask(
      datasets: try axis(node, "dataset") { value throws(FileProblem) in try dataset(value) },
      models: try axis(node, "model") { value throws(FileProblem) in try model(value) },
      optimizers: try axis(node, "optimizer") { value throws(FileProblem) in try optimizer(value) },
      batchSizes: try axis(node, "batch-size") { value in value.whole ?? 0 },
      schedules: try axis(node, "schedule") { value throws(FileProblem) in try schedule(value) },
      steps: try axis(node, "steps") { value in value.whole ?? 0 },
      weightDecays: try axis(node, "weight-decay") { value in value.number ?? 0 },
      froms: try axis(node, "from") { value throws(FileProblem) in try from(value) },
      fresh: try axis(node, "fresh") { value throws(FileProblem) in try groups(value) },
      frozen: try axis(node, "freeze") { value throws(FileProblem) in try groups(value) },
      photographs: try axis(node, "photographs") { value throws(FileProblem) in try photographs(value) })
  }

  private func axis<Value: Equatable & Sendable>(
    _ node: FileNode, _ key: String, _ read: (FileNode) throws(FileProblem) -> Value
  ) throws(FileProblem) -> [Placed<Value>]? {
    guard let values = node[key] else { return nil }
    var placed: [Placed<Value>] = []
    for element in values.elements {
      let value = try read(element)
      guard !placed.contains(where: { $0.value == value }) else {
        throw FileProblem(element.position, "`\(key)` names the same twice; remove this one")
      }
      placed.append(Placed(value: value, position: element.position))
    }
    return placed
  }

  private func model(_ node: FileNode) throws(FileProblem) -> ModelSpecification {
    do {
      return try ModelSpecification(parsing: node.text)
    } catch {
      throw FileProblem(node.position, error.description)
    }
  }

  private func optimizer(_ node: FileNode) throws(FileProblem) -> OptimizerChoice {
    let name = node["name"] ?? node
    let standard: OptimizerConfiguration
    do {
      standard = try OptimizerConfiguration(parsing: name.text)
    } catch {
      throw .unknown("optimizer", name.text, among: OptimizerConfiguration.families, at: name.position)
    }
    if let momentum = node["momentum"], standard.momentum == nil {
      throw FileProblem(momentum.position, "\(name.text) has no momentum; remove this key")
    }
    return OptimizerChoice(
      standard: standard, momentum: node["momentum"]?.number, weightDecay: node["weight-decay"]?.number)
  }

  private func schedule(_ node: FileNode) throws(FileProblem) -> ScheduleChoice {
    let name = node["name"] ?? node
    guard let kind = ScheduleKind(rawValue: name.text) else {
      throw .unknown(
        "schedule", name.text, among: ScheduleKind.allCases.map(\.rawValue), at: name.position)
    }
    if let final = node["final-rate"] {
      guard kind.hasFinalRate else { throw useless("final-rate", final, of: kind) }
      guard kind != .exponential || final.number != 0 else {
        throw FileProblem(final.position, "an exponential schedule never reaches 0; name a rate above 0")
      }
    }
    if let warmUp = node["warm-up"], kind == .oneCycle { throw useless("warm-up", warmUp, of: kind) }
    if let milestones = node["milestones"] {
      guard kind == .step else { throw useless("milestones", milestones, of: kind) }
      for (before, after) in zip(milestones.elements, milestones.elements.dropFirst())
      where (before.number ?? 0) >= (after.number ?? 0) {
        throw FileProblem(after.position, "milestones rise; \(after.text) does not follow \(before.text)")
      }
    }
    return ScheduleChoice(
      plan: SchedulePlan(
        kind: kind, finalRate: node["final-rate"]?.number, warmUp: node["warm-up"]?.number ?? 0,
        milestones: node["milestones"]?.elements.compactMap(\.number) ?? SchedulePlan.standardMilestones),
      settings: node.entries.map(\.key).filter { $0 != "name" })
  }

  private func useless(_ key: String, _ node: FileNode, of kind: ScheduleKind) -> FileProblem {
    FileProblem(node.position, "the schedule \(kind.rawValue) has no use for \(key); remove this key")
  }
}
