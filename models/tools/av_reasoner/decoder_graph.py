"""The ONNX graphs of the language model: its layers in pieces, each with its own data file."""

import numpy as np

from .config import Config
from .decoder import rotary_frequency
from .graph import FLOAT, INT32, GraphBuilder

# The output head is large enough to exceed a GPU binding: it is multiplied in slices of rows.
HEAD_SLICES = 4
# Positions that rotary tables reach; Qwen2.5 allows 32,768.
MAX_POSITIONS = 32768


def decoder_piece(g: GraphBuilder, config: Config, layers: range) -> None:
    """Layers `layers` over S new positions after what is cached.

    inputs_embeds [1, S, hidden] f32 (of a later piece: the hidden_states of the one before),
    seqlens_k [1] and total_sequence_length [1] i32, past_key_values.L.{key,value} → present.L.{key,value}
    and hidden_states, or, from the last piece, logits [1, 1, vocabulary] f32 of the last position.
    """
    decoder = config.decoder
    x = g.input("inputs_embeds", FLOAT, [1, "S", decoder.hidden])
    lengths = g.input("seqlens_k", INT32, [1])
    total = g.input("total_sequence_length", INT32, [1])
    rotary = _rotary(g, config)
    for i in layers:
        x = _layer(g, x, config, i, lengths, total, rotary)
    if layers.stop == decoder.layers:
        x = g.node("Slice", [x, g.ints(-1), g.ints(np.iinfo(np.int64).max), g.ints(1)])
        _head(g, _rms_norm(g, x, "model.norm", decoder.eps), config)
    else:
        g.output(x, "hidden_states", FLOAT, [1, "S", decoder.hidden])


def _rotary(g: GraphBuilder, config: Config) -> tuple[str, str]:
    """cos and sin [positions, head_dim/2], made when the graph is loaded; theta as in the checkpoint."""
    frequency = rotary_frequency(config.decoder.head_dim, config.decoder.theta)
    positions = g.node(
        "Range",
        [g.constant(key, np.float32(n)) for key, n in (("from", 0), ("to", MAX_POSITIONS), ("by", 1))],
    )
    positions = g.node("Unsqueeze", [positions, g.ints(1)])
    angles = g.node("Mul", [positions, g.constant("frequency", frequency)])
    return tuple(g.to_precision(g.node(op, [angles])) for op in ("Cos", "Sin"))


def _rms_norm(g: GraphBuilder, x: str, name: str, eps: float) -> str:
    return g.node("SimplifiedLayerNormalization", [x, g.vector(f"{name}.weight")], axis=-1, epsilon=eps)


def _layer(g: GraphBuilder, x: str, config: Config, i: int, lengths: str, total: str, rotary) -> str:
    decoder, name = config.decoder, f"model.layers.{i}"
    cache = [1, decoder.kv_heads, "P", decoder.head_dim]
    past = [g.input(f"past_key_values.{i}.{part}", g.precision.type, cache) for part in ("key", "value")]
    kept = [1, decoder.kv_heads, "T", decoder.head_dim]
    present = [g.produces(f"present.{i}.{part}", g.precision.type, kept) for part in ("key", "value")]
    y = _rms_norm(g, x, f"{name}.input_layernorm", decoder.eps)
    q, k, v = (g.to_precision(g.linear(y, f"{name}.self_attn.{part}_proj")) for part in "qkv")
    mixed, *_ = g.contrib(
        "GroupQueryAttention",
        [q, k, v, *past, lengths, total, *rotary],
        [f"attention_{i}", *present],
        num_heads=decoder.heads,
        kv_num_heads=decoder.kv_heads,
        do_rotary=1,
    )
    x = g.node("Add", [x, _bare_linear(g, mixed, f"{name}.self_attn.o_proj")])
    y = g.to_precision(_rms_norm(g, x, f"{name}.post_attention_layernorm", decoder.eps))
    gate, up = (
        g.bare_product(y, f"{name}.mlp.{part}_proj", g.weights.get(f"{name}.mlp.{part}_proj.weight"))
        for part in ("gate", "up")
    )
    gated = g.node("Mul", [g.node("Mul", [gate, g.node("Sigmoid", [gate])]), up])
    return g.node("Add", [x, _bare_linear(g, gated, f"{name}.mlp.down_proj")])


def _bare_linear(g: GraphBuilder, x: str, name: str) -> str:
    """From the bundle's precision back to the f32 stream."""
    return g.from_precision(g.bare_product(x, name, g.weights.get(f"{name}.weight")))


def _head(g: GraphBuilder, x: str, config: Config) -> None:
    rows = config.decoder.vocabulary
    step = -(-rows // HEAD_SLICES)
    weight = g.weights.get("lm_head.weight")
    slices = [
        g.product(x, f"lm_head.{start // step}", weight[start : start + step].contiguous())
        for start in range(0, rows, step)
    ]
    logits = g.node("Concat", slices, axis=-1)
    g.output(logits, "logits", FLOAT, [1, 1, rows])


def layer_bytes(config: Config, bits_per_weight: float) -> tuple[int, int]:
    """What one layer and the output head take, to cut the decoder into pieces."""
    d = config.decoder
    inner, kv = d.heads * d.head_dim, d.kv_heads * d.head_dim
    layer = d.hidden * (2 * inner + 2 * kv + 3 * d.mlp)
    return round(layer * bits_per_weight / 8), round(d.vocabulary * d.hidden * bits_per_weight / 8)
