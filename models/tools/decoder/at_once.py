"""How many of the things that are there are in view at one moment. `src/families/nano/at-once.ts` is the same."""

import numpy as np

from models.tools.decoder.features import strength_in
from models.tools.decoder.relations import spans_of
from models.tools.decoder.scene import Scene


def fullest_moment(starts, ends, window, spans: np.ndarray | None, outside: bool = False) -> tuple[list[int], float]:
    """Which of these intervals are open at the first moment with the most of them open, and that moment; within the
    window, and inside (or outside) of the spans of a condition."""
    low, high = window or (-np.inf, np.inf)
    best, when = [], 0.0
    for moment in sorted([*starts, *([low] if window else []), *([] if spans is None else spans.ravel())]):
        if not low <= moment <= high:
            continue
        if spans is not None:
            # The edges belong to both sides.
            within = (moment > spans[:, 0]) & (moment < spans[:, 1]) if outside else (moment >= spans[:, 0]) & (moment <= spans[:, 1])
            if within.any() == outside:
                continue
        alive = [at for at, (a, b) in enumerate(zip(starts, ends)) if a <= moment <= b]
        if len(alive) > len(best):
            best, when = alive, float(moment)
    return best, when


def fullest(scene: Scene, things: list[int]) -> list[int]:
    """Of these proposals those of the fullest moment, within the window and under the condition that is asked for.
    What is there is for the decoder to judge; how much of it at one moment, for arithmetic."""
    spans, outside = None, False
    if scene.condition is not None:
        strength = strength_in(scene, scene.condition)
        among = (strength > 0) & (strength >= strength.max(initial=0) / 2)
        spans = spans_of(scene.condition, scene.starts[among], scene.ends[among])
        outside = scene.condition.relation == "outside"
    best, _ = fullest_moment(scene.starts[things], scene.ends[things], scene.window, spans, outside)
    return [things[at] for at in best]
