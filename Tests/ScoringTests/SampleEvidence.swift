import CurveModel
import RandomStreams

@testable import Scoring

/// Made-up tables in which the truth is known: parabolas in log10 of the rate, with noise, and a cliff two decades above
/// the best rate.
struct SampleEvidence {
  var families = 9
  var tasksPerFamily = 2
  var trainingSeeds = 3
  var rangeSeeds = 3
  var noise = 0.01
  /// Each strategy's name and how far its suggestions lie from the best rate, in steps of the grid.
  var strategies: [(name: String, steps: Int)] = [("near", 0), ("low", -3), ("high", 2)]
  var seed: UInt64 = 1

  static let perDecade = 3
  static let untrained = 2.3

  /// log10 of a task's best rate.
  func best(_ task: Int) -> Double { -2 + Double(task % 4 - 1) / Double(Self.perDecade) }

  var tables: EvidenceTables {
    var stream = RandomStream(seed: seed, purpose: .split)
    var tables = EvidenceTables()
    tables.strategies = strategies.map {
      ScoredStrategy(name: $0.name, version: "1", meantFor: "constant", evaluation: .direct)
    }
    for family in 0..<families {
      for member in 0..<tasksPerFamily {
        let task = tables.tasks.count
        tables.tasks.append(
          TaskDescription(
            key: "family \(family) task \(member)", labels: [], title: "task \(task)",
            dataset: "data \(family)",
            family: "family \(family)", model: "mlp", optimizer: "adam", schedule: "constant",
            role: .constant,
            batchSize: 32, steps: 100))
        // The families differ in how much a wrong rate costs.
        let curvature = 0.05 + 0.02 * Double(family % 5)
        for place in -6...8 {
          let offset = Double(place) / Double(Self.perDecade)
          for number in 0..<trainingSeeds {
            let loss = 0.3 + curvature * offset * offset + noise * stream.normal()
            let diverges = offset > 2
            tables.outcomes.append(
              OutcomeRow(
                task: task, rate: Self.key(best(task) + offset), seed: UInt64(number),
                status: diverges ? .diverged : .finished, loss: diverges ? .nan : loss,
                untrainedLoss: Self.untrained))
          }
        }
        for number in 0..<rangeSeeds {
          let test = tables.rangeTests.count
          tables.rangeTests.append(
            RangeTestRow(task: task, seed: UInt64(1000 + number), setting: "100 steps", steps: 100))
          for (strategy, choice) in strategies.enumerated() {
            let steps = choice.steps + number % 2
            tables.suggestions.append(
              SuggestionRow(
                task: task, strategy: strategy, rangeTest: test,
                answer: .rate(Self.key(best(task) + Double(steps) / Double(Self.perDecade)))))
          }
        }
      }
    }
    return tables
  }

  static func key(_ log10Rate: Double) -> RateKey { RateKey(value: Int((log10Rate * 10_000).rounded())) }
}
