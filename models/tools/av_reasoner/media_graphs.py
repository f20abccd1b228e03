"""The ONNX graphs of the encoders and their projectors (section names as in the manifest)."""

from dataclasses import replace

import numpy as np
import torch

from .config import Config
from .graph import FLOAT, INT32, GraphBuilder
from .quantize import BLOCK
from .speech import relative_buckets


def vision_encoder(g: GraphBuilder, config: Config) -> None:
    """patches [B, N, 3·patch²], pos_embed [1, N, width] → vit_features [B, N, width]"""
    vision, root = config.vision, "model.vision_tower.vision_tower"
    inputs = 3 * vision.patch**2
    patches = g.input("patches", FLOAT, ["B", "N", inputs])
    positions = g.input("pos_embed", FLOAT, [1, "N", vision.width])
    x = g.node("Add", [g.linear(patches, f"{root}.patch_embed.proj"), positions])
    for i in range(vision.layers):
        block = f"{root}.blocks.{i}"
        joint = g.linear(g.norm(x, f"{block}.norm1", vision.eps), f"{block}.attn.qkv")
        q, k, v = g.node("Split", [joint], 3, axis=-1, num_outputs=3)
        mixed = attention(g, q, k, v, vision.heads)
        x = g.node("Add", [x, g.linear(mixed, f"{block}.attn.proj")])
        inner = vision_mlp(g, g.norm(x, f"{block}.norm2", vision.eps), f"{block}.mlp")
        x = g.node("Add", [x, inner])
    g.output(x, "vit_features", FLOAT, ["B", "N", vision.width])


def vision_mlp(g: GraphBuilder, x: str, name: str) -> str:
    """Its inner width, 4304, is no multiple of a block: zero rows fill it up, and GELU keeps zeros."""
    first, second = g.weights.get(f"{name}.fc1.weight"), g.weights.get(f"{name}.fc2.weight")
    bias = g.weights.get(f"{name}.fc1.bias")
    if g.precision.bits is not None:
        more = -first.shape[0] % BLOCK
        first = torch.nn.functional.pad(first, (0, 0, 0, more))
        second = torch.nn.functional.pad(second, (0, more))
        bias = torch.nn.functional.pad(bias, (0, more))
    hidden = g.node("Gelu", [g.product(x, f"{name}.fc1", first, bias)])
    return g.product(hidden, f"{name}.fc2", second, g.weights.get(f"{name}.fc2.bias"))


def attention(g: GraphBuilder, q: str, k: str, v: str, heads: int) -> str:
    """Everything sees everything; f32 in and out, computed in the bundle's precision."""
    q, k, v = (g.to_precision(part) for part in (q, k, v))
    return g.from_precision(g.contrib("MultiHeadAttention", [q, k, v], num_heads=heads))


def vision_projector(g: GraphBuilder, config: Config) -> None:
    """vit_features [B, h, w, width] → frame_tokens [B, (h/2)·(w/2 + 1) + 1, hidden]"""
    root, hidden = "model.mm_projector", config.decoder.hidden
    features = g.input("vit_features", FLOAT, ["B", "h", "w", config.vision.width])
    size = g.node("Shape", [features])
    part = lambda i: g.node("Slice", [size, g.ints(i), g.ints(i + 1)])  # noqa: E731
    two = g.ints(2)
    batch, rows, columns = part(0), g.node("Div", [part(1), two]), g.node("Div", [part(2), two])
    shape = lambda *parts: g.node("Concat", list(parts), axis=0)  # noqa: E731
    x = g.linear(features, f"{root}.proj1")
    windows = g.node("Reshape", [x, shape(batch, rows, two, columns, two, g.ints(hidden))])
    windows = g.node("Transpose", [windows], perm=[0, 1, 3, 2, 4, 5])
    windows = g.node("Reshape", [windows, shape(batch, rows, columns, g.ints(4), g.ints(hidden))])
    mean = g.node("ReduceMean", [windows, g.ints(3)], keepdims=1)
    mean = g.node("Expand", [mean, g.node("Shape", [windows])])
    both = g.node("Concat", [windows, mean], axis=-1)
    predicted = g.node("Gelu", [g.linear(both, f"{root}.pooler.predictor.0")])
    weights = g.node("Softmax", [g.linear(predicted, f"{root}.pooler.predictor.2")], axis=3)
    pooled = g.node("ReduceSum", [g.node("Mul", [windows, weights]), g.ints(3)], keepdims=0)
    tokens = g.linear(g.node("Gelu", [pooled]), f"{root}.proj2")
    newline = g.node(
        "Expand", [g.vector(f"{root}.image_newline"), shape(batch, rows, g.ints(1), g.ints(hidden))]
    )
    lines = g.node("Concat", [tokens, newline], axis=2)
    lines = g.node("Reshape", [lines, shape(batch, g.ints(-1), g.ints(hidden))])
    end = g.node("Expand", [g.vector(f"{root}.image_sep"), shape(batch, g.ints(1), g.ints(hidden))])
    frames = g.node("Concat", [lines, end], axis=1)
    g.output(frames, "frame_tokens", FLOAT, ["B", "T", hidden])


def whisper_encoder(g: GraphBuilder, config: Config) -> None:
    """input_features [n, mels, frames] → whisper_states [n, frames/2, width]"""
    whisper, root = config.whisper, "model.speech_encoder.whisper_model"
    x = g.input("input_features", FLOAT, ["n", whisper.mels, whisper.frames])
    for name, stride in (("conv1", 1), ("conv2", 2)):
        kernel = [x, g.vector(f"{root}.{name}.weight"), g.vector(f"{root}.{name}.bias")]
        x = g.node("Conv", kernel, kernel_shape=[3], pads=[1, 1], strides=[stride])
        x = g.node("Gelu", [x])
    x = g.node("Transpose", [x], perm=[0, 2, 1])
    x = g.node("Add", [x, g.vector(f"{root}.positional_embedding")])
    for i in range(whisper.layers):
        block = f"{root}.blocks.{i}"
        y = g.norm(x, f"{block}.attn_ln", whisper.eps)
        q, v = g.linear(y, f"{block}.attn.query"), g.linear(y, f"{block}.attn.value")
        k = g.linear(y, f"{block}.attn.key", bias=False)
        mixed = attention(g, q, k, v, whisper.heads)
        x = g.node("Add", [x, g.linear(mixed, f"{block}.attn.out")])
        y = g.linear(g.norm(x, f"{block}.mlp_ln", whisper.eps), f"{block}.mlp.0")
        x = g.node("Add", [x, g.linear(g.node("Gelu", [y]), f"{block}.mlp.2")])
    states = g.norm(x, f"{root}.ln_post", whisper.eps)
    g.output(states, "whisper_states", FLOAT, ["n", whisper.positions, whisper.width])


def beats_encoder(g: GraphBuilder, config: Config) -> None:
    """fbank [n, frames, bands], normalised → beats_states [n, tokens, width]. Always computed in f32."""
    g.precision = replace(g.precision, half=False)
    beats, root = config.beats, "model.speech_encoder.beats_model"
    fbank = g.input("fbank", FLOAT, ["n", beats.frames, beats.bands])
    # The stride is the kernel, so the convolution is a product over cut-out patches.
    patch, times = beats.patch, beats.frames // beats.patch
    whole = g.node("Slice", [fbank, g.ints(0), g.ints(times * patch), g.ints(1)])
    cut = g.ints(-1, times, patch, beats.bands // patch, patch)
    patches = g.node("Transpose", [g.node("Reshape", [whole, cut])], perm=[0, 1, 3, 2, 4])
    patches = g.node("Reshape", [patches, g.ints(-1, beats.tokens, patch * patch)])
    x = g.linear(patches, f"{root}.patch_embedding", bias=False)
    x = g.linear(g.norm(x, f"{root}.layer_norm", beats.eps), f"{root}.post_extract_proj")
    x = g.node("Add", [x, _position_conv(g, x, config)])
    x = g.norm(x, f"{root}.encoder.layer_norm", beats.eps)
    bias = _position_bias(g, fbank, config)
    alpha = g.constant("alpha", np.float32(beats.deep_norm))
    for i in range(beats.layers):
        layer = f"{root}.encoder.layers.{i}"
        y = _beats_attention(g, x, bias, f"{layer}.self_attn", config)
        x = g.node("Add", [g.node("Mul", [x, alpha]), y])
        x = g.norm(x, f"{layer}.self_attn_layer_norm", beats.eps)
        y = g.linear(g.node("Gelu", [g.linear(x, f"{layer}.fc1")]), f"{layer}.fc2")
        x = g.node("Add", [g.node("Mul", [x, alpha]), y])
        x = g.norm(x, f"{layer}.final_layer_norm", beats.eps)
    g.output(x, "beats_states", FLOAT, ["n", beats.tokens, beats.width])


def _position_conv(g: GraphBuilder, x: str, config: Config) -> str:
    beats = config.beats
    name = "model.speech_encoder.beats_model.encoder.pos_conv.0"
    direction = g.weights.get(f"{name}.weight_v")
    length = g.weights.get(f"{name}.weight_g") / direction.norm(dim=(0, 1), keepdim=True)
    kernel = g.stored(f"{name}.weight", direction * length)
    size = beats.conv_positions
    y = g.node("Transpose", [x], perm=[0, 2, 1])
    # An even kernel gives one step too many at the end; one less of padding there leaves it out.
    pads = [size // 2, size // 2 - (size % 2 == 0)]
    parts = [y, kernel, g.vector(f"{name}.bias")]
    y = g.node("Conv", parts, kernel_shape=[size], pads=pads, group=beats.conv_groups)
    return g.node("Transpose", [g.node("Gelu", [y])], perm=[0, 2, 1])


def _position_bias(g: GraphBuilder, fbank: str, config: Config) -> str:
    """[heads, tokens, tokens], looked up by distance. The index is made at run time: it is large."""
    beats = config.beats
    layer = "model.speech_encoder.beats_model.encoder.layers.0.self_attn"
    table = g.weights.get(f"{layer}.relative_attention_bias.weight")
    by_distance = table[relative_buckets(beats)].T.contiguous()
    # bands/patch tokens for each step of time: a number that only the input knows.
    bands = g.node("Slice", [g.node("Shape", [fbank]), g.ints(2), g.ints(3)])
    count = g.node("Mul", [g.node("Div", [bands, g.ints(beats.patch)]), g.ints(beats.frames // beats.patch)])
    count = g.cast(g.node("Squeeze", [count]), INT32)
    scalar = lambda key, value: g.constant(key, np.int32(value))  # noqa: E731
    row = g.node("Range", [scalar("zero", 0), count, scalar("one", 1)])
    keys = g.node("Unsqueeze", [row, g.ints(0)])
    queries = g.node("Unsqueeze", [row, g.ints(1)])
    index = g.node("Add", [g.node("Sub", [keys, queries]), scalar("middle", beats.tokens - 1)])
    return g.node("Gather", [g.stored(f"{layer}.bias_by_distance", by_distance), index], axis=1)


def _beats_attention(g: GraphBuilder, x: str, bias: str, name: str, config: Config) -> str:
    beats = config.beats
    size = beats.width // beats.heads
    split = g.ints(-1, beats.tokens, beats.heads, size)
    heads = {}
    for part, order in (("q", [0, 2, 1, 3]), ("k", [0, 2, 3, 1]), ("v", [0, 2, 1, 3])):
        y = g.node("Reshape", [g.linear(x, f"{name}.{part}_proj"), split])
        heads[part] = g.node("Transpose", [y], perm=order)
    # Eight outputs summed in two groups of four are two outputs of summed weights.
    gates = g.weights.get(f"{name}.grep_linear.weight").view(2, 4, -1).sum(1)
    offsets = g.weights.get(f"{name}.grep_linear.bias").view(2, 4).sum(1)
    turned = g.stored(f"{name}.gates", gates.T.contiguous())
    y = g.node("Add", [g.node("MatMul", [heads["q"], turned]), g.stored(f"{name}.gates.bias", offsets)])
    a, b = g.node("Split", [g.node("Sigmoid", [y])], 2, axis=-1, num_outputs=2)
    one, two = g.constant("one.f", np.float32(1)), g.constant("two.f", np.float32(2))
    b = g.node("Sub", [g.node("Mul", [b, g.vector(f"{name}.grep_a")]), one])
    gate = g.node("Add", [g.node("Mul", [a, b]), two])
    scale = g.constant("scale", np.float32(size**-0.5))
    scores = g.node("Mul", [g.node("MatMul", [heads["q"], heads["k"]]), scale])
    scores = g.node("Add", [scores, g.node("Mul", [gate, bias])])
    mixed = g.node("MatMul", [g.node("Softmax", [scores], axis=-1), heads["v"]])
    mixed = g.node("Transpose", [mixed], perm=[0, 2, 1, 3])
    mixed = g.node("Reshape", [mixed, g.ints(-1, beats.tokens, beats.width)])
    return g.linear(mixed, f"{name}.out_proj")


def speech_projector(g: GraphBuilder, config: Config) -> None:
    """whisper_states and beats_states → audio_tokens [n, 151, hidden], the newline as the last of each"""
    whisper, beats, root = config.whisper, config.beats, "model.speech_projector"
    rows, hidden, width = whisper.positions, config.decoder.hidden, whisper.width + beats.width
    heard = g.input("whisper_states", FLOAT, ["n", rows, whisper.width])
    sounds = g.input("beats_states", FLOAT, ["n", beats.tokens, beats.width])
    pads = g.ints(0, 0, 0, 0, rows - beats.tokens, 0)
    joined = g.node("Concat", [heard, g.node("Pad", [sounds, pads])], axis=-1)
    join = config.speech_join
    joined = g.node("Reshape", [joined, g.ints(-1, rows // join, join * width)])
    x = g.node("Relu", [g.linear(joined, f"{root}.linear1")])
    tokens = g.linear(x, f"{root}.linear2")
    chunks = g.node("Slice", [g.node("Shape", [heard]), g.ints(0), g.ints(1)])
    size = g.node("Concat", [chunks, g.ints(1, hidden)], axis=0)
    newline = g.node("Expand", [g.vector(f"{root}.speech_newline"), size])
    tokens = g.node("Concat", [tokens, newline], axis=1)
    g.output(tokens, "audio_tokens", FLOAT, ["n", config.speech_tokens, hidden])
