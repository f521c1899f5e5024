"""Pillow's side of the benchmark of pictures: decodes, crops and resizes photographs on request.

Takes a folder to write to and the files of photographs. First it writes each photograph, three times as large, to
large-N.jpg in the folder, and says which version of Pillow is there. Then it answers every line on standard input, the
files' set (original or large) and the result (picture or tensor), with the seconds that all files of the set took.
"""

import io
import sys
import time

import numpy
from PIL import Image, __version__

SIDE = 224
LARGER = 3


def picture(content):
    """The largest square in the middle, 224 pixels wide, as fastai's Resize(224) of a validation picture."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return image.crop((left, top, left + side, top + side)).resize((SIDE, SIDE), Image.BILINEAR)


MEAN = numpy.array([0.485, 0.456, 0.406], dtype=numpy.float32) * 255
DEVIATION = numpy.array([0.229, 0.224, 0.225], dtype=numpy.float32) * 255


def tensor(content):
    return (numpy.asarray(picture(content), dtype=numpy.float32) - MEAN) / DEVIATION


def read(path):
    with open(path, "rb") as file:
        return file.read()


folder, files = sys.argv[1], sys.argv[2:]
sets = {"original": [read(file) for file in files], "large": []}
for number, content in enumerate(sets["original"]):
    image = Image.open(io.BytesIO(content)).convert("RGB")
    path = f"{folder}/large-{number}.jpg"
    image.resize((LARGER * image.width, LARGER * image.height), Image.BICUBIC).save(path, quality=90)
    sets["large"].append(read(path))
print(f"Pillow {__version__}", flush=True)
for line in sys.stdin:
    name, result = line.split()
    work = {"picture": picture, "tensor": tensor}[result]
    start = time.perf_counter()
    for content in sets[name]:
        work(content)
    print(time.perf_counter() - start, flush=True)
