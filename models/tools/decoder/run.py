"""Greedy decoding with a KV cache, as the browser does it (`src/families/nano/decode.ts`)."""

from dataclasses import dataclass, field

import numpy as np
import torch

from models.tools.decoder.batch import BLOCKED, OPENING_POSITION, opening_row, prefix_positions, step_row
from models.tools.decoder.features import Scene, encode
from models.tools.decoder.model import FIRST_PROPOSAL_POSITION, MAX_CLUES, Decoder, Shape


class TorchDecoder:
    def __init__(self, model: Decoder):
        self.model, self.shape = model.eval(), model.shape

    @torch.no_grad()
    def __call__(self, *arrays):
        end, query, key, keep, present = self.model(*map(torch.from_numpy, arrays))
        return [t.numpy() for t in (end, query, key, keep, torch.cat(present, 0))]


class OnnxDecoder:
    def __init__(self, session, shape: Shape):
        self.session, self.shape = session, shape

    def __call__(self, *arrays):
        names = ["features", "clue", "position", "bias", "past"]
        return self.session.run(None, dict(zip(names, arrays)))


@dataclass
class Answer:
    pointed: list[int] = field(default_factory=list)
    confidences: list[float] = field(default_factory=list)
    keep: np.ndarray | None = None


def answer(decoder, scene: Scene, label_vectors: dict[str, np.ndarray]) -> Answer:
    """Points at proposals, in order of time, until `</think>`."""
    rows = encode(scene, label_vectors[scene.kind])
    first, count = len(rows) - len(scene.starts), len(scene.starts)
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
    row, position, last = opening_row(), OPENING_POSITION, -1
    while len(result.pointed) < MAX_CLUES and last < count - 1:
        end, query, _, _, past = feed(row[None], len(result.pointed), [position], past)
        logits = np.r_[keys[last + 1 :] @ query[0, 0], end[0, 0]]
        best = int(logits.argmax())
        if best == len(logits) - 1:
            break
        last += 1 + best
        result.pointed.append(last)
        result.confidences.append(float(np.exp(logits[best] - logits.max()) / np.exp(logits - logits.max()).sum()))
        row, position = step_row(rows[first + last]), FIRST_PROPOSAL_POSITION + last
    return result
