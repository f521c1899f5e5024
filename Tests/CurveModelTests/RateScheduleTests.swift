import CurveModel
import Foundation
import TestSupport
import Testing

@Suite struct RateScheduleTests {
  private struct Recording: Decodable {
    let lrs: [Double]
    let start_lr: Double
    let end_lr: Double
    let num_it: Int
  }

  @Test("gives the rates fastai applied, to 1e-12", arguments: GoldenCurve.files)
  func fastaiRates(_ file: URL) throws {
    let recording = try JSONDecoder().decode(Recording.self, from: Data(contentsOf: file))
    let schedule = try RateSchedule(start: recording.start_lr, end: recording.end_lr, steps: recording.num_it)
    let worst = recording.lrs.enumerated().map { abs(schedule.rate(at: $0.offset) / $0.element - 1) }.max()
    #expect(try #require(worst) <= 1e-12)
  }

  @Test("there are golden curves to test with")
  func filesExist() { #expect(!GoldenCurve.files.isEmpty) }

  @Test(
    "begins at the start, would reach the end at the number of steps, and rises",
    arguments: RateSchedule.Shape.allCases)
  func ends(_ shape: RateSchedule.Shape) throws {
    let schedule = try RateSchedule(shape: shape, start: 1e-7, end: 10, steps: 1000)
    #expect(schedule.rate(at: 0) == 1e-7)
    #expect(abs(schedule.rate(at: 1000) / 10 - 1) < 1e-14)
    #expect((0..<1000).allSatisfy { schedule.rate(at: $0) < schedule.rate(at: $0 + 1) })
  }

  @Test("a linear schedule raises the rate by the same difference")
  func linear() throws {
    let schedule = try RateSchedule(shape: .linear, start: 1, end: 5, steps: 8)
    #expect((0..<8).map(schedule.rate(at:)) == [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5])
  }

  @Test(
    "refuses what is no schedule",
    arguments: [
      (0, 1, 10), (-1, 1, 10), (.nan, 1, 10), (.infinity, .infinity, 10), (1, 1, 10), (2, 1, 10),
      (1, .nan, 10),
      (1, .infinity, 10), (1, 2, 0), (1, 2, -3),
    ] as [(Double, Double, Int)])
  func refuses(start: Double, end: Double, steps: Int) {
    let error = #expect(throws: CurveError.self) { try RateSchedule(start: start, end: end, steps: steps) }
    guard case .badSchedule? = error else {
      Issue.record("threw \(String(describing: error))")
      return
    }
  }
}
