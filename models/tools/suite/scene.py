"""A planned scene, and the parts that all kinds of scenes are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from .cutout import PALETTE, Crop, scaled, tinted
from .sounds import Heard, Shelf
from .things import Mover, Thing, ball, wheel
from .words import SOUNDS

SIZES = ((320, 240), (426, 240), (384, 288), (480, 270), (480, 360), (270, 480))
# Events keep this far from the edges of a window or a condition, seconds.
CLEAR = 0.45
# First appearances are at one moment or at least this far apart.
GRID = 1.2
SLOWEST = {"rooster": 1.2, "sneeze": 0.8, "cow": 0.5, "snore": 0.6, "phone": 0.5}


class Unfit(Exception):
    """The dice gave a scene whose truth would be debatable; they are thrown again."""


@dataclass
class Scene:
    seconds: float
    size: tuple[int, int]
    question: str = ""
    category: str = "event"
    modality: str = "A"
    answer: int = 0
    clues: list = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    movers: list[Mover] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    texture: np.ndarray | None = None


@dataclass
class Stock:
    """What scenes are made of."""

    shelf: Shelf
    crops: dict[str, list[Crop]]
    load: Callable[[Crop], np.ndarray]  # RGBA
    tints: dict[Crop, list[str]]


def counts(rng: np.random.Generator, most: int, zero: float = 0.1) -> int:
    """Mostly small numbers, as people ask about."""
    if rng.random() < zero:
        return 0
    weights = 1 / (np.arange(1, most + 1) + 1.5)
    return 1 + int(rng.choice(most, p=weights / weights.sum()))


def train(rng, shelf: Shelf, label: str, n: int, low: float, high: float, tight: bool = False) -> list[Heard]:
    """`n` sounds of a class between two moments, regular or not; `tight`: gaps under 0.8 s."""
    if n == 0:
        return []
    first = shelf.pick(rng, label)
    same = rng.random() < 0.6
    sounds = [first if same else shelf.pick(rng, label) for _ in range(n)]
    gaps = np.array([max(s.seconds + 0.12, 0.24, SLOWEST.get(label, 0)) for s in sounds])
    room = high - low - gaps.sum()
    if room < 0:
        raise Unfit
    if tight:
        free = rng.uniform(0.05, 0.5, n)
    elif rng.random() < 0.5:
        free = np.full(n, rng.uniform(0.0, 0.9)) * rng.uniform(0.95, 1.05, n)
    else:
        free = rng.exponential(0.8, n)
    free *= min(1.0, 0.95 * room / max(free.sum(), 1e-9))
    start = low + rng.uniform(0, max(0.0, room - free.sum()))
    onsets = start + np.concatenate([[0], np.cumsum(gaps + free)[:-1]])
    gain = 10 ** (rng.uniform(-4, 0, n) / 20)
    return [Heard(s, round(float(t), 3), float(g)) for s, t, g in zip(sounds, onsets, gain)]


def distract(rng, shelf: Shelf, scene: Scene, groups: set[str], most: int = 3) -> None:
    """Sounds of other groups, away from the others' onsets."""
    labels = [label for label in shelf.labels if label in SOUNDS and SOUNDS[label].group not in groups]
    if not labels or rng.random() < 0.3:
        return
    label = labels[int(rng.integers(len(labels)))]
    taken = [one.start for one in scene.heard]
    for _ in range(int(rng.integers(1, most + 1))):
        start = float(rng.uniform(0.2, scene.seconds - 1.0))
        if all(abs(start - other) > 0.3 for other in taken):
            taken.append(start)
            scene.heard.append(Heard(shelf.pick(rng, label), start, 10 ** (rng.uniform(-8, -2) / 20)))


def intervals(heard: list[Heard]) -> list[dict]:
    return [{"start": round(one.start, 3), "end": round(one.end, 3)} for one in heard]


def spans(rng, n: int, low: float, high: float) -> list[tuple[float, float]]:
    """`n` cycles between two moments: nearly regular, at times with a pause."""
    if n == 0:
        return []
    period = rng.uniform(0.6, 1.6)
    lengths = period * rng.uniform(0.92, 1.08, n)
    pause = rng.uniform(1.2, 2.0) if n >= 4 and rng.random() < 0.2 else 0.0
    if lengths.sum() + pause > high - low:
        lengths *= (high - low - pause) / lengths.sum()
        if lengths.min() < 0.45:
            raise Unfit
    start = low + rng.uniform(0, max(0.0, high - low - lengths.sum() - pause))
    at = int(rng.integers(1, n)) if pause else n
    starts = start + np.concatenate([[0], np.cumsum(lengths)[:-1]]) + pause * (np.arange(n) >= at)
    return [(round(float(a), 3), round(float(a + d), 3)) for a, d in zip(starts, lengths)]


def mover(rng, stock: Stock, scene: Scene, move: str, beside: bool = False) -> Mover:
    """A thing that will move; `beside`: only in the left half of the frame."""
    width, height = scene.size
    x = width * (rng.uniform(0.24, 0.3) if beside else rng.uniform(0.4, 0.6))
    across = min(width * (0.5 if beside else 0.9), height)
    if move == "bounce":
        side = int(rng.uniform(0.16, 0.24) * across)
        return Mover(move, "ball", ball(rng, side), x, height * rng.uniform(0.86, 0.95), height * rng.uniform(0.4, 0.6))
    if move == "swing":
        reach = across * rng.uniform(0.38, 0.5)
        return Mover(move, "pendulum", ball(rng, int(0.2 * across)), x, height * 0.1, reach)
    labels = sorted(label for label in stock.crops if any(crop.outline for crop in stock.crops[label]))
    if move == "spin" and (rng.random() < 0.5 or not labels):
        return Mover(move, "wheel", wheel(rng, int(0.6 * across)), x, height * 0.5, 0)
    if not labels:
        raise Unfit
    label = "person" if "person" in labels and rng.random() < 0.5 else labels[int(rng.integers(len(labels)))]
    outlined = [crop for crop in stock.crops[label] if crop.outline]
    part = stock.load(outlined[int(rng.integers(len(outlined)))])
    if move == "jump":
        return Mover(move, label, scaled(part, 0.6 * across, 0.5 * height), x, height * 0.95, height * rng.uniform(0.2, 0.35))
    return Mover(move, label, scaled(part, 0.55 * across, 0.55 * across), x, height * 0.5, 0)


def slots(scene: Scene, n: int, beside: bool = False) -> list[tuple[float, float, float, float]]:
    """Places for `n` things: middle and room, pixels. `beside`: in the right half only."""
    width, height = scene.size
    left, wide = (width / 2, width / 2) if beside else (0.0, float(width))
    columns = min(n, 3 if wide > height * 0.8 else 2)
    rows = -(-n // columns)
    cell = wide / columns, height / rows
    return [(left + (c + 0.5) * cell[0], (r + 0.5) * cell[1], 0.92 * cell[0], 0.92 * cell[1]) for r in range(rows) for c in range(columns)]


def instances(rng, stock: Stock, label: str, n: int) -> tuple[list[np.ndarray], bool]:
    """`n` looks of a class, and whether all of them are different parts of photographs."""
    crops = stock.crops[label]
    order = rng.permutation(len(crops))
    looks = []
    for i in range(n):
        part = stock.load(crops[int(order[i % len(crops)])])
        looks.append(part[:, ::-1] if (i // len(crops)) % 2 or rng.random() < 0.3 else part)
    return looks, n <= len(crops)


def put(rng, scene: Scene, place, label: str, look: np.ndarray, start: float, end: float, colour: str | None = None) -> Thing:
    x, y, wide, high = place
    share = rng.uniform(0.88, 1.0)
    sprite = np.ascontiguousarray(scaled(look, wide * share, high * share))
    width, height = scene.size
    sides = {"left": x, "right": width - x, "top": y, "bottom": height - y}
    side = min(sides, key=sides.get) if rng.random() < 0.6 else None
    drift = min(0.05 * min(wide, high), (wide - sprite.shape[1]) / 2 + 2)
    thing = Thing(label, sprite, x, y, start, end if end < scene.seconds else 1e4, side, drift, rng.uniform(0, 6), colour)
    scene.things.append(thing)
    return thing


def boxes(scene: Scene, things: list[Thing]) -> list[dict]:
    return [
        {"timestamp": round(float(thing.seen), 3), "bbox": thing.box(thing.seen, scene.size), "label": thing.label}
        for thing in sorted(things, key=lambda thing: thing.seen)
    ]


def paint(look: np.ndarray, colour: str) -> np.ndarray:
    return tinted(look, PALETTE[colour])
