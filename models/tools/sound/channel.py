"""What happens to a sound between its source and the file: rooms and filters on the wave, and cheap
likenesses of gain control, codecs and low sample rates on its mel power."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import butter, fftconvolve, lfilter, sosfilt

RATE = 16000


def room(g: np.random.Generator) -> np.ndarray:
    """An impulse response: direct sound, early reflections, a tail that grows duller, or an echo outdoors."""
    if g.random() < 0.2:
        x = np.zeros(int(RATE * 0.75), np.float32)
        x[0] = 1
        for _ in range(g.integers(1, 4)):
            at, width = int(RATE * g.uniform(0.06, 0.6)), int(RATE * g.uniform(0.005, 0.06))
            burst = lfilter([0.4], [1, -0.6], g.standard_normal(width)) * np.hanning(width)
            x[at : at + width] += 10 ** (g.uniform(-26, -8) / 20) * burst / (np.linalg.norm(burst) + 1e-9)
        return x
    n = int(RATE * np.exp(g.uniform(np.log(0.08), np.log(1.4))))
    tail = g.standard_normal(n) * np.exp(-6.9 * np.arange(n) / n)
    dull = lfilter([0.25], [1, -0.75], tail)
    fade = np.minimum(1, np.arange(n) / (0.25 * n))
    tail = tail * (1 - fade) + dull * fade
    tail[: int(g.uniform(0.002, 0.025) * RATE)] = 0
    tail *= 10 ** (g.uniform(-20, 2) / 20) / (np.linalg.norm(tail) + 1e-9)
    for _ in range(g.integers(0, 7)):
        tail[int(g.uniform(0.001, 0.03) * RATE) % n] += g.uniform(-0.5, 0.5)
    tail[0] = 1
    return tail.astype(np.float32)


def degrade(x: np.ndarray, g: np.random.Generator) -> np.ndarray:
    """Room, clipping and filters, each at times."""
    if g.random() < 0.45:
        x = fftconvolve(x, room(g))[: len(x)].astype(np.float32)
    if g.random() < 0.1:
        limit = np.abs(x).max() * g.uniform(0.1, 0.8) + 1e-9
        x = np.clip(x, -limit, limit) if g.random() < 0.5 else limit * np.tanh(x / limit)
    if g.random() < 0.12:
        x = sosfilt(butter(4, g.uniform(1800, 7000), fs=RATE, output="sos"), x).astype(np.float32)
    if g.random() < 0.08:
        x = sosfilt(butter(2, g.uniform(100, 500), "high", fs=RATE, output="sos"), x).astype(np.float32)
    return x


def tint(x: np.ndarray, g: np.random.Generator) -> np.ndarray:
    """Another distance or another microphone for one take: a gentle shelf."""
    a = np.exp(-2 * np.pi * np.exp(g.uniform(np.log(150), np.log(3500))) / RATE)
    low = lfilter([1 - a], [1, -a], x)
    return (x + g.uniform(-0.75, 2.5) * low).astype(np.float32)


def transmit(power: np.ndarray, g: np.random.Generator) -> np.ndarray:
    """Mel power [frames, mels] → the same after gain control, a codec, a low sample rate, each at times."""
    if g.random() < 0.15:
        level = power.sum(1)
        held = uniform_filter1d(maximum_filter1d(level, int(g.integers(10, 60))), int(g.integers(20, 120)))
        gain = (held + 1e-4 * level.max() + 1e-12) ** -g.uniform(0.15, 0.6)
        power = power * (gain / gain.max())[:, None]
    if g.random() < 0.15:
        if g.random() < 0.5:
            power = uniform_filter1d(power, int(g.integers(2, 4)), axis=0)
        heard = power.max(1, keepdims=True) * 10 ** -g.uniform(2.2, 4.5)
        power = np.where(power < heard, power * 10 ** -g.uniform(0.5, 4), power)
    if g.random() < 0.12:
        edge = int(g.integers(28, 60))
        power = power.copy()
        power[:, edge:] *= 10 ** -g.uniform(2, 6)
    if g.random() < 0.06:
        power = power.copy()
        power[:, : g.integers(2, 10)] *= 10 ** -g.uniform(1, 4)
    return power.astype(np.float32)


def equaliser(g: np.random.Generator, bands: int) -> np.ndarray:
    knots = g.normal(0, 4, 5)
    return 10 ** (np.interp(np.linspace(0, 4, bands), np.arange(5), knots) / 10).astype(np.float32)
