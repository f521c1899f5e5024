import Foundation

/// A folder that goes with the test.
final class TemporaryFolder {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("evidence-\(UUID().uuidString)")
    .path

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Lines of outcomes for tests.
enum SampleLines {
  static let task =
    #"{"dataset":"letter","model":"mlp","optimizer":"adam","batchSize":32,"schedule":"one-cycle","steps":300}"#

  static func outcome(rate: Double = 0.001, seed: Int = 0, loss: Double = 0.41, more: String = "") -> String {
    #"{"kind":"outcome","task":\#(task),"learningRate":\#(rate),"seed":\#(seed),"status":"finished","loss":\#(loss),"#
      + #""untrainedLoss":3.3\#(more)}"#
  }

  static func curve(seed: Int = 1000) -> String {
    let rates = (0..<60).map { pow(10, -6 + Double($0) / 10) }
    let losses = rates.map { rate in
      let x = log10(rate)
      return 0.3 + 3 / (1 + exp(3 * (x + 3))) + (x < -1 ? 0 : 3 * pow(x + 1, 4))
    }
    let list = { (values: [Double]) in values.map { "\($0)" }.joined(separator: ",") }
    return #"{"kind":"curve","task":\#(task),"seed":\#(seed),"num_it":60,"lrs":[\#(list(rates))],"#
      + #""raw_losses":[\#(list(losses))]}"#
  }

  /// Four rates with two seeds, and two range tests.
  static var whole: [String] {
    [0.0001, 0.001, 0.01, 0.1].flatMap { rate in
      [0, 1].map { outcome(rate: rate, seed: $0, loss: abs(log10(rate) + 2.5) + Double($0) / 16) }
    } + [curve(), curve(seed: 1001)]
  }
}
