import CurveModel
import DatasetKit
import DocumentFiles
import ExperimentStore
import Foundation
import ModelZoo
import StrategyKit
import Testing
import TrainingEngine

@testable import Comparison

/// Weights and photographs in comparison files.
struct FineTuningFileTests {
  private let folder = try? FineTuningFolder()

  private func comparison(_ lines: String) throws -> Comparison {
    try #require(folder).comparison(lines)
  }

  private func problem(_ lines: String) -> ComparisonFileError? {
    #expect(throws: ComparisonFileError.self) { _ = try comparison(lines) }
  }

  private static let digits = "dataset: digits\nmodel: mlp-8\noptimizer: sgd\nsteps: 20\n"

  @Test func `A task with weights knows their content and is one of fine-tuning`() throws {
    let task = try #require(try comparison(Self.digits + "from: net.safetensors\nfresh: head\n").tasks.first)
    let start = try #require(task.start)
    let file = try #require(folder).path("net.safetensors")
    #expect(start.sha256 == (try StartingWeights(path: file).sha256))
    #expect(start.fresh == ["head"] && start.frozen.isEmpty && start.path == file)
    #expect(task.use == .fineTuning)
    #expect(task.title == "digits mlp-8 sgd 64 constant 20 from \(start.sha256.prefix(8)) fresh head")
    #expect(!JSONValue.object(task.labels).text.contains(try #require(folder).path("")))
    #expect(!JSONValue.object(task.labels).text.contains("net.safetensors"))
  }

  @Test func `Tasks without weights have the labels they had`() throws {
    let task = try #require(try comparison(Self.digits).tasks.first)
    #expect(task.labels.map(\.name).last == "averagedEvaluations" && task.labels.count == 12)
    #expect(task.use == .constant)
    #expect(!RunFactory(task).run(.training(RateKey(0.1)), seed: 0).planLine.contains("weights"))
  }

  @Test func `Other weights and other groups are other tasks, the same under another name is not`() throws {
    let texts = [
      "from: net.safetensors\n", "from: net.safetensors\nfresh: head\n",
      "from: net.safetensors\nfreeze: body\n", "from: other.safetensors\n",
    ]
    let ids = try texts.map { text in
      RunFactory(try #require(try comparison(Self.digits + text).tasks.first))
        .run(.training(RateKey(0.1)), seed: 0).id
    }
    #expect(Set(ids).count == texts.count)
    let copy = try #require(try comparison(Self.digits + "from: copy.safetensors\n").tasks.first)
    #expect(RunFactory(copy).run(.training(RateKey(0.1)), seed: 0).id == ids[0])
    let both = try comparison(Self.digits + "from: [net.safetensors, other.safetensors]\nfresh: head\n")
    #expect(both.tasks.count == 2)
  }

  @Test func `The resolved text needs neither weights nor photographs and gives the same runs`() throws {
    let lines =
      "dataset: ./pictures\nmodel: cnn-4\noptimizer: sgd\nsteps: 20\nbatch-size: 8\n"
      + "photographs: [{labels: capital-initial, size: 32}, {labels: '^(.+)_\\d+', size: 32, augment: none}]\n"
    for text in [lines, Self.digits + "from: net.safetensors\nfresh: head\nfreeze: body\n"] {
      let comparison = try comparison(text)
      // Elsewhere there is nothing to read.
      let again = try SampleFile.comparison(comparison.resolvedText)
      #expect(again.tasks == comparison.tasks)
      #expect(again.resolvedText == comparison.resolvedText)
      for task in comparison.tasks {
        let run = RunFactory(task).run(.training(RateKey(0.1)), seed: 0)
        let read = try RunSpecification(planLine: run.planLine)
        #expect(read == run && read.task.title == task.title)
        #expect(read.task.start?.path == task.start?.path)
        #expect(read.task.photographs?.place == task.photographs?.place)
      }
    }
  }

  @Test func `A folder of photographs is a data set of its own name, whose content decides what it is`()
    throws
  {
    let lines = "dataset: ./pictures\nmodel: cnn-4\noptimizer: sgd\nsteps: 20\nbatch-size: 8\n"
    let photographs = "photographs: {labels: capital-initial, size: 32}\n"
    let task = try #require(try comparison(lines + photographs).tasks.first)
    #expect(task.dataset == "pictures" && task.dataVersion.count == 16)
    #expect(task.photographs?.options.side == 32)
    let label = { (name: String) in task.labels.first { $0.name == name }?.value }
    #expect(label("labels") == .string("capital-initial") && label("size") == .number(32))
    #expect(label("dataVersion") == .string(task.dataVersion))
    try #require(folder).removePhotograph()
    let fewer = try #require(try comparison(lines + photographs).tasks.first)
    #expect(fewer.dataVersion != task.dataVersion && fewer != task)
  }

  @Test func `A product with weights can leave some of its tasks out`() throws {
    let lines = Self.digits + "from: [net.safetensors, other.safetensors]\nfreeze: [body, head]\n"
    #expect(try comparison(lines).tasks.count == 4)
    let left = try comparison(lines + "exclude: [{from: other.safetensors, freeze: head}]\n")
    #expect(left.tasks.count == 3)
  }

  @Test(arguments: [
    ("from: nowhere.safetensors", "8:9", "no file of weights \"nowhere.safetensors\""),
    ("from: eficientnet-lite0", "8:9", "did you mean efficientnet-lite0?"),
    ("from: test.yaml", "8:9", "this is no checkpoint"),
    ("from: {name: net.safetensors, sha256: abc}", "8:41", "\"abc\" is not 64 hexadecimal digits"),
    ("from: wide.safetensors", "8:9", "with `fresh: head` for another last layer"),
    ("from: wide.safetensors\nfresh: head", "8:9", "does not fit mlp-8"),
    ("fresh: head", "8:10", "without `from` all weights are random"),
    ("freeze: body", "8:11", "without `from` all weights are random"),
    ("from: net.safetensors\nfresh: haed", "9:10", "there is no group haed: did you mean head?"),
    ("from: net.safetensors\nfresh: 'head,'", "9:10", "lacks a name beside a comma"),
    ("from: net.safetensors\nfreeze: head,body", "9:11", "nothing is left to train"),
    ("photographs: {size: 64}", "8:16", "data set digits has no photographs"),
    ("photographs: {size: 4}", "8:23", "`size` needs a whole number from 8 to 1024"),
    ("photographs: {augment: flip}", "8:26", "there is no augmentation \"flip\""),
    ("photographs: {labels: '^x'}", "8:25", "it has no group"),
    ("photographs: {version: 1abc}", "8:26", "is not 16 hexadecimal digits"),
    ("zip: [{from: net.safetensors}, {from: nowhere.pth}]", "8:41", "nowhere.pth"),
  ])
  func `Mistakes are said at their place`(lines: String, place: String, words: String) throws {
    let error = try #require(problem(Self.digits + lines + "\n"))
    #expect("\(error.line):\(error.column)" == place, "\(error)")
    #expect(error.problem.contains(words), "\(error)")
    #expect(!error.problem.contains("\n") && !error.problem.contains("--"))
  }

  @Test(arguments: [
    ("dataset: ./nowhere", "4:12", "nowhere"),
    ("dataset: ./pictures\nphotographs: {labels: '(zebra)'}", "5:16", "choose other `labels`"),
    ("dataset: ./pictures\nbatch-size: 500", "5:15", "fewer than a batch of 500"),
  ])
  func `Folders that cannot be learned are said at their place`(lines: String, place: String, words: String)
    throws
  {
    let labels = lines.contains("labels") ? "" : "photographs: {labels: capital-initial, size: 32}\n"
    let error = try #require(problem("\(lines)\nmodel: cnn-4\noptimizer: sgd\nsteps: 20\n" + labels))
    #expect("\(error.line):\(error.column)" == place, "\(error)")
    #expect(error.problem.contains(words), "\(error)")
  }
}
