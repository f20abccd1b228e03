"""Makes up photographs. A proposal of a single frame has another look than a track: one sighting, no
duration, every start the same, and a confidence that is its best class score.
"""

from typing import TYPE_CHECKING

import numpy as np

from models.tools.decoder.common import ALIKE, COMMON_OBJECTS, Palette, background
from models.tools.decoder.labels import OBJECT_NAMES
from models.tools.decoder.scene import OBJECT
from models.tools.decoder.world import Event, Layer, Row

if TYPE_CHECKING:
    from models.tools.decoder.simulate import Simulator


def still_layer(sim: "Simulator", rng: np.random.Generator, level: float, focus: list[tuple[int, int]]) -> Layer:
    """One frame: every proposal is a single sighting, all at once, above the tower's bar; what
    scores below is missed."""
    names = OBJECT_NAMES
    noise = level * rng.choice([0.2, 0.6, 1.0, 1.5], p=[0.2, 0.3, 0.3, 0.2])
    size = (float(rng.choice([427, 480, 640, 1280, 1920])), float(rng.choice([360, 427, 480, 640, 1080])))
    scaled = np.array([*size, *size])
    palette = Palette(rng, level * rng.uniform(0.3, 1.4))
    bar = rng.uniform(0.22, 0.28) if rng.random() < 0.8 else rng.uniform(0.1, 0.22)
    counts = dict(focus)
    asked = focus[0][0]
    similar = ALIKE.get(asked, [])
    for _ in range(rng.poisson(rng.choice([0.5, 1.0, 2.5]))):
        draw = rng.random()
        source = int(rng.choice(similar)) if similar and draw < 0.25 else int(rng.integers(len(names)))
        if draw > 0.6:
            source = names.index(rng.choice(COMMON_OBJECTS))
        if source not in counts:
            band = rng.choice(3, p=[0.7, 0.25, 0.05])
            counts[source] = int(rng.integers(*[(1, 3), (3, 9), (8, 21)][band]))
    rows: list[Row] = []
    events: list[Event] = []

    def propose(box: np.ndarray, scores: np.ndarray, apart: float, event: Event | None, colours: np.ndarray) -> None:
        box = np.clip(box, 0, 1)
        best = float(np.clip(scores.max(), 0, 0.97))
        if best >= bar and (box[2:] - box[:2] > 0.01).all():
            rows.append(Row(0.0, 0.0, best, np.clip(scores, 0, 0.97), event, np.r_[0, box * scaled][None], best, apart, colours))

    for source, count in counts.items():
        clear, spread, slope = rng.normal(-0.5, 0.85), rng.uniform(0.25, 0.8), rng.uniform(0, 0.8)
        scale, aspect = np.exp(rng.uniform(np.log(0.04), np.log(0.6))), np.exp(rng.normal(0, 0.5))
        scale = min(scale, 1.2 / np.sqrt(max(count, 1)))
        middle, width = rng.uniform(0.2, 0.8, 2), rng.uniform(0.08, 0.35, 2) + scale
        scattered, look = rng.random() < 0.5, rng.uniform(0.1, 0.5)
        blurred = rng.uniform(-0.15, 0.3) * noise  # how much of it goes to look-alikes
        alike = [*ALIKE.get(source, []), *rng.integers(len(names), size=2)]
        if source != asked and asked not in alike and rng.random() < 0.3:
            alike.append(asked)
        for _ in range(count):
            side = scale * np.exp(rng.normal(0, 0.35))
            half = side * np.array([aspect, 1 / aspect]) ** 0.5 / 2
            centre = rng.uniform(0.05, 0.95, 2) if scattered else middle + rng.normal(0, 1, 2) * width / 2
            box = np.r_[centre - half, centre + half]
            sure = 1 / (1 + np.exp(-(clear + slope * np.log(side / 0.15) + rng.normal(0, spread))))
            scores = background(rng, sure)
            scores[alike] = np.maximum(scores[alike], sure * np.clip(rng.normal(blurred, 0.25, len(alike)), 0, 1.2))
            scores[source] = sure
            event = Event(source, 0.0, 0.0, palette.draw(rng))
            events.append(event)
            propose(box, scores, look + rng.uniform(0, 0.4), event, palette.show(rng, event.colour))
            if rng.random() < 0.12 * noise:  # a part of it, or two of them in one
                stretch = np.tile(half * 2, 2) * rng.normal(0, 0.35, 4)
                propose(box + stretch, scores * rng.uniform(0.4, 1), rng.uniform(0.05, 0.4), None, palette.show(rng, event.colour))
            if rng.random() < 0.06 * noise:  # also taken for something else
                other = background(rng, sure)
                other[rng.choice(alike)], other[source] = sure * rng.uniform(0.5, 1), sure * rng.uniform(0.1, 0.6)
                propose(box + rng.normal(0, 0.1, 4) * side, other, rng.uniform(0.05, 0.4), None, palette.show(rng, event.colour))
    ghosts = rng.poisson(rng.uniform(0.2, 1.2) * noise * (1 + 0.15 * len(rows)))
    mistaken = not counts[asked] and rng.random() < 0.5  # what is asked about is not there, but taken to be
    for number in range(ghosts + mistaken):  # what is not there
        draw = 0 if mistaken and number == 0 else rng.random()
        pool = list(counts)
        source = asked if draw < 0.35 else int(rng.choice(pool)) if draw < 0.6 else int(rng.integers(len(names)))
        score = bar + rng.exponential(rng.uniform(0.03, 0.15))
        scores = background(rng, score)
        scores[source] = score
        low, extent = rng.uniform(0, 0.9, 2), np.exp(rng.uniform(np.log(0.03), np.log(0.8), 2))
        propose(np.r_[low, low + extent], scores, rng.uniform(0.15, 0.8), None, palette.show(rng, int(rng.integers(11))))
    order = sorted(range(len(rows)), key=lambda i: -rows[i].confidence) if rng.random() < 0.7 else rng.permutation(len(rows))
    rows = [rows[i] for i in order]
    if rows:
        rows[0].apart = 1.0
    return Layer(OBJECT, rows, events, size)
