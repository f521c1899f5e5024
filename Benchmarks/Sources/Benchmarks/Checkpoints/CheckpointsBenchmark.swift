import FoundationEssentials
import Measuring
import ModelZoo
import TrainingEngine

/// A full-size ResNet-34 of PyTorch's: how fast its files are loaded, ours and PyTorch's in turns, and whether our network
/// then answers as PyTorch's.
enum CheckpointsBenchmark: Benchmark {
  static let name = "checkpoints"
  static let summary =
    "read and load a full-size ResNet-34 of torchvision's parameter names, and answer as PyTorch does"

  /// PyTorch's worker, from where `scripts/bench.sh` runs.
  private static let script = "Benchmarks/PyTorch/checkpoints.py"
  /// From a file onto a trainer.
  private static let mostMilliseconds = 2000.0

  static func rows(_ effort: Effort) throws -> [ResultRow] {
    guard let python = MeasuredProgram.pyTorch.path else {
      report(
        "checkpoints: \(MeasuredProgram.pyTorch.rawValue) names no Python with PyTorch to write one, so nothing is"
          + " measured")
      return []
    }
    let folder = try TemporaryFolder()
    // The worker's files are needed to the end.
    defer { withExtendedLifetime(folder) {} }
    report("checkpoints: PyTorch writes them")
    let worker = try LineWorker(python, pythonArguments(script: script) + [folder.path])
    let files = try JSONDecoder().decode(WrittenFiles.self, from: Data(worker.receive().utf8))
    let comparison = try ResNetComparison(answers: files.answers)
    let trainer = try comparison.trainer("resnet34")
    var rows: [ResultRow] = []
    for path in files.checkpoints {
      report("checkpoints: \(path)")
      rows += try loading(path, onto: trainer, worker, version: files.version, effort)
    }
    report("checkpoints: a new trainer each time")
    rows.append(try newTrainerRow(files.checkpoints[0], comparison, effort))
    report("checkpoints: forward passes")
    return rows + (try comparison.rows(checkpoint: files.checkpoints[0]))
  }

  /// What the worker says first.
  private struct WrittenFiles: Decodable {
    let version: String
    let checkpoints: [String]
    let answers: String
  }

  /// One file onto a trainer that is there: with the file in memory, and with the file on the disk only.
  private static func loading(
    _ path: String, onto trainer: Trainer, _ worker: LineWorker, version: String, _ effort: Effort
  ) throws -> [ResultRow] {
    let load = TimedLoad { try trainer.load(.read(from: path)) }
    let theirs = TimedLoad(of: worker, path)
    let fromDisk = (ours: load.fromDisk(path), theirs: theirs.fromDisk(path))
    let turns = [
      ("suggest", load), (version, theirs), ("suggest", fromDisk.ours), (version, fromDisk.theirs),
    ]
    let measured = try interleaved(
      turns.map { name, load in Contender(name, run: load.run) }, rounds: effort.rounds(15, quick: 5))
    let disk =
      fromDisk.ours.wasCold && fromDisk.theirs.wasCold
      ? "from the disk" : "though the system would not forget it"
    return [(0, "cached"), (2, disk)].flatMap { index, state in
      let (ours, theirs) = (measured[index], measured[index + 1])
      return [
        ResultRow(
          ours, work: "read \(title(of: path)), \(state), and load it: \(ours.name)",
          comparison: "PyTorch takes \(decimal(theirs.ratio(to: ours), places: 2)) × this "
            + "(fastest \(decimal(theirs.fastest / ours.fastest, places: 2)) ×); \(turns[index].1.processorText)",
          goals: [.atMost(milliseconds: mostMilliseconds, ours.median)]),
        ResultRow(theirs, work: "… \(theirs.name)", comparison: turns[index + 1].1.processorText),
      ]
    }
  }

  /// With everything that a command does before its first step: memory and initial weights, which are then overwritten.
  private static func newTrainerRow(
    _ path: String, _ comparison: ResNetComparison, _ effort: Effort
  ) throws -> ResultRow {
    let load = TimedLoad { try comparison.trainer("resnet34").load(.read(from: path)) }
    let measured = try interleaved(
      [Contender("suggest", run: load.run)], rounds: effort.rounds(9, quick: 3))[0]
    return ResultRow(
      measured, work: "make a trainer, read \(title(of: path)), cached, and load it: suggest",
      comparison: load.processorText)
  }

  /// `resnet34.pth (87 MB)`.
  private static func title(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let bytes = CachedFile(path).byteCount.map { " (\(decimal(Double($0) / 1e6, places: 0)) MB)" } ?? ""
    return name + bytes
  }
}
