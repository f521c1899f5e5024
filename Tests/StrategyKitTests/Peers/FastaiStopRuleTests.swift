import CurveModel
import CurveSmoothing
import Foundation
import StrategyKit
import TestSupport
import Testing

@Suite struct FastaiStopRuleTests {
  private static let recorder = UpstreamRecorder(
    project: "fastai", smoother: .fastai, stopRule: UpstreamStopRule(factor: 4))

  /// Recordings that fastai itself ended before the number of points it was asked for.
  static let stopped: [GoldenCurve] = GoldenCurve.files.compactMap { try? GoldenCurve(file: $0) }
    .filter { golden in
      let curve = golden.curve
      guard curve.rawLosses != nil, let requested = curve.requestedPoints, let losses = curve.smoothedLosses,
        let last = losses.last
      else { return false }
      // Synthetic short curves end without the rule.
      return curve.count < requested && last > 4 * (losses.filter { !$0.isNaN }.min() ?? last)
    }

  @Test("there are recordings that fastai stopped")
  func recordingsExist() { #expect(!Self.stopped.isEmpty) }

  @Test("a recording that goes on is cut where fastai stopped, and not before", arguments: stopped.indices)
  func cutsWhereFastaiStopped(_ number: Int) throws {
    let recorded = Self.stopped[number].curve
    let raw = try #require(recorded.rawLosses)
    let extended = try LossCurve(
      header: recorded.header,
      learningRates: recorded.learningRates
        + (1...20).map { recorded.learningRates[recorded.count - 1] * (1 + Double($0)) },
      rawLosses: raw + (1...20).map { raw[raw.count - 1] * Double($0) }, stop: .completed)
    let replayed = Self.recorder.recording(of: extended)
    #expect(replayed.count == recorded.count, "\(Self.stopped[number].name)")
    #expect(replayed.learningRates == recorded.learningRates)
    #expect(replayed.losses == recorded.smoothedLosses)
    #expect(replayed.warnings.isEmpty)
  }

  private struct Origin: Decodable {
    let source: String
  }

  @Test("recordings that fastai did not stop are not cut", arguments: GoldenCurve.files)
  func keepsCompleteRecordings(_ file: URL) throws {
    let origin = try JSONDecoder().decode(Origin.self, from: Data(contentsOf: file))
    let curve = try GoldenCurve(file: file).curve
    // Synthetic curves go on where fastai would have stopped.
    guard origin.source.hasPrefix("recorded with fastai"), curve.count == curve.requestedPoints else {
      return
    }
    let rawOnly = try LossCurve(
      header: curve.header, learningRates: curve.learningRates, rawLosses: curve.rawLosses)
    #expect(Self.recorder.recording(of: rawOnly).losses == curve.smoothedLosses)
  }
}
