"""Makes up what an object tower might say about a film: broken and doubled tracks, parts seen by
themselves, ghosts, look-alikes, odd viewpoints, objects one after another at the same place.
"""

from typing import TYPE_CHECKING

import numpy as np

from models.tools.decoder.common import ALIKE, Palette, background
from models.tools.decoder.labels import OBJECT_NAMES
from models.tools.decoder.scene import OBJECT
from models.tools.decoder.world import Event, Layer, Row

if TYPE_CHECKING:
    from models.tools.decoder.simulate import Simulator

CLASSES = len(OBJECT_NAMES)
PERSON = OBJECT_NAMES.index("person")


def part_of(rng: np.random.Generator, boxes: np.ndarray) -> np.ndarray:
    """Boxes [n, 4] of a head, an arm, a bonnet: partly out of the whole, since the detector drops what is well inside."""
    width, height = rng.uniform(0.15, 0.9), rng.uniform(0.12, 0.7)
    x, y = rng.uniform(0, 1 - width), rng.uniform(0, 1 - height)
    out, side = rng.uniform(0.15, 0.5), rng.choice(["top", "bottom", "left", "right"], p=[0.45, 0.15, 0.2, 0.2])
    if side in ("top", "bottom"):
        y = -out * height if side == "top" else 1 - height + out * height
    else:
        x = -out * width if side == "left" else 1 - width + out * width
    size = boxes[:, 2:] - boxes[:, :2]
    low = boxes[:, :2] + size * [x, y]
    return np.c_[low, low + size * [width, height]]


def track_layer(sim: "Simulator", rng: np.random.Generator, duration: float, level: float, focus: list[tuple[int, int]]) -> Layer:
    """`focus`: labels and how many of each there are (0: none, but others may be taken for one)."""
    frames = int(np.clip(duration * rng.choice([1, 2, 2, 4, 5]), 2, 150))
    times = (np.arange(frames) + 0.5) * duration / frames
    noise = level * rng.choice([0.1, 0.5, 1.0, 1.5], p=[0.25, 0.3, 0.3, 0.15])
    size = (float(rng.choice([368, 640, 720, 1280, 1920])), float(rng.choice([360, 432, 656, 720, 1080])))
    scale = np.array([*size, *size])
    palette = Palette(rng, level * rng.uniform(0.3, 1.4))
    rows: list[Row] = []
    events: list[Event] = []
    detectability = np.clip(rng.normal(0.62, 0.13), 0.25, 0.9)
    order = rng.random()  # how the objects share the clip
    shape = np.exp(rng.uniform(np.log(0.05), np.log(0.45), 2))
    asked = focus[0][0]
    # An odd viewpoint: the detector takes all of them for something else, a little.
    mistaken, share = int(rng.integers(CLASSES)), 1.0
    if rng.random() < 0.22:
        share = rng.uniform(0.3, 0.8)
    static_scene = rng.random() < 0.4
    same_make = rng.random() < 0.25  # bottles, cars of a fleet: looks tell nothing
    unlike = rng.choice([0.1, 0.22], p=[0.7, 0.3])  # how differently well they are seen: some dark, some half hidden
    # One after another at the same place: a counter, a parking space.
    one_place, meeting = 0.2 <= order < 0.5 and rng.random() < 0.6, rng.uniform(0.25, 0.75, 2)
    lost, cut, part, twice = (rng.uniform(0, x * noise) for x in (0.25, 0.16, 0.24, 0.12))

    def life(index: int, total: int) -> tuple[int, int]:
        if static_scene and rng.random() < 0.9 or order < 0.2:
            return 0, frames
        if order < 0.5:  # one after another
            a = index / max(total, 1) + rng.normal(0, 0.02)
            b = a + rng.uniform(0.4, 1.1) / max(total, 1)
        elif order < 0.7:  # they come and stay
            a, b = rng.uniform(-0.3, 0.75), 1.0
        elif order < 0.78:  # they were there and go
            a, b = 0.0, rng.uniform(0.2, 1.2)
        else:
            a = rng.uniform(-0.2, 0.95)
            b = a + np.exp(rng.uniform(np.log(0.05), np.log(0.8)))
        return max(0, int(a * frames)), min(frames, max(int(b * frames), int(a * frames) + 1))

    def put(path: np.ndarray, scores: np.ndarray, apart: float, event: Event | None, colours: np.ndarray) -> None:
        rows.append(Row(path[0, 0], path[-1, 0], 0.0, scores, event, path, 0.0, apart, colours))

    def add(source: int, real: bool, index: int, total: int, sure: float) -> None:
        first, last = life(index, total)
        if last <= first:
            return
        moving = not static_scene and rng.random() < 0.8
        half = shape * np.exp(rng.normal(0, 0.2, 2)) / 2
        p0 = meeting + rng.normal(0, 0.05, 2) if one_place else rng.uniform(0.1, 0.9, 2)
        p1 = rng.uniform(0.1, 0.9, 2) if moving else p0 + rng.normal(0, 0.02, 2)
        if moving and rng.random() < 0.6:
            p0[rng.integers(2)] = rng.choice([-0.02, 1.02])
        k = np.linspace(0, 1, last - first)[:, None]
        centre = p0 + (p1 - p0) * k + rng.normal(0, 0.003, (last - first, 2))
        box = np.clip(np.c_[centre - half, centre + half], 0, 1) * scale
        colour = palette.draw(rng)
        profile = background(rng, sure)
        if real and share < 1:
            sure = max(sure * share, 0.12)
            profile[mistaken] = min(sure * rng.uniform(0.7, 1.9), 0.95)
        elif not real and rng.random() < 0.4:
            profile[asked] = sure * rng.uniform(0.05, 0.4)
        profile[source] = sure
        alike = ALIKE.get(source, [])
        if alike:
            profile[alike] = sure * np.clip(rng.normal(0.1, 0.25 * noise, len(alike)), 0, 1.15)
        event = Event(source, times[first], times[last - 1], colour)
        events.append(event)
        pieces = [np.arange(last - first)]
        if len(pieces[0]) > 4 and rng.random() < cut:  # the tracker bridges most gaps
            cuts = np.sort(rng.choice(np.arange(1, len(pieces[0])), rng.integers(1, 3), replace=False))
            pieces = [p[rng.integers(0, 2) :] for p in np.split(pieces[0], cuts)]
        visible = rng.random(last - first) >= lost
        for number, piece in enumerate(pieces):
            piece = piece[visible[piece]]
            if len(piece) < 1 or len(piece) == 1 and frames > 8 and rng.random() < 0.7:
                continue
            scores = np.clip(profile * np.exp(rng.normal(0, 0.1 + 0.15 * noise)), 0, 0.97)
            apart = rng.uniform(0.02, 0.25) if number else rng.uniform(0, 0.15) if same_make and real else rng.uniform(0.08, 0.9)
            path = np.c_[times[first + piece], box[piece] + rng.normal(0, 1.5, (len(piece), 4))]
            shown = palette.show(rng, colour)
            put(path, scores, apart, event, shown)
            if rng.random() < part * (2 if source == PERSON else 1):  # a part of it, or it in another's hand, seen by itself
                n = max(1, int(len(piece) * rng.choice([rng.uniform(0, 0.2), rng.uniform(0.2, 1), 1])))
                offset = int(rng.integers(0, len(piece) - n + 1))
                piece_path = path[offset : offset + n].copy()
                if rng.random() < 0.7:
                    piece_path[:, 1:] = part_of(rng, piece_path[:, 1:]) + rng.normal(0, 1.5, (n, 4))
                else:
                    piece_path[:, 1:] += rng.normal(0, 0.25, 4) * np.tile(half * 2 * np.array(size), 2)
                piece_path[:, 1:] = np.c_[np.sort(piece_path[:, [1, 3]]), np.sort(piece_path[:, [2, 4]])][:, [0, 2, 1, 3]]
                put(piece_path, scores * rng.uniform(0.25, 0.85), rng.uniform(0.02, 0.6), None, palette.show(rng, colour))
            if rng.random() < twice:  # seen double
                twin = (path + np.r_[0, rng.normal(0, 0.03, 4) * scale])[: max(1, int(len(piece) * rng.uniform(0.2, 1)))]
                other = scores[rng.permutation(CLASSES)] * 0.8 if rng.random() < 0.3 else scores * rng.uniform(0.4, 0.9)
                put(twin, other, apart, None, shown)

    for label, count in focus:
        for index in range(count):
            add(label, True, index, count, float(np.clip(rng.normal(detectability, unlike), 0.15, 0.95)))
    taken = {label for label, _ in focus}
    for _ in range(rng.choice([0, 1, 2, 5], p=[0.3, 0.3, 0.2, 0.2])):
        source = int(rng.choice(ALIKE[asked])) if asked in ALIKE and rng.random() < 0.4 else int(rng.integers(CLASSES))
        if source not in taken:
            add(source, False, 0, 1, float(np.clip(rng.normal(0.55, 0.15), 0.1, 0.95)))
    for _ in range(rng.poisson(1.5 * noise)):  # ghosts: short and weak
        first = int(rng.integers(frames))
        last = min(frames, first + int(rng.integers(1, 9)))
        if rng.random() < 0.3:  # or always there: a coat, a poster
            first, last = int(first * rng.random()), frames
        source = asked if rng.random() < 0.5 else int(rng.integers(CLASSES))
        low = rng.uniform(0, 0.9, 2)
        high = np.minimum(low + rng.uniform(0.02, 0.3, 2), 1)
        if rng.random() < 0.3:  # or the whole scene taken for a thing
            low, high = rng.uniform(0, 0.12, 2), rng.uniform(0.85, 1, 2)
        score = max(0.1, rng.uniform(0.1, 0.65) * detectability * share)
        scores = background(rng, score)
        scores[source] = score
        if share < 1 and source == asked:
            scores[mistaken] = min(scores[asked] * rng.uniform(0.7, 1.9), 0.95)
        path = np.c_[times[first:last], np.tile(np.r_[low, high] * scale, (last - first, 1))]
        put(path, scores, rng.uniform(0.1, 1), None, palette.show(rng, int(rng.integers(11))))
    # Confidence and mean score: the best class, lower for tracks of few sightings.
    few = rng.uniform(0.4, 1.0) if frames > 2 else 0.0
    rows.sort(key=lambda row: row.start)
    for number, row in enumerate(rows):
        row.mean = float(np.clip(row.scores.max() * rng.uniform(1, 1.25), 0, 0.97))
        sure = row.mean * rng.uniform(1.0, 1.3) * (1 - few * np.exp(-len(row.path))) * np.exp(rng.normal(0, 0.05))
        row.confidence = float(np.clip(sure, 0.02, 0.98))
        row.apart = row.apart if number else 1.0
    return Layer(OBJECT, rows, events, size).sort()
