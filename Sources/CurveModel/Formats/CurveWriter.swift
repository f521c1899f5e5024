import Glibc

/// Writes a curve to a file while it is recorded: one line a step, each handed to the system at once, so that a crash
/// leaves everything up to the last step.
public struct CurveWriter: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private var points = 0

  /// Creates the file and writes its first line; an existing file is never overwritten.
  ///
  /// - Throws: ``CurveError/cannotCreate(path:reason:)``, ``CurveError/writeFailed(path:reason:)``; no file is left
  ///   behind.
  public init(path: String, header: CurveHeader) throws(CurveError) {
    descriptor = try Self.create(path, firstLine: CurveLines.headerLine(header))
    self.path = path
  }

  private static func create(_ path: String, firstLine: String) throws(CurveError) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .cannotCreate(path: path, reason: String(cString: strerror(errno))) }
    do throws(CurveError) {
      try write(firstLine, to: descriptor, path)
    } catch {
      close(descriptor)
      unlink(path)
      throw error
    }
    return descriptor
  }

  deinit { close(descriptor) }

  /// Appends a step.
  ///
  /// - Throws: ``CurveError/writeFailed(path:reason:)``.
  public mutating func append(_ step: CurveStep) throws(CurveError) {
    try Self.write(CurveLines.stepLine(step), to: descriptor, path)
    points += 1
  }

  /// Appends the closing line and waits until the disk has everything.
  ///
  /// - Throws: ``CurveError/writeFailed(path:reason:)``.
  public mutating func finish(stop: StopReason) throws(CurveError) {
    try Self.write(CurveLines.closingLine(stop: stop, points: points), to: descriptor, path)
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .writeFailed(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// Removes the file: for a recording that ended before its first step.
  public func remove() { unlink(path) }

  private static func write(_ line: String, to descriptor: Int32, _ path: String) throws(CurveError) {
    var bytes = Array(line.utf8)[...]
    bytes.append(UInt8(ascii: "\n"))
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw .writeFailed(path: path, reason: String(cString: strerror(errno))) }
      bytes = bytes.dropFirst(written)
    }
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
      step.diagnostics = series.map { $0?[index] }
      lines.append(CurveLines.line(of: step, loss: rawLosses?[index], smoothedLoss: smoothedLosses?[index]))
    }
    lines.append(CurveLines.closingLine(stop: stop, points: count))
    return lines.joined(separator: "\n") + "\n"
  }
}
