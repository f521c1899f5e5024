import Measuring
import TrainingWork

/// The peak of resident memory of processes that do nothing but train one work.
struct MemoryComparison {
  private let work: TrainingWork
  private let threads: Int
  private let script: String
  private let hasPyTorch: Bool

  init(_ work: TrainingWork, threads: Int, pyTorch: TrainingWorker?, script: String) {
    self.work = work
    self.threads = threads
    self.script = script
    hasPyTorch = pyTorch != nil
  }

  /// Ours, then PyTorch's in both layouts.
  func rows() throws -> [ResultRow] {
    let ours = try peak(of: TrainingWorker(MeasuredProgram.trainingSteps.requiredPath()))
    let pyTorch = try hasPyTorch ? pyTorchPeaks() : []
    // Against the better of PyTorch's layouts.
    let ratio = pyTorch.map(\.bytes).min().map { Double(ours.bytes) / Double($0) }
    let comparison = [
      ours.text, ratio.map { "\(decimal($0, places: 2)) × PyTorch's" },
    ].compactMap(\.self).joined(separator: ", ")
    return [
      ResultRow(
        work: "peak memory of \(work.title): suggest", comparison: comparison,
        goals: ratio.map { [.atMost(times: 1, $0)] } ?? [])
    ] + pyTorch.map { ResultRow(work: "… \($0.name)", comparison: $0.text) }
  }

  private struct Peak {
    let name: String
    let bytes: Int
    var text: String { "\(decimal(Double(bytes) / 1e9, places: 3)) GB" }
  }

  private func pyTorchPeaks() throws -> [Peak] {
    let python = try MeasuredProgram.pyTorch.requiredPath()
    return try pyTorchLayouts(of: work).map { layout in
      try peak(of: TrainingWorker(python, pythonArguments(script: script)), layout: layout)
    }
  }

  /// Two steps: the second finds everything allocated.
  private func peak(of worker: TrainingWorker, layout: String? = nil) throws -> Peak {
    // A named optimizer: to try all would take memory.
    let run = try worker.prepare(work, layout: layout ?? "", threads: threads, implementation: "fused")
    _ = try worker.steps(2, of: [run])
    return Peak(
      name: ([worker.version] + (layout.map { [$0] } ?? [])).joined(separator: ", "),
      bytes: try worker.peakMemory())
  }
}
