import NumericKernels
import Testing
import TrainingEngine

/// A layer and samples for a comparison of its gradients with central differences.
struct GradientCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let layer: any Layer
  let shape: SampleShape
  let samples: Int

  static let all = [
    Self(testDescription: "linear", layer: Linear(4), shape: [6], samples: 3),
    Self(
      testDescription: "convolution", layer: Convolution2D(3, kernel: 3, padding: 1), shape: [4, 5, 2],
      samples: 2),
    Self(
      testDescription: "convolution, stride 2, no bias",
      layer: Convolution2D(3, kernel: 3, stride: 2, padding: 1, bias: false), shape: [5, 4, 2], samples: 2),
    Self(
      testDescription: "1×1 convolution", layer: Convolution2D(3, kernel: 1), shape: [3, 3, 4], samples: 2),
    Self(testDescription: "batch norm of features", layer: BatchNorm(), shape: [5], samples: 8),
    Self(testDescription: "batch norm of pictures", layer: BatchNorm(), shape: [3, 2, 4], samples: 3),
    Self(
      testDescription: "convolution, same padding, stride 2",
      layer: Convolution2D(3, kernel: 3, stride: 2, padding: .same), shape: [6, 5, 2], samples: 2),
    Self(
      testDescription: "convolution in two groups",
      layer: Convolution2D(6, kernel: 3, padding: 1, groups: 2), shape: [4, 3, 4], samples: 2),
    Self(
      testDescription: "1×1 convolution in two groups", layer: Convolution2D(4, kernel: 1, groups: 2),
      shape: [3, 2, 6], samples: 2),
    Self(
      testDescription: "depthwise convolution, stride 2",
      layer: Convolution2D(3, kernel: 5, stride: 2, padding: .same, groups: 3), shape: [6, 5, 3], samples: 2),
    Self(testDescription: "layer norm of features", layer: LayerNorm(), shape: [11], samples: 3),
    Self(testDescription: "layer norm of rows", layer: LayerNorm(), shape: [3, 5], samples: 2),
    Self(
      testDescription: "linear rows without bias", layer: Linear(4, bias: false), shape: [3, 5], samples: 2),
    Self(testDescription: "ReLU", layer: ReLU(), shape: [7], samples: 3),
    // From −7.5 to 7.5: both bends lie inside.
    Self(testDescription: "ReLU6", layer: ReLU6(), shape: [100], samples: 3),
    Self(testDescription: "leaky ReLU", layer: LeakyReLU(slope: 0.1), shape: [7], samples: 3),
    Self(testDescription: "GELU", layer: GELU(), shape: [20], samples: 4),
    Self(testDescription: "SiLU", layer: SiLU(), shape: [20], samples: 4),
    Self(testDescription: "tanh", layer: Tanh(), shape: [20], samples: 4),
    Self(testDescription: "sigmoid", layer: Sigmoid(), shape: [20], samples: 4),
    Self(testDescription: "dropout", layer: Dropout(rate: 0.4), shape: [20], samples: 3),
    Self(
      testDescription: "overlapping average pooling", layer: AveragePool2D(kernel: 3, stride: 2, padding: 1),
      shape: [5, 4, 2], samples: 2),
    Self(
      testDescription: "maximum and mean pooling", layer: AdaptiveConcatPool(), shape: [3, 3, 5], samples: 2),
    Self(testDescription: "max pooling", layer: MaxPool2D(kernel: 2), shape: [4, 6, 3], samples: 2),
    Self(
      testDescription: "overlapping max pooling", layer: MaxPool2D(kernel: 3, stride: 2, padding: 1),
      shape: [5, 5, 2], samples: 2),
    Self(
      testDescription: "global average pooling", layer: GlobalAveragePool(), shape: [3, 4, 5], samples: 2),
    Self(testDescription: "flattening", layer: Flatten(), shape: [2, 3, 2], samples: 2),
    Self(
      testDescription: "residual block of one shape",
      layer: Residual(Sequential([Convolution2D(2, kernel: 3, padding: 1), BatchNorm()])), shape: [3, 4, 2],
      samples: 3),
    Self(
      testDescription: "residual block with a shortcut",
      layer: Residual(
        Sequential([Convolution2D(4, kernel: 3, stride: 2, padding: 1), Sigmoid()]),
        shortcut: Sequential([Convolution2D(4, kernel: 1, stride: 2), Tanh()])), shape: [4, 4, 2], samples: 2),
    Self(
      testDescription: "residual block whose body ends in a bend",
      layer: Sequential([Linear(5), Residual(Sequential([Linear(4), Tanh(), Linear(5), SiLU()])), Linear(2)]),
      shape: [6], samples: 3),
    Self(
      testDescription: "residual of a saturating body", layer: Residual(Sequential([Linear(4), Tanh()])),
      shape: [4], samples: 3),
    Self(
      testDescription: "zero-padded shortcut", layer: ZeroPaddedShortcut(5, stride: 2), shape: [5, 4, 2],
      samples: 2),
    Self(testDescription: "learned positions", layer: LearnedPositions(), shape: [4, 3], samples: 3),
    Self(testDescription: "GRU", layer: GRU(4), shape: [5, 3], samples: 2),
    Self(testDescription: "GRU of one time", layer: GRU(3), shape: [1, 4], samples: 3),
    Self(
      testDescription: "causal self-attention", layer: CausalSelfAttention(heads: 2), shape: [4, 6],
      samples: 2),
    Self(
      testDescription: "attention block",
      layer: Residual(Sequential([LayerNorm(), CausalSelfAttention(heads: 3)])), shape: [3, 6], samples: 2),
    Self(
      testDescription: "sequence in a sequence",
      layer: Sequential([
        Flatten(), Sequential([Linear(6), BatchNorm(), Linear(5)]), Flatten(), Linear(2),
      ]), shape: [2, 2, 2], samples: 6),
  ]
}

@Suite("Gradients against central differences")
struct GradientTests {
  /// Half the difference's width: the cube root of single precision's ulp, where rounding and curvature balance.
  private static let width: Float = 5e-3
  /// Relative to the 2-norm of the differences.
  private static let tolerance = 2e-3

  /// Distinct multiples of 0.05 off zero, in random order: no kink of ReLU or max pooling is nearer than the width.
  private static func inputs(_ count: Int) -> [Float] {
    let order = normals(count, seed: 21).enumerated().sorted { $0.element < $1.element }.map(\.offset)
    return order.map { (Float($0) - Float(count / 2) + 0.5) * 0.05 }
  }

  @Test("a layer's gradients are its slopes", arguments: GradientCase.all)
  func layer(_ subject: GradientCase) throws {
    let harness = try LayerHarness(subject.layer, inputShape: subject.shape, samples: subject.samples)
    for (index, parameter) in harness.planner.parameters.enumerated() {
      try harness.parameter(parameter.name).copy(from: normals(parameter.slot.count, seed: UInt64(index)))
    }
    var x = Self.inputs(subject.samples * subject.shape.count)
    let weights = normals(harness.forward(x).count, seed: 22)
    /// A random linear function of the output, so that every output counts.
    func objective(_ x: [Float]) -> Double {
      zip(harness.forward(x), weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    let gradient = harness.backward(weights)
    var gradients: [String: [Float]] = [:]
    for parameter in harness.planner.parameters {
      gradients[parameter.name] = try harness.gradient(parameter.name).values
    }

    let slopes = x.indices.map { index in
      let value = x[index]
      defer { x[index] = value }
      x[index] = value + Self.width
      let above = objective(x)
      x[index] = value - Self.width
      return (above - objective(x)) / Double(2 * Self.width)
    }
    #expect(relativeDistance(gradient, slopes) < Self.tolerance)
    for parameter in harness.planner.parameters {
      let view = try harness.parameter(parameter.name)
      let slopes = (0..<view.count).map { index in
        let value = view[index]
        defer { view[index] = value }
        view[index] = value + Self.width
        let above = objective(x)
        view[index] = value - Self.width
        return (above - objective(x)) / Double(2 * Self.width)
      }
      // A bias before a batch norm has gradient 0: only its size can be compared.
      let scale = slopes.reduce(0) { max($0, abs($1)) }
      if scale > 1e-2 {
        #expect(
          relativeDistance(gradients[parameter.name] ?? [], slopes) < Self.tolerance, "\(parameter.name)")
      } else {
        #expect((gradients[parameter.name] ?? []).allSatisfy { abs($0) < 1e-2 }, "\(parameter.name)")
      }
    }
  }

  @Test(
    "a network's gradients are the slopes of its loss",
    arguments: [
      Loss.crossEntropy, .smoothedCrossEntropy(labelSmoothing: 0.2), .binaryCrossEntropy, .meanSquaredError,
    ])
  func network(_ loss: Loss) throws {
    let convolutions: [any Layer] = [
      Convolution2D(3, kernel: 3, padding: 1), BatchNorm(), ReLU(), MaxPool2D(kernel: 2),
      Convolution2D(4, kernel: 3, stride: 2, padding: 1), BatchNorm(), ReLU(), GlobalAveragePool(), Linear(3),
    ]
    let dense: [any Layer] = [Flatten(), Linear(7), BatchNorm(), ReLU(), Linear(5), ReLU(), Linear(3)]
    for layers in [convolutions, dense] {
      let network = try Network(name: "small", layers: layers, inputShape: [6, 6, 2])
      let trainer = try Trainer(network: network, loss: loss, optimizer: .sgd(), batchSize: 9, seed: 3)
      var batch = randomBatch(9, inputCount: 72, classes: 3, seed: 4)
      batch.targets = normals(27, seed: 5)
      if loss == .binaryCrossEntropy { batch.targets = batch.targets.map { $0 > 0 ? 0.9 : 0 } }
      _ = trainer.computeGradients(batch)
      var actual: [Float] = []
      var slopes: [Double] = []
      for parameter in network.parameters { actual += try trainer.gradient(named: parameter.name) }
      for parameter in network.parameters {
        var values = try trainer.parameter(named: parameter.name)
        for index in values.indices {
          let value = values[index]
          func loss(at shifted: Float) throws -> Double {
            values[index] = shifted
            try trainer.setParameter(named: parameter.name, values: values)
            return trainer.computeGradients(batch)
          }
          slopes.append((try loss(at: value + 1e-3) - loss(at: value - 1e-3)) / 2e-3)
          _ = try loss(at: value)
        }
      }
      // Wider than a layer's bound: some of many rectifiers and poolings switch within the difference.
      #expect(relativeDistance(actual, slopes) < 0.02)
    }
  }
}
