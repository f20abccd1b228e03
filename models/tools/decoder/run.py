"""Greedy decoding with a KV cache, as the browser does it (`src/families/nano/decode.ts`)."""

from dataclasses import dataclass, field

import numpy as np
import torch

from models.tools.decoder.at_once import fullest
from models.tools.decoder.batch import BLOCKED, OPENING_POSITION, opening_row, prefix_positions, step_row
from models.tools.decoder.features import encode
from models.tools.decoder.scene import Scene
from models.tools.decoder.model import FIRST_PROPOSAL_POSITION, MAX_CLUES, Decoder, Shape


class TorchDecoder:
    def __init__(self, model: Decoder):
        self.model, self.shape = model.eval(), model.shape

    @torch.no_grad()
    def __call__(self, *arrays):
        end, query, key, keep, present = self.model(*map(torch.from_numpy, arrays))
        return [t.numpy() for t in (end, query, key, keep, torch.cat(present, 0))]


class OnnxDecoder:
    def __init__(self, session):
        self.session = session
        layers, _, heads, _, size = next(one.shape for one in session.get_inputs() if one.name == "past")
        self.shape = Shape(width=heads * size, layers=layers, heads=heads)

    def __call__(self, *arrays):
        names = ["features", "clue", "position", "bias", "past"]
        return self.session.run(None, dict(zip(names, arrays)))


@dataclass
class Answer:
    pointed: list[int] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    certainty: float = 1.0  # the probability of all steps together, the end's included
    keep: np.ndarray | None = None  # [n] what the parallel head thinks of every proposal


def answer(decoder, scene: Scene, label_vectors: dict[str, np.ndarray]) -> Answer:
    """Points at proposals, in order of time, until `</think>`."""
    rows = encode(scene, label_vectors)
    first = len(rows) - len(scene.starts)
    left = np.flatnonzero(scene.pointable)
    if not len(left):
        return Answer(keep=np.zeros(0))
    shape = decoder.shape
    past = np.zeros((shape.layers, 2, shape.heads, 1, shape.width // shape.heads), np.float32)

    def feed(features, clue, position, past):
        bias = np.zeros((1, 1, len(features), past.shape[3] + len(features)), np.float32)
        bias[..., 0] = BLOCKED
        clues = np.full((1, len(features)), clue, np.int64)
        return decoder(features[None], clues, np.asarray(position, np.float32)[None], bias, past)

    _, _, keys, keep, past = feed(rows, 0, prefix_positions(rows), past)
    keys = keys[0, first:]
    result = Answer(keep=1 / (1 + np.exp(-keep[0, first:])))
    row, position = opening_row(), OPENING_POSITION
    while len(result.pointed) < MAX_CLUES and len(left):
        end, query, _, _, past = feed(row[None], len(result.pointed), [position], past)
        logits = np.r_[keys[left] @ query[0, 0], end[0, 0]]
        best = int(logits.argmax()) if logits[:-1].max() > logits[-1] else len(left)
        confidence = float(1 / np.exp(logits - logits[best]).sum())
        result.certainty *= confidence
        if best == len(left):
            break
        chosen = int(left[best])
        result.pointed.append(chosen)
        result.confidences.append(confidence)
        left = left[best + 1 :]
        row, position = step_row(rows[first + chosen]), FIRST_PROPOSAL_POSITION + chosen
    if scene.mode == "atOnce":
        shown = set(fullest(scene, result.pointed))
        told = [(i, c) for i, c in zip(result.pointed, result.confidences) if i in shown]
        result.pointed, result.confidences = [i for i, _ in told], [c for _, c in told]
    return result
