"""Writes random weights as a Hugging Face folder in the released checkpoint's key names, for the tests."""

import json
from dataclasses import asdict
from pathlib import Path

from safetensors.torch import save_file

from . import tokenizer
from .config import Config
from .weights import RandomWeights


def write_checkpoint(config: Config, folder: Path, shards: int = 3) -> None:
    """config.json, generation_config.json, tokenizer, and the weights in several safetensors."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = RandomWeights(config)
    names = weights.names()
    step = -(-len(names) // shards)
    places: dict[str, str] = {}
    for index in range(shards):
        file = f"model-{index + 1:05}-of-{shards:05}.safetensors"
        part = {name: weights.get(name).contiguous() for name in names[index * step : (index + 1) * step]}
        save_file(part, folder / file)
        places |= dict.fromkeys(part, file)
    index_text = {"metadata": {}, "weight_map": places}
    (folder / "model.safetensors.index.json").write_text(json.dumps(index_text))
    decoder, generation = config.decoder, config.generation
    text = {
        "vocab_size": decoder.vocabulary + 394,
        "hidden_size": decoder.hidden,
        "num_hidden_layers": decoder.layers,
        "num_attention_heads": decoder.heads,
        "num_key_value_heads": decoder.kv_heads,
        "head_dim": decoder.head_dim,
        "intermediate_size": decoder.mlp,
        "rope_theta": decoder.theta,
        "rms_norm_eps": decoder.eps,
        "speech_encoder_ds_rate": config.speech_join,
        "tokenizer_model_max_length": config.context,
        # Not in a released config.json, where these have one size only.
        "av_reasoner_sizes": {
            "vision": asdict(config.vision),
            "whisper": asdict(config.whisper),
            "beats": asdict(config.beats),
            "speech_inner": config.speech_inner,
        },
    }
    (folder / "config.json").write_text(json.dumps(text))
    settings = {
        "repetition_penalty": generation.repetition_penalty,
        "top_k": generation.top_k,
        "eos_token_id": list(generation.stop_ids),
        "max_new_tokens": generation.max_new_tokens,
    }
    (folder / "generation_config.json").write_text(json.dumps(settings))
    for role, data in tokenizer.tiny(decoder.vocabulary).items():
        (folder / f"{role}.json").write_bytes(data)
