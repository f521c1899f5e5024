"""Validates notebooks, runs them again, and compares what they print with the outputs they came with.

Usage: check-notebooks.py FOLDER
"""

import pathlib
import sys

import nbformat
from nbconvert.preprocessors import ExecutePreprocessor

folder = pathlib.Path(sys.argv[1])
notebooks = sorted(folder.glob("*.ipynb"))
if not notebooks:
    sys.exit(f"{folder}: there are no notebooks")


def printed(cell):
    return "".join(output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")


def pictures(cell):
    return sum("image/png" in output.get("data", {}) for output in cell.outputs)


for path in notebooks:
    kept = nbformat.read(path, as_version=4)
    nbformat.validate(kept)
    if (kept.nbformat, kept.nbformat_minor) != (4, 5):
        sys.exit(f"{path}: format {kept.nbformat}.{kept.nbformat_minor} instead of 4.5")
    again = nbformat.read(path, as_version=4)
    ExecutePreprocessor(timeout=120, kernel_name="python3").preprocess(again, {"metadata": {"path": str(folder)}})
    checked = 0
    for number, (before, after) in enumerate(zip(kept.cells, again.cells, strict=True), start=1):
        if before.cell_type != "code":
            continue
        if printed(before) != printed(after):
            sys.exit(f"{path}, cell {number}: it prints\n{printed(after)}instead of\n{printed(before)}")
        if pictures(before) != pictures(after):
            sys.exit(f"{path}, cell {number}: {pictures(after)} pictures instead of {pictures(before)}")
        checked += len(printed(before).splitlines())
    markdown = path.with_suffix(".md").read_text(encoding="utf-8")
    for line in markdown.splitlines():
        if line.startswith("![") and not (folder / line.rsplit("(", 1)[1].rstrip(")")).is_file():
            sys.exit(f"{path.with_suffix('.md')}: a picture is missing: {line}")
    print(f"{path.name}: valid, run again, {checked} printed lines the same")
