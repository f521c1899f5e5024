import Comparison
import DatasetKit
import ModelZoo
import StrategyKit
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

  @Test func `The comparison of fine-tuning has two problems of the same photographs`() throws {
    // The photographs are on few machines; what they are and what the weights are is stated in their place.
    let weights = try #require(PretrainedWeights.named("efficientnet-lite0"))
    let text = try SampleFile.package("comparisons/fine-tuning.yaml")
      .replacing("size: 96", with: "size: 96, version: \(SampleFile.version)")
      .replacing(
        "from: efficientnet-lite0", with: "from: {name: \(weights.name), sha256: \(weights.checksum)}")
    let comparison = try Comparison(parsing: text, path: "fine-tuning.yaml")
    #expect(comparison.name == "fine-tuning" && comparison.tasks.count == 8)
    #expect(comparison.tasks.allSatisfy { $0.use == .fineTuning && $0.dataset == "pets" })
    #expect(comparison.tasks.allSatisfy { $0.start?.registeredName == weights.name })
    #expect(Set(comparison.tasks.compactMap { $0.photographs?.options.labels }) == [.capitalInitial, .breed])
    #expect(Set(comparison.tasks.map(\.title)).count == 8)
  }

  @Test
  func `The comparison of transfer begins with weights that lie beside it, learned from another data set`()
    throws
  {
    let comparison = try SampleFile.shipped("transfer")
    let starts = comparison.tasks.compactMap(\.start)
    #expect(comparison.tasks.count == 36 && starts.count == 36)
    #expect(comparison.tasks.allSatisfy { $0.use == .fineTuning })
    #expect(
      Set(comparison.tasks.map(\.dataset)) == [
        "mnist-5k", "digits", "fashion-mnist",
      ])
    #expect(zip(comparison.tasks, starts).allSatisfy { !$1.name.contains($0.dataset) })
    #expect(Set(starts.map(\.sha256)).count == 4)
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
