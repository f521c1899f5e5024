import CurveModel
import Foundation

/// Reads a text as a curve.
func read(_ text: String, group: Int? = nil, requestedPoints: Int? = nil) throws(CurveError) -> CurveReading {
  try CurveReading.read(Array(text.utf8), group: group, requestedPoints: requestedPoints)
}

/// The message of the error that reading `text` throws; nil if it is read.
func message(reading text: String, group: Int? = nil) -> String? {
  do throws(CurveError) {
    _ = try read(text, group: group)
    return nil
  } catch {
    return error.description
  }
}

/// A curve that uses everything a curve can hold.
func fullCurve(points: Int = 6, stop: StopReason = .diverged) throws -> LossCurve {
  let schedule = try RateSchedule(start: 1e-7, end: 10, steps: 100)
  let header = CurveHeader(
    task: [
      .init("dataset", .string("digits \"8×8\"")), .init("model", .string("mlp")),
      .init("optimizer", .string("adam")),
      .init("batchSize", .number(64)), .init("hidden", .numbers([64, 32])), .init("augmented", .bool(false)),
      .init("note", .object([.init("by", .null)])),
    ],
    schedule: schedule, requestedPoints: 120, seed: .max,
    versions: [.init("suggest", .string("0.1.0")), .init("threads", .number(2))])
  let steps = Array(0..<points)
  func series(_ scale: Double) -> [Double] { steps.map { scale * (1 + Double($0) / 7) } }
  var losses = steps.map { 2.3 - 0.01 * Double($0) }
  if points > 2 { losses[points - 2] = -.infinity }
  losses[points - 1] = .infinity
  return try LossCurve(
    header: header, learningRates: steps.map(schedule.rate(at:)), rawLosses: losses,
    smoothedLosses: series(2),
    groupLearningRates: steps.map { [schedule.rate(at: $0) / 10, schedule.rate(at: $0)] },
    skippedSteps: steps.filter { $0 == 1 || $0 == 4 },
    diagnostics: StepDiagnostics(
      validationLoss: series(2.2), gradientNorm: series(0.3), parameterNorm: series(31),
      updateNorm: series(1e-6),
      gradientUpdateProduct: series(-3e-7), distanceFromStart: series(1e-5)),
    stop: stop)
}

/// A folder of this test's own, removed with everything in it when `body` returns.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("suggest-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}
