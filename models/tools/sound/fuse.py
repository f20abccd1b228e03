"""Two towers as one graph, which says the mean of their logits, and their fingerprints one behind the other.

python -m models.tools.sound.fuse ONE.onnx OTHER.onnx --onnx OUT.onnx

Both are graphs that `export` wrote. Weights are stored in half precision (models/tools/half.py); the largest
change of an output is printed. What is served is the mean of the two towers of the cross-validation: of every
fold of ESC-10 one of the two has learnt, and each of them is measured on what it has not heard.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import compose, helper, numpy_helper

from models.tools.half import store_half

from .export import FOLD12, FOLD34, OUTPUTS, SERVED, open_session, write_config
from .features import FEATURES

LOGITS = OUTPUTS[:3]


def fuse(first: onnx.ModelProto, second: onnx.ModelProto) -> onnx.ModelProto:
    parts = [compose.add_prefix(model, f"{name}_") for name, model in (("first", first), ("second", second))]
    graph = parts[0].graph
    for part, name in zip(parts, ("first", "second")):
        for node in part.graph.node:
            node.input[:] = ["mel" if i == f"{name}_mel" else i for i in node.input]
    graph.node.extend(parts[1].graph.node)
    graph.initializer.extend(parts[1].graph.initializer)
    graph.input[0].CopyFrom(first.graph.input[0])
    logits = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Sigmoid"}
    kept = [node for node in graph.node if node.op_type != "Sigmoid"]
    for output in LOGITS:
        kept += [
            helper.make_node("Add", [logits[f"first_{output}"], logits[f"second_{output}"]], [f"{output}_sum"]),
            helper.make_node("Mul", [f"{output}_sum", "half"], [f"{output}_mean"]),
            helper.make_node("Sigmoid", [f"{output}_mean"], [output]),
        ]
    kept.append(helper.make_node("Concat", ["first_fingerprint", "second_fingerprint"], ["fingerprint"], axis=2))
    graph.initializer.append(numpy_helper.from_array(np.array([0.5], np.float32), "half"))
    del graph.node[:], graph.output[:], graph.value_info[:]
    graph.node.extend(kept)
    graph.output.extend(first.graph.output)
    graph.output[-1].type.tensor_type.shape.dim[2].dim_value *= 2
    model = parts[0]
    onnx.checker.check_model(model)
    return model


def compare(path: Path, sources: list[Path]) -> float:
    """→ the largest difference of a probability from what the two sources give."""
    logit = lambda p: np.log(np.clip(p, 1e-7, 1 - 1e-7) / (1 - np.clip(p, 1e-7, 1 - 1e-7)))  # noqa: E731
    g, worst = np.random.default_rng(0), 0.0
    sessions = [open_session(p) for p in (path, *sources)]
    for frames in (1, 3, 399):
        mel = g.uniform(-1.5, 2.5, (1, frames, FEATURES["melBins"])).astype(np.float32)
        got, *want = (s.run(list(LOGITS), {"mel": mel}) for s in sessions)
        for values, a, b in zip(got, *want):
            mean = (logit(a.astype(np.float64)) + logit(b.astype(np.float64))) / 2
            worst = max(worst, float(np.abs(values - 1 / (1 + np.exp(-mean))).max()))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("towers", type=Path, nargs="*", default=[FOLD12, FOLD34])
    parser.add_argument("--onnx", type=Path, default=SERVED)
    args = parser.parse_args()
    model = fuse(*(onnx.load(t) for t in args.towers))
    store_half(model)
    onnx.save(model, args.onnx)
    if args.onnx == SERVED:
        write_config()
    worst = compare(args.onnx, args.towers)
    if worst > 0.02:
        raise SystemExit(f"the fused graph is off by {worst}")
    print(f"{args.onnx}: {args.onnx.stat().st_size / 1e6:.2f} MB, off by at most {worst:.1e}")


if __name__ == "__main__":
    main()
