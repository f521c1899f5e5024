import Foundation
import RandomStreams
import Testing
import TrainingEngine

@testable import DatasetKit

@Suite("Tables of numbers")
struct NumberTableTests {
  /// Ten rows: inputs i and 7, class i % 2.
  private static let rows = (0..<10).map { "\($0),7,\($0 % 2)" }
  private static let good = (["a,b,target"] + rows).joined(separator: "\n")
  private static let classes = DatasetEntry.test(.classTable, inputs: 2, outputs: 2, samples: 10)

  @Test func `Inputs are standardised by the training rows, and a constant becomes zero`() throws {
    let data = try Self.classes.load(Self.good)
    #expect(data.train.count == 8 && data.validation.count == 2 && data.loss == .crossEntropy)
    let first = (0..<8).map { Double(data.train.inputs(of: $0)[0]) }
    #expect(abs(first.reduce(0, +)) < 1e-5)
    #expect(abs(first.map { $0 * $0 }.reduce(0, +) / 8 - 1) < 1e-5)
    for samples in [data.train, data.validation] {
      #expect((0..<samples.count).allSatisfy { samples.inputs(of: $0)[1] == 0 })
    }
    // The split keeps the order of the file.
    #expect(first == first.sorted())
  }

  @Test func `Every row is in one of the two parts, with its own class`() throws {
    let data = try Self.classes.load(Self.good)
    let pairs = [data.train, data.validation].flatMap { part in
      (0..<part.count).map { (part.inputs(of: $0)[0], part.labels[$0]) }
    }.sorted { $0.0 < $1.0 }
    #expect(pairs.map(\.1) == (0..<10).map { Int32($0 % 2) })
  }

  @Test func `Windows line ends, empty lines and a missing last line end change nothing`() throws {
    let expected = try Self.classes.load(Self.good)
    #expect(try Self.classes.load(Self.good.replacing("\n", with: "\r\n") + "\r\n") == expected)
    #expect(try Self.classes.load(Self.good.replacing("\n", with: "\n\n") + "\n\n") == expected)
  }

  @Test(arguments: [
    ("", "empty"), ("a,b,target", "0 rows, not 10"),
    ("a,target\n" + rows.joined(separator: "\n"), "header names 2 columns"),
    ("a,b,c\n" + rows.joined(separator: "\n"), "then the target"),
    (good.replacing("3,7,1", with: "3,7"), "line 5 has 2 fields"),
    (good.replacing("3,7,1", with: "3,7,1,1"), "line 5 has 4 fields"),
    (good.replacing("3,7,1", with: "three,7,1"), "line 5 holds \"three\""),
    (good.replacing("3,7,1", with: "3,,1"), "line 5 holds \"\""),
    (good.replacing("3,7,1", with: "3,NaN,1"), "line 5 holds \"NaN\""),
    (good.replacing("3,7,1", with: "3,-inf,1"), "line 5 holds \"-inf\""),
    (good.replacing("3,7,1", with: "3,1e999,1"), "line 5 holds \"1e999\""),
    (good.replacing("3,7,1", with: "0x3,7,1"), "line 5 holds \"0x3\""),
    (good.replacing("3,7,1", with: "3,7,2"), "2.0 is no class"),
    (good.replacing("3,7,1", with: "3,7,0.5"), "0.5 is no class"),
    (good.replacing("3,7,1", with: "3,7,-1"), "-1.0 is no class"),
    (good.replacing("3,7,1\n", with: ""), "9 rows, not 10"),
  ])
  func `Bad tables are recognised`(_ text: String, _ words: String) {
    #expect {
      try Self.classes.load(text)
    } throws: { isDamage($0, words) }
  }

  @Test func `Targets are standardised, by their logarithms where the registry says so`() throws {
    let rows = (0..<10).map { "\($0),1,\(pow(2, Double($0)))" }
    let text = (["a,b,target"] + rows).joined(separator: "\n")
    let entry = DatasetEntry.test(.numberTable(logarithmic: true), inputs: 2, outputs: 1, samples: 10)
    let data = try entry.load(text)
    #expect(data.loss == .meanSquaredError && data.train.labels == [] && data.train.targetCount == 1)
    // The logarithm of the target is linear in the input, so both are standardised to the same numbers.
    for samples in [data.train, data.validation] {
      for index in 0..<samples.count {
        #expect(abs(samples.inputs(of: index)[0] - samples.targets[index]) < 1e-6)
      }
    }
    let plain = try DatasetEntry.test(.numberTable(logarithmic: false), inputs: 2, outputs: 1, samples: 10)
      .load(text)
    #expect(abs(plain.train.targets.reduce(0, +)) < 1e-5 && plain.train.targets != data.train.targets)
    #expect {
      try entry.load(text.replacing("0,1,1.0", with: "0,1,0"))
    } throws: { isDamage($0, "not positive") }
  }

  @Test func `Batches carry the targets of their samples`() throws {
    let rows = (0..<10).map { "\($0),1,\($0 * $0)" }
    let data = try DatasetEntry.test(.numberTable(logarithmic: false), inputs: 2, outputs: 1, samples: 10)
      .load((["a,b,target"] + rows).joined(separator: "\n"))
    var batch = data.train.emptyBatch(capacity: 4)
    data.train.fill(&batch, with: [5, 2, 7])
    #expect(batch.count == 3)
    #expect(Array(batch.targets.prefix(3)) == [5, 2, 7].map { data.train.targets[$0] })
    #expect(Array(batch.inputs.prefix(6)) == [5, 2, 7].flatMap { data.train.inputs(of: $0) })
  }

  @Test func `Decimal numbers are the nearest doubles`() {
    var stream = RandomStream(seed: 1, purpose: .split)
    var texts = [
      "0", "-0", "7", "-12.5", "0.1", ".5", "5.", "1e-7", "3E+5", "123456789012345678901234567890",
    ]
    texts += ["0.30000000000000004", "9007199254740993", "2.555555555555556", "-122.23"]
    for _ in 0..<2000 {
      texts.append("\((stream.uniformDouble() - 0.5) * pow(10, Double(stream.integer(below: 40)) - 20))")
    }
    for text in texts {
      #expect(
        DecimalNumber.value(of: Array(text.utf8)[...])?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
    for text in ["", "-", ".", "1.2.3", " 1", "1 ", "--1", "nan", "inf", "1,5"] {
      #expect(DecimalNumber.value(of: Array(text.utf8)[...]) == nil, "\(text)")
    }
  }
}
