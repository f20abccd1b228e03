"""Makes up photographs. A proposal of a single frame has another look than a track: one sighting, no
duration, every start the same, and a confidence that is its best class score.
"""

from typing import TYPE_CHECKING

import numpy as np

from models.tools.decoder.common import COMMON_OBJECTS, SIMILAR_OBJECTS, background, limit
from models.tools.decoder.features import Scene
from models.tools.decoder.labels import OBJECT_NAMES

if TYPE_CHECKING:
    from models.tools.decoder.simulate import Simulator


def still_scene(simulator: "Simulator", rng: np.random.Generator, level: float = 1.0) -> Scene:
    """One frame: every proposal is a single sighting, all at once, above the tower's bar; what
    scores below is missed. Its confidence is its best class score."""
    names = OBJECT_NAMES
    label = names.index(rng.choice(COMMON_OBJECTS)) if rng.random() < 0.5 else int(rng.integers(len(names)))
    weights = simulator.object_weights(label) if rng.random() < 0.15 else np.eye(len(names))[label]
    noise = level * rng.choice([0.2, 0.6, 1.0, 1.5], p=[0.2, 0.3, 0.3, 0.2])
    size = (float(rng.choice([427, 480, 640, 1280, 1920])), float(rng.choice([360, 427, 480, 640, 1080])))
    bar = rng.uniform(0.22, 0.28)
    similar = [names.index(n) for g in SIMILAR_OBJECTS if names[label] in g for n in g if n != names[label]]
    classes = [label] if rng.random() < 0.8 else []
    for _ in range(rng.poisson(rng.choice([0.5, 2.0, 4.0]))):
        draw = rng.random()
        source = int(rng.choice(similar)) if similar and draw < 0.25 else int(rng.integers(len(names)))
        if draw > 0.6:
            source = names.index(rng.choice(COMMON_OBJECTS))
        if source not in classes and not (classes[:1] != [label] and weights[source]):
            classes.append(source)
    found: list[tuple[np.ndarray, np.ndarray, float, bool]] = []  # box, scores, appearance, true

    def propose(box: np.ndarray, scores: np.ndarray, apart: float, true: bool) -> None:
        box = np.clip(box, 0, 1)
        if scores.max() >= bar and (box[2:] - box[:2] > 0.01).all():
            found.append((box * [*size, *size], np.clip(scores, 0, 0.97), apart, true))

    for source in classes:
        bands = [0.55, 0.3, 0.15] if source == label else [0.7, 0.25, 0.05]
        count = int(rng.integers(*[(1, 3), (3, 9), (8, 21)][rng.choice(3, p=bands)]))
        clear, spread, slope = rng.normal(-0.1, 0.8), rng.uniform(0.3, 1.1), rng.uniform(0, 0.8)
        scale, aspect = np.exp(rng.uniform(np.log(0.04), np.log(0.6))), np.exp(rng.normal(0, 0.5))
        scale = min(scale, 1.2 / np.sqrt(count))
        middle, width = rng.uniform(0.2, 0.8, 2), rng.uniform(0.08, 0.35, 2) + scale
        scattered, look = rng.random() < 0.5, rng.uniform(0.1, 0.5)
        blurred = rng.uniform(-0.15, 0.3) * noise  # how much of it goes to look-alikes
        alike = [names.index(n) for g in SIMILAR_OBJECTS if names[source] in g for n in g if n != names[source]]
        alike += list(rng.integers(len(names), size=2))
        for _ in range(count):
            side = scale * np.exp(rng.normal(0, 0.35))
            half = side * np.array([aspect, 1 / aspect]) ** 0.5 / 2
            centre = rng.uniform(0.05, 0.95, 2) if scattered else middle + rng.normal(0, 1, 2) * width / 2
            box = np.r_[centre - half, centre + half]
            sure = 1 / (1 + np.exp(-(clear + slope * np.log(side / 0.15) + rng.normal(0, spread))))
            scores = background(rng, sure)
            scores[alike] = np.maximum(scores[alike], sure * np.clip(rng.normal(blurred, 0.25, len(alike)), 0, 1.4))
            scores[source] = sure
            propose(box, scores, look + rng.uniform(0, 0.4), weights[source] > 0)
            if rng.random() < 0.12 * noise:  # a part of it, or two of them in one
                stretch = np.tile(half * 2, 2) * rng.normal(0, 0.35, 4)
                propose(box + stretch, scores * rng.uniform(0.4, 1), rng.uniform(0.05, 0.4), False)
            if rng.random() < 0.06 * noise:  # also taken for something else
                other = background(rng, sure)
                other[rng.choice(alike)], other[source] = sure * rng.uniform(0.5, 1), sure * rng.uniform(0.1, 0.6)
                propose(box + rng.normal(0, 0.1, 4) * side, other, rng.uniform(0.05, 0.4), False)
    for _ in range(rng.poisson(rng.uniform(0.2, 1) * noise * (1 + 0.15 * len(found)))):  # what is not there
        draw = rng.random()
        source = label if draw < 0.3 else int(rng.choice(classes)) if draw < 0.6 and classes else int(rng.integers(len(names)))
        score = bar + rng.exponential(rng.uniform(0.03, 0.15))
        scores = background(rng, score)
        scores[source] = score
        low, extent = rng.uniform(0, 0.9, 2), np.exp(rng.uniform(np.log(0.03), np.log(0.8), 2))
        propose(np.r_[low, low + extent], scores, rng.uniform(0.15, 0.8), False)
    order = rng.permutation(len(found))
    if rng.random() < 0.7:  # the detector lists the surest first
        order = sorted(order, key=lambda i: -found[i][1].max())
    found = [found[i] for i in order]
    moments = np.zeros(len(found))
    sure = np.array([scores.max() for _, scores, _, _ in found])
    return limit(
        Scene(
            kind="object", at_once=bool(rng.random() < 0.3), start=0.0, duration=0.0, window=None, weights=weights,
            words=simulator.question(rng, "object", label), starts=moments, ends=moments.copy(), confidences=sure,
            scores=np.array([scores for _, scores, _, _ in found]).reshape(-1, len(names)), frame=size,
            paths=[np.r_[0, box][None] for box, _, _, _ in found], mean_scores=sure.copy(),
            appearance=np.array([1.0 if i == 0 else item[2] for i, item in enumerate(found)]),
        ),
        [i for i, item in enumerate(found) if item[3]],
    )  # fmt: skip
