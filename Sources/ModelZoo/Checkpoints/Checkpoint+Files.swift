internal import Archives

extension Checkpoint {
  /// The largest file that is read unless the caller says otherwise: 4 GiB, a thousand million float weights.
  public static let defaultSizeLimit = 1 << 32

  /// Reads a checkpoint file, recognising its format by its first bytes.
  ///
  /// Formats: safetensors; PyTorch's zip (`.pth`, `.pt`) and legacy (`.th`, before version 1.6) files. The pickle in
  /// PyTorch's files is a program: this reader runs none of it, but builds tensors and plain containers and refuses
  /// everything else. Where the file wraps the state dictionary (`{"state_dict": …, "epoch": …}`), the tensors are
  /// named as in the state dictionary.
  ///
  /// - Parameters:
  ///   - path: a regular file.
  ///   - sizeLimit: the largest file to read, in bytes.
  /// - Throws: ``CheckpointError``.
  public static func read(from path: String, sizeLimit: Int = defaultSizeLimit) throws(CheckpointError)
    -> Checkpoint
  {
    try Checkpoint(bytes: WholeFile.read(path, sizeLimit: sizeLimit))
  }

  /// Reads the bytes of a checkpoint file, as ``read(from:sizeLimit:)`` does.
  ///
  /// - Throws: ``CheckpointError``.
  public init(bytes: [UInt8]) throws(CheckpointError) {
    if ZipArchive.isLikely(bytes) {
      self = try TorchZipFile.checkpoint(bytes)
    } else if TorchLegacyFile.isLikely(bytes) {
      self = try TorchLegacyFile.checkpoint(bytes)
    } else if SafetensorsFormat.isLikely(bytes) {
      self = try SafetensorsFormat.checkpoint(bytes)
    } else {
      throw .unknownFormat
    }
  }

  /// Writes a safetensors file: equal checkpoints give equal bytes.
  ///
  /// The file is there as a whole or not at all; a file of that name stays until the new one is complete.
  ///
  /// - Throws: ``CheckpointError``.
  public func write(to path: String) throws(CheckpointError) {
    try WholeFile.write(safetensorsBytes(), to: path)
  }
}
