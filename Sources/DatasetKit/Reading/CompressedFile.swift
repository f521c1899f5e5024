internal import Archives

/// A gzip-compressed file of a data set.
struct CompressedFile {
  let path: String

  /// The unpacked content.
  ///
  /// - Parameter limit: the largest size that a sound file unpacks to, in bytes.
  func content(limit: Int) throws(DatasetError) -> [UInt8] {
    let packed = try WholeFile.content(of: path)
    do {
      return try Gzip.unpack(packed, limit: limit)
    } catch {
      throw .damaged(path: path, detail: error.description)
    }
  }
}
