"""Sound of the clips: recordings placed on a quiet, made-up ambience. Mono, 48 kHz."""

from __future__ import annotations

import librosa
import numpy as np
from scipy.signal import butter, fftconvolve, sosfilt

RATE = 48000


def recording(path, semitones: float = 0) -> np.ndarray:
    """A recording at 48 kHz, played faster or slower by some semitones, peak 1."""
    samples, rate = librosa.load(path, sr=None, mono=True)
    factor = 2 ** (semitones / 12)
    out = librosa.resample(samples, orig_sr=rate * factor, target_sr=RATE, res_type="soxr_hq")
    return (out / np.abs(out).max()).astype(np.float32)


def band(x: np.ndarray, low: float, high: float) -> np.ndarray:
    return sosfilt(butter(2, [low, high], "bandpass", fs=RATE, output="sos"), x)


def breeze(rng: np.random.Generator, seconds: float, level_db: float) -> np.ndarray:
    """Wind in the open: low noise that swells slowly."""
    n = int(seconds * RATE)
    x = band(rng.standard_normal(n), 60, 700) + 0.25 * band(rng.standard_normal(n), 900, 4000)
    points = rng.uniform(0.5, 1.0, int(seconds / 1.5) + 3)
    swell = np.interp(np.arange(n) / RATE, np.arange(len(points)) * 1.5, points)
    return scaled(x * swell, level_db)


def scaled(x: np.ndarray, level_db: float) -> np.ndarray:
    """Sets the RMS, in dB of full scale."""
    return (x * 10 ** (level_db / 20) / np.sqrt(np.mean(x**2))).astype(np.float32)


def room(rng: np.random.Generator, x: np.ndarray, seconds: float, wet: float) -> np.ndarray:
    """A little reverberation: decaying noise as impulse response."""
    t = np.arange(int(seconds * RATE)) / RATE
    response = band(rng.standard_normal(len(t)) * np.exp(-6.9 * t / seconds), 200, 5000)
    response /= np.sqrt(np.sum(response**2))
    return np.concatenate([x, np.zeros(len(t) - 1)]) + wet * fftconvolve(x, response)


def place(track: np.ndarray, x: np.ndarray, at_seconds: float, gain_db: float = 0) -> None:
    """Adds a sound to the track in place; what runs past the end is faded by the caller."""
    start = int(at_seconds * RATE)
    part = x[: max(0, len(track) - start)]
    track[start : start + len(part)] += part * 10 ** (gain_db / 20)


def finished(track: np.ndarray, peak_db: float = -3, fade_seconds: float = 0.4) -> np.ndarray:
    """Fades both ends and sets the peak."""
    fade = np.clip(np.arange(len(track)) / (fade_seconds * RATE), 0, 1)
    out = track * fade * fade[::-1]
    return out * 10 ** (peak_db / 20) / np.abs(out).max()


def active_span(x: np.ndarray, below_peak_db: float = 25) -> tuple[float, float]:
    """Seconds from the onset of a recording to where it has faded, by its 10 ms envelope."""
    hop = RATE // 100
    frames = x[: len(x) // hop * hop].reshape(-1, hop)
    level = np.sqrt(np.mean(frames**2, axis=1))
    loud = np.flatnonzero(level > level.max() * 10 ** (-below_peak_db / 20))
    return loud[0] * hop / RATE, (loud[-1] + 1) * hop / RATE
