"""What the real towers said about scenes with known events, as layers for questions.

Sounds: lines of `models.tools.sound.dump`, `{duration, events: [{cls, on, off}], faint: […], proposals:
[{start, end, confidence, scores: {label: score, the five highest}}]}`. Cycles: lines of the motion tower,
`{duration, width, height, label, events: [{start, end}], proposals: [{start, end, confidence, scores:
[one per label], box, regularity, amplitude, periodRatio}]}`.
"""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from models.tools.decoder.common import squash, unsquash
from models.tools.decoder.scene import CYCLE, SOUND
from models.tools.decoder.world import Event, Layer, Row

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


def read(files: list[Path]) -> list[dict]:
    return [json.loads(line) for file in files for line in Path(file).read_text().splitlines()]


class RealSounds:
    def __init__(self, files: list[Path], sim: "Simulator"):
        self.sim = sim
        self.rows = read(files)
        self.labels = {name: i for i, name in enumerate(sim.sounds)}
        self.percussive = frozenset(sim.percussive - {sim.impact})
        self.augment = True

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
            least = min(p["scores"].values())
            line[:] = least * rng.uniform(0, 1, len(line)) ** 4
            for name, score in p["scores"].items():
                line[self.labels[name]] = score
        confidences = np.array([p["confidence"] for p in heard])
        if self.augment and len(heard):
            shift = rng.normal(0, 0.25, scores.shape[1]) + rng.normal(0, 0.25)
            scores = squash(unsquash(scores) + shift + rng.normal(0, 0.2, scores.shape))
            confidences = squash(unsquash(confidences) + rng.normal(0, 0.3) + rng.normal(0, 0.2, len(heard)))
        shows = pair([e.start for e in events], np.array([p["start"] - low for p in heard]))
        rows = [
            Row(p["start"] - low, min(p["end"], high) - low, float(confidences[i]), scores[i], events[shows[i]] if i in shows else None)
            for i, p in enumerate(heard)
        ]
        faint = frozenset(self.labels[e["cls"]] for e in row["faint"] if low - 0.3 <= e["on"] < high) | {self.labels["speech"]}
        impacts = any(e.label == self.sim.impact for e in events)
        return Layer(SOUND, rows, events, faint=faint, vague=self.percussive if impacts else frozenset()).sort(), high - low


class RealCycles:
    def __init__(self, files: list[Path], sim: "Simulator"):
        self.sim = sim
        self.rows = read(files)

    def layer(self, rng: np.random.Generator, augment: bool = True, row: dict | None = None) -> tuple[Layer, float]:
        row = self.rows[rng.integers(len(self.rows))] if row is None else row
        generic = self.sim.cycles.index("repetition")
        label = self.sim.cycles.index(row["label"]) if row.get("label") in self.sim.cycles else generic
        events = [Event(label, e["start"], e["end"]) for e in row["events"]]
        # By their middles, within half a cycle.
        middles = np.array([(p["start"] + p["end"]) / 2 for p in row["proposals"]])
        longest = 0.5 * float(np.median([e.end - e.start for e in events])) if events else 0.0
        shows = pair([(e.start + e.end) / 2 for e in events], middles, longest)
        rows = []
        for i, p in enumerate(row["proposals"]):
            scores, sure = np.array(p["scores"], float), p["confidence"]
            if augment:
                scores = squash(unsquash(scores) + rng.normal(0, 0.3, len(scores)))
                sure = float(squash(unsquash(np.array(sure)) + rng.normal(0, 0.3)))
            rows.append(Row(p["start"], p["end"], sure, scores, events[shows[i]] if i in shows else None, np.r_[p["start"], p["box"]][None],
                            cycle=(p["regularity"], p["amplitude"], p["periodRatio"])))  # fmt: skip
        return Layer(CYCLE, rows, events, (float(row.get("width", 1)), float(row.get("height", 1)))).sort(), row["duration"]
