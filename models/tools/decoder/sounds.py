"""Makes up what a sound tower might say: missed, doubled, heralded and false proposals, confusable
classes, other things going on. Scores are independent (sigmoids); a percussive sound scores as `impact`,
too. Fingerprints of one source are alike; those of two have the clip in common, or more. Everything is drawn widely,
per clip.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.tools.decoder.common import squash, unsquash
from models.tools.decoder.scene import SOUND
from models.tools.decoder.world import Event, Layer, Row
from models.tools.sound.events import EVENTS, likeness, recurrence

if TYPE_CHECKING:
    from models.tools.decoder.simulate import Simulator


def presume(layer: Layer, weights: np.ndarray, names: list[str], config: dict) -> Layer:
    """What the product lets pass for the asked sound: `presumeSound` of `src/families/nano/presume.ts`. `config`: that of
    the sound tower."""
    numbers = config["presumption"]
    free = [at for at in np.flatnonzero(weights == 1) if names[at] not in config["presence"] and names[at] not in numbers["never"]]
    best = max((row.scores[at] for row in layer.rows for at in free), default=0.0)
    if not numbers["leastScore"] <= best < numbers["reach"]:
        return layer
    shift = min(numbers["mostShift"], unsquash(numbers["reach"]) - unsquash(best))
    others = [at for at in np.flatnonzero(weights == 0) if names[at] not in numbers["never"]]
    rows = []
    for row in layer.rows:
        if row.scores[others].max() >= numbers["rivalScore"]:
            rows.append(row)
            continue
        scores = row.scores.copy()
        scores[free] = squash(unsquash(scores[free]) + shift)
        rows.append(replace(row, scores=scores, plain=row.scores))
    return replace(layer, rows=rows)


class Prints:
    """Fingerprints of a clip's sources: of the real ones in `suite_sounds` the cosine of two of one kind is .87 in the
    median (a twentieth below .3), that of two others .36 (a twentieth above .8)."""

    SIZE = 32

    def __init__(self, rng: np.random.Generator):
        self.rng = rng
        self.room = rng.uniform(0, 1.2) * self.direction()  # what all sounds of the clip have in common
        self.known: list[np.ndarray] = []

    def direction(self) -> np.ndarray:
        drawn = self.rng.normal(size=self.SIZE)
        return drawn / np.linalg.norm(drawn)

    def source(self) -> np.ndarray:
        base = self.room + self.direction()
        if self.known and self.rng.random() < 0.25:  # rather like another one
            base = base + self.rng.uniform(0.5, 2) * self.known[self.rng.integers(len(self.known))]
        self.known.append(base / np.linalg.norm(base))
        return self.known[-1]

    def of(self, source: np.ndarray, spread: float) -> np.ndarray:
        drawn = source + spread * self.direction()
        return drawn / np.linalg.norm(drawn)

    def stranger(self) -> np.ndarray:
        return self.of(self.room, 1.0)


def onsets(rng, count: int, duration: float, shortest: float) -> np.ndarray:
    pattern = rng.random()
    if pattern < 0.35:  # a steady beat
        period = rng.uniform(max(shortest, duration / count * 0.2), max(shortest * 1.2, duration / count))
        times = rng.uniform(0, max(duration - period * count, 0.01)) + period * np.arange(count)
        times = times + rng.normal(0, period * rng.choice([0.02, 0.1, 0.25]), count)
    elif pattern < 0.65:  # groups
        centres = rng.uniform(0, duration, max(1, int(rng.integers(1, 2 + count // 2))))
        times = rng.choice(centres, count) + rng.exponential(rng.uniform(shortest, 1.5), count) * rng.uniform(0.5, 3)
    else:
        times = rng.uniform(0, duration, count)
    times = np.sort(times[(times >= 0) & (times < duration)])
    return times[np.r_[True, np.diff(times) > shortest]] if len(times) else times


def sound_layer(sim: "Simulator", rng: np.random.Generator, duration: float, level: float, focus: list) -> Layer:
    """`focus`: labels and how often each sounds, or when (0: not at all, but others may be taken for it)."""
    labels = len(sim.sounds)
    named = np.array([i for i in range(labels) if i != sim.repeated])
    noise = level * rng.choice([0.1, 0.4, 0.8, 1.4], p=[0.3, 0.3, 0.28, 0.12])
    base = rng.uniform(-7, -3, labels)  # what silence scores
    if sim.repeated is not None:
        base[sim.repeated] = -20
    rows: list[tuple] = []  # start, end, confidence, logits, fingerprint, event
    prints = Prints(rng)
    events: list[Event] = []

    def emit(times, source: int, clarity: float, sure: float, train: int) -> None:
        others = rng.choice(sim.confusable[source], min(3, len(sim.confusable[source])), replace=False)
        profile = base.copy()
        profile[source] = clarity
        profile[others] = np.maximum(profile[others], clarity - rng.exponential(4 / max(noise, 0.2), len(others)))
        if source in sim.percussive:
            profile[sim.impact] = max(profile[sim.impact], rng.normal(2, 1.5))
        length = np.exp(rng.uniform(np.log(0.05), np.log(1.2)))
        missed, doubled = rng.uniform(0, 0.12 * noise), rng.uniform(0, 0.2 * noise) * (rng.random() < 0.6)
        echo_gap, echo_level = rng.uniform(0.06, 0.5), rng.uniform(0.5, 3.5)
        heralded = rng.uniform(0.1, 0.7) * (rng.random() < 0.3)
        vague = rng.uniform(0.05, 0.5)  # how well the tower knows where a sound ends
        own, spread = prints.source(), 0.38 * np.exp(rng.normal(0, 0.45))
        for time in times:
            jitter = rng.normal(0, 0.25 + 0.4 * noise)
            logits = profile + rng.normal(0, 0.25 + 0.35 * noise, labels) + jitter
            confidence = sure + jitter + rng.normal(0, 0.25 + 0.3 * noise)
            if rng.random() < heralded:  # an intake of breath, a rattle before the blow
                early = time - rng.uniform(0.05, 0.2)
                faint = logits - rng.uniform(0, 1.5, labels) - (np.arange(labels) == source) * rng.uniform(0.5, 4)
                rows.append((max(early, 0.0), time, confidence - rng.uniform(0, 2.5), faint, prints.of(own, spread + rng.uniform(0.3, 1.5)), None))
            event = Event(source, float(time), float(min(time + length * np.exp(rng.normal(0, 0.3)), duration)), train=train)
            events.append(event)
            if rng.random() >= missed:
                at = max(time + rng.normal(0, 0.012), 0.0)
                end = at + (event.end - time) * np.exp(rng.normal(0, vague))
                apart = spread * (rng.uniform(1.5, 4) if rng.random() < 0.08 else 1.0)
                rows.append((at, max(end, at + 0.02), confidence, logits, prints.of(own, apart), event))
            if rng.random() < doubled:
                late = time + echo_gap * np.exp(rng.normal(0, 0.3))
                down = echo_level * np.exp(rng.normal(0, 0.4))
                drop = down * rng.uniform(0.3, 1.3)
                rows.append((late, late + length * rng.uniform(0.3, 1), confidence - down, logits - drop, prints.of(own, spread + rng.uniform(0, 1.2)), None))

    for train, (label, count) in enumerate(focus):
        given = isinstance(count, np.ndarray)
        if given or count:
            clarity = rng.normal(2.2, 1.6) if rng.random() < 0.75 else rng.normal(-1, 1)
            times = count if given else onsets(rng, count, duration, rng.uniform(0.08, 0.3))
            emit(times, label, clarity, rng.normal(2.2, 1.3), train)
    asked = focus[0][0]
    for number in range(rng.choice([0, 1, 2, 3], p=[0.45, 0.3, 0.15, 0.1])):
        source = int(rng.choice(sim.confusable[asked])) if rng.random() < 0.4 else int(rng.choice(named))
        if all(sim.sound_weights(label)[source] == 0 for label, _ in focus):  # an accepted class would count
            emit(onsets(rng, int(rng.integers(1, 20)), duration, 0.1), source, rng.normal(1, 2.2), rng.normal(1.8, 1.5), 10 + number)
    for _ in range(rng.poisson(min(0.15 * noise * duration, 12))):  # false alarms
        start = rng.uniform(0, duration)
        logits = base + rng.normal(0, 1.2, labels)
        logits[rng.integers(labels, size=2)] += rng.exponential(2.0, 2)
        if rng.random() < 0.25:
            logits[asked] += rng.exponential(2.0)
        if rng.random() < 0.4:
            logits[sim.impact] += rng.exponential(3.0)
        rows.append((start, start + rng.exponential(0.3) + 0.02, rng.normal(-1, 1.3), logits, prints.stranger(), None))
    if rng.random() < 0.3:  # the recording is cut off
        rows.append((duration - 0.01, duration, rng.normal(-0.5, 1), base + rng.exponential(1.5, labels), prints.stranger(), None))
    # The tower proposes what passes its own bar, and one thing at a time.
    rows.sort(key=lambda row: row[0])
    bar, apart = rng.uniform(-2.8, -0.8), rng.uniform(0.03, 0.1)
    kept: list = []
    for row in rows:
        if row[2] < bar:
            continue
        if kept and row[0] - kept[-1][0] < apart:
            weaker, stronger = sorted((row, kept[-1]), key=lambda r: r[2])
            kept[-1] = (*stronger[:5], stronger[5] or weaker[5])
            continue
        kept.append(row)
    made = [Row(start, end, float(squash(sure)), squash(logits), event, print=mark) for start, end, sure, logits, mark, event in kept]
    if sim.repeated is not None and made:
        alike = likeness(np.array([r.print for r in made]), EVENTS["likeness"])
        again = recurrence(np.array([r.start for r in made]), np.array([r.confidence for r in made]), alike, EVENTS["repeated"])
        for row, score in zip(made, again):
            row.scores[sim.repeated] = score
    return Layer(SOUND, made, events).sort()
