public import Archives

/// Why a checkpoint could not be read, written or used.
public enum CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file could not be read.
  case unreadable(path: String, reason: String)
  /// The file could not be written.
  case unwritable(path: String, reason: String)
  /// The bytes are no format that is read here.
  case unknownFormat
  /// PyTorch's zip archive cannot be read.
  case archive(ArchiveError)
  /// The bytes end before the checkpoint does.
  case truncated(place: String)
  /// The checkpoint contradicts its format or itself.
  case damaged(detail: String)
  /// The checkpoint exceeds a bound that protects memory.
  case tooLarge(quantity: String, limit: Int)
  /// A pickle asks for something that is neither a tensor nor a plain container.
  case refused(request: String)
  /// The checkpoint stores something that is sound but not read here.
  case unsupported(detail: String)
  /// Two tensors have the same name.
  case duplicateName(name: String)
  /// The file holds no tensor.
  case noTensors
  /// Several entries hold tensors, and none has the usual name of a state dictionary.
  case severalStateDictionaries(names: [String])
  /// No tensor has this name.
  case missingTensor(name: String, examples: [String])
  /// A tensor has another shape than the caller's.
  case wrongShape(name: String, found: [Int], expected: [Int])
  /// The checkpoint's tensors are not those of the network.
  case misfit(network: String, CheckpointMisfit)
  /// No tensor of the network begins with a prefix that was to be left out.
  case nothingToLeaveOut(prefix: String, examples: [String])

  /// One sentence: what is wrong, where, and what to do.
  ///
  /// Names come from the file: their control characters are written as escapes, and only the ends of a very long
  /// text remain, so that a hostile file can neither steer a terminal nor flood it.
  public var description: String {
    let scalars = sentence.unicodeScalars
    guard scalars.count > Self.longestText else { return Self.escaped(scalars[...]) }
    return Self.escaped(scalars.prefix(Self.keptText)) + " … " + Self.escaped(scalars.suffix(Self.keptText))
  }

  private static func escaped(_ scalars: Substring.UnicodeScalarView) -> String {
    scalars.reduce(into: "") { text, scalar in
      text += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
  }

  /// Four lines of a terminal, and what remains of either end of a longer text: it holds all words of ours.
  private static let longestText = 400
  private static let keptText = 190

  private var sentence: String {
    switch self {
    case .unreadable(let path, let reason): "\(path) cannot be read (\(reason)): check path and permissions"
    case .unwritable(let path, let reason):
      "\(path) cannot be written (\(reason)): check folder, permissions and free space"
    case .unknownFormat:
      "this is no checkpoint in safetensors or PyTorch format: save the network's state dictionary in one of them"
    case .archive(let error): "the checkpoint cannot be read: \(error)"
    case .truncated(let place): "the checkpoint ends too early (\(place)): fetch it again"
    case .damaged(let detail): "the checkpoint is damaged (\(detail)): fetch it again"
    case .tooLarge(let quantity, let limit):
      "the checkpoint has more \(quantity) than the bound of \(limit): check its origin"
    case .refused(let request):
      "the checkpoint asks for \(request), and only tensors in plain containers are read: save just the state"
        + " dictionary, torch.save(model.state_dict(), path)"
    case .unsupported(let detail):
      "the checkpoint holds \(detail), which is not read: save it again as dense tensors of common number types"
    case .duplicateName(let name):
      "two tensors of the checkpoint are called \(name): save it with distinct names"
    case .noTensors: "the checkpoint holds no tensor: save a network's state dictionary"
    case .severalStateDictionaries(let names):
      "several entries of the checkpoint hold tensors (\(names.joined(separator: ", "))): save the network's state"
        + " dictionary alone or as state_dict"
    case .missingTensor(let name, let examples):
      "the checkpoint has no tensor \(name); its names are like \(examples.joined(separator: ", ")): check that it"
        + " belongs to this model"
    case .wrongShape(let name, let found, let expected):
      "tensor \(name) of the checkpoint has the shape \(found), not \(expected): check that it belongs to this model"
    case .misfit(let network, let misfit): misfit.sentence(network: network)
    case .nothingToLeaveOut(let prefix, let examples):
      "the network has no tensor that begins with \(prefix) to leave out; its names are like"
        + " \(examples.joined(separator: ", ")): check the spelling"
    }
  }
}
