import CurveModel
import Foundation
import TestSupport
import Testing

@Suite struct RecorderReaderTests {
  /// A golden file as Foundation reads it.
  private struct Recording: Decodable {
    enum Loss: Decodable {
      case number(Double)
      case word(String)

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
          self = .number(number)
        } else {
          self = .word(try container.decode(String.self))
        }
      }

      func spells(_ loss: Double) -> Bool {
        switch self {
        case .number(let number): number == loss
        case .word("nan"): loss.isNaN
        case .word("inf"): loss == .infinity
        case .word("-inf"): loss == -.infinity
        case .word: false
        }
      }
    }

    let lrs: [Double]
    let losses: [Loss]
    let raw_losses: [Loss]
    let num_it: Int
  }

  @Test("reads every golden file with its rates, losses and number of points", arguments: GoldenCurve.files)
  func goldenFiles(_ file: URL) throws {
    let data = try Data(contentsOf: file)
    let reading = try CurveReading.read(Array(data))
    let recording = try JSONDecoder().decode(Recording.self, from: data)
    #expect(reading.warnings.isEmpty)
    #expect(reading.curve.requestedPoints == recording.num_it)
    let sameRates = reading.curve.learningRates == recording.lrs
    #expect(sameRates)
    for (ours, theirs) in [
      (reading.curve.smoothedLosses ?? [], recording.losses),
      (reading.curve.rawLosses ?? [], recording.raw_losses),
    ] {
      #expect(ours.count == theirs.count)
      #expect(zip(ours, theirs).count { !$1.spells($0) } == 0)
    }
  }

  @Test("reads fastai's recorder: smoothed losses, raw ones if any, requested points and task")
  func fastai() throws {
    let text =
      #"{"task":"digits","optimizer":"adam","batch_size":16,"seed":5,"num_it":9,"lrs":[1,2],"losses":[3,4],"raw_losses":[5,6]}"#
    let curve = try read(text).curve
    #expect(curve.learningRates == [1, 2] && curve.smoothedLosses == [3, 4] && curve.rawLosses == [5, 6])
    #expect(curve.requestedPoints == 9 && curve.header.seed == 5)
    #expect(curve.header.taskLabel("optimizer") == "adam" && curve.header.taskLabel("batch_size") == "16")
    #expect(curve.header.taskLabel("model") == nil)
    #expect(curve.stop == .unknown)
    for empty in [#"{"lrs":[1,2],"losses":[3,4]}"#, #"{"lrs":[1,2],"losses":[3,4],"raw_losses":[]}"#] {
      let reading = try read(empty)
      #expect(reading.curve.rawLosses == nil && reading.curve.losses == [3, 4])
      #expect(reading.curve.requestedPoints == nil && reading.warnings.count == 1)
      #expect(try read(empty, requestedPoints: 50).warnings.isEmpty)
    }
  }

  @Test(
    "reads Lightning's results, pytorch-lr-finder's and Ignite's history, byte order mark and line breaks included"
  )
  func lightning() throws {
    let curve = try read(
      "\u{feff}{\n \"lr\": [1e-3, 2e-3],\n \"loss\": [3.5, NaN],\r\n \"num_training\": 4\n}\n"
    ).curve
    #expect(curve.learningRates == [1e-3, 2e-3] && curve.losses[0] == 3.5 && curve.losses[1].isNaN)
    #expect(curve.rawLosses == nil && curve.requestedPoints == 4)
  }

  @Test("reads the rates of the chosen parameter group")
  func groups() throws {
    let text = #"{"lr":[[1,10],[2,20],[4,40]],"loss":[3,2,1]}"#
    #expect(try read(text, group: 0).curve.learningRates == [1, 2, 4])
    #expect(try read(text, group: 1).curve.learningRates == [10, 20, 40])
    #expect(try read(text, group: 1).curve.groupLearningRates == [[1, 10], [2, 20], [4, 40]])
    #expect(throws: CurveError.needsGroup(groups: 2)) { try read(text) }
    for group in [2, -1] {
      #expect(throws: CurveError.noSuchGroup(group: group, groups: 2)) { try read(text, group: group) }
    }
    let single = #"{"lrs":[[1],[2]],"losses":[3,2]}"#
    #expect(try read(single).curve.learningRates == [1, 2])
    #expect(try read(single).curve.groupLearningRates == nil)
    #expect(throws: CurveError.noSuchGroup(group: 1, groups: 1)) {
      try read(#"{"lr":[1,2],"loss":[3,2]}"#, group: 1)
    }
    #expect(try read(#"{"lr":[1,2],"loss":[3,2]}"#, group: 0).curve.count == 2)
  }

  @Test(
    "says in one line what is wrong and where",
    arguments: [
      (#"{"lr":[1,2],"loss":[1]}"#, "2 learning rates but 1 smoothed losses"),
      (#"{"lrs":[1,2],"losses":[1,2],"raw_losses":[1]}"#, "2 learning rates but 1 raw losses"),
      (#"{"lr":[1,1],"loss":[1,2]}"#, "point 1 is 1.0, not above"),
      (#"{"lr":[2,1],"loss":[1,2]}"#, "point 1"),
      (#"{"lr":[0,1],"loss":[1,2]}"#, "point 0 is 0.0"), (#"{"lr":[1,-2],"loss":[1,2]}"#, "point 1 is -2.0"),
      (#"{"lr":[1,"nan"],"loss":[1,2]}"#, "point 1 is nan"),
      (#"{"lr":[1,Infinity],"loss":[1,2]}"#, "point 1 is inf"),
      (#"{"lr":[],"loss":[]}"#, "no points"), (#"{"lr":[1,2],"loss":[]}"#, "but 0 smoothed losses"),
      (#"{"lr":1,"loss":2}"#, "\"lr\" should be a list of numbers, found a number"),
      (#"{"lr":[1],"loss":{"a":1}}"#, "\"loss\" should be a list of numbers, found an object"),
      (#"{"lr":[1],"loss":["high"]}"#, "\"loss\"[0] should be a number without quotes"),
      (#"{"lr":[1],"loss":[[1]]}"#, "\"loss\""), (#"{"lr":[[1,2],[1]],"loss":[1,2]}"#, "\"lr\"[1]"),
      (#"{"lr":[[1,2],3],"loss":[1,2]}"#, "\"lr\"[1]"), (#"{"lr":[[],[]],"loss":[1,2]}"#, "\"lr\"[0]"),
      (#"{"lr":[1],"loss":[1],"lrs":[1],"losses":[1]}"#, "unclear which"),
      (#"{"lr":[1],"losses":[1]}"#, "\"lr\", \"losses\""), (#"{}"#, "empty"), (#"{"a\nb":1}"#, "a\\nb"),
      (#"{"lr":[1],"loss":[1],"num_it":0}"#, "num_it"), (#"{"lr":[1],"loss":[1],"num_it":2.5}"#, "num_it"),
      (#"{"lr":[1],"loss":[1],"num_it":"ten"}"#, "num_it"),
      (#"{"lr":[1],"loss":[1]} {}"#, "line 1, column 23"),
      ("{\"lr\":[1],\n\"loss\":[1", "line 2, column 10"), ("[[1,2],[3,4]]", "is a list"),
      ("{", "line 1, column 2"),
    ])
  func problems(text: String, says: String) throws {
    let found = try #require(message(reading: text))
    #expect(found.contains(says) && !found.contains("\n"), "\(found)")
  }

  @Test("an object with many members is not listed whole")
  func manyMembers() throws {
    let members = (0..<500).map { "\"\(String(repeating: "x", count: 300))\($0)\":1" }.joined(separator: ",")
    #expect(try #require(message(reading: "{\(members)}")).count < 700)
  }

  @Test("empty and binary files are named as such")
  func noText() {
    for text in ["", " ", "\n\t\r\n", "\u{feff}", "\u{feff} \n"] {
      #expect(throws: CurveError.empty) { try read(text) }
    }
    let gzip: [UInt8] = [0x1f, 0x8b, 8, 0, 0x41, 0x42]
    let wideText = "lr,loss".utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let picture: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]
    let zeros = [UInt8](repeating: 0, count: 600)
    for bytes in [gzip, wideText, picture, zeros] {
      #expect(throws: CurveError.binary) { try CurveReading.read(bytes) }
    }
  }
}
