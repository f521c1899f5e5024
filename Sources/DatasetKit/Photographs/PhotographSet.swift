internal import FoundationEssentials
internal import TrainingEngine

/// A data set that is a folder of photographs.
struct PhotographSet {
  let name: String
  let folder: String
  /// How classes are found unless the options say otherwise; nil: by the folders' names.
  let labels: LabelRule?
  /// What each part of the split has its share of unless the options say otherwise; nil: the classes.
  let strata: LabelRule?

  /// Reads and checks all photographs, and splits them.
  ///
  /// - Throws: ``DatasetError``: `unreadable`, or `unsuitableFolder` where classes or samples are missing.
  func dataset(_ options: PhotographOptions) throws(DatasetError) -> Dataset {
    let found = try PhotographFolder(folder)
    let labelled = try labels(of: found.files, options)
    let checked = try Photographs.checked(labelled.files, below: folder, options: options)
    let classes = Set(checked.places.map { labelled.classes[$0] }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    guard classes.count > 1 else { throw problem(found, checked.skipped, classes, options) }
    let numbers = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
    let split = StratifiedSplit(
      strata: checked.places.map { labelled.strata[$0] }, seed: options.splitSeed)
    guard !split.validation.isEmpty else {
      throw .unsuitableFolder(
        path: folder,
        reason: "of five photographs of a class one is held out, and no class has five; add some")
    }
    let side = options.side
    func samples(_ places: [Int]) -> Samples {
      Samples(
        checked.photographs.selecting(places),
        labels: places.map { numbers[labelled.classes[checked.places[$0]]] ?? 0 }, shape: [side, side, 3])
    }
    return Dataset(
      name: name, train: samples(split.train), validation: samples(split.validation),
      outputCount: classes.count, loss: .crossEntropy, classNames: classes,
      skipped: (found.skipped + labelled.skipped + checked.skipped).sorted {
        $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
      })
  }

  private struct Labelled {
    var files: [String] = []
    var classes: [String] = []
    var strata: [String] = []
    var skipped: [SkippedFile] = []
  }

  private func labels(of files: [String], _ options: PhotographOptions) throws(DatasetError) -> Labelled {
    let rule = options.labels ?? labels ?? .parentFolder
    var labelled = Labelled()
    do throws(LabelRuleError) {
      let classReader = try LabelReader(rule)
      let strataReader = try (options.strata ?? strata).map(LabelReader.init)
      for file in files {
        guard let label = classReader.label(of: file) else {
          labelled.skipped.append(SkippedFile(path: file, reason: "the rule \(rule) finds no class for it"))
          continue
        }
        labelled.files.append(file)
        labelled.classes.append(label)
        labelled.strata.append(strataReader?.label(of: file) ?? label)
      }
    } catch {
      throw .unsuitableFolder(path: folder, reason: error.description)
    }
    return labelled
  }

  /// Why there is nothing to learn.
  private func problem(
    _ found: PhotographFolder, _ damaged: [SkippedFile], _ classes: [String], _ options: PhotographOptions
  ) -> DatasetError {
    let rule = options.labels ?? labels ?? .parentFolder
    let reason =
      if found.files.isEmpty {
        PhotographFolder.lackOfPhotographs
      } else if let first = damaged.first, classes.isEmpty {
        "none of its \(found.files.count) photographs can be decoded (\(first.path): \(first.reason))"
      } else {
        "the rule \(rule) finds \(classes.isEmpty ? "no class" : "one class, \(classes[0])") in "
          + "\(found.files.count) photographs; choose other --labels"
      }
    return .unsuitableFolder(path: folder, reason: reason)
  }
}
