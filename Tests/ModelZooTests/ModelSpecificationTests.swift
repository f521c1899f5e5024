import ModelZoo
import Testing
import TrainingEngine

@Suite("ModelSpecification")
struct ModelSpecificationTests {
  @Test(
    "names read back as themselves, with defaults written out",
    arguments: [
      ("logistic", "logistic"), ("mlp", "mlp-256-128"), ("mlp-256-128", "mlp-256-128"), ("mlp-64", "mlp-64"),
      ("mlp-bn", "mlp-bn-256-128"), ("mlp-bn-64", "mlp-bn-64"), ("cnn", "cnn-16-32"), ("cnn-8", "cnn-8"),
      ("resnet8", "resnet8"), ("resnet20-width16", "resnet20"), ("resnet56-width4", "resnet56-width4"),
      ("resnet34", "resnet34"), ("resnet18-width64", "resnet18"), ("resnet18-small", "resnet18-small"),
      ("resnet34-small-width8", "resnet34-small-width8"), ("efficientnet-lite0", "efficientnet-lite0"),
      ("mlp-gelu", "mlp-256-128-gelu"), ("mlp-8-relu", "mlp-8"),
      ("mlp-bn-8-dropout0.50", "mlp-bn-8-dropout0.5"),
      ("mlp-8-leakyrelu-dropout.1", "mlp-8-leakyrelu-dropout0.1"), ("cnn-nobn", "cnn-nobn-16-32"),
      ("cnn-nobn-4-silu", "cnn-nobn-4-silu"), ("cnn-4-dropout0.0001", "cnn-4-dropout0.0001"),
      ("gru", "gru-128"), ("gru-64-embedding64", "gru-64"), ("gru-64-embedding8", "gru-64-embedding8"),
      ("transformer", "transformer-width128-depth4-heads4"),
      ("transformer-depth2-dropout0.1", "transformer-width128-depth2-heads4-dropout0.1"),
    ])
  func names(_ name: String, _ canonical: String) throws {
    let model = try ModelSpecification(parsing: name)
    #expect(model.name == canonical)
    #expect(try ModelSpecification(parsing: model.name) == model)
  }

  @Test("every form that help shows can be built")
  func forms() throws {
    for form in ModelSpecification.forms {
      let model = try ModelSpecification(parsing: form)
      let readsText = ["gru", "transformer"].contains { form.hasPrefix($0) }
      let network = try model.network(inputShape: readsText ? [12] : [28, 28, 1], outputCount: 10)
      #expect(network.outputShape == (readsText ? [12, 10] : [10]))
      #expect(network.name == model.name)
    }
  }

  @Test(
    "an unknown name gets the nearest form",
    arguments: [
      ("cn", "cnn"), ("mpl", "mlp"), ("mlp-", "mlp"), ("mlp-0", "mlp"), ("logistics", "logistic"),
      ("mlp-256-12x", "mlp-256-128"), ("cnn-16-3x", "cnn-16-32"), ("mlp-99999999", "mlp"),
      ("mlp-064", "mlp-bn"), ("resnet50", "resnet20"), ("resnet34-width0", "resnet34-width8"),
      ("resnet18-width8-small", "resnet18-small"), ("resnet", "resnet8"), ("resnet34-64", "resnet34"),
      ("efficientnet", "efficientnet-lite0"), ("gru-128-64", "gru-128"),
    ])
  func unknown(_ name: String, _ nearest: String) {
    let error = #expect(throws: ModelZooError.self) { try ModelSpecification(parsing: name) }
    guard case .unknownModel(name, let forms)? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
    #expect(forms.first == nearest && error?.description.contains("did you mean \(nearest)?") == true)
  }

  @Test(
    "words in another order, twice or beyond their bounds make no name",
    arguments: [
      "mlp-8-gelu-relu", "mlp-dropout0.2-gelu", "mlp-64-bn", "mlp-8-dropout1", "mlp-8-dropout0.00001",
      "mlp-8-dropout", "mlp-8-dropout0.2.1", "mlp-8-dropout1e-1", "cnn-8-nobn", "gru-embedding8-64",
      "transformer-heads4-depth2", "transformer-width", "transformer-depth2-depth2", "resnet20-small", "",
    ])
  func misplaced(_ name: String) {
    #expect(throws: ModelZooError.self) { try ModelSpecification(parsing: name) }
  }

  @Test("a name unlike any other gets the list of forms")
  func unlikeAny() {
    let error = #expect(throws: ModelZooError.unknownModel(name: "quantum-forest", nearest: [])) {
      try ModelSpecification(parsing: "quantum-forest")
    }
    #expect(
      error?.description.hasPrefix("there is no model \"quantum-forest\"; valid forms are logistic,") == true)
  }

  @Test("architectures are those of their names")
  func architectures() throws {
    func parameters(_ name: String, _ shape: SampleShape) throws -> [String] {
      try ModelSpecification(parsing: name).network(inputShape: shape, outputCount: 10).parameters
        .map { "\($0.name) \($0.shape)" }
    }
    #expect(try parameters("logistic", [64]) == ["0.weight [10, 64]", "0.bias [10]"])
    #expect(
      try parameters("mlp-bn-32", [64]) == [
        "0.weight [32, 64]", "0.bias [32]", "1.weight [32]", "1.bias [32]", "3.weight [10, 32]",
        "3.bias [10]",
      ])
    // On pictures the network begins by flattening them, as PyTorch's would.
    #expect(try parameters("logistic", [8, 8, 1]) == ["1.weight [10, 64]", "1.bias [10]"])
    #expect(
      try parameters("cnn-4-6", [9, 8, 3]) == [
        "0.weight [3, 3, 3, 4]", "0.bias [4]", "1.weight [4]", "1.bias [4]",
        "4.weight [3, 3, 4, 6]", "4.bias [6]", "5.weight [6]", "5.bias [6]", "9.weight [10, 24]",
        "9.bias [10]",
      ])
    // As PyTorch numbers them, activations and dropouts count.
    #expect(
      try parameters("mlp-bn-4-3-gelu-dropout0.1", [64]) == [
        "0.weight [4, 64]", "0.bias [4]", "1.weight [4]", "1.bias [4]", "4.weight [3, 4]", "4.bias [3]",
        "5.weight [3]", "5.bias [3]", "8.weight [10, 3]", "8.bias [10]",
      ])
    #expect(
      try parameters("cnn-nobn-4-dropout0.1", [3, 2, 1]) == [
        "0.weight [3, 3, 1, 4]", "0.bias [4]", "5.weight [10, 4]", "5.bias [10]",
      ])
  }

  @Test("a model of pictures refuses flat and too small samples")
  func unsuitableSamples() throws {
    let cnn = try ModelSpecification(parsing: "cnn")
    #expect(throws: ModelZooError.needsPictures(model: "cnn-16-32", shape: "64")) {
      try cnn.network(inputShape: [64], outputCount: 10)
    }
    #expect(throws: ModelZooError.picturesTooSmall(model: "cnn-16-32", shape: "3×8×1")) {
      try cnn.network(inputShape: [3, 8, 1], outputCount: 10)
    }
    for name in ["resnet8", "resnet18", "efficientnet-lite0"] {
      #expect(throws: ModelZooError.needsPictures(model: name, shape: "64")) {
        try ModelSpecification(parsing: name).network(inputShape: [64], outputCount: 10)
      }
    }
    for name in ["gru-128", "transformer-width128-depth4-heads4"] {
      #expect(throws: ModelZooError.needsSequences(model: name, shape: "8×8×1")) {
        try ModelSpecification(parsing: name).network(inputShape: [8, 8, 1], outputCount: 10)
      }
    }
    let uneven = "transformer-width8-depth1-heads3"
    #expect(throws: ModelZooError.headsDoNotDivide(model: uneven)) {
      try ModelSpecification(parsing: uneven).network(inputShape: [5], outputCount: 10)
    }
  }
}
