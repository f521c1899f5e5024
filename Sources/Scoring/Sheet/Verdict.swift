internal import Glibc
/// One sentence of the verdict, and the numbers it used.
public struct VerdictSentence: Sendable, Equatable, CustomStringConvertible {
  /// The sentence.
  public var text: String
  /// Its numbers, unrounded, in the order of the sentence, each with where it comes from.
  public var numbers: [Number]

  /// A number of a sentence.
  public struct Number: Sendable, Equatable {
    /// Where it comes from, such as `headline.steepest.regret`.
    public var source: String
    /// The number.
    public var value: Double
  }

  /// The sentence.
  public var description: String { text }
}

/// Says in words what the sheet says in numbers, and no more.
struct Verdict {
  let board: ScoreBoard
  let headline: [HeadlineRow]
  let pairs: [PairComparison]
  let friedman: FriedmanTest?
  let settings: ScorerSettings

  /// The level of significance.
  static let level = 0.05

  var sentences: [VerdictSentence] {
    var sentences = [scope]
    guard !board.commonTasks.isEmpty else { return sentences }
    let ranked = headline.filter { board.rankedStrategies.contains($0.contestant) }
      .sorted { ($0.regret.value, name($0)) < ($1.regret.value, name($1)) }
    // Who abstains everywhere is known by its optimizers' defaults alone: nothing to be ranked by.
    let answering = ranked.filter { $0.abstentionRate < 1 }
    if let refusal = unequalEvaluation(ranked) {
      sentences.append(refusal)
    } else if answering.isEmpty, !ranked.isEmpty {
      sentences.append(
        VerdictSentence(
          text: "No strategy answered on any of them: all have the regret of their optimizers' defaults.",
          numbers: []))
    } else if let best = answering.first {
      sentences.append(lowest(best))
      sentences += [against("best constant (left out)", best), against("constant 1e-3|1e-2", best)]
        .compactMap(\.self)
      if answering.count > 1 { sentences += [separation(best, answering[1])].compactMap(\.self) }
    }
    sentences.append(caution)
    return sentences
  }

  private func name(_ row: HeadlineRow) -> String { board.contestants[row.contestant].name }

  private func regret(_ row: HeadlineRow) -> VerdictSentence.Number {
    VerdictSentence.Number(source: "headline.\(name(row)).regret", value: row.regret.value)
  }

  private func number(_ source: String, _ count: Int) -> VerdictSentence.Number {
    VerdictSentence.Number(source: source, value: Double(count))
  }

  private var scope: VerdictSentence {
    let (tasks, families) = (board.commonTasks.count, board.familyCount)
    let strategies = board.rankedStrategies.count
    let subject = strategies == 0 ? "No strategy" : count(strategies, "strategy", "strategies")
    return VerdictSentence(
      text: "\(subject) could be compared on \(count(tasks, "task", "tasks")) of \(roles) rates from "
        + "\(count(families, "family", "families")) of data sets, by \(outcome) "
        + "against the \(settings.oracle.rawValue) oracle.",
      numbers: (strategies == 0 ? [] : [number("strategies", strategies)]) + [
        number("tasks", tasks), number("families", families),
      ])
  }

  /// What is judged, in words.
  private var outcome: String {
    switch settings.outcome {
    case .loss: "the final validation loss"
    case .best: "the best validation loss"
    case .error: "the final validation error"
    }
  }

  /// The roles of the tasks in words.
  private var roles: String {
    TaskDescription.Role.allCases.filter { role in board.tables.tasks.contains { $0.role == role } }
      .map(\.rawValue).joined(separator: " and ")
  }

  /// Shares of direct evaluation so different that a ranking would compare methods of evaluation.
  private func unequalEvaluation(_ ranked: [HeadlineRow]) -> VerdictSentence? {
    guard let low = ranked.min(by: { $0.directShare < $1.directShare }),
      let high = ranked.max(by: { $0.directShare < $1.directShare }),
      high.directShare - low.directShare > settings.directShareTolerance
    else { return nil }
    return VerdictSentence(
      text: "The strategies are not ranked: \(Decimals.percent(high.directShare)) of the suggestions of "
        + "\(name(high)) were trained, but \(Decimals.percent(low.directShare)) of those of \(name(low)).",
      numbers: [high, low].map {
        VerdictSentence.Number(source: "headline.\(name($0)).directShare", value: $0.directShare)
      })
  }

  private func lowest(_ best: HeadlineRow) -> VerdictSentence {
    VerdictSentence(
      text:
        "\(name(best)) has the lowest mean regret, \(Decimals.text(best.regret.value)) (0 is the oracle, 1 "
        + "untrained); \(Decimals.percent(best.failureRate.value)) of its trainings fail.",
      numbers: [
        regret(best),
        VerdictSentence.Number(
          source: "headline.\(name(best)).failureRate", value: best.failureRate.value),
      ])
  }

  private func against(_ baseline: String, _ best: HeadlineRow) -> VerdictSentence? {
    let row = headline.first { name($0) == baseline && $0.tasks == best.tasks }
    guard let row else { return nil }
    let relation =
      row.regret.value > best.regret.value
      ? "which is higher" : row.regret.value < best.regret.value ? "which is lower" : "the same"
    return VerdictSentence(
      text: "Without a range test, \(baseline) has \(Decimals.text(row.regret.value)), \(relation).",
      numbers: [regret(row)])
  }

  /// Whether the two best are told apart, and if not, how many families would at least be needed.
  private func separation(_ best: HeadlineRow, _ next: HeadlineRow) -> VerdictSentence? {
    let (low, high) = (min(best.contestant, next.contestant), max(best.contestant, next.contestant))
    guard let pair = pairs.first(where: { $0.first == low && $0.second == high }) else { return nil }
    let source = "pairs.\(board.contestants[low].name).\(board.contestants[high].name).adjustedPValue"
    let p = VerdictSentence.Number(source: source, value: pair.adjustedPValue)
    let start = "Between \(name(best)) and \(name(next)) Holm's adjusted p is \(Decimals.text(p.value))"
    if p.value <= Self.level {
      // The test ranks families; a mean difference may still come from few of them.
      let isUncertain = pair.difference.interval?.contains(0) ?? false
      return VerdictSentence(
        text: isUncertain
          ? "\(start): they differ in rank, but the interval of their mean difference holds 0."
          : "\(start): they differ.", numbers: [p])
    }
    let least = Self.fewestFamilies(pairs: pairs.count)
    guard board.familyCount < least else {
      guard let needed = familiesNeeded(pair) else {
        return VerdictSentence(text: "\(start): these tasks cannot tell them apart.", numbers: [p])
      }
      return VerdictSentence(
        text:
          "\(start): these tasks cannot tell them apart. Were the difference as seen, about \(needed) families would.",
        numbers: [p, number("power.familiesForDifference", needed)])
    }
    let more = least - board.familyCount
    return VerdictSentence(
      text: "\(start): these tasks cannot tell them apart, and at least "
        + "\(count(more, "family", "families")) more would be needed even if one always won.",
      numbers: [p, number("power.fewestFamilies - families", more)])
  }

  /// How many families would separate two strategies that differ as these do, to one digit: the interval's half width falls
  /// with the root of their number until it equals the difference; nil where there is no interval or no difference.
  private func familiesNeeded(_ pair: PairComparison) -> Int? {
    guard let interval = pair.difference.interval, pair.difference.value != 0 else { return nil }
    let ratio = (interval.upperBound - interval.lowerBound) / 2 / abs(pair.difference.value)
    let needed = Double(board.familyCount) * max(1, ratio * ratio)
    guard needed < 1e6 else { return nil }
    let unit = pow(10, floor(log10(needed)))
    return Int((needed / unit).rounded(.up) * unit)
  }

  /// The fewest units with which the smallest exact p-value, 2/2ⁿ, passes Holm's first step (scoring reference,
  /// section 7).
  static func fewestFamilies(pairs: Int) -> Int {
    var (units, smallest) = (1, 1.0)
    while smallest > level / Double(max(pairs, 1)) {
      units += 1
      smallest /= 2
    }
    return units
  }

  /// What the intervals are about, or why there are none.
  private var caution: VerdictSentence {
    let fewest = NestedBootstrap.fewestFamilies
    if board.familyCount < fewest {
      return VerdictSentence(
        text: "No intervals are claimed: \(fewest) families of data sets are needed for them.",
        numbers: [number("power.fewestFamiliesForIntervals", fewest)])
    }
    guard settings.draws > 0 else {
      return VerdictSentence(text: "No intervals were asked for.", numbers: [])
    }
    return VerdictSentence(
      text: "Intervals hold 95 % and are about new tasks from other families of data sets.",
      numbers: [VerdictSentence.Number(source: "intervals.confidence", value: NestedBootstrap.confidence)])
  }

  private func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }
}

/// Numbers as sentences show them.
enum Decimals {
  /// Three places: 0.043.
  static func text(_ value: Double) -> String {
    let thousandths = Int((abs(value) * 1000).rounded())
    let digits = String(thousandths % 1000)
    let sign = value < 0 && thousandths > 0 ? "-" : ""
    return "\(sign)\(thousandths / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits)"
  }

  /// Whole per cent.
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}
