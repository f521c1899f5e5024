import Foundation
import PackagePlugin

/// `swift package --allow-writing-to-package-directory new-strategy NAME`: a folder, a strategy, a test, and the line
/// in Package.swift.
@main struct NewStrategyCommand: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let target = try StrategyName(arguments: arguments)
    let root = context.package.directoryURL
    let folder = root.appending(path: "Plugins/\(target.module)")
    let manifestFile = root.appending(path: "Package.swift")
    let manifest = try String(contentsOf: manifestFile, encoding: .utf8)
    guard !FileManager.default.fileExists(atPath: folder.path), !manifest.contains("\"\(target.module)\"")
    else {
      throw NewStrategyError("\(target.module) exists already: choose another name")
    }
    let files = StrategyTemplate(name: target)
    let changed = try manifestNaming(target.module, in: manifest)
    do {
      try write(files.source, to: folder.appending(path: "Sources/\(target.module).swift"))
      try write(files.tests, to: folder.appending(path: "Tests/\(target.module)Tests.swift"))
      try changed.write(to: manifestFile, atomically: true, encoding: .utf8)
    } catch {
      // All or nothing, so that the same command can be given again.
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
    print(
      """
      Made Plugins/\(target.module) and its line in Package.swift. Next:
        swift test --filter \(target.module)Tests
        swift run suggest strategies \(target.command)
      """)
  }

  private func manifestNaming(_ module: String, in manifest: String) throws -> String {
    let mark = "    // new-strategy: insert above\n"
    guard let spot = manifest.range(of: mark) else {
      throw NewStrategyError(
        "Package.swift lacks the line \"\(mark.trimmingCharacters(in: .whitespacesAndNewlines))\"")
    }
    return manifest.replacingCharacters(in: spot, with: "    \"\(module)\",\n" + mark)
  }

  private func write(_ text: String, to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
}

struct NewStrategyError: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// The three names of a strategy: its module and type, and what is typed on the command line.
struct StrategyName {
  /// Module and type: `FirstDropStrategy`.
  let module: String
  /// On the command line: `first-drop`.
  let command: String

  init(arguments: [String]) throws {
    guard arguments.count == 1, let name = arguments.first, !name.hasPrefix("-") else {
      throw NewStrategyError("give one name: swift package new-strategy FirstDrop")
    }
    let stem = name.hasSuffix("Strategy") ? String(name.dropLast("Strategy".count)) : name
    guard stem.wholeMatch(of: /[A-Z][A-Za-z0-9]*/) != nil else {
      throw NewStrategyError("\(name) is no type name: begin with a capital letter, then letters and digits")
    }
    module = stem + "Strategy"
    command = stem.replacing(/([a-z0-9])([A-Z])/) { "\($0.1)-\($0.2)" }.lowercased()
  }
}
