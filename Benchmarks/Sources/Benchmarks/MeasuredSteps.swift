import Measuring
import TrainingWork

/// The measured steps of one work.
struct MeasuredSteps {
  /// Who trains.
  enum Side: Equatable {
    case ours
    case pyTorch(layout: String)

    /// PyTorch's memory layout.
    var layout: String? {
      if case .pyTorch(let layout) = self { layout } else { nil }
    }
  }

  /// The steps of one side with one number of threads; the measurement is named after the side.
  struct Entry {
    let side: Side
    let threads: Int
    let measurement: Measurement
    /// Of the warm-up and of every measured turn.
    let log: TurnLog
  }

  let work: MeasuredWork
  let steps: [Entry]
  /// Products of ``MatrixProductPeak/side``, measured between the steps.
  let matrixProduct: Measurement

  /// Ours, then PyTorch's, for every number of threads.
  func rows(peak: MatrixProductPeak) -> [ResultRow] {
    ours.flatMap { [ourRow($0, peak: peak)] + pyTorch(threads: $0.threads).map(pyTorchRow) }
  }

  /// What a second thread gives, where both were measured.
  var threadRows: [ResultRow] {
    guard let one = ours.first(where: { $0.threads == 1 }), let two = ours.first(where: { $0.threads == 2 })
    else { return [] }
    let speedUp = one.measurement.ratio(to: two.measurement)
    return [
      ResultRow(
        two.measurement, work: "two threads inside a step of \(work.work.title)",
        comparison: "\(decimal(speedUp, places: 2)) × as fast as one",
        goals: [.atLeast(times: 1.8, speedUp)])
    ]
  }

  private var ours: [Entry] { steps.filter { $0.side == .ours } }

  private func pyTorch(threads: Int) -> [Entry] {
    steps.filter { $0.side != .ours && $0.threads == threads }
  }

  private func ourRow(_ entry: Entry, peak: MatrixProductPeak) -> ResultRow {
    let rivals = pyTorch(threads: entry.threads)
    /// Against the better of PyTorch's layouts.
    func least(_ ratio: (Entry) -> Double) -> Double? { rivals.map(ratio).min() }
    let ratio = least { $0.measurement.ratio(to: entry.measurement) }
    var comparison = entry.log.losses
    if let ratio, let fastest = least({ $0.measurement.fastest / entry.measurement.fastest }),
      let processor = least({ $0.log.processorTimes.ratio(to: entry.log.processorTimes) })
    {
      comparison =
        "PyTorch takes \(decimal(ratio, places: 2)) × this (fastest \(decimal(fastest, places: 2)) ×, "
        + "processor time \(decimal(processor, places: 2)) ×); \(comparison)"
    }
    let rate = Double(work.work.operationsPerStep) / (entry.measurement.median / .seconds(1))
    return ResultRow(
      entry.measurement,
      work: "\(work.work.title), \(entry.threads == 1 ? "1 thread" : "\(entry.threads) threads"): "
        + entry.measurement.name,
      comparison: comparison, shareOfPeak: rate / (peak.operationsPerSecond * Double(entry.threads)),
      goals: ratio.map { [.atLeast(times: work.ratioToReach, $0)] } ?? [])
  }

  private func pyTorchRow(_ entry: Entry) -> ResultRow {
    ResultRow(entry.measurement, work: "… \(entry.measurement.name)", comparison: entry.log.losses)
  }
}

/// What one thread of this machine can compute: the fastest product of two square matrices by OpenBLAS.
struct MatrixProductPeak {
  /// Large enough for the library's full speed.
  static let side = 1536

  private let measurement: Measurement

  /// - Parameter durations: of products of ``side``; at least one.
  init(_ durations: [Duration]) {
    measurement = Measurement(name: "cblas_sgemm of \(Self.side)×\(Self.side) matrices", durations: durations)
  }

  /// A multiplication and an addition for every triple of indices.
  var operationsPerSecond: Double {
    let side = Double(Self.side)
    return 2 * side * side * side / (measurement.fastest / .seconds(1))
  }

  var row: ResultRow {
    ResultRow(
      measurement, work: "\(measurement.name), 1 thread: the peak of one thread",
      comparison: "\(decimal(operationsPerSecond / 1e9, places: 1)) GFLOP/s", shareOfPeak: 1)
  }
}
