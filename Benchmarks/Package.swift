// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] =
  ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
  .map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]

/// A program that does nothing, linked to the C libraries of `suggest`, whether it calls them or not.
func emptyProgram(_ name: String) -> Target {
  .executableTarget(
    name: name, swiftSettings: strict,
    linkerSettings: [.unsafeFlags(["-Xlinker", "--no-as-needed", "-lgsl", "-lopenblas", "-lz"])])
}

let package = Package(
  name: "Benchmarks",
  products: [
    .executable(name: "benchmarks", targets: ["Benchmarks"]),
    .executable(name: "empty-with-foundation", targets: ["EmptyWithFoundation"]),
    .executable(name: "empty-with-essentials", targets: ["EmptyWithEssentials"]),
  ],
  dependencies: [.package(name: "suggest", path: "..")],
  targets: [
    .target(name: "Measuring", swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Measuring",
        .product(name: "CurveModel", package: "suggest"),
        .product(name: "StrategyKit", package: "suggest"),
        .product(name: "StrategyRegistry", package: "suggest"),
      ],
      swiftSettings: strict),
    emptyProgram("EmptyWithFoundation"),
    emptyProgram("EmptyWithEssentials"),
    .testTarget(name: "MeasuringTests", dependencies: ["Measuring"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6])
