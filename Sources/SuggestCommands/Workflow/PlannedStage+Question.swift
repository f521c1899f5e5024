import DatasetKit
import StrategyKit
import TrainingEngine

extension PlannedStage {
  /// How many steps the training will take, where the strategy that decides its rate wants to know; nil for all others.
  ///
  /// An epoch's steps are counted, for which the data are read.
  ///
  /// - Throws: `DatasetError`.
  func stepsToTell(_ console: Console) throws -> Int? {
    guard case .asked(let strategy, _, _, let length) = rate, strategy.descriptor.meantFor == .asAsked else {
      return nil
    }
    // Only epochs need the data.
    var batchesPerEpoch = 0
    if case .epochs = length {
      let data = try Dataset.load(
        training.dataset,
        from: DataFolders(option: training.dataFolder, environment: console.dataVariables),
        photographs: training.photographs ?? PhotographOptions(), willRead: console.reportReading)
      batchesPerEpoch = data.train.count / training.batchSize
    }
    return max(length.steps(batchesPerEpoch: batchesPerEpoch, batchesPerStep: training.batchesPerStep), 1)
  }

  /// What `suggest` has to be told besides the curve to answer as the stage will be answered; nothing where the strategy
  /// answers every use alike.
  ///
  /// - Throws: `DatasetError`.
  func wordsToTell(_ console: Console) throws -> [String] {
    guard case .asked(let strategy, let use, _, _) = rate, strategy.descriptor.meantFor == .asAsked else {
      return []
    }
    let schedule = ScheduleChoice(for: use)?.defaultValueDescription
    return (schedule.map { ["--for", $0] } ?? []) + ["--optimizer", training.optimizer.family]
      + (try stepsToTell(console).map { ["--steps", "\($0)"] } ?? [])
  }
}
