import Foundation
import FoundationXML
import CurveModel
import Testing

@testable import Reporting

/// A folder of its own for one test, removed with it.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("reporting-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
  var contents: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }

  /// A program that the shell runs.
  func program(_ name: String, _ script: String) throws -> String {
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: url.appendingPathComponent(name))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path(name))
    return path(name)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

let hasGnuplot = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
  .contains { FileManager.default.isExecutableFile(atPath: "\($0)/gnuplot") }

/// Collects what an SVG could run or fetch, and its texts.
private final class SVGReader: NSObject, XMLParserDelegate {
  var active: [String] = []
  var text = ""
  var titles = 0

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    if name == "script" { active.append(name) }
    if name == "title" { titles += 1 }
    active += attributes.keys.filter { $0.lowercased().hasPrefix("on") }
    active += attributes.filter { $0.key.hasSuffix("href") && !$0.value.hasPrefix("#") }.map(\.value)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

@Suite(
  "Drawing with gnuplot", .enabled(if: hasGnuplot, "gnuplot is not installed: apt-get install gnuplot-nox"))
struct GnuplotDrawingTests {
  @Test(
    "draws each format, alone in its folder",
    arguments: [(FigureFormat.svg, "<?xml"), (.png, "\u{89}PNG"), (.pdf, "%PDF"), (.gp, "# A learning")])
  func formats(_ format: FigureFormat, _ opening: String) async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("figure.\(format.rawValue)")
    try await FigureRenderer().write(FigureSamples.random(marks: 5, seed: 2), to: path)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(bytes.starts(with: opening.unicodeScalars.map { UInt8($0.value) }))
    #expect(bytes.count > 3000 && folder.contents == ["figure.\(format.rawValue)"])
  }

  @Test("the SVG names every mark with its rate and shows rates on hover", arguments: [4, 20])
  func svgContents(_ count: Int) async throws {
    let figure = FigureSamples.random(marks: count, seed: 11)
    let svg = String(decoding: try await FigureRenderer().picture(of: figure, format: .svg), as: UTF8.self)
    for mark in figure.marks {
      #expect(svg.contains(mark.name) && svg.contains(NumberText.rate(mark.learningRate)))
    }
    for point in [figure.smoothed[0], figure.smoothed[50]] {
      let rate = NumberText.rate(point.learningRate)
      #expect(svg.contains("<title>rate \(rate), loss \(NumberText.loss(point.loss))</title>"))
    }
    #expect(!svg.contains("gnuplot_svg"))
  }

  @Test("hostile texts run nothing and stay text")
  func hostile() async throws {
    let folder = try TemporaryFolder()
    let before = FileManager.default.fileExists(atPath: "pwned")
    for format in FigureFormat.allCases {
      try await FigureRenderer().write(FigureSamples.hostile, to: folder.path("f.\(format.rawValue)"))
    }
    #expect(!before && !FileManager.default.fileExists(atPath: "pwned"))
    let reader = SVGReader()
    let parser = XMLParser(data: try Data(contentsOf: URL(fileURLWithPath: folder.path("f.svg"))))
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(reader.active == [] && reader.titles > 50)
    #expect(
      reader.text.contains("`touch pwned`") && reader.text.contains("&amp; & &#x41; &#0;")
        && reader.text.contains("<script>alert(1)</script>"))
  }

  @Test("the same figure gives the same bytes", arguments: FigureFormat.allCases)
  func deterministic(_ format: FigureFormat) async throws {
    let figure = FigureSamples.random(marks: 9, seed: 4)
    let first = try await FigureRenderer().picture(of: figure, format: format)
    // A page records the second of its making.
    if format == .pdf { try await Task.sleep(for: .milliseconds(1100)) }
    #expect(try await FigureRenderer().picture(of: figure, format: format) == first)
  }

  @Test(
    "strange curves are drawn too",
    arguments: [
      [], [1], [.nan, .nan, .infinity], [2, 2, 2, 2], [1e-12, 5e-13, 3e-13, 1e-13, 9e-13, 1e-5],
      [1e12, 5e11, 3e11, 2e11, 1e305], [1e300, -1e300], [-1, -2, -5, -4, 100],
      [1000.0003, 1000.0001, 1000.0002],
    ] as [[Double]])
  func strange(_ losses: [Double]) async throws {
    var figure = FigureSamples.figure(losses)
    figure.marks = figure.points.prefix(2).map {
      .init(name: "m", learningRate: 1e9, point: $0, interval: 1e-12...1e12)
    }
    let picture = try await FigureRenderer().picture(of: figure, format: .png)
    #expect(picture.count > 3000)
  }

  @Test("an old file stays when the new one cannot be written")
  func cannotWrite() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("missing/figure.png")
    await #expect {
      try await FigureRenderer().write(FigureSamples.random(marks: 1, seed: 1), to: path)
    } throws: { error in
      guard case .cannotWrite(path, _) = error as? ReportingError else { return false }
      return true
    }
    let occupied = folder.path("folder.png")
    try FileManager.default.createDirectory(atPath: occupied + "/inside", withIntermediateDirectories: true)
    await #expect(throws: ReportingError.self) {
      try await FigureRenderer().write(FigureSamples.random(marks: 1, seed: 1), to: occupied)
    }
    #expect(folder.contents == ["folder.png"])
  }
}

@Suite("Programs that fail")
struct FailingProgramTests {
  @Test("a missing program is named with its package")
  func missing() async throws {
    let folder = try TemporaryFolder()
    for name in ["no-such-gnuplot", folder.path("no-such-gnuplot")] {
      await #expect(throws: ReportingError.programMissing(name: name)) {
        try await FigureRenderer(program: name).write(FigureSamples.figure([2, 1]), to: folder.path("a.svg"))
      }
    }
    #expect(folder.contents == [])
  }

  @Test("a program that fails is quoted by its last line, and the old picture stays")
  func failing() async throws {
    let folder = try TemporaryFolder()
    let program = try folder.program("bad", "echo partial; printf 'first\\nthe last line\\n\\n' >&2; exit 3")
    let old = Data("old".utf8)
    try old.write(to: URL(fileURLWithPath: folder.path("a.svg")))
    await #expect(throws: ReportingError.programFailed(name: program, message: "the last line")) {
      try await FigureRenderer(program: program).write(
        FigureSamples.figure([2, 1]), to: folder.path("a.svg"))
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("a.svg"))) == old)
    #expect(folder.contents == ["a.svg", "bad"])
  }

  @Test("a program that draws nothing, or reads nothing of a long script, is an error and no crash")
  func silent() async throws {
    let folder = try TemporaryFolder()
    let program = try folder.program("silent", "exit 0")
    let figure = FigureSamples.figure(FigureSamples.descent(5000))
    for _ in 0..<5 {
      await #expect(throws: ReportingError.self) {
        try await FigureRenderer(program: program).picture(of: figure, format: .svg)
      }
    }
  }

  @Test("the script format needs no program; an unknown ending is refused before anything runs")
  func noProgram() async throws {
    let folder = try TemporaryFolder()
    let renderer = FigureRenderer(program: "no-such-gnuplot")
    try await renderer.write(FigureSamples.figure([2, 1]), to: folder.path("a.gp"))
    await #expect(throws: ReportingError.unsupportedFormat(path: "a.bmp")) {
      try await renderer.write(FigureSamples.figure([2, 1]), to: "a.bmp")
    }
    #expect(folder.contents == ["a.gp"])
  }
}
