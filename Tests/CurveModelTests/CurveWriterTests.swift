import CurveModel
import Foundation
import Glibc
import Testing

@Suite struct CurveWriterTests {
  private static func write(_ curve: LossCurve, to path: String) throws {
    var writer = try CurveWriter(path: path, header: curve.header)
    for (index, rate) in curve.learningRates.enumerated() {
      try writer.append(
        CurveStep(learningRate: rate, loss: curve.losses[index], skipped: curve.skippedSteps.contains(index)))
    }
    try writer.finish(stop: curve.stop)
  }

  private static func contents(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private static let curve = Result {
    try LossCurve(
      header: CurveHeader(task: [.init("dataset", .string("digits"))], requestedPoints: 3, seed: 7),
      learningRates: [0.1, 0.2, 0.4], rawLosses: [2, 1.5, .infinity], skippedSteps: [1], stop: .nonFinite)
  }

  @Test("writes step by step what the curve is as a whole")
  func writes() throws {
    try withTemporaryFolder { folder in
      let curve = try Self.curve.get()
      try Self.write(curve, to: folder + "/a.jsonl")
      let bytes = try Self.contents(folder + "/a.jsonl")
      #expect(String(decoding: bytes, as: UTF8.self) == curve.curveLines)
      #expect(try CurveReading.read(bytes).curve == curve)
    }
  }

  @Test("every step is in the file as soon as it is appended")
  func flushes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.jsonl"
      var writer = try CurveWriter(path: path, header: CurveHeader())
      for step in 1...3 {
        try writer.append(CurveStep(learningRate: Double(step), loss: 1))
        let reading = try CurveReading.read(Self.contents(path))
        #expect(reading.curve.count == step && reading.curve.stop == .interrupted)
      }
    }
  }

  @Test("writes every quantity of a step")
  func diagnostics() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.jsonl"
      var writer = try CurveWriter(path: path, header: CurveHeader())
      try writer.append(
        CurveStep(
          learningRate: 0.2, groupLearningRates: [0.1, 0.2], loss: 1, validationLoss: 2, gradientNorm: 3,
          parameterNorm: 4,
          updateNorm: 5, gradientUpdateProduct: -6, distanceFromStart: 7))
      try writer.finish(stop: .completed)
      let curve = try CurveReading.read(Self.contents(path)).curve
      let expected = StepDiagnostics(
        validationLoss: [2], gradientNorm: [3], parameterNorm: [4], updateNorm: [5],
        gradientUpdateProduct: [-6],
        distanceFromStart: [7])
      #expect(curve.diagnostics == expected)
      #expect(curve.groupLearningRates == [[0.1, 0.2]])
    }
  }

  @Test("never overwrites a file, not even one a link points to")
  func neverOverwrites() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.jsonl"
      try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.createSymbolicLink(
        atPath: folder + "/link", withDestinationPath: folder + "/nowhere")
      for taken in [path, folder + "/link", folder] {
        let error = #expect(throws: CurveError.self) {
          _ = try CurveWriter(path: taken, header: CurveHeader())
        }
        #expect(error == .cannotCreate(path: taken, reason: String(cString: strerror(EEXIST))))
      }
      #expect(try Self.contents(path) == Array("precious".utf8))
      #expect(!FileManager.default.fileExists(atPath: folder + "/nowhere"))
    }
  }

  @Test("says why a file cannot be created")
  func cannotCreate() throws {
    try withTemporaryFolder { folder in
      try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/file"))
      for (path, code) in [(folder + "/missing/a.jsonl", ENOENT), (folder + "/file/a.jsonl", ENOTDIR)] {
        let error = #expect(throws: CurveError.self) {
          _ = try CurveWriter(path: path, header: CurveHeader())
        }
        #expect(error == .cannotCreate(path: path, reason: String(cString: strerror(code))))
      }
    }
  }

  @Test("the header is written with the first step: the file is empty or has a step")
  func headerWithFirstStep() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.jsonl"
      var writer = try CurveWriter(path: path, header: CurveHeader())
      #expect(try Self.contents(path) == [])
      #expect(throws: CurveError.empty) { try CurveReading.read(Self.contents(path)) }
      try writer.append(CurveStep(learningRate: 1, loss: 1))
      #expect(try CurveReading.read(Self.contents(path)).curve.count == 1)
    }
  }

  @Test("a recording without steps leaves no file, whether it finishes or not")
  func removes() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a.jsonl"
      func left() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder) }
      do {
        var writer = try CurveWriter(path: path, header: CurveHeader())
        try writer.finish(stop: .interrupted)
        #expect(try left() == [])
        // The name is free again, and what takes it is not the writer's.
        try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
      }
      #expect(try left() == ["a.jsonl"])
      do { _ = try CurveWriter(path: folder + "/b.jsonl", header: CurveHeader()) }
      #expect(try left() == ["a.jsonl"])
    }
  }

  // A limit on file sizes stands in for a full disk: both end a write half-way. It holds for a whole process, hence the
  // process of its own.

  @Test("a full disk is an error, and what was written before is a readable curve")
  func fullDisk() async {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        let path = folder + "/a.jsonl"
        limitFileSize(to: 1000)
        var writer = try CurveWriter(path: path, header: CurveHeader(requestedPoints: 100))
        var written = 0
        let error = #expect(throws: CurveError.self) {
          while true {
            try writer.append(CurveStep(learningRate: Double(written + 1), loss: 2.302585092994046))
            written += 1
          }
        }
        #expect(error == .writeFailed(path: path, reason: String(cString: strerror(EFBIG))))
        let reading = try CurveReading.read(Array(try Data(contentsOf: URL(fileURLWithPath: path))))
        #expect(written > 10 && reading.curve.count == written)
        #expect(reading.curve.stop == .interrupted && reading.warnings.count == 2)
      }
    }
  }

  @Test("a disk too full for the first step leaves no file behind")
  func fullFromTheStart() async {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        // Room for the header and for half of the step.
        let header = CurveHeader()
        limitFileSize(to: UInt(CurveLines.headerLine(header).utf8.count + 10))
        var writer = try CurveWriter(path: folder + "/a.jsonl", header: header)
        let error = #expect(throws: CurveError.self) {
          try writer.append(CurveStep(learningRate: 1, loss: 1))
        }
        guard case .writeFailed? = error else {
          Issue.record("threw \(String(describing: error))")
          return
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(left.isEmpty)
      }
    }
  }
}

@Suite struct WriteAllTests {
  @Test("writes more than a pipe holds, and says why it cannot")
  func pipes() async throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let (reading, writing) = (ends[0], ends[1])
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
    async let problem = { () -> Int32 in
      defer { close(writing) }
      return writeAll(bytes, to: writing)
    }()
    let received = try #require(try FileHandle(fileDescriptor: reading, closeOnDealloc: true).readToEnd())
    #expect(await problem == 0)
    #expect(Array(received) == bytes)
    #expect(writeAll([], to: -1) == 0)
    #expect(writeAll([1], to: -1) == EBADF)
  }

  @Test("a device without room is an error")
  func fullDevice() {
    let device = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(device) }
    #expect(writeAll([1, 2, 3], to: device) == ENOSPC)
  }
}

/// Lets no file of this process grow beyond `bytes`; writing more fails instead of ending the process.
private func limitFileSize(to bytes: UInt) {
  signal(SIGXFSZ, SIG_IGN)
  var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
  #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
}
