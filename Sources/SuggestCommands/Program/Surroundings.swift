import CurveModel
import Glibc
import NumericKernels
import TrainingEngine

/// What took part in a training beside its task: programs and libraries, and how they ran.
///
/// Results are the same bits for the same task, build, instruction set and OpenBLAS core; the number of threads changes
/// nothing, and is recorded so that a doubt about that can be followed up.
enum Surroundings {
  /// The facts for the header of a curve or the result of a training.
  static func labels(_ execution: Execution) -> [CurveHeader.Label] {
    [
      .init("suggest", .string(SuggestProgram.version)),
      .init("instructionSet", .string(InstructionSet.inUse)),
      .init("openblas", .string(BLAS.configuration.description)),
      .init("openblasCore", .string(BLAS.configuration.coreName)),
      .init("threads", .number(Double(execution.threads))),
      .init("exact", .bool(execution.exact)),
    ]
  }

  /// The facts that go under `measured` of a run's record: those of ``labels(_:)`` for one thread, host and processor.
  static func measured() -> [JSONValue.Member] {
    var name = utsname()
    uname(&name)
    let host = withUnsafeBytes(of: &name.nodename) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return [
      .init("host", .string(host)), .init("processor", .string(processor)),
      .init("versions", .object(labels(Execution()))),
    ]
  }

  /// The processor's name, as Linux tells it.
  private static var processor: String {
    guard let text = try? InputFile.bytes(at: "/proc/cpuinfo") else { return "unknown" }
    let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first {
      $0.hasPrefix("model name")
    }
    return line?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "unknown"
  }
}
