internal import CurveModel

/// All scores by contestant and task, and what may be compared with what.
struct ScoreBoard {
  let tables: EvidenceTables
  let contestants: [Contestant]
  /// By task of the tables; nil where it was not studied.
  private let outcomes: [TaskOutcomes?]
  /// By contestant (slow) and task (fast).
  private let table: [TaskScore?]
  /// The tasks whose means count: informative ones on which every strategy that has any score has one.
  let commonTasks: [Int]
  /// Informative tasks.
  let informativeTasks: [Int]
  /// What takes tasks or strategies out of the means.
  let exclusions: [Exclusion]

  init(tables: EvidenceTables, outcomes: [TaskOutcomes], contestants: [Contestant], scores: [TaskScore]) {
    self.tables = tables
    self.contestants = contestants
    let count = tables.tasks.count
    var byTask = [TaskOutcomes?](repeating: nil, count: count)
    for outcome in outcomes { byTask[outcome.study.task] = outcome }
    let studies = outcomes.map(\.study)
    var table = [TaskScore?](repeating: nil, count: contestants.count * count)
    for score in scores { table[score.contestant * count + score.task] = score }
    var exclusions: [Exclusion] = []
    for study in studies where !study.isInformative {
      exclusions.append(
        Exclusion(
          "\(tables.tasks[study.task].title) from all means",
          because: "its range is not more than five noise floors"))
    }
    let informative = studies.filter(\.isInformative).map(\.task).sorted()
    var compared: [Int] = []
    for (index, contestant) in contestants.enumerated() where contestant.kind == .strategy {
      if informative.contains(where: { table[index * count + $0] != nil }) {
        compared.append(index)
      } else {
        exclusions.append(Exclusion(contestant.name, because: "no informative task could be scored"))
      }
    }
    var common: [Int] = []
    for task in informative {
      let missing = compared.filter { table[$0 * count + task] == nil }
      if missing.isEmpty {
        common.append(task)
      } else if missing.count < compared.count {
        let names = missing.map { contestants[$0].name }.joined(separator: ", ")
        exclusions.append(
          Exclusion("\(tables.tasks[task].title) from the headline", because: "there is no score of \(names)")
        )
      }
    }
    self.outcomes = byTask
    self.table = table
    informativeTasks = informative
    commonTasks = common
    self.exclusions = exclusions
  }

  func score(_ contestant: Int, _ task: Int) -> TaskScore? { table[contestant * tables.tasks.count + task] }

  func study(_ task: Int) -> TaskStudy? { outcomes[task]?.study }

  func outcomes(_ task: Int) -> TaskOutcomes? { outcomes[task] }

  func family(_ task: Int) -> String { tables.tasks[task].family }

  /// A contestant's scores on the tasks whose means count.
  func commonScores(_ contestant: Int) -> [TaskScore] { commonTasks.compactMap { score(contestant, $0) } }

  /// The contestants that have a score on every task whose means count.
  var complete: [Int] {
    guard !commonTasks.isEmpty else { return [] }
    return contestants.indices.filter { index in commonTasks.allSatisfy { score(index, $0) != nil } }
  }

  /// The strategies among them.
  var rankedStrategies: [Int] { complete.filter { contestants[$0].kind == .strategy } }

  /// How many families of data sets the common tasks come from.
  var familyCount: Int { Set(commonTasks.map(family)).count }
}
