"""What the makers of layers share."""

import numpy as np

from models.tools.decoder.labels import OBJECT_NAMES
from models.tools.decoder.scene import COLOURS

SIMILAR_OBJECTS = [
    ["car", "truck", "bus", "train"], ["bicycle", "motorcycle"], ["dog", "cat", "sheep", "horse", "cow", "bear"],
    ["bottle", "cup", "vase", "wine glass", "bowl"], ["chair", "couch", "bench", "bed"], ["apple", "orange", "sports ball", "donut"],
    ["tv", "laptop", "microwave", "oven"], ["backpack", "handbag", "suitcase"], ["knife", "fork", "spoon"],
    ["bird", "airplane", "kite"], ["person", "teddy bear"],
]  # fmt: skip
COMMON_OBJECTS = ["person", "car", "bottle", "truck", "dog", "cat", "chair", "bird", "bicycle", "cup", "bus", "boat", "book"]
ALIKE = {
    OBJECT_NAMES.index(name): [OBJECT_NAMES.index(other) for other in group if other != name]
    for group in SIMILAR_OBJECTS for name in group
}  # fmt: skip
# Colours that light and shade turn into one another.
NEAR_COLOURS = {
    "black": ["grey", "blue"], "white": ["grey", "yellow"], "grey": ["black", "white", "blue"], "red": ["orange", "pink", "brown"],
    "orange": ["red", "yellow", "brown"], "yellow": ["orange", "green", "white"], "green": ["grey", "blue", "yellow"],
    "blue": ["grey", "black", "purple", "green"], "purple": ["blue", "pink"], "pink": ["red", "purple", "white"], "brown": ["orange", "black", "red", "grey"],
}  # fmt: skip
NEAR = [[COLOURS.index(other) for other in NEAR_COLOURS[name]] for name in COLOURS]
NEUTRAL = [COLOURS.index(name) for name in ("black", "white", "grey")]


def squash(x):
    return 1 / (1 + np.exp(-np.asarray(x, float)))


def unsquash(p):
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return np.log(p / (1 - p))


def background(rng: np.random.Generator, best: float) -> np.ndarray:
    """What a detection scores in all classes but its own: mostly little, with a long tail."""
    middle, spread = np.exp(rng.uniform(np.log(0.002), np.log(0.025))), rng.uniform(0.5, 1.4)
    return np.minimum(middle * np.exp(rng.normal(0, spread, len(OBJECT_NAMES))), 0.7 * best)


class Palette:
    """The colours of a clip's objects, and how its light shows them."""

    def __init__(self, rng: np.random.Generator, noise: float):
        count = int(rng.choice([1, 2, 3, 4, 6], p=[0.15, 0.25, 0.25, 0.2, 0.15]))
        self.pool = rng.choice(len(COLOURS), count, replace=False)
        self.noise = noise
        self.body = rng.uniform(0.35, 0.85)  # share of an object that has its colour
        # What else is seen within a box: some of everything, much of no colour at all.
        cast = rng.dirichlet(np.full(len(COLOURS), 0.3))
        shares = rng.dirichlet(np.full(len(COLOURS), 0.25), 24) * 0.5 + cast * 0.5
        shares[:, NEUTRAL] += rng.dirichlet(np.full(3, 0.6), 24) * 0.8
        self.shares = shares / shares.sum(1, keepdims=True)

    def draw(self, rng: np.random.Generator) -> int:
        return int(rng.choice(self.pool))

    def show(self, rng: np.random.Generator, colour: int) -> np.ndarray:
        """[11] shares of an object's own pixels, as the tower measures them; they sum to ≤ 1."""
        mixed = self.shares[rng.integers(len(self.shares))]
        jitter, loss, other, dim = rng.normal(size=2), rng.random(), rng.random(), rng.random()
        body = min(max(self.body + 0.12 * (0.5 + self.noise) * jitter[0], 0.05), 0.97)
        lost = min(max((0.1 + 0.18 * jitter[1]) * self.noise, 0), 0.9) if loss < 0.8 else 0.0  # shade, glare
        mixed = mixed * (1 - body)
        mixed[colour] += body * (1 - lost)
        mixed[NEAR[colour][int(other * len(NEAR[colour]))]] += body * lost
        return mixed * (0.85 + 0.15 * dim)
