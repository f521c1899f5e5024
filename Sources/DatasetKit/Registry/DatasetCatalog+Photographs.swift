internal import TrainingEngine

/// Data sets of photographs.
extension DatasetCatalog {
  static let photographs = [
    pets(
      "pets", "photographs of cats and dogs of 37 breeds: which of the two", classNames: LabelRule.catOrDog,
      labels: .capitalInitial),
    pets(
      "pets-breeds", "photographs of cats and dogs: which of the 37 breeds", classNames: breeds,
      labels: .breed),
  ]

  /// The breeds of the Oxford-IIIT Pets as their files are named, in the order of bytes.
  private static let breeds = [
    "Abyssinian", "Bengal", "Birman", "Bombay", "British_Shorthair", "Egyptian_Mau", "Maine_Coon", "Persian",
    "Ragdoll", "Russian_Blue", "Siamese", "Sphynx", "american_bulldog", "american_pit_bull_terrier",
    "basset_hound", "beagle", "boxer", "chihuahua", "english_cocker_spaniel", "english_setter",
    "german_shorthaired", "great_pyrenees", "havanese", "japanese_chin", "keeshond", "leonberger",
    "miniature_pinscher", "newfoundland", "pomeranian", "pug", "saint_bernard", "samoyed", "scottish_terrier",
    "shiba_inu", "staffordshire_bull_terrier", "wheaten_terrier", "yorkshire_terrier",
  ]

  private static func pets(
    _ name: String, _ summary: String, classNames: [String], labels: LabelRule
  ) -> DatasetEntry {
    DatasetEntry(
      name, summary, family: "pets", .photographs(labels: labels, strata: .breed), shape: [224, 224, 3],
      outputs: classNames.count, train: 5913, validation: 1477, classNames: classNames,
      origin:
        "O. M. Parkhi, A. Vedaldi, A. Zisserman, C. V. Jawahar, Cats and Dogs, CVPR 2012 (Oxford-IIIT Pet)",
      licence: "CC BY-SA 4.0; the photographers keep their copyright",
      source: .archives([
        DatasetArchive(
          address: "https://www.robots.ox.ac.uk/~vgg/data/pets/data/images.tar.gz", size: 791_918_971,
          checksum: .sha256("67195c5e1c01f1ab5f9b6a5d22b8c27a580d896ece458917e61d459337fa318d"),
          photographFolder: "images"),
        DatasetArchive(
          address: "https://s3.amazonaws.com/fast-ai-imageclas/oxford-iiit-pet.tgz", size: 811_706_944,
          checksum: .md5("e4db5c768afd933bb91f5f594d7417a4"), photographFolder: "oxford-iiit-pet/images"),
      ]), folderName: "pets")
  }
}
