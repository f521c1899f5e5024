import CurveModel
import Testing

@Suite struct CurveLinesTests {
  @Test("what is written is read again, with everything a curve can hold", arguments: StopReason.allCases)
  func roundTrip(_ stop: StopReason) throws {
    let curve = try fullCurve(stop: stop)
    let reading = try read(curve.curveLines)
    #expect(reading.curve == curve)
    #expect(reading.warnings.isEmpty)
  }

  @Test("a curve with next to nothing is read again, and its missing number of points is a warning")
  func bareRoundTrip() throws {
    let curve = try LossCurve(learningRates: [0.5], rawLosses: [2])
    let reading = try read(curve.curveLines)
    #expect(reading.curve == curve)
    #expect(reading.warnings.count == 1)
    #expect(reading.warnings.first?.contains("--num-it") == true)
  }

  @Test("smoothed losses stay smoothed losses")
  func smoothedRoundTrip() throws {
    let curve = try LossCurve(
      learningRates: [1, 2], rawLosses: nil, smoothedLosses: [5, 4], stop: .completed)
    #expect(try read(curve.curveLines).curve == curve)
  }

  @Test("a NaN loss is written and read as NaN")
  func notANumber() throws {
    let curve = try LossCurve(learningRates: [1, 2], rawLosses: [1, .nan], stop: .nonFinite)
    let again = try read(curve.curveLines).curve
    #expect(again.losses[0] == 1 && again.losses[1].isNaN)
  }

  @Test("every cut-off file reads up to its last whole line with a warning, or is an error")
  func everyCut() throws {
    let curve = try fullCurve()
    let bytes = Array(curve.curveLines.utf8)
    let lineEnds = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }
    var wrong: [Int] = []
    for length in 0..<bytes.count {
      let wholeLines = lineEnds.count { $0 <= length }
      let points = min(wholeLines - 1, curve.count)
      do throws(CurveError) {
        let reading = try CurveReading.read(Array(bytes.prefix(length)))
        let isWhole = wholeLines == lineEnds.count
        let good =
          points >= 1 && reading.curve.learningRates == Array(curve.learningRates.prefix(points))
          && reading.curve.losses == Array(curve.losses.prefix(points))
          && reading.curve.diagnostics.updateNorm
            == curve.diagnostics.updateNorm.map { Array($0.prefix(points)) }
          && reading.curve.skippedSteps == curve.skippedSteps.filter { $0 < points }
          && reading.curve.stop == (isWhole ? curve.stop : .interrupted)
          && reading.warnings.isEmpty == isWhole
        if !good { wrong.append(length) }
      } catch {
        if points >= 1 { wrong.append(length) }
      }
    }
    #expect(wrong.isEmpty, "cuts at \(wrong.prefix(10)) of \(bytes.count)")
  }

  @Test("damage before the last line is an error that names the line")
  func damage() throws {
    let lines = try fullCurve().curveLines.split(separator: "\n").map(String.init)
    for index in lines.indices.dropLast() {
      // Less than its mark is left of a header that is cut after one character: the file is then of no known form.
      for kept in [lines[index].count / 2, lines[index].count - 1, index == 0 ? 20 : 1] {
        var damaged = lines
        damaged[index] = String(lines[index].prefix(kept))
        let found = message(reading: damaged.joined(separator: "\n"))
        #expect(
          found?.contains("line \(index + 1),") == true, "\(kept) of line \(index + 1): \(found ?? "read")")
      }
    }
  }

  @Test("a lost line is noticed by the closing line's count, a lost number by its lengths")
  func lostLines() throws {
    var lines = try fullCurve().curveLines.split(separator: "\n").map(String.init)
    let shorter = lines[3].replacing("\"updateNorm\"", with: "\"unheardOf\"")
    lines.remove(at: 3)
    #expect(throws: CurveError.mismatchedLengths("step lines", 5, "points counted in the closing line", 6)) {
      try read(lines.joined(separator: "\n"))
    }
    lines.insert(shorter, at: 3)
    #expect(throws: CurveError.mismatchedLengths("learning rates", 6, "updateNorm", 5)) {
      try read(lines.joined(separator: "\n"))
    }
  }

  static let header = #"{"suggestCurve":1,"task":{},"num_it":3,"versions":{}}"#
  static let step = #"{"learningRate":0.1,"loss":1}"#

  @Test(
    "names the line and the member of what is wrong",
    arguments: [
      (#"{"learningRate":"fast","loss":1}"#, "\"learningRate\" in line 2", "a string"),
      (#"{"learningRate":0.1,"loss":[1]}"#, "\"loss\" in line 2", "a list of numbers"),
      (#"{"learningRate":0.1,"loss":true}"#, "\"loss\" in line 2", "a truth value"),
      (#"{"learningRate":0.1,"loss":1,"gradientNorm":{}}"#, "\"gradientNorm\" in line 2", "an object"),
      (#"{"learningRate":0.1,"loss":1,"groups":0.1}"#, "\"groups\" in line 2", "a number"),
      (#"{"learningRate":0.1}"#, "line 2", "no loss"), (#"{"loss":1}"#, "line 2", "no learningRate"),
      (#"{"learningRate":0.1,"loss":1,"skipped":1}"#, "\"skipped\" in line 2", "a number"),
      (#"{"learningRate":0.1,"loss":1,"skipped":"true"}"#, "\"skipped\" in line 2", "a string"),
      (#"{"stop":"completed","points":1.5}"#, "\"points\" in line 2", "a number"),
      (#"{"points":"one","stop":"completed"}"#, "\"points\" in line 2", "a string"),
      (#"{"stop":3}"#, "\"stop\" in line 2", "a number"), (#"{}"#, "line 2", "no learningRate"),
      (#"[1,2]"#, "line 2", "an object"), (step + step, "line 2", "more text"),
    ])
  func wrongMembers(line: String, place: String, found: String) throws {
    let text = try #require(message(reading: [Self.header, line, Self.step].joined(separator: "\n")))
    #expect(text.contains(place) && text.contains(found) && !text.contains("\n"), "\(text)")
  }

  @Test("a whole last line with something wrong in it is damage, not a cut")
  func wrongLastLine() {
    #expect(
      message(reading: Self.header + "\n" + Self.step + "\n{\"learningRate\":0.2}\n")?.contains("line 3")
        == true)
  }

  @Test(
    "refuses a header it cannot use",
    arguments: [
      (#"{"suggestCurve":2,"task":{}}"#, "format 2"), (#"{"suggestCurve":"1"}"#, "a format version"),
      (#"{"suggestCurve":1.5}"#, "a format version"), (#"{"suggestCurve":1,"num_it":0}"#, "num_it"),
      (#"{"suggestCurve":1,"num_it":"many"}"#, "num_it"),
      (#"{"suggestCurve":1,"schedule":{"shape":"zigzag"}}"#, "schedule"),
      (#"{"suggestCurve":1,"schedule":{"shape":"linear","start":2,"end":1,"steps":3}}"#, "end rate"),
    ])
  func headers(header: String, says: String) throws {
    let text = try #require(message(reading: header + "\n" + Self.step + "\n"))
    #expect(text.contains(says) && !text.contains("\n"), "\(text)")
  }

  @Test("a file with a header and no step has no points")
  func noPoints() {
    for text in [
      Self.header, Self.header + "\n", Self.header + "\n{\"stop\":\"interrupted\",\"points\":0}\n",
      Self.header + "\n{\"lear",
    ] {
      #expect(throws: CurveError.noPoints) { try read(text) }
    }
  }

  @Test("unknown members, blank lines, CRLF and other spacing are no harm")
  func tolerance() throws {
    let text = [
      #" {"suggestCurve": 1, "task": {}, "num_it": 3, "versions": {}, "future": [1, {"a": []}]}"#, "",
      #"{"loss" : 1, "new" : {"x": [1]} , "learningRate" : 0.1}"#, "   ",
      #"{"learningRate":0.2,"loss":null}"#,
      #"{"points":2,"stop":"on fire"}"#, "",
    ].joined(separator: "\r\n")
    let reading = try read(text)
    #expect(reading.curve.learningRates == [0.1, 0.2])
    #expect(reading.curve.losses[1].isNaN)
    #expect(reading.curve.stop == .unknown)
    #expect(reading.warnings.isEmpty)
  }

  @Test("a step that was not skipped may say so, and a step's own points are not the closing line's")
  func notSkipped() throws {
    let step = #"{"learningRate":0.1,"loss":1,"skipped":false,"points":7}"#
    let curve = try read([Self.header, step, #"{"stop":"completed"}"#].joined(separator: "\n")).curve
    #expect(curve.skippedSteps.isEmpty && curve.count == 1 && curve.stop == .completed)
  }

  @Test("nothing may follow the closing line")
  func afterTheEnd() throws {
    let text = try fullCurve().curveLines + Self.step
    #expect(message(reading: text)?.contains("after the closing line") == true)
  }

  @Test("a chosen parameter group gives the rates; without a choice the recorded rate counts")
  func groups() throws {
    let curve = try fullCurve()
    let text = curve.curveLines
    #expect(try read(text).curve.learningRates == curve.learningRates)
    #expect(try read(text, group: 0).curve.learningRates == curve.groupLearningRates?.map { $0[0] })
    #expect(try read(text, group: 1).curve == curve)
    #expect(throws: CurveError.noSuchGroup(group: 2, groups: 2)) { try read(text, group: 2) }
    #expect(throws: CurveError.noSuchGroup(group: -1, groups: 2)) { try read(text, group: -1) }
  }

  @Test("a number of points given by the user overrides the file's")
  func requestedPoints() throws {
    #expect(try read(fullCurve().curveLines, requestedPoints: 300).curve.requestedPoints == 300)
  }
}
