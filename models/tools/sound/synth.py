"""Sounds made from formulas, for the classes of which hardly any free recording is at hand.

Every function takes a random generator and returns one event, mono 16 kHz, roughly peak 1; `snore`
also says which share of the sound is the event. More in synth_hits.py.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import butter, lfilter, sosfilt

RATE = 16000


def _time(seconds: float) -> np.ndarray:
    return np.arange(int(seconds * RATE)) / RATE


def _decay(t: np.ndarray, seconds: float, attack: float = 0.001) -> np.ndarray:
    return np.exp(-t / seconds) * np.minimum(1, t / attack)


def _band(x: np.ndarray, low: float, high: float, order: int = 2) -> np.ndarray:
    high = min(high, 7900)
    return sosfilt(butter(order, [max(20, low), high], "band", fs=RATE, output="sos"), x)


def _resonator(x: np.ndarray, hz: float, width: float) -> np.ndarray:
    r = np.exp(-np.pi * width / RATE)
    return lfilter([1 - r], [1, -2 * r * np.cos(2 * np.pi * hz / RATE), r * r], x)


def _sweep(hz: np.ndarray) -> np.ndarray:
    return 2 * np.pi * np.cumsum(hz) / RATE


def _glide(g, points: int, low: float, high: float, n: int) -> np.ndarray:
    return np.interp(np.linspace(0, points - 1, n), np.arange(points), g.uniform(low, high, points))


def _pulses(g, hz: np.ndarray, jitter: float = 0.03) -> np.ndarray:
    phase = np.cumsum(hz * (1 + jitter * g.standard_normal(len(hz)).cumsum() / np.sqrt(np.arange(1, len(hz) + 1)))) / RATE
    return np.diff(np.floor(phase), prepend=0).clip(0, 1)


def _voice(g, hz: np.ndarray, formants, width: float = 120, noise: float = 0.1) -> np.ndarray:
    source = _pulses(g, hz) - 0.02 + noise * 0.1 * g.standard_normal(len(hz))
    return sum(a * _resonator(source, f, width * g.uniform(0.7, 1.5)) for f, a in formants)


def clap(g):
    t = _time(g.uniform(0.06, 0.2))
    centre = g.uniform(800, 2500)
    x = np.zeros_like(t)
    start = 0.0
    for _ in range(g.integers(2, 5)):
        i = int(start * RATE)
        x[i:] += g.uniform(0.5, 1) * (g.standard_normal(len(t)) * _decay(t, g.uniform(0.002, 0.006), 0.0003))[: len(t) - i]
        start += g.uniform(0.001, 0.006)
    x += 0.5 * g.standard_normal(len(t)) * _decay(t, g.uniform(0.01, 0.035))
    return _band(x, centre / g.uniform(1.4, 2.2), centre * g.uniform(1.4, 2.8), 1)


def snap(g):
    t = _time(0.1)
    hz = g.uniform(1500, 3200)
    return _band(g.standard_normal(len(t)) * _decay(t, g.uniform(0.004, 0.015), 0.0005), hz * 0.7, hz * 1.5)


def knock(g):
    t = _time(g.uniform(0.12, 0.35))
    low = g.uniform(90, 260)
    x = 0.4 * g.standard_normal(len(t)) * _decay(t, g.uniform(0.001, 0.004), 0.0002)
    for _ in range(g.integers(4, 9)):
        hz = low * g.uniform(1, 5)
        x += g.uniform(0.2, 1) * np.sin(2 * np.pi * hz * t + g.uniform(0, 6)) * _decay(t, g.uniform(0.012, 0.05) * (low / hz) ** 0.3)
    return x


def cough(g):
    """A burst, then a falling tail: hoarse, voiced or dry."""
    burst = _time(g.uniform(0.04, 0.16))
    tail = _time(g.uniform(0.06, 0.35))
    scale = g.uniform(0.8, 1.5)
    formants = [(g.uniform(450, 800) * scale, 1.0), (g.uniform(1100, 1600) * scale, 0.8), (min(7000, 2600 * scale), 0.5)]
    noise = g.standard_normal(len(burst)) * _decay(burst, g.uniform(0.02, 0.09), g.uniform(0.001, 0.008))
    a = sum(w * _resonator(noise, f, g.uniform(200, 500)) for f, w in formants)
    a = a / (np.abs(a).max() + 1e-9) + g.uniform(0, 0.6) * _band(noise, 800, g.uniform(3000, 7500), 1)
    hz = np.linspace(g.uniform(120, 420), g.uniform(80, 180), len(tail))
    b = _voice(g, hz, formants, 180, g.uniform(0.3, 3)) * _decay(tail, len(tail) / RATE / g.uniform(1.5, 4), 0.01)
    return np.concatenate([a / (np.abs(a).max() + 1e-9), g.uniform(0.1, 0.9) * b / (np.abs(b).max() + 1e-9)])


def sneeze(g):
    intake = _time(g.uniform(0.0, 0.35))
    burst = _time(g.uniform(0.15, 0.5))
    scale = g.uniform(0.85, 1.5)
    parts = []
    if len(intake) > 800:
        hz = np.linspace(g.uniform(180, 260), g.uniform(280, 480), len(intake))
        v = _voice(g, hz, [(700 * scale, 1.0), (1200 * scale, 0.6)], 150, 0.8) * np.linspace(0.2, 1, len(intake))
        parts += [g.uniform(0.02, 0.25) * v / (np.abs(v).max() + 1e-9), np.zeros(int(0.05 * RATE))]
    n = g.standard_normal(len(burst)) * _decay(burst, g.uniform(0.05, 0.16), g.uniform(0.003, 0.02))
    x = _band(n, g.uniform(900, 2200), g.uniform(4500, 7500), 1)
    hz = np.linspace(g.uniform(250, 500), g.uniform(120, 240), len(burst))
    v = _voice(g, hz, [(500 * scale, 1.0), (1500 * scale, 0.7)], 200, 0.6) * _decay(burst, 0.08, 0.005)
    x = x / (np.abs(x).max() + 1e-9) + g.uniform(0, 0.8) * v / (np.abs(v).max() + 1e-9)
    return np.concatenate([*parts, x])


def snore(g):
    """A rattling in-breath, most often followed by a blown or whistled out-breath that is not counted.

    → the sound, and which share of it the in-breath takes.
    """
    t = _time(np.exp(g.uniform(np.log(0.4), np.log(1.8))))
    slow = g.random() < 0.4
    rate = _glide(g, 4, 12 if slow else 22, 40 if slow else 95, len(t))
    phase = np.cumsum(rate * (1 + 0.2 * np.interp(t, np.linspace(0, t[-1], 30), g.standard_normal(30)))) / RATE
    low = np.exp(g.uniform(np.log(140), np.log(700)))
    flutter = np.exp(-((phase % 1) * g.uniform(2, 9)))
    x = _band(flutter * g.standard_normal(len(t)), low * 0.5, low * g.uniform(2.5, 10), 1)
    x = x / (np.abs(x).max() + 1e-9)
    if g.random() < 0.7:
        v = _voice(g, rate, [(low, 1.0), (low * g.uniform(2.2, 4), g.uniform(0.2, 1)), (min(7000, low * g.uniform(5, 9)), g.uniform(0.1, 0.8))], g.uniform(60, 200), g.uniform(0.2, 1))
        x = x * g.uniform(0.2, 1) + g.uniform(0.3, 1) * v / (np.abs(v).max() + 1e-9)
    if g.random() < 0.4:
        x += g.uniform(0.05, 0.4) * _band(g.standard_normal(len(t)), 400, g.uniform(2000, 7000), 1)
    middle = g.uniform(0.35, 0.85)
    swell = np.minimum(1, np.minimum((t + 0.02) / (t[-1] * middle), (t[-1] - t) / (t[-1] * (1 - middle) + 1e-3)))
    x = x / (np.abs(x).max() + 1e-9) * swell ** g.uniform(0.3, 1.2)
    if g.random() < 0.25:
        return x, 1.0
    pause = np.zeros(int(g.uniform(0.05, 0.9) * RATE))
    whole = np.concatenate([x, pause, g.uniform(0.03, 0.7) * _breath(g)])
    return whole, len(x) / len(whole)


def _breath(g):
    """Air blown out, at times through a nose or lips that whistle; rises slowly or begins at once."""
    o = _time(np.exp(g.uniform(np.log(0.3), np.log(2.4))))
    y = _band(g.standard_normal(len(o)), g.uniform(300, 1500), g.uniform(2000, 7500), 1)
    y = y / (np.abs(y).max() + 1e-9)
    if g.random() < 0.6:
        y *= 0.4
        hz = _glide(g, 4, 500, g.uniform(1200, 3600), len(o))
        for ratio in g.uniform(0.5, 1.6, g.integers(1, 4)):
            wander = 1 + 0.01 * np.interp(o, np.linspace(0, o[-1], 40), g.standard_normal(40))
            tone = np.sin(_sweep(np.minimum(7000, ratio * hz * wander)))
            y += g.uniform(0.1, 0.7) * tone * np.interp(o, np.linspace(0, o[-1], 30), g.uniform(0.2, 1, 30))
    rise = np.minimum(1, o / (o[-1] * g.uniform(0.01, 0.5)))
    return y * rise * np.minimum(1, (o[-1] - o) / (o[-1] * g.uniform(0.1, 0.8))) ** g.uniform(0.5, 1.5)


def whistle(g):
    t = _time(g.uniform(0.15, 1.2))
    breath = _band(g.standard_normal(len(t)), 1500, 6000) * g.uniform(0.01, 0.15)
    if g.random() < 0.5:
        hz = _glide(g, 3, 800, 3000, len(t))
        x = np.sin(_sweep(hz))
    else:
        hz = g.uniform(2000, 4000) * (1 + 0.01 * np.sin(2 * np.pi * g.uniform(25, 45) * t))
        x = np.sin(_sweep(hz)) * (1 + 0.6 * np.sin(2 * np.pi * g.uniform(25, 45) * t))
        x += 0.4 * np.sin(_sweep(hz * g.uniform(1.05, 1.3)))
    edge = np.minimum(1, np.minimum(t, t[-1] - t) / g.uniform(0.01, 0.05))
    return (x + breath) * edge


_PARTIALS = ([0.5, 1, 1.2, 1.5, 2, 2.7], [1, 2.76, 5.4, 8.9], [1, 2, 3, 4.1, 5.3])


def _struck(g, hz: float, seconds: float, t: np.ndarray) -> np.ndarray:
    ratios = _PARTIALS[g.integers(len(_PARTIALS))]
    return sum(
        g.uniform(0.2, 1) / (i + 1) ** 0.5 * np.sin(2 * np.pi * hz * r * t) * _decay(t, seconds / (1 + 0.5 * i))
        for i, r in enumerate(ratios)
        if hz * r < 7800
    )


def bell(g):
    t = _time(g.uniform(0.5, 2.5))
    return _struck(g, g.uniform(250, 2800), t[-1] / 3, t)


def doorbell(g):
    first, second = _time(g.uniform(0.35, 0.8)), _time(g.uniform(0.6, 1.4))
    hz = g.uniform(500, 1100)
    a, b = _struck(g, hz, 0.4, first), _struck(g, hz * g.choice([0.8, 0.75, 0.667]), 0.6, second)
    return np.concatenate([a, b])


def phone(g):
    t = _time(g.uniform(0.5, 1.6))
    rate = g.uniform(18, 26)
    if g.random() < 0.5:
        hz = g.uniform(900, 2200)
        beat = np.exp(-((t * rate) % 1) * g.uniform(1, 3))
        x = (np.sin(2 * np.pi * hz * t) + 0.6 * np.sin(2 * np.pi * hz * 1.23 * t) + 0.4 * np.sin(2 * np.pi * hz * 2.6 * t)) * beat
    else:
        low = g.uniform(400, 1400)
        x = np.sign(np.sin(_sweep(np.where((t * rate) % 1 < 0.5, low, low * g.uniform(1.1, 1.5))))) * 0.5
        x = _band(x, 300, 4500, 1)
    return x * np.minimum(1, np.minimum(t, t[-1] - t) / 0.02)


def car_horn(g):
    t = _time(g.uniform(0.12, 1.3))
    hz = g.uniform(300, 520)
    saw = lambda f: 2 * ((f * t) % 1) - 1  # noqa: E731
    x = saw(hz) + g.uniform(0.4, 1) * saw(hz * g.choice([1.2, 1.25, 1.26, 1.0]))
    x = _band(x, 250, g.uniform(2500, 6000), 1)
    return x * np.minimum(1, np.minimum(t / 0.015, (t[-1] - t) / 0.03))


def siren(g):
    t = _time(g.uniform(1.0, 3.5))
    low, high = g.uniform(400, 800), g.uniform(900, 1700)
    rate = g.uniform(0.25, 4)
    wave = 0.5 - 0.5 * np.cos(2 * np.pi * rate * t) if g.random() < 0.6 else ((t * rate) % 1 < 0.5) * 1.0
    p = _sweep(low + (high - low) * wave)
    x = np.sin(p) + g.uniform(0, 0.5) * np.sin(2 * p) + g.uniform(0, 0.3) * np.sin(3 * p)
    return x * np.minimum(1, np.minimum(t, t[-1] - t) / 0.05)


def beep(g):
    t = _time(g.uniform(0.05, 0.5))
    hz = g.uniform(500, 3500)
    x = np.sin(2 * np.pi * hz * t)
    if g.random() < 0.4:
        x = np.sign(x) * 0.6
    return x * np.minimum(1, np.minimum(t, t[-1] - t) / 0.004)


def water_drop(g):
    t = _time(g.uniform(0.05, 0.25))
    start = g.uniform(400, 1800)
    hz = start * (1 + g.uniform(0.3, 2.0) * (t / t[-1]) ** g.uniform(0.5, 1.5))
    x = np.sin(_sweep(hz)) * _decay(t, g.uniform(0.012, 0.06), 0.002)
    if g.random() < 0.6:
        x += g.uniform(0.1, 0.5) * _band(g.standard_normal(len(t)), 1500, 7000) * _decay(t, 0.004, 0.0003)
    return x


def crow(g):
    t = _time(g.uniform(0.2, 0.55))
    hz = g.uniform(300, 600) * (1 + 0.15 * np.sin(np.pi * t / t[-1]))
    x = _voice(g, hz, [(g.uniform(1000, 1600), 1.0), (g.uniform(2000, 3000), 0.7)], 300, 1.0)
    return x * np.abs(np.sin(np.pi * t / t[-1])) ** 0.5


def duck(g):
    t = _time(g.uniform(0.1, 0.3))
    hz = np.linspace(g.uniform(180, 320), g.uniform(130, 220), len(t))
    x = _voice(g, hz, [(g.uniform(900, 1300), 1.0), (g.uniform(1900, 2800), 0.8)], 150, 0.3)
    return x * np.minimum(1, np.minimum(t / 0.01, (t[-1] - t) / 0.05))


def frog(g):
    t = _time(g.uniform(0.12, 0.5))
    x = _voice(g, _glide(g, 2, 25, 80, len(t)), [(g.uniform(400, 1000), 1.0), (g.uniform(1400, 2400), 0.6)], 150, 0.1)
    return x * np.abs(np.sin(np.pi * t / t[-1])) ** 0.4


def cat(g):
    t = _time(g.uniform(0.35, 1.1))
    base = g.uniform(400, 800)
    hz = base * (1 + 0.35 * np.sin(np.pi * (t / t[-1]) ** g.uniform(0.6, 1.3)))
    p, centre = _sweep(hz), 900 + 1200 * np.sin(np.pi * t / t[-1])
    x = sum(np.exp(-(((k * hz - centre) / 900) ** 2)) * np.sin(k * p) for k in range(1, 8))
    return x * np.minimum(1, np.minimum(t / 0.06, (t[-1] - t) / 0.15))


def footstep(g):
    t = _time(g.uniform(0.12, 0.3))
    x = np.sin(2 * np.pi * g.uniform(60, 160) * t) * _decay(t, g.uniform(0.02, 0.05), 0.003)
    x += g.uniform(0.1, 0.7) * _band(g.standard_normal(len(t)), g.uniform(200, 1200), g.uniform(2000, 7000), 1) * _decay(t, g.uniform(0.015, 0.06), 0.003)
    return x


def clock_tick(g):
    t = _time(g.uniform(0.02, 0.08))
    x = sum(g.uniform(0.2, 1) * np.sin(2 * np.pi * g.uniform(1200, 7000) * t) * _decay(t, g.uniform(0.001, 0.008), 0.0002) for _ in range(g.integers(2, 6)))
    return x + 0.3 * g.standard_normal(len(t)) * _decay(t, 0.0015, 0.0002)


def thud(g):
    t = _time(g.uniform(0.1, 0.4))
    x = sum(g.uniform(0.2, 1) * np.sin(2 * np.pi * g.uniform(50, 2500) ** 1.0 * t) * _decay(t, g.uniform(0.008, 0.07)) for _ in range(g.integers(2, 8)))
    return x + g.uniform(0, 1) * _band(g.standard_normal(len(t)), 100, g.uniform(1500, 7500), 1) * _decay(t, g.uniform(0.003, 0.03), 0.0005)


def punch(g):
    t = _time(g.uniform(0.1, 0.25))
    x = np.sin(_sweep(np.linspace(g.uniform(120, 220), 50, len(t)))) * _decay(t, g.uniform(0.02, 0.06))
    return x + g.uniform(0.3, 1) * _band(g.standard_normal(len(t)), 400, g.uniform(2500, 6000), 1) * _decay(t, g.uniform(0.008, 0.03))


def rub(g):
    """Scrape, sizzle or rubbing: slow noise without an onset worth counting. No class."""
    t = _time(g.uniform(0.3, 2.5))
    low = g.uniform(300, 4000)
    slow = np.interp(t, np.linspace(0, t[-1], 12), g.uniform(0.2, 1, 12))
    x = _band(g.standard_normal(len(t)), low, low * g.uniform(1.5, 6), 1) * slow
    return x * np.minimum(1, np.minimum(t, t[-1] - t) / g.uniform(0.08, 0.25))


def drone(g):
    """Hum or held chord. No class."""
    t = _time(g.uniform(1.0, 5.0))
    base = g.uniform(50, 500)
    x = sum(g.uniform(0.05, 1) / k * np.sin(2 * np.pi * base * k * t + g.uniform(0, 6)) for k in range(1, 9))
    return x * np.minimum(1, np.minimum(t, t[-1] - t) / 0.3) * (1 + 0.3 * np.sin(2 * np.pi * g.uniform(0.3, 6) * t))


SYNTHS = {
    "clap": clap, "snap": snap, "knock": knock, "cough": cough, "sneeze": sneeze, "snore": snore,
    "whistle": whistle, "bell": bell, "doorbell": doorbell, "phone": phone, "car_horn": car_horn,
    "siren": siren, "beep": beep, "water_drop": water_drop, "crow": crow, "duck": duck, "frog": frog,
    "cat": cat, "footstep": footstep, "clock_tick": clock_tick, "impact": thud, "punch": punch,
}  # fmt: skip
