"""Writes what the tests of the 7B path compare with: python -m models.tools.av_reasoner.golden_model

The tiny model of models/served/tiny, in double precision so that the stored f32 are the same on every
machine. Pictures and sounds come from the formulas of golden_preprocess; of large arrays a few rows are kept.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tokenizers import Tokenizer

from . import tokenizer as tokenizers
from .bundle import Bundler, Identity
from .config import Config, GenerationConfig, tiny
from .golden_preprocess import picture, pulse, random_words
from .model import AvReasoner, Media, penalised, probabilities
from .preprocess import CHUNK, beats_fbank, prepare_frame, whisper_log_mel
from .quantize import dequantize, quantize
from .speech import relative_buckets
from .weights import RandomWeights, load_model

FOLDER = Path(__file__).resolve().parents[3] / "tests/fixtures/golden/av-reasoner/model"
QUESTION = "How many times does the dog bark?"
# Two frames whose area is below the smallest: they are enlarged to 384 × 192.
FRAME_SIZE, FRAME_SEEDS = (128, 64), (21, 22)
WRITTEN = 32


class Store:
    """f32 arrays one after another, and where each begins."""

    def __init__(self):
        self.data = bytearray()

    def __call__(self, array) -> dict:
        values = np.ascontiguousarray(np.asarray(array, np.float64).astype(np.float32))
        entry = {"at": len(self.data), "length": values.size}
        self.data.extend(values.tobytes())
        return entry

    def rows(self, array: torch.Tensor, rows: list[int]) -> dict:
        """Some rows of [count, width]."""
        return {"rows": rows, "of": len(array), **self(array[rows].numpy())}


def reference(config: Config) -> AvReasoner:
    return load_model(config, RandomWeights(config)).double()


def media() -> Media:
    frames = [prepare_frame(Image.fromarray(picture(*FRAME_SIZE, seed)), "infer") for seed in FRAME_SEEDS]
    _, height, width = frames[0]
    sound = pulse(CHUNK)
    double = lambda array: torch.from_numpy(np.asarray(array)).double()  # noqa: E731
    return Media(
        patches=double(np.stack([patches for patches, _, _ in frames])),
        grid=(height, width),
        mel=double(whisper_log_mel(sound))[None],
        fbank=double(beats_fbank(sound))[None],
    )


def conversation(config: Config) -> tuple[list[int], list[int]]:
    """The ids before and behind the media (section C.6), as the tiny tokenizer cuts them."""
    text = tokenizers.tiny(config.decoder.vocabulary)["tokenizer"].decode()
    words = Tokenizer.from_str(text)
    prefix = "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n<|im_start|>user\n"
    suffix = f"\n{QUESTION}<|im_end|>\n<|im_start|>assistant\n"
    ids = lambda text: words.encode(text, add_special_tokens=False).ids  # noqa: E731
    return ids(prefix), ids(suffix)


class Dequantized(RandomWeights):
    """Random weights as a q4 bundle has them: the language model's matrices rounded in blocks."""

    def get(self, name: str) -> torch.Tensor:
        value = super().get(name)
        if value.dim() != 2 or not name.startswith(("model.layers.", "lm_head.")):
            return value
        return dequantize(*quantize(value, 4), value.shape[1], 4)


@torch.no_grad()
def encoders(model: AvReasoner, shown: Media, store: Store) -> dict:
    tower = model.model.vision_tower.vision_tower
    features = tower(shown.patches, tower.positions(*shown.grid))
    tokens = model.see(shown.patches, shown.grid)
    heard = model.model.speech_encoder.whisper_model(shown.mel)
    sounds = model.model.speech_encoder.beats_model(shown.fbank)
    audio = model.hear(shown.mel, shown.fbank)
    silent = model.hear(torch.zeros_like(shown.mel), torch.from_numpy(beats_fbank(np.zeros(CHUNK, np.float32)))[None].double())
    columns = shown.grid[1] // 2
    return {
        "grid": list(shown.grid),
        "vitFeatures": store.rows(features[1], [0, 1, 143, 287]),
        "frameTokens": store.rows(tokens[1], [0, 1, columns, columns + 1, len(tokens[1]) - 2, len(tokens[1]) - 1]),
        "whisperStates": store.rows(heard[0], [0, 1, 749, 1498, 1499]),
        "beatsStates": store.rows(sounds[0], [0, 1, 7, 8, 1494, 1495]),
        "audioTokens": store.rows(audio[0], [0, 1, 149, 150]),
        "noAudioTokens": store.rows(silent[0], [0, 149, 150]),
    }


@torch.no_grad()
def language(model: AvReasoner, embeds: torch.Tensor, store: Store) -> dict:
    """A prefill of more than 64 rows, the same in parts, and steps behind it."""
    logits, past = model.decode(embeds)
    steps = []
    cache = past
    chosen = int(logits[0, 0].argmax())
    for _ in range(3):
        step, cache = model.decode(model.embed([chosen])[None], cache)
        steps.append({"id": chosen, "logits": store(step[0, 0])})
        chosen = int(step[0, 0].argmax())
    return {"positions": embeds.shape[1], "prefill": store(logits[0, 0]), "steps": steps}


def noise_rows(count: int, width: int) -> torch.Tensor:
    words = random_words(31, count * width) >> 16
    return torch.from_numpy((words.astype(np.float64) - 32768) / 32768).view(1, count, width)


def sampling(store: Store) -> list[dict]:
    """Logits after the penalty, and the chances after temperature, top-k and top-p."""
    logits = torch.from_numpy((random_words(41, 60) >> 16).astype(np.float64) / 4096 - 8)
    cases = []
    for settings in (
        GenerationConfig(),
        GenerationConfig(temperature=1.0, top_k=50, repetition_penalty=1.0),
        GenerationConfig(temperature=0.7, top_k=20, top_p=0.8),
        GenerationConfig(temperature=2.0, top_k=0, top_p=0.5, repetition_penalty=1.3),
    ):
        written = [3, 9, 9, 58]
        scores = penalised(logits, written, settings.repetition_penalty)
        cases.append(
            {
                "repetitionPenalty": settings.repetition_penalty,
                "temperature": settings.temperature,
                "topK": settings.top_k,
                "topP": settings.top_p,
                "written": written,
                "logits": store(logits),
                "penalised": store(scores),
                "probabilities": store(probabilities(scores, settings)),
            }
        )
    return cases


def buckets() -> dict[str, int]:
    """BEATs' real table at the distances where it changes its way of counting."""
    config = Config().beats
    table = relative_buckets(config)
    distances = [0, *(sign * size for size in (1, 79, 80, 81, 799, 800, 1495) for sign in (-1, 1))]
    return {str(distance): int(table[distance + config.tokens - 1]) for distance in distances}


def main() -> None:
    torch.manual_seed(0)
    config, store = tiny(), Store()
    model, shown = reference(config), media()
    prefix, suffix = conversation(config)
    with torch.no_grad():
        embeds = model.sequence(prefix, shown, suffix)
    settings = replace(config.generation, max_new_tokens=WRITTEN)
    rows = noise_rows(96, config.decoder.hidden)
    quantized = load_model(config, Dequantized(config)).double()
    golden = {
        "question": QUESTION,
        "frame": {"size": list(FRAME_SIZE), "seeds": list(FRAME_SEEDS)},
        "prefix": prefix,
        "suffix": suffix,
        "encoders": encoders(model, shown, store),
        "sequence": {
            "positions": embeds.shape[1],
            **store.rows(embeds[0], [0, len(prefix), len(prefix) + 1, embeds.shape[1] - len(suffix) - 1, embeds.shape[1] - 1]),
        },
        "decoder": language(model, embeds, store),
        "greedy": model.generate(embeds, settings),
        "greedyStrongPenalty": model.generate(embeds, replace(settings, repetition_penalty=2.0)),
        "q4": {"rows": 96, "seed": 31, **language(quantized, rows, store)},
        "sampling": sampling(store),
        "buckets": buckets(),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "model.json").write_text(json.dumps(golden, indent=1) + "\n")
    (FOLDER / "model.bin").write_bytes(store.data)
    _write_q4_decoder(config, FOLDER)


def _write_q4_decoder(config: Config, folder: Path) -> None:
    """The tiny language model in 4 bits: the graph and its data, for the tests only."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "q4"
        Bundler(config, RandomWeights(config), out, "q4f32", "golden").run(Identity("q4", "q4", "1", "-", True), {})
        for name in ("decoder_0.onnx", "decoder_0.data"):
            shutil.copy(out / name, folder / name)


if __name__ == "__main__":
    main()
