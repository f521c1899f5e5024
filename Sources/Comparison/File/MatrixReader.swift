internal import DatasetKit
internal import DocumentFiles
internal import ModelZoo
internal import TrainingEngine

/// Makes the tasks of a comparison file's matrix; its form has been checked.
struct MatrixReader {
  let reader: AxisReader
  let evaluation: EvaluationPlan
  let sources: TaskSources

  /// More tasks than anybody could train.
  private static let mostTasks = 1_000_000

  /// The tasks in the file's order, each once: those that several products have stand at their first place.
  ///
  /// - Throws: ``FileProblem``.
  func tasks(_ matrix: FileNode) throws(FileProblem) -> [TaskSpecification] {
    var products: [Product] = []
    var total = 0
    for node in matrix.elements {
      let product = try product(node)
      products.append(product)
      for variant in product.variants {
        guard let count = variant.task.count, count <= Self.mostTasks - total else {
          throw FileProblem(
            variant.position, "the matrix has more than \(Self.mostTasks) tasks; split the comparison")
        }
        total += count
      }
    }
    var tasks: [TaskSpecification] = []
    var known = Set<TaskSpecification>()
    var check = TaskCheck(evaluation: evaluation, sources: sources)
    for product in products {
      var used = Array(repeating: false, count: product.excluded.count)
      for variant in product.variants {
        for candidate in try candidates(variant) {
          if variant.isExcludable,
            let match = product.excluded.firstIndex(where: { $0.value.matches(candidate.task) })
          {
            // All that match count as used, not only the first.
            for index in match..<used.count where product.excluded[index].value.matches(candidate.task) {
              used[index] = true
            }
            continue
          }
          try check.check(candidate)
          if known.insert(candidate.task).inserted { tasks.append(candidate.task) }
        }
      }
      if let useless = used.firstIndex(of: false) {
        throw FileProblem(
          product.excluded[useless].position, "this excludes nothing: no task of the product agrees with it")
      }
    }
    guard !tasks.isEmpty else {
      throw FileProblem(matrix.position, "the matrix excludes all of its tasks")
    }
    return tasks
  }

  /// A product whose zipped keys have one value of their list.
  struct Variant {
    let task: PartialTask
    let position: FilePosition
    let isExcludable: Bool
  }

  private struct Product {
    var variants: [Variant]
    let excluded: [Placed<PartialTask>]
  }

  private func product(_ node: FileNode) throws(FileProblem) -> Product {
    let base = try reader.partialTask(node)
    var variants = [Variant(task: base, position: node.position, isExcludable: true)]
    if let zipped = node["zip"] {
      try checkZip(zipped, beside: node)
      variants = []
      for entry in zipped.elements {
        variants.append(
          Variant(
            task: base.replacing(with: try reader.partialTask(entry)), position: entry.position,
            isExcludable: true))
      }
    }
    let product = variants
    for entry in node["include"]?.elements ?? [] {
      let addition = try reader.partialTask(entry)
      for variant in product {
        variants.append(
          Variant(task: variant.task.replacing(with: addition), position: entry.position, isExcludable: false)
        )
      }
    }
    var excluded: [Placed<PartialTask>] = []
    for entry in node["exclude"]?.elements ?? [] {
      excluded.append(Placed(value: try reader.partialTask(entry), position: entry.position))
    }
    return Product(variants: variants, excluded: excluded)
  }

  private func checkZip(_ zipped: FileNode, beside node: FileNode) throws(FileProblem) {
    let first = zipped.elements[0]
    for entry in zipped.elements {
      for part in entry.entries {
        if node[part.key] != nil {
          throw FileProblem(
            part.keyPosition, "`\(part.key)` stands in the product too; keep it there or in `zip`")
        }
        if first[part.key] == nil {
          throw FileProblem(
            part.keyPosition, "`\(part.key)` is not in the first mapping of `zip`; all have the same keys")
        }
      }
      if let missing = first.entries.first(where: { entry[$0.key] == nil }) {
        throw FileProblem(
          entry.position, "`\(missing.key)` is missing here; all mappings of `zip` have the same keys")
      }
    }
  }
}
