import CurveModel
import DatasetKit
import ExperimentStore
import Testing
import TrainingEngine

@testable import Comparison

struct TrainingRunTests {
  private func record(rate: Double, seed: UInt64 = 0, steps: Int = 60) throws -> RunRecord {
    let run = RunFactory(try TaskSamples.task(steps: steps)).run(.training(RateKey(rate)), seed: seed)
    let performer = RunPerformer(folders: TaskSamples.folders, surroundings: [])
    return try #require(try performer.record(of: run, isCancelled: { false }))
  }

  private func numbers(_ record: RunRecord, _ name: String) throws -> [Double] {
    guard let value = record[name], case .numbers(let values) = value else { return [] }
    return values
  }

  @Test func `The same rate and seed give the same record, another seed another one`() throws {
    let first = try record(rate: 0.1)
    #expect(try record(rate: 0.1).canonicalLine == first.canonicalLine)
    let other = try record(rate: 0.1, seed: 1)
    #expect(other["loss"] != first["loss"])
  }

  @Test func `A training is evaluated on the fixed grid, and its loss is the mean of the last evaluations`()
    throws
  {
    let record = try record(rate: 0.1)
    #expect(record["status"] == .string("finished"))
    #expect(try numbers(record, "evaluationSteps") == [15, 30, 45, 60])
    let losses = try numbers(record, "evaluationLosses")
    #expect(record["loss"] == .number((losses[2] + losses[3]) / 2))
    #expect(record["bestLoss"] == .number(try #require(losses.min())))
  }

  @Test func `A rate beyond all numbers diverges, which is a result without a final loss`() throws {
    let record = try record(rate: 1e30)
    #expect(record["status"] == .string("diverged"))
    #expect(record["loss"] == nil)
    #expect(record["untrainedLoss"] != nil)
    #expect(try #require(record["stepsTaken"]?.integer) <= 60)
  }

  @Test func `A trace has at most 50 points, and those of equal stretches have the mean of all losses`() {
    for steps in [1, 49, 50, 51, 120, 1000] {
      var trace = LossTrace(steps: steps)
      for step in 1...steps { trace.add(Double(step)) }
      let points = trace.points
      #expect(points.count <= 50)
      #expect(points.last?.step == steps)
      var sum = 0.0
      var before = 0
      for point in points {
        sum += point.loss * Double(point.step - before)
        before = point.step
      }
      #expect(abs(sum - Double(steps * (steps + 1) / 2)) < 1e-6)
    }
  }

  @Test func `A training and a range test that are cancelled give nothing`() throws {
    let factory = RunFactory(try TaskSamples.task())
    let performer = RunPerformer(folders: TaskSamples.folders, surroundings: [])
    for work in [RunSpecification.Work.training(RateKey(0.1)), .rangeTest(RangeTestSettings(iterations: 20))]
    {
      var asked = 0
      let record = try performer.record(of: factory.run(work, seed: 0)) {
        asked += 1
        return asked > 5
      }
      #expect(record == nil)
    }
  }
}
