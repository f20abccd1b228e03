"""The picture side of AV-Reasoner in PyTorch: OryxViT and OlaMLP with its window pooler.

Parameter names are those of the released checkpoint, below `model.vision_tower.` and
`model.mm_projector.`.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import Config, VisionConfig


class Attention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        batch, count, width = x.shape
        q, k, v = self.qkv(x).view(batch, count, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v)
        return self.proj(mixed.transpose(1, 2).reshape(batch, count, width))


class Mlp(nn.Module):
    def __init__(self, width: int, inner: int):
        super().__init__()
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc2(F.gelu(self.fc1(x)))


class Block(nn.Module):
    def __init__(self, config: VisionConfig):
        super().__init__()
        self.norm1 = nn.LayerNorm(config.width, eps=config.eps)
        self.attn = Attention(config.width, config.heads)
        self.norm2 = nn.LayerNorm(config.width, eps=config.eps)
        self.mlp = Mlp(config.width, config.mlp)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.norm1(x))
        return x + self.mlp(self.norm2(x))


class PatchEmbed(nn.Module):
    """A convolution of stride `patch`, which over ready patches is one product."""

    def __init__(self, config: VisionConfig):
        super().__init__()
        self.proj = nn.Conv2d(3, config.width, config.patch, config.patch)

    def forward(self, patches: Tensor) -> Tensor:
        return F.linear(patches, self.proj.weight.flatten(1), self.proj.bias)


class OryxViT(nn.Module):
    """[B, N, 3·patch·patch] patches and [1, N, width] positions → [B, N, width]. No final norm."""

    def __init__(self, config: VisionConfig):
        super().__init__()
        self.config = config
        self.patch_embed = PatchEmbed(config)
        self.pos_embed = nn.Parameter(torch.zeros(1, config.grid**2, config.width))
        self.blocks = nn.ModuleList([Block(config) for _ in range(config.layers)])

    def positions(self, height: int, width: int) -> Tensor:
        """The position table for a grid of patches: bilinear, half-pixel centres, no antialias."""
        grid = self.config.grid
        table = self.pos_embed.view(1, grid, grid, -1).permute(0, 3, 1, 2)
        sized = F.interpolate(table, (height, width), mode="bilinear", align_corners=False)
        return sized.flatten(2).transpose(1, 2)

    def forward(self, patches: Tensor, positions: Tensor) -> Tensor:
        x = self.patch_embed(patches) + positions
        for block in self.blocks:
            x = block(x)
        return x


class VisionTower(nn.Module):
    def __init__(self, config: VisionConfig):
        super().__init__()
        self.vision_tower = OryxViT(config)


class Pooler(nn.Module):
    """NormalizedDwPooler: every 2×2 window becomes a weighted sum, weights per channel."""

    def __init__(self, width: int):
        super().__init__()
        self.predictor = nn.Sequential(
            nn.Linear(2 * width, width), nn.GELU(), nn.Linear(width, width)
        )

    def forward(self, x: Tensor) -> Tensor:
        batch, height, width, channels = x.shape
        windows = x.view(batch, height // 2, 2, width // 2, 2, channels).transpose(2, 3)
        windows = windows.reshape(batch, height // 2, width // 2, 4, channels)
        mean = windows.mean(dim=3, keepdim=True).expand_as(windows)
        weights = self.predictor(torch.cat([windows, mean], dim=-1)).softmax(dim=3)
        return (windows * weights).sum(dim=3)


class OlaMlp(nn.Module):
    """[B, h, w, width] features → [B, (h/2)·(w/2 + 1) + 1, hidden] tokens of each frame."""

    def __init__(self, config: Config):
        super().__init__()
        hidden = config.decoder.hidden
        self.proj1 = nn.Linear(config.vision.width, hidden)
        self.proj2 = nn.Linear(hidden, hidden)
        self.pooler = Pooler(hidden)
        self.image_newline = nn.Parameter(torch.zeros(hidden))
        self.image_begin = nn.Parameter(torch.zeros(hidden))
        self.image_end = nn.Parameter(torch.zeros(hidden))
        self.image_sep = nn.Parameter(torch.zeros(hidden))

    def forward(self, features: Tensor) -> Tensor:
        x = self.proj2(F.gelu(self.pooler(self.proj1(features))))
        batch, height, _, hidden = x.shape
        newline = self.image_newline.expand(batch, height, 1, hidden)
        rows = torch.cat([x, newline], dim=2).flatten(1, 2)
        return torch.cat([rows, self.image_sep.expand(batch, 1, hidden)], dim=1)
