"""Log-mel features, the same numbers as src/tensors/log-mel.ts."""

from __future__ import annotations

import numpy as np
from scipy import fft as sfft

FEATURES = {
    "sampleRate": 16000,
    "windowLength": 400,
    "fftLength": 512,
    "hopLength": 160,
    "melBins": 64,
    "minHz": 50,
    "maxHz": 7800,
    # Power is divided by the loudest frame of the whole recording, so gain does not matter;
    # below minReference a recording counts as digital silence.
    "minReference": 1e-4,
    "floor": 1e-7,
    "offset": 10.0,
    "scale": 0.25,
}


def hz_to_mel(hz):
    return 2595.0 * np.log10(1.0 + np.asarray(hz, dtype=np.float64) / 700.0)


def mel_to_hz(mel):
    return 700.0 * (10.0 ** (np.asarray(mel, dtype=np.float64) / 2595.0) - 1.0)


def mel_filters(f: dict = FEATURES) -> np.ndarray:
    """Triangles of height 1 on the HTK mel scale, [fftLength / 2 + 1, melBins]."""
    edges = mel_to_hz(np.linspace(hz_to_mel(f["minHz"]), hz_to_mel(f["maxHz"]), f["melBins"] + 2))
    bins = np.arange(f["fftLength"] // 2 + 1) * f["sampleRate"] / f["fftLength"]
    rise = (bins[:, None] - edges[None, :-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[None, 2:] - bins[:, None]) / (edges[2:] - edges[1:-1])
    return np.maximum(0.0, np.minimum(rise, fall)).astype(np.float32)


_FILTERS = mel_filters()
# Periodic Hann, as scipy and librosa use for spectra.
_WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FEATURES["windowLength"]) / FEATURES["windowLength"])).astype(np.float32)


def frame_count(samples: int, f: dict = FEATURES) -> int:
    """Frame t is centred on sample t * hopLength; there is always at least one."""
    return max(1, -(-samples // f["hopLength"]))


def mel_power(samples: np.ndarray, f: dict = FEATURES) -> np.ndarray:
    """Mono 16 kHz → mel power [frames, melBins], zero-padded at both ends."""
    n = frame_count(len(samples), f)
    half = f["windowLength"] // 2
    padded = np.zeros((n - 1) * f["hopLength"] + f["windowLength"] + f["hopLength"], np.float32)
    padded[half : half + len(samples)] = samples[: len(padded) - half]
    frames = np.lib.stride_tricks.sliding_window_view(padded, f["windowLength"])[:: f["hopLength"]][:n]
    spectrum = sfft.rfft(frames * _WINDOW, f["fftLength"], axis=1)
    return (spectrum.real**2 + spectrum.imag**2) @ _FILTERS


def normalise(power: np.ndarray, f: dict = FEATURES) -> np.ndarray:
    """Mel power [frames, melBins] → what the graph reads, same shape."""
    reference = max(float(power.sum(1).max()), f["minReference"])
    return ((np.log(power / reference + f["floor"]) + f["offset"]) * f["scale"]).astype(np.float32)


def log_mel(samples: np.ndarray, f: dict = FEATURES) -> np.ndarray:
    """Mono 16 kHz → normalised log-mel [frames, melBins]."""
    return normalise(mel_power(np.asarray(samples, np.float32), f), f)
