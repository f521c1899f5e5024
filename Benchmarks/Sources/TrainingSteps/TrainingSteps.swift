import COpenBLAS
import FoundationEssentials
import Glibc
import TrainingWork

/// `training-steps`: our side of the training benchmark; answers each line of JSON on standard input with one.
@main enum TrainingSteps {
  static func main() async {
    openblas_set_num_threads(1)
    reply(.ready(version: "suggest"))
    var runs: [TrainingRun] = []
    while let line = readLine() {
      do {
        reply(try await answer(StepRequest(line: line), &runs))
      } catch {
        reply(.failed(reason: String(describing: error)))
      }
    }
  }

  private static func answer(_ request: StepRequest, _ runs: inout [TrainingRun]) async throws -> StepAnswer {
    switch request {
    case .prepare(let work, _, let threads, _):
      runs.append(try TrainingRun(work, threads: threads))
      return .prepared(run: runs.count - 1, implementation: "")
    case .steps(let numbers, let count):
      guard count > 0, !numbers.isEmpty, numbers.allSatisfy(runs.indices.contains) else {
        return .failed(reason: "there are no runs \(numbers) that could take \(count) steps")
      }
      let turn = await TrainingRun.steps(count, of: numbers.map { runs[$0] })
      return .stepped(
        seconds: turn.seconds, processorSeconds: turn.processorSeconds, firstLoss: turn.firstLoss,
        lastLoss: turn.lastLoss)
    case .matrixProduct(let side):
      return .multiplied(seconds: multiply(side: side) / .seconds(1))
    case .release:
      runs = []
      return .released
    case .peakMemory:
      guard let bytes = peakMemory else { return .failed(reason: "the system does not say VmHWM") }
      return .peakMemory(bytes: bytes)
    }
  }

  /// Multiplies two matrices of `side` × `side`, whose memory has been touched before.
  private static func multiply(side: Int) -> Duration {
    let count = Int32(side)
    let (a, b) = ([Float](repeating: 0.5, count: side * side), [Float](repeating: 0.25, count: side * side))
    var c = [Float](repeating: 0, count: side * side)
    return ContinuousClock().measure {
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, count, count, count, 1, a, count, b, count, 0, &c, count)
    }
  }

  /// Of this program alone: `getrusage` would count what the starting process had before.
  private static var peakMemory: Int? {
    FileManager.default.contents(atPath: "/proc/self/status")
      .map { String(decoding: $0, as: UTF8.self).split(separator: "\n") }?
      .first { $0.hasPrefix("VmHWM") }?
      .split(whereSeparator: { $0.isWhitespace }).dropFirst().first
      .flatMap { Int($0) }.map { $0 * 1024 }
  }

  private static func reply(_ answer: StepAnswer) {
    guard let text = try? answer.line() + "\n" else { return }
    _ = write(STDOUT_FILENO, text, text.utf8.count)
  }
}
