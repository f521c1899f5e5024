internal import Archives
internal import FoundationEssentials
internal import ImageCodec
internal import NumericKernels

/// Photographs that can be decoded, packed in memory as their files are.
struct Photographs: Sendable, Equatable {
  /// The files' paths.
  let paths: [String]
  /// How they become samples.
  let options: PhotographOptions
  private let files: [[UInt8]]

  /// The values of one sample.
  var valueCount: Int { 3 * options.side * options.side }

  /// Photographs whose files were read and checked.
  private init(paths: [String], files: [[UInt8]], options: PhotographOptions) {
    self.paths = paths
    self.files = files
    self.options = options
  }

  /// How many bytes of files are kept in memory at most: 4 GiB.
  private static let mostBytes = 4 << 30

  /// Reads files and decodes each once, so that none fails later.
  ///
  /// - Returns: the photographs, the places of their files in `paths`, the CRC-32 of each file, and what was left out
  ///   and why.
  /// - Throws: ``DatasetError/unreadable(path:reason:)`` where all files together are too large.
  static func checked(
    _ paths: [String], below folder: String, options: PhotographOptions, cache: PhotographCache? = nil
  ) throws(DatasetError) -> (
    photographs: Photographs, places: [Int], checksums: [UInt32], skipped: [SkippedFile]
  ) {
    let total = paths.reduce(0) { $0 + (Folder.size(of: "\(folder)/\($1)") ?? 0) }
    guard total <= mostBytes else {
      throw .unreadable(
        path: folder,
        reason:
          "its photographs have \(total) bytes, more than the \(mostBytes) that are kept in memory; name a folder "
          + "with fewer")
    }
    let outcomes = onEveryCore(paths.count) { index in
      let path = "\(folder)/\(paths[index])"
      return cache.map { $0.file(path, read: Self.checkedFile) } ?? Self.checkedFile(path)
    }
    var places: [Int] = []
    var files: [[UInt8]] = []
    var checksums: [UInt32] = []
    var skipped: [SkippedFile] = []
    for (index, outcome) in outcomes.enumerated() {
      switch outcome {
      case .success(let file):
        places.append(index)
        files.append(file.bytes)
        checksums.append(file.checksum)
      case .failure(let error): skipped.append(SkippedFile(path: paths[index], reason: error.description))
      case nil: skipped.append(SkippedFile(path: paths[index], reason: "it cannot be read"))
      }
    }
    let kept = places.map { "\(folder)/\(paths[$0])" }
    return (Photographs(paths: kept, files: files, options: options), places, checksums, skipped)
  }

  /// Why files are no photographs that can be decoded, in their order; nil of those that are.
  ///
  /// Nothing is kept in memory.
  static func problems(of paths: [String]) -> [String?] {
    onEveryCore(paths.count) { index in
      switch Self.checkedFile(paths[index]) {
      case .success: nil
      case .failure(let error): error.description
      case nil: "it cannot be read"
      }
    }
  }

  /// What `body` makes of the numbers below `count`, on all cores.
  private static func onEveryCore<Value>(_ count: Int, _ body: @Sendable (Int) -> Value?) -> [Value?] {
    var values = [Value?](repeating: nil, count: count)
    values.withUnsafeMutableBufferPointer { values in
      nonisolated(unsafe) let values = values
      everyCore.forEach(count) { index, _ in values[index] = body(index) }
    }
    return values
  }

  /// The photographs of these places.
  func selecting(_ places: some Collection<Int>) -> Photographs {
    Photographs(paths: places.map { paths[$0] }, files: places.map { files[$0] }, options: options)
  }

  // MARK: Decoding

  /// Overwrites `target` with the values of these views, one after the other, on all cores.
  func render(_ views: [PhotographView], into target: inout [Float]) {
    precondition(target.count >= views.count * valueCount, "there is no room for \(views.count) photographs")
    target.withUnsafeMutableBufferPointer { target in
      nonisolated(unsafe) let target = target
      Self.everyCore.forEach(views.count) { index, _ in
        let values = values(of: views[index])
        for (offset, value) in values.enumerated() { target[index * valueCount + offset] = value }
      }
    }
  }

  /// The values of one view.
  func values(of view: PhotographView) -> [Float] {
    do throws(JPEGError) {
      return try JPEGPicture(files[view.index]).values(
        width: options.side, height: options.side, crop: view.crop, isMirrored: view.isMirrored,
        scaling: options.scaling)
    } catch {
      preconditionFailure("\(paths[view.index]) was decoded before, and now \(error.description)")
    }
  }

  /// A view's picture, as bytes.
  func picture(of view: PhotographView) -> Picture {
    do throws(JPEGError) {
      let picture = try JPEGPicture(files[view.index]).resized(
        width: options.side, height: options.side, crop: view.crop)
      return view.isMirrored ? picture.mirrored : picture
    } catch {
      preconditionFailure("\(paths[view.index]) was decoded before, and now \(error.description)")
    }
  }

  /// A file's bytes and their CRC-32, or why it cannot be decoded.
  typealias CheckedFile = Result<(bytes: [UInt8], checksum: UInt32), JPEGError>

  /// Reads a file and decodes all of it; nil where it cannot be read.
  private static func checkedFile(_ path: String) -> CheckedFile? {
    guard let bytes = try? WholeFile.content(of: path) else { return nil }
    do throws(JPEGError) {
      // Every byte is read at any size; the smallest costs least.
      _ = try JPEGPicture(bytes, limits: checkLimits).resized(width: 1, height: 1, crop: .squish)
      return .success((bytes, Checksum.crc32(bytes)))
    } catch { return .failure(error) }
  }

  /// Larger rows take a little more memory: what passes with less cannot fail for want of it later.
  private static let checkLimits = JPEGLimits(memory: JPEGLimits.standard.memory - (32 << 20))

  private static let everyCore = WorkerTeam(threads: ProcessInfo.processInfo.activeProcessorCount)
}
