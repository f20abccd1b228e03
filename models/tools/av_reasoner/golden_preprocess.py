"""Writes what the tests of `src/tensors` compare with: python -m models.tools.av_reasoner.golden_preprocess

Pictures and sounds come from formulas that tests/unit/preprocess-golden.ts repeats, so only results are
stored: small ones whole, large ones as rows and a checksum. The same bytes on every run.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .preprocess import CHUNK, RATE, beats_fbank, fit_size, prepare_frame, split_chunks, whisper_log_mel

FOLDER = Path(__file__).resolve().parents[3] / "tests/fixtures/golden/av-reasoner/preprocess"
# Frames of sound that are stored: the edges, the middle and a few between.
FRAMES = {kind: [*range(4), *range(150, 2900, 211), *range(1498, 1502), *range(n - 4, n)] for kind, n in (("mel", 3000), ("fbank", 2998))}


def random_words(seed: int, count: int) -> np.ndarray:
    """x ← 1664525 · x + 1013904223 mod 2³², `count` times from `seed`."""
    powers = np.cumprod(np.full(count, 1664525, np.uint32), dtype=np.uint32)
    sums = np.cumsum(np.concatenate([[1], powers[:-1]]), dtype=np.uint32)
    return powers * np.uint32(seed) + sums * np.uint32(1013904223)


def picture(width: int, height: int, seed: int) -> np.ndarray:
    """`[height, width, 3]` bytes: noise, a ramp, and black and white blocks whose edges overshoot."""
    noisy = (random_words(seed, width * height * 3) >> 24).reshape(height, width, 3)
    y, x, channel = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    ramp = (x * 3 + y * 5 + channel * 60) % 256
    blocks = ((x // 7 + y // 5) % 2) * 255
    return np.select([y * 3 < height, y * 3 < height * 2], [noisy, ramp], blocks).astype(np.uint8)


def table(grid: int, width: int) -> np.ndarray:
    """`[grid, grid, width]` f32 in −1…1."""
    words = random_words(5, grid * grid * width) >> 16
    return ((words.astype(np.float64) - 32768) / 32768).astype(np.float32).reshape(grid, grid, width)


def noise(samples: int) -> np.ndarray:
    """White noise of 16 bits, a quarter loud."""
    return ((random_words(7, samples) >> 16).astype(np.float64) / 131072 - 0.25).astype(np.float32)


def sine(samples: int) -> np.ndarray:
    """15 s of 440 Hz, rounded to 16 bits, then nothing."""
    n = np.arange(samples)
    steps = np.floor(0.5 * 32767 * np.sin(2 * np.pi * 440 * n / RATE) + 0.5)
    return np.where(n < CHUNK // 2, steps / 32768, 0).astype(np.float32)


def pulse(samples: int) -> np.ndarray:
    """A sawtooth that comes and goes, over a floor of faint noise."""
    n = np.arange(samples)
    saw = ((n * 37) % 1000) / 1000 - 0.5
    return np.where((n // 4000) % 3 == 0, saw, noise(samples) / 256).astype(np.float32)


def main() -> None:
    data = bytearray()

    def store(array: np.ndarray) -> dict:
        data.extend(bytes(-len(data) % 4))
        entry = {"at": len(data), "length": array.size}
        data.extend(np.ascontiguousarray(array).tobytes())
        return entry

    sha256 = lambda array: hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()  # noqa: E731

    sizes = (random_words(11, 400) >> 20).reshape(-1, 2) % 2000 + 1
    fits = [[*map(int, size), *(list(fit_size(*map(int, size), v)) for v in ("infer", "trainer"))] for size in sizes]

    resized = []
    for source, target in (
        ((23, 13), (64, 64)), ((333, 197), (64, 128)), ((50, 300), (128, 64)), ((101, 67), (99, 67)),
        ((64, 31), (64, 97)), ((1, 1), (3, 2)), ((1280, 720), (640, 320)), ((720, 1281), (320, 640)),
    ):  # fmt: skip
        image = Image.fromarray(picture(*source, seed=1))
        pixels = np.asarray(image.resize(target, Image.Resampling.BICUBIC))
        entry = {"source": source, "target": target, "sha256": sha256(pixels)}
        resized.append(entry | ({"pixels": store(pixels)} if pixels.size < 40_000 else {}))

    patches = []
    for (width, height), variant in (
        ((480, 360), "infer"), ((480, 360), "trainer"), ((427, 241), "infer"),
        ((427, 241), "trainer"), ((320, 240), "infer"), ((640, 480), "infer"),
    ):  # fmt: skip
        values, h, w = prepare_frame(Image.fromarray(picture(width, height, seed=2)), variant)
        rows = [0, w + 1, h * w - 1]
        patches.append({
            "width": width, "height": height, "variant": variant, "h": h, "w": w,
            "sha256": sha256(values), "rows": rows, "values": store(values[rows]),
        })  # fmt: skip

    positions = []
    for grid, width, h, w in (
        (16, 4, 20, 40), (16, 4, 40, 20), (16, 4, 24, 32), (16, 4, 12, 20),
        (128, 2, 20, 40), (128, 2, 16, 44), (128, 2, 128, 4),
    ):  # fmt: skip
        source = torch.from_numpy(table(grid, width)).permute(2, 0, 1)[None]
        out = torch.nn.functional.interpolate(source, size=(h, w), mode="bilinear", align_corners=False)
        values = out[0].permute(1, 2, 0).reshape(-1).numpy()
        positions.append({"grid": grid, "width": width, "h": h, "w": w, "values": store(values)})

    halves = np.arange(65536, dtype=np.uint16).view(np.float16).astype(np.float32)

    sounds = {}
    for name, wave, chunk in (
        ("sine", sine(CHUNK), 0), ("noise", noise(CHUNK), 0), ("pulse", pulse(CHUNK), 0),
        ("one short", noise(CHUNK - 1), 0), ("one long", noise(CHUNK + 1), 1), ("silence", np.zeros(CHUNK), 0),
    ):  # fmt: skip
        samples = split_chunks(wave)[chunk]
        mel, fbank = whisper_log_mel(samples), beats_fbank(samples)
        sounds[name] = {
            kind: {
                "mean": float(values.mean(dtype=np.float64)),
                "meanSquare": float((values.astype(np.float64) ** 2).mean()),
                "values": store(values[FRAMES[kind]]),
            }
            for kind, values in (("mel", np.ascontiguousarray(mel.T)), ("fbank", fbank))
        }

    linspace = {n: np.linspace(0, n - 1, 64, dtype=int).tolist() for n in (1, 2, 10, 64, 65, 100, 300, 1799, 4033, 99999)}

    golden = {
        "fits": fits, "resized": resized, "patches": patches, "positions": positions,
        "halves": {"sha256": sha256(np.where(np.isnan(halves), np.float32(0), halves))},
        "frames": FRAMES, "sounds": sounds, "linspace": linspace,
    }  # fmt: skip
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "preprocess.json").write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    (FOLDER / "preprocess.bin").write_bytes(data)
    print(f"{sum(f.stat().st_size for f in FOLDER.iterdir())} bytes in {FOLDER.name}/")


if __name__ == "__main__":
    main()
