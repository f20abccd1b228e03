"""Writes a model as a bundle for the browser: graphs, tables, tokenizer, manifest.

Work is done in units (a graph and its data file, or a table), each from one pass over its weights. A unit
that is complete is not done again after an interruption. Everything lies in `OUT.partial` until the
whole is there.
"""

import hashlib
import json
import math
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from tqdm import tqdm

from . import media_graphs
from .config import Config
from .decoder_graph import decoder_piece, layer_bytes
from .graph import DataFile, GraphBuilder, Precision
from .quantize import BLOCK
from .weights import Weights

# A piece of the decoder stays below this; browsers hold no more than 2 GB in one buffer.
PIECE_BYTES = 1_000_000_000
LARGEST_FILE_BYTES = 1_900_000_000

# dtype → precision of the language model, and of the encoders and projectors.
DTYPES = {
    "q4f16": (Precision(4, True), Precision(8, True)),
    "q4f32": (Precision(4, False), Precision(8, False)),
    "q8f16": (Precision(8, True), Precision(8, True)),
    "f16": (Precision(None, True), Precision(None, True)),
    "f32": (Precision(None, False), Precision(None, False)),
}

ENCODERS = ("vision_encoder", "whisper_encoder", "beats_encoder")
PROJECTORS = ("vision_projector", "speech_projector")


@dataclass(frozen=True)
class Identity:
    """What the manifest calls the bundle."""

    id: str
    title: str
    version: str
    licence: str
    test_weights: bool


class CountingWeights:
    """Moves the progress bar by every weight that is read."""

    def __init__(self, weights: Weights, bar: tqdm):
        self.weights, self.bar = weights, bar

    def names(self):
        return self.weights.names()

    def shape(self, name: str):
        return self.weights.shape(name)

    def get(self, name: str):
        value = self.weights.get(name)
        self.bar.update(value.numel())
        return value


class Bundler:
    def __init__(self, config: Config, weights: Weights, out: Path, dtype: str, fingerprint: str):
        self.config = config
        self.out = out
        self.dtype = dtype
        self.decoder_precision, self.media_precision = DTYPES[dtype]
        self.partial = out.with_name(out.name + ".partial")
        self._begin(f"{dtype} {fingerprint}")
        total = sum(math.prod(weights.shape(name)) for name in weights.names())
        self.bar = tqdm(total=total, unit=" weights", unit_scale=True, smoothing=0.05, desc=out.name)
        self.weights = CountingWeights(weights, self.bar)
        self.units: dict[str, dict] = {}

    def _begin(self, stamp: str) -> None:
        """Goes on with what an interrupted run left, if it was of the same model and dtype."""
        note = self.partial / "stamp.txt"
        if self.partial.exists() and (not note.exists() or note.read_text() != stamp):
            shutil.rmtree(self.partial)
        self.partial.mkdir(parents=True, exist_ok=True)
        note.write_text(stamp)

    def run(self, identity: Identity, tokenizer: dict[str, bytes]) -> dict:
        """→ the manifest. The bundle is complete in `out` when this returns."""
        for name in (*ENCODERS, *PROJECTORS):
            self._graph(name, getattr(media_graphs, name), self.media_precision)
        pieces = self.pieces()
        for index, layers in enumerate(pieces):
            self._graph(
                f"decoder_{index}",
                lambda g, config, layers=layers: decoder_piece(g, config, layers),
                self.decoder_precision,
            )
        # Embeddings take a gigabyte as halves; they are kept as f32 only where nothing may be lost.
        table = "f32" if self.dtype == "f32" and not self._is_half("model.embed_tokens.weight") else "f16"
        self._table("embeddings", ["model.embed_tokens.weight"], table)
        position_name = "model.vision_tower.vision_tower.pos_embed"
        positions = "f32" if self.dtype == "f32" and not self._is_half(position_name) else "f16"
        self._table("positions", [position_name], positions)
        boundaries = [f"model.mm_projector.image_{end}" for end in ("begin", "end")]
        boundaries += [f"model.speech_projector.speech_{end}" for end in ("begin", "end")]
        self._table("boundaries", boundaries, "f32")
        for role, data in tokenizer.items():
            self._file(role, f"{role}.json", data)
        manifest = self._manifest(identity, pieces, {"embeddings": table, "positions": positions})
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        (self.partial / "manifest.json").write_text(text)
        for note in ("stamp.txt", *(f"{unit}.done.json" for unit in self.units)):
            (self.partial / note).unlink()
        if self.out.exists():
            shutil.rmtree(self.out)
        self.partial.rename(self.out)
        self.bar.close()
        return manifest

    def pieces(self) -> list[range]:
        bits = self.decoder_precision.bits
        per_scale = 16 if self.decoder_precision.half else 32
        per_weight = bits + per_scale / BLOCK if bits else per_scale
        layer, head = layer_bytes(self.config, per_weight)
        count = self.config.decoder.layers
        found, start, size = [], 0, 0
        for index in range(count):
            more = layer + (head if index == count - 1 else 0)
            if size + more > PIECE_BYTES and index > start:
                found.append(range(start, index))
                start, size = index, 0
            size += more
        return [*found, range(start, count)]

    # Units

    def _unit(self, name: str, make: Callable[[], dict]) -> None:
        note = self.partial / f"{name}.done.json"
        if note.exists():
            self.units[name] = json.loads(note.read_text())
            self.bar.update(self.units[name]["weights"])
            return
        before = self.bar.n
        unit = make()
        for part in unit["parts"].values():
            if part["bytes"] > LARGEST_FILE_BYTES:
                raise ValueError(f"{part['file']} has {part['bytes']} bytes: too large for a browser.")
        unit["weights"] = self.bar.n - before
        note.write_text(json.dumps(unit))
        self.units[name] = unit

    def _graph(self, name: str, build: Callable, precision: Precision) -> None:
        def make() -> dict:
            data = DataFile(self.partial / f"{name}.data")
            builder = GraphBuilder(name, self.weights, precision, data)
            build(builder, self.config)
            path = self.partial / f"{name}.onnx"
            builder.write(path)
            digest = data.close()
            return {
                "parts": {
                    name: _described(path),
                    f"{name}.data": {"file": data.path.name, "bytes": data.bytes, "sha256": digest},
                },
                "largest": data.largest,
            }

        self._unit(name, make)

    def _table(self, role: str, names: list[str], dtype: str) -> None:
        def make() -> dict:
            path = self.partial / f"{role}.bin"
            data = DataFile(path)
            kind = np.float16 if dtype == "f16" else np.float32
            for name in names:
                data.append(self.weights.get(name).numpy().astype(kind).tobytes())
            return {"parts": {role: {"file": path.name, "bytes": data.bytes, "sha256": data.close()}}}

        self._unit(role, make)

    def _file(self, role: str, name: str, data: bytes) -> None:
        def make() -> dict:
            path = self.partial / name
            path.write_bytes(data)
            return {"parts": {role: _described(path)}}

        self._unit(role, make)

    def _is_half(self, name: str) -> bool:
        value = self.weights.weights.get(name)
        return bool((value.half().float() == value).all())

    # Manifest

    def _manifest(self, identity: Identity, pieces: list[range], tables: dict[str, str]) -> dict:
        config = self.config
        parts = {role: part for unit in self.units.values() for role, part in unit["parts"].items()}
        names = [f"decoder_{index}" for index in range(len(pieces))]
        graph = lambda name: {"model": name, "data": [f"{name}.data"]}  # noqa: E731
        size = lambda name: parts[f"{name}.data"]["bytes"]  # noqa: E731
        vision, decoder, generation = config.vision, config.decoder, config.generation
        settings = asdict(generation)
        return {
            "id": identity.id,
            "version": identity.version,
            "family": "av-reasoner",
            "title": identity.title,
            "licence": identity.licence,
            "testWeights": identity.test_weights,
            "parts": parts,
            "reach": {"sound": [], "movement": [], "object": [], "colour": []},
            "figures": [],
            "avReasoner": {
                "dtype": self.dtype,
                "needs": {
                    "shaderF16": self.decoder_precision.half,
                    "largestTensorBytes": max(unit.get("largest", 1) for unit in self.units.values()),
                    "decoderBytes": sum(map(size, names)),
                    "encoderBytes": max(map(size, ENCODERS)),
                },
                "graphs": {
                    **{name: graph(name) for name in (*ENCODERS, *PROJECTORS)},
                    "decoder": [graph(name) for name in names],
                },
                "tables": {
                    "embeddings": {"part": "embeddings", "dtype": tables["embeddings"]},
                    "positions": {"part": "positions", "dtype": tables["positions"]},
                    "boundaries": "boundaries",
                    "tokenizer": "tokenizer",
                    "tokenizerConfig": "tokenizer_config",
                },
                "vision": {
                    "patch": vision.patch,
                    "width": vision.width,
                    "grid": vision.grid,
                    "minArea": 288**2,
                    "maxArea": 480**2,
                    "multiple": 64,
                    "frames": config.frames,
                },
                "audio": {
                    "sampleRate": 16000,
                    "chunkSamples": 480000,
                    "maxChunks": 25,
                    "tokensPerChunk": config.speech_tokens,
                },
                "decoder": {
                    "layers": decoder.layers,
                    "hidden": decoder.hidden,
                    "kvHeads": decoder.kv_heads,
                    "headDim": decoder.head_dim,
                    "vocabulary": decoder.vocabulary,
                    "cacheDtype": "f16" if self.decoder_precision.half else "f32",
                    "layersOfPiece": [len(layers) for layers in pieces],
                },
                "context": config.context,
                "generation": {
                    "maxNewTokens": settings["max_new_tokens"],
                    "repetitionPenalty": settings["repetition_penalty"],
                    "temperature": settings["temperature"],
                    "topK": settings["top_k"],
                    "topP": settings["top_p"],
                    "stopIds": list(settings["stop_ids"]),
                },
            },
        }


def _described(path: Path) -> dict:
    data = path.read_bytes()
    return {"file": path.name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def size_table(manifest: dict) -> str:
    """Bytes per module, as lines of text."""
    groups: dict[str, int] = {}
    for role, part in manifest["parts"].items():
        group = "decoder" if role.startswith("decoder") else role.removesuffix(".data")
        groups[group] = groups.get(group, 0) + part["bytes"]
    lines = [f"{group:<18}{size / 1e6:>12,.1f} MB" for group, size in groups.items()]
    return "\n".join([*lines, f"{'total':<18}{sum(groups.values()) / 1e6:>12,.1f} MB"])
