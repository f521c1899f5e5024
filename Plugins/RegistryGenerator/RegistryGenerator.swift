import Foundation
import PackagePlugin

/// Writes `allStrategies`, the list of every strategy type, from the dependencies of the target it runs on.
///
/// Each target whose name ends in `Strategy` and that builds on `StrategyKit` has to export
/// `public let strategies: [any SuggestionStrategy.Type]`. The list keeps the order of Package.swift.
@main struct RegistryGenerator: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) async throws -> [Command] {
    let names = strategyModules(of: target)
    let output = context.pluginWorkDirectoryURL.appending(path: "StrategyRegistry.generated.swift")
    let folder = context.package.directoryURL.appending(path: "Plugins")
    // The text is an argument, so a changed list reruns the command; `cmp` leaves an unchanged file alone, so that
    // nothing is recompiled; the folder is an input, so that a new folder without its line is noticed.
    let script = """
      printf '%s' "$1" | cmp -s - "$2" || printf '%s' "$1" > "$2"
      for folder in "$3"/*Strategy; do
        case " $4 " in
          *" ${folder##*/} "*) ;;
          *) echo "$folder: warning: not built: not in Package.swift's list of strategies" >&2 ;;
        esac
      done
      """
    return [
      .buildCommand(
        displayName: "Strategy registry of \(target.name)", executable: URL(filePath: "/bin/sh"),
        arguments: [
          "-c", script, "sh", source(for: names), output.path, folder.path, names.joined(separator: " "),
        ],
        inputFiles: [folder], outputFiles: [output])
    ]
  }

  /// The strategy modules the target depends on, also those of other packages, in the manifest's order.
  private func strategyModules(of target: Target) -> [String] {
    target.dependencies.flatMap { dependency -> [String] in
      switch dependency {
      case .target(let module): [module.name]
      case .product(let product): product.targets.map(\.name)
      @unknown default: []
      }
    }.filter { $0.hasSuffix("Strategy") }
  }

  private func source(for names: [String]) -> String {
    let imports = names.map { "internal import \($0)" }
    let lists = names.map { "  \($0)::strategies," }
    return
      (["// Written by RegistryGenerator; do not edit.", "public import StrategyKit"] + imports + [
        "",
        "// An error on one of these lines: Plugins/NAME has to export",
        "// `public let strategies: [any SuggestionStrategy.Type]`.",
        "private let modules: [[any SuggestionStrategy.Type]] = [",
      ] + lists + [
        "]",
        "",
        "/// Every built-in strategy, in the order of Package.swift.",
        "public let allStrategies: [any SuggestionStrategy.Type] = modules.flatMap { $0 }",
        "",
      ]).joined(separator: "\n")
  }
}
