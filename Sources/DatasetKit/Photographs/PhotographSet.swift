internal import Archives
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
  func dataset(
    _ options: PhotographOptions, cache: PhotographCache? = nil, willRead: (Int) -> Void = { _ in }
  ) throws(DatasetError) -> Dataset {
    let found = try PhotographFolder(folder)
    let labelled = try labels(of: found.files, options)
    willRead(labelled.files.count)
    let checked = try Photographs.checked(labelled.files, below: folder, options: options, cache: cache)
    let classes = Set(checked.places.map { labelled.classes[$0] }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    guard classes.count > 1 else { throw problem(found, labelled, checked.skipped, classes, options) }
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
      }, photographVersion: version(of: labelled, checked.places, checked.checksums))
  }

  /// The same for the same photographs with the same names and classes, wherever they lie.
  private func version(of labelled: Labelled, _ places: [Int], _ checksums: [UInt32]) -> String {
    var hash = SHA256Hash()
    for (place, checksum) in zip(places, checksums) {
      // No name of a file holds a zero byte.
      hash.add("\(labelled.files[place])\0\(checksum)\0\(labelled.classes[place])\0".utf8)
    }
    return String(hash.hexadecimal.prefix(16))
  }

  private struct Labelled {
    var files: [String] = []
    var classes: [String] = []
    var strata: [String] = []
    var skipped: [SkippedFile] = []
    /// Whether a typed rule for strata has left out files with a class.
    var lackStratum = false
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
        let stratum = strataReader?.label(of: file)
        // A rule that somebody typed is meant for all; the set's own may pass over what it does not know.
        if stratum == nil, let typed = options.strata {
          labelled.skipped.append(
            SkippedFile(path: file, reason: "the rule \(typed) of --stratify finds nothing in it"))
          labelled.lackStratum = true
          continue
        }
        labelled.files.append(file)
        labelled.classes.append(label)
        labelled.strata.append(stratum ?? label)
      }
    } catch {
      throw .unsuitableFolder(path: folder, reason: error.description)
    }
    return labelled
  }

  /// Why there is nothing to learn.
  private func problem(
    _ found: PhotographFolder, _ labelled: Labelled, _ damaged: [SkippedFile], _ classes: [String],
    _ options: PhotographOptions
  ) -> DatasetError {
    let rule = options.labels ?? labels ?? .parentFolder
    let reason =
      if found.files.isEmpty {
        PhotographFolder.lackOfPhotographs
      } else if let first = damaged.first, classes.isEmpty {
        PhotographFolder.lackOfSoundPhotographs(found.files.count, first)
      } else if let only = classes.first {
        "the rule \(rule) finds one class, \"\(only)\", in \(labelled.files.count - damaged.count) of "
          + "\(found.files.count) photographs; choose other --labels"
      } else if let typed = options.strata, labelled.lackStratum {
        "the rule \(typed) finds nothing in \(found.files.count) photographs; choose another --stratify"
      } else {
        "the rule \(rule) finds no class in \(found.files.count) photographs; choose other --labels"
      }
    return .unsuitableFolder(path: folder, reason: reason)
  }
}
