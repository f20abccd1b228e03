"""What the real sound tower said about scenes with known events (`models.tools.sound.dump`), as scenes
for the decoder: a question about one of its classes, and the proposals that the answer points at.

A line is `{duration, events: [{cls, on, off}], faint: […], proposals: [{start, end, confidence,
scores: {label: score, the five highest}}]}`. The last tenth of the lines is kept for evaluation.
"""

import json
from pathlib import Path

import numpy as np

from models.tools.decoder.common import limit
from models.tools.decoder.features import Scene
from models.tools.decoder.simulate import Simulator

TOLERANCE = 0.12  # seconds between an event and a proposal that found it


def pair(truth: list[float], starts: np.ndarray) -> list[int]:
    """The proposal of each true onset, nearest pairs first, one to one; unfound ones are left out."""
    pairs = sorted((abs(s - t), i, j) for i, t in enumerate(truth) for j, s in enumerate(starts) if abs(s - t) <= TOLERANCE)
    events, found = set(), set()
    for _, i, j in pairs:
        if i not in events and j not in found:
            events.add(i)
            found.add(j)
    return sorted(found)


class RealScenes:
    def __init__(self, files: list[Path], simulator: Simulator, held_out: bool = False):
        self.simulator = simulator
        self.rows = []
        for file in files:
            lines = file.read_text().splitlines()
            split = len(lines) * 9 // 10
            self.rows += [json.loads(line) for line in (lines[split:] if held_out else lines[:split])]
        self.labels = {name: i for i, name in enumerate(simulator.sounds)}
        self.percussive = {simulator.sounds[i] for i in simulator.percussive}

    def scene(self, rng: np.random.Generator, augment: bool = True) -> Scene:
        """A question drawn at random over a random part of a random recording."""
        while True:
            row = self.rows[rng.integers(len(self.rows))]
            present = sorted({e["cls"] for e in row["events"]} - {"speech"})
            draw = rng.random()
            if draw < 0.72 and present:
                asked = present[rng.integers(len(present))]
            elif draw < 0.84:
                asked = "impact"
            else:
                asked = self.simulator.sounds[rng.integers(len(self.labels))]
            scene = self.ask(row, asked, rng, augment)
            if scene is not None:
                return scene

    def ask(self, row: dict, asked: str, rng: np.random.Generator, augment: bool) -> Scene | None:
        """None where the truth of this question is not known."""
        if asked == "speech":
            return None
        counted = self.percussive if asked == "impact" else {asked}
        also = set(self.simulator.lexicon["sounds"].get(asked, {}).get("also", {}))
        others = {e["cls"] for e in row["events"]} - {asked}
        if asked != "impact" and ("impact" in others or asked == "hit" and also & others):
            return None
        low, high = 0.0, row["duration"]
        if augment and rng.random() < 0.5:  # a part of it
            length = rng.uniform(min(2.0, high), high)
            low = rng.uniform(0, high - length)
            high = low + length
        if any(e["cls"] in counted and low - 0.3 <= e["on"] < high for e in row["faint"]):
            return None
        proposals = [p for p in row["proposals"] if low <= p["start"] < high - 0.02]
        starts = np.array([p["start"] for p in proposals])
        truth = [e["on"] for e in row["events"] if e["cls"] in counted and low <= e["on"] < high - 0.02]
        scores = np.zeros((len(proposals), len(self.labels)))
        for line, p in zip(scores, proposals):
            least = min(p["scores"].values())
            line[:] = least * rng.uniform(0, 1, len(line)) ** 4
            for name, score in p["scores"].items():
                line[self.labels[name]] = score
        confidences = np.array([p["confidence"] for p in proposals])
        if augment and len(proposals):
            shift = rng.normal(0, 0.25, scores.shape[1]) + rng.normal(0, 0.25)
            scores = squash(unsquash(scores) + shift + rng.normal(0, 0.2, scores.shape))
            confidences = squash(unsquash(confidences) + rng.normal(0, 0.3) + rng.normal(0, 0.2, len(proposals)))
        start = float(rng.choice([0, 0, 0, 1.4])) if augment else 0.0
        scene = Scene(
            kind="sound", at_once=False, start=start, duration=high - low,
            window=self.simulator.window(rng, start, high - low) if augment else None,
            weights=self.simulator.sound_weights(self.labels[asked]),
            words=self.simulator.question(rng, "sound", self.labels[asked]),
            starts=starts - low + start, ends=np.array([p["end"] for p in proposals]) - low + start,
            confidences=confidences, scores=scores.reshape(-1, len(self.labels)),
        )  # fmt: skip
        scene.true_count = len(truth)
        return limit(scene, pair(truth, starts))


def squash(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def unsquash(p: np.ndarray) -> np.ndarray:
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))
