"""Builds ONNX graphs node by node, their weights streamed to a data file as they are added."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor

from .quantize import BLOCK, quantize
from .weights import Weights

CONTRIB = "com.microsoft"
FLOAT, HALF = TensorProto.FLOAT, TensorProto.FLOAT16
INT32, INT64 = TensorProto.INT32, TensorProto.INT64
# Tensors smaller than this stay inside the .onnx file.
INLINE_BYTES = 1024


@dataclass(frozen=True)
class Precision:
    """What weights are stored as, and what products are computed in."""

    # 4 or 8: matrices are quantized in blocks; None: they are stored as numbers.
    bits: int | None
    half: bool

    @property
    def type(self) -> int:
        return HALF if self.half else FLOAT


class DataFile:
    """One external data file: appended to, hashed on the way."""

    def __init__(self, path: Path):
        self.path = path
        self._file = path.open("wb")
        self._hash = hashlib.sha256()
        self.bytes = 0
        self.largest = 0

    def append(self, data: bytes) -> tuple[int, int]:
        """→ offset and length"""
        padding = -self.bytes % 64
        self._write(b"\0" * padding)
        offset = self.bytes
        self._write(data)
        self.largest = max(self.largest, len(data))
        return offset, len(data)

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._hash.update(data)
        self.bytes += len(data)

    def close(self) -> str:
        self._file.close()
        return self._hash.hexdigest()


class GraphBuilder:
    """Nodes in order. The stream between blocks is f32; products run in the bundle's precision."""

    def __init__(self, name: str, weights: Weights, precision: Precision, data: DataFile):
        self.name = name
        self.weights = weights
        self.precision = precision
        self.data = data
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: dict[str, onnx.TensorProto] = {}
        # Stored as halves: a Cast makes them f32.
        self._widened: set[str] = set()
        self._inputs: list[onnx.ValueInfoProto] = []
        self._outputs: list[onnx.ValueInfoProto] = []
        self._count = 0

    # Borders

    def input(self, name: str, kind: int, shape: list) -> str:
        self._inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, value: str, name: str, kind: int, shape: list) -> None:
        self._nodes.append(helper.make_node("Identity", [value], [name]))
        self._outputs.append(helper.make_tensor_value_info(name, kind, shape))

    def produces(self, name: str, kind: int, shape: list) -> str:
        """An output that a node writes itself, without a copy."""
        self._outputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    # Nodes

    def node(self, op: str, inputs: list[str], outputs: int | list[str] = 1, domain="", **attributes):
        """→ the name of its only output, or the list of them"""
        names = outputs if isinstance(outputs, list) else [self._fresh(op) for _ in range(outputs)]
        self._nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        return names[0] if len(names) == 1 else names

    def contrib(self, op: str, inputs: list[str], outputs: int | list[str] = 1, **attributes):
        return self.node(op, inputs, outputs, domain=CONTRIB, **attributes)

    def ints(self, *values: int) -> str:
        key = "ints_" + "_".join(map(str, values))
        return self.constant(key, np.array(values, np.int64))

    def constant(self, key: str, array: np.ndarray) -> str:
        if key not in self._initializers:
            self._initializers[key] = self._tensor(key, array)
        return key

    def cast(self, value: str, kind: int) -> str:
        return self.node("Cast", [value], to=kind)

    # Weights

    def vector(self, name: str) -> str:
        """A weight as f32: gains, biases, positions."""
        return self.stored(name, self.weights.get(name))

    def norm(self, x: str, name: str, eps: float) -> str:
        gain, bias = self.vector(f"{name}.weight"), self.vector(f"{name}.bias")
        return self.node("LayerNormalization", [x, gain, bias], axis=-1, epsilon=eps)

    def linear(self, x: str, name: str, bias: bool = True) -> str:
        """x · Wᵀ + b over the last axis, f32 in and out."""
        weight = self.weights.get(f"{name}.weight")
        offset = self.weights.get(f"{name}.bias") if bias else None
        return self.product(x, name, weight.flatten(1), offset)

    def product(self, x: str, name: str, weight: Tensor, bias: Tensor | None = None) -> str:
        """The same with weights [N, K] that are here already."""
        y = self.from_precision(self.bare_product(self.to_precision(x), name, weight))
        return y if bias is None else self.node("Add", [y, self.stored(f"{name}.bias", bias)])

    def to_precision(self, x: str) -> str:
        return self.cast(x, HALF) if self.precision.half else x

    def from_precision(self, x: str) -> str:
        return self.cast(x, FLOAT) if self.precision.half else x

    def bare_product(self, x: str, name: str, weight: Tensor) -> str:
        """x · Wᵀ in the bundle's precision."""
        rows, inputs = weight.shape
        bits = self.precision.bits
        if bits is None:
            return self.node("MatMul", [x, self._matrix(f"{name}.weight", weight.T.contiguous())])
        packed, scales = quantize(weight, bits)
        scale_type = np.float16 if self.precision.half else np.float32
        return self.contrib(
            "MatMulNBits",
            [
                x,
                self.constant(f"{name}.weight", packed.numpy()),
                self.constant(f"{name}.scales", scales.numpy().astype(scale_type)),
            ],
            K=inputs,
            N=rows,
            bits=bits,
            block_size=BLOCK,
        )

    def _matrix(self, name: str, value: Tensor) -> str:
        if self.precision.half:
            return self.constant(name, value.half().numpy())
        return self.stored(name, value)

    def stored(self, name: str, value: Tensor) -> str:
        """f32; numbers that are halves anyway are stored as such, which loses nothing."""
        if name in self._widened:
            return name
        half = value.half()
        if value.numel() * 4 > INLINE_BYTES and torch.equal(half.float(), value):
            small = self.constant(f"{name}.half", half.numpy())
            self.node("Cast", [small], [name], to=FLOAT)
            self._widened.add(name)
            return name
        return self.constant(name, value.numpy())

    # Files

    def _tensor(self, name: str, array: np.ndarray) -> onnx.TensorProto:
        array = np.asarray(array, order="C")
        if array.nbytes <= INLINE_BYTES:
            return onnx.numpy_helper.from_array(array, name)
        offset, length = self.data.append(array.tobytes())
        kind = helper.np_dtype_to_tensor_dtype(array.dtype)
        tensor = TensorProto(name=name, data_type=kind, dims=array.shape)
        tensor.data_location = TensorProto.EXTERNAL
        for key, text in (("location", self.data.path.name), ("offset", offset), ("length", length)):
            tensor.external_data.add(key=key, value=str(text))
        return tensor

    def write(self, path: Path) -> None:
        tensors = list(self._initializers.values())
        graph = helper.make_graph(self._nodes, self.name, self._inputs, self._outputs, tensors)
        opsets = [helper.make_opsetid("", 20), helper.make_opsetid(CONTRIB, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=10)
        model.producer_name = "av-reasoner-web"
        path.write_bytes(model.SerializeToString(deterministic=True))

    def _fresh(self, op: str) -> str:
        self._count += 1
        return f"{op}_{self._count}"
