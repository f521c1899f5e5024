import DocumentFiles
import Testing

@testable import Workflow

struct StageIdentityTests {
  private func identity(
    _ options: [(String, [String])], command: StageCommand = .train, engine: Int = 1, weights: String? = nil,
    rate: Double? = nil
  ) -> String {
    StageIdentity(
      command: command, engineVersion: engine,
      options: options.map { StageOption(name: $0.0, values: $0.1, origin: .file(FilePosition())) },
      weights: weights, decidedRate: rate
    ).hash
  }

  @Test func `Order and the way a number is written say nothing; everything else does`() {
    let options = [("lr", ["1e-2"]), ("dataset", ["digits"]), ("exact", [])]
    let hash = identity(options)
    #expect(hash.count == 64)
    #expect(identity(options.reversed()) == hash)
    #expect(identity([("dataset", ["digits"]), ("exact", []), ("lr", ["0.01"])]) == hash)
    let others = [
      identity([("lr", ["0.02"]), ("dataset", ["digits"]), ("exact", [])]),
      identity(options, command: .record),
      identity(options, engine: 2), identity(options, weights: "ab"), identity(options, weights: "ac"),
      identity(options, rate: 0.1), identity(options, rate: 0.2), identity(Array(options.dropLast())),
      identity([("lr", ["1e-2", "1e-2"]), ("dataset", ["digits"]), ("exact", [])]),
    ]
    #expect(Set(others + [hash]).count == others.count + 1)
  }
}
