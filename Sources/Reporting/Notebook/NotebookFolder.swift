/// Notebooks in a folder: each as `.ipynb` and as Markdown, with the tables they read in `data` and the pictures of the
/// Markdown in `figures`.
public struct NotebookFolder: Sendable {
  private let gnuplot: Gnuplot

  /// A writer whose pictures the given program draws.
  public init(program: String = "gnuplot") {
    gnuplot = Gnuplot(program: program)
  }

  /// Draws the pictures of notebooks and writes all files; each is there as a whole or not at all.
  ///
  /// - Parameters:
  ///   - notebooks: The notebooks.
  ///   - folder: The folder; it, and `data` and `figures` in it, are made where they are missing.
  /// - Returns: The paths of the notebooks.
  /// - Throws: ``ReportingError``.
  public func write(_ notebooks: [Notebook], to folder: String) async throws -> [String] {
    var files: [(path: String, bytes: [UInt8])] = []
    var written: [String] = []
    for notebook in notebooks {
      var pictures: [[UInt8]] = []
      for picture in notebook.pictures {
        let bytes = try await gnuplot.output(of: picture.script)
        pictures.append(bytes)
        files.append(("figures/\(picture.name).png", bytes))
      }
      files += notebook.tables.map { ("data/\($0.name)", Array($0.text.utf8)) }
      files.append(("\(notebook.name).md", Array(notebook.markdown.utf8)))
      files.append(("\(notebook.name).ipynb", Array(notebook.ipynb(pictures).utf8)))
      written.append("\(folder)/\(notebook.name).ipynb")
    }
    for path in [folder, "\(folder)/data", "\(folder)/figures"] { try AtomicFile.makeFolder(path) }
    for file in files { try AtomicFile.write(file.bytes, to: "\(folder)/\(file.path)") }
    return written
  }
}
