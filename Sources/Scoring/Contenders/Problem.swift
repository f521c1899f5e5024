internal import CurveModel

/// A task without its optimizer: data set × model × batch size × schedule × step budget, with all their settings.
public struct Problem: Sendable, Equatable {
  /// The labels of its tasks without those of the optimizer, as one line of JSON.
  public var key: String
  /// A short name for people.
  public var title: String
  /// The family of data sets.
  public var family: String
  /// What its rates mean.
  public var role: TaskDescription.Role
  /// Its tasks, one an optimizer, as indices into ``EvidenceTables/tasks``.
  public var tasks: [Int]

  /// Describes a problem.
  public init(key: String, title: String, family: String, role: TaskDescription.Role, tasks: [Int]) {
    self.key = key
    self.title = title
    self.family = family
    self.role = role
    self.tasks = tasks
  }
}

extension EvidenceTables {
  /// The problems that tasks are made of, in the order of their first tasks.
  ///
  /// Every label whose name begins with `optimizer` belongs to the optimizer, every other to the problem.
  var problems: [Problem] {
    var problems: [Problem] = []
    var places: [String: Int] = [:]
    for (index, task) in tasks.enumerated() {
      let key = task.problemKey
      if let place = places[key] {
        problems[place].tasks.append(index)
      } else {
        places[key] = problems.count
        problems.append(
          Problem(key: key, title: task.problemTitle, family: task.family, role: task.role, tasks: [index]))
      }
    }
    return problems
  }

  /// What each task's optimizer is called: by its name alone where all tasks have it with the same settings.
  var optimizerNames: [String] {
    var settings: [String: String] = [:]
    var ambiguous: Set<String> = []
    for task in tasks {
      let own = task.optimizerSettings
      if settings[task.optimizer, default: own] != own { ambiguous.insert(task.optimizer) }
      settings[task.optimizer] = own
    }
    return tasks.map {
      ambiguous.contains($0.optimizer) ? "\($0.optimizer) \($0.optimizerSettings)" : $0.optimizer
    }
  }
}

extension TaskDescription {
  private static let prefix = "optimizer"

  fileprivate var problemKey: String {
    let own = labels.filter { !$0.name.hasPrefix(Self.prefix) }.sorted { $0.name < $1.name }
    return JSONValue.object(own).text
  }

  fileprivate var problemTitle: String {
    let parts: [String?] = [
      dataset, model, batchSize.map { "\($0)" }, schedule, steps.map { "\($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }

  /// The settings of the optimizer in the order of the labels.
  fileprivate var optimizerSettings: String {
    labels.filter { $0.name.hasPrefix(Self.prefix) && $0.name != Self.prefix }
      .map { $0.value.string ?? $0.value.text }.joined(separator: " ")
  }
}
