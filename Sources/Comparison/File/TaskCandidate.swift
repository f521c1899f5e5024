internal import DocumentFiles

/// A task with the places of what may be wrong with it.
struct TaskCandidate {
  let task: TaskSpecification
  let variation: TaskVariation
  let model: FilePosition
  let batchSize: FilePosition
  let steps: FilePosition
}

/// How a task begins and what its data are, with the places of what may be wrong with it.
struct TaskVariation {
  let facts: DatasetFacts
  let start: TaskStart?
  let photographs: TaskPhotographs?
  let from: FilePosition?
  let fresh: FilePosition?
  let frozen: FilePosition?
  /// Where the file says something of photographs although the data are none.
  let useless: FilePosition?
}
