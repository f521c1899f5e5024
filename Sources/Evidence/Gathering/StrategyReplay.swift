internal import Comparison
internal import CurveModel
internal import ExperimentStore
internal import Scoring
internal import StrategyKit

/// Asks strategies about stored range tests, and remembers their answers in the stores' indices.
final class StrategyReplay {
  private let strategies: [StrategyChoice]
  private let keys: [String]
  private var learned: [(store: RunStore, key: SuggestionKey, suggestion: CachedSuggestion)] = []

  /// One strategy's answer, and the families its constants were fitted on.
  struct Answer {
    var answer: SuggestionRow.Answer
    var fittedOn: [String] = []
  }

  init(_ strategies: [StrategyChoice]) {
    self.strategies = strategies
    keys = strategies.map(SuggestionReader.cacheKey)
  }

  /// The answers of all strategies, in their order.
  func answers(to test: StoredTest, of task: TaskDescription) throws(EvidenceError) -> [Answer] {
    var answers: [Answer] = []
    for (index, choice) in strategies.enumerated() {
      answers.append(try answer(of: choice, keys[index], to: test, task))
    }
    return answers
  }

  private func answer(
    of choice: StrategyChoice, _ cacheKey: String, to test: StoredTest, _ task: TaskDescription
  ) throws(EvidenceError) -> Answer {
    let context = SuggestionContext(
      optimizerFamily: task.optimizer, use: task.use,
      trainingSteps: task.steps, parameters: choice.parameters, seed: test.row.seed)
    if let fitted = choice.type as? any FittedStrategy.Type {
      // What it says depends on the task's family, which the memory does not know.
      return try fittedAnswer(of: fitted, to: test, task, context)
    }
    let key = SuggestionKey(curve: test.id, strategy: cacheKey)
    if let known = test.store.cachedSuggestion(curve: key.curve, strategy: key.strategy),
      let answer = Self.answer(known)
    {
      return Answer(answer: answer)
    }
    let suggestion: Suggestion
    do throws(StrategyError) {
      suggestion = try choice.type.init().suggestion(for: test.curve, in: context)
    } catch {
      throw .strategyFailed(strategy: choice.name, run: test.id.description, problem: error.description)
    }
    learned.append((test.store, key, Self.remembered(suggestion)))
    return Answer(answer: Self.answer(suggestion))
  }

  private func fittedAnswer(
    of type: any FittedStrategy.Type, to test: StoredTest, _ task: TaskDescription,
    _ context: SuggestionContext
  ) throws(EvidenceError) -> Answer {
    do throws(StrategyError) {
      let suggestion = try type.init().suggestion(for: test.curve, in: context, leavingOut: task.family)
      return Answer(
        answer: Self.answer(suggestion), fittedOn: type.fittedFamilies.filter { $0 != task.family })
    } catch {
      throw .strategyFailed(
        strategy: type.descriptor.name, run: test.id.description, problem: error.description)
    }
  }

  private static func answer(_ suggestion: Suggestion) -> SuggestionRow.Answer {
    switch suggestion {
    case .rate(let rate): .rate(RateKey(rate.learningRate))
    case .abstention(let abstention):
      .abstained(cause: abstention.cause.rawValue, reason: abstention.reason)
    }
  }

  /// Abstentions are remembered as cause, tab, reason; planning does not read the text.
  private static func remembered(_ suggestion: Suggestion) -> CachedSuggestion {
    switch suggestion {
    case .rate(let rate): .rate(rate.learningRate)
    case .abstention(let abstention): .abstention(abstention.cause.rawValue + "\t" + abstention.reason)
    }
  }

  /// A remembered answer; nil where planning remembered an abstention without its reason.
  private static func answer(_ known: CachedSuggestion) -> SuggestionRow.Answer? {
    switch known {
    case .rate(let rate): return .rate(RateKey(rate))
    case .abstention(let text):
      guard let tab = text.firstIndex(of: "\t") else { return nil }
      return .abstained(cause: String(text[..<tab]), reason: String(text[text.index(after: tab)...]))
    }
  }

  /// Writes what was learned into the indices, in one transaction a store.
  func remember() {
    var stores: [RunStore] = []
    for entry in learned where !stores.contains(where: { $0 === entry.store }) { stores.append(entry.store) }
    for store in stores {
      store.cache(learned.filter { $0.store === store }.map { ($0.key, $0.suggestion) })
    }
    learned = []
  }
}
