"""More sounds from formulas: things that are struck, thrown, shot or broken, and noises without a class.

As in synth.py: a random generator in, one event out, mono 16 kHz, roughly peak 1.
"""

from __future__ import annotations

import numpy as np

from .synth import RATE, _band, _decay, _glide, _resonator, _struck, _sweep, _time, _voice, clap


def _noise(g, t, seconds: float, low: float, high: float, attack: float = 0.0004) -> np.ndarray:
    return _band(g.standard_normal(len(t)) * _decay(t, seconds, attack), low, high, 1)


def _modes(g, t, low: float, high: float, count: int, seconds: float, tilt: float = 0.4) -> np.ndarray:
    """Damped modes at random between two frequencies; the higher ones die sooner."""
    x = np.zeros(len(t))
    for _ in range(count):
        hz = np.exp(g.uniform(np.log(low), np.log(min(high, 7700))))
        x += g.uniform(0.2, 1) * np.sin(2 * np.pi * hz * t + g.uniform(0, 6)) * _decay(t, seconds * g.uniform(0.4, 1) * (low / hz) ** tilt, 0.0005)
    return x / (np.abs(x).max() + 1e-9)


def _unit(x):
    return x / (np.abs(x).max() + 1e-9)


def palms(g):
    """A clap of other hands: flat, cupped, or several people not quite together."""
    kind = g.random()
    if kind < 0.4:
        return clap(g)
    t = _time(g.uniform(0.08, 0.25))
    if kind < 0.75:
        hz = g.uniform(350, 1600)
        x = _resonator(g.standard_normal(len(t)) * _decay(t, g.uniform(0.002, 0.008), 0.0003), hz, g.uniform(150, 600))
        return _unit(x) + g.uniform(0.2, 1) * _unit(_noise(g, t, g.uniform(0.004, 0.02), 1000, g.uniform(4000, 7800)))
    x = np.zeros(len(t))
    for _ in range(g.integers(2, 6)):
        i, one = int(g.exponential(0.012) * RATE), _unit(clap(g))
        n = max(0, min(len(one), len(t) - i))
        x[i : i + n] += g.uniform(0.4, 1) * one[:n]
    return x


def stick(g):
    """Wood, plastic or a racket on something: a crack with a few short modes, at times a dull body."""
    t = _time(g.uniform(0.06, 0.3))
    low = np.exp(g.uniform(np.log(180), np.log(1800)))
    x = _modes(g, t, low, low * g.uniform(2, 8), int(g.integers(2, 7)), g.uniform(0.006, 0.05))
    x += g.uniform(0.2, 1.2) * _unit(_noise(g, t, g.uniform(0.001, 0.012), 400, g.uniform(3000, 7800)))
    if g.random() < 0.4:
        hz = g.uniform(60, 200)
        x += g.uniform(0.3, 1.2) * np.sin(2 * np.pi * hz * t) * _decay(t, g.uniform(0.015, 0.06), 0.002)
    return x


def chop(g):
    """An axe in wood, or a knife on a board: a crack, the board's body, at times splintering."""
    t = _time(g.uniform(0.1, 0.4))
    knife = g.random() < 0.5
    low = g.uniform(180, 500) if knife else g.uniform(90, 260)
    x = _modes(g, t, low, low * 6, int(g.integers(3, 8)), g.uniform(0.01, 0.03) if knife else g.uniform(0.02, 0.06))
    x += g.uniform(0.3, 1.2) * _unit(_noise(g, t, g.uniform(0.002, 0.01), 900, g.uniform(4000, 7800), 0.0002))
    if not knife:
        for _ in range(g.integers(0, 7)):
            i = int(g.uniform(0.004, 0.12) * RATE)
            n = max(0, min(160, len(t) - i))
            x[i : i + n] += g.uniform(0.05, 0.4) * g.standard_normal(n) * np.exp(-np.arange(n) / 25)
    elif g.random() < 0.5:
        x = np.concatenate([g.uniform(0.05, 0.2) * _unit(_noise(g, _time(0.04), 0.02, 2500, 7500, 0.015)), x])
    return x


def gunshot(g):
    """Crack, boom, and the air after it; outdoors an echo or two from afar."""
    t = _time(g.uniform(0.25, 1.6))
    x = _unit(_noise(g, t, g.uniform(0.002, 0.012), 300, g.uniform(4000, 7900), 0.0002)) * g.uniform(0.5, 1.2)
    x += g.uniform(0.3, 1.2) * _unit(_noise(g, t, g.uniform(0.02, 0.08), 40, g.uniform(250, 1200), 0.001))
    tail = g.uniform(0.05, 0.45)
    x += g.uniform(0.03, 0.4) * _unit(_noise(g, t, tail, 60, g.uniform(900, 5000), g.uniform(0.005, 0.03)))
    for _ in range(g.integers(0, 3)):
        i = int(g.uniform(0.08, 0.5) * RATE)
        if i < len(t):
            echo = _band(x[: len(t) - i], 80, g.uniform(600, 2500), 1)
            x[i:] += g.uniform(0.03, 0.25) * echo
    return np.tanh(x * g.uniform(1, 4))


def bounce(g):
    """A ball: a bass thump with the ring of its hollow, or the tick of a small hard one."""
    t = _time(g.uniform(0.06, 0.35))
    if g.random() < 0.6:
        hz = g.uniform(55, 220)
        x = np.sin(_sweep(hz * (1 + g.uniform(0, 0.6) * np.exp(-t / 0.02)))) * _decay(t, g.uniform(0.02, 0.07), 0.001)
        ring = g.uniform(350, 1300)
        x += g.uniform(0.03, 0.6) * _modes(g, t, ring, ring * 3, 3, g.uniform(0.02, 0.12), 0.2)
        x += g.uniform(0.1, 0.8) * _unit(_noise(g, t, g.uniform(0.002, 0.015), 300, g.uniform(1500, 6000)))
        return x
    low = g.uniform(500, 2600)
    x = _modes(g, t, low, low * 3, int(g.integers(1, 5)), g.uniform(0.004, 0.03), 0.3)
    return x + g.uniform(0.1, 0.7) * _unit(_noise(g, t, g.uniform(0.001, 0.005), 1000, 7500))


def hammer(g):
    """Metal on metal: many modes, some long."""
    t = _time(g.uniform(0.15, 1.2))
    low = g.uniform(300, 2500)
    x = _modes(g, t, low, low * 8, int(g.integers(4, 12)), g.uniform(0.03, 0.4), 0.5)
    return x + g.uniform(0.2, 1) * _unit(_noise(g, t, g.uniform(0.001, 0.008), 800, 7800, 0.0002))


def sword(g):
    t = _time(g.uniform(0.25, 1.0))
    low = g.uniform(1200, 3200)
    x = _modes(g, t, low, 7700, int(g.integers(6, 14)), g.uniform(0.06, 0.35), 0.3)
    x += g.uniform(0.2, 0.8) * _unit(_noise(g, t, g.uniform(0.003, 0.02), 2000, 7900, 0.0003))
    if g.random() < 0.4:
        x += g.uniform(0.05, 0.4) * _unit(_noise(g, t, g.uniform(0.1, 0.3), 3000, 7800, 0.05))
    return x


def clink(g):
    t = _time(g.uniform(0.2, 1.0))
    low = g.uniform(1300, 3500)
    x = _modes(g, t, low, 7700, int(g.integers(2, 6)), g.uniform(0.05, 0.35), 0.3)
    return x + g.uniform(0.05, 0.4) * _unit(_noise(g, t, 0.002, 2500, 7900, 0.0002))


def shatter(g):
    t = _time(g.uniform(0.35, 1.3))
    x = _unit(_noise(g, t, g.uniform(0.02, 0.1), 1500, 7900))
    for _ in range(g.integers(8, 40)):
        i = int(g.exponential(0.18) * RATE)
        if i < len(t) - 200:
            part = t[: len(t) - i]
            x[i:] += g.uniform(0.03, 0.5) * np.sin(2 * np.pi * g.uniform(2200, 7600) * part) * _decay(part, g.uniform(0.005, 0.06), 0.0003)
    return x


def explosion(g):
    t = _time(g.uniform(0.7, 3.0))
    x = _unit(_noise(g, t, g.uniform(0.15, 0.8), 25, g.uniform(150, 900), g.uniform(0.002, 0.03)))
    x += g.uniform(0.1, 0.7) * _unit(_noise(g, t, g.uniform(0.05, 0.4), 200, g.uniform(1500, 6000), 0.004))
    rumble = np.interp(t, np.linspace(0, t[-1], 14), g.uniform(0.5, 1, 14))
    return np.tanh(2 * x * rumble)


def slam(g):
    """A door that falls shut: latch, slam, rattle."""
    t = _time(g.uniform(0.3, 0.9))
    x = _unit(_noise(g, t, g.uniform(0.03, 0.12), 40, g.uniform(300, 1500), 0.002))
    x += g.uniform(0.2, 0.8) * _modes(g, t, g.uniform(60, 140), 900, 6, g.uniform(0.04, 0.12))
    for _ in range(g.integers(0, 5)):
        i = int(g.uniform(0.005, 0.12) * RATE)
        part = t[: len(t) - i]
        x[i:] += g.uniform(0.05, 0.5) * _modes(g, part, 900, 5000, 3, 0.008)
    return x


def cork(g):
    t = _time(g.uniform(0.06, 0.2))
    hz = g.uniform(250, 1200)
    x = np.sin(_sweep(hz * (1 + g.uniform(-0.3, 0.5) * t / t[-1]))) * _decay(t, g.uniform(0.008, 0.04), 0.0008)
    return x + g.uniform(0.1, 1) * _unit(_noise(g, t, g.uniform(0.002, 0.015), 500, 7000))


def click(g):
    """Button or key: down, at times up again soon after."""
    t = _time(g.uniform(0.03, 0.14))
    x = _unit(_modes(g, t, g.uniform(900, 2500), 7500, 4, g.uniform(0.0015, 0.008)))
    if g.random() < 0.4:
        i = int(g.uniform(0.02, 0.05) * RATE)
        if i < len(t) - 40:
            x[i:] += g.uniform(0.1, 0.6) * _modes(g, t[: len(t) - i], 1500, 7500, 3, 0.003)
    return x


def splash(g):
    t = _time(g.uniform(0.25, 1.0))
    x = _unit(_noise(g, t, g.uniform(0.08, 0.35), g.uniform(200, 700), g.uniform(3000, 7500), g.uniform(0.005, 0.04)))
    for _ in range(g.integers(3, 14)):
        i = int(g.exponential(0.2) * RATE)
        if i < len(t) - 400:
            part = t[: len(t) - i]
            hz = g.uniform(400, 2200)
            x[i:] += g.uniform(0.05, 0.4) * np.sin(_sweep(hz * (1 + part * g.uniform(2, 12)))) * _decay(part, g.uniform(0.01, 0.04), 0.002)
    return x


def saw(g):
    t = _time(g.uniform(0.25, 0.8))
    teeth = 0.5 + 0.5 * np.sign(np.sin(_sweep(_glide(g, 3, 40, 160, len(t)))))
    x = _band(g.standard_normal(len(t)) * (0.3 + teeth), g.uniform(500, 1500), g.uniform(3000, 7500), 1)
    return x * np.abs(np.sin(np.pi * t / t[-1])) ** 0.5


def bark(g):
    t = _time(g.uniform(0.09, 0.32))
    size = np.exp(g.uniform(np.log(0.6), np.log(1.7)))
    top = g.uniform(280, 520) * size
    hz = top * (0.65 + 0.5 * np.sin(np.pi * np.minimum(1, t / t[-1] * g.uniform(0.9, 1.2))))
    formants = [(750 * size, 1.0), (1500 * size, 0.9), (min(7000, 2900 * size), 0.4)]
    x = _unit(_voice(g, hz, formants, 200, 1.2)) + g.uniform(0.05, 0.4) * _unit(_band(g.standard_normal(len(t)), 500, 4500, 1))
    return x * np.minimum(1, t / g.uniform(0.006, 0.03)) * np.minimum(1, (t[-1] - t) / g.uniform(0.03, 0.12))


def laugh(g):
    """Several ha's; one event."""
    scale, hz = g.uniform(0.85, 1.4), g.uniform(140, 420)
    formants = [(750 * scale, 1.0), (1250 * scale, 0.7), (2600 * scale, 0.4)]
    parts = []
    for _ in range(g.integers(3, 9)):
        t = _time(g.uniform(0.07, 0.15))
        x = _voice(g, np.linspace(hz * 1.1, hz * 0.9, len(t)), formants, 130, 0.5) * np.abs(np.sin(np.pi * t / t[-1])) ** 0.6
        breath = _band(g.standard_normal(int(g.uniform(0.04, 0.1) * RATE)), 800, 4000, 1)
        parts += [_unit(x), g.uniform(0.02, 0.15) * _unit(breath)]
        hz *= g.uniform(0.9, 1.02)
    return np.concatenate(parts)


def gong(g):
    """A held tone of a struck thing, for bells of other sizes."""
    t = _time(g.uniform(0.3, 1.5))
    return _struck(g, g.uniform(500, 3500), t[-1] / 4, t)


# -- noises that are never to be counted -------------------------------------------------------------


def crackle(g):
    """Fire or vinyl: many tiny clicks at random."""
    n = int(g.uniform(1.5, 5) * RATE)
    x = 0.02 * _band(g.standard_normal(n), 60, 900, 1)
    for _ in range(int(n / RATE * np.exp(g.uniform(np.log(4), np.log(70))))):
        i = int(g.integers(0, n))
        m = min(int(g.uniform(10, 200)), n - i)
        x[i : i + m] += g.lognormal(-1.5, 1.0) * g.standard_normal(m) * np.exp(-np.arange(m) / (m / 4 + 1))
    return np.clip(x, -3, 3)


def drizzle(g):
    n = int(g.uniform(2, 5) * RATE)
    x = _band(g.standard_normal(n), g.uniform(600, 2000), 7500, 1) * 0.3
    for _ in range(int(n / RATE * g.uniform(20, 120))):
        i = int(g.integers(0, n - 200))
        m = int(g.uniform(20, 150))
        x[i : i + m] += g.lognormal(-1.2, 0.7) * np.sin(2 * np.pi * g.uniform(800, 5000) * np.arange(m) / RATE) * np.exp(-np.arange(m) / (m / 4))
    return x


def wind(g):
    n = int(g.uniform(2, 5) * RATE)
    slow = np.interp(np.arange(n), np.linspace(0, n, 9), g.uniform(0.1, 1, 9))
    return _band(g.standard_normal(n), 30, g.uniform(200, 900), 1) * slow**1.5


def motor(g):
    n = int(g.uniform(2, 5) * RATE)
    hz = _glide(g, 5, 25, 140, n)
    return _voice(g, hz, [(g.uniform(150, 400), 1.0), (g.uniform(600, 1500), 0.5), (g.uniform(1800, 4000), 0.3)], 200, 0.5)


def whirr(g):
    """Rotor: noise that beats, too fast or too smooth to be counted."""
    n = int(g.uniform(2, 5) * RATE)
    beat = 0.5 + 0.5 * np.sin(2 * np.pi * g.uniform(9, 22) * np.arange(n) / RATE)
    return _band(g.standard_normal(n), 60, g.uniform(600, 3000), 1) * (0.2 + beat ** g.uniform(1, 3))


def brush(g):
    """Shuffling cloth, paper, leaves: short swells without an edge."""
    t = _time(g.uniform(0.2, 1.2))
    low = g.uniform(800, 3000)
    x = _band(g.standard_normal(len(t)), low, low * 2.5, 1)
    return x * np.abs(np.sin(np.pi * t / t[-1])) ** g.uniform(1, 2.5)


NUISANCES = [crackle, drizzle, wind, motor, whirr, brush]

HITS = {
    "clap": palms, "hit": stick, "impact": stick, "chop": chop, "gunshot": gunshot, "ball_bounce": bounce, "hammer": hammer,
    "sword_clash": sword, "glass_clink": clink, "glass_break": shatter, "explosion": explosion, "door": slam, "pop": cork,
    "mouse_click": click, "splash": splash, "saw": saw, "dog": bark, "laugh": laugh, "bell": gong,
}  # fmt: skip
