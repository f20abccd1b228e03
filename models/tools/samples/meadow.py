"""The camera pans over a mountain meadow with sheep and one surprise. The sheep are counted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .ingredients import CROW_SOUND, MEADOW, SHEEP_PHOTO, Ingredient, stamp
from .picture import (
    FPS,
    HEIGHT,
    WIDTH,
    CutOut,
    Grain,
    contact_shadow,
    ease,
    outline_box,
    photograph,
    put,
    view,
    vignette,
    visible_box,
)
from .scene import Scene
from .sound import RATE, breeze, finished, place, recording, room

SECONDS = 15.0
WORLD_WIDTH = 1300  # the photograph is reduced to this; one world pixel is one frame pixel
CAMERA_Y = 352
CAMERA_X = (0, WORLD_WIDTH - WIDTH)
EYE_LEVEL = 480  # world y of the animals' horizon
TALL = {"sheep": 0.47, "zebra": 0.64}  # of the depth of the feet below eye level

RAM = stamp("animals/mammals/bovines/ram")
GRAZING = stamp("animals/mammals/bovines/sheep")
ZEBRA = stamp("animals/mammals/equines/zebra")


@dataclass(frozen=True)
class Standing:
    """An animal and where in the world it stands."""

    picture: Ingredient
    label: str
    x: float
    y: float
    flip: bool = False
    gain: float = 1.0


HERD = (
    Standing(GRAZING, "sheep", 256, 628, True, 0.93),
    Standing(SHEEP_PHOTO, "sheep", 892, 676, False, 0.93),
    Standing(RAM, "sheep", 386, 706, False, 0.98),
    Standing(ZEBRA, "zebra", 578, 742),
    Standing(RAM, "sheep", 1186, 752, True, 0.9),
    Standing(GRAZING, "sheep", 782, 790),
    Standing(SHEEP_PHOTO, "sheep", 160, 796, True, 0.9),
    Standing(GRAZING, "sheep", 1022, 800, True, 0.88),
)
# Where the animal is in its photograph: x, y, width, height.
RECTANGLES = {SHEEP_PHOTO.path: (215, 80, 525, 615)}


def cut_from_photograph(ingredient: Ingredient) -> CutOut:
    """Separates the animal from its photograph (GrabCut, started from a rectangle)."""
    bgr = cv2.imread(str(ingredient.file))
    mask = np.zeros(bgr.shape[:2], np.uint8)
    cv2.setRNGSeed(1)
    cv2.grabCut(
        bgr, mask, RECTANGLES[ingredient.path], np.zeros((1, 65)), np.zeros((1, 65)), 8,
        cv2.GC_INIT_WITH_RECT,
    )
    alpha = largest_part(np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)))
    # A pixel is given up along the edge, where the old background shines through.
    soft = cv2.erode(alpha.astype(np.float32), np.ones((3, 3)))
    soft = cv2.GaussianBlur(soft, (0, 0), 1.0)
    return CutOut.of(bgr[..., ::-1].astype(np.float32) / 255, soft)


def largest_part(mask: np.ndarray, hole_pixels: int = 400) -> np.ndarray:
    """The largest connected part, small holes filled."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    part = labels == 1 + stats[1:, cv2.CC_STAT_AREA].argmax()
    _, labels, stats, _ = cv2.connectedComponentsWithStats((~part).astype(np.uint8))
    small = np.flatnonzero(stats[:, cv2.CC_STAT_AREA] < hole_pixels)
    return part | np.isin(labels, small[small > 0])


class Animal:
    def __init__(self, plan: Standing, number: int, rng: np.random.Generator):
        self.plan = plan
        raw = (
            cut_from_photograph(plan.picture)
            if plan.picture.path in RECTANGLES
            else CutOut.load(plan.picture.file)
        )
        if plan.flip:
            raw = CutOut(np.ascontiguousarray(raw.rgba[:, ::-1]))
        height = TALL[plan.label] * (plan.y - EYE_LEVEL)
        light = np.float32([0.96, 1.0, 0.97]) * plan.gain
        self.cut = raw.scaled(height / raw.size[1]).graded(light, 1.06, 0.95)
        self.shadow = contact_shadow(self.cut, 0.20, 5, 0.62)
        self.cut.rgba *= in_the_grass(self.cut.size, rng)[..., None]
        self.phase = 1.7 * number

    def pose(self, t: float, camera_x: float):
        """Arguments of `put`: animals shift their weight a little."""
        sway = 0.35 * np.sin(2 * np.pi * t / 5.3 + self.phase)
        breath = 1 + 0.004 * np.sin(2 * np.pi * t / 3.1 + self.phase)
        return self.plan.x - camera_x, self.plan.y - CAMERA_Y, breath, sway

    def draw(self, frame: np.ndarray, t: float, camera_x: float) -> None:
        x, y, *_ = self.pose(t, camera_x)
        put(frame, self.shadow, x + 3, y + self.shadow.shape[0] * 0.5 - 2)
        put(frame, self.cut.rgba, *self.pose(t, camera_x))


def in_the_grass(size: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Opacity of a cut-out whose feet stand between blades of grass."""
    width, height = size
    deep = 0.035 * height
    blades = np.abs(rng.standard_normal(width)) * deep
    blades = np.maximum(cv2.GaussianBlur(blades[None], (0, 0), 0.7)[0], 0.5)
    rows = height - 1 - np.arange(height)
    return np.clip(rows[:, None] - blades[None] + 0.5, 0, 1).astype(np.float32)


def camera(t: float) -> float:
    return CAMERA_X[0] + (CAMERA_X[1] - CAMERA_X[0]) * ease((t - 0.8) / (SECONDS - 1.8))


def build(rng: np.random.Generator) -> Scene:
    animals = [Animal(plan, number, rng) for number, plan in enumerate(HERD)]
    count = int(SECONDS * FPS)
    clues = []
    for animal in animals:
        if animal.plan.label != "sheep":
            continue
        for number in range(count):
            t = number / FPS
            box = visible_box(outline_box(animal.cut.rgba, *animal.pose(t, camera(t))))
            if box is not None:
                clues.append({"timestampSeconds": t, "box": box, "label": "sheep"})
                break
    clues.sort(key=lambda clue: (clue["timestampSeconds"], clue["box"][0]))

    photo = photograph(MEADOW.file)
    scale = WORLD_WIDTH / photo.shape[1]
    size = (WORLD_WIDTH, round(photo.shape[0] * scale))
    world = cv2.resize(photo, size, interpolation=cv2.INTER_AREA)
    grain, corners = Grain(rng, 0.005), vignette(0.14)

    def frames():
        for number in range(count):
            t = number / FPS
            x = camera(t)
            frame = view(world, x, CAMERA_Y, WIDTH)
            for animal in animals:
                animal.draw(frame, t, x)
            frame *= corners
            grain.add(frame)
            yield frame

    return Scene(
        id="meadow",
        title="One of them is not a sheep",
        description="Sheep and a zebra on a mountain pasture; a dog and a crow are heard but not seen.",
        question="How many sheep are there?",
        category="object",
        modality="audio-visual",
        clues=clues,
        ingredients=[MEADOW, SHEEP_PHOTO, RAM, CROW_SOUND],
        licence="GPL-2.0-or-later AND CC-BY-4.0",
        frames=frames,
        sound=sound(rng),
        poster_seconds=7.4,
        crf=31,
        max_kbps=500,
    )


def sound(rng: np.random.Generator) -> np.ndarray:
    """A breeze; a crow and a dog far off, which the question does not ask about."""
    track = np.zeros(int(SECONDS * RATE))
    crow = recording(CROW_SOUND.file, -1)
    for at, gain in ((2.6, -8), (3.3, -10), (10.4, -11)):
        place(track, room(rng, crow, 1.6, 0.12), at, gain)
    # Not the barks of the dog clip: their share-alike licence and the stamps' do not go together.
    barks = recording(stamp("animals/mammals/dogs/dog", "ogg").file)
    for at, gain in ((6.2, -13), (12.3, -15)):
        place(track, room(rng, barks, 1.8, 0.25), at, gain)
    track += breeze(rng, SECONDS, -47)
    return finished(track, -9)
