"""Scenes → padded training batches, and the loss."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.tools.decoder.features import MAX_WORDS, POINTABLE, PROPOSAL, STEP, WIDTH, WORD, encode
from models.tools.decoder.scene import Scene
from models.tools.decoder.model import FIRST_PROPOSAL_POSITION, MAX_CLUES, Decoder

OPENING_POSITION = FIRST_PROPOSAL_POSITION - 2
TASK_POSITION = MAX_WORDS
BLOCKED = -1e4


def step_row(row: np.ndarray) -> np.ndarray:
    """A step's row: that of its proposal, marked as a step."""
    out = row.copy()
    out[PROPOSAL], out[STEP] = 0, 1
    return out


def opening_row() -> np.ndarray:
    """The row of `<think>`."""
    out = np.zeros(WIDTH, np.float32)
    out[STEP] = 1
    return out


def prefix_positions(rows: np.ndarray) -> np.ndarray:
    """RoPE positions of a prefix: words, task, proposals."""
    words = int(rows[:, WORD].sum())
    return np.r_[np.arange(words), TASK_POSITION, FIRST_PROPOSAL_POSITION + np.arange(len(rows) - words - 1)]


class Item:
    """One scene, encoded once: the prefix, and the steps of the true answer."""

    def __init__(self, rows: np.ndarray, targets: np.ndarray):
        self.rows, self.targets = rows, targets
        self.positions = prefix_positions(rows)
        self.first = int(rows[:, WORD].sum()) + 1
        pointed = rows[self.first + targets]
        self.steps = np.stack([opening_row(), *map(step_row, pointed)])
        self.step_positions = np.r_[OPENING_POSITION, FIRST_PROPOSAL_POSITION + targets]

    @classmethod
    def of(cls, scene: Scene, label_vectors: dict[str, np.ndarray]) -> "Item":
        return cls(encode(scene, label_vectors), np.array(scene.targets[:MAX_CLUES], int))

    @property
    def length(self) -> int:
        return len(self.rows) + len(self.steps)


def collate(items: list[Item]) -> dict[str, Tensor]:
    """Prefixes padded to a common length, then steps padded to a common length."""
    size = len(items)
    prefix, steps = max(len(i.rows) for i in items), max(len(i.steps) for i in items)
    features = np.zeros((size, prefix + steps, WIDTH), np.float32)
    clue = np.zeros((size, prefix + steps), np.int64)
    position = np.zeros((size, prefix + steps), np.float32)
    bias = np.full((size, 1, prefix + steps, prefix + steps), BLOCKED, np.float32)
    target = np.full((size, steps), -100, np.int64)  # column of the prefix, or `prefix` for the end
    later = np.zeros((size, steps, prefix), bool)
    keep = np.full((size, prefix), -1.0, np.float32)
    causal = np.where(np.tril(np.ones((steps, steps), bool)), 0, BLOCKED)
    for b, item in enumerate(items):
        p, s = len(item.rows), len(item.steps)
        features[b, :p], features[b, prefix : prefix + s] = item.rows, item.steps
        clue[b, prefix : prefix + s] = np.arange(s)
        position[b, :p], position[b, prefix : prefix + s] = item.positions, item.step_positions
        bias[b, 0, :, :p] = 0
        bias[b, 0, prefix:, prefix:] = causal
        columns = item.first + item.targets
        target[b, :s] = np.r_[columns, prefix]
        allowed = np.r_[np.zeros(item.first, bool), item.rows[item.first :, POINTABLE] > 0, np.zeros(prefix - p, bool)]
        keep[b, allowed] = 0
        keep[b, columns] = 1
        after = np.r_[item.first - 1, columns]
        index = np.arange(prefix)
        later[b, :s] = (index[None, :] > after[:, None]) & allowed
    arrays = {"features": features, "clue": clue, "position": position, "bias": bias, "target": target, "later": later, "keep": keep}
    return {name: torch.from_numpy(a) for name, a in arrays.items()}


def loss(model: Decoder, batch: dict[str, Tensor], keep_weight: float = 0.5) -> tuple[Tensor, dict[str, float]]:
    end, query, key, keep, _ = model(batch["features"], batch["clue"], batch["position"], batch["bias"])
    prefix = batch["keep"].shape[1]
    scores = (query[:, prefix:] @ key[:, :prefix].transpose(1, 2)).float()
    scores = scores.masked_fill(~batch["later"], -1e4)
    logits = torch.cat([scores, end[:, prefix:, None].float()], 2)
    pointing = F.cross_entropy(logits.flatten(0, 1), batch["target"].flatten(), ignore_index=-100)
    judged = batch["keep"] >= 0
    keeping = F.binary_cross_entropy_with_logits(keep[:, :prefix].float()[judged], batch["keep"][judged]) if judged.any() else 0.0
    with torch.no_grad():
        valid = batch["target"] != -100
        right = (logits.argmax(2) == batch["target"]) | ~valid
        exact = right.all(1).float().mean().item()
    return pointing + keep_weight * keeping, {"pointing": pointing.item(), "exact": exact}
