import Spelling

/// Which model to train, by a name that reads back as itself.
///
/// Forms: `logistic`; `mlp` for `mlp-256-128`; `mlp-H1-H2…` with hidden sizes; `mlp-bn-H1…` with batch norm after
/// each hidden layer (`mlp-bn` has the default sizes); `cnn` for `cnn-16-32`; `cnn-C1-C2…` with the channels of
/// each convolution.
public enum ModelSpecification: Sendable, Hashable, CustomStringConvertible {
  /// A linear classifier or regression.
  case logistic
  /// Fully connected hidden layers with ReLU.
  case mlp(hidden: [Int], batchNorm: Bool)
  /// 3×3 convolutions, each with batch norm, ReLU and 2×2 max pooling, then a linear layer.
  case cnn(channels: [Int])

  /// The valid forms, as examples for messages and help.
  public static let forms = ["logistic", "mlp", "mlp-256-128", "mlp-bn", "mlp-bn-64", "cnn", "cnn-16-32"]
  /// The hidden sizes of `mlp`: 784-256-128-10 is a common first network for 28×28 pictures.
  static let defaultHidden = [256, 128]
  /// The channels of `cnn`.
  static let defaultChannels = [16, 32]
  /// The widest layer that a name may ask for: a million units would be a slip of the keyboard.
  static let largestWidth = 65_536

  /// Reads a model's name.
  ///
  /// - Throws: ``ModelZooError/unknownModel(name:nearest:)`` with the valid forms that are nearest in spelling.
  public init(parsing name: String) throws(ModelZooError) {
    guard let specification = Self.specification(named: name) else {
      throw .unknownModel(name: name, nearest: nearestNames(to: name, among: Self.forms))
    }
    self = specification
  }

  /// The canonical name: defaults are written out.
  public var name: String {
    switch self {
    case .logistic: "logistic"
    case .mlp(let hidden, let batchNorm):
      ((batchNorm ? ["mlp", "bn"] : ["mlp"]) + hidden.map(String.init)).joined(separator: "-")
    case .cnn(let channels): (["cnn"] + channels.map(String.init)).joined(separator: "-")
    }
  }

  /// The canonical name.
  public var description: String { name }

  private static func specification(named name: String) -> ModelSpecification? {
    var words = name.split(separator: "-", omittingEmptySubsequences: false)[...]
    switch words.popFirst() {
    case "logistic": return words.isEmpty ? .logistic : nil
    case "mlp":
      let batchNorm = words.first == "bn"
      if batchNorm { words.removeFirst() }
      return widths(words, default: defaultHidden).map { .mlp(hidden: $0, batchNorm: batchNorm) }
    case "cnn": return widths(words, default: defaultChannels).map { .cnn(channels: $0) }
    default: return nil
    }
  }

  /// The words as layer widths; nil where one is none.
  private static func widths(_ words: ArraySlice<Substring>, default standard: [Int]) -> [Int]? {
    guard !words.isEmpty else { return standard }
    let numbers = words.compactMap { word in
      word.allSatisfy(\.isNumber) ? Int(word).flatMap { (1...largestWidth).contains($0) ? $0 : nil } : nil
    }
    return numbers.count == words.count ? numbers : nil
  }
}
