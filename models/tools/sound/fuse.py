"""Two towers as one graph: onsets and ESC-10's classes from both, the other classes from the broad one.

Where both speak, their logits are averaged.

python -m models.tools.sound.fuse BROAD.onnx NARROW.onnx --onnx OUT.onnx

Both are graphs that `export` wrote. Weights are stored in half precision (models/tools/half.py), so the
result is no larger than one of the two; the largest change of an output is printed. NARROW has met more
of ESC-10 and less of everything else, and would only veto what it does not know.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import compose, helper, numpy_helper

from models.tools.half import store_half

from .bank import ESC_CLASS, LABELS
from .export import SERVED, open_session, write_config
from .features import FEATURES

OUTPUTS = ("onset", "activity", "class_onset")
# The share of the narrow tower in each class.
SHARES = np.array([0.5 if name in ESC_CLASS.values() else 0.0 for name in LABELS], np.float32)


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
    for output in OUTPUTS:
        kept += [
            helper.make_node("Mul", [logits[f"first_{output}"], f"{output}_broad"], [f"{output}_a"]),
            helper.make_node("Mul", [logits[f"second_{output}"], f"{output}_narrow"], [f"{output}_b"]),
            helper.make_node("Add", [f"{output}_a", f"{output}_b"], [f"{output}_mean"]),
            helper.make_node("Sigmoid", [f"{output}_mean"], [output]),
        ]
        share = np.array([0.5], np.float32) if output == "onset" else SHARES
        graph.initializer.append(numpy_helper.from_array(1 - share, f"{output}_broad"))
        graph.initializer.append(numpy_helper.from_array(share, f"{output}_narrow"))
    del graph.node[:], graph.output[:], graph.value_info[:]
    graph.node.extend(kept)
    graph.output.extend(first.graph.output)
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
        got, *want = (s.run(list(OUTPUTS), {"mel": mel}) for s in sessions)
        for k, values in enumerate(got):
            a, b = (logit(w[k].astype(np.float64)) for w in want)
            share = 0.5 if k == 0 else SHARES
            mean = (1 - share) * a + share * b
            worst = max(worst, float(np.abs(values - 1 / (1 + np.exp(-mean))).max()))
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("towers", type=Path, nargs=2)
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
