// swift-tools-version: 6.2
import PackageDescription

/// The strategies, in the order of every listing.
///
/// One folder `Plugins/NAME/{Sources,Tests}` each. Built once without an edit: `SUGGEST_STRATEGIES=FooStrategy,BarStrategy swift build`.
let strategies =
  [
    "Min10Strategy",
    "SteepestStrategy",
    "ValleyStrategy",
    "SlideStrategy",
    "BalancedStrategy",
    "ConsensusStrategy",
    "LearnedStrategy",
    "FastaiStrategy",
    "TorchLRFinderStrategy",
    "LightningStrategy",
    "IgniteStrategy",
    "MonaiStrategy",
    "KtrainStrategy",
    "KerasLRFinderStrategy",
    "FastAIJuliaStrategy",
    "NeuralProphetStrategy",
    "FaceswapStrategy",
    "DataikuStrategy",
    // new-strategy: insert above
  ] + (Context.environment["SUGGEST_STRATEGIES"]?.split(separator: ",").map(String.init) ?? [])

/// Files in the folders of strategies that become part of the program.
let embedded = ["LearnedStrategy": "Model/model.json"]

let strict: [SwiftSetting] =
  ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
  .map { .enableUpcomingFeature($0) } + [.treatAllWarnings(as: .error)]
/// Kernels are optimised in debug builds too, so that the tests train at full speed.
let hot = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let database = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

/// Only for `scripts/docs.sh`: nobody else should have to build it.
let documentationTools: [Package.Dependency] =
  Context.environment["SUGGEST_DOCS"] == nil
  ? [] : [.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0")]

/// A library target under `Sources/`.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil,
  settings: [SwiftSetting] = strict
) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings)
}

/// A test target under `Tests/`; it sees the golden-file readers of `TestSupport`.
///
/// `exclude` names what tests read by path, such as `Fixtures`.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name), "TestSupport"] + dependencies, exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "suggest",
  products: [
    .executable(name: "suggest", targets: ["suggest"]),
    .library(name: "StrategyKit", targets: ["StrategyKit"]),
    .library(name: "StrategyTesting", targets: ["StrategyTesting"]),
    // For Benchmarks/, a package of its own.
    .library(name: "CurveModel", targets: ["CurveModel"]),
    .library(name: "StrategyRegistry", targets: ["StrategyRegistry"]),
    .library(name: "ImageCodec", targets: ["ImageCodec"]),
    .library(name: "TrainingEngine", targets: ["TrainingEngine"]),
    .library(name: "ModelZoo", targets: ["ModelZoo"]),
    .library(name: "RandomStreams", targets: ["RandomStreams"]),
    .library(name: "COpenBLAS", targets: ["COpenBLAS"]),
    .library(name: "ExperimentStore", targets: ["ExperimentStore"]),
    .library(name: "Comparison", targets: ["Comparison"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ] + documentationTools,
  targets: [
    // C libraries and kernels
    .systemLibrary(name: "COpenBLAS", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMessageDigests", providers: [.apt(["libmd-dev"])]),
    .target(name: "CJPEGShim", linkerSettings: [.linkedLibrary("jpeg")]),
    .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3", "-fno-math-errno"])]),

    // Leaves and numbers
    library("RandomStreams", settings: hot),
    library("Archives", ["CZlib", "CMessageDigests"]),
    library("Spelling"),
    library("NumericKernels", ["COpenBLAS", "CKernels"], settings: hot),

    // Pictures
    library("ImageCodec", ["CJPEGShim", "CKernels"], settings: hot),

    // Curves and strategies
    library("CurveModel"),
    library("CurveSmoothing", ["CurveModel", "CGSL", "COpenBLAS"]),
    library("StrategyKit", ["CurveModel", "CurveSmoothing"]),
    .target(
      name: "StrategyRegistry",
      dependencies: ["StrategyKit", "Spelling"] + strategies.map { .target(name: $0) },
      swiftSettings: strict, plugins: ["RegistryGenerator"]),
    library("StrategyTesting", ["StrategyKit"]),

    // Training and the sweep
    library("TrainingEngine", ["NumericKernels", "RandomStreams"], settings: hot),
    library("ModelZoo", ["ImageCodec", "TrainingEngine", "Archives", "Spelling"], settings: hot),
    library(
      "DatasetKit",
      [
        "Archives", "RandomStreams", "NumericKernels", "TrainingEngine", "ImageCodec", "CurveModel",
        "Spelling",
        subprocess,
      ],
      settings: hot),
    library("RangeTest", ["TrainingEngine", "CurveModel", "CurveSmoothing"]),

    // Results, batch, output, front
    library("ExperimentStore", ["CurveModel", "Archives", database]),
    library("DocumentFiles", ["CurveModel", "Spelling", yaml]),
    library(
      "Comparison",
      [
        "ExperimentStore", "RangeTest", "StrategyRegistry", "StrategyKit", "CurveModel", "CurveSmoothing",
        "TrainingEngine", "ModelZoo", "DatasetKit", "Archives", "Spelling", "RandomStreams", "NumericKernels",
        "DocumentFiles", "ImageCodec", subprocess,
      ]),
    library("Workflow", ["DocumentFiles", "ExperimentStore", "CurveModel", "Archives", "Spelling"]),
    library("Scoring", ["CurveModel", "RandomStreams", "CGSL", "COpenBLAS"], settings: hot),
    library(
      "Evidence",
      [
        "Scoring", "Comparison", "ExperimentStore", "StrategyRegistry", "StrategyKit", "CurveModel",
        "CurveSmoothing",
        "TrainingEngine", "Archives", "DatasetKit",
      ]),
    library(
      "Learning",
      [
        "Evidence", "Scoring", "StrategyKit", "CurveModel", "RandomStreams", "CGSL", "COpenBLAS",
        "LearnedStrategy",
      ],
      settings: hot),
    library(
      "Reporting", ["Scoring", "CurveModel", subprocess], resources: [.embedInCode("Page/Assets")]),
    library(
      "SuggestCommands",
      [
        "Archives", "Spelling", "DocumentFiles", "Comparison", "Workflow", "Scoring", "Evidence",
        "Learning", "LearnedStrategy", "StrategyRegistry", "StrategyKit", "CurveModel", "CurveSmoothing",
        "RangeTest", "TrainingEngine",
        "ModelZoo",
        "DatasetKit", "ImageCodec", "ExperimentStore", "Reporting", "NumericKernels", "RandomStreams",
        argumentParser,
      ]),
    .executableTarget(
      name: "suggest", dependencies: ["SuggestCommands", argumentParser], swiftSettings: strict),

    // SwiftPM plugins
    .plugin(name: "RegistryGenerator", capability: .buildTool()),
    .plugin(
      name: "NewStrategy",
      capability: .command(
        intent: .custom(
          verb: "new-strategy", description: "Create Plugins/NAME and its line in Package.swift"),
        permissions: [.writeToPackageDirectory(reason: "creates Plugins/NAME and edits Package.swift")]),
      path: "Plugins/NewStrategyCommand"),

    // Tests
    .target(
      name: "TestSupport", dependencies: ["Archives", "CurveModel", "StrategyKit", "TrainingEngine"],
      path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(name: "AllocationCounting", path: "Tests/AllocationCounting"),
    tests(of: "RandomStreams"),
    tests(of: "Archives"),
    tests(of: "Spelling"),
    tests(of: "NumericKernels", ["RandomStreams"]),
    tests(of: "ImageCodec", ["RandomStreams"], exclude: ["Fixtures"]),
    tests(of: "CurveModel"),
    tests(of: "CurveSmoothing", ["CurveModel"]),
    tests(of: "StrategyKit", ["CurveModel", "CurveSmoothing"]),
    tests(of: "StrategyRegistry", ["StrategyKit", "StrategyTesting", "CurveModel", "CurveSmoothing"]),
    tests(
      of: "TrainingEngine",
      ["AllocationCounting", "ModelZoo", "DatasetKit", "NumericKernels", "RandomStreams"],
      exclude: ["Fixtures"]),
    tests(of: "ModelZoo", ["TrainingEngine", "ImageCodec"], exclude: ["Fixtures"]),
    tests(
      of: "DatasetKit", ["RandomStreams", "TrainingEngine", "Archives", "ModelZoo", "ImageCodec"],
      exclude: ["Fixtures"]),
    tests(
      of: "RangeTest",
      [
        "StrategyKit", "TrainingEngine", "ModelZoo", "DatasetKit", "CurveModel", "CurveSmoothing",
        "RandomStreams",
      ]),
    tests(of: "ExperimentStore", ["CurveModel", "Archives"]),
    tests(
      of: "Comparison",
      [
        "ExperimentStore", "RangeTest", "StrategyRegistry", "StrategyKit", "CurveModel", "TrainingEngine",
        "ModelZoo", "DatasetKit", "NumericKernels", "DocumentFiles", "ImageCodec",
      ]),
    tests(of: "Workflow", ["DocumentFiles", "CurveModel"]),
    tests(of: "Scoring", ["CurveModel", "RandomStreams"], exclude: ["Fixtures"]),
    tests(
      of: "Evidence",
      [
        "Scoring", "Comparison", "ExperimentStore", "CurveModel", "StrategyKit", "StrategyRegistry",
        "Archives", "TrainingEngine",
      ]),
    tests(
      of: "Learning",
      [
        "Evidence", "Scoring", "Comparison", "ExperimentStore", "StrategyKit", "CurveModel",
        "LearnedStrategy", "BalancedStrategy", "StrategyRegistry",
      ]),
    tests(of: "Reporting", ["CurveModel", "Scoring"]),
    tests(
      of: "SuggestCommands",
      [
        "StrategyRegistry", "StrategyKit", "CurveModel", "NumericKernels", "TrainingEngine", "ModelZoo",
        "DatasetKit", "ImageCodec", "RandomStreams", "Reporting", "Workflow",
      ]),
  ]
    + strategies.flatMap { name -> [Target] in
      [
        .target(
          name: name, dependencies: ["StrategyKit", "CurveModel", "CurveSmoothing"],
          path: "Plugins/\(name)/Sources", resources: embedded[name].map { [.embedInCode($0)] },
          swiftSettings: strict),
        .testTarget(
          name: "\(name)Tests",
          dependencies: [.target(name: name), "StrategyKit", "StrategyTesting", "CurveModel", "TestSupport"],
          path: "Plugins/\(name)/Tests", swiftSettings: strict),
      ]
    },
  swiftLanguageModes: [.v6])
