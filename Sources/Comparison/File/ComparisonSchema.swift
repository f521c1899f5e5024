internal import CurveModel
internal import DatasetKit
internal import DocumentFiles
public import StrategyRegistry

/// The JSON Schema of comparison files, made of the table of keys that the reader uses.
public struct ComparisonSchema: Sendable {
  /// The schema, draft 2020-12, as indented JSON with a final line break.
  public let text: String

  /// Writes the schema.
  ///
  /// - Parameter catalog: the strategies there are.
  public init(catalog: StrategyCatalog = .builtIn) {
    let form = ComparisonForm(datasets: Dataset.names, strategies: catalog.names)
    let header: [JSONValue.Member] = [
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")),
      .init("title", .string("A comparison of suggest, version \(ComparisonForm.version)")),
    ]
    let either = ["matrix", "base"].map { key in
      JSONValue.object([.init("required", .array([.string(key)]))])
    }
    text =
      JSONValue.object(header + form.shape.schema + [.init("anyOf", .array(either))]).indentedText() + "\n"
  }
}

extension FormShape {
  /// The members of this form's schema.
  var schema: [JSONValue.Member] {
    switch self {
    case .word(let choices, _): [.init("enum", .array(choices.map(JSONValue.string)))]
    case .wordOrPath(let choices, _, _):
      [
        .init(
          "anyOf",
          .array([
            .object([.init("enum", .array(choices.map(JSONValue.string)))]),
            .object([.init("type", .string("string")), .init("pattern", .string("/"))]),
          ]))
      ]
    case .text(_, let examples):
      [
        .init("type", .string("string")), .init("minLength", .number(1)),
        .init("examples", .array(examples.map(JSONValue.string))),
      ]
    case .whole(let range):
      [
        .init("type", .string("integer")), .init("minimum", .number(Double(range.lowerBound))),
        .init("maximum", .number(Double(range.upperBound))),
      ]
    case .number(let limits):
      [
        .init("type", .string("number")),
        .init(limits.excludesLeast ? "exclusiveMinimum" : "minimum", .number(limits.least)),
        .init(limits.excludesMost ? "exclusiveMaximum" : "maximum", .number(limits.most)),
      ]
    case .flag: [.init("type", .string("boolean"))]
    case .list(let element):
      [
        .init("type", .string("array")), .init("minItems", .number(1)),
        .init("items", .object(element.schema)),
      ]
    case .mapping(let keys): Self.schema(of: keys)
    case .settings:
      [
        .init("type", .string("object")),
        .init("additionalProperties", .object([.init("anyOf", .array(Self.settingSchemas))])),
      ]
    case .anyOf(let shapes): [.init("anyOf", .array(shapes.map { .object($0.schema) }))]
    }
  }

  private static func schema(of keys: [FormKey]) -> [JSONValue.Member] {
    let properties = keys.map { key in
      JSONValue.Member(
        key.name,
        .object(
          [.init("description", .string(key.summary))] + key.shape.schema
            + (key.defaultValue.map { [.init("default", $0)] } ?? [])))
    }
    let required = keys.filter(\.isRequired).map { JSONValue.string($0.name) }
    return [
      .init("type", .string("object")), .init("additionalProperties", .bool(false)),
      .init("minProperties", .number(1)),
    ] + (required.isEmpty ? [] : [.init("required", .array(required))]) + [
      .init("properties", .object(properties))
    ]
  }

  private static let settingSchemas: [JSONValue] = {
    let scalar = JSONValue.Member("type", .array(["string", "number", "boolean"].map(JSONValue.string)))
    return [
      .object([scalar]),
      .object([
        .init("type", .string("array")), .init("minItems", .number(1)), .init("items", .object([scalar])),
      ]),
    ]
  }()
}

extension JSONValue {
  /// The JSON text with two spaces for every level; lists of scalars on one line.
  func indentedText(_ indentation: String = "") -> String {
    let inner = indentation + "  "
    switch self {
    case .object(let members) where !members.isEmpty:
      let lines = members.map { "\(inner)\(Self.quoted($0.name)): \($0.value.indentedText(inner))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indentation)}"
    case .array(let values) where values.contains(where: \.isCompound):
      return "[\n\(values.map { inner + $0.indentedText(inner) }.joined(separator: ",\n"))\n\(indentation)]"
    default: return text
    }
  }

  private var isCompound: Bool {
    switch self {
    case .object, .array: true
    default: false
    }
  }
}
