import CurveModel
import Scoring
import Testing
import TrainingEngine

struct SelfTuningFamilyTests {
  @Test func `Optimizers that find their rate are judged from 1, and the others by their bases`() {
    let finding = SelfTuning.Method.allCases.filter { !SelfTuning($0).needsRate }.map(\.rawValue)
    for name in OptimizerConfiguration.families {
      let family = OptimizerFamily(name)
      #expect((family == .selfTuning) == finding.contains(name), "\(name)")
      #expect((family == .sgd) == ["sgd", "schedule-free-sgd"].contains(name), "\(name)")
    }
    #expect(OptimizerFamily.selfTuning.fallback == RateKey(1))
    #expect(OptimizerFamily.selfTuning.ruleOfThumb(model: "cnn") == RateKey(1))
  }
}
