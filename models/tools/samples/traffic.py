"""Cars and two buses pass on a country road under a storm sky. The cars are counted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from .ingredients import STORM, stamp
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
from .sound import RATE, band, breeze, finished, scaled

SECONDS = 19.5
SPEED = 174.0  # pixels per second where the scale is 1
# The lane of the photograph, in frame pixels: where the tyres touch and how large a car is.
TYRES_Y = (392.0, 448.0)
SCALE = (0.92, 1.26)
SLOPE = -3.4  # degrees: the road falls to the right


@dataclass(frozen=True)
class Model:
    """A vehicle's picture, driving left. Wheels are (x, y, radius) in its own pixels."""

    stamp: str
    label: str
    scale: float
    wheels: tuple[tuple[float, float, float], ...]
    lamps: tuple[tuple[float, float], ...]
    own_slope: float = 0.0
    """Degrees by which its wheels already stand on a falling road."""
    flip: bool = False


SEDAN = Model(
    "vehicles/auto/sedan", "car", 1.05,
    ((52.3, 46.3, 13.5), (173.6, 46.3, 13.5)), ((209, 37), (10, 32)), 0, True,
)
BEETLE = Model(
    "vehicles/auto/beetle", "car", 1.5,
    ((18.2, 37.6, 9.5), (96.3, 41.4, 9.5)), ((4, 31), (117, 33)), -2.6,
)
BUS = Model(
    "vehicles/masstransit/green_korean_bus", "bus", 1.08,
    ((60, 112, 13), (214.5, 120, 14)), ((5, 108), (366, 80)), -3.6,
)

# Order of appearance; paint is (hue shift in degrees, value, saturation); gap is the empty road
# in front of the vehicle, in pixels at scale 1.
CONVOY = (
    (SEDAN, (0, 1.15, 1.0), 0),
    (BEETLE, (0, 1.1, 1.0), 150),
    (BUS, (0, 1.0, 0.8), 190),
    (SEDAN, (140, 1.25, 0.9), 130),
    (BUS, (40, 1.0, 0.8), 160),
    (BEETLE, (165, 1.05, 0.75), 130),
    (SEDAN, (0, 1.55, 0.12), 185),
)


class Vehicle:
    """One vehicle of the convoy, ready to be drawn at any time."""

    def __init__(self, model: Model, paint, start: float):
        raw = CutOut.load(stamp(model.stamp).file).tinted(*paint)
        self.label, self.start = model.label, start
        self.turn = SLOPE - model.own_slope
        full = cv2.imread(str(stamp(model.stamp).file), cv2.IMREAD_UNCHANGED)[..., 3]
        left = np.flatnonzero(full.max(0) > 25)[0]
        top = np.flatnonzero(full.max(1) > 25)[0]
        width = raw.size[0]

        def mine(x: float, y: float):
            x -= left
            return ((width - 1 - x if model.flip else x) * model.scale, (y - top) * model.scale)

        if model.flip:
            raw = CutOut(np.ascontiguousarray(raw.rgba[:, ::-1]))
        self.cut = raw.graded((0.80, 0.86, 0.98), 1.15, 0.92).scaled(model.scale)
        self.wheels = [(*mine(x, y), r * model.scale) for x, y, r in model.wheels]
        self.lamps = [mine(x, y) for x, y in model.lamps]
        self.length = self.cut.size[0]
        self.shadow = contact_shadow(self.cut, 0.14, 4.5, 0.9)
        # A picture taken from the side but a little from the front stands on a slope of its own:
        # the shadow goes through the middle between the wheels, the lowest of which is the bottom.
        wheelbase = abs(self.wheels[1][0] - self.wheels[0][0])
        self.lift = abs(np.tan(np.radians(model.own_slope))) * wheelbase / 2

    def x(self, travelled: float) -> float:
        """Frame position of the middle; the road runs away to the left, so it slows there."""
        a, b = SCALE[0], (SCALE[1] - SCALE[0]) / WIDTH
        begin = WIDTH + 230
        return ((a + b * begin) * np.exp(-b * (travelled - self.start)) - a) / b

    def place(self, travelled: float):
        x = self.x(travelled)
        along = x / WIDTH
        return x, TYRES_Y[0] + along * (TYRES_Y[1] - TYRES_Y[0]), SCALE[0] + along * (
            SCALE[1] - SCALE[0]
        )

    def box(self, travelled: float):
        x, y, scale = self.place(travelled)
        return outline_box(self.cut.rgba, x, y, scale, self.turn)

    def draw(self, frame: np.ndarray, travelled: float, glow: np.ndarray) -> None:
        x, y, scale = self.place(travelled)
        if not -320 * scale < x < WIDTH + 320 * scale:
            return
        height = self.shadow.shape[0]
        put(frame, self.shadow, x, y + (height * 0.5 - self.lift - 2) * scale, scale, SLOPE)
        rgba = self.cut.rgba.copy()
        for wheel in self.wheels:
            self.roll(rgba, *wheel, travelled)
        rgba = cv2.blur(rgba, (3, 1))  # the shutter: half a frame of travel
        mirror = cv2.GaussianBlur(rgba[::-1], (0, 0), 2.2) * 0.10  # damp asphalt
        put(frame, mirror, x, y + rgba.shape[0] * scale - 2, scale, self.turn)
        put(frame, rgba, x, y, scale, self.turn)
        tail_first = ((1.0, 0.86, 0.62), (1.0, 0.16, 0.10))
        for (lx, ly), colour in zip(self.lamps, tail_first):
            dx, dy = (lx - self.length / 2) * scale, (ly - self.cut.size[1]) * scale
            angle = np.radians(-self.turn)
            gx, gy = x + dx * np.cos(angle) - dy * np.sin(angle), y + dx * np.sin(angle) + dy
            for radius, strength in ((2.6, 0.9), (9, 0.28), (34, 0.08)):
                light(glow, gx, gy, radius * scale, np.float32(colour) * strength)

    def roll(self, rgba: np.ndarray, cx: float, cy: float, r: float, travelled: float) -> None:
        """Turns the disc of a wheel to where the travelled way has brought it."""
        size = int(2 * r) + 4
        x0, y0 = int(round(cx - size / 2)), int(round(cy - size / 2))
        if x0 < 0 or y0 < 0 or y0 + size > rgba.shape[0] or x0 + size > rgba.shape[1]:
            size = min(size, rgba.shape[0] - y0, rgba.shape[1] - x0)
        patch = rgba[y0 : y0 + size, x0 : x0 + size].copy()
        centre = (cx - x0, cy - y0)
        yy, xx = np.mgrid[:size, :size]
        mask = np.clip(r - np.hypot(xx - centre[0], yy - centre[1]), 0, 1)[..., None]
        degrees = np.degrees((travelled - self.start) / (1.12 * r))
        turned = sum(
            cv2.warpAffine(
                patch, cv2.getRotationMatrix2D(centre, degrees + blur, 1), (size, size),
                borderMode=cv2.BORDER_REPLICATE,
            )
            for blur in (-6, -2, 2, 6)
        ) / 4
        rgba[y0 : y0 + size, x0 : x0 + size] = patch * (1 - mask) + turned * mask


def light(glow: np.ndarray, x: float, y: float, radius: float, colour: np.ndarray) -> None:
    """Adds a soft spot of light."""
    reach = int(3 * radius) + 1
    x0, x1 = max(int(x) - reach, 0), min(int(x) + reach + 1, WIDTH)
    y0, y1 = max(int(y) - reach, 0), min(int(y) + reach + 1, HEIGHT)
    if x0 >= x1 or y0 >= y1:
        return
    yy, xx = np.mgrid[y0:y1, x0:x1]
    spot = np.exp(-((xx - x) ** 2 + (yy - y) ** 2) / (2 * radius**2))
    glow[y0:y1, x0:x1] += spot[..., None].astype(np.float32) * colour


def travelled(t: float) -> float:
    """The convoy keeps one speed but for a slow wave."""
    return SPEED * (t + 0.12 * np.sin(0.7 * t))


def build(rng: np.random.Generator) -> Scene:
    vehicles: list[Vehicle] = []
    start = -70.0
    for model, paint, gap in CONVOY:
        vehicle = Vehicle(model, paint, 0)
        half = vehicle.length / 2
        start += (half if vehicles else 0) + gap
        vehicle.start = start
        start += half
        vehicles.append(vehicle)

    count = int(SECONDS * FPS)
    clues = []
    for vehicle in vehicles:
        if vehicle.label != "car":
            continue
        for number in range(count):
            box = visible_box(vehicle.box(travelled(number / FPS)))
            if box is not None:
                clues.append({"timestampSeconds": number / FPS, "box": box, "label": "car"})
                break
    clues.sort(key=lambda clue: clue["timestampSeconds"])

    sky = np.clip(photograph(STORM.file), 0, 1) ** 0.66
    sky = np.clip(0.5 + (sky - 0.5) * 1.12, 0, 1)
    frame_grain = Grain(rng, 0.006)
    corners = vignette(0.16)

    def frames():
        for number in range(count):
            t = number / FPS
            drift = ease(t / SECONDS)
            frame = view(sky, 230 - 24 * drift, 430, 1500)
            glow = np.zeros_like(frame)
            for vehicle in vehicles:
                vehicle.draw(frame, travelled(t), glow)
            frame = 1 - (1 - np.clip(frame, 0, 1)) * (1 - np.clip(glow, 0, 1))
            frame *= corners
            frame_grain.add(frame)
            yield frame

    return Scene(
        id="traffic",
        title="Before the storm",
        description="Cars and two buses pass on a country road. Only the cars count.",
        question="How many cars are there?",
        category="object",
        modality="visual",
        clues=clues,
        ingredients=[STORM, stamp(SEDAN.stamp)],
        licence="GPL-2.0-or-later",
        frames=frames,
        sound=sound(rng, vehicles),
        poster_seconds=6.6,
    )


def sound(rng: np.random.Generator, vehicles: list[Vehicle]) -> np.ndarray:
    """Tyres and engines swell and fade as the vehicles pass; wind over the fields."""
    n = int(SECONDS * RATE)
    t = np.arange(n) / RATE
    times = np.linspace(-2, SECONDS + 8, 2000)
    ways = np.array([travelled(time) for time in times])
    track = breeze(rng, SECONDS, -44).astype(np.float64)
    for vehicle in vehicles:
        middle = np.interp(0, [-vehicle.x(way) + WIDTH * 0.55 for way in ways], times)
        large = vehicle.label != "car"
        near = 1 / (1 + ((t - middle) / (1.0 if large else 0.75)) ** 2)
        tyres = band(rng.standard_normal(n), 350 if large else 500, 3200) * near**1.6
        pitch = (34 if large else 48) * rng.uniform(0.92, 1.08) * (1 - 0.05 * np.tanh(t - middle))
        phase = 2 * np.pi * np.cumsum(pitch) / RATE
        engine = sum(np.sin(k * phase + k * k) / k**0.8 for k in range(1, 12)) * near**1.3
        track += scaled(tyres, -27) + scaled(engine, -29 if large else -33)
    return finished(track, -6)
