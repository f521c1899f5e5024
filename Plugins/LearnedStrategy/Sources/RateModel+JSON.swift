import CurveModel
public import StrategyKit

extension RateModel {
  /// The version of the file's form.
  public static let format = 1

  /// Reads a model's file.
  ///
  /// - Throws: ``StrategyError`` that says what is wrong with it.
  public init(parsing bytes: [UInt8]) throws(StrategyError) {
    let file: JSONValue
    do throws(CurveError) { file = try JSONValue(parsing: bytes) } catch {
      throw StrategyError("the model of learned cannot be read: \(error)")
    }
    guard file["format"]?.integer == Self.format else {
      throw StrategyError("the model of learned is of another format than \(Self.format)")
    }
    guard let readings = file["readings"]?.elements, let families = file["families"]?.elements,
      let tasks = file["tasks"]?.integer, let rangeTests = file["rangeTests"]?.integer
    else { throw StrategyError("the model of learned lacks its readings, families, tasks or range tests") }
    var read: [Reading] = []
    for reading in readings { read.append(try Reading(reading)) }
    self.init(
      readings: read, families: families.compactMap(\.string), tasks: tasks, rangeTests: rangeTests,
      fineTuning: try file["fineTuning"].map { trial throws(StrategyError) in try FineTuningTrial(trial) })
  }

  /// The file: JSON, an input a line, ending with a line break.
  public var text: String {
    let readings = readings.map { reading in
      "    {\"name\": \(JSONValue.string(reading.name).text), \"fits\": [\n"
        + reading.fits.map(Self.text(of:)).joined(separator: ",\n") + "\n    ]}"
    }
    return """
      {
        "format": \(Self.format),
        "tasks": \(tasks), "rangeTests": \(rangeTests),
        "families": \(JSONValue.array(families.map(JSONValue.string)).text),
        "readings": [
      \(readings.joined(separator: ",\n"))
        ]\(fineTuning.map { ",\n  \"fineTuning\": " + $0.text } ?? "")
      }

      """
  }

  private static func text(of fit: Fit) -> String {
    let inputs = fit.inputs.map { input in
      let members: [JSONValue.Member] = [
        .init("input", .string(input.quantity.name)), .init("coefficient", .number(input.coefficient)),
        .init("mean", .number(input.mean)), .init("lowest", .number(input.lowest)),
        .init("highest", .number(input.highest)),
      ]
      return "        " + JSONValue.object(members).text
    }
    let leftOut = fit.leftOut.map(JSONValue.string) ?? .null
    return """
            {"leftOut": \(leftOut.text), "intercept": \(JSONValue.text(of: fit.intercept)), \
      "below": \(JSONValue.text(of: fit.below)), "above": \(JSONValue.text(of: fit.above)), "inputs": [
      \(inputs.joined(separator: ",\n"))
            ]}
      """
  }
}

extension RateModel.Reading {
  fileprivate init(_ value: JSONValue) throws(StrategyError) {
    guard let name = value["name"]?.string, let fits = value["fits"]?.elements else {
      throw StrategyError("a reading of the model of learned lacks its name or its fits")
    }
    var read: [RateModel.Fit] = []
    for fit in fits { read.append(try RateModel.Fit(fit)) }
    self.init(name: name, fits: read)
  }
}

extension RateModel.Fit {
  fileprivate init(_ value: JSONValue) throws(StrategyError) {
    guard let intercept = value["intercept"]?.double, let below = value["below"]?.double,
      let above = value["above"]?.double, let inputs = value["inputs"]?.elements
    else { throw StrategyError("a fit of the model of learned lacks its intercept, interval or inputs") }
    var read: [RateModel.Input] = []
    for input in inputs { read.append(try RateModel.Input(input)) }
    self.init(
      leftOut: value["leftOut"]?.string, intercept: intercept, inputs: read, below: below, above: above)
  }
}

extension RateModel.Input {
  fileprivate init(_ value: JSONValue) throws(StrategyError) {
    guard let name = value["input"]?.string, let quantity = RateModel.Quantity(name: name),
      let coefficient = value["coefficient"]?.double, let mean = value["mean"]?.double,
      let lowest = value["lowest"]?.double, let highest = value["highest"]?.double,
      [coefficient, mean, lowest, highest].allSatisfy(\.isFinite)
    else { throw StrategyError("an input of the model of learned is unknown or incomplete: \(value.text)") }
    self.init(quantity: quantity, coefficient: coefficient, mean: mean, lowest: lowest, highest: highest)
  }
}

extension RateModel.Quantity {
  /// The name in files.
  public var name: String {
    switch self {
    case .feature(let feature): feature.rawValue
    case .isSGD: "is-sgd"
    case .isRMSProp: "is-rmsprop"
    case .isPeak: "is-peak"
    case .trainingSteps: "log10-training-steps"
    }
  }

  /// Finds a quantity by its name.
  public init?(name: String) {
    let others: [Self] = [.isSGD, .isRMSProp, .isPeak, .trainingSteps]
    if let other = others.first(where: { $0.name == name }) {
      self = other
    } else if let feature = CurveFeature(rawValue: name) {
      self = .feature(feature)
    } else {
      return nil
    }
  }
}

extension JSONValue {
  /// The elements, if this is a list.
  var elements: [JSONValue]? {
    switch self {
    case .array(let elements): elements
    case .numbers(let numbers): numbers.map(JSONValue.number)
    default: nil
    }
  }
}
