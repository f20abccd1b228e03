"""Counters by hand-made rules over the decoder's own features, tuned per counted tower: the yardstick.

B0: a threshold on the strength. B1: a threshold relative to the strongest and a floor, suppression of what
is close in time to (sounds), overlaps in time with (cycles) or in the picture with (objects) something
stronger, and the bar at which a condition's proposals count. Both know the window, the condition and the
mode from the features (a perfect parse), as the decoder does.
"""

import itertools

import numpy as np

from models.tools.decoder.at_once import fullest
from models.tools.decoder.features import POINTABLE, encode
from models.tools.decoder.scene import Scene

FLOORS = np.round(np.geomspace(0.015, 0.6, 10), 3)
SHARES = [0.0, 0.15, 0.3, 0.4, 0.5]
CLOSE = {"sound": [-2, -0.9, -0.6, -0.4, -0.2], "object": [0.0, 0.2, 0.35, 0.5, 0.7, 1.1], "cycle": [0.05, 0.2, 0.35, 0.5, 1.1]}
BARS = [0, 1, 2]  # half the largest, 0.5, 0.2


def proposal_rows(scene: Scene, label_vectors: dict[str, np.ndarray]) -> np.ndarray:
    """[n, WIDTH]"""
    rows = encode(scene, label_vectors)
    return rows[len(rows) - len(scene.starts) :]


def chosen(rows: np.ndarray, scene: Scene, bar: np.ndarray, condition: int) -> np.ndarray:
    kept = (rows[:, POINTABLE] > 0) & (rows[:, 58] >= bar) & (rows[:, 70] > 0) & (rows[:, 118 + condition] > 0)
    if scene.mode in ("colours", "kinds"):
        kept &= rows[:, 115] > 0
    return kept


def at_once(scene: Scene, kept: np.ndarray) -> np.ndarray:
    """Of the kept those of the fullest moment, where that is asked."""
    if scene.mode != "atOnce":
        return kept
    return np.isin(np.arange(len(kept)), fullest(scene, list(np.flatnonzero(kept))))


def rule0(rows: np.ndarray, scene: Scene, floor: float) -> np.ndarray:
    """[n] which proposals count."""
    return at_once(scene, chosen(rows, scene, floor, 0)) if len(rows) else np.zeros(0, bool)


def rule1(rows: np.ndarray, scene: Scene, floor: float, share: float, close: float, condition: int) -> np.ndarray:
    own = rows[:, POINTABLE] > 0 if len(rows) else np.zeros(0, bool)
    if not own.any():
        return own
    kept = chosen(rows, scene, np.maximum(floor, share * rows[own, 58].max()), condition)
    if scene.kind == "sound":
        kept &= ~(rows[:, 64] < close)
    else:
        kept &= ~(rows[:, 93 if scene.kind == "object" else 66] > close)
    return at_once(scene, kept)


def grids(kind: str) -> dict:
    return {rule0: [FLOORS], rule1: [FLOORS, SHARES, CLOSE[kind], BARS]}


def tune(rule, kind: str, examples: list[tuple[np.ndarray, Scene]]) -> tuple:
    """The setting with the best exact rate, and within one among equals."""

    def worth(setting):
        off = np.array([abs(int(rule(rows, scene, *setting).sum()) - scene.true_count) for rows, scene in examples])
        return (off == 0).mean(), (off <= 1).mean()

    return max(itertools.product(*grids(kind)[rule]), key=worth)
