public import StrategyKit
public import TrainingEngine

/// What a comparison file asks for, with every default filled in and everything that can be wrong found.
public struct Comparison: Sendable {
  /// The comparison's name.
  public let name: String
  /// The tasks in the order of the file; all different.
  public let tasks: [TaskSpecification]
  /// The range tests of every task; the first is the one whose suggestions are trained.
  public let rangeTests: [RangeTestSettings]
  /// The rates trained of every task, before extension and refinement.
  public let grid: GridSettings
  /// The seeds.
  public let seeds: SeedSettings
  /// The strategies that suggest.
  public let strategies: [StrategyChoice]

  /// Describes a comparison.
  public init(
    name: String, tasks: [TaskSpecification], rangeTests: [RangeTestSettings], grid: GridSettings,
    seeds: SeedSettings, strategies: [StrategyChoice]
  ) {
    self.name = name
    self.tasks = tasks
    self.rangeTests = rangeTests
    self.grid = grid
    self.seeds = seeds
    self.strategies = strategies
  }
}

/// The rates at which every task is trained.
public struct GridSettings: Hashable, Sendable {
  /// The rates of tasks trained by one family of optimizers.
  public struct OptimizerRange: Hashable, Sendable {
    /// The optimizer's name without settings.
    public let family: String
    /// The rates trained first.
    public let range: ClosedRange<Double>

    /// Names a range.
    public init(family: String, range: ClosedRange<Double>) {
      self.family = family
      self.range = range
    }
  }

  /// How many rates a decade has; 1 to 20.
  public let perDecade: Int
  /// The rates trained first, where ``optimizerRanges`` has none.
  public let range: ClosedRange<Double>
  /// Other rates for tasks of some optimizers, sorted by their names.
  public let optimizerRanges: [OptimizerRange]
  /// How far the grid may be extended until the best rate lies inside and a failing rate is seen; nil never extends.
  public let extensionLimits: ClosedRange<Double>?
  /// Whether rates half-way are added beside the best rate and at the cliff.
  public let refines: Bool

  /// How far a grid is extended unless a comparison says otherwise.
  public static let standardExtensionLimits = 1e-8...1e3

  /// Describes a grid.
  public init(
    perDecade: Int = 3, range: ClosedRange<Double> = 1e-4...1,
    extensionLimits: ClosedRange<Double>? = standardExtensionLimits,
    refines: Bool = true, optimizerRanges: [OptimizerRange] = []
  ) {
    self.perDecade = perDecade
    self.range = range
    self.optimizerRanges = optimizerRanges
    self.extensionLimits = extensionLimits
    self.refines = refines
  }

  /// The rates trained first of a task with this optimizer.
  public func range(for optimizer: OptimizerConfiguration) -> ClosedRange<Double> {
    optimizerRanges.first { $0.family == optimizer.family }?.range ?? range
  }
}

/// The seeds of a comparison; range tests and trainings share none.
public struct SeedSettings: Hashable, Sendable {
  /// The seeds of trainings over the grid.
  public let grid: [UInt64]
  /// The seeds of trainings at suggested rates: a prefix of ``grid``'s, so that differences are paired.
  public let suggestions: [UInt64]
  /// The seeds of range tests.
  public let rangeTests: [UInt64]

  /// How many seeds the grid has where a comparison does not say.
  public static let standardGridCount = 3
  /// How many seeds range tests have where a comparison does not say.
  public static let standardRangeTestCount = 5
  /// The first seed of range tests where a comparison counts them; those of trainings count from 0.
  public static let firstRangeTest = 1000
  /// The most seeds that can be counted: as many more would be a range test's.
  static let mostCounted = firstRangeTest
  /// The largest seed that every format can hold: 2⁵³.
  static let largest = 1 << 53

  /// Lists seeds.
  public init(grid: [UInt64], suggestions: [UInt64], rangeTests: [UInt64]) {
    self.grid = grid
    self.suggestions = suggestions
    self.rangeTests = rangeTests
  }
}

/// A strategy with its parameters, and how its suggestions are evaluated.
public struct StrategyChoice: Sendable, Equatable {
  /// How the outcome of a suggested rate is found out.
  public enum Evaluation: String, Sendable, CaseIterable {
    /// By training at exactly that rate.
    case direct
    /// From the grid where both neighbours are stable, and by training where not.
    case interpolated
  }

  /// The strategy.
  public let type: any SuggestionStrategy.Type
  /// The parameters as typed, sorted by name; empty where every default holds.
  public let settings: [String]
  /// The parameters as the strategy reads them.
  public let parameters: ParameterValues
  /// How its suggestions are evaluated.
  public let evaluation: Evaluation

  /// Chooses a strategy.
  public init(
    _ type: any SuggestionStrategy.Type, settings: [String], parameters: ParameterValues,
    evaluation: Evaluation
  ) {
    self.type = type
    self.settings = settings
    self.parameters = parameters
    self.evaluation = evaluation
  }

  /// The name, with settings where there are some, as in `steepest(bandwidth=0.3)`.
  public var name: String {
    type.descriptor.name + (settings.isEmpty ? "" : "(\(settings.joined(separator: ",")))")
  }

  /// Whether both ask the same in the same way.
  public static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.evaluation == right.evaluation
  }
}
