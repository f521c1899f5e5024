import Foundation
import NumericKernels
import TestSupport
import Testing
import TrainingEngine

/// A file of PyTorch's inputs, outputs and gradients for one operation that the engine has.
struct GoldenLayer: Sendable, CustomTestStringConvertible {
  let url: URL
  let operation: String

  var testDescription: String { url.path }

  /// The operations of this engine; other files in the folder belong to layers that it does not have.
  static let operations = [
    "linear", "conv2d", "batch_norm", "layer_norm", "max_pool2d", "avg_pool2d",
    "concat(max,avg) global pooling, max first", "relu", "relu6", "leakyrelu", "gelu-erf", "silu", "tanh",
    "sigmoid", "embedding", "gru",
  ]
  /// Those whose files a script of ours makes; a replacing folder need not have them.
  static let ownOperations = ["multihead_attention"]

  static let all = goldenFiles(in: "tensors") { $0.hasSuffix(".safetensors") && !$0.hasPrefix("net-") }
    .compactMap { url -> GoldenLayer? in
      guard let file = try? SafetensorsFile(url), let operation = file.metadata["op"],
        (operations + ownOperations).contains(operation)
      else { return nil }
      return GoldenLayer(url: url, operation: operation)
    }

  static let losses = goldenFiles(in: "tensors") { $0.hasSuffix(".safetensors") }.filter {
    guard let file = try? SafetensorsFile($0) else { return false }
    return ["cross_entropy", "binary_cross_entropy_with_logits", "mse_loss"].contains(file.metadata["op"])
  }
}

@Suite("Layers against PyTorch")
struct GoldenLayerTests {
  /// Relative to the 2-norm of PyTorch's tensor.
  private static let forwardTolerance = 1e-5
  private static let gradientTolerance = 1e-4

  @Test("there is a file for every operation")
  func complete() {
    #expect(
      Set(GoldenLayer.all.map(\.operation)).subtracting(GoldenLayer.ownOperations)
        == Set(GoldenLayer.operations))
    #expect(GoldenLayer.losses.count >= 2)
    #expect(!Self.attentions.isEmpty)
  }

  @Test("output and gradients equal PyTorch's", arguments: GoldenLayer.all)
  func layer(_ subject: GoldenLayer) throws {
    let file = try SafetensorsFile(subject.url)
    let input = try file.tensor(file.tensors["index"] == nil ? "input" : "index")
    let harness = try LayerHarness(
      Self.layer(file), inputShape: SampleShape(Array(Self.channelsLast(input).shape.dropFirst())),
      samples: input.shape[0])
    let parameters = harness.planner.parameters.map(\.name)
    for name in parameters {
      try harness.parameter(name).copy(from: Self.filter(file.tensor(name)).floats)
    }
    for (name, stored) in [("running_mean", "running_mean_before"), ("running_var", "running_var_before")]
    where file.tensors[stored] != nil {
      try harness.buffer(name).copy(from: file.tensor(stored).floats)
    }
    let output = harness.forward(Self.channelsLast(input).floats)
    #expect(
      relativeDistance(output, try Self.channelsLast(file.tensor("output")).values) < Self.forwardTolerance)
    let gradient = harness.backward(try Self.channelsLast(file.tensor("output_gradient")).floats)
    if file.tensors["input.gradient"] != nil {
      #expect(
        relativeDistance(gradient, try Self.channelsLast(file.tensor("input.gradient")).values)
          < Self.gradientTolerance)
    }
    for name in parameters {
      #expect(
        relativeDistance(
          try harness.gradient(name).values, try Self.filter(file.tensor("\(name).gradient")).values)
          < Self.gradientTolerance, "\(name)")
    }
    for (name, stored) in [("running_mean", "running_mean_after"), ("running_var", "running_var_after")]
    where file.tensors[stored] != nil {
      #expect(
        relativeDistance(try harness.buffer(name).values, try file.tensor(stored).values)
          < Self.forwardTolerance)
    }
  }

  static let attentions = goldenFiles(in: "tensors") { $0.hasPrefix("attention-causal") }

  @Test("attention without projections equals PyTorch's", arguments: attentions)
  func attention(_ url: URL) throws {
    let file = try SafetensorsFile(url)
    let shape = try file.tensor("q").shape
    let (times, channels) = (shape[2], shape[3])
    /// One head of one sample.
    func matrix(_ name: String, _ head: Int) throws -> MatrixView {
      let view = FloatBuffer(count: times * channels).view
      view.copy(
        from: Array(try file.tensor(name).floats[head * view.count..<(head + 1) * view.count]))
      return MatrixView(view, rows: times, columns: channels)
    }
    func square() -> MatrixView {
      MatrixView(FloatBuffer(count: times * times).view, rows: times, columns: times)
    }
    var results: [String: [Float]] = [:]
    for head in 0..<shape[0] * shape[1] {
      let (q, k, v) = (try matrix("q", head), try matrix("k", head), try matrix("v", head))
      let (y, probabilities) = (try matrix("output", head), square())
      y.elements.fill(with: .nan)
      causalAttentionForward(query: q, key: k, value: v, probabilities: probabilities, into: y)
      let (dq, dk, dv) = (try matrix("q", head), try matrix("k", head), try matrix("v", head))
      for gradient in [dq, dk, dv] { gradient.elements.fill(with: .nan) }
      causalAttentionBackward(
        query: q, key: k, value: v, probabilities: probabilities,
        outputGradient: try matrix("output_gradient", head), scores: square(), queryGradient: dq,
        keyGradient: dk, valueGradient: dv)
      for (name, result) in [("output", y), ("q.gradient", dq), ("k.gradient", dk), ("v.gradient", dv)] {
        results[name, default: []] += result.elements.values
      }
    }
    for (name, tolerance) in [
      ("output", Self.forwardTolerance), ("q.gradient", Self.gradientTolerance),
      ("k.gradient", Self.gradientTolerance), ("v.gradient", Self.gradientTolerance),
    ] {
      #expect(relativeDistance(results[name] ?? [], try file.tensor(name).values) < tolerance, "\(name)")
    }
  }

  @Test("losses and their gradients equal PyTorch's", arguments: GoldenLayer.losses)
  func loss(_ url: URL) throws {
    let file = try SafetensorsFile(url)
    let input = try file.tensor("input")
    let view = FloatBuffer(count: input.values.count).view
    view.copy(from: input.floats)
    let gradient = FloatBuffer(count: view.count).view
    let target = try file.tensor("target")
    let value: Double
    switch file.metadata["op"] {
    case "mse_loss": value = meanSquaredError(view, targets: target.floats, gradient: gradient)
    case "binary_cross_entropy_with_logits":
      value = binaryCrossEntropy(logits: view, targets: target.floats, gradient: gradient)
    default:
      value = crossEntropy(
        logits: MatrixView(view, rows: input.shape[0], columns: input.shape[1]),
        labels: target.integers.map(Int32.init),
        smoothing: try #require(Double(file.metadata["label_smoothing"] ?? "0")), gradient: gradient)
    }
    #expect(relativeDistance([Float(value)], try file.tensor("output").values) < Self.forwardTolerance)
    let scale = try file.tensor("output_gradient").values[0]
    let expected = try file.tensor("input.gradient").values.map { $0 / scale }
    #expect(relativeDistance(gradient.values, expected) < Self.gradientTolerance)
  }

  /// The layer that a file's metadata describes.
  private static func layer(_ file: SafetensorsFile) throws -> any Layer {
    func number(_ key: String) throws -> Int { try #require(file.metadata[key].flatMap { Int($0) }) }
    func real(_ key: String) throws -> Double { try #require(file.metadata[key].flatMap { Double($0) }) }
    switch try #require(file.metadata["op"]) {
    case "linear": return Linear(try file.tensor("weight").shape[0])
    case "conv2d":
      let weight = try file.tensor("weight")
      return Convolution2D(
        weight.shape[0], kernel: weight.shape[2], stride: try number("stride"),
        padding: try padding(file), groups: try number("groups"), bias: file.tensors["bias"] != nil)
    case "batch_norm": return BatchNorm(epsilon: try real("eps"), momentum: try real("momentum"))
    case "layer_norm": return LayerNorm(epsilon: try real("eps"))
    case "max_pool2d":
      return MaxPool2D(
        kernel: try number("kernel"), stride: try number("stride"), padding: try padding(file))
    case "avg_pool2d":
      return AveragePool2D(
        kernel: try number("kernel"), stride: try number("stride"), padding: try padding(file))
    case "embedding":
      let weight = try file.tensor("weight")
      return Embedding(entries: weight.shape[0], features: weight.shape[1])
    case "gru": return GRU(try file.tensor("weight_hh_l0").shape[1])
    case "multihead_attention": return CausalSelfAttention(heads: try number("heads"))
    case "relu": return ReLU()
    case "relu6": return ReLU6()
    case "leakyrelu": return LeakyReLU()
    case "gelu-erf": return GELU()
    case "silu": return SiLU()
    case "tanh": return Tanh()
    case "sigmoid": return Sigmoid()
    case "concat(max,avg) global pooling, max first": return AdaptiveConcatPool()
    case let unknown: throw MissingTensor(name: unknown)
    }
  }

  private static func padding(_ file: SafetensorsFile) throws -> Padding {
    let text = try #require(file.metadata["padding"])
    return text == "same" ? .same : .symmetric(try #require(Int(text)))
  }

  /// A sample tensor in our layout: NCHW becomes NHWC.
  private static func channelsLast(_ tensor: SafetensorsFile.Tensor) -> SafetensorsFile.Tensor {
    permuted(tensor, [0, 2, 3, 1])
  }

  /// A parameter in our layout: OIHW becomes HWIO.
  private static func filter(_ tensor: SafetensorsFile.Tensor) -> SafetensorsFile.Tensor {
    permuted(tensor, [2, 3, 1, 0])
  }

  private static func permuted(_ tensor: SafetensorsFile.Tensor, _ order: [Int]) -> SafetensorsFile.Tensor {
    guard tensor.shape.count == order.count else { return tensor }
    let shape = order.map { tensor.shape[$0] }
    let strides = tensor.shape.indices.map { tensor.shape[($0 + 1)...].reduce(1, *) }
    let values = (0..<tensor.values.count).map { index in
      var rest = index
      var source = 0
      for axis in shape.indices.reversed() {
        source += rest % shape[axis] * strides[order[axis]]
        rest /= shape[axis]
      }
      return tensor.values[source]
    }
    return SafetensorsFile.Tensor(shape: shape, values: values)
  }
}
