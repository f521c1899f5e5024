import ModelZoo
public import TrainingEngine

extension TrainingWork {
  /// Our network.
  ///
  /// - Throws: ``TrainingWorkError`` where it is not the one whose operations are counted; errors of the engine.
  public func network() throws -> Network {
    let network =
      switch model {
      case .mlp: try zooNetwork((["mlp"] + widths.map(String.init)).joined(separator: "-"))
      case .cnn: try Network(name: "cnn", layers: cnnLayers, inputShape: SampleShape(input))
      case .resnet:
        // Two convolutions a block; the first convolution and the linear layer count too.
        try zooNetwork("resnet\(2 * widths.reduce(1, +))" + (smallStem ? "-small" : ""))
      }
    let weights = network.parameters.filter { $0.kind == .weight }.map { $0.shape.reduce(1, *) }
    guard weights == multiplyingLayers.map(\.weightCount) else {
      throw TrainingWorkError.otherNetwork(title: title, name: network.name)
    }
    return network
  }

  /// Our optimizer.
  var optimizerConfiguration: OptimizerConfiguration {
    switch optimizer.family {
    case .sgd: .sgd(momentum: optimizer.momentum, weightDecay: optimizer.weightDecay)
    case .adam: .adam(weightDecay: optimizer.weightDecay)
    }
  }

  private func zooNetwork(_ name: String) throws -> Network {
    try ModelSpecification(parsing: name).network(inputShape: SampleShape(input), outputCount: classes)
  }

  /// The model zoo's CNN without its batch norm.
  private var cnnLayers: [any Layer] {
    widths.flatMap { filters -> [any Layer] in
      [Convolution2D(filters, kernel: 3, padding: 1), ReLU(), MaxPool2D(kernel: 2)]
    } + [Flatten(), Linear(classes)]
  }
}

/// Why a work of the benchmark cannot be measured.
public enum TrainingWorkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The network of this name has other weights than the layers that are counted.
  case otherNetwork(title: String, name: String)

  /// One sentence: what is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .otherNetwork(let title, let name):
      "the layers counted for \(title) are not those of \(name): bring TrainingWork.multiplyingLayers up to date"
    }
  }
}
