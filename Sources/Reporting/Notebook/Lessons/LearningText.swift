internal import Scoring

/// The words of the notebook about learning.
enum LearningText {
  static let question = """
    ## Question

    A learning-rate range test raises the rate step by step and records the loss. Rules of thumb read a rate off the curve: a
    tenth of the minimum, the steepest descent, the valley, the slide. On one curve they differ by factors of hundreds, and
    most were never compared with what training gives. Can a curve be read better, can that be learned from outcomes, and does
    it hold on data that were never seen?
    """

  static func data(_ sections: [ReportContent.Section]) -> String {
    let tasks = sections.map { section -> String in
      let studies = section.sheet.studies.filter(\.isInformative)
      let families = Set(studies.map { section.sheet.tables.tasks[$0.task].family })
      return "\(section.title): \(studies.count) informative tasks of \(families.count) families."
    }
    return """
      ## Data

      A task is a data set, a model, an optimizer, a batch size, a schedule and a number of steps. Each was trained in full over a
      grid of rates with several seeds, and at the rates that strategies suggested. Tasks whose grid shows no difference
      between rates are left out; that is decided from the grid alone. Data sets that are no independent evidence, such as one set at two
      sizes, are one family. \(tasks.joined(separator: " "))
      """
  }

  static let method = """
    ## Method

    *Regret* is 0 where the final validation loss is that of the best rate (a smooth fit over the grid), and 1 where it is no
    better than untrained, or where the training fails. `learned` is a weighted sum: features of the curve, the optimizer, the use of the
    rate and the number of steps add up to log10 of the rate. Its weights minimise the mean regret. `balanced` has two constants. Both are
    judged on each family by weights that never saw it; the scorer refuses others. A strategy that abstains is judged by its
    optimizer's default rate. Intervals hold 95 % and are about tasks of new families (a bootstrap over families). `docs/scoring.md` and
    `docs/learning.md` of the project have the details.
    """

  static let results = """
    ## Results

    `above .05` is the share of tasks with a regret above .05, `fails` that of trainings that fail.
    """

  static let differences = """
    Paired differences of mean regret; below zero, `learned` is better. Holm's adjustment is over all pairs of the table's
    strategies; the unit is the family.
    """

  static let quirks = """
    What copying a project's code exactly costs against this toolkit's own reading of the same idea; above zero, the copy is worse:
    """

  static let unseen = """
    ### Families that were never seen

    `learned`, its inputs and the constants of `balanced` were fixed before some of these families were recorded: nothing was
    learned from them or chosen on them. Beside them are those that were learned from, each judged by the fit without it. `from` and `to`
    are the interval for those never seen. A strategy is shown where both can be scored.
    """

  static let halves = """
    ## Ablations

    Everything from here on is read off the grids, between its rates on straight lines, where it does not say otherwise. That is
    quicker than training, and a little kinder.

    **Half of the families.** Learned from half of the families and tested on the others, both ways, over several divisions by chance:
    """

  static let inputs = """
    **Inputs left out.** The model is fitted anew without each input; the last line has no gradients and no weights, only
    losses. Inputs that move together can stand in for each other, so single lines say less than their sum.
    """

  static let lengths = """
    **The length of the range test.** The same sweep in fewer and in more steps. With more steps per decade the loss falls at lower
    rates, and rules that take a place of the fall answer lower. `learned` knows the density of a sweep. A suggestion near the cliff was trained, the others are read off the grid.
    """

  static let repeats = """
    **Repeating the range test.** A single range test, or the median of the answers to all seeds:
    """

  static let smoothing = """
    **Smoothing.** The width of the window, in decades of the rate, of strategies that let it be chosen:
    """

  static let sensitivity = """
    **Changes that should not matter.** The median distance in decades between the rate from a changed curve and that from the
    recorded one. Changed curves keep their losses alone, so `learned` answers by its second reading, without gradients and weights:
    """

  static let failures = """
    ## Where it fails

    The tasks with the largest regret of `learned`; `docs/learning.md` says what those of the shipped outcomes have in common.
    """

  static let tried = """
    ## What was tried and did not help

    Random forests, extremely randomised trees and gradient boosting on the same features, ridge regression of the middle of the good rates,
    trees whose leaves minimise regret, products of features with the optimizer or the use, and single places with a factor for each optimizer:
    `docs/learning.md` has their numbers. Which features are inputs was chosen on the outcomes of the families that it learned from, so figures
    for those are a little too good; for families that came later they are not. More families of data would help more than a richer model.
    """
}
