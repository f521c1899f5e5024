/// Why a model's name means nothing, or the model does not fit the data.
public enum ModelZooError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No model has this name; the valid forms that are spelled alike, the nearest first.
  case unknownModel(name: String, nearest: [String])
  /// The model needs pictures.
  case needsPictures(model: String, shape: String)
  /// The model needs sequences of character numbers.
  case needsSequences(model: String, shape: String)
  /// The heads of an attention do not divide its width.
  case headsDoNotDivide(model: String)
  /// The pictures are too small for the model's poolings.
  case picturesTooSmall(model: String, shape: String)

  /// One sentence: what is wrong and what to do.
  public var description: String {
    switch self {
    case .unknownModel(let name, let nearest):
      "there is no model \"\(name)\"\(nearest.first.map { ": did you mean \($0)? Valid" } ?? "; valid") forms are "
        + ModelSpecification.forms.joined(separator: ", ")
    case .needsPictures(let model, let shape):
      "\(model) needs pictures height×width×channels, not samples of shape \(shape): use mlp or logistic"
    case .needsSequences(let model, let shape):
      "\(model) needs sequences of character numbers, not samples of shape \(shape): use a data set of text, or"
        + " another model"
    case .headsDoNotDivide(let model):
      "the heads of \(model) do not divide its width: use, for example, transformer-width64-depth2-heads4"
    case .picturesTooSmall(let model, let shape):
      "pictures of \(shape) are too small for \(model): use fewer stages or mlp"
    }
  }
}
