"""Animals, tones and small mechanisms from formulas, for the training's wider scenes.

As in synth.py: a random generator in, one event out, mono 16 kHz, roughly peak 1. The pitches, lengths and
formants are those that one reads off spectrograms of such sounds, drawn far more widely than any package has them.
"""

from __future__ import annotations

import numpy as np

from .synth import RATE, _band, _decay, _resonator, _sweep, _time, _voice
from .synth_hits import _noise, _unit


def _log(g, low: float, high: float) -> float:
    return float(np.exp(g.uniform(np.log(low), np.log(high))))


def _arch(g, t: np.ndarray, start: float, top: float, end: float) -> np.ndarray:
    """A contour that rises to its top somewhere in the middle and falls."""
    return np.interp(t / t[-1], [0, g.uniform(0.15, 0.6), 1], [start, top, end])


def _hull(t: np.ndarray, attack: float, release: float) -> np.ndarray:
    return np.minimum(1, np.minimum(t / attack, (t[-1] - t) / release))


def _cry(g, t, hz, size: float, noise: float, ratios=(1.0, 2.3, 4.0), width: float = 160) -> np.ndarray:
    """Voiced sound of a body of a size: 1 is that of a human."""
    first = g.uniform(400, 850) * size
    formants = [(min(7400, first * r * g.uniform(0.85, 1.15)), w) for r, w in zip(ratios, (1.0, g.uniform(0.3, 0.9), g.uniform(0.1, 0.6)))]
    return _unit(_voice(g, hz, formants, width, noise))


def _one_after_another(g, t: np.ndarray, count: int, gap: tuple[float, float], shortest: int):
    """→ where each of several begins, and the time that is left to it."""
    at = 0
    for _ in range(count):
        yield at, t[: len(t) - at]
        at = min(len(t) - shortest, at + int(g.uniform(*gap) * RATE))


def oink(g):
    """A grunt, mostly; sometimes a squeal."""
    if g.random() < 0.25:
        t = _time(g.uniform(0.25, 1.1))
        hz = _arch(g, t, _log(g, 300, 700), _log(g, 700, 1600), _log(g, 300, 800)) * (1 + 0.04 * np.sin(2 * np.pi * g.uniform(8, 40) * t))
        return _cry(g, t, hz, g.uniform(1.2, 2.2), g.uniform(0.5, 2)) * _hull(t, 0.03, 0.08)
    parts = []
    for _ in range(1 if g.random() < 0.7 else 2):
        t = _time(g.uniform(0.1, 0.4))
        hz = _arch(g, t, _log(g, 55, 140), _log(g, 80, 240), _log(g, 50, 130))
        x = _cry(g, t, hz, g.uniform(0.55, 1.2), g.uniform(0.8, 4)) * (1 - g.uniform(0, 0.6) * (np.sin(2 * np.pi * g.uniform(20, 55) * t) > 0))
        snort = _band(g.standard_normal(len(t)), g.uniform(250, 700), g.uniform(1500, 4500), 1)
        parts += [(x + g.uniform(0.1, 0.8) * _unit(snort)) * _hull(t, g.uniform(0.01, 0.05), g.uniform(0.03, 0.12)), np.zeros(int(g.uniform(0, 0.05) * RATE))]
    return np.concatenate(parts)


def moo(g):
    t = _time(g.uniform(0.6, 2.4))
    hz = _arch(g, t, _log(g, 70, 160), _log(g, 110, 300), _log(g, 80, 220)) * (1 + 0.02 * np.sin(2 * np.pi * g.uniform(4, 9) * t))
    opening = np.interp(t / t[-1], [0, g.uniform(0.1, 0.4), 1], [g.uniform(0.1, 0.5), 1, g.uniform(0.4, 1)])
    return _cry(g, t, hz, g.uniform(0.55, 1.0), g.uniform(0.1, 1.2)) * opening * _hull(t, 0.06, 0.2)


def bleat(g):
    t = _time(g.uniform(0.35, 1.4))
    wobble = 1 - g.uniform(0.3, 0.8) * (0.5 + 0.5 * np.sin(2 * np.pi * g.uniform(6, 15) * t))
    hz = _arch(g, t, _log(g, 180, 500), _log(g, 220, 650), _log(g, 150, 450))
    return _cry(g, t, hz, g.uniform(0.8, 1.5), g.uniform(0.3, 1.5)) * wobble * _hull(t, 0.03, 0.12)


def neigh(g):
    t = _time(g.uniform(0.7, 1.8))
    hz = _arch(g, t, _log(g, 500, 900), _log(g, 900, 1800), _log(g, 250, 500)) * (1 + 0.08 * np.sin(2 * np.pi * g.uniform(9, 16) * t))
    shake = 1 - g.uniform(0.2, 0.7) * (0.5 + 0.5 * np.sin(2 * np.pi * g.uniform(9, 16) * t)) * (t / t[-1])
    return _cry(g, t, hz, g.uniform(1.0, 1.6), g.uniform(0.3, 1.5)) * shake * _hull(t, 0.05, 0.2)


def bray(g):
    """Hee and haw, once or twice; one event."""
    parts = []
    for _ in range(g.integers(1, 3)):
        inward, outward = _time(g.uniform(0.2, 0.5)), _time(g.uniform(0.3, 0.8))
        parts.append(0.6 * _cry(g, inward, np.linspace(_log(g, 500, 900), _log(g, 600, 1100), len(inward)), 1.3, 2) * _hull(inward, 0.04, 0.05))
        parts.append(_cry(g, outward, np.linspace(_log(g, 200, 350), _log(g, 150, 250), len(outward)), 0.9, 1.2) * _hull(outward, 0.03, 0.1))
    return np.concatenate(parts)


def cluck(g):
    parts = []
    for _ in range(1 if g.random() < 0.6 else g.integers(2, 4)):
        t = _time(g.uniform(0.04, 0.16))
        hz = _arch(g, t, _log(g, 250, 500), _log(g, 400, 1000), _log(g, 200, 450))
        parts += [_cry(g, t, hz, g.uniform(1.3, 2.4), g.uniform(0.3, 1.5)) * _hull(t, 0.006, 0.02), np.zeros(int(g.uniform(0.03, 0.12) * RATE))]
    if g.random() < 0.25:
        t = _time(g.uniform(0.25, 0.6))
        parts.append(_cry(g, t, _arch(g, t, 500, _log(g, 700, 1300), 500), 1.8, 0.6) * _hull(t, 0.02, 0.08))
    return np.concatenate(parts)


def quack(g):
    """A duck, or a goose with its broken honk."""
    t = _time(g.uniform(0.08, 0.42))
    goose = g.random() < 0.35
    hz = _arch(g, t, *((_log(g, 300, 500), _log(g, 450, 800), _log(g, 300, 500)) if goose else (_log(g, 160, 400), _log(g, 180, 450), _log(g, 100, 260))))
    return _cry(g, t, hz, g.uniform(1.2, 2.4), g.uniform(0.1, 0.9), (1.0, 1.9, 2.9), g.uniform(90, 260)) * _hull(t, 0.012, g.uniform(0.03, 0.1))


def caw(g):
    t = _time(g.uniform(0.15, 0.7))
    hz = _arch(g, t, _log(g, 250, 500), _log(g, 300, 750), _log(g, 200, 450))
    rough = 1 + g.uniform(0.2, 1) * (np.sin(2 * np.pi * g.uniform(35, 90) * t) > 0)
    return _cry(g, t, hz, g.uniform(1.6, 3.0), g.uniform(1, 5), (1.0, 1.8, 2.7), 260) * rough * _hull(t, 0.02, 0.08)


def hoot(g):
    parts = []
    for _ in range(1 if g.random() < 0.6 else g.integers(2, 4)):
        t = _time(g.uniform(0.12, 0.7))
        hz = _arch(g, t, *(_log(g, 220, 700) * np.array([g.uniform(0.85, 1), 1, g.uniform(0.8, 1)])))
        x = np.sin(_sweep(hz)) + g.uniform(0, 0.25) * np.sin(2 * _sweep(hz)) + g.uniform(0, 0.1) * g.standard_normal(len(t))
        parts += [x * _hull(t, 0.05, 0.08), np.zeros(int(g.uniform(0.05, 0.2) * RATE))]
    return np.concatenate(parts)


def croak(g):
    """A train of pulses through a throat: a frog's croak or ribbit."""
    parts = []
    for _ in range(1 if g.random() < 0.6 else 2):
        t = _time(g.uniform(0.08, 0.6))
        hz = _arch(g, t, *(_log(g, 18, 130) * g.uniform(0.7, 1.3, 3)))
        x = _cry(g, t, hz, g.uniform(0.8, 2.6), g.uniform(0, 0.4), (1.0, 2.0, 3.1), g.uniform(90, 300))
        parts += [x * np.linspace(g.uniform(0.3, 1), 1, len(t)) * _hull(t, 0.01, 0.03), np.zeros(int(g.uniform(0.01, 0.07) * RATE))]
    return np.concatenate(parts)


def chirp(g):
    """A bird's call of a few gliding notes; one event."""
    parts, base = [], _log(g, 1600, 5500)
    for _ in range(g.integers(1, 5)):
        t = _time(g.uniform(0.03, 0.25))
        hz = base * _arch(g, t, *np.exp(g.normal(0, 0.22, 3))) * (1 + g.uniform(0, 0.12) * np.sin(2 * np.pi * g.uniform(15, 60) * t))
        parts += [np.sin(_sweep(np.clip(hz, 800, 7500))) * _hull(t, 0.008, 0.02), np.zeros(int(g.uniform(0.01, 0.09) * RATE))]
    return np.concatenate(parts)


def wail(g):
    """A baby's cry, one breath long."""
    t = _time(g.uniform(0.4, 1.6))
    hz = _arch(g, t, _log(g, 300, 450), _log(g, 380, 650), _log(g, 280, 450)) * (1 + 0.03 * np.sin(2 * np.pi * g.uniform(5, 9) * t))
    return _cry(g, t, hz, g.uniform(1.3, 1.9), g.uniform(0.1, 0.8)) * _hull(t, 0.05, 0.15)


def tone(g):
    """Anything electronic that beeps: pure, square, pulsed, warbling, struck, of one or two pitches."""
    t = _time(_log(g, 0.03, 0.9))
    hz = _log(g, 250, 4500) * np.ones(len(t))
    kind = g.random()
    if kind < 0.2:
        hz = np.where(t < t[-1] * g.uniform(0.3, 0.6), hz, hz * 2 ** (g.integers(-12, 13) / 12))
    elif kind < 0.35:
        hz = hz * np.linspace(1, np.exp(g.normal(0, 0.4)), len(t))
    elif kind < 0.45:
        hz = hz * (1 + g.uniform(0.01, 0.1) * np.sign(np.sin(2 * np.pi * g.uniform(8, 40) * t)))
    phase = _sweep(np.clip(hz, 60, 7600))
    colour = g.random()
    if colour < 0.4:
        x = np.sin(phase) + g.uniform(0, 0.4) * np.sin(2 * phase)
    elif colour < 0.7:
        x = np.tanh(g.uniform(2, 12) * (np.sin(phase) + g.uniform(-0.4, 0.4)))
    else:
        x = np.sin(phase + g.uniform(0.3, 4) * np.sin(phase * g.choice([0.5, 1, 2, 3, 1.41])))
    x = _band(x, 100, 7800, 1)
    hull = _decay(t, g.uniform(0.05, 0.4), 0.002) if g.random() < 0.35 else _hull(t, 0.003, g.uniform(0.004, 0.05))
    if g.random() < 0.15:
        hull = hull * (np.sin(2 * np.pi * g.uniform(12, 30) * t) > -0.2)
    return x * hull


def plop(g):
    """Water that falls into water: a bubble that rings, with or without the splash before it, sometimes echoed."""
    t = _time(g.uniform(0.05, 0.4))
    x = np.zeros(len(t))
    for at, part in _one_after_another(g, t, g.integers(1, 4), (0.005, 0.12), 400):
        hz = _log(g, 300, 3200) * (1 + g.uniform(0, 2.5) * (part / t[-1]) ** g.uniform(0.4, 1.6))
        x[at:] += g.uniform(0.2, 1) * np.sin(_sweep(np.clip(hz, 100, 7500))) * _decay(part, g.uniform(0.006, 0.09), g.uniform(0.0005, 0.006))
    return x + g.uniform(0, 0.5) * _unit(_noise(g, t, g.uniform(0.002, 0.02), 1000, 7500))


def shutter(g):
    """Mirror up, curtain, mirror down: two or three clicks, or an electronic imitation with a whirr."""
    t = _time(g.uniform(0.12, 0.5))
    x = np.zeros(len(t))
    for at, part in _one_after_another(g, t, g.integers(2, 4), (0.03, 0.15), 600):
        x[at:] += g.uniform(0.3, 1) * _unit(_noise(g, part, g.uniform(0.003, 0.02), g.uniform(500, 2500), g.uniform(4000, 7800)))
        x[at:] += g.uniform(0, 0.5) * _unit(_resonator(g.standard_normal(len(part)) * _decay(part, 0.004, 0.0003), _log(g, 600, 4000), 120))
    if g.random() < 0.3:
        x += g.uniform(0.02, 0.2) * _unit(_band(g.standard_normal(len(t)), 1500, 5000, 1)) * _hull(t, 0.05, 0.05)
    return x


def struck_skin(g):
    """A drum of any size."""
    t = _time(g.uniform(0.12, 0.7))
    hz = _log(g, 45, 350)
    x = np.sin(_sweep(hz * (1 + g.uniform(0, 1.2) * np.exp(-t / g.uniform(0.01, 0.05))))) * _decay(t, g.uniform(0.04, 0.35), 0.001)
    x += g.uniform(0, 0.5) * np.sin(_sweep(np.full(len(t), hz * 1.59))) * _decay(t, g.uniform(0.02, 0.15), 0.001)
    return x + g.uniform(0.02, 0.9) * _unit(_noise(g, t, g.uniform(0.004, 0.15), g.uniform(200, 1500), g.uniform(3000, 7800)))


VOICES = {
    "pig": oink, "cow": moo, "sheep": bleat, "horse": neigh, "donkey": bray, "hen": cluck, "duck": quack, "crow": caw,
    "owl": hoot, "frog": croak, "bird_chirp": chirp, "baby_cry": wail, "beep": tone, "water_drop": plop,
    "camera_shutter": shutter, "drum": struck_skin,
}  # fmt: skip
