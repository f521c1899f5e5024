import CurveModel
import DocumentFiles
import Foundation
import Testing

@testable import Comparison

struct SchemaTests {
  private static let schema = ComparisonSchema().text

  @Test func `Every key the reader takes is in the schema, described`() throws {
    let form = ComparisonForm(datasets: ["digits"], strategies: ["valley"])
    let keys = form.shape.keys
    #expect(keys.count > 50)
    for key in keys {
      #expect(Self.schema.contains("\"\(key.name)\": {"), "\(key.name) is missing")
      #expect(Self.schema.contains(JSONValue.quoted(key.summary)))
      #expect(key.summary.hasSuffix("."))
    }
  }

  @Test func `The file of every key uses every key`() throws {
    let form = ComparisonForm(datasets: ["digits"], strategies: ["valley"])
    // A base says what the file does not, so it is no part of a file that says everything.
    for key in form.shape.keys where key.name != "base" {
      #expect(SampleFile.everything.contains("\(key.name):"), "\(key.name) is missing")
    }
  }

  @Test func `The schema accepts what the reader reads and refuses what has not its form`() throws {
    let good = try [
      SampleFile.smallest, SampleFile.everything, SampleFile.package("comparisons/quick.yaml"),
      SampleFile.package("comparisons/standard.yaml"),
      SampleFile.package("comparisons/range-test-lengths.yaml"),
      SampleFile.package("comparisons/further.yaml"),
      SampleFile.package("comparisons/further-lengths.yaml"), SampleFile.package("comparisons/transfer.yaml"),
      SampleFile.package("comparisons/learning-rate-free.yaml"),
      SampleFile.package("comparisons/schedule-free.yaml"),
    ]
    let files = try (good + BadFile.ofForm.map(\.text)).map {
      try json(FileTree(of: DocumentKind(noun: "comparison", page: "docs")).root(of: Array($0.utf8))).text
    }
    guard let verdicts = try PythonSchema.verdicts(schema: Self.schema, files: files) else {
      print("The JSON Schema is not checked by python3's jsonschema, which is not installed.")
      return
    }
    #expect(verdicts.count == files.count)
    for (index, isValid) in verdicts.enumerated() {
      #expect(isValid == (index < good.count), "\(files[index])")
    }
  }

  /// A file's values as JSON, numbers and truth values as the reader takes them.
  private func json(_ node: FileNode) -> JSONValue {
    switch node.kind {
    case .nothing: .null
    case .text: .string(node.text)
    case .number: .number(node.number ?? 0)
    case .flag: .bool(node.text == "true")
    case .list: .array(node.elements.map(json))
    case .mapping: .object(node.entries.map { .init($0.key, json($0.value)) })
    }
  }
}

/// JSON Schema as python3's `jsonschema` understands it.
private enum PythonSchema {
  private static let program = """
    import json, sys
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        sys.exit(3)
    schema, files = json.load(sys.stdin)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    print("".join("1" if validator.is_valid(file) else "0" for file in files))
    """

  /// Which files are valid; nil where the package is missing.
  static func verdicts(schema: String, files: [String]) throws -> [Bool]? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(
      contentsOf: Data("[\(schema),[\(files.joined(separator: ","))]]".utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard ![3, 127].contains(process.terminationStatus) else { return nil }
    return text.filter { "01".contains($0) }.map { $0 == "1" }
  }
}
