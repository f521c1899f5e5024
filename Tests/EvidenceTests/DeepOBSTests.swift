import Archives
import CurveModel
import Evidence
import Foundation
import Scoring
import Testing

/// The numbers of the scoring reference, section 10, from the real table; everything by `plugin`, seed 42.
@Suite(.enabled(if: DeepOBSTable.url != nil, "the DeepOBS table is not beside the project"))
struct DeepOBSTests {
  private let table: DeepOBSTable

  init() throws { table = try #require(try DeepOBSTable.shared.get()) }

  @Test func `24 tasks have 36 rates each`() {
    #expect(table.studies.count == 24)
    #expect(table.studies.allSatisfy { $0.points.count == 36 })
    #expect(table.grids.allSatisfy { $0.seeds == [42] })
  }

  @Test func `One best rate lies at the edge`() {
    let edges = table.indices.filter { table.studies[$0].oracle.isAtEdge }
    #expect(edges.map { table.tasks[$0].title } == ["fmnist_vae momentum"])
    #expect(edges.allSatisfy { table.studies[$0].points[0].rate == RateKey(1e-5) })
  }

  @Test func `39 percent of the grid fail on average`() {
    let shares = table.grids.map(\.failingShare)
    #expect(abs(shares.reduce(0, +) / 24 - 0.39) < 0.005)
    #expect(shares.min() == 0)
    #expect(abs((shares.max() ?? 0) - 0.64) < 0.005)
  }

  @Test(arguments: [(0, 0.4, 0.0, 3.0), (1, 1.3, 0.0, 3.6)])
  func `Plateaus are as wide as published`(epsilon: Int, median: Double, least: Double, most: Double) {
    let widths = table.studies.map { $0.indifference[epsilon].width }.sorted()
    #expect(abs((widths[11] + widths[12]) / 2 - median) < 0.051)
    #expect(abs(widths[0] - least) < 1e-9 && abs(widths[23] - most) < 1e-9)
  }

  @Test(arguments: [
    ("adam", 0.554, [0.071, 0.559, 0.706], -3.2, 0.062, 0.143, 0.597),
    ("momentum", 0.542, [0.133, 0.320, 0.686], -3.6, 0.127, 0.142, 0.401),
    ("sgd", 0.507, [0.249, 0.074, 0.486], -2.0, 0.074, 0.214, 1.000),
  ])
  func `Constants and a random rate have the published regrets`(
    optimizer: String, random: Double, constants: [Double], best: Double, hindsight: Double, leftOut: Double,
    worst: Double
  ) {
    let chosen = table.indices.filter { table.tasks[$0].optimizer == optimizer }
    #expect(chosen.count == 8)
    let curves = chosen.map { RegretCurve(table.studies[$0]) }
    let expected = curves.map(\.expectedRegretOfRandomRate)
    #expect(abs(expected.reduce(0, +) / 8 - random) < 0.0006)
    for (rate, regret) in zip([1e-3, 1e-2, 1e-1], constants) {
      let regrets = curves.map { $0.regrets[$0.nearest(to: RateKey(rate))] }
      #expect(abs(regrets.reduce(0, +) / 8 - regret) < 0.0006)
    }
    let constant = BestConstant(curves, families: chosen.map { table.tasks[$0].family })
    #expect(abs(constant.rate.log10 - best) < 1e-9)
    #expect(abs(constant.regret - hindsight) < 0.0006)
    #expect(abs(constant.leftOutRegrets.reduce(0, +) / 8 - leftOut) < 0.0006)
    #expect(abs((constant.leftOutRegrets.max() ?? 0) - worst) < 0.0006)
  }

  @Test(arguments: [("adam", -3.2, 5), ("momentum", -3.6, 3), ("sgd", -2.0, 4)])
  func `The best constants lie within 5 percent as often as published`(
    optimizer: String, rate: Double, successes: Int
  ) {
    let near = table.indices.filter { index in
      guard table.tasks[index].optimizer == optimizer else { return false }
      let curve = RegretCurve(table.studies[index])
      return curve.regrets[curve.nearest(to: RateKey(pow(10, rate)))] <= 0.05
    }
    #expect(near.count == successes)
  }

  /// Final loss, best loss, final accuracy; nil where no accuracy was recorded.
  private static let oracles: [(String, [[Double?]])] = [
    ("cifar100_allcnnc", [[-3.0, -3.0, -3.0], [-0.8, -1.4, -0.8], [-2.4, -2.4, -2.4]]),
    ("cifar10_3c3d", [[-3.2, -3.2, -3.4], [-1.6, -1.4, -1.2], [-3.6, -3.2, -3.4]]),
    ("fmnist_2c2d", [[-4.6, -3.0, -3.6], [-2.4, -1.0, -0.8], [-4.2, -3.4, -2.6]]),
    ("fmnist_vae", [[-3.8, -3.8, nil], [-2.4, -2.4, nil], [-5.0, -5.0, nil]]),
    ("mnist_vae", [[-3.8, -3.8, nil], [-2.4, -2.4, nil], [-4.6, -4.6, nil]]),
    ("quadratic_deep", [[-1.4, -1.4, nil], [-1.8, -1.8, nil], [-2.6, -2.8, nil]]),
    ("svhn_wrn164", [[-2.8, -2.8, -3.8], [-1.4, -1.2, -1.6], [-3.2, -3.0, -3.2]]),
    ("tolstoi_char_rnn", [[-2.6, -3.0, -2.6], [0.2, 0.2, 0.2], [-1.4, -1.4, -1.4]]),
  ]

  @Test(arguments: DeepOBSTests.oracles.indices)
  func `The best rates are the published ones`(row: Int) throws {
    let (problem, rates) = Self.oracles[row]
    for (optimizer, expected) in zip(["adam", "sgd", "momentum"], rates) {
      let task = try #require(
        table.indices.first {
          table.tasks[$0].dataset == problem && table.tasks[$0].optimizer == optimizer
        })
      for (kind, rate) in zip([OutcomeKind.loss, .best, .error], expected) {
        let study = table.study(task, kind)
        let found = study.map { ($0.oracle.log10Rate * 10).rounded() / 10 }
        #expect(found == rate, "\(problem) \(optimizer) \(kind)")
      }
    }
  }

  @Test func `The selecting seed is better than nine fresh ones in 12 of 16 tasks`() {
    var differences: [(title: String, difference: Double)] = []
    for index in table.indices {
      let study = table.studies[index]
      let fresh = table.outcomes(of: index).filter { row in
        row.seed != 42 && abs(row.rate.log10 - study.oracle.log10Rate) < 1e-9
      }
      guard !fresh.isEmpty else { continue }
      let values = fresh.map { $0.loss.isFinite ? min($0.loss, study.untrained) : study.untrained }
      let mean = values.reduce(0, +) / Double(values.count)
      let range = study.untrained - study.oracle.value
      differences.append((table.tasks[index].title, (mean - study.oracle.value) / range))
    }
    #expect(differences.count == 16)
    #expect(differences.count { $0.difference > 0 } == 12)
    let sum = differences.reduce(0) { $0 + $1.difference }
    #expect(abs(sum / 16 - 0.032) < 0.0006)
    let sorted = differences.sorted { $0.difference > $1.difference }
    #expect(sorted[0].title == "fmnist_vae momentum" && abs(sorted[0].difference - 0.356) < 0.0006)
    #expect(sorted[1].title == "mnist_vae sgd" && abs(sorted[1].difference - 0.073) < 0.0006)
  }

  @Test func `Loss and accuracy choose rates up to 1.6 decades apart`() {
    var distances: [Double] = []
    var regrets: [Double] = []
    for index in table.indices {
      guard let byError = table.study(index, .error) else { continue }
      let study = table.studies[index]
      distances.append(abs(study.oracle.log10Rate - byError.oracle.log10Rate))
      let curve = RegretCurve(study)
      regrets.append(curve.regrets[curve.nearest(to: RateKey(pow(10, byError.oracle.log10Rate)))])
    }
    #expect(distances.count == 15)
    distances.sort()
    regrets.sort()
    #expect(abs(distances[7] - 0.2) < 1e-6 && abs(distances[14] - 1.6) < 1e-6)
    #expect(distances.count { $0 > 0.59 } == 4)
    #expect(abs(regrets[7] - 0.003) < 0.0006 && abs(regrets[14] - 0.218) < 0.0006)
  }
}

/// The table, read once.
struct DeepOBSTable {
  let tasks: [TaskDescription]
  let grids: [OutcomeGrid]
  let studies: [TaskStudy]
  private let tables: EvidenceTables

  static let url: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.deletingLastPathComponent().appending(path: "shared/datasets/deepobs-outcomes.jsonl.gz")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }()

  static let shared = Result<DeepOBSTable?, any Error> { try url.map { try DeepOBSTable($0) } }

  private init(_ url: URL) throws {
    let packed = [UInt8](try Data(contentsOf: url))
    tables = try DeepOBS.tables(of: Gzip.unpack(packed, limit: 1 << 28))
    let tables = tables
    tasks = tables.tasks
    grids = try tasks.indices.map { task in try OutcomeGrid(tables.outcomes.filter { $0.task == task }) }
    studies = zip(tasks.indices, grids).map { TaskStudy(task: $0, $1, .plugin) }
  }

  var indices: Range<Int> { tasks.indices }

  func outcomes(of task: Int) -> [OutcomeRow] { tables.outcomes.filter { $0.task == task } }

  /// The study by another outcome; nil where none was recorded.
  func study(_ task: Int, _ kind: OutcomeKind) -> TaskStudy? {
    (try? OutcomeGrid(outcomes(of: task), outcome: kind)).map { TaskStudy(task: task, $0, .plugin) }
  }
}
