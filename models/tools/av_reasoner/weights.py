"""Where weights come from: a local Hugging Face folder, or random numbers of the same names and shapes.

Both give one tensor at a time, so that converting 18 GB needs the memory of one tensor.
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Protocol

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from .config import Config
from .model import AvReasoner, positions_of_whisper

# In a checkpoint, but not used: the classifier of BEATs, the bias table that its layers share (kept
# once more under each), the ViT's final norm and pooling head, and buffers of rotary positions.
UNUSED = re.compile(
    r"beats_model\.predictor\."
    r"|beats_model\.encoder\.layers\.[1-9]\d*\.self_attn\.relative_attention_bias\."
    r"|vision_tower\.(norm|attn_pool|fc_norm|head)\."
    r"|rotary_emb\.inv_freq$"
)
# Fixed numbers that a checkpoint may leave out.
COMPUTED = {"model.speech_encoder.whisper_model.positional_embedding"}


class CheckpointError(Exception):
    """A checkpoint that cannot be converted; the message is one clear line."""


class Weights(Protocol):
    def names(self) -> list[str]: ...

    def shape(self, name: str) -> tuple[int, ...]: ...

    def get(self, name: str) -> Tensor:
        """The tensor as f32."""
        ...


def expected_shapes(config: Config) -> dict[str, tuple[int, ...]]:
    """Name → shape of everything that the model needs."""
    with torch.device("meta"):
        model = AvReasoner(config)
    return {name: tuple(value.shape) for name, value in model.state_dict().items()}


class CheckpointFolder:
    """Sharded or single safetensors; only the headers are read at first."""

    def __init__(self, folder: Path):
        self.folder = folder
        index = folder / "model.safetensors.index.json"
        files = sorted(folder.glob("*.safetensors"))
        if index.exists():
            named = sorted(set(json.loads(index.read_text())["weight_map"].values()))
            missing = [name for name in named if not (folder / name).exists()]
            if missing:
                raise CheckpointError(f"{missing[0]} is named in {index.name} but is not in {folder}.")
            files = [folder / name for name in named]
        if not files:
            raise CheckpointError(f"There is no *.safetensors in {folder}.")
        self._file_of: dict[str, Path] = {}
        self._shapes: dict[str, tuple[int, ...]] = {}
        for file in files:
            try:
                with safe_open(file, "pt") as tensors:
                    for name in tensors.keys():
                        self._file_of[name] = file
                        self._shapes[name] = tuple(tensors.get_slice(name).get_shape())
            except SafetensorError as error:
                raise CheckpointError(f"{file.name} is cut off or damaged: {error}.") from error

    def names(self) -> list[str]:
        return [name for name in self._shapes if not UNUSED.search(name)]

    def shape(self, name: str) -> tuple[int, ...]:
        return self._shapes[name]

    def get(self, name: str) -> Tensor:
        with safe_open(self._file_of[name], "pt") as tensors:
            return tensors.get_tensor(name).float()

    def shapes(self) -> dict[str, tuple[int, ...]]:
        return dict(self._shapes)

    def fingerprint(self) -> str:
        """Changes when a file does."""
        files = sorted(set(self._file_of.values()))
        return " ".join(f"{file.name}:{file.stat().st_size}:{file.stat().st_mtime_ns}" for file in files)

    def check(self, config: Config) -> None:
        """@throws CheckpointError naming the first key that is missing, extra or of a wrong shape"""
        expected = expected_shapes(config)
        for name, shape in expected.items():
            if name in COMPUTED and name not in self._shapes:
                continue
            if name not in self._shapes:
                raise CheckpointError(f"The checkpoint lacks {name}, of shape {list(shape)}.")
            if self._shapes[name] != shape:
                found = list(self._shapes[name])
                raise CheckpointError(f"{name} has the shape {found}; it should be {list(shape)}.")
        for name in self._shapes:
            if name not in expected and not UNUSED.search(name):
                raise CheckpointError(f"The checkpoint has {name}, which this model does not know.")


class RandomWeights:
    """Random numbers that depend on the seed and the name only, each exactly a half-precision number.

    Matrices get a spread of 1/√inputs, so that signals keep their size through any depth; gains are
    1 ± .1 and biases small but not zero, so that a dropped one is noticed.
    """

    def __init__(self, config: Config, seed: int = 0):
        self.config = config
        self.seed = seed
        self._shapes = expected_shapes(config)

    def names(self) -> list[str]:
        return list(self._shapes)

    def shape(self, name: str) -> tuple[int, ...]:
        return self._shapes[name]

    def get(self, name: str) -> Tensor:
        shape = self._shapes[name]
        if name in COMPUTED:
            return positions_of_whisper(self.config)
        digest = hashlib.sha256(f"{self.seed}:{name}".encode()).digest()
        generator = torch.Generator().manual_seed(int.from_bytes(digest[:7], "little"))
        values = torch.empty(shape).normal_(generator=generator)
        if name.endswith(("weight_g", "grep_a")) or (len(shape) == 1 and name.endswith("weight")):
            values.mul_(0.1).add_(1)
        elif re.search(r"(newline|begin|end|sep)$", name):
            values.mul_(shape[0] ** -0.5)
        elif name.endswith("bias") or re.search(r"pos_embed$", name):
            values.mul_(0.05)
        elif "embed_tokens" in name or "attention_bias" in name:
            values.mul_(0.5)
        else:
            # Queries and keys twice as wide: attention picks, and what is written depends on all before.
            spread = 2 if re.search(r"layers\.\d+\.self_attn\.[qk]_proj", name) else 1
            values.mul_(spread * values[0].numel() ** -0.5)
        return values.half().float()


def load_model(config: Config, weights: Weights) -> AvReasoner:
    """The whole PyTorch model; for small ones."""
    model = AvReasoner(config).eval()
    state = {name: weights.get(name) for name in weights.names() }
    state.setdefault(next(iter(COMPUTED)), positions_of_whisper(config))
    model.load_state_dict(state)
    return model
