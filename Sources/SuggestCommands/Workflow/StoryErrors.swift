/// A file that is no longer what its stage wrote.
struct ChangedStageFile: Error, Equatable, CustomStringConvertible {
  let path: String
  let stage: String
  var description: String {
    "\(path) is missing or not what the stage \(stage) wrote: suggest workflow run does that stage again"
  }
}

/// A workflow whose notebook would have a gap.
struct UnfinishedWorkflow: Error, Equatable, CustomStringConvertible {
  let folder: String
  let stage: String
  var description: String {
    "stage \(stage) in \(folder) is not done yet: finish it with suggest workflow run"
  }
}
