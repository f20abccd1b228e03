"""Many sampled answers per scene at once, and their probabilities.

A batch of prefixes is read once; the G answers of a scene then run side by side in one sequence, in which a
step sees the prefix and the earlier steps of its own answer only. RoPE positions are those of the proposals,
so that packing changes nothing.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from models.tools.decoder.batch import BLOCKED, OPENING_POSITION, opening_row, prefix_positions
from models.tools.decoder.features import POINTABLE, PROPOSAL, STEP, WIDTH, WORD
from models.tools.decoder.model import FIRST_PROPOSAL_POSITION, MAX_CLUES, Decoder


class Prefixes:
    """Padded prefixes of a batch."""

    def __init__(self, rows: list[np.ndarray]):
        self.size, self.length = len(rows), max(map(len, rows))
        features = np.zeros((self.size, self.length, WIDTH), np.float32)
        position = np.zeros((self.size, self.length), np.float32)
        self.bias = torch.full((self.size, 1, 1, self.length), BLOCKED)
        allowed = np.zeros((self.size, self.length), bool)
        self.first = np.zeros(self.size, int)
        for b, one in enumerate(rows):
            features[b, : len(one)], position[b, : len(one)] = one, prefix_positions(one)
            self.bias[b, ..., : len(one)] = 0
            allowed[b, : len(one)] = one[:, POINTABLE] > 0
            self.first[b] = int(one[:, WORD].sum()) + 1
        self.features, self.position = torch.from_numpy(features), torch.from_numpy(position)
        self.allowed = torch.from_numpy(allowed)
        # What a step that points at a proposal reads: the opening at place `length`.
        steps = self.features.clone()
        steps[:, :, PROPOSAL], steps[:, :, STEP] = 0, 1
        opening = torch.from_numpy(opening_row()).expand(self.size, 1, WIDTH)
        self.steps = torch.cat([steps, opening], 1)
        place = torch.arange(self.length)[None] - torch.from_numpy(self.first)[:, None] + FIRST_PROPOSAL_POSITION
        self.step_positions = torch.cat([place.float(), torch.full((self.size, 1), float(OPENING_POSITION))], 1)


@dataclass
class Rollouts:
    """[B, G, S] columns pointed at, in order; `length` of the prefix for the end, −1 after it."""

    choice: Tensor
    ended: Tensor  # [B, G] by the model itself

    def pointed(self, prefixes: Prefixes, b: int, g: int) -> list[int]:
        row = self.choice[b, g]
        return [int(c) - int(prefixes.first[b]) for c in row if 0 <= c < prefixes.length]


def _later(allowed: Tensor, last: Tensor, length: int) -> Tensor:
    """[B, …, length]: pointable columns after `last` (`length` stands for the opening: all)."""
    after = torch.where(last == length, -1, last)
    index = torch.arange(length)
    shape = [allowed.shape[0], *[1] * (last.dim() - 1), length]
    return allowed.view(shape) & (index > after.unsqueeze(-1))


@torch.no_grad()
def sample(model: Decoder, prefixes: Prefixes, group: int, generator: torch.Generator, limit: int = MAX_CLUES) -> Rollouts:
    size, length = prefixes.size, prefixes.length
    none = torch.zeros(size, length, dtype=torch.long)
    _, _, key, _, present = model(prefixes.features, none, prefixes.position, prefixes.bias.expand(-1, 1, length, length))
    key = key.transpose(1, 2)
    past = [cache.transpose(0, 1) for cache in present]
    last = torch.full((size, group), length)
    alive = torch.ones(size, group, dtype=torch.bool)
    ended = torch.zeros(size, group, dtype=torch.bool)
    same = torch.where(torch.eye(group, dtype=torch.bool), 0.0, BLOCKED)[None, None].expand(size, 1, group, group)
    bias, choices = prefixes.bias.expand(size, 1, group, length), []
    index = torch.arange(size)[:, None]
    for step in range(limit + 1):
        bias = torch.cat([bias, same], 3)
        clue = torch.full((size, group), min(step, MAX_CLUES))
        end, query, _, _, present = model(prefixes.steps[index, last], clue, prefixes.step_positions[index, last], bias, past)
        past = [cache.transpose(0, 1) for cache in present]
        later = _later(prefixes.allowed, last, length)
        logits = torch.cat([(query @ key).masked_fill(~later, BLOCKED), end[..., None]], 2)
        if step == limit:
            logits[..., :length] = BLOCKED
        # Where nothing is left, the grammar ends the thinking.
        drawn = torch.multinomial(logits.softmax(-1).flatten(0, 1), 1, generator=generator).view(size, group)
        choices.append(torch.where(alive, drawn, -1))
        ended |= alive & (drawn == length) & (step < limit)
        alive = alive & (drawn != length)
        if not alive.any():
            break
        last = torch.where(alive, drawn, last)
    return Rollouts(torch.stack(choices, 2), ended)


def log_probabilities(model: Decoder, prefixes: Prefixes, rollouts: Rollouts) -> tuple[Tensor, Tensor]:
    """log p of every chosen step, and which steps count, both [B, G, S]."""
    choice = rollouts.choice
    size, group, steps = choice.shape
    length = prefixes.length
    counted = choice >= 0
    last = torch.cat([torch.full((size, group, 1), length), choice[..., :-1].clamp(min=0)], 2)
    last = torch.where(counted, last, length)  # steps after the end read something harmless
    flat = last.flatten(1)
    index = torch.arange(size)[:, None]
    features = torch.cat([prefixes.features, prefixes.steps[index, flat]], 1)
    position = torch.cat([prefixes.position, prefixes.step_positions[index, flat]], 1)
    clue = torch.cat([torch.zeros(size, length, dtype=torch.long), torch.arange(steps).repeat(group).expand(size, -1)], 1)
    own = torch.block_diag(*[torch.ones(steps, steps).tril()] * group)
    bias = torch.zeros(size, 1, length + group * steps, length + group * steps)
    bias[:, :, :, :length] = prefixes.bias
    bias[:, :, :length, length:] = BLOCKED
    bias[:, :, length:, length:] = torch.where(own > 0, 0.0, BLOCKED)
    end, query, key, _, _ = model(features, clue, position, bias)
    scores = (query[:, length:] @ key[:, :length].transpose(1, 2)).view(size, group, steps, length).float()
    later = _later(prefixes.allowed, last, length)
    logits = torch.cat([scores.masked_fill(~later, BLOCKED), end[:, length:].view(size, group, steps, 1).float()], 3)
    log_p = logits.log_softmax(-1).gather(3, choice.clamp(min=0).unsqueeze(-1)).squeeze(-1)
    return log_p, counted
