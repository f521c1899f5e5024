import Glibc

/// Writes a curve to a file while it is recorded: one line a step, each handed to the system at once, so that a crash
/// leaves everything up to the last step.
///
/// The header goes out together with the first step: a file is either empty or holds a step, whenever the recording
/// is cut off. A file without a step is removed when the recording finishes, or when the writer goes out of scope.
public struct CurveWriter: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private let headerLine: String
  private var points = 0
  private var isRemoved = false

  /// Creates the file, empty; an existing file is never overwritten.
  ///
  /// - Throws: ``CurveError/cannotCreate(path:reason:)``.
  public init(path: String, header: CurveHeader) throws(CurveError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: String(cString: strerror(errno))) }
    self.path = path
    headerLine = CurveLines.headerLine(header)
  }

  deinit {
    if points == 0, !isRemoved { unlink(path) }
    close(descriptor)
  }

  /// Appends a step; before the first one, the header, in the same write.
  ///
  /// - Throws: ``CurveError/writeFailed(path:reason:)``; if that was the first step, no file is left behind.
  public mutating func append(_ step: CurveStep) throws(CurveError) {
    let line = CurveLines.stepLine(step) + "\n"
    do throws(CurveError) {
      try write(points == 0 ? headerLine + "\n" + line : line)
    } catch {
      if points == 0 { remove() }
      throw error
    }
    points += 1
  }

  /// Appends the closing line and waits until the disk has everything; removes the file if there was no step.
  ///
  /// - Throws: ``CurveError/writeFailed(path:reason:)``.
  public mutating func finish(stop: StopReason) throws(CurveError) {
    guard points > 0 else { return remove() }
    try write(CurveLines.closingLine(stop: stop, points: points) + "\n")
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw writeFailed(errno) }
  }

  private mutating func remove() {
    // Once only: the name may be somebody else's by then.
    if !isRemoved { unlink(path) }
    isRemoved = true
  }

  private func write(_ text: String) throws(CurveError) {
    let problem = writeAll(Array(text.utf8), to: descriptor)
    guard problem == 0 else { throw writeFailed(problem) }
  }

  private func writeFailed(_ code: Int32) -> CurveError {
    .writeFailed(path: path, reason: String(cString: strerror(code)))
  }
}

extension LossCurve {
  /// The curve as a file of the toolkit's own format.
  public var curveLines: String {
    var lines = [CurveLines.headerLine(header)]
    let series = diagnostics.series
    let skipped = Set(skippedSteps)
    for (index, rate) in learningRates.enumerated() {
      var step = CurveStep(
        learningRate: rate, groupLearningRates: groupLearningRates?[index], loss: losses[index],
        skipped: skipped.contains(index))
      for (quantity, values) in series.enumerated() { step[quantity: quantity] = values?[index] }
      lines.append(CurveLines.line(of: step, loss: rawLosses?[index], smoothedLoss: smoothedLosses?[index]))
    }
    lines.append(CurveLines.closingLine(stop: stop, points: count))
    return lines.joined(separator: "\n") + "\n"
  }
}
