public import TrainingEngine

/// A language model of characters: embedding, a gated recurrent unit, and a linear layer at every time.
///
/// Samples are [times] of character numbers from 0, and the outputs [times, vocabulary] are logits of the next
/// character: the vocabulary is the number of outputs. Tensors are named as in a PyTorch module with `embedding`, `gru`
/// (`nn.GRU`) and `linear`.
public struct CharacterGRU: Architecture {
  /// The default, and written out.
  public static let forms = ["gru", "gru-128", "gru-256-embedding64"]

  /// The numbers of state.
  public let hidden: Int
  /// The features of a character.
  public let features: Int

  /// Creates a model; a character has as many features as the state has numbers, unless given.
  public init(hidden: Int = 128, features: Int? = nil) {
    precondition(hidden > 0 && features ?? 1 > 0, "a recurrent network needs state and features")
    self.hidden = hidden
    self.features = features ?? hidden
  }

  /// Reads `gru[-H][-embeddingE]`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("gru") else { return nil }
    self.init(hidden: name.takeNumber() ?? 128, features: name.takeNumber(after: "embedding"))
    guard name.isEmpty else { return nil }
  }

  /// `gru-128`, `gru-256-embedding64`.
  public var words: [String] {
    ["gru", "\(hidden)"] + (features == hidden ? [] : ["embedding\(features)"])
  }

  /// Embedding → recurrence → logits.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    try requireSequences(input)
    return Sequential(named: [
      "embedding": Embedding(entries: outputs, features: features), "gru": GRU(hidden),
      "linear": Linear(outputs),
    ])
  }
}
