/// The files of scores, empty: their columns are also the data dictionary.
enum ScoreColumns {
  static let all = [scores, headline]

  private static let share = "share, 0 to 1"
  private static let contestant = CSVTable.Column(
    "contestant", "name", "The strategy, with its settings where they are not the defaults, or the baseline.")
  private static let kind = CSVTable.Column(
    "kind", "strategy or baseline", "Whether it reads range tests.")

  static let scores = CSVTable(
    "scores.csv", "A row is what following one suggestion on one task would have given.",
    [
      .init("task", "index", "The row of `tasks.csv`, counted from 0."), contestant, kind,
      .init("range_test_seed", "integer", "The seed of the range test; empty for baselines."),
      .init(
        "learning_rate", "per step", "The rate that was used: the fallback where the strategy abstained."),
      .init("abstained", "true or false", "Whether the strategy abstained."),
      .init("evaluation", "direct or interpolated", "Whether the rate was trained, or read from the grid."),
      .init("regret", "share, 0 to 1", "Normalised regret: 0 the oracle, 1 untrained."),
      .init("excess", "as loss", "The outcome minus the oracle's; may be negative."),
      .init("failure_rate", share, "The share of training seeds that failed."),
      .init(
        "signed_distance", "decades", "log10(rate / oracle's rate); empty where the oracle is at the edge."),
      .init("success_1", "true or false", "Whether the rate lies within the indifference interval of 1 %."),
      .init("success_5", "true or false", "The same at 5 %."),
      .init("success_10", "true or false", "The same at 10 %."),
      .init("weight", "number", "How much the row counts in its task; 1 but for the random baseline."),
    ])

  static let headline = CSVTable(
    "headline.csv", "A row is a contestant; means and medians are over tasks.",
    [
      contestant, kind,
      .init("roles", "constant, peak or both", "The role of the learning rate in the tasks of the row."),
      .init("tasks", "count", "The tasks it was scored on."),
      .init("regret", share, "Mean normalised regret: 0 the oracle, 1 untrained."),
      .init("regret_low", share, "The lower end of its 95 % interval; empty where none is claimed."),
      .init("regret_high", share, "The upper end of its 95 % interval."),
      .init("interquartile_regret", share, "Interquartile mean of normalised regret."),
      .init("success_1", share, "Suggestions within the indifference interval of 1 %."),
      .init("success_5", share, "The same at 5 %."), .init("success_10", share, "The same at 10 %."),
      .init("failure_rate", share, "Trainings at its rates that failed."),
      .init("abstention_rate", share, "Range tests on which it abstained."),
      .init("distance", "decades", "Median of |log10(rate / oracle's rate)|."),
      .init("signed_distance", "decades", "Median of log10(rate / oracle's rate); negative is too low."),
      .init("spread", "decades", "Median interquartile range of log10 of its rates over range-test seeds."),
      .init("wide_spread_share", share, "Tasks on which its rates lie more than half a decade apart."),
      .init("cost", "share of the budget", "Median of the steps of its range test over the step budget."),
      .init("direct_share", share, "Suggestions trained at exactly their rate."),
      .init("gap_closed", "share", "Way from the left-out constant to the best strategy of every task."),
      .init(
        "time_to_target", "multiple of the oracle's",
        "Median expected steps until a training comes within 10 % of the range of the oracle; inf for never."),
    ])
}
