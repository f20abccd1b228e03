"""Endless mixtures with exact truth, made on the fly from the bank and the formulas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft
from scipy.signal import butter, fftconvolve, sosfilt

from . import synth
from .bank import INDEX, LABELS, PERCUSSIVE, RATE, Bank

# Long voiced events of which nobody counts two at once.
SEPARATE = {"rooster", "sneeze", "baby_cry", "snore", "cough", "wolf", "cow", "sheep", "donkey", "siren", "horse", "cat"}
# Classes a visitor is likeliest to ask for, and which have an evaluation.
FAVOURED = {"dog": 4.0, "rooster": 3.0, "sneeze": 4.0, "clock_tick": 3.0, "baby_cry": 1.5, "clap": 2.0, "knock": 2.0, "impact": 2.0, "footstep": 1.5, "hammer": 1.5}
CLOSEST = 0.08


@dataclass
class Truth:
    label: int
    on: float
    off: float
    impact_only: bool = False


@dataclass
class Scene:
    events_wave: np.ndarray
    background: np.ndarray
    truths: list[Truth]
    snr_db: float
    # Stretches in which nobody knows where events begin.
    unsure: list[tuple[float, float]] = field(default_factory=list)

    def mix(self) -> np.ndarray:
        """Both layers at `snr_db`: loudest 50 ms of the events over the mean of the background."""
        a, b = self.events_wave, self.background
        if not self.truths and np.abs(b).max() > 0:
            return b
        loud = np.sqrt(max(np.square(a[i : i + 800]).mean() for i in range(0, max(1, len(a) - 800), 800)) + 1e-12)
        level = np.sqrt(np.square(b).mean() + 1e-12)
        return a + b * (loud / level * 10 ** (-self.snr_db / 20) if level > 1e-6 else 0)


class SceneMaker:
    def __init__(self, bank: Bank, seed: int):
        self.g = np.random.default_rng(seed)
        self.bank = bank
        self.by_class: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
        for event in bank.events:
            self.by_class[event.label][event.group].append(event)
        names = [n for n in LABELS if n in synth.SYNTHS or INDEX[n] in self.by_class]
        self.names = [n for n in names if n != "speech"]
        weights = np.array([FAVOURED.get(n, 1.0) for n in self.names])
        self.weights = weights / weights.sum()

    # -- single events -----------------------------------------------------------------

    def source(self, name: str):
        """Draws where the events of one class in one scene come from: a function that gives one."""
        g = self.g
        groups = self.by_class.get(INDEX[name], {})
        recorded = sum(len(v) for v in groups.values())
        share = 0.0 if name not in synth.SYNTHS else (1.0 if not recorded else min(0.7, 8 / (recorded + 8)))
        if g.random() < share:
            make = synth.SYNTHS[name]
            if g.random() < 0.6:
                same = make(g)
                return lambda: same
            return lambda: make(g)
        keys = list(groups)
        # A large kit does not drown the small ones, nor is a single file a third of the class.
        sizes = np.array([len(groups[k]) for k in keys], float) ** 0.6
        pool = groups[keys[g.choice(len(keys), p=sizes / sizes.sum())]]
        first = pool[g.integers(len(pool))]
        style = g.random()
        if style < 0.45:
            takes = [first]
        elif style < 0.7:
            takes = [e for e in pool if e.source == first.source] or [first]
        else:
            takes = [pool[g.integers(len(pool))] for _ in range(3)]
        return lambda: takes[g.integers(len(takes))].wave

    def vary(self, wave: np.ndarray, speed: float) -> np.ndarray:
        wave = np.asarray(wave, np.float32)
        wave = wave / (np.abs(wave).max() + 1e-9)
        if abs(speed - 1) < 0.01:
            return wave
        n = int(len(wave) / speed)
        return np.interp(np.arange(n) * speed, np.arange(len(wave)), wave).astype(np.float32)

    # -- where they go -----------------------------------------------------------------

    def onsets(self, seconds: float, mean_length: float, apart: bool, many: bool) -> list[float]:
        g = self.g
        fastest = 1 / (mean_length + 0.15) if apart else min(10.0, 1 / max(0.08, 0.5 * mean_length))
        rate = min(fastest, float(np.exp(g.normal(0.3 if many else -0.7, 0.9))))
        gap = 1 / rate
        regular = g.random() < 0.5
        out, t = [], float(g.uniform(0, min(seconds * 0.8, 2.5 * gap))) if g.random() < 0.85 else 0.0
        limit = int(g.integers(1, 41)) if many else int(g.integers(1, 9))
        while t < seconds - 0.03 and len(out) < limit:
            out.append(t)
            step = gap * (1 + 0.08 * g.standard_normal()) if regular else gap * g.gamma(1.6) / 1.6
            if not regular and g.random() < 0.15:
                step += g.uniform(0.3, 2.0)
            t += max(step, CLOSEST)
        return out

    def add_train(self, layer: np.ndarray, truths: list[Truth], name: str, many: bool) -> None:
        g = self.g
        seconds = len(layer) / RATE
        draw = self.source(name)
        speed = float(np.exp(g.normal(0, 0.13))) if g.random() < 0.7 else 1.0
        wobble = g.choice([0.0, 0.02, 0.05])
        spread = g.uniform(0, 7)
        level = 10 ** (g.uniform(-14, 0) / 20)
        probe = self.vary(draw(), speed)
        label, apart = INDEX[name], name in SEPARATE
        busy_until = -1.0
        for on in self.onsets(seconds, len(probe) / RATE, apart, many):
            wave = self.vary(draw(), speed * float(np.exp(wobble * g.standard_normal())))
            if apart and on < busy_until:
                on = busy_until + g.uniform(0.1, 0.4)
            if any(t.label == label and abs(t.on - on) < CLOSEST for t in truths):
                continue
            i = int(on * RATE)
            if i >= len(layer) - 400:
                break
            wave = wave[: len(layer) - i]
            layer[i : i + len(wave)] += level * 10 ** (-abs(g.normal(0, spread)) / 20) * wave
            busy_until = on + len(wave) / RATE
            truths.append(Truth(label, i / RATE, busy_until, name == "impact"))

    # -- layers ------------------------------------------------------------------------

    def background(self, n: int) -> tuple[np.ndarray, list[Truth]]:
        """Noise, textures, talk, hum or nothing; speech is truth of its own (without onsets)."""
        g = self.g
        out = np.zeros(n, np.float32)
        truths: list[Truth] = []
        kind = g.random()
        if kind < 0.2:
            return out, truths
        if kind < 0.55 and self.bank.textures:
            wave = self.bank.textures[g.integers(len(self.bank.textures))][0]
            out += np.resize(np.roll(wave, g.integers(len(wave))), n)
        elif kind < 0.9:
            white = rfft(g.standard_normal(next_fast_len(n, real=True)).astype(np.float32))
            colour = np.arange(1, len(white) + 1, dtype=np.float32) ** -g.uniform(0, 1.2)
            out += irfft(white * colour, next_fast_len(n, real=True))[:n].astype(np.float32)
            out /= np.abs(out).max() + 1e-9
        if g.random() < 0.15:
            self.place(out, synth.drone(g), g.uniform(0.1, 1))
        if g.random() < 0.25:
            for _ in range(g.integers(1, 5)):
                self.place(out, synth.rub(g), g.uniform(0.1, 1))
        if g.random() < 0.22 and self.bank.speech:
            level = g.uniform(0.3, 1.5)
            for _ in range(g.integers(1, 3)):
                wave = self.bank.speech[g.integers(len(self.bank.speech))][0]
                on, off = self.place(out, wave, level)
                truths.append(Truth(INDEX["speech"], on, off))
        if g.random() < 0.08:
            out[: int(g.uniform(0, 0.5) * n)] = 0
        return out, truths

    def place(self, out: np.ndarray, wave: np.ndarray, level: float) -> tuple[float, float]:
        i = int(self.g.integers(0, len(out)))
        wave = np.asarray(wave, np.float32)[: len(out) - i]
        out[i : i + len(wave)] += level * wave / (np.abs(wave).max() + 1e-9)
        return i / RATE, (i + len(wave)) / RATE

    def degrade(self, x: np.ndarray) -> np.ndarray:
        g = self.g
        if g.random() < 0.4:
            n = int(RATE * g.uniform(0.1, 0.6))
            tail = g.standard_normal(n) * np.exp(-6.9 * np.arange(n) / n)
            tail[: int(g.uniform(0.002, 0.02) * RATE)] = 0
            tail *= 10 ** (g.uniform(-18, 0) / 20) / (np.linalg.norm(tail) + 1e-9)
            tail[0] = 1
            x = fftconvolve(x, tail)[: len(x)].astype(np.float32)
        if g.random() < 0.08:
            limit = np.abs(x).max() * g.uniform(0.15, 0.8) + 1e-9
            x = np.clip(x, -limit, limit)
        if g.random() < 0.1:
            x = sosfilt(butter(4, g.uniform(2500, 7000), fs=RATE, output="sos"), x).astype(np.float32)
        if g.random() < 0.06:
            x = sosfilt(butter(2, g.uniform(100, 400), "high", fs=RATE, output="sos"), x).astype(np.float32)
        return x

    def real_clip(self, n: int) -> Scene:
        """A recording as it is, somewhere in the scene, at its own speed or a little off it."""
        g = self.g
        clip = self.bank.clips[g.integers(len(self.bank.clips))]
        speed = float(np.exp(g.normal(0, 0.06))) if g.random() < 0.5 else 1.0
        wave = self.vary(clip.wave, speed)
        i = 0 if g.random() < 0.4 else int(g.integers(0, max(1, n - len(wave) // 2)))
        layer = np.zeros(n, np.float32)
        wave = wave[: n - i]
        layer[i : i + len(wave)] = wave
        shift = i / RATE
        truths = [Truth(clip.label, shift + a / speed, shift + b / speed) for a, b in clip.events if shift + a / speed < n / RATE - 0.03]
        known = clip.counted or LABELS[clip.label] in ("rooster", "baby_cry")
        return Scene(self.degrade(layer) if g.random() < 0.5 else layer, np.zeros(n, np.float32), truths, 40.0, [] if known else [(shift, n / RATE)])

    def make(self, seconds: float) -> Scene:
        g, n = self.g, int(seconds * RATE)
        kind = g.random()
        if kind < 0.12 and self.bank.clips:
            scene = self.real_clip(n)
            if g.random() < 0.4:
                scene.background, talk = self.background(n)
                scene.truths += talk
                scene.snr_db = float(g.uniform(3, 40))
            return scene
        background, truths = self.background(n)
        layer = np.zeros(n, np.float32)
        if kind >= 0.22:
            count = 1 if kind < 0.6 else int(g.integers(2, 4))
            for name in g.choice(self.names, count, replace=False, p=self.weights):
                self.add_train(layer, truths, str(name), bool(g.random() < 0.55))
        return Scene(self.degrade(layer), background, truths, float(g.uniform(-3, 40)))


def is_percussive(label: int) -> bool:
    return LABELS[label] in PERCUSSIVE
