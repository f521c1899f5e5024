import Comparison
import ModelZoo
import StrategyKit
import TrainingEngine

/// How the rate moves over a training, and which weights it moves: by one schedule, or in the phases of fine-tuning.
enum TrainingCourse: Equatable, Sendable {
  case schedule(SchedulePlan)
  case fineTuning(FineTuning)

  /// The word for fine-tuning where schedules are named.
  static let fineTuningName = "fine-tune"

  /// The name, with settings that are not the standard.
  var description: String {
    switch self {
    case .schedule(let plan): plan.description
    case .fineTuning(let tuning): tuning.description
    }
  }

  /// How the network is fine-tuned, if it is.
  var fineTuning: FineTuning? {
    if case .fineTuning(let tuning) = self { tuning } else { nil }
  }

  /// What the rate is used for, in the words of strategies.
  func use(from checkpoint: String?) -> IntendedUse {
    switch self {
    case .schedule(let plan): checkpoint == nil ? plan.use : .fineTuning
    case .fineTuning: .fineTuning
    }
  }

  /// Whether it moves the momentum of an optimizer.
  func movesMomentum(of optimizer: OptimizerConfiguration) -> Bool {
    switch self {
    case .schedule(let plan): plan.momentum(of: optimizer) != nil
    case .fineTuning: FineTuning.momentum(.whole, of: optimizer) != nil
    }
  }

  /// The phases of a training of `steps` steps, to which the epochs of a frozen phase are added.
  func phases(
    of task: LoadedTask, rate: Double, steps: Int
  ) -> [TrainingPhase] {
    let batchesPerStep = task.plan.batchesPerStep
    func phase(
      _ name: FineTuning.Phase?, _ steps: Int, _ groups: [ResolvedGroup], _ learningRate: Schedule,
      _ momentum: Schedule?
    ) -> TrainingPhase {
      TrainingPhase(
        name: name.map { $0 == .frozen ? "frozen body" : "everything" }, groups: groups,
        loop: TrainingLoop(
          steps: steps, learningRate: learningRate, momentum: momentum,
          rateFactors: ResolvedGroup.rateFactors(of: groups), batchesPerStep: batchesPerStep))
    }
    let optimizer = task.plan.optimizer
    switch self {
    case .schedule(let plan):
      return [phase(nil, steps, task.groups, plan.learningRate(rate), plan.momentum(of: optimizer))]
    case .fineTuning(let tuning):
      let frozenSteps = max(tuning.frozenEpochs * task.batchesPerEpoch / batchesPerStep, 1)
      return tuning.phases.map { name in
        phase(
          name, name == .frozen ? frozenSteps : steps, FineTuning.groups(task.groups, in: name),
          FineTuning.learningRate(name, rate), FineTuning.momentum(name, of: optimizer))
      }
    }
  }
}

/// A part of a training in which the same weights train.
struct TrainingPhase: Sendable {
  /// What it is called where there are several.
  let name: String?
  let groups: [ResolvedGroup]
  let loop: TrainingLoop
}
