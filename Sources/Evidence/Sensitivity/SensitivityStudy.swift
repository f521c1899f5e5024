internal import Comparison
internal import CurveModel
internal import Scoring
internal import StrategyKit

/// How far strategies' rates move when their range tests are changed in ways that should not matter.
public struct SensitivityStudy: Sendable, Equatable {
  /// One strategy under one change.
  public struct Row: Sendable, Equatable {
    /// The strategy's name, with its settings where they are not the defaults.
    public var strategy: String
    /// The change.
    public var change: CurveChange
    /// log10(rate on the changed curve / rate on the recorded one), in decades, of each range test with both rates.
    public var shifts: [Double]
    /// On how many range tests the strategy answers on the recorded curve and abstains on the changed one.
    public var lost: Int

    /// The median of the sizes of ``shifts``, in decades; nil without any.
    public var medianShift: Double? {
      let sizes = shifts.map(abs).sorted()
      guard !sizes.isEmpty else { return nil }
      return (sizes[(sizes.count - 1) / 2] + sizes[sizes.count / 2]) / 2
    }
  }

  /// The rows, by strategy and change, in the order of the strategies and of ``CurveChange``.
  public let rows: [Row]

  /// Asks strategies again about every changed curve of the evidence.
  ///
  /// - Parameters:
  ///   - evidence: What was read; its strategies are asked.
  ///   - setting: Only range tests of this setting are changed; nil takes all.
  /// - Throws: ``EvidenceError/strategyFailed(strategy:run:problem:)``.
  public init(_ evidence: StoreEvidence, setting: String? = nil) throws(EvidenceError) {
    let tables = evidence.tables
    var rows: [Row] = []
    for (index, choice) in evidence.strategies.enumerated() {
      let suggestions = tables.suggestions.filter { row in
        row.strategy == index && (setting == nil || tables.rangeTests[row.rangeTest].setting == setting)
      }
      for change in CurveChange.allCases {
        var row = Row(strategy: choice.name, change: change, shifts: [], lost: 0)
        for suggestion in suggestions {
          guard case .rate(let recorded) = suggestion.answer,
            let curve = change.applied(to: evidence.curves[suggestion.rangeTest])
          else { continue }
          let task = tables.tasks[suggestion.task]
          let seed = tables.rangeTests[suggestion.rangeTest].seed
          if let rate = try Self.rate(choice, curve, task, seed) {
            row.shifts.append(rate.log10 - recorded.log10)
          } else {
            row.lost += 1
          }
        }
        rows.append(row)
      }
    }
    self.rows = rows
  }

  private static func rate(
    _ choice: StrategyChoice, _ curve: LossCurve, _ task: TaskDescription, _ seed: UInt64
  ) throws(EvidenceError) -> RateKey? {
    let context = SuggestionContext(
      optimizerFamily: task.optimizer, use: task.use,
      trainingSteps: task.steps, parameters: choice.parameters, seed: seed)
    do throws(StrategyError) {
      let suggestion =
        if let fitted = choice.type as? any FittedStrategy.Type {
          try fitted.init().suggestion(for: curve, in: context, leavingOut: task.family)
        } else {
          try choice.type.init().suggestion(for: curve, in: context)
        }
      guard case .rate(let rate) = suggestion else { return nil }
      return RateKey(rate.learningRate)
    } catch {
      throw .strategyFailed(
        strategy: choice.name, run: "seed \(seed) of \(task.title), changed", problem: error.description)
    }
  }
}
