"""What the real towers said about scenes with known events, as layers for questions.

Sounds: lines of `models.tools.sound.dump`, `{duration, events: [{cls, on, off}], faint: […], proposals:
[{start, end, confidence, scores: {label: score, all but the least}, print}]}`. Cycles: lines of `models/tools/motion/synthetic.ts`, `{duration, cycles: [{label, start, end}],
proposals: [{start, end, confidence, scores: {label: score}, regularity, amplitude, periodRatio}]}`.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.tools.decoder.common import squash, unsquash
from models.tools.decoder.scene import CYCLE, SOUND
from models.tools.decoder.world import Event, Layer, Row
from models.tools.sound.events import EVENTS, LEAST_SCORE, likeness, recurrence

if TYPE_CHECKING:
    from models.tools.decoder.simulate import Simulator

TOLERANCE = 0.12  # seconds between an event and a proposal that found it


def pair(truth: list[float], starts: np.ndarray, tolerance: float = TOLERANCE) -> dict[int, int]:
    """Proposal → the true onset that it found, nearest pairs first, one to one; the rest is left out."""
    pairs = sorted((abs(s - t), i, j) for i, t in enumerate(truth) for j, s in enumerate(starts) if abs(s - t) <= tolerance)
    events, found = set(), {}
    for _, i, j in pairs:
        if i not in events and j not in found:
            events.add(i)
            found[j] = i
    return found


def align(truth: np.ndarray, found: np.ndarray, reach: float) -> dict[int, int]:
    """Proposal → true cycle, both in order of time and at most `reach` seconds apart: as many as possible, then as near
    as possible. Where a cycle begins is a convention, so that a whole train may be off by half of one."""
    n, m = len(truth), len(found)
    best = np.zeros((n + 1, m + 1))
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            off = abs(truth[i] - found[j])
            pair_worth = best[i + 1, j + 1] + 1 - 1e-3 * off / reach if off <= reach else -1.0
            best[i, j] = max(best[i + 1, j], best[i, j + 1], pair_worth)
    out, i, j = {}, 0, 0
    while i < n and j < m:
        if best[i, j] == best[i + 1, j]:
            i += 1
        elif best[i, j] == best[i, j + 1]:
            j += 1
        else:
            out[j] = i
            i, j = i + 1, j + 1
    return out


def read(files: list[Path]) -> list[dict]:
    return [json.loads(line) for file in files for line in Path(file).read_text().splitlines()]


class RealSounds:
    def __init__(self, files: list[Path], sim: "Simulator"):
        self.sim = sim
        self.rows = read(files)
        self.labels = {name: i for i, name in enumerate(sim.sounds)}
        self.percussive = frozenset(sim.percussive - {sim.impact})
        self.augment, self.spread = True, 0.6

    def layer(self, rng: np.random.Generator, whole: bool = False, row: dict | None = None) -> tuple[Layer, float]:
        """A random part of a random recording, and its length in seconds."""
        row = self.rows[rng.integers(len(self.rows))] if row is None else row
        low, high = 0.0, row["duration"]
        if not whole and rng.random() < 0.5:
            length = rng.uniform(min(2.0, high), high)
            low = rng.uniform(0, high - length)
            high = low + length
        known = [e for e in row["events"] if low <= e["on"] < high - 0.02 and e["cls"] != "speech"]
        events = [Event(self.labels[e["cls"]], e["on"] - low, min(e["off"], high) - low) for e in known]
        heard = [p for p in row["proposals"] if low <= p["start"] < high - 0.02]
        scores = np.zeros((len(heard), len(self.labels)))
        for line, p in zip(scores, heard):
            line[:] = LEAST_SCORE * rng.uniform(0, 1, len(line))
            for name, score in p["scores"].items():
                line[self.labels[name]] = score
        confidences = np.array([p["confidence"] for p in heard])
        prints = np.array([p["print"] for p in heard] or np.zeros((0, 1)), float)
        if self.augment and len(heard):
            prints = prints + rng.normal(0, 0.07 * rng.random(), prints.shape) * np.linalg.norm(prints, axis=1, keepdims=True)
            # Unknown recordings: of a class the tower may be less sure, or surer, all through the clip.
            shift = rng.normal(-0.2, self.spread, scores.shape[1]) * (rng.random() < 0.7) + rng.normal(0, 0.25)
            scores = squash(unsquash(scores) + shift + rng.normal(0, 0.2, scores.shape))
            confidences = squash(unsquash(confidences) + rng.normal(0, 0.3) + rng.normal(0, 0.2, len(heard)))
        prints /= np.maximum(np.linalg.norm(prints, axis=1, keepdims=True), 1e-9)
        if len(heard):
            alike = likeness(prints, EVENTS["likeness"])
            scores[:, self.sim.repeated] = recurrence(np.array([p["start"] for p in heard]), confidences, alike, EVENTS["repeated"])
        shows = pair([e.start for e in events], np.array([p["start"] - low for p in heard]))
        rows = [
            Row(p["start"] - low, min(p["end"], high) - low, float(confidences[i]), scores[i], events[shows[i]] if i in shows else None, print=prints[i])
            for i, p in enumerate(heard)
        ]
        faint = frozenset(self.labels[e["cls"]] for e in row["faint"] if low - 0.3 <= e["on"] < high) | {self.labels["speech"]}
        impacts = any(e.label == self.sim.impact for e in events)
        return Layer(SOUND, rows, events, faint=faint, vague=self.percussive if impacts else frozenset()).sort(), high - low


class RealCycles:
    def __init__(self, files: list[Path], sim: "Simulator"):
        self.sim = sim
        self.rows = read(files)
        self.augment = True

    def layer(self, rng: np.random.Generator, row: dict | None = None) -> tuple[Layer, float]:
        """A recording, and its length in seconds. Where it is in the picture is made up."""
        row = self.rows[rng.integers(len(self.rows))] if row is None else row
        names = self.sim.cycles
        events = [Event(names.index(c["label"]), c["start"], c["end"]) for c in row["cycles"]]
        middles = np.array([(p["start"] + p["end"]) / 2 for p in row["proposals"]])
        reach = 0.8 * float(np.median([e.end - e.start for e in events])) if events else 0.0
        shows = align(np.array([(e.start + e.end) / 2 for e in events]), middles, max(reach, 0.1))
        size = (float(rng.choice([640, 1280])), float(rng.choice([360, 720])))
        half, centre = np.exp(rng.uniform(np.log(0.05), np.log(0.4), 2)), rng.uniform(0.2, 0.8, 2)
        box = np.clip(np.r_[centre - half, centre + half], 0, 1) * [*size, *size]
        shift, sureness = rng.normal(0, 0.4, len(names)), rng.normal(0, 0.3)
        rows = []
        for i, p in enumerate(row["proposals"]):
            scores = np.array([p["scores"].get(name, 0.0) for name in names])
            sure = p["confidence"]
            if self.augment:
                scores = np.where(scores > 0, squash(unsquash(scores) + shift + rng.normal(0, 0.15, len(names))), 0)
                sure = float(squash(unsquash(np.array(sure)) + sureness + rng.normal(0, 0.1)))
                scores[self.sim.generic] = sure
            rows.append(Row(p["start"], p["end"], sure, scores, events[shows[i]] if i in shows else None, np.r_[p["start"], box][None],
                            cycle=(p["regularity"], p["amplitude"], p["periodRatio"])))  # fmt: skip
        return Layer(CYCLE, rows, events, size).sort(), row["duration"]
