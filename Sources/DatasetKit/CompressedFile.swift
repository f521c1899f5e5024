internal import Archives
internal import FoundationEssentials

/// A gzip-compressed file of a data set.
struct CompressedFile {
  let path: String

  /// The unpacked content.
  ///
  /// - Parameter limit: the largest size that a sound file unpacks to, in bytes.
  func content(limit: Int) throws(DatasetError) -> [UInt8] {
    let packed: Data
    do {
      packed = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
    do {
      return try Gzip.unpack([UInt8](packed), limit: limit)
    } catch {
      throw .damaged(path: path, detail: error.description)
    }
  }
}
