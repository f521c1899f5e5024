internal import Archives

/// A comparison that was carried out into a store: what was asked for, so that whoever reads the outcomes knows which
/// rates are a grid's and which were only tried because a strategy suggested them.
public struct StoredComparison: Sendable, Equatable {
  /// The comparison's name.
  public let name: String
  /// The comparison file with every default filled in.
  public let text: String

  /// Takes a comparison's name and text.
  ///
  /// - Parameters:
  ///   - name: The name: letters, digits, dots, hyphens and underscores.
  ///   - text: The comparison file with every default filled in.
  public init(name: String, text: String) {
    self.name = name
    self.text = text
  }

  /// The first twelve hexadecimal digits of the SHA-256 hash of ``text``.
  public var hash: String { String(SHA256Hash.hexadecimal(of: text.utf8).prefix(Self.hashLength)) }

  /// `NAME-HASH.yaml`: another text is another file, the same one is never written twice.
  public var fileName: String { "\(name)-\(hash)\(Self.suffix)" }

  /// The name that a file's name states; nil where it is none of a comparison.
  static func name(ofFile file: String) -> String? {
    guard file.hasSuffix(suffix), !file.hasPrefix(".") else { return nil }
    let stem = file.dropLast(suffix.count)
    guard stem.count > hashLength + 1, stem.dropLast(hashLength).last == "-" else { return nil }
    return String(stem.dropLast(hashLength + 1))
  }

  private static let hashLength = 12
  private static let suffix = ".yaml"
}
