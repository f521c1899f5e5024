import CurveModel
import Glibc

/// A file of lines that only this process writes: each line is on the disk before the call returns.
///
/// The file is created with its first line, so that a process without results leaves nothing behind. A line that cannot
/// be written whole is taken back, and the file stays sound.
struct LineAppender: ~Copyable {
  /// The folder the file lies in.
  private let folder: String
  /// The file's name without number and extension.
  private let stem: String
  private var number = 1
  private var open: OpenFile?

  private struct OpenFile {
    let path: String
    let descriptor: Int32
    /// The bytes of all whole lines.
    var size: off_t = 0
    /// Whether there may be something behind them.
    var hasRest = false
  }

  /// The path of the file, once it has a line.
  var path: String? { open?.path }

  init(folder: String, stem: String) {
    self.folder = folder
    self.stem = stem
  }

  deinit {
    if let open { close(open.descriptor) }
  }

  /// Appends a line and waits for the disk.
  ///
  /// - Throws: ``StoreError/cannotWrite(path:reason:)``; the file then ends with the line before, and the next call
  ///   tries again.
  mutating func append(_ line: [UInt8]) throws(StoreError) {
    if var present = open {
      // What could not be taken back once must not stand before a line: then the file is left as it is.
      if present.hasRest, ftruncate(present.descriptor, present.size) != 0 {
        close(present.descriptor)
        open = nil
      } else {
        present.hasRest = false
        open = present
      }
    }
    if open == nil { open = try newFile() }
    guard var file = open else { return }
    let isFirst = file.size == 0
    var failure = writeAll(line + [UInt8(ascii: "\n")], to: file.descriptor)
    // Devices that cannot be synchronised say EINVAL.
    if failure == 0, fdatasync(file.descriptor) != 0, errno != EINVAL { failure = errno }
    if failure == 0, isFirst { failure = StoreFolder.synchronize(folder) }
    guard failure == 0 else {
      if isFirst {
        unlink(file.path)
        close(file.descriptor)
        open = nil
      } else {
        file.hasRest = ftruncate(file.descriptor, file.size) != 0
        open = file
      }
      throw .cannotWrite(path: file.path, code: failure)
    }
    file.size += off_t(line.count + 1)
    open = file
  }

  /// Creates the file under the first free name, so that none is ever written by two.
  private mutating func newFile() throws(StoreError) -> OpenFile {
    try StoreFolder.make(folder)
    while true {
      let path = "\(folder)/\(stem)-\(number).jsonl"
      let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
      if descriptor >= 0 { return OpenFile(path: path, descriptor: descriptor) }
      guard errno == EEXIST else { throw .cannotWrite(path: path, code: errno) }
      number += 1
    }
  }
}
