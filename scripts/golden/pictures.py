"""Makes the pictures and resized pictures of Tests/ImageCodecTests/Fixtures, with Pillow.

    python3 -m venv ENV && ENV/bin/pip install pillow==13.0.0 && ENV/bin/python scripts/golden/pictures.py

The pictures are drawn here; no photograph is among them.
"""

import json
import math
import struct
from pathlib import Path

from PIL import Image, __version__

FOLDER = Path(__file__).resolve().parents[2] / "Tests/ImageCodecTests/Fixtures"
SIDES = (97, 64)
TARGET = 24


def drawing(mode):
    """Soft waves, so that lossy packing changes little, with one sharp corner that says where up is."""
    image = Image.new("RGB", SIDES)
    for y in range(SIDES[1]):
        for x in range(SIDES[0]):
            wave = [round(127 + 100 * math.sin(x / 9 + c) * math.cos(y / 11 - c)) for c in range(3)]
            image.putpixel((x, y), (250, 20, 20) if x < 20 and y < 12 else tuple(wave))
    return image.convert(mode)


def resized(image):
    """fastai's Resize(24) of a validation picture: the largest square in the middle, then bilinear."""
    width, height = image.size
    side = int(min(width / TARGET, height / TARGET) * TARGET)
    left, top = int(0.5 * (width - side)), int(0.5 * (height - side))
    return image.convert("RGB").crop((left, top, left + side, top + side)).resize((TARGET, TARGET), Image.BILINEAR)


def main():
    kinds = {
        "rgb": ("RGB", {}),
        "full-colour": ("RGB", {"subsampling": 0}),
        "half-colour": ("RGB", {"subsampling": 1}),
        "progressive": ("RGB", {"progressive": True}),
        "grey": ("L", {}),
        "cmyk": ("CMYK", {}),
        "restarts": ("RGB", {"restart_marker_blocks": 2}),
    }
    header, body = {"__metadata__": {"made_by": f"Pillow {__version__}, centre crop, bilinear", "layout": "HWC uint8 RGB"}}, b""
    (FOLDER / "pictures").mkdir(parents=True, exist_ok=True)
    (FOLDER / "tensors").mkdir(parents=True, exist_ok=True)
    for name, (mode, options) in kinds.items():
        path = FOLDER / "pictures" / f"{name}.jpg"
        drawing(mode).save(path, quality=92, **options)
        pixels = resized(Image.open(path)).tobytes()
        header[f"{name}.jpg|resize{TARGET}"] = {
            "dtype": "U8", "shape": [TARGET, TARGET, 3], "data_offsets": [len(body), len(body) + len(pixels)]
        }
        body += pixels
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        drawing("RGB").save(FOLDER / "pictures" / f"orientation-{orientation}.jpg", quality=92, subsampling=0, exif=exif)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    (FOLDER / "tensors/picture-resize.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + body)


main()
