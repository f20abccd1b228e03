"""The sizes of AV-Reasoner (Ola-7B), read from a checkpoint or set for the tiny test model.

Numbers: Ola-7b config.json, openai/whisper large-v3, BEATs iter3+ AS2M (see the notes beside each).
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path


@dataclass(frozen=True)
class VisionConfig:
    """OryxViT: the SigLIP-so400m body with 16-pixel patches, any size of picture."""

    width: int = 1152
    heads: int = 16
    layers: int = 27
    mlp: int = 4304
    patch: int = 16
    grid: int = 128
    eps: float = 1e-6


@dataclass(frozen=True)
class WhisperConfig:
    """The encoder of Whisper large-v3."""

    mels: int = 128
    frames: int = 3000
    width: int = 1280
    heads: int = 20
    layers: int = 32
    mlp: int = 5120
    eps: float = 1e-5

    @property
    def positions(self) -> int:
        return self.frames // 2


@dataclass(frozen=True)
class BeatsConfig:
    """BEATs iter3+ fine-tuned on AS2M: gated relative positions, DeepNorm."""

    embed: int = 512
    width: int = 768
    heads: int = 12
    layers: int = 12
    mlp: int = 3072
    patch: int = 16
    bands: int = 128
    frames: int = 2998
    conv_positions: int = 128
    conv_groups: int = 16
    buckets: int = 320
    max_distance: int = 800
    eps: float = 1e-5
    # The classifier of the fine-tuned checkpoint; unused.
    classes: int = 527

    @property
    def tokens(self) -> int:
        return (self.frames // self.patch) * (self.bands // self.patch)

    @property
    def deep_norm(self) -> float:
        return (2 * self.layers) ** 0.25


@dataclass(frozen=True)
class DecoderConfig:
    """Qwen2.5-7B-Instruct."""

    vocabulary: int = 151670
    hidden: int = 3584
    layers: int = 28
    heads: int = 28
    kv_heads: int = 4
    head_dim: int = 128
    mlp: int = 18944
    theta: float = 1e6
    eps: float = 1e-6


@dataclass(frozen=True)
class GenerationConfig:
    """`infer.py`: temperature .2 and no top-p; the rest is inherited from generation_config.json."""

    max_new_tokens: int = 1024
    repetition_penalty: float = 1.05
    temperature: float = 0.2
    top_k: int = 20
    top_p: float = 1.0
    stop_ids: tuple[int, ...] = (151645, 151643)


@dataclass(frozen=True)
class Config:
    vision: VisionConfig = field(default_factory=VisionConfig)
    whisper: WhisperConfig = field(default_factory=WhisperConfig)
    beats: BeatsConfig = field(default_factory=BeatsConfig)
    decoder: DecoderConfig = field(default_factory=DecoderConfig)
    generation: GenerationConfig = field(default_factory=GenerationConfig)
    # EncoderProjectorConcat: how many rows of sound are joined into one, and its inner width.
    speech_join: int = 10
    speech_inner: int = 2048
    # Most frames of a clip.
    frames: int = 64
    # The longest sequence that the model was trained on (tokenizer_model_max_length).
    context: int = 16384

    @property
    def speech_tokens(self) -> int:
        """Rows of one 30 s chunk, its newline included."""
        return self.whisper.positions // self.speech_join + 1


def tiny() -> Config:
    """The test model: the same architecture and its odd ratios, 2.7 M weights."""
    return Config(
        vision=VisionConfig(width=144, heads=2, layers=2, mlp=536, grid=16),
        whisper=WhisperConfig(width=64, heads=2, layers=2, mlp=256),
        beats=BeatsConfig(embed=32, width=64, heads=2, layers=2, mlp=128),
        decoder=DecoderConfig(
            vocabulary=1024, hidden=224, layers=2, heads=14, kv_heads=2, head_dim=16, mlp=448
        ),
        generation=GenerationConfig(max_new_tokens=64, stop_ids=(1023, 1021)),
        speech_inner=128,
        # Enough to see the whole way at work; 64 take minutes on a processor.
        frames=8,
    )


def from_checkpoint(folder: Path, shapes: dict[str, tuple[int, ...]]) -> Config:
    """Sizes of a local Hugging Face folder. The vocabulary is what the tensor has, not config.json.

    @param shapes: of the folder's tensors, by key
    """
    text = json.loads((folder / "config.json").read_text())
    known = text.get("av_reasoner_sizes")
    base = Config()
    if known:
        base = replace(
            base,
            vision=VisionConfig(**known["vision"]),
            whisper=WhisperConfig(**known["whisper"]),
            beats=BeatsConfig(**known["beats"]),
            speech_inner=known["speech_inner"],
        )
    heads = text["num_attention_heads"]
    decoder = DecoderConfig(
        vocabulary=shapes.get("model.embed_tokens.weight", (text["vocab_size"],))[0],
        hidden=text["hidden_size"],
        layers=text["num_hidden_layers"],
        heads=heads,
        kv_heads=text["num_key_value_heads"],
        head_dim=text.get("head_dim") or text["hidden_size"] // heads,
        mlp=text["intermediate_size"],
        theta=text.get("rope_theta", base.decoder.theta),
        eps=text.get("rms_norm_eps", base.decoder.eps),
    )
    return replace(
        base,
        decoder=decoder,
        generation=_generation(folder, base.generation),
        speech_join=text.get("speech_encoder_ds_rate", base.speech_join),
        context=text.get("tokenizer_model_max_length", base.context),
    )


def _generation(folder: Path, base: GenerationConfig) -> GenerationConfig:
    path = folder / "generation_config.json"
    if not path.exists():
        return base
    text = json.loads(path.read_text())
    stop = text.get("eos_token_id", list(base.stop_ids))
    return replace(
        base,
        repetition_penalty=text.get("repetition_penalty", base.repetition_penalty),
        top_k=text.get("top_k", base.top_k),
        stop_ids=tuple(stop if isinstance(stop, list) else [stop]),
        max_new_tokens=text.get("max_new_tokens", base.max_new_tokens),
    )
