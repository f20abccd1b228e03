"""Which proposals satisfy a condition by their time. `src/families/nano/relations.ts` is the same.

Spans of a condition: its proposals with at least a bar's strength. A sound reaches 0.25 s beyond both
its ends, and sounds or cycles less than a second apart are one span (`during`, `outside`: one bout of
barking); `with` keeps them apart. `after` is everything from 10 ms after the start of the asked one
on, `before` everything until 10 ms before it; no span where there is no such one.

A sound is inside a span where its start is, a cycle where its middle is, an object where any of it is.
`outside` is the contrary; for an object: less than 95 % of it inside.
"""

import numpy as np

from models.tools.decoder.scene import CYCLE, OBJECT, SOUND, TOWERS, Condition

SOUND_REACH, CYCLE_REACH, MERGE, BEYOND = 0.25, 0.1, 1.0, 0.01
FOREVER = 1e9


def merged(spans: np.ndarray, apart: float) -> np.ndarray:
    """Spans [n, 2] in order of start; those less than `apart` after the end of the one before join it."""
    out: list[list[float]] = []
    for low, high in spans[np.argsort(spans[:, 0], kind="stable")]:
        if out and low - out[-1][1] < apart:
            out[-1][1] = max(out[-1][1], high)
        else:
            out.append([low, high])
    return np.array(out).reshape(-1, 2)


def spans_of(condition: Condition, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """[spans, 2] from the starts (ascending) and ends of the condition's events."""
    n = len(starts)
    if condition.relation in ("before", "after"):
        at = condition.which if condition.which >= 0 else n + condition.which
        if not 0 <= at < n:
            return np.zeros((0, 2))
        moment = starts[at]
        return np.array([[moment + BEYOND, FOREVER] if condition.relation == "after" else [-FOREVER, moment - BEYOND]])
    tower = TOWERS.index(condition.kind)
    together = condition.relation == "with"
    reach = SOUND_REACH if tower == SOUND else CYCLE_REACH if tower == CYCLE and together else 0.0
    spans = np.stack([starts - reach, ends + reach], 1) if n else np.zeros((0, 2))
    return merged(spans, 0.0 if together or tower == OBJECT else MERGE)


def points_of(tower: int, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The interval by which a proposal is judged: a sound's start, a cycle's middle, an object's life."""
    if tower == SOUND:
        return starts, starts
    if tower == CYCLE:
        middle = (starts + ends) / 2
        return middle, middle
    return starts, ends


def share_inside(starts: np.ndarray, ends: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """Share 0…1 of each interval that lies in the spans (which do not overlap)."""
    if not len(spans):
        return np.zeros(len(starts))
    last = np.maximum(ends, starts + 0.02)
    shared = np.minimum(last[:, None], spans[:, 1]) - np.maximum(starts[:, None], spans[:, 0])
    return np.minimum(np.maximum(shared, 0).sum(1) / (last - starts), 1)


def satisfies(relation: str, tower: int, starts: np.ndarray, ends: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """[n] bool."""
    low, high = points_of(tower, starts, ends)
    inside = ((high[:, None] >= spans[:, 0]) & (low[:, None] <= spans[:, 1])).any(1)
    if relation != "outside":
        return inside
    return share_inside(starts, ends, spans) < 0.95 if tower == OBJECT else ~inside


def edge_distance(tower: int, starts: np.ndarray, ends: np.ndarray, spans: np.ndarray) -> np.ndarray:
    """[n] seconds from a proposal's start (a cycle's middle) to the nearest finite edge of a span; infinite without one."""
    edges = spans[np.abs(spans) < FOREVER]
    if not len(edges):
        return np.full(len(starts), np.inf)
    return np.abs(points_of(tower, starts, ends)[0][:, None] - edges).min(1)
