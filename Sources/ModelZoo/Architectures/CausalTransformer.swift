public import TrainingEngine

/// A small language model of characters that looks back by attention.
///
/// Embedding and learned positions; blocks of causal self-attention and of two linear layers, 4·width wide inside with
/// GELU, each added to what enters it and with layer norm before it; then a last layer norm and a linear layer without
/// bias at every time. Samples are [times] of character numbers from 0, and the outputs [times, vocabulary] are logits
/// of the next character: the vocabulary is the number of outputs. Weights begin normal with deviation 0.02.
///
/// Sources: A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017; for the place of the norms, the positions and
/// the initial values A. Radford et al., "Language Models are Unsupervised Multitask Learners", 2019 (GPT-2). Blocks are
/// named as those of PyTorch 2.13's `nn.TransformerEncoder` with `norm_first`.
public struct CausalTransformer: Architecture {
  /// The default, and written out.
  public static let forms = ["transformer", "transformer-width64-depth2-heads4"]

  /// The features of every time.
  public let width: Int
  /// The number of blocks.
  public let depth: Int
  /// The heads of each attention; they must divide the width.
  public let heads: Int
  /// The share that training drops of the embedded characters and of what each half of a block adds.
  public let dropout: Double

  /// Reads `transformer[-widthW][-depthD][-headsH][-dropoutP]`.
  public init?(_ name: NameWords) {
    var name = name
    guard name.take("transformer") else { return nil }
    width = name.takeNumber(after: "width") ?? 128
    depth = name.takeNumber(after: "depth") ?? 4
    heads = name.takeNumber(after: "heads") ?? 4
    dropout = name.takeShare(after: "dropout") ?? 0
    guard name.isEmpty else { return nil }
  }

  /// `transformer-width128-depth4-heads4`.
  public var words: [String] {
    ["transformer", "width\(width)", "depth\(depth)", "heads\(heads)"]
      + (dropout == 0 ? [] : ["dropout\(dropout)"])
  }

  /// Embedding → positions → blocks → norm → logits.
  public func body(input: SampleShape, outputs: Int) throws(ModelZooError) -> Sequential {
    try requireSequences(input)
    guard width % heads == 0 else { throw .headsDoNotDivide(model: name) }
    return Sequential(named: [
      "embedding": Embedding(entries: outputs, features: width, initializer: initial),
      "positions": dropping(LearnedPositions(initializer: initial)),
      "layers": Sequential((0..<depth).map { _ in block }),
      "norm": LayerNorm(), "head": linear(outputs, bias: false),
    ])
  }

  /// x + attention(norm(x)), then x + linear(GELU(linear(norm(x)))).
  private var block: Sequential {
    Sequential(named: [
      "": Residual(
        Sequential(named: [
          "norm1": LayerNorm(), "self_attn": dropping(CausalSelfAttention(heads: heads)),
        ])),
      "": Residual(
        Sequential(named: [
          "norm2": LayerNorm(), "linear1": linear(4 * width), "": GELU(), "linear2": dropping(linear(width)),
        ])),
    ])
  }

  /// A layer with dropout after it, where there is any.
  private func dropping(_ layer: any Layer) -> any Layer {
    dropout == 0 ? layer : Sequential(named: ["": layer, "": Dropout(rate: dropout)])
  }

  private func linear(_ outputs: Int, bias: Bool = true) -> Linear {
    Linear(outputs, bias: bias, initializer: .fixed(initial))
  }

  private var initial: Initializer { .normal(deviation: 0.02) }
}
