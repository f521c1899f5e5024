import Testing
import TrainingEngine

struct DescriptionTests {
  @Test(arguments: OptimizerConfiguration.families)
  func `The description of an optimizer reads back as itself`(family: String) throws {
    let standard = try OptimizerConfiguration(parsing: family)
    for optimizer in [standard, standard.replacing(momentum: 0.3, weightDecay: 1e-5)] {
      #expect(OptimizerConfiguration(describing: optimizer.description) == optimizer)
    }
  }

  @Test(arguments: [
    SchedulePlan(kind: .constant), SchedulePlan(kind: .oneCycle, finalRate: 1e-7),
    SchedulePlan(kind: .cosine, finalRate: 0.001, warmUp: 0.1),
    SchedulePlan(kind: .step, milestones: [0.25, 0.9]),
  ])
  func `The description of a schedule reads back as itself`(schedule: SchedulePlan) {
    #expect(SchedulePlan(describing: schedule.description) == schedule)
  }

  @Test(arguments: [
    "", "(", "sgd", "sgd()", "sgd(momentum: 0.9)", "sgd(momentum: x, weightDecay: 0.0, nesterov: false)",
    "adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-08, weightDecay: 0.0", "sgd(momentum)",
    "wrong(weightDecay: 0.0)",
  ])
  func `Other texts are no optimizer`(text: String) {
    #expect(OptimizerConfiguration(describing: text) == nil)
  }

  @Test(arguments: ["", "twice", "cosine(", "cosine(finalRate: x)", "step", "step(milestones: [0.5)"])
  func `Other texts are no schedule`(text: String) {
    #expect(SchedulePlan(describing: text) == nil)
  }
}
