import CurveModel
import DatasetKit
import Glibc
import ImageCodec

/// A contact sheet that is to be drawn; everything that can be wrong with it is found before the data are read.
struct SheetPlan {
  /// Where it is written.
  let path: String
  private let count: Int
  private let part: ContactSheet.Part

  /// The most pixels of a sheet: three bytes each are in memory.
  private static let mostPixels = 60_000_000
  private static let mostTiles = 10_000

  /// Plans a sheet of `count` photographs with sides of `side` pixels.
  ///
  /// - Throws: ``UsageError`` or ``DestinationError``.
  init(path: String, count: Int, isTraining: Bool, side: Int) throws {
    guard (1...Self.mostTiles).contains(count),
      ContactSheet.pixels(count: count, side: side) <= Self.mostPixels
    else {
      throw UsageError(
        "--count \(count): a sheet has at least one photograph and at most \(Self.mostPixels / 1_000_000) million "
          + "pixels; take fewer, or a smaller --size")
    }
    try Destination.check(path)
    self.path = path
    self.count = count
    part = isTraining ? .training : .validation
  }

  /// Draws photographs of a data set into the file.
  ///
  /// - Throws: ``SheetError``
  func draw(_ data: Dataset) throws {
    guard let sheet = ContactSheet(of: data, part, count: count) else {
      preconditionFailure("a sheet is planned of photographs alone")
    }
    let bytes = try sheet.picture.jpeg()
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard file >= 0 else { throw DestinationError(path: path, reason: String(cString: strerror(errno))) }
    defer { close(file) }
    let failure = writeAll(bytes, to: file)
    guard failure == 0 else { throw SheetError(path: path, reason: String(cString: strerror(failure))) }
  }
}

/// Why a sheet could not be written to its end.
struct SheetError: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "cannot write \(path): \(reason); free space on its disk" }
}
