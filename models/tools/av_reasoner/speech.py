"""The sound side of AV-Reasoner in PyTorch: the Whisper encoder, BEATs and their projector.

Parameter names are those of the released checkpoint, below `model.speech_encoder.` and
`model.speech_projector.`.
"""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import BeatsConfig, Config, WhisperConfig


def split_heads(x: Tensor, heads: int) -> Tensor:
    batch, count, width = x.shape
    return x.view(batch, count, heads, width // heads).transpose(1, 2)


def join_heads(x: Tensor) -> Tensor:
    return x.transpose(1, 2).flatten(2)


class WhisperAttention(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width, bias=False)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor) -> Tensor:
        q, k, v = (split_heads(part(x), self.heads) for part in (self.query, self.key, self.value))
        return self.out(join_heads(F.scaled_dot_product_attention(q, k, v)))


class WhisperBlock(nn.Module):
    def __init__(self, config: WhisperConfig):
        super().__init__()
        width = config.width
        self.attn = WhisperAttention(width, config.heads)
        self.attn_ln = nn.LayerNorm(width, eps=config.eps)
        self.mlp = nn.Sequential(
            nn.Linear(width, config.mlp), nn.GELU(), nn.Linear(config.mlp, width)
        )
        self.mlp_ln = nn.LayerNorm(width, eps=config.eps)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.attn(self.attn_ln(x))
        return x + self.mlp(self.mlp_ln(x))


class WhisperEncoder(nn.Module):
    """[n, mels, frames] → [n, frames/2, width]"""

    def __init__(self, config: WhisperConfig):
        super().__init__()
        self.conv1 = nn.Conv1d(config.mels, config.width, 3, padding=1)
        self.conv2 = nn.Conv1d(config.width, config.width, 3, stride=2, padding=1)
        self.register_buffer("positional_embedding", torch.zeros(config.positions, config.width))
        self.blocks = nn.ModuleList([WhisperBlock(config) for _ in range(config.layers)])
        self.ln_post = nn.LayerNorm(config.width, eps=config.eps)

    def forward(self, mel: Tensor) -> Tensor:
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel))))
        x = x.transpose(1, 2) + self.positional_embedding
        for block in self.blocks:
            x = block(x)
        return self.ln_post(x)


def sinusoids(positions: int, width: int) -> Tensor:
    """The fixed positions of Whisper (whisper.model.sinusoids): sines, then cosines."""
    step = math.log(10000) / (width // 2 - 1)
    angles = torch.arange(positions)[:, None] * torch.exp(-step * torch.arange(width // 2))[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def relative_buckets(config: BeatsConfig) -> Tensor:
    """[2·tokens − 1] bucket of each distance key − query, from −(tokens − 1) up.

    One half of the buckets is for each sign; near distances have one each, far ones grow
    logarithmically (BEATs, MultiheadAttention._relative_positions_bucket).
    """
    half = config.buckets // 2
    exact = half // 2
    distances = torch.arange(-(config.tokens - 1), config.tokens)
    size = distances.abs()
    spread = torch.log(size.clamp(min=1).float() / exact) / math.log(config.max_distance / exact)
    far = (exact + (spread * (half - exact)).long()).clamp(max=half - 1)
    return (distances > 0).long() * half + torch.where(size < exact, size, far)


class BeatsAttention(nn.Module):
    def __init__(self, config: BeatsConfig, has_bias_table: bool):
        super().__init__()
        width = config.width
        self.config = config
        self.q_proj = nn.Linear(width, width)
        self.k_proj = nn.Linear(width, width)
        self.v_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)
        self.grep_linear = nn.Linear(width // config.heads, 8)
        self.grep_a = nn.Parameter(torch.ones(1, config.heads, 1, 1))
        if has_bias_table:
            self.relative_attention_bias = nn.Embedding(config.buckets, config.heads)

    def position_bias(self) -> Tensor:
        """[heads, tokens, tokens]: of a query and a key, by their distance."""
        tokens = self.config.tokens
        by_distance = self.relative_attention_bias(relative_buckets(self.config))
        index = torch.arange(tokens)[None] - torch.arange(tokens)[:, None] + tokens - 1
        return by_distance[index].permute(2, 0, 1)

    def forward(self, x: Tensor, position_bias: Tensor) -> Tensor:
        heads = self.config.heads
        q, k, v = (split_heads(p(x), heads) for p in (self.q_proj, self.k_proj, self.v_proj))
        gates = self.grep_linear(q).unflatten(-1, (2, 4)).sum(-1).sigmoid()
        a, b = gates.chunk(2, dim=-1)
        gate = a * (b * self.grep_a - 1) + 2
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1]) + gate * position_bias
        return self.out_proj(join_heads(scores.softmax(-1) @ v))


class BeatsLayer(nn.Module):
    def __init__(self, config: BeatsConfig, has_bias_table: bool):
        super().__init__()
        self.alpha = config.deep_norm
        self.self_attn = BeatsAttention(config, has_bias_table)
        self.self_attn_layer_norm = nn.LayerNorm(config.width, eps=config.eps)
        self.fc1 = nn.Linear(config.width, config.mlp)
        self.fc2 = nn.Linear(config.mlp, config.width)
        self.final_layer_norm = nn.LayerNorm(config.width, eps=config.eps)

    def forward(self, x: Tensor, position_bias: Tensor) -> Tensor:
        x = self.self_attn_layer_norm(x * self.alpha + self.self_attn(x, position_bias))
        return self.final_layer_norm(x * self.alpha + self.fc2(F.gelu(self.fc1(x))))


class PositionConv(nn.Module):
    """A grouped convolution with weight norm over its last axis; an even kernel's last step is cut."""

    def __init__(self, config: BeatsConfig):
        super().__init__()
        kernel, groups, width = config.conv_positions, config.conv_groups, config.width
        self.groups = groups
        self.weight_g = nn.Parameter(torch.ones(1, 1, kernel))
        self.weight_v = nn.Parameter(torch.ones(width, width // groups, kernel))
        self.bias = nn.Parameter(torch.zeros(width))

    def weight(self) -> Tensor:
        return self.weight_v * (self.weight_g / self.weight_v.norm(dim=(0, 1), keepdim=True))

    def forward(self, x: Tensor) -> Tensor:
        kernel = self.weight_g.shape[-1]
        y = F.conv1d(x, self.weight(), self.bias, padding=kernel // 2, groups=self.groups)
        return F.gelu(y[..., :-1] if kernel % 2 == 0 else y)


class BeatsEncoder(nn.Module):
    def __init__(self, config: BeatsConfig):
        super().__init__()
        self.pos_conv = nn.ModuleList([PositionConv(config)])
        self.layer_norm = nn.LayerNorm(config.width, eps=config.eps)
        self.layers = nn.ModuleList([BeatsLayer(config, i == 0) for i in range(config.layers)])

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.pos_conv[0](x.transpose(1, 2)).transpose(1, 2)
        x = self.layer_norm(x)
        position_bias = self.layers[0].self_attn.position_bias()
        for layer in self.layers:
            x = layer(x, position_bias)
        return x


class Beats(nn.Module):
    """[n, frames, bands] normalised fbank → [n, tokens, width], time first, then frequency."""

    def __init__(self, config: BeatsConfig):
        super().__init__()
        self.patch_embedding = nn.Conv2d(1, config.embed, config.patch, config.patch, bias=False)
        self.layer_norm = nn.LayerNorm(config.embed, eps=config.eps)
        self.post_extract_proj = nn.Linear(config.embed, config.width)
        self.encoder = BeatsEncoder(config)

    def forward(self, fbank: Tensor) -> Tensor:
        patches = self.patch_embedding(fbank[:, None]).flatten(2).transpose(1, 2)
        return self.encoder(self.post_extract_proj(self.layer_norm(patches)))


class SpeechEncoder(nn.Module):
    def __init__(self, config: Config):
        super().__init__()
        self.whisper_model = WhisperEncoder(config.whisper)
        self.beats_model = Beats(config.beats)


class SpeechProjector(nn.Module):
    """EncoderProjectorConcat: ten rows [Whisper | BEATs] side by side → one token; 150 and a newline."""

    def __init__(self, config: Config):
        super().__init__()
        self.join = config.speech_join
        width = config.whisper.width + config.beats.width
        hidden = config.decoder.hidden
        self.linear1 = nn.Linear(self.join * width, config.speech_inner)
        self.linear2 = nn.Linear(config.speech_inner, hidden)
        self.speech_newline = nn.Parameter(torch.zeros(hidden))
        self.speech_begin = nn.Parameter(torch.zeros(hidden))
        self.speech_end = nn.Parameter(torch.zeros(hidden))

    def forward(self, whisper: Tensor, beats: Tensor) -> Tensor:
        chunks, rows, _ = whisper.shape
        beats = F.pad(beats, (0, 0, 0, rows - beats.shape[1]))
        joined = torch.cat([whisper, beats], dim=-1).view(chunks, rows // self.join, -1)
        tokens = self.linear2(F.relu(self.linear1(joined)))
        newline = self.speech_newline.expand(chunks, 1, -1)
        return torch.cat([tokens, newline], dim=1)
