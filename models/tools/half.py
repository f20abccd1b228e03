"""Stores the weights of a graph in half precision: python -m models.tools.half FILE.onnx …

Every large float32 initializer becomes float16 followed by a Cast, which ONNX Runtime folds once when it
loads the graph. Files are half the size; the arithmetic stays float32, on any backend. Done in place, and
again without effect. Prints the largest difference of a weight.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

# Smaller ones are not worth a node; some are shapes and axes that must stay as they are.
LEAST = 64


def store_half(model: onnx.ModelProto) -> float:
    """Changes the model in place; returns the largest absolute change of a weight."""
    graph, casts, worst = model.graph, [], 0.0
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(tensor)
        if values.size < LEAST or np.abs(values).max() > 6e4:
            continue
        half = values.astype(np.float16)
        worst = max(worst, float(np.abs(half.astype(np.float32) - values).max()))
        name = tensor.name
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(half, f"{name}_half"))
        casts.append(helper.make_node("Cast", [f"{name}_half"], [name], to=TensorProto.FLOAT))
    for node in reversed(casts):
        graph.node.insert(0, node)
    return worst


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    for file in parser.parse_args().files:
        model = onnx.load(file)
        before = file.stat().st_size
        worst = store_half(model)
        onnx.checker.check_model(model)
        onnx.save(model, file)
        print(f"{file.name}: {before} → {file.stat().st_size} bytes, largest change of a weight {worst:.1e}")


if __name__ == "__main__":
    main()
