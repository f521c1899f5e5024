import Foundation
import TestSupport
import Testing
import TrainingEngine

/// A schedule and the values that fastai or PyTorch gave it.
struct GoldenSchedule: Sendable, CustomTestStringConvertible {
  let schedule: Schedule
  let values: [Double]
  let testDescription: String

  /// The files as JSON: kinds, parameters and values.
  private struct Content: Decodable {
    struct Entry: Decodable {
      let kind: String
      let parameters: [String: Parameter]
      let values: [Double]
    }

    let schedules: [Entry]
  }

  /// A number, some numbers, or a formula in words.
  private enum Parameter: Decodable {
    case number(Double)
    case numbers([Double])
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let numbers = try? container.decode([Double].self) {
        self = .numbers(numbers)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  static let files = goldenFiles(in: "tensors") { $0.hasPrefix("schedules") && $0.hasSuffix(".json") }

  static func all(in url: URL) throws -> [GoldenSchedule] {
    try JSONDecoder().decode(Content.self, from: Data(contentsOf: url)).schedules.map {
      GoldenSchedule(
        schedule: try schedule(of: $0), values: $0.values, testDescription: "\(url.path): \($0.kind)")
    }
  }

  private static func schedule(of entry: Content.Entry) throws -> Schedule {
    func number(_ key: String) throws -> Double {
      guard case .number(let number) = entry.parameters[key] else { throw MissingTensor(name: key) }
      return number
    }
    func numbers(_ key: String) throws -> [Double] {
      guard case .numbers(let numbers) = entry.parameters[key] else { throw MissingTensor(name: key) }
      return numbers
    }
    /// fastai's one-cycle from the file's settings; `fine_tune` states its peak by the base rate, divided.
    func oneCycle(peak: Double) throws -> Schedule {
      .oneCycle(
        peak: peak, divisor: try number("div"), finalDivisor: try number("div_final"),
        rise: try number("pct_start"))
    }
    switch entry.kind {
    case "one-cycle learning rate": return try oneCycle(peak: number("lr_max"))
    case "one-cycle momentum":
      let momenta = try numbers("moms")
      return .oneCycleMomentum(
        start: momenta[0], low: momenta[1], end: momenta[2], rise: try number("pct_start"))
    case let kind where kind.hasPrefix("fine-tune"):
      guard case .text(let formula) = entry.parameters["lr_max"] else {
        return try oneCycle(peak: number("base_lr"))
      }
      let divisors = formula.split(separator: "/").dropFirst().compactMap { Double($0) }
      return try oneCycle(peak: divisors.reduce(number("base_lr"), /))
    case "exponential": return .exponential(from: try number("start"), to: try number("end"))
    case "cosine": return .cosine(peak: try number("start"), end: try number("end"))
    case "linear": return .linear(from: try number("start"), to: try number("end"))
    case "constant": return .constant(try number("value"))
    case "cosine with warm-up":
      return .cosine(
        peak: try number("peak"), end: try number("end"), warmUp: try number("warm_up"),
        start: try number("start"))
    case "flat then cosine":
      return .flatThenCosine(
        peak: try number("peak"), finalDivisor: try number("div_final"), flat: try number("flat"))
    case "step":
      return .step(
        from: try number("start"), factor: try number("factor"), milestones: try numbers("milestones"))
    default: throw MissingTensor(name: entry.kind)
    }
  }
}

@Suite("Schedules")
struct ScheduleTests {
  /// fastai keeps positions in single precision: relative to a schedule's largest value.
  private static let tolerance = 1e-6

  @Test("there are recorded schedules")
  func complete() throws {
    let kinds = try GoldenSchedule.files.flatMap { try GoldenSchedule.all(in: $0) }
    #expect(kinds.count >= 8)
  }

  @Test("every value of a recorded schedule is the reference's", arguments: GoldenSchedule.files)
  func golden(_ url: URL) throws {
    for subject in try GoldenSchedule.all(in: url) {
      let count = subject.values.count
      let largest = try #require(subject.values.map(abs).max())
      let errors = subject.values.enumerated().map {
        abs(subject.schedule.value(step: $0.offset, of: count) - $0.element) / largest
      }
      #expect(try #require(errors.max()) < Self.tolerance, "\(subject.testDescription)")
    }
  }

  @Test("ends are exact, and pieces meet")
  func ends() {
    let schedules: [(Schedule, start: Double, end: Double)] = [
      (.constant(0.3), 0.3, 0.3), (.linear(from: 1, to: 2), 1, 2),
      (.exponential(from: 1e-7, to: 10), 1e-7, 10),
      (.cosine(peak: 0.5), 0.5, 0), (.cosine(peak: 0.5, end: 0.1, warmUp: 0.1, start: 0.05), 0.05, 0.1),
      (.oneCycle(peak: 1), 0.04, 1e-5), (.oneCycleMomentum(), 0.95, 0.95),
      (.flatThenCosine(peak: 2), 2, 2e-5), (.step(from: 1, milestones: [0.5]), 1, 0.1),
    ]
    for (schedule, start, end) in schedules {
      #expect(abs(schedule.value(at: 0) - start) < 1e-15)
      #expect(abs(schedule.value(at: 1) - end) < 1e-12)
    }
    #expect(Schedule.oneCycle(peak: 3).value(at: 0.25) == 3)
    #expect(Schedule.step(from: 1, factor: 0.5, milestones: [0.25, 0.5]).value(at: 0.25) == 0.5)
  }

  @Test("a warm-up before any schedule rises to its begin and leaves its shape", arguments: [0, 0.1, 0.4])
  func warmUp(_ share: Double) {
    // The cosine with warm-up that the golden files prove, put together.
    let cosine = Schedule.cosine(peak: 0.5, end: 0.1).warmedUp(during: share, from: 0.05)
    let steps = Schedule.step(from: 1, milestones: [0.5, 0.75])
    for index in 0...50 {
      let position = Double(index) / 50
      let expected = Schedule.cosine(peak: 0.5, end: 0.1, warmUp: share, start: 0.05).value(at: position)
      #expect(abs(cosine.value(at: position) - expected) < 1e-12)
      // Off the milestones, where rounding decides.
      let inside = (position + 0.001) / 1.01
      let late = steps.warmedUp(during: share).value(at: share + inside * (1 - share))
      #expect(late == steps.value(at: inside))
    }
  }

  @Test("schedules that make no sense stop the program")
  func mistakes() async {
    await #expect(processExitsWith: .failure) { _ = Schedule.exponential(from: 0, to: 1) }
    await #expect(processExitsWith: .failure) { _ = Schedule.step(from: 1, milestones: [0.5, 0.2]) }
    await #expect(processExitsWith: .failure) {
      _ = Schedule([Schedule.Piece(share: 0.5, .linear, from: 0, to: 1)])
    }
    await #expect(processExitsWith: .failure) { _ = Schedule.constant(1).value(at: 1.5) }
    await #expect(processExitsWith: .failure) { _ = Schedule.constant(1).warmedUp(during: 1) }
  }
}
