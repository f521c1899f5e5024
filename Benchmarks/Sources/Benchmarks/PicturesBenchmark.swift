import FoundationEssentials
import ImageCodec
import Measuring

/// Decoding, cropping and resizing photographs, ours and Pillow's in turns, one thread each.
enum PicturesBenchmark: Benchmark {
  static let name = "pictures"
  static let summary = "decode, crop and resize photographs to 224×224, ours and Pillow's in turns"

  /// Pillow's worker, from where `scripts/bench.sh` runs.
  private static let script = "Benchmarks/Pillow/resized_pictures.py"
  private static let side = 224

  static func rows(_ effort: Effort) throws -> [ResultRow] {
    let photographs = photographs()
    guard !photographs.isEmpty else {
      report("pictures: PHOTOGRAPHS names no folder of photographs of 500×375, so nothing is measured")
      return []
    }
    guard let python = MeasuredProgram.pillow.path else {
      report(
        "pictures: there is no Pillow to compare with, and to make large photographs, so nothing is measured")
      return []
    }
    let folder = try TemporaryFolder()
    let pillow = try LineWorker(python, [script, folder.path] + photographs)
    let version = try pillow.receive()
    let large = photographs.indices.map { "\(folder.path)/large-\($0).jpg" }
    let sets = [
      PhotographSet(name: "original", title: "500×375", files: try contents(photographs), times: (2, 2.5)),
      PhotographSet(name: "large", title: "1500×1125", files: try contents(large), times: (3, 3)),
    ]
    return try sets.flatMap { try rows(of: $0, pillow, version: version, effort) }
  }

  /// Photographs in memory, and how much faster than Pillow they should be decoded, as pictures and as tensors.
  private struct PhotographSet {
    let name, title: String
    let files: [[UInt8]]
    let times: (picture: Double, tensor: Double)
  }

  private static func rows(
    of set: PhotographSet, _ pillow: LineWorker, version: String, _ effort: Effort
  ) throws -> [ResultRow] {
    func rival(_ result: String) -> Contender {
      Contender(version) {
        try pillow.send("\(set.name) \(result)")
        return .seconds(Double(try pillow.receive()) ?? .nan)
      }
    }
    let measured = try interleaved(
      [
        .timing("suggest") {
          for file in set.files { _ = try JPEGPicture(file).resized(width: side, height: side) }
        }, rival("picture"),
        .timing("suggest") {
          for file in set.files {
            _ = try JPEGPicture(file).values(width: side, height: side, scaling: .imageNet)
          }
        }, rival("tensor"),
      ], rounds: effort.rounds(25, quick: 5))
    let results = [("pictures", set.times.picture), ("normalised tensors", set.times.tensor)]
    return zip(results, [0, 2]).flatMap { result, index in
      let (ours, theirs) = (measured[index], measured[index + 1])
      let ratio = theirs.ratio(to: ours)
      let each = ours.median.milliseconds / Double(set.files.count)
      return [
        ResultRow(
          ours,
          work: "\(set.files.count) photographs of \(set.title) to \(result.0) of 224×224: \(ours.name)",
          comparison: "\(decimal(each, places: 2)) ms each; Pillow takes \(decimal(ratio, places: 2)) × this "
            + "(fastest \(decimal(theirs.fastest / ours.fastest, places: 2)) ×)",
          goals: [.atLeast(times: result.1, ratio)]),
        ResultRow(theirs, work: "… \(theirs.name)"),
      ]
    }
  }

  /// The first photographs of 500×375 in the folder's folders.
  private static func photographs(most: Int = 40) -> [String] {
    let root = ProcessInfo.processInfo.environment["PHOTOGRAPHS"] ?? ""
    let folders = sorted(root).map { "\(root)/\($0)" }
    let files = folders.lazy.flatMap { folder in sorted(folder).map { "\(folder)/\($0)" } }
    return Array(
      files.filter { path in
        guard let bytes = FileManager.default.contents(atPath: path),
          let header = try? JPEGPicture([UInt8](bytes)).header
        else { return false }
        return header.width == 500 && header.height == 375
      }.prefix(most))
  }

  private static func sorted(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private static func contents(_ paths: [String]) throws -> [[UInt8]] {
    try paths.map { [UInt8](try Data(contentsOf: URL(filePath: $0))) }
  }
}
