// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] =
  ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
  .map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]

/// A program that does nothing, linked to the C libraries of `suggest`, whether it calls them or not.
func emptyProgram(_ name: String) -> Target {
  .executableTarget(
    name: name, swiftSettings: strict,
    linkerSettings: [.unsafeFlags(["-Xlinker", "--no-as-needed", "-lgsl", "-lopenblas", "-lz", "-ljpeg"])])
}

/// A product of the main package.
func suggest(_ product: String) -> Target.Dependency { .product(name: product, package: "suggest") }

let package = Package(
  name: "Benchmarks",
  products: [
    .executable(name: "benchmarks", targets: ["Benchmarks"]),
    .executable(name: "training-steps", targets: ["TrainingSteps"]),
    .executable(name: "empty-with-foundation", targets: ["EmptyWithFoundation"]),
    .executable(name: "empty-with-essentials", targets: ["EmptyWithEssentials"]),
  ],
  dependencies: [.package(name: "suggest", path: "..")],
  targets: [
    .target(name: "Measuring", swiftSettings: strict),
    .target(
      name: "TrainingWork",
      dependencies: ["Measuring", suggest("TrainingEngine"), suggest("ModelZoo"), suggest("RandomStreams")],
      swiftSettings: strict),
    .executableTarget(
      name: "TrainingSteps", dependencies: ["TrainingWork", suggest("COpenBLAS")], swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Measuring", "TrainingWork", suggest("CurveModel"), suggest("StrategyKit"),
        suggest("StrategyRegistry"), suggest("ExperimentStore"), suggest("Comparison"), suggest("ImageCodec"),
        suggest("TrainingEngine"), suggest("ModelZoo"), suggest("RandomStreams"),
      ],
      swiftSettings: strict),
    emptyProgram("EmptyWithFoundation"),
    emptyProgram("EmptyWithEssentials"),
    .testTarget(name: "MeasuringTests", dependencies: ["Measuring"], swiftSettings: strict),
    .testTarget(
      name: "TrainingWorkTests", dependencies: ["TrainingWork", "Measuring"], swiftSettings: strict),
    .testTarget(
      name: "BenchmarksTests",
      dependencies: [
        "Benchmarks", "TrainingWork", "Measuring", suggest("Comparison"), suggest("ExperimentStore"),
        suggest("CurveModel"),
      ],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6])
