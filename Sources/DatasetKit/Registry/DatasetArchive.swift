/// An archive of photographs, where it is and what it must be.
public struct DatasetArchive: Sendable, Equatable {
  /// The hash that is known of an archive, in hexadecimal digits.
  public enum Checksum: Sendable, Equatable {
    /// SHA-256.
    case sha256(String)
    /// MD5, which is all that is published for some: good against accidents.
    case md5(String)

    /// The digits.
    public var digits: String {
      switch self {
      case .sha256(let digits), .md5(let digits): digits
      }
    }
  }

  /// Where it is downloaded from.
  public let address: String
  /// Its size in bytes.
  public let size: Int
  /// What its bytes must hash to.
  public let checksum: Checksum

  /// The name of the file.
  public var file: String { address.split(separator: "/").last.map(String.init) ?? address }
}
