internal import CurveModel
internal import DocumentFiles
internal import TrainingEngine

/// The table of keys of a comparison file, with every default.
struct ComparisonForm: Sendable {
  /// The version of the file's form.
  static let version = 1
  /// The word that chooses everything.
  static let all = "all"

  /// The names of the data sets.
  let datasets: [String]
  /// The names of the strategies.
  let strategies: [String]

  /// The whole file.
  var shape: FormShape {
    .mapping([
      FormKey(
        "suggest", "The version of the file's form: \(Self.version).", .whole(Self.version...Self.version),
        isRequired: true),
      FormKey(
        "name", "What to call the comparison: letters, digits, dots, hyphens and underscores.",
        .text(noun: "name", examples: ["quick"]), isRequired: true),
      FormKey(
        "base", "Another comparison file, relative to this one's folder: keys missing here are as there.",
        .text(noun: "file", examples: ["standard.yaml"])),
      FormKey(
        "matrix",
        "The tasks: a product of lists, or a list of such products, whose tasks are united; needed without a base.",
        .anyOf([product, .list(product)])),
      FormKey(
        "range-tests",
        "How range tests are recorded; of several, the first is the one whose suggestions are trained.",
        .axis(rangeTest)),
      FormKey("grid", "The learning rates at which every task is trained.", grid),
      FormKey("seeds", "The seeds; range tests and trainings share none.", seeds),
      FormKey("evaluation", "When and on what a network is evaluated during a training.", evaluation),
      FormKey(
        "strategies", "The strategies that suggest: one, or a list; all means every one there is.",
        .axis(strategy), default: .string(Self.all)),
    ])
  }

  private var rangeTest: FormShape {
    let standard = RangeTestSettings()
    return .mapping([
      FormKey(
        "iterations", "How many steps a range test has.", .whole(2...1_000_000),
        default: .number(Double(standard.iterations))),
      FormKey("start", "The first rate.", .number(.rate), default: .number(standard.start)),
      FormKey(
        "end", "The rate the sweep approaches; above start.", .number(.rate), default: .number(standard.end)),
    ])
  }

  private var grid: FormShape {
    let standard = GridSettings()
    let limits = standard.extensionLimits ?? standard.range
    return .mapping([
      FormKey(
        "per-decade", "How many rates a factor of ten has.", .whole(1...20),
        default: .number(Double(standard.perDecade))),
      FormKey(
        "from", "The lowest rate trained first.", .number(.rate), default: .number(standard.range.lowerBound)),
      FormKey(
        "to", "The highest rate trained first; above from.", .number(.rate),
        default: .number(standard.range.upperBound)),
      FormKey(
        "ranges", "Other lowest and highest rates for tasks of some optimizers.",
        .mapping(
          OptimizerConfiguration.families.map { family in
            FormKey(
              family, "The rates of tasks trained by \(family).",
              .mapping([
                FormKey("from", "The lowest rate trained first.", .number(.rate), isRequired: true),
                FormKey(
                  "to", "The highest rate trained first; above from.", .number(.rate), isRequired: true),
              ]))
          })),
      FormKey(
        "extend",
        "Whether, and how far, the grid is extended until the best rate lies inside and a failing rate is seen.",
        .anyOf([
          .flag,
          .mapping([
            FormKey(
              "from", "No rate below is tried.", .number(.rate), default: .number(limits.lowerBound)),
            FormKey("to", "No rate above is tried.", .number(.rate), default: .number(limits.upperBound)),
          ]),
        ]), default: .bool(standard.extensionLimits != nil)),
      FormKey(
        "refine", "Whether rates half-way are added beside the best rate and at the cliff.", .flag,
        default: .bool(standard.refines)),
    ])
  }

  private var seeds: FormShape {
    let choice = FormShape.anyOf([
      .whole(1...SeedSettings.mostCounted), .list(.whole(0...SeedSettings.largest)),
    ])
    return .mapping([
      FormKey(
        "grid", "The seeds of trainings over the grid: how many, counted from 0, or which.", choice,
        default: .number(Double(SeedSettings.standardGridCount))),
      FormKey(
        "suggestions",
        "The seeds of trainings at suggested rates: how many of the grid's, or the first of them; all unless given.",
        choice),
      FormKey(
        "range-tests",
        "The seeds of range tests: how many, counted from \(SeedSettings.firstRangeTest), or which.",
        choice, default: .number(Double(SeedSettings.standardRangeTestCount))),
    ])
  }

  private var evaluation: FormShape {
    let standard = EvaluationPlan()
    return .mapping([
      FormKey(
        "count", "How many evaluations a training has, at equal distances; the last after the last step.",
        .whole(1...10_000), default: .number(Double(standard.count))),
      FormKey(
        "samples", "How many held-out samples each takes; all where the data set has fewer.",
        .whole(1...100_000_000), default: .number(Double(standard.samples))),
      FormKey(
        "averaged", "The final loss is the mean of so many last evaluations; at most count.",
        .whole(1...10_000), default: .number(Double(standard.averaged))),
    ])
  }

  private var strategy: FormShape {
    let name = FormShape.word(strategies + [Self.all], noun: "strategy")
    return .anyOf([
      name,
      .mapping([
        FormKey(
          "name", "The strategy; all means every one that the list does not name with its defaults.", name,
          isRequired: true),
        FormKey(
          "set", "Parameters of the strategy; lists of values make a variation of each combination.",
          .settings(noun: "parameter")),
        FormKey(
          "evaluation",
          "How the outcome of a suggested rate is found: direct trains at it, interpolated reads the grid where both "
            + "neighbours are stable.",
          .word(StrategyChoice.Evaluation.allCases.map(\.rawValue), noun: "evaluation"),
          default: .string(StrategyChoice.Evaluation.direct.rawValue)),
      ]),
    ])
  }
}
