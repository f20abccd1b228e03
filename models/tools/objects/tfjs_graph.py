"""Reads a tfjs graph model: the nodes of its TensorFlow graph, and its constants as numpy arrays."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DTYPES = {"float32": np.float32, "int32": np.int32}


@dataclass(frozen=True)
class Node:
    name: str
    op: str
    inputs: list[str]
    attributes: dict

    def ints(self, key: str) -> list[int]:
        return [int(value) for value in self.attributes[key]["list"]["i"]]

    def text(self, key: str) -> str:
        return base64.b64decode(self.attributes[key]["s"]).decode()

    def texts(self, key: str) -> list[str]:
        values = self.attributes.get(key, {}).get("list", {}).get("s", [])
        return [base64.b64decode(value).decode() for value in values]

    def flag(self, key: str) -> bool:
        return bool(self.attributes.get(key, {}).get("b", False))


@dataclass(frozen=True)
class TfjsGraph:
    nodes: dict[str, Node]
    constants: dict[str, np.ndarray]

    def ordered(self, outputs: list[str], given: frozenset[str] = frozenset()) -> list[Node]:
        """The nodes that the outputs need, each after its inputs; nothing before the `given` ones."""
        order: dict[str, Node] = {}

        def visit(name: str) -> None:
            if name in order or name in given:
                return
            node = self.nodes[name]
            for value in node.inputs:
                visit(producer(value))
            order[name] = node

        for name in outputs:
            visit(name)
        return list(order.values())


def producer(value: str) -> str:
    """The node that makes a value: `split:1` comes from `split`."""
    return value.split(":")[0]


def load(model_json: Path) -> TfjsGraph:
    model = json.loads(model_json.read_text())
    nodes = {}
    for raw in model["modelTopology"]["node"]:
        nodes[raw["name"]] = Node(
            raw["name"], raw["op"], list(raw.get("input", [])), raw.get("attr", {})
        )
    constants: dict[str, np.ndarray] = {}
    for group in model["weightsManifest"]:
        payload = b"".join((model_json.parent / path).read_bytes() for path in group["paths"])
        offset = 0
        for spec in group["weights"]:
            # Weights stored as float16 are the exact values: tfjs widens them on loading.
            stored = np.dtype(spec.get("quantization", {}).get("dtype", DTYPES[spec["dtype"]]))
            count = int(np.prod(spec["shape"], dtype=np.int64))
            array = np.frombuffer(payload, stored, count, offset).reshape(spec["shape"])
            offset += array.nbytes
            constants[spec["name"]] = array.astype(DTYPES[spec["dtype"]])
        if offset != len(payload):
            raise ValueError(f"{offset} bytes described, {len(payload)} bytes in the files")
    return TfjsGraph(nodes, constants)
