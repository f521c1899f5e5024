internal import Archives

/// The hash of a file that may be large.
enum FileChecksum {
  /// The SHA-256 in hexadecimal digits.
  static func sha256(of path: String) throws(DatasetError) -> String { try hash(SHA256Hash.self, of: path) }

  /// The MD5 in hexadecimal digits.
  static func md5(of path: String) throws(DatasetError) -> String { try hash(MD5Hash.self, of: path) }

  private static func hash(
    _ kind: (some MessageHash).Type, of path: String
  ) throws(DatasetError) -> String {
    do throws(ArchiveError) {
      return try kind.hexadecimal(ofFile: path)
    } catch {
      guard case .cannotRead(let path, let reason) = error else {
        throw .unreadable(path: path, reason: error.description)
      }
      throw .unreadable(path: path, reason: reason)
    }
  }
}
