import Foundation
import NumericKernels
import Testing

@Suite struct InstructionSetTests {
  /// The features that Linux lists for the first processor; nil where it lists none under `flags`.
  private static let features: Set<Substring>? = {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("flags") }
    return line.map { Set($0.split(separator: " ")) }
  }()

  @Test("the kernels use what the processor has, and nothing that it lacks", .enabled(if: features != nil))
  func fitsTheProcessor() throws {
    let features = try #require(Self.features)
    let third = features.isSuperset(of: ["avx2", "bmi1", "bmi2", "f16c", "fma", "movbe"])
    let fourth =
      third && features.isSuperset(of: ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"])
    switch InstructionSet.inUse {
    case "x86-64-v4": #expect(fourth)
    case "x86-64-v3": #expect(third)
    case "x86-64": #expect(!third)
    case let other: Issue.record("a processor with x86's features runs \(other)")
    }
  }
}
