"""Endless mixtures with exact truth, made on the fly from the bank and the formulas."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from scipy.fft import irfft, next_fast_len, rfft

from . import synth, synth_hits, synth_voices
from .bank import INDEX, LABELS, PERCUSSIVE, RATE, Bank
from .channel import degrade, tint

# Long voiced events of which nobody counts two at once.
SEPARATE = {"rooster", "sneeze", "baby_cry", "snore", "cough", "wolf", "cow", "sheep", "donkey", "siren", "horse", "cat", "laugh"}
# Classes a visitor is likeliest to ask for; every other one is drawn equally often.
FAVOURED = {
    "dog": 3.0, "rooster": 2.0, "sneeze": 3.0, "clock_tick": 3.0, "baby_cry": 1.5, "clap": 2.5, "hit": 2.0, "chop": 2.0, "gunshot": 2.5,
    "ball_bounce": 2.0, "snore": 2.5, "knock": 2.0, "cough": 2.5, "footstep": 2.0, "impact": 1.5,
}  # fmt: skip
# Those with counted recordings.
JUDGED = ("dog", "rooster", "sneeze", "clock_tick")
CLOSEST = 0.08
# How far a source's speed, and with it its pitch and size, is drawn from 1; spread of the logarithm.
SPEED_SPREAD = 0.16
WIDER_SPREAD = 0.24
# How many trains of hits have a second recording under each hit.
LAYERED = 0.2


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


def hearable(events: np.ndarray, whole: np.ndarray, truths: list[Truth]) -> list[float | None]:
    """Until when each event can be heard, seconds; None where its beginning cannot.

    An event is heard where it makes up 40 % of the power in at least six mel bands. It has ended where
    that is 25 % for the last time, or where the events are 25 dB below its loudest frame.
    `events` and `whole` are mel power [frames, bands].
    """
    strong = np.sort(events / (whole + 1e-9 * float(whole.max()) + 1e-12), axis=1)[:, -6]
    level = events.sum(1)
    out: list[float | None] = []
    for t in truths:
        first, last = int(t.on * 100), max(int(t.off * 100), int(t.on * 100) + 6)
        if strong[first : first + 8].max(initial=0) < 0.4:
            out.append(None)
            continue
        here = level[first:last]
        left = np.flatnonzero((strong[first:last] >= 0.25) & (here >= here.max() * 10**-2.5))
        out.append(min(t.off, (first + int(left[-1]) + 1) / 100) if len(left) else t.off)
    return out


class SceneMaker:
    def __init__(self, bank: Bank, seed: int, formulas: bool = True, focus: bool = False, wider: bool = False):
        """`formulas`: synthesised events too. `focus`: ESC-10's clips and classes more often. `wider`: what no package
        has, for training: more formulas, most where few made recordings, other pitches, and hits under hits."""
        self.wider = wider
        self.clip_share = 0.34 if focus else 0.16
        self.g = np.random.default_rng(seed)
        self.bank = bank
        self.by_class: dict[int, dict[str, list]] = defaultdict(lambda: defaultdict(list))
        for event in bank.events:
            self.by_class[event.label][event.group].append(event)
        formularies = (synth.SYNTHS, synth_hits.HITS, *([synth_voices.VOICES] if wider else []))
        self.synths = {n: [m[n] for m in formularies if n in m and formulas] for n in LABELS}
        names = [n for n in LABELS if self.synths[n] or INDEX[n] in self.by_class]
        self.names = [n for n in names if n != "speech"]
        weights = np.array([FAVOURED.get(n, 1.0) * (2.5 if focus and n in JUDGED else 1) for n in self.names])
        self.weights = weights / weights.sum()

    # -- single events -----------------------------------------------------------------

    def source(self, name: str):
        """Draws where the events of one class in one scene come from: a function that gives one of them,
        as wave and the share of it that is the event (a snore's out-breath is not)."""
        g = self.g
        groups = self.by_class.get(INDEX[name], {})
        recorded = sum(len(v) for v in groups.values())
        # Formulas fill in where there are few recordings, or few hands that made them.
        needed = max(14 / (recorded + 14), 3 / (len(groups) + 3) if self.wider else 0)
        share = 0.0 if not self.synths[name] else (1.0 if not recorded else float(np.clip(needed, 0.08, 0.65)))
        if g.random() < share:
            make = self.synths[name][g.integers(len(self.synths[name]))]
            takes = [make(g) for _ in range(1 if g.random() < 0.5 else 4)]
        else:
            keys = list(groups)
            # A large kit does not drown the small ones, nor is a single file a third of the class.
            sizes = np.array([len(groups[k]) for k in keys], float) ** 0.6
            pool = groups[keys[g.choice(len(keys), p=sizes / sizes.sum())]]
            first = pool[g.integers(len(pool))]
            style = g.random()
            if style < 0.45:
                events = [first]
            elif style < 0.7:
                events = [e for e in pool if e.source == first.source][:6] or [first]
            else:
                events = [pool[g.integers(len(pool))] for _ in range(3)]
            takes = [e.wave for e in events]
        takes = [t if isinstance(t, tuple) else (t, 1.0) for t in takes]
        if self.wider and name in PERCUSSIVE and recorded and g.random() < LAYERED:
            takes = [(self.layered(w, name), s) for w, s in takes]
        if g.random() < 0.5:
            takes = [(tint(w, g), s) for w, s in takes]
        if len(takes) == 2 and g.random() < 0.5:
            # Tick, tock.
            turn = iter(range(1 << 30))
            return lambda: takes[next(turn) % 2]
        return lambda: takes[g.integers(len(takes))]

    def layered(self, wave: np.ndarray, name: str) -> np.ndarray:
        """A hit under which another recorded one of its class lies: a material that no package has."""
        groups = self.by_class[INDEX[name]]
        pool = groups[list(groups)[self.g.integers(len(groups))]]
        under = self.vary(pool[self.g.integers(len(pool))].wave, float(np.exp(self.g.normal(0, 0.25))))
        wave = self.vary(wave, 1.0)
        n = max(len(wave), len(under))
        return np.pad(wave, (0, n - len(wave))) + self.g.uniform(0.2, 1) * np.pad(under, (0, n - len(under)))

    def vary(self, wave: np.ndarray, speed: float) -> np.ndarray:
        wave = np.asarray(wave, np.float32)
        wave = wave / (np.abs(wave).max() + 1e-9)
        if abs(speed - 1) < 0.01:
            return wave
        n = int(len(wave) / speed)
        return np.interp(np.arange(n) * speed, np.arange(len(wave)), wave).astype(np.float32)

    # -- where they go -----------------------------------------------------------------

    def onsets(self, seconds: float, mean_length: float, name: str, many: bool) -> list[float]:
        g = self.g
        if name == "ball_bounce" and g.random() < 0.4:
            return self.bounces(seconds)
        fastest = 1 / (mean_length + 0.15) if name in SEPARATE else min(10.0, 1 / max(0.08, 0.5 * mean_length))
        if name in PERCUSSIVE and g.random() < 0.3:
            # Machine guns, drum rolls, woodpeckers: the tails run into one another.
            fastest = 11.0
        rate = min(fastest, float(np.exp(g.normal(0.3 if many else -0.7, 0.9))))
        if many and name in PERCUSSIVE and g.random() < 0.15:
            rate = min(fastest, g.uniform(4, 11))
        gap = 1 / rate
        regular = g.random() < (0.85 if name in ("clock_tick", "snore") else 0.5)
        out, t = [], float(g.uniform(0, min(seconds * 0.8, 2.5 * gap))) if g.random() < 0.85 else 0.0
        limit = int(g.integers(1, 41)) if many else int(g.integers(1, 9))
        while t < seconds - 0.03 and len(out) < limit:
            out.append(t)
            step = gap * (1 + 0.08 * g.standard_normal()) if regular else gap * g.gamma(1.6) / 1.6
            if not regular and g.random() < 0.15:
                step += g.uniform(0.3, 2.0)
            t += max(step, CLOSEST)
        return out

    def bounces(self, seconds: float) -> list[float]:
        """A ball that is dropped: every bounce comes sooner than the last, until it rolls."""
        g = self.g
        t, gap, shrink = float(g.uniform(0, seconds / 2)), g.uniform(0.3, 0.9), g.uniform(0.7, 0.93)
        out = []
        while t < seconds - 0.03 and gap > 0.1 and len(out) < 25:
            out.append(t)
            t += gap
            gap *= shrink
        return out

    def add_train(self, layer: np.ndarray, truths: list[Truth], name: str, many: bool, level_db: float | None = None) -> None:
        g = self.g
        seconds = len(layer) / RATE
        draw = self.source(name)
        pitches = WIDER_SPREAD if self.wider and name not in JUDGED else SPEED_SPREAD
        speed = float(np.exp(g.normal(0, pitches))) if g.random() < 0.75 else 1.0
        wobble = g.choice([0.0, 0.02, 0.05])
        spread = g.uniform(0, 7)
        level = 10 ** ((g.uniform(-14, 0) if level_db is None else level_db) / 20)
        probe, share = draw()
        label, apart = INDEX[name], name in SEPARATE
        busy_until = -1.0
        for on in self.onsets(seconds, len(probe) / speed / RATE, name, many):
            wave, share = draw()
            wave = self.vary(wave, speed * float(np.exp(wobble * g.standard_normal())))
            if apart and on < busy_until:
                on = busy_until + g.uniform(0.1, 0.4)
            if any(t.label == label and abs(t.on - on) < CLOSEST for t in truths):
                continue
            i = int(on * RATE)
            if i >= len(layer) - 400:
                break
            off = on + share * len(wave) / RATE
            wave = wave[: len(layer) - i]
            layer[i : i + len(wave)] += level * 10 ** (-abs(g.normal(0, spread)) / 20) * wave
            busy_until = on + len(wave) / RATE
            truths.append(Truth(label, i / RATE, min(off, seconds), name == "impact"))

    # -- layers ------------------------------------------------------------------------

    def background(self, n: int) -> tuple[np.ndarray, list[Truth]]:
        """Noise, textures, music, talk, hum or nothing; speech is truth of its own (without onsets)."""
        g = self.g
        out = np.zeros(n, np.float32)
        truths: list[Truth] = []
        kind = g.random()
        if kind < 0.17:
            return out, truths
        if kind < 0.4 and self.bank.textures:
            wave = self.bank.textures[g.integers(len(self.bank.textures))][0]
            out += np.resize(np.roll(wave, g.integers(len(wave))), n)
        elif kind < 0.52 and self.bank.music:
            wave = self.bank.music[g.integers(len(self.bank.music))][0]
            out += np.resize(np.roll(wave, g.integers(len(wave))), n)
        elif kind < 0.62:
            make = synth_hits.NUISANCES[g.integers(len(synth_hits.NUISANCES))]
            wave = make(g).astype(np.float32)
            out += np.resize(wave / (np.abs(wave).max() + 1e-9), n)
        elif kind < 0.92:
            white = rfft(g.standard_normal(next_fast_len(n, real=True)).astype(np.float32))
            colour = np.arange(1, len(white) + 1, dtype=np.float32) ** -g.uniform(0, 1.2)
            out += irfft(white * colour, next_fast_len(n, real=True))[:n].astype(np.float32)
            out /= np.abs(out).max() + 1e-9
        if g.random() < 0.15:
            self.place(out, synth.drone(g), g.uniform(0.1, 1))
        if g.random() < 0.25:
            for _ in range(g.integers(1, 5)):
                self.place(out, synth.rub(g) if g.random() < 0.5 else synth_hits.brush(g), g.uniform(0.1, 1))
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

    def real_clip(self, n: int) -> Scene:
        """A recording as it is, somewhere in the scene, at its own speed or a little off it; or a texture
        by itself, in which nothing is to be counted."""
        g = self.g
        layer = np.zeros(n, np.float32)
        speed = float(np.exp(g.normal(0, 0.08))) if g.random() < 0.6 else 1.0
        i = 0 if g.random() < 0.4 else int(g.integers(0, max(1, n // 2)))
        if g.random() < 0.4 and self.bank.textures:
            wave = self.vary(self.bank.textures[g.integers(len(self.bank.textures))][0], speed)[: n - i]
            layer[i : i + len(wave)] = wave
            return Scene(np.zeros(n, np.float32), degrade(layer, g) if g.random() < 0.4 else layer, [], 0.0)
        clip = self.bank.clips[g.integers(len(self.bank.clips))]
        wave = self.vary(clip.wave, speed)[: n - i]
        layer[i : i + len(wave)] = wave
        shift = i / RATE
        truths = [Truth(clip.label, shift + a / speed, shift + b / speed) for a, b in clip.events if shift + a / speed < n / RATE - 0.03]
        known = clip.counted or LABELS[clip.label] in ("rooster", "baby_cry")
        if g.random() < 0.4:
            layer = tint(layer, g)
        return Scene(degrade(layer, g) if g.random() < 0.5 else layer, np.zeros(n, np.float32), truths, 40.0, [] if known else [(shift, n / RATE)])

    def make(self, seconds: float) -> Scene:
        g, n = self.g, int(seconds * RATE)
        kind = g.random()
        if kind < self.clip_share and self.bank.clips:
            scene = self.real_clip(n)
            if g.random() < 0.35 and scene.truths:
                scene.background, talk = self.background(n)
                scene.truths += talk
                scene.snr_db = float(g.uniform(3, 40))
            return scene
        background, truths = self.background(n)
        layer = np.zeros(n, np.float32)
        rest = (kind - self.clip_share) / (1 - self.clip_share)
        if rest >= 0.095:
            count = 1 if rest < 0.57 else int(g.integers(2, 4))
            for name in g.choice(self.names, count, replace=False, p=self.weights):
                self.add_train(layer, truths, str(name), bool(g.random() < 0.55))
                if name == "gunshot" and g.random() < 0.35:
                    # Somebody reloads.
                    self.add_train(layer, truths, "mouse_click", False, float(g.uniform(-26, -8)))
        return Scene(degrade(layer, g), background, truths, float(g.uniform(-3, 40)))


def is_percussive(label: int) -> bool:
    return LABELS[label] in PERCUSSIVE
