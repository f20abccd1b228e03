"""Writes the operators that NanoDet and MoveNet need as ONNX.

TensorFlow convolves in NHWC, and the graph was itself made from an NCHW one, so it is full of
transposes that undo each other. A `Value` therefore carries its permutation and its zero padding
along without applying them; they are written out only where an operator really sees them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .tfjs_graph import Node, TfjsGraph

TO_NCHW = (0, 3, 1, 2)
TO_NHWC = (0, 2, 3, 1)


@dataclass(frozen=True)
class Value:
    """The tensor `name`, transposed by `order`, then padded by `pads` [(before, after) per axis]."""

    name: str
    order: tuple[int, ...] | None = None
    pads: tuple[tuple[int, int], ...] | None = None

    def transposed(self, order: tuple[int, ...]) -> Value:
        combined = order if self.order is None else tuple(self.order[axis] for axis in order)
        pads = None if self.pads is None else tuple(self.pads[axis] for axis in order)
        return replace(self, order=None if combined == tuple(range(len(combined))) else combined, pads=pads)


class Emitter:
    """Collects ONNX nodes for the TensorFlow nodes it is given, inputs before users."""

    def __init__(self, graph: TfjsGraph) -> None:
        self.graph = graph
        self.values: dict[str, Value] = {}
        self.folded: dict[str, np.ndarray] = dict(graph.constants)
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []
        self.conv_of: dict[str, onnx.NodeProto] = {}
        self.handlers: dict[str, Callable[[Node], None]] = {
            "Transpose": self.transpose,
            "Pad": self.pad,
            "PadV2": self.pad,
            "Conv2D": self.convolution,
            "_FusedConv2D": self.convolution,
            "DepthwiseConv2dNative": self.convolution,
            "FusedDepthwiseConv2dNative": self.convolution,
            "MaxPool": self.max_pool,
            "Add": self.add,
            "AddV2": self.add,
            "LeakyRelu": self.leaky_relu,
            "Sigmoid": lambda node: self.unary(node, "Sigmoid"),
            "Identity": lambda node: self.alias(node, self.values[node.inputs[0]]),
            "ConcatV2": self.concat,
            "SplitV": self.split,
            "Reshape": self.reshape,
            "ResizeBilinear": self.resize,
            "SparseToDense": self.sparse_to_dense,
        }

    def emit(self, node: Node) -> None:
        if node.op not in self.handlers:
            raise ValueError(f"no rule for {node.op} ({node.name})")
        self.handlers[node.op](node)

    # Values and constants

    def alias(self, node: Node, value: Value) -> None:
        self.values[node.name] = value

    def apply(self, op: str, inputs: list[str], name: str, outputs: int = 1, **attributes) -> list[str]:
        names = [name] if outputs == 1 else [f"{name}_{index}" for index in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, name=name, **attributes))
        return names

    def plain(self, value: Value) -> str:
        """The tensor as an operator sees it, with the pending transpose written out."""
        if value.pads is not None:
            raise ValueError(f"{value.name}: padding reaches an operator that cannot pad")
        if value.order is None:
            return value.name
        return self.apply("Transpose", [value.name], f"{value.name}_t{len(self.nodes)}", perm=value.order)[0]

    def constant(self, array: np.ndarray, name: str) -> str:
        """An initializer; kernels are stored as fp16 and widened in the graph."""
        if array.dtype == np.float32 and array.ndim == 4:
            self.initializers.append(numpy_helper.from_array(array.astype(np.float16), f"{name}_fp16"))
            return self.apply("Cast", [f"{name}_fp16"], name, to=TensorProto.FLOAT)[0]
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def ints(self, value: str) -> list[int]:
        return [int(number) for number in self.folded[value].reshape(-1)]

    # Operators

    def transpose(self, node: Node) -> None:
        self.alias(node, self.values[node.inputs[0]].transposed(tuple(self.ints(node.inputs[1]))))

    def pad(self, node: Node) -> None:
        fill = float(self.folded[node.inputs[2]]) if len(node.inputs) > 2 else 0.0
        users = [user for user in self.graph.nodes.values() if node.name in user.inputs]
        while len(users) == 1 and users[0].op == "Transpose":
            (user,) = users
            users = [later for later in self.graph.nodes.values() if user.name in later.inputs]
        # Convolution pads with 0 and MaxPool ignores its padding, so the fill has to be theirs.
        expected = {"Conv2D": 0.0, "MaxPool": -np.inf}
        if not users or any(expected.get(user.op) != fill for user in users):
            raise ValueError(f"{node.name} pads with {fill} for {[user.op for user in users]}")
        pairs = self.folded[node.inputs[1]].tolist()
        pads = tuple((int(before), int(after)) for before, after in pairs)
        self.alias(node, replace(self.values[node.inputs[0]], pads=pads))

    def window(self, node: Node) -> tuple[str, list[int], list[int]]:
        """NCHW input, strides and ONNX pads of a window operator.

        SAME of TensorFlow puts the odd pixel of padding at the end. With stride 2 its amount depends
        on the size of the picture: even sizes are taken for granted, as every layer of MoveNet has.
        """
        value = self.values[node.inputs[0]].transposed(TO_NCHW)
        strides = node.ints("strides")[1:3]
        rows, columns = value.pads[2:] if value.pads else ((0, 0), (0, 0))
        if node.text("padding") == "SAME":
            if value.pads or any(stride > 2 for stride in strides):
                raise ValueError(f"{node.name}: SAME after padding, or with a stride above 2")
            sizes = self.folded[node.inputs[1]].shape[:2]
            totals = [max(size - stride, 0) for size, stride in zip(sizes, strides, strict=True)]
            rows, columns = ((total // 2, total - total // 2) for total in totals)
        elif node.text("padding") != "VALID":
            raise ValueError(f"{node.name}: padding {node.text('padding')} is not handled")
        pads = [rows[0], columns[0], rows[1], columns[1]]
        return self.plain(replace(value, pads=None)), strides, pads

    def convolution(self, node: Node) -> None:
        """A convolution, depthwise or not, with the bias and the activation fused into it."""
        source, strides, pads = self.window(node)
        kernel = self.folded[node.inputs[1]]
        group = 1
        if "Depthwise" in node.op:
            rows, columns, group, multiplier = kernel.shape
            kernel = kernel.reshape(rows, columns, 1, group * multiplier)
        weights = self.constant(kernel.transpose(3, 2, 0, 1), f"{node.name}_w")
        # Named only where it matters, so that the detector's file stays as it is.
        grouping = {"group": group} if group > 1 else {}
        (name,) = self.apply(
            "Conv", [source, weights], node.name, strides=strides, pads=pads,
            kernel_shape=kernel.shape[:2], dilations=node.ints("dilations")[1:3], **grouping,
        )
        self.conv_of[node.name] = self.nodes[-1]
        self.alias(node, Value(name, TO_NHWC))
        for fused in node.texts("fused_ops"):
            if fused == "BiasAdd":
                self.conv_of.pop(node.name).input.append(
                    self.constant(self.folded[node.inputs[2]], f"{node.name}_b")
                )
            elif fused in ("Relu", "Relu6"):
                self.rectify(node, 6.0 if fused == "Relu6" else None)
            else:
                raise ValueError(f"{node.name}: {fused} is not handled")

    def rectify(self, node: Node, most: float | None) -> None:
        value = self.values[node.name]
        if most is None:
            (name,) = self.apply("Relu", [value.name], f"{node.name}_relu")
        else:
            low = self.constant(np.float32(0), f"{node.name}_low")
            high = self.constant(np.float32(most), f"{node.name}_high")
            (name,) = self.apply("Clip", [value.name, low, high], f"{node.name}_relu")
        self.alias(node, replace(value, name=name))

    def max_pool(self, node: Node) -> None:
        source, strides, pads = self.window(node)
        (name,) = self.apply(
            "MaxPool", [source], node.name, strides=strides, pads=pads, kernel_shape=node.ints("ksize")[1:3]
        )
        self.alias(node, Value(name, TO_NHWC))

    def add(self, node: Node) -> None:
        left, right = node.inputs
        if left in self.folded and right in self.folded:
            self.folded[node.name] = self.folded[left] + self.folded[right]
        elif right in self.folded and left in self.conv_of:
            self.conv_of[left].input.append(self.constant(self.folded[right], right))
            self.alias(node, self.values[left])
        else:
            first, second = self.values[left], self.values[right]
            if first.order != second.order:
                first, second = Value(self.plain(first)), Value(self.plain(second))
            (name,) = self.apply("Add", [first.name, second.name], node.name)
            self.alias(node, Value(name, first.order))

    def unary(self, node: Node, op: str, **attributes) -> None:
        value = self.values[node.inputs[0]]
        (name,) = self.apply(op, [value.name], node.name, **attributes)
        self.alias(node, replace(value, name=name))

    def leaky_relu(self, node: Node) -> None:
        self.unary(node, "LeakyRelu", alpha=node.attributes["alpha"]["f"])

    def concat(self, node: Node) -> None:
        *parts, axis = node.inputs
        sources = [self.plain(self.values[part]) for part in parts]
        (name,) = self.apply("Concat", sources, node.name, axis=self.ints(axis)[0])
        self.alias(node, Value(name))

    def split(self, node: Node) -> None:
        sizes = self.constant(self.folded[node.inputs[1]].astype(np.int64), f"{node.name}_sizes")
        source = self.plain(self.values[node.inputs[0]])
        axis = self.ints(node.inputs[2])[0]
        count = len(self.ints(node.inputs[1]))
        names = self.apply("Split", [source, sizes], node.name, count, axis=axis)
        for index, name in enumerate(names):
            self.values[node.name if index == 0 else f"{node.name}:{index}"] = Value(name)

    def reshape(self, node: Node) -> None:
        shape = self.constant(self.folded[node.inputs[1]].astype(np.int64), f"{node.name}_shape")
        (name,) = self.apply("Reshape", [self.plain(self.values[node.inputs[0]]), shape], node.name)
        self.alias(node, Value(name))

    def resize(self, node: Node) -> None:
        if not node.flag("half_pixel_centers") or node.flag("align_corners"):
            raise ValueError(f"{node.name}: only half-pixel centres are handled")
        source = self.plain(self.values[node.inputs[0]].transposed(TO_NCHW))
        size = self.constant(self.folded[node.inputs[1]].astype(np.int64), f"{node.name}_size")
        shape = self.apply("Shape", [source], f"{node.name}_shape", start=0, end=2)
        sizes = self.apply("Concat", [*shape, size], f"{node.name}_sizes", axis=0)
        (name,) = self.apply("Resize", [source, "", "", *sizes], node.name, mode="linear")
        self.alias(node, Value(name, TO_NHWC))

    def sparse_to_dense(self, node: Node) -> None:
        indices, shape, _, fill = node.inputs
        if self.folded[indices].size:
            raise ValueError(f"{node.name}: only the empty case is handled")
        self.folded[node.name] = np.full(self.ints(shape), self.folded[fill])
