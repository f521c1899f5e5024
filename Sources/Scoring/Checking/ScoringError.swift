/// Why tables cannot be scored at all.
public enum ScoringError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no training among them.
  case noOutcomes
  /// A row names a task, strategy or range test that is not there.
  case danglingRow(String)
  /// Two tasks have the same canonical line.
  case duplicatedTask(String)
  /// Two rows describe the same thing and say different things.
  case contradiction(String)
  /// A training is marked as finished and has no finite loss.
  case finishedWithoutLoss(String)
  /// An error rate is not between 0 and 1.
  case errorOutOfRange(String)
  /// A training was evaluated after more steps than its task's budget has.
  case budgetExceeded(training: String, steps: Int, budget: Int)
  /// Trainings of one task were evaluated after different steps, so that their best losses cannot be compared.
  case unequalEvaluations(task: String)
  /// A range test has the seed of a training of its task.
  case sharedSeed(task: String, seed: UInt64)
  /// A range test made no steps.
  case emptyRangeTest(String)
  /// Range tests of several settings are mixed.
  case severalSettings([String])
  /// Tasks of several roles of the learning rate are mixed.
  case severalRoles([TaskDescription.Role])
  /// No task has a grid that tells anything.
  case noUsableTask
  /// No problem was trained with all optimizers that are compared.
  case noCommonProblem
  /// The contender whose time the others should get is not among those that are compared.
  case unknownReference(String, of: [String])

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .noOutcomes: "there is no training to score against: train a grid of rates, or import outcomes"
    case .danglingRow(let row): "\(row) names something that the tables do not have: mend the tables"
    case .duplicatedTask(let title): "the task \(title) is there twice: keep one of them"
    case .contradiction(let row): "\(row) is there twice with different contents: remove the wrong one"
    case .finishedWithoutLoss(let training):
      "\(training) is finished but its loss is not a finite number: call it diverged, or mend the loss"
    case .errorOutOfRange(let training): "the error of \(training) is not between 0 and 1: mend it"
    case .budgetExceeded(let training, let steps, let budget):
      "\(training) was evaluated after \(steps) steps, its task has \(budget): make two tasks of two budgets"
    case .unequalEvaluations(let task):
      "trainings of \(task) were evaluated after different steps: their best losses cannot be compared"
    case .sharedSeed(let task, let seed):
      "seed \(seed) of \(task) is that of a training and of a range test: record with another seed"
    case .emptyRangeTest(let test): "\(test) made no steps: remove it"
    case .severalSettings(let settings):
      "range tests of several settings are mixed (\(settings.joined(separator: "; "))): choose one"
    case .severalRoles(let roles):
      "tasks of \(roles.map(\.rawValue).joined(separator: " and ")) rates are mixed: choose one kind"
    case .noUsableTask:
      "no task has a grid of outcomes that can be studied: name the store that has the trainings too"
    case .noCommonProblem:
      "no informative problem has scores of two optimizers or more, and of all contenders: name fewer of them"
    case .unknownReference(let name, let all):
      "there is no contender \"\(name)\" to take the time of: name one of \(all.joined(separator: "; "))"
    }
  }
}
