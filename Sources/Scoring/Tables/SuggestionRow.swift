public import CurveModel

/// What one strategy read off one range test.
public struct SuggestionRow: Sendable, Equatable {
  /// A rate, or why there is none.
  public enum Answer: Sendable, Equatable {
    /// The suggested rate.
    case rate(RateKey)
    /// No rate: the cause in one word (`flat`, `noisy`, …) and the reason in one sentence.
    case abstained(cause: String, reason: String)
  }

  /// The task, as an index into ``EvidenceTables/tasks``.
  public var task: Int
  /// The strategy, as an index into ``EvidenceTables/strategies``.
  public var strategy: Int
  /// The range test, as an index into ``EvidenceTables/rangeTests``.
  public var rangeTest: Int
  /// What the strategy said.
  public var answer: Answer
  /// The families of data sets that the strategy's constants or model were fitted on; empty for untuned rules.
  ///
  /// A row whose fit saw the task's own family is refused.
  public var fittedOn: [String]

  /// Describes a suggestion.
  public init(task: Int, strategy: Int, rangeTest: Int, answer: Answer, fittedOn: [String] = []) {
    self.task = task
    self.strategy = strategy
    self.rangeTest = rangeTest
    self.answer = answer
    self.fittedOn = fittedOn
  }
}

/// One recorded range test.
public struct RangeTestRow: Sendable, Equatable {
  /// The task, as an index into ``EvidenceTables/tasks``.
  public var task: Int
  /// Its seed; never one of the task's training seeds.
  public var seed: UInt64
  /// Its setting, such as `1e-7…10, 100 steps`; scores compare strategies within one setting.
  public var setting: String
  /// The steps it made.
  public var steps: Int
  /// How long it took, in seconds; NaN where it is not known.
  public var seconds: Double

  /// Describes a range test.
  public init(task: Int, seed: UInt64, setting: String, steps: Int, seconds: Double = .nan) {
    self.task = task
    self.seed = seed
    self.setting = setting
    self.steps = steps
    self.seconds = seconds
  }
}

/// A strategy as it is scored: with its settings.
public struct ScoredStrategy: Sendable, Hashable {
  /// How the outcome of a suggested rate is found out.
  public enum Evaluation: String, Sendable, CaseIterable {
    /// Only from a training at exactly that rate (to 1e-4 in log10).
    case direct
    /// From such a training where there is one, else read between two stable neighbours of the grid.
    case interpolated
  }

  /// Its name, with settings where they are not the defaults, as in `steepest(bandwidth=0.3)`.
  public var name: String
  /// Its version.
  public var version: String
  /// What its number is meant for: `peak`, `constant`, … or `unknown`.
  public var meantFor: String
  /// How its rates are evaluated.
  public var evaluation: Evaluation

  /// Describes a strategy.
  public init(name: String, version: String, meantFor: String, evaluation: Evaluation = .interpolated) {
    self.name = name
    self.version = version
    self.meantFor = meantFor
    self.evaluation = evaluation
  }
}
