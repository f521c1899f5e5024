import Testing
import TrainingEngine

@Suite("Network")
struct NetworkTests {
  @Test("tensors have PyTorch's names, the stored shapes, kinds and counts")
  func description() throws {
    let network = try Network(
      name: "small",
      layers: [
        Convolution2D(4, kernel: 3, padding: 1), BatchNorm(), ReLU(), MaxPool2D(kernel: 2), Flatten(),
        Linear(5),
      ], inputShape: [6, 8, 2])
    #expect(network.outputShape == [5])
    #expect(
      network.parameters.map(\.name) == ["0.weight", "0.bias", "1.weight", "1.bias", "5.weight", "5.bias"])
    #expect(network.parameters.map(\.shape) == [[3, 3, 2, 4], [4], [4], [4], [5, 48], [5]])
    #expect(network.parameters.map(\.kind) == [.weight, .bias, .norm, .norm, .weight, .bias])
    #expect(network.buffers.map(\.name) == ["1.running_mean", "1.running_var"])
    #expect(network.parameterCount == 72 + 4 + 4 + 4 + 240 + 5)
    #expect(network.groupNames == ["all"])
  }

  @Test("named sequences and residual blocks give torchvision's names")
  func names() throws {
    let block = Residual(
      Sequential(named: ["conv1": Convolution2D(4, kernel: 3, padding: 1, bias: false), "bn1": BatchNorm()]),
      shortcut: Sequential([Convolution2D(4, kernel: 1, bias: false), BatchNorm()]))
    let network = try Network(
      name: "block",
      body: Sequential(named: [
        "layer1": Sequential([block]), "pool": GlobalAveragePool(), "": Sequential(named: ["fc": Linear(2)]),
      ]), inputShape: [3, 3, 2])
    #expect(
      network.parameters.map(\.name) == [
        "layer1.0.conv1.weight", "layer1.0.bn1.weight", "layer1.0.bn1.bias",
        "layer1.0.downsample.0.weight", "layer1.0.downsample.1.weight", "layer1.0.downsample.1.bias",
        "fc.weight", "fc.bias",
      ])
    #expect(throws: TrainingEngineError.self) {
      try Network(name: "misfit", layers: [Residual(Linear(3))], inputShape: [2])
    }
    #expect(throws: TrainingEngineError.self) {
      try Network(name: "misfit", layers: [Residual(Linear(3), shortcut: Linear(2))], inputShape: [2])
    }
  }

  @Test("initial values are PyTorch's defaults")
  func initialValues() throws {
    let network = try Network(
      name: "wide", layers: [Linear(200), BatchNorm(), ReLU(), Linear(10)], inputShape: [100])
    let trainer = try Trainer(
      network: network, loss: .crossEntropy, optimizer: .sgd(), batchSize: 1, seed: 5)
    for (name, fanIn) in [("0.weight", 100.0), ("0.bias", 100), ("3.weight", 200), ("3.bias", 200)] {
      let values = try trainer.parameter(named: name).map(Double.init)
      let bound = 1 / fanIn.squareRoot()
      #expect(values.allSatisfy { abs($0) <= bound })
      // Uniform numbers have the variance bound²/3; four standard errors of their mean.
      let mean = values.reduce(0, +) / Double(values.count)
      #expect(abs(mean) < 4 * bound / (3 * Double(values.count)).squareRoot())
      #expect((values.map(abs).max() ?? 0) > 0.7 * bound)
    }
    #expect(try trainer.parameter(named: "1.weight") == [Float](repeating: 1, count: 200))
    #expect(try trainer.parameter(named: "1.bias") == [Float](repeating: 0, count: 200))
    #expect(try trainer.buffer(named: "1.running_mean") == [Float](repeating: 0, count: 200))
    #expect(try trainer.buffer(named: "1.running_var") == [Float](repeating: 1, count: 200))
  }

  @Test("layers that do not fit, empty networks and ungrouped parameters are refused")
  func mistakes() {
    func build(_ layers: [any Layer], _ shape: SampleShape, _ groups: [ParameterGroup] = [.all]) throws {
      _ = try Network(name: "wrong", layers: layers, inputShape: shape, groups: groups)
    }
    #expect(throws: TrainingEngineError.emptyNetwork) { try build([], [3]) }
    #expect(throws: TrainingEngineError.emptyNetwork) { try build([Flatten()], [3, 3, 1]) }
    #expect(throws: TrainingEngineError.ungroupedParameter(name: "0.weight")) {
      try build([Linear(1)], [3], [ParameterGroup(name: "head", prefixes: ["1"])])
    }
    let misfits: [(any Layer, SampleShape)] = [
      (Linear(1), [2, 2, 1]), (Convolution2D(1, kernel: 3), [2, 2, 1]), (Convolution2D(1, kernel: 1), [4]),
      (MaxPool2D(kernel: 2), [1, 5, 1]), (GlobalAveragePool(), [4]),
    ]
    for (layer, shape) in misfits {
      #expect {
        try build([layer], shape)
      } throws: { error in
        guard case TrainingEngineError.unsuitableInput(_, shape, _) = error else { return false }
        return true
      }
    }
  }

  @Test("optimizers are read by their names")
  func optimizers() throws {
    for name in OptimizerConfiguration.families {
      #expect(try OptimizerConfiguration(parsing: name).family == name)
    }
    #expect(try OptimizerConfiguration(parsing: "sgd") == .sgd(momentum: 0.9))
    #expect(throws: TrainingEngineError.unknownOptimizer(name: "SGD")) {
      try OptimizerConfiguration(parsing: "SGD")
    }
    #expect(OptimizerConfiguration.sgd().description != OptimizerConfiguration.sgd(momentum: 0).description)
  }
}
