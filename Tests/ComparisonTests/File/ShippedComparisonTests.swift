import Comparison
import DatasetKit
import ModelZoo
import StrategyRegistry
import Testing
import TrainingEngine

struct ShippedComparisonTests {
  @Test func `The quick comparison has eight tasks or fewer and reads with the data sets there are`() throws {
    let comparison = try Comparison(parsing: SampleFile.package("comparisons/quick.yaml"), path: "quick.yaml")
    #expect(comparison.name == "quick")
    #expect((6...8).contains(comparison.tasks.count))
    #expect(Set(comparison.tasks.map(\.dataset)) == ["digits", "fashion-mnist"])
  }

  @Test func `The standard comparison is as broad as it says`() throws {
    let comparison = try Comparison(
      parsing: SampleFile.package("comparisons/standard.yaml"), path: "standard.yaml")
    let tasks = comparison.tasks
    let families = try tasks.map { try Dataset.entry(named: $0.dataset).family }
    #expect(tasks.count >= 150)
    #expect(Set(families).count >= 16)
    let models = Set(tasks.compactMap { $0.model.name.split(separator: "-").first })
    #expect(models == ["logistic", "mlp", "cnn", "resnet8", "gru", "transformer"])
    #expect(Set(tasks.map(\.optimizer.family)) == ["sgd", "adam", "adamw", "rmsprop"])
    #expect(Set(tasks.map(\.schedule.kind)) == [.constant, .oneCycle])
    #expect(comparison.seeds.rangeTests.count == 5)
    #expect(comparison.strategies.count == StrategyCatalog.builtIn.names.count)
    let direct = comparison.strategies.filter { $0.evaluation == .direct }
    #expect(direct.count == 14)
  }
}
