"""The reasoning decoder: a small prefix-LM transformer that points at proposals.

One forward serves training, prefill and steps: `features, clue, position, bias, past` →
`end, pointer_query, pointer_key, keep, present`. The host takes the dot product of a step's query
with the keys of the proposals (pointers, not time tokens) and compares it with `end`, the logit of
`</think>`. A step's input is the row of the proposal it points to, plus an embedding of the clue's
number; its RoPE position is that proposal's position.
"""

import math
from dataclasses import asdict, dataclass

import torch
from torch import Tensor, nn

from models.tools.decoder.features import WIDTH

MAX_CLUES = 100
FIRST_PROPOSAL_POSITION = 20  # words stand before it: 0…16, the opening step at 18


@dataclass
class Shape:
    width: int = 128
    layers: int = 6
    heads: int = 4
    hidden: int = 384
    pointer: int = 64

    def as_dict(self) -> dict:
        return asdict(self)


class Block(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.heads, self.size = shape.heads, shape.width // shape.heads
        self.norm_attention = nn.LayerNorm(shape.width)
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm_mlp = nn.LayerNorm(shape.width)
        self.up = nn.Linear(shape.width, shape.hidden)
        self.down = nn.Linear(shape.hidden, shape.width)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, bias: Tensor, past: Tensor | None):
        batch, length, width = x.shape
        qkv = self.qkv(self.norm_attention(x)).reshape(batch, length, 3 * self.heads, self.size)
        query, key, value = qkv.transpose(1, 2).split(self.heads, 1)
        query, key = rotate(query, cos, sin), rotate(key, cos, sin)
        if past is not None:
            if past.dim() == 4:
                past = past.unsqueeze(1)
            key = torch.cat([past[0], key], 2)
            value = torch.cat([past[1], value], 2)
        # Plain batched matmul: faster in training on a CPU than the fused kernel's backward pass.
        weights = torch.softmax(query @ key.transpose(2, 3) * self.size**-0.5 + bias, -1)
        mixed = (weights @ value).transpose(1, 2).reshape(batch, length, width)
        x = x + self.out(mixed)
        hidden = self.up(self.norm_mlp(x))
        # The sigmoid form of GELU: two plain ops in every runtime.
        return x + self.down(hidden * torch.sigmoid(1.702 * hidden)), torch.stack([key, value], 1)


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    left, right = x.chunk(2, -1)
    return torch.cat([left * cos - right * sin, right * cos + left * sin], -1)


class Decoder(nn.Module):
    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        self.embed = nn.Sequential(nn.Linear(WIDTH, shape.hidden), nn.SiLU(), nn.Linear(shape.hidden, shape.width))
        self.clue = nn.Embedding(MAX_CLUES + 1, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        self.query = nn.Linear(shape.width, shape.pointer)
        self.key = nn.Linear(shape.width, shape.pointer)
        self.end = nn.Linear(shape.width, 1)
        self.keep = nn.Linear(shape.width, 1)
        half = shape.width // shape.heads // 2
        self.register_buffer("frequencies", 300.0 ** (-torch.arange(half) / half), persistent=False)
        nn.init.normal_(self.clue.weight, std=0.02)

    def forward(self, features: Tensor, clue: Tensor, position: Tensor, bias: Tensor, past: Tensor | None = None):
        """features [B,T,WIDTH], clue [B,T] (0 in the prefix), position [B,T], bias [B,1,T,P+T],
        past [layers,2,heads,P,size] (one sequence) or a list of [2,B,heads,P,size] → end [B,T], query [B,T,pointer] (scaled), key,
        keep [B,T] logits, present."""
        x = self.embed(features) + self.clue(clue)
        angle = (position.unsqueeze(-1) * self.frequencies).unsqueeze(1)
        cos, sin = angle.cos(), angle.sin()
        present = []
        for index, block in enumerate(self.blocks):
            x, cache = block(x, cos, sin, bias, None if past is None else past[index])
            present.append(cache)
        x = self.norm(x)
        query = self.query(x) * (1 / math.sqrt(self.shape.pointer))
        return self.end(x).squeeze(-1), query, self.key(x), self.keep(x).squeeze(-1), present
