import Testing
import TrainingEngine

@testable import DatasetKit

@Suite("The registry")
struct RegistryTests {
  @Test func `Names are unique, and each gives its entry`() throws {
    #expect(Set(Dataset.names).count == Dataset.names.count)
    for name in Dataset.names { #expect(try Dataset.entry(named: name).name == name) }
  }

  @Test func `Ten families and all kinds are there`() {
    #expect(Set(Dataset.entries.map(\.family)).count >= 10)
    #expect(Set(Dataset.entries.map(\.kind)) == Set(DatasetEntry.Kind.allCases))
  }

  @Test(arguments: Dataset.entries)
  func `Facts of an entry agree with each other`(_ entry: DatasetEntry) {
    #expect(
      entry.files.isEmpty == entry.isPhotographs && !entry.origin.isEmpty && !entry.licence.isEmpty
        && !entry.summary.isEmpty)
    if case .archives(let archives) = entry.source {
      #expect(entry.isPhotographs && !archives.isEmpty)
      // Downloads of different archives must not go on with each other.
      #expect(Set(archives.map(\.file)).count == archives.count)
      for archive in archives {
        #expect(archive.checksum.digits.count == (archive.checksum.name == "MD5" ? 32 : 64))
        #expect(archive.address.hasPrefix("https://") && archive.size > 0)
        #expect(archive.place("\(archive.photographFolder)/Abyssinian_1.jpg") == "Abyssinian_1.jpg")
        #expect(archive.place("annotations/Abyssinian_1.jpg") == nil)
      }
    }
    for checksum in entry.files.map(\.checksum) + [entry.version] {
      #expect(checksum.count == 64 && checksum.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }
    #expect(entry.classNames.isEmpty || entry.classNames.count == entry.outputCount)
    switch entry.kind {
    case .classification: #expect(entry.outputCount > 1 && entry.loss == .crossEntropy)
    case .regression: #expect(entry.outputCount == 1 && entry.loss == .meanSquaredError)
    case .text: #expect(entry.sampleShape.dimensions.count == 1 && entry.loss == .crossEntropy)
    }
    // Text is cut in place; Fashion-MNIST comes in two parts.
    if entry.format != .idx, entry.kind != .text, !entry.isPhotographs {
      #expect(entry.trainCount == entry.sampleCount * 4 / 5)
    }
  }

  @Test func `Different data have different versions`() {
    #expect(Set(Dataset.entries.map(\.version)).count == Dataset.entries.count)
  }

  @Test func `An unknown name is answered with the nearest`() {
    #expect {
      try Dataset.entry(named: "leter")
    } throws: { "\($0)".contains("use letter") }
    #expect {
      try Dataset.entry(named: "mnist")
    } throws: {
      "\($0)".contains("mnist-5k") && "\($0)".contains("fashion-mnist")
    }
  }

  @Test(arguments: Dataset.entries)
  func `Data that are here are as the entry says`(_ entry: DatasetEntry) throws {
    let folders = DataFolders(paths: TemporaryData.shipped.paths + DataFolders().paths)
    guard entry.folder(in: folders) != nil else { return }
    try entry.check(in: folders)
    // Whoever has other photographs in their place knows it.
    guard !entry.isPhotographs else { return }
    let data = try entry.load(from: folders)
    #expect(data.train.count == entry.trainCount && data.validation.count == entry.validationCount)
    #expect(data.sampleShape == entry.sampleShape && data.outputCount == entry.outputCount)
    #expect(Set(data.train.labels).count == (entry.kind == .regression ? 0 : entry.outputCount))
  }
}
