public import TrainingEngine

/// A linear classifier or regression; pictures are flattened first.
public struct Logistic: Architecture {
  /// The only form.
  public static let forms = ["logistic"]

  /// Creates the model.
  public init() {}

  /// Reads `logistic`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("logistic"), name.isEmpty else { return nil }
  }

  /// `logistic`.
  public var words: [String] { ["logistic"] }

  /// One linear layer.
  public func body(input: SampleShape, outputs: Int) -> Sequential {
    Sequential(input.flattening + [Linear(outputs)])
  }
}

extension SampleShape {
  /// What makes flat samples of these: nothing where they are flat.
  var flattening: [any Layer] { dimensions.count > 1 ? [Flatten()] : [] }
}
