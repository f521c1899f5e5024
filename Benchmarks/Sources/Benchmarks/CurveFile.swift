import CurveModel
import Glibc
import Measuring

/// A curve as a file, in one of the forms that are read.
struct CurveFile {
  /// The form, as the table says it.
  let form: String
  /// Where it is.
  let path: String
  private let size: Int

  /// Writes a curve's text into a folder.
  init(_ form: String, named name: String, text: String, in folder: TemporaryFolder) throws {
    let bytes = Array(text.utf8)
    self.form = form
    size = bytes.count
    path = try folder.write(bytes, to: name)
  }

  /// The size, as the table says it.
  var megabytes: String { "\(decimal(Double(size) / 1e6, places: 0)) MB" }

  /// Reads the file from the system's cache and the curve from its bytes.
  ///
  /// - Throws: ``CurveFileError`` or `CurveError`.
  func read() throws -> LossCurve { try CurveReading.read(bytes()).curve }

  /// The whole file in one call, as the program itself reads it.
  private func bytes() throws(CurveFileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(Glibc.read(descriptor, buffer.baseAddress, size), 0)
    }
    guard bytes.count == size else { throw CurveFileError(path: path) }
    return bytes
  }
}

/// A file just written cannot be read in one piece.
struct CurveFileError: Error, Equatable, CustomStringConvertible {
  let path: String
  var description: String { "cannot read back \(path), written just before" }
}

extension LossCurve {
  /// The curve as users dump fastai's recorder: `lrs`, `losses`, `raw_losses`, `num_it`.
  var recorderText: String {
    JSONValue.object([
      .init("lrs", .numbers(learningRates)), .init("losses", .numbers(smoothedLosses ?? losses)),
      .init("raw_losses", .numbers(losses)), .init("num_it", .number(Double(count))),
    ]).text
  }

  /// The curve as Keras' and other loggers write it.
  var tableText: String {
    "lr,loss\n" + zip(learningRates, losses).map { "\($0),\($1)\n" }.joined()
  }
}
