/// What the numbers of a stream are for; part of the stream's identity.
///
/// Streams of one seed and different purposes are independent, so that drawing more numbers for one purpose never
/// changes those of another. The name is hashed into the stream: renaming a purpose changes its numbers.
public struct StreamPurpose: RawRepresentable, Hashable, Sendable {
  /// The purpose's name, for example `"initial-weights"`.
  public let rawValue: String

  /// Creates a purpose from its name.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Initial weights of a network.
  public static let initialWeights = Self(rawValue: "initial-weights")
  /// The order in which training samples are visited.
  public static let dataOrder = Self(rawValue: "data-order")
  /// Which units are dropped.
  public static let dropout = Self(rawValue: "dropout")
  /// The division of a data set into training and validation samples.
  public static let split = Self(rawValue: "split")
  /// What training changes in its samples, such as the part of a photograph that is seen.
  public static let augmentation = Self(rawValue: "augmentation")
  /// Random choices of a strategy.
  public static let strategy = Self(rawValue: "strategy")

  /// The 64-bit FNV-1a hash of the name's UTF-8 bytes.
  ///
  /// Source: the offset basis and prime of G. Fowler, L. C. Noll, K.-P. Vo, "The FNV Non-Cryptographic Hash
  /// Algorithm", IETF draft.
  package var hash: UInt64 {
    rawValue.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
