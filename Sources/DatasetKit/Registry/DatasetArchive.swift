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

    /// What the hash is called.
    public var name: String {
      switch self {
      case .sha256: "SHA-256"
      case .md5: "MD5"
      }
    }
  }

  /// Where it is downloaded from.
  public let address: String
  /// Its size in bytes.
  public let size: Int
  /// What its bytes must hash to.
  public let checksum: Checksum
  /// The folder in the archive whose photographs are the data; the rest is left out.
  public let photographFolder: String

  /// The name of the file.
  public var file: String { address.split(separator: "/").last.map(String.init) ?? address }

  /// The file, its size and its hash.
  var description: String { "\(file) of \(size) bytes, \(checksum.name) \(checksum.digits)" }
}

extension DatasetArchive {
  /// Why a file is not this archive; nil where it is.
  ///
  /// - Throws: ``DatasetError/unreadable(path:reason:)``
  func misfit(of path: String) throws(DatasetError) -> String? {
    if let found = Folder.size(of: path), found != size { return "it has \(found) bytes, not \(size)" }
    let found: String
    switch checksum {
    case .sha256: found = try FileChecksum.sha256(of: path)
    case .md5: found = try FileChecksum.md5(of: path)
    }
    return found == checksum.digits ? nil : "its \(checksum.name) is \(found), not \(checksum.digits)"
  }

  /// Where an entry of the archive is put below the data set's folder; nil leaves it out.
  func place(_ name: String) -> String? {
    let parts = name.split(separator: "/").filter { $0 != "." }
    let folder = photographFolder.split(separator: "/")
    guard parts.starts(with: folder), parts.count > folder.count, let file = parts.last,
      PhotographFolder.isPhotograph(file)
    else { return nil }
    return parts.dropFirst(folder.count).joined(separator: "/")
  }

  /// The same archive at an address, or in a folder like the cache at that address.
  func at(_ origin: String, for folder: String) -> DatasetArchive {
    let isFile = origin.hasSuffix(".gz") || origin.hasSuffix(".tgz")
    let base = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
    return DatasetArchive(
      address: isFile ? origin : "\(base)/\(folder)/\(file)", size: size, checksum: checksum,
      photographFolder: photographFolder)
  }
}
