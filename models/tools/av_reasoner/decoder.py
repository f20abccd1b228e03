"""The language model of AV-Reasoner in PyTorch: Qwen2.5, with parameter names of the checkpoint."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import DecoderConfig

# Keys and values of one layer, [1, kv_heads, length, head_dim]; keys are rotated.
Cache = list[tuple[Tensor, Tensor]]


class RmsNorm(nn.Module):
    def __init__(self, width: int, eps: float):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps))


def rotary_frequency(dim: int, theta: float) -> np.ndarray:
    """[dim/2] f32: the turn of each pair from one position to the next, in radians."""
    return (theta ** (-np.arange(0, dim, 2) / dim)).astype(np.float32)


def rotate(x: Tensor, start: int, theta: float) -> Tensor:
    """Rotary positions start, start + 1, …: halves, not pairs, are turned together. Angles are f32."""
    length, dim = x.shape[-2:]
    frequency = torch.from_numpy(rotary_frequency(dim, theta))
    angles = (torch.arange(start, start + length).float()[:, None] * frequency).to(x.dtype)
    cos, sin = angles.cos(), angles.sin()
    first, second = x.chunk(2, dim=-1)
    return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)


class SelfAttention(nn.Module):
    def __init__(self, config: DecoderConfig):
        super().__init__()
        self.config = config
        inner, kv = config.heads * config.head_dim, config.kv_heads * config.head_dim
        self.q_proj = nn.Linear(config.hidden, inner)
        self.k_proj = nn.Linear(config.hidden, kv)
        self.v_proj = nn.Linear(config.hidden, kv)
        self.o_proj = nn.Linear(inner, config.hidden, bias=False)

    def forward(self, x: Tensor, past: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        config, start = self.config, past[0].shape[2]
        heads = lambda y, n: y.view(1, -1, n, config.head_dim).transpose(1, 2)  # noqa: E731
        q = rotate(heads(self.q_proj(x), config.heads), start, config.theta)
        k = rotate(heads(self.k_proj(x), config.kv_heads), start, config.theta)
        k = torch.cat([past[0], k], dim=2)
        v = torch.cat([past[1], heads(self.v_proj(x), config.kv_heads)], dim=2)
        length, total = q.shape[2], k.shape[2]
        visible = torch.ones(length, total, dtype=torch.bool).tril(total - length)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=visible, enable_gqa=True)
        return self.o_proj(mixed.transpose(1, 2).flatten(2)), (k, v)


class GatedMlp(nn.Module):
    def __init__(self, config: DecoderConfig):
        super().__init__()
        self.gate_proj = nn.Linear(config.hidden, config.mlp, bias=False)
        self.up_proj = nn.Linear(config.hidden, config.mlp, bias=False)
        self.down_proj = nn.Linear(config.mlp, config.hidden, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class DecoderLayer(nn.Module):
    def __init__(self, config: DecoderConfig):
        super().__init__()
        self.self_attn = SelfAttention(config)
        self.mlp = GatedMlp(config)
        self.input_layernorm = RmsNorm(config.hidden, config.eps)
        self.post_attention_layernorm = RmsNorm(config.hidden, config.eps)

    def forward(self, x: Tensor, past: tuple[Tensor, Tensor]) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        mixed, present = self.self_attn(self.input_layernorm(x), past)
        x = x + mixed
        return x + self.mlp(self.post_attention_layernorm(x)), present


def empty_cache(config: DecoderConfig, like: Tensor) -> Cache:
    none = like.new_zeros(1, config.kv_heads, 0, config.head_dim)
    return [(none, none) for _ in range(config.layers)]
