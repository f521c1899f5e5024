import CurveModel
import RandomStreams
import Testing

@testable import Scoring

/// The whole scorer, on tables in which the truth is known.
@Suite struct ScorerTests {
  private static func sheet(
    _ tables: EvidenceTables, draws: Int = 500
  ) throws -> ScoreSheet { try Scorer(ScorerSettings(draws: draws)).score(tables) }

  private static func row(_ name: String, _ sheet: ScoreSheet) throws -> HeadlineRow {
    try #require(sheet.headline.first { sheet.contestants[$0.contestant].name == name })
  }

  @Test func `Strategies are ordered as their distance from the best rate is`() throws {
    let sheet = try Self.sheet(SampleEvidence().tables)
    let (near, low, high) = (
      try Self.row("near", sheet), try Self.row("low", sheet), try Self.row("high", sheet)
    )
    #expect(near.regret.value < high.regret.value && near.regret.value < low.regret.value)
    #expect(near.tasks == 18)
    // There are no evaluations on the way that halving could read.
    #expect(sheet.exclusions.allSatisfy { $0.subject.hasPrefix("successive halving on") })
    // Steps 0 and 1 of a third decade: the median of three range tests is the even one.
    #expect(abs(try #require(near.signedDistance)) < 0.2)
    #expect(abs(try #require(low.signedDistance) + 1) < 0.2)
    #expect(near.failureRate.value == 0 && near.abstentionRate == 0 && near.directShare == 1)
    #expect(near.cost == 1)
    #expect(try #require(near.spread) > 0)
    #expect(sheet.friedman.map { $0.pValue < 0.05 } == true)
  }

  @Test func `Regret without noise is what the parabola says`() throws {
    var evidence = SampleEvidence()
    evidence.noise = 0
    evidence.strategies = [("low", -3)]
    let sheet = try Self.sheet(evidence.tables)
    let expected = (0..<18).map { task -> Double in
      let curvature = 0.05 + 0.02 * Double(task / 2 % 5)
      // Range tests of the first and third seed are a decade low, that of the second two thirds.
      let losses = [-1.0, -2.0 / 3, -1].map { curvature * $0 * $0 }
      return losses.map { $0 / (SampleEvidence.untrained - 0.3) }.reduce(0, +) / 3
    }
    let mean = expected.reduce(0, +) / 18
    // Rates are rounded to 1e-4 decades.
    #expect(abs(try Self.row("low", sheet).regret.value - mean) < 1e-5)
  }

  @Test func `Shuffled rows give the same scores and intervals`() throws {
    let tables = SampleEvidence().tables
    var shuffled = tables
    var stream = RandomStream(seed: 3, purpose: .split)
    shuffled.outcomes = stream.permutation(of: tables.outcomes.count).map { tables.outcomes[$0] }
    shuffled.suggestions = stream.permutation(of: tables.suggestions.count).map { tables.suggestions[$0] }
    let (sheet, again) = (try Self.sheet(tables), try Self.sheet(shuffled))
    #expect(again.headline == sheet.headline && again.pairs == sheet.pairs)
    #expect(again.verdict == sheet.verdict)
    #expect(sheet.headline.allSatisfy { $0.regret.interval != nil })
  }

  @Test func `A third strategy changes nothing between two but Holm's adjustment`() throws {
    var evidence = SampleEvidence()
    let three = try Self.sheet(evidence.tables)
    evidence.strategies.removeLast()
    let two = try Self.sheet(evidence.tables)
    let (before, after) = (try #require(two.pairs.first), try #require(three.pairs.first))
    #expect(two.pairs.count == 1 && three.pairs.count == 3)
    #expect(before.difference == after.difference && before.pValue == after.pValue)
    #expect(before.wins == after.wins && before.losses == after.losses)
    #expect(before.difference.interval != nil)
  }

  @Test func `Fewer than eight families claim no interval and say so`() throws {
    var evidence = SampleEvidence()
    evidence.families = 7
    let sheet = try Self.sheet(evidence.tables)
    #expect(sheet.headline.allSatisfy { $0.regret.interval == nil && $0.failureRate.interval == nil })
    #expect(sheet.pairs.allSatisfy { $0.difference.interval == nil })
    #expect(sheet.verdict.contains { $0.text.contains("No intervals are claimed") })
  }

  @Test func `Where only the grid is noisy the interval of regret has a width`() throws {
    // Every task is the same but for its noise, and every suggestion is the same rate.
    var evidence = SampleEvidence()
    evidence.noise = 0.02
    evidence.rangeSeeds = 1
    evidence.tasksPerFamily = 1
    let sheet = try Self.sheet(evidence.tables)
    let interval = try #require(try Self.row("low", sheet).regret.interval)
    #expect(interval.upperBound - interval.lowerBound > 1e-4)
  }

  @Test func `An abstention is counted, and scored after the fallback`() throws {
    var tables = SampleEvidence().tables
    for index in tables.suggestions.indices where tables.suggestions[index].strategy == 0 {
      tables.suggestions[index].answer = .abstained(cause: "flat", reason: "the curve is flat")
    }
    let sheet = try Self.sheet(tables)
    let row = try Self.row("near", sheet)
    #expect(row.abstentionRate == 1 && row.distance == nil && row.spread == nil)
    // The fallback of Adam's family is 1e-3, which is also the first constant.
    #expect(row.regret.value == (try Self.row("constant 1e-3|1e-2", sheet)).regret.value)
  }

  @Test func `A suggestion at which every seed diverges scores one and fails`() throws {
    var evidence = SampleEvidence()
    evidence.strategies = [("wild", 7), ("near", 0)]
    let sheet = try Self.sheet(evidence.tables)
    let wild = try Self.row("wild", sheet)
    #expect(wild.regret.value == 1 && wild.failureRate.value == 1 && wild.success.value == 0)
  }

  @Test func `Every number of the verdict stands in the sheet`() throws {
    let sheet = try Self.sheet(SampleEvidence().tables)
    #expect(sheet.verdict.count >= 4)
    for number in sheet.verdict.flatMap(\.numbers) where number.source.hasPrefix("headline.") {
      let parts = number.source.dropFirst("headline.".count)
      let place = try #require(parts.lastIndex(of: "."))
      let row = try Self.row(String(parts[..<place]), sheet)
      switch parts[place...] {
      case ".regret": #expect(number.value == row.regret.value)
      case ".failureRate": #expect(number.value == row.failureRate.value)
      case ".directShare": #expect(number.value == row.directShare)
      default: Issue.record("the sheet has no \(number.source)")
      }
    }
  }

  /// Two strategies that differ by the noise alone, on nine families.
  @Test func `Where the two best cannot be told apart it says how many families would tell them`() throws {
    // Two steps and one below the best rate, and one and two above it: alike but for the noise.
    let sample = SampleEvidence(
      rangeSeeds: 2, noise: 0.05, strategies: [("one", -2), ("other", 1), ("low", -5)])
    let sheet = try Self.sheet(sample.tables)
    let sentence = try #require(sheet.verdict.first { $0.text.contains("cannot tell them apart. Were") })
    let number = try #require(sentence.numbers.first { $0.source == "power.familiesForDifference" })
    #expect(sentence.text.contains("about \(Int(number.value)) families"))
    let best = sheet.rankedStrategies.prefix(2).map(\.contestant)
    let pair = try #require(sheet.pair(best[0], best[1]))
    let interval = try #require(pair.difference.interval)
    let ratio = (interval.upperBound - interval.lowerBound) / 2 / abs(pair.difference.value)
    #expect(ratio > 1)
    // Rounded up to one digit.
    #expect(number.value >= 9 * ratio * ratio && number.value < 9 * ratio * ratio * 2)
  }

  @Test(arguments: [0.01, 0.05])
  func `Where the two best differ it says so, and whether the interval holds zero`(_ noise: Double) throws {
    let sample = SampleEvidence(
      rangeSeeds: 2, noise: noise, strategies: [("near", 0), ("far", -3), ("low", -5)])
    let sheet = try Self.sheet(sample.tables)
    let best = sheet.rankedStrategies.prefix(2).map(\.contestant)
    try #require(best.count == 2)
    let pair = try #require(sheet.pair(best[0], best[1]))
    let interval = try #require(pair.difference.interval)
    let sentence = try #require(sheet.verdict.first { $0.text.contains("Holm's adjusted p") })
    #expect(sentence.text.contains("they differ") == (pair.adjustedPValue <= 0.05))
    #expect(sentence.text.contains("they differ.") == (pair.adjustedPValue <= 0.05 && !interval.contains(0)))
  }

  @Test func `The baselines are always there`() throws {
    let sheet = try Self.sheet(SampleEvidence().tables)
    let names = sheet.contestants.filter { $0.kind == .baseline }.map(\.name)
    for name in [
      "constant 1e-3|1e-2", "constant 3e-3|1e-1", "constant 3e-4", "rule of thumb",
      "best constant (hindsight)", "best constant (left out)", "random rate", "grid search (xfit)",
    ] { #expect(names.contains(name), "\(name)") }
    let hindsight = try Self.row("best constant (hindsight)", sheet).regret.value
    for name in names where name.hasPrefix("constant") || name.hasSuffix("(left out)") {
      #expect(try Self.row(name, sheet).regret.value >= hindsight)
    }
  }
}
