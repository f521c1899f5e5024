internal import Archives

/// PyTorch's file format since version 1.6: a zip archive of stored entries.
///
/// `NAME/data.pkl` is the pickle, `NAME/data/KEY` the bytes of one storage, `NAME/byteorder` "little" or "big"; other
/// entries say nothing about the tensors. Source: `torch/serialization.py` of PyTorch 2.13.
enum TorchZipFile {
  private static let pickleName = "data.pkl"
  /// An entry a storage: ten times the tensors of the largest models on the Hugging Face hub.
  private static let entryLimit = 1 << 20

  /// Reads a whole file; the tensors are views of its bytes.
  static func checkpoint(_ bytes: [UInt8]) throws(CheckpointError) -> Checkpoint {
    try checkpoint(try reading { () throws(ArchiveError) in try ZipArchive(bytes, entryLimit: entryLimit) })
  }

  private static func checkpoint(_ archive: ZipArchive) throws(CheckpointError) -> Checkpoint {
    let pickles = archive.entries.filter { $0.name.hasSuffix("/\(pickleName)") }
    guard let pickle = pickles.first, pickles.count == 1 else { throw .unknownFormat }
    let folder = pickle.name.dropLast(pickleName.count)
    if let entry = archive.entry(named: "\(folder)byteorder") {
      let order = String(decoding: try content(of: entry, in: archive), as: UTF8.self)
      guard order == "little" else {
        throw .unsupported(detail: "numbers in the byte order \"\(order)\"")
      }
    }
    let graph = try Unpickler.graph(of: try content(of: pickle, in: archive)).graph
    var storages: [String: ArraySlice<UInt8>] = [:]
    for storage in graph.storages where storages[storage.key] == nil {
      guard let entry = archive.entry(named: "\(folder)data/\(storage.key)") else {
        throw .damaged(detail: "the zip archive lacks storage \(storage.key)")
      }
      storages[storage.key] = try content(of: entry, in: archive)
    }
    return try Checkpoint(graph, storages: storages)
  }

  private static func content(of entry: ZipArchive.Entry, in archive: ZipArchive) throws(CheckpointError)
    -> ArraySlice<UInt8>
  {
    try reading { () throws(ArchiveError) in try archive.content(of: entry) }
  }

  private static func reading<Value>(_ body: () throws(ArchiveError) -> Value) throws(CheckpointError)
    -> Value
  {
    do {
      return try body()
    } catch {
      throw .archive(error)
    }
  }
}

extension Checkpoint {
  /// The state dictionary of a pickle, its tensors as views of the storages' bytes by key.
  init(_ graph: PickleGraph, storages: [String: ArraySlice<UInt8>]) throws(CheckpointError) {
    var entries: [(name: String, tensor: CheckpointTensor)] = []
    for (name, reference) in try StateDictionary(graph).entries {
      let storage = reference.storage
      guard let bytes = storages[storage.key], storage.count <= bytes.count / storage.elementType.byteCount
      else { throw .damaged(detail: "storage \(storage.key) has fewer than its \(storage.count) elements") }
      entries.append(
        (
          name,
          try CheckpointTensor(
            elementType: storage.elementType, shape: reference.shape, strides: reference.strides,
            offset: reference.offset, storage: bytes.prefix(storage.count * storage.elementType.byteCount),
            place: "tensor \(name)")
        ))
    }
    try self.init(entries)
  }
}
