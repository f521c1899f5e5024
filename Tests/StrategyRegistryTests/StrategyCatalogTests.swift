import CurveModel
import Foundation
import StrategyKit
import StrategyRegistry
import StrategyTesting
import TestSupport
import Testing

/// A registered strategy, shown by its name.
struct StrategyCase: Sendable, CustomTestStringConvertible {
  let type: any SuggestionStrategy.Type
  var testDescription: String { type.descriptor.name }
  static let all = allStrategies.map(StrategyCase.init(type:))
}

@Suite struct ContractTests {
  @Test("every strategy keeps every promise", arguments: StrategyCase.all, ContractCheck.all)
  func keepsTheContract(_ subject: StrategyCase, _ check: ContractCheck) {
    #expect(check.violations(by: subject.type) == [])
  }
}

@Suite struct StrategyCatalogTests {
  @Test("no two strategies have one name")
  func uniqueNames() {
    let names = StrategyCatalog.builtIn.names
    #expect(!names.isEmpty)
    #expect(Set(names).count == names.count)
  }

  @Test("the toolkit's own strategies and the peers of the issue are there")
  func firstHour() {
    let expected = [
      "min10", "steepest", "valley", "slide", "fastai-minimum", "fastai-steep", "fastai-valley",
      "fastai-slide",
      "torch-lr-finder", "lightning", "lightning-2.5.2", "ignite",
    ]
    #expect(expected.filter { !StrategyCatalog.builtIn.names.contains($0) } == [])
  }

  @Test("the folders Plugins/…Strategy are the list in Package.swift, and all of them are registered")
  func noDrift() throws {
    let root = GoldenFolders.repositoryRoot
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: root.appendingPathComponent("Plugins").path
    )
    .filter { $0.hasSuffix("Strategy") }
    let manifest = try String(contentsOf: root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let listed = manifest.matches(of: /(?m)^    "(\w+Strategy)",$/).map { String($0.1) }
    #expect(Set(listed).count == listed.count)
    #expect(Set(folders) == Set(listed))
    // Swift names a type with its module: IgniteStrategy.Ignite.
    let modules = Set(
      allStrategies.compactMap { String(reflecting: $0).split(separator: ".").first.map(String.init) })
    #expect(modules.isSuperset(of: listed))
  }

  @Test("a strategy is found by its name", arguments: StrategyCase.all)
  func found(_ subject: StrategyCase) throws {
    #expect(try StrategyCatalog.builtIn.strategy(named: subject.type.descriptor.name) == subject.type)
  }

  @Test(
    "a mistyped name throws with the nearest names, the nearest first",
    arguments: [
      ("steepst", "steepest"), ("vally", "valley"), ("min1", "min10"), ("torch-lr-findr", "torch-lr-finder"),
    ])
  func nearest(typed: String, meant: String) {
    let error = #expect(throws: UnknownStrategy.self) { try StrategyCatalog.builtIn.strategy(named: typed) }
    #expect(error?.name == typed && error?.nearest.first == meant)
    #expect((1...3).contains(error?.nearest.count ?? 0))
    #expect(error?.description.contains(meant) == true && error?.description.contains("\n") == false)
  }

  @Test("a name unlike any other, or none, has no nearest names", arguments: ["", "qqqqqqqqqqqqqqqqqqqq"])
  func nothingNear(typed: String) {
    let error = #expect(throws: UnknownStrategy.self) { try StrategyCatalog.builtIn.strategy(named: typed) }
    #expect(error?.nearest == [])
    #expect(error?.description.contains("nearest") == false)
  }
}
