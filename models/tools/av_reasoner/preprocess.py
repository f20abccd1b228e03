"""What happens to pictures and sound before Ola-7B's encoders see them.

The reference of `src/tensors`: numpy in double precision, Pillow for the resize and librosa for Whisper's
filters. test_preprocess.py holds it against torch in single precision, which the released code runs.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Literal, NamedTuple

import librosa
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image

Variant = Literal["infer", "trainer"]

MULTIPLE = 64
MOST_AREA = 480 * 480
LEAST_AREA = 288 * 288
PATCH = 16
GREY = 127

RATE = 16_000
CHUNK = 30 * RATE
MOST_CHUNKS = 25
WINDOW = 400
HOP = 160
MEL_BINS = 128


class Fit(NamedTuple):
    """Size of the picture that the encoder sees; padded with grey, or resized."""

    width: int
    height: int
    padded: bool


def fit_size(width: int, height: int, variant: Variant = "infer") -> Fit:
    """Sides become multiples of 64. `infer` is Ola's infer.py, `trainer` the GRPO trainer.

    A side that the released rule makes 0 (9000 x 30, say) becomes 64: there is no picture without rows.
    """
    area = height * width
    scale = 1.0
    if area > MOST_AREA:
        scale = math.sqrt(MOST_AREA / area)
    elif area < LEAST_AREA:
        scale = math.sqrt(LEAST_AREA / area)
    elif variant == "infer":
        return Fit(-(-width // MULTIPLE) * MULTIPLE, -(-height // MULTIPLE) * MULTIPLE, True)
    floor = lambda side: max(1, int(side * scale / MULTIPLE)) * MULTIPLE  # noqa: E731
    return Fit(floor(width), floor(height), False)


def fit_image(image: Image.Image, variant: Variant = "infer") -> Image.Image:
    """The picture in the size of `fit_size`."""
    image = image.convert("RGB")
    width, height, padded = fit_size(*image.size, variant)
    if not padded:
        return image.resize((width, height), Image.Resampling.BICUBIC)
    canvas = Image.new("RGB", (width, height), (GREY, GREY, GREY))
    canvas.paste(image, ((width - image.width) // 2, (height - image.height) // 2))
    return canvas


def prepare_frame(image: Image.Image, variant: Variant = "infer") -> tuple[np.ndarray, int, int]:
    """`(patches [h · w, 768] f32, h, w)`: values −1…1, patches row by row, inside them c, ky, kx."""
    pixels = np.asarray(fit_image(image, variant))
    values = (pixels.astype(np.float64) / 255).astype(np.float32)
    values = (values - np.float32(0.5)) / np.float32(0.5)
    h, w = values.shape[0] // PATCH, values.shape[1] // PATCH
    patches = values.reshape(h, PATCH, w, PATCH, 3).transpose(0, 2, 4, 1, 3)
    return np.ascontiguousarray(patches.reshape(h * w, 3 * PATCH * PATCH)), h, w


def interpolate_positions(table: np.ndarray, h: int, w: int) -> np.ndarray:
    """`[G, G, W]` → `[h · w, W]` f32: bilinear between half-pixel centres, edges clamped, no antialias."""

    def taps(size: int, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        at = np.clip((np.arange(count) + 0.5) * size / count - 0.5, 0, size - 1)
        low = np.floor(at).astype(int)
        return low, np.minimum(low + 1, size - 1), at - low

    table = table.astype(np.float64)
    low, high, part = taps(table.shape[0], h)
    rows = table[low] + (table[high] - table[low]) * part[:, None, None]
    low, high, part = taps(table.shape[1], w)
    cells = rows[:, low] + (rows[:, high] - rows[:, low]) * part[None, :, None]
    return cells.reshape(h * w, -1).astype(np.float32)


def split_chunks(wave: np.ndarray, most: int = MOST_CHUNKS) -> np.ndarray:
    """Mono 16 kHz `[samples]` → `[n, 480000]` f32, the last one filled with zeros, at most `most`."""
    count = min(most, max(1, math.ceil(len(wave) / CHUNK)))
    chunks = np.zeros((count, CHUNK), np.float32)
    used = min(len(wave), chunks.size)
    chunks.reshape(-1)[:used] = wave[:used]
    return chunks


@cache
def _whisper_filters() -> np.ndarray:
    return librosa.filters.mel(sr=RATE, n_fft=WINDOW, n_mels=MEL_BINS).astype(np.float64)


def whisper_log_mel(wave: np.ndarray) -> np.ndarray:
    """One chunk → `[128, samples / 160]` f32: Whisper large-v3's log_mel_spectrogram."""
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    padded = np.pad(wave.astype(np.float64), WINDOW // 2, mode="reflect")
    frames = sliding_window_view(padded, WINDOW)[::HOP][:-1]
    power = np.abs(np.fft.rfft(frames * window, axis=1)) ** 2
    mel = np.log10(np.maximum(_whisper_filters() @ power.T, 1e-10))
    return ((np.maximum(mel, mel.max() - 8) + 4) / 4).astype(np.float32)


@cache
def _kaldi_filters() -> np.ndarray:
    """`[128, 257]`: triangles that are straight in mel; the Nyquist bin counts for nothing."""
    to_mel = lambda hz: 1127 * np.log(1 + hz / 700)  # noqa: E731
    corners = np.linspace(to_mel(20.0), to_mel(RATE / 2), MEL_BINS + 2)[:, None]
    mel = to_mel(np.arange(256) * RATE / 512)[None]
    left, centre, right = corners[:-2], corners[1:-1], corners[2:]
    slopes = np.minimum((mel - left) / (centre - left), (right - mel) / (right - centre))
    return np.pad(np.maximum(slopes, 0), ((0, 0), (0, 1)))


def beats_fbank(wave: np.ndarray) -> np.ndarray:
    """`[samples]` → `[1 + (samples − 400) // 160, 128]` f32, normalised as BEATs wants it.

    torchaudio.compliance.kaldi.fbank(wave · 32768, num_mel_bins=128) without dither, in numpy.
    """
    frames = sliding_window_view(wave.astype(np.float64) * 32768, WINDOW)[::HOP]
    frames = frames - frames.mean(1, keepdims=True)
    frames = frames - 0.97 * np.concatenate([frames[:, :1], frames[:, :-1]], 1)
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / (WINDOW - 1))) ** 0.85
    power = np.abs(np.fft.rfft(frames * window, 512, axis=1)) ** 2
    mel = np.log(np.maximum(power @ _kaldi_filters().T, np.finfo(np.float32).eps))
    return ((mel - 15.41663) / (2 * 6.55582)).astype(np.float32)
