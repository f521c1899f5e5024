import ImageCodec
import ModelZoo
import Testing
import TrainingEngine

@Suite("Backbones with fastai's head")
struct VisionLearnerTests {
  @Test(
    "names read back as themselves",
    arguments: [
      ("resnet34-fastai", "resnet34-fastai"),
      ("resnet18-small-width8-fastai", "resnet18-small-width8-fastai"),
      ("resnet34-width64-fastai", "resnet34-fastai"),
      ("efficientnet-lite0-fastai", "efficientnet-lite0-fastai"),
    ])
  func names(_ name: String, _ canonical: String) throws {
    let model = try ModelSpecification(parsing: name)
    #expect(model.name == canonical && model.architecture is VisionLearner)
    #expect(try ModelSpecification(parsing: model.name) == model)
  }

  @Test(
    "what cannot be cut, or is cut twice, gets the nearest form",
    arguments: [
      ("mlp-fastai", "mlp"), ("resnet20-fastai", "resnet34-fastai"), ("fastai", "resnet34-fastai"),
      ("resnet34-fastai-fastai", "resnet34-fastai"),
      ("fastai-resnet34", "resnet34"), ("resnet34-fastai-width8", "resnet34-width8"),
    ])
  func unknown(_ name: String, _ nearest: String) {
    let error = #expect(throws: ModelZooError.self) { try ModelSpecification(parsing: name) }
    guard case .unknownModel(name, let forms)? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
    #expect(forms.first == nearest)
  }

  @Test("the head has fastai's layers in place of the classifier, and its groups are fastai's")
  func architecture() throws {
    let learner = try ModelSpecification(parsing: "resnet18-small-width8-fastai")
    let network = try learner.network(inputShape: [18, 17, 3], outputCount: 5)
    let plain = try ModelSpecification(parsing: "resnet18-small-width8")
      .network(inputShape: [18, 17, 3], outputCount: 5)
    func isHead(_ name: String) -> Bool { name.hasPrefix("head.") || name.hasPrefix("fc.") }
    #expect(
      network.parameters.map(\.name).filter(isHead).map { $0.dropFirst(5) } == [
        "2.weight", "2.bias", "4.weight", "6.weight", "6.bias", "8.weight",
      ])
    #expect(
      network.parameters.filter { isHead($0.name) }.map(\.shape) == [
        [128], [128], [512, 128], [512], [512], [5, 512],
      ])
    #expect(
      network.parameters.map(\.name).filter { !isHead($0) }
        == plain.parameters.map(\.name).filter { !isHead($0) })
    #expect(learner.architecture.replacedModules == ["fc"])
    #expect(
      learner.architecture.fineTuningGroups == [
        ModuleGroup(name: "upper", modules: ["layer3", "layer4"]),
        ModuleGroup(name: "head", modules: ["head"]),
      ])
    let lite = try ModelSpecification(parsing: "efficientnet-lite0-fastai").architecture
    #expect(lite.replacedModules == ["_fc"])
    #expect(lite.fineTuningGroups == [ModuleGroup(name: "head", modules: ["head"])])
  }

  @Test("the head begins as apply_init leaves it")
  func initialValues() throws {
    let trainer = try SmallLearner.trainer("resnet18-small-width8-fastai")
    for (norm, count) in [("head.2", 128), ("head.6", 512)] {
      #expect(try trainer.parameter(named: "\(norm).weight") == [Float](repeating: 1, count: count))
      #expect(try trainer.parameter(named: "\(norm).bias") == [Float](repeating: 1e-3, count: count))
    }
    for (linear, fanIn) in [("head.4", 128.0), ("head.8", 512)] {
      let values = try trainer.parameter(named: "\(linear).weight").map(Double.init)
      let (count, variance) = (Double(values.count), 2 / fanIn)
      // Four standard errors; a normal distribution's fourth moment is 3·variance².
      #expect(abs(values.reduce(0, +) / count) < 4 * (variance / count).squareRoot())
      let measured = values.reduce(0) { $0 + $1 * $1 } / count
      #expect(abs(measured / variance - 1) < 4 * (2 / count).squareRoot())
      // Not uniform: that would end at √3 deviations.
      #expect(values.contains { abs($0) > 2 * variance.squareRoot() })
    }
    // The body begins as the backbone does, whose shifts are 0.
    #expect(try trainer.parameter(named: "bn1.bias").allSatisfy { $0 == 0 })
  }

  @Test("photographs are scaled as the published weights expect")
  func normalization() throws {
    for name in ["resnet34-fastai", "resnet18", "resnet20"] {
      let scaling = try ModelSpecification(parsing: name).architecture.normalization
      // torchvision's statistics are those of pictures from 0 to 1.
      let (mean, deviation) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
      for channel in 0..<3 {
        #expect(abs(scaling.scale[channel] - Float(1 / (255 * deviation[channel]))) < 1e-9)
        #expect(abs(scaling.offset[channel] + Float(mean[channel] / deviation[channel])) < 1e-6)
      }
    }
    for name in ["efficientnet-lite0", "efficientnet-lite0-fastai"] {
      let scaling = try ModelSpecification(parsing: name).architecture.normalization
      #expect(scaling == PixelScaling(mean: [127, 127, 127], deviation: [128, 128, 128]))
    }
  }

  @Test("evaluation is the same with and without dropout, a training pass is not")
  func dropout() throws {
    let model = try ModelSpecification(parsing: "resnet18-small-width4-fastai")
    let learner = try #require(model.architecture as? VisionLearner)
    let trainers = try [model, ModelSpecification(learner.withoutDropout)].map {
      try Trainer(
        network: $0.network(inputShape: [18, 17, 3], outputCount: SmallLearner.classes), loss: .crossEntropy,
        optimizer: .sgd(), batchSize: 4, seed: 5)
    }
    #expect(trainers[0].outputs(for: SmallLearner.batch()) == trainers[1].outputs(for: SmallLearner.batch()))
    let losses = trainers.map { $0.step(SmallLearner.batch(), learningRates: [0]).loss }
    #expect(losses[0] != losses[1])
  }
}
