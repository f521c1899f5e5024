import CurveModel
import DatasetKit
import Foundation
import ModelZoo
import Testing
import TrainingEngine

@testable import SuggestCommands

@Suite struct GroupTests {
  private static let shape: SampleShape = [32, 32, 3]

  private func network(_ model: String, groups: [ParameterGroup] = [.all]) throws -> Network {
    let specification = try ModelSpecification(parsing: model)
    do {
      return try specification.network(inputShape: Self.shape, outputCount: 12, groups: groups)
    } catch ModelZooError.needsSequences {
      return try specification.network(inputShape: [16], outputCount: 12, groups: groups)
    }
  }

  /// The names of each group's parameters, in the network that the groups build.
  private func members(_ model: String, _ plan: GroupPlan) throws -> [(name: String, parameters: [String])] {
    let whole = try network(model)
    let groups = try plan.groups(of: whole)
    let grouped = try network(model, groups: groups.map { $0.group(of: whole) })
    return groups.indices.map { index in
      (groups[index].name, grouped.parameters.filter { $0.group == index }.map(\.name))
    }
  }

  private func plan(_ definitions: [(String, [String])] = [], frozen: [String] = [], factors: [String] = [])
    -> GroupPlan
  {
    GroupPlan(
      definitions: definitions.map { .init(name: $0.0, modules: $0.1) }, frozen: frozen, fresh: [],
      factors: factors.map { .init(group: $0, value: 0.1, text: "\($0)=0.1") })
  }

  @Test("every model has a head, its last layer, and a body, the rest", arguments: ModelSpecification.forms)
  func standardSplit(_ model: String) throws {
    let all = try network(model).parameters.map(\.name)
    guard model != "logistic" else {
      #expect(throws: GroupError.self) { try plan(frozen: ["body"]).groups(of: network(model)) }
      return
    }
    let members = try members(model, plan(frozen: ["body"]))
    #expect(members.map(\.name) == ["body", "head"])
    #expect(members[0].parameters + members[1].parameters == all)
    guard !model.hasSuffix("-fastai") else {
      #expect(members[1].parameters == all.filter { $0.hasPrefix("head.") })
      #expect(members[1].parameters.count == 6)
      return
    }
    // One weight and at most one bias, in one module.
    #expect((1...2).contains(members[1].parameters.count))
    #expect(Set(members[1].parameters.map { $0.split(separator: ".").dropLast() }).count == 1)
  }

  @Test("a module takes what is in it and nothing that only begins alike")
  func matchesWholeModules() throws {
    // Modules 1, 3 … 21: `1` begins the names of 11 to 19 too.
    let model = "mlp-" + Array(repeating: "4", count: 10).joined(separator: "-")
    let members = try members(model, plan([("first", ["1"]), ("some", ["3", "11.bias"])]))
    #expect(members.map(\.name) == ["body", "first", "some"])
    #expect(members[1].parameters == ["1.weight", "1.bias"])
    #expect(members[2].parameters == ["3.weight", "3.bias", "11.bias"])
    #expect(members[0].parameters.contains("11.weight"))
    #expect(try members.flatMap(\.parameters).sorted() == network(model).parameters.map(\.name).sorted())
  }

  @Test("the first group that names a parameter takes it, frozen groups come first, all named need no rest")
  func ordersGroups() throws {
    let plan = plan([("late", ["5"]), ("early", ["1.weight"]), ("most", ["1", "3"])], frozen: ["most"])
    let members = try members("mlp-8-8", plan)
    #expect(members.map(\.name) == ["most", "late", "early"])
    #expect(members[0].parameters == ["1.bias", "3.weight", "3.bias"])
  }

  @Test("frozen groups keep their weights, and factors are those of the engine")
  func trains() async throws {
    let options: [([String], [ParameterGroup], [Double])] = [
      (
        ["--freeze", "body"],
        [ParameterGroup(name: "body", prefixes: ["1."], isFrozen: true), .all], [1, 1]
      ),
      (["--rate-factor", "body=0.1"], [ParameterGroup(name: "body", prefixes: ["1."]), .all], [0.1, 1]),
      (
        ["--groups", "tail=3.bias", "--freeze", "tail", "--rate-factor", "body=1"],
        [ParameterGroup(name: "tail", prefixes: ["3.b"], isFrozen: true), .all], [1, 1]
      ),
    ]
    let data = try Dataset.load("digits", from: DataFolders(option: Repository.folder("datasets").path))
    for (words, groups, factors) in options {
      let network = try ModelSpecification(parsing: "mlp-16").network(
        inputShape: data.sampleShape, outputCount: data.outputCount, groups: groups)
      let trainer = try Trainer(
        network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: 64, seed: 0)
      var batches = ShuffledBatches(data.train, batchSize: 64, seed: 0)
      var batch = Batch(capacity: 64, inputCount: data.sampleShape.count)
      let losses = (0..<8).map { _ in
        batches.next(into: &batch)
        return trainer.step(batch, learningRates: factors.map { $0 * 0.1 }).loss
      }
      let runner = try CommandRunner()
      defer { runner.remove() }
      let outcome = await runner.run(
        [
          "train", "--dataset", "digits", "--model", "mlp-16", "--lr", "0.1", "--steps", "8",
          "--evaluate-every", "1", "--format", "json",
        ] + words)
      #expect(outcome.status == 0, "\(outcome.messages)")
      let rows = try JSONResult(outcome.output).list("evaluations").dropFirst()
      #expect(try rows.map { try $0.number("trainingLoss") } == losses, "\(words)")
    }
  }

  @Test("a range test of groups records each group's rate, and the groups")
  func records() async throws {
    let runner = try CommandRunner()
    defer { runner.remove() }
    let outcome = await runner.run(
      "record", "--dataset", "digits", "--model", "mlp-bn-8", "--groups", "start=1,2", "--groups",
      "end=4.weight",
      "--freeze", "start", "--groups", "middle=4.bias", "--rate-factor", "end=0.5", "--num-it", "30",
      "--plot", runner.path("x.gp"))
    #expect(outcome.status == 0 || outcome.status == 3, "\(outcome.messages)")
    let folder = runner.path("runs/curves")
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    let groups = try JSONResult(lines[0]).object("task").list("groups")
    #expect(try groups.map { try $0.text("name") } == ["start", "end", "middle"])
    #expect(try groups[0].flag("frozen") && groups[1].number("rateFactor") == 0.5)
    for line in lines.dropFirst().dropLast() {
      let step = try JSONResult(line)
      let rate = try step.number("learningRate")
      #expect(try step.list("groups") == [.number(0), .number(rate * 0.5), .number(rate)])
    }
  }
}
