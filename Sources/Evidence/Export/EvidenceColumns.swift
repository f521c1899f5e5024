/// The files of an export, empty: their columns are also the data dictionary.
enum EvidenceColumns {
  static let all = [tasks, runs, rangeTests, curves, suggestions]

  private static let task = CSVTable.Column("task", "index", "The row of `tasks.csv`, counted from 0.")

  static let tasks = CSVTable(
    "tasks.csv", "A row is a task: what strategies are judged on.",
    [
      task, .init("title", "text", "A short name for people."), .init("dataset", "name", "The data set."),
      .init("family", "name", "The family of data sets: what resampling draws."),
      .init("model", "name", "The model."), .init("optimizer", "name", "The optimizer without settings."),
      .init("schedule", "name", "How the learning rate moves during a training."),
      .init("role", "constant or peak", "What a learning rate of the task means."),
      .init("batch_size", "samples", "Samples of a step."),
      .init("steps", "steps", "The step budget of a training."),
      .init("labels", "JSON", "All labels of the task, sorted by name: its identity."),
    ])

  static let runs = CSVTable(
    "runs.csv", "A row is a training at one learning rate with one seed.",
    [
      task, .init("learning_rate", "per step", "The rate, to 1e-4 in log10."),
      .init("seed", "integer", "The seed of initial weights and order of data."),
      .init("grid", "true or false", "Whether the rate belongs to the grid, not only to a suggestion."),
      .init("status", "finished or diverged", "How the training ended."),
      .init(
        "loss", "nats, or squared units of the target", "The final validation loss; empty where it diverged."),
      .init("best_loss", "as loss", "The lowest validation loss of all evaluations."),
      .init("error", "share, 0 to 1", "The final validation error."),
      .init("untrained_loss", "as loss", "The validation loss before the first step."),
      .init("untrained_error", "share, 0 to 1", "The validation error before the first step."),
      .init("seconds", "s", "How long it took; never part of a score."),
    ])

  private static let rangeTest = CSVTable.Column(
    "range_test", "index", "The row of `range_tests.csv`, counted from 0.")

  static let rangeTests = CSVTable(
    "range_tests.csv", "A row is a learning-rate range test.",
    [
      rangeTest, task, .init("seed", "integer", "The seed of initial weights and order of data."),
      .init("setting", "text", "First and last rate and number of steps."),
      .init("steps", "steps", "The steps that were made."),
      .init("seconds", "s", "How long it took; never part of a score."),
    ])

  static let curves = CSVTable(
    "curves.csv", "A row is a step of a range test.",
    [
      rangeTest, .init("step", "index", "The step, counted from 0."),
      .init("learning_rate", "per step", "The rate applied in the step."),
      .init(
        "raw_loss", "nats, or squared units of the target", "The loss of the batch before the step's update."),
      .init("smoothed_loss", "as raw_loss", "The loss as the recording program smoothed it."),
    ])

  static let suggestions = CSVTable(
    "suggestions.csv", "A row is what one strategy read off one range test.",
    [
      task, rangeTest,
      .init("strategy", "name", "The strategy, with its settings where they are not the defaults."),
      .init("version", "text", "The strategy's version."),
      .init(
        "meant_for", "use",
        "What the number is meant for: constant, peak, fine-tuning, as-asked (its answer depends on it) or unknown."
      ),
      .init("learning_rate", "per step", "The suggested rate, to 1e-4 in log10."),
      .init("abstained", "true or false", "Whether there is no suggestion."),
      .init("cause", "word", "The kind of the reason for abstaining."),
      .init("reason", "text", "Why it abstained, in one sentence."),
      .init("fitted_on", "names", "The families its constants were fitted on, separated by spaces."),
    ])
}
