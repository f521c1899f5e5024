import Foundation
import TestSupport
import Testing

@testable import CurveModel

@Suite struct FormatDocumentationTests {
  private static let article = Result {
    try String(
      contentsOf: GoldenFolders.repositoryRoot.appendingPathComponent(
        "Sources/CurveModel/CurveModel.docc/TheCurveFormat.md"), encoding: .utf8)
  }

  /// The recording that the article shows.
  private func example() throws -> LossCurve {
    let schedule = try RateSchedule(start: 1e-7, end: 10, steps: 100)
    return try LossCurve(
      header: CurveHeader(
        task: [
          .init("dataset", .string("digits")), .init("model", .string("mlp")),
          .init("optimizer", .string("adam")),
          .init("batchSize", .number(64)),
        ],
        schedule: schedule, seed: 7, versions: [.init("suggest", .string("0.1.0"))]),
      learningRates: (0..<3).map(schedule.rate(at:)), rawLosses: [2.3125, 2.28125, .infinity],
      skippedSteps: [1],
      diagnostics: StepDiagnostics(gradientNorm: [0.5, 0.4375, .nan], updateNorm: [1e-7, 0, 2.5e-7]),
      stop: .nonFinite)
  }

  @Test("the article's example is what is written")
  func exampleIsWritten() throws {
    let article = try Self.article.get()
    let block = try #require(article.firstMatch(of: /(?s)```json\n(.*?)```/))
    #expect(String(block.1) == (try example().curveLines))
  }

  @Test("the article's example is read as the curve it shows")
  func exampleIsRead() throws {
    let block = try #require(try Self.article.get().firstMatch(of: /(?s)```json\n(.*?)```/))
    let reading = try CurveReading.read(Array(String(block.1).utf8))
    // Text, because a NaN does not equal itself.
    #expect(reading.curve.curveLines == (try example().curveLines))
    #expect(reading.warnings.isEmpty)
  }

  @Test("the article names every member that is written, every stop reason, every schedule and the version")
  func complete() throws {
    let article = try Self.article.get()
    let lines = try fullCurve().curveLines.split(separator: "\n")
    var names: [String] = []
    for line in [lines[0], lines[2], lines[lines.count - 1]] {
      guard case .object(let members) = try scanned(String(line)) else { continue }
      names += members.map(\.name)
    }
    #expect(names.count > 15)
    names += StopReason.allCases.map(\.rawValue) + RateSchedule.Shape.allCases.map(\.rawValue)
    #expect(names.filter { !article.contains("`\($0)`") } == [])
    #expect(article.contains("version of the format: \(CurveLines.version)."))
  }
}
