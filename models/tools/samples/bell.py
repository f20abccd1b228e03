"""A brass bell, drawn by a little renderer, swings and is struck; the recording is a real bell."""

from __future__ import annotations

import cv2
import numpy as np
from scipy.interpolate import PchipInterpolator

from .ingredients import BELL_SOUND
from .picture import FPS, HEIGHT, WIDTH, Grain, ease, view, vignette
from .scene import Scene
from .sound import RATE, breeze, finished, place, recording, room

SECONDS = 15.0
STRIKES = (1.30, 3.05, 4.42, 7.10, 8.36, 11.24)
GAINS_DB = (0.0, -1.5, -0.5, 0.5, -2.0, 0.0)
RING_SECONDS = 0.9
PIVOT = (WIDTH * 0.5, 66.0)
BELL_HEIGHT = 250
SUPER = 3  # the bell is drawn this much larger


def build(rng: np.random.Generator) -> Scene:
    ring = recording(BELL_SOUND.file)
    onset = int(np.flatnonzero(np.abs(ring) > 0.1)[0])
    ring = ring[onset:]
    track = np.zeros(int(SECONDS * RATE))
    for at, gain in zip(STRIKES, GAINS_DB):
        # The clapper stops what still rings: each blow damps the earlier ones.
        start = int(at * RATE)
        track[start:] *= 0.4
        place(track, room(rng, ring, 1.2, 0.06), at, gain)
    track += breeze(rng, SECONDS, -52)

    swing = Swing()
    bell = render_bell()
    clapper = render_clapper()
    backdrop = render_backdrop(rng)
    grain, corners = Grain(rng, 0.008), vignette(0.3)

    def frames():
        for number in range(int(SECONDS * FPS)):
            t = number / FPS
            along = ease(t / SECONDS)
            frame = view(backdrop, 30 + 26 * along, 18, WIDTH + 8)
            glow = sum(np.exp(-(t - at) / 0.5) for at in STRIKES if t >= at)
            draw_rings(frame, t)
            draw_shadow(frame, swing.bell(t))
            hang(frame, clapper, swing.clapper(t))
            hang(frame, bell * np.float32([1 + 0.10 * glow] * 3 + [1]), swing.bell(t))
            draw_beam(frame)
            frame *= corners
            grain.add(frame)
            yield frame

    return Scene(
        id="bell",
        title="Evening bell",
        description="A brass bell swings under a beam and is struck at uneven intervals.",
        question="How many times does the bell ring?",
        category="event",
        modality="audio-visual",
        clues=[
            {"startSeconds": at, "endSeconds": round(at + RING_SECONDS, 3), "label": "bell"}
            for at in STRIKES
        ],
        ingredients=[BELL_SOUND],
        licence="CC0-1.0",
        frames=frames,
        sound=finished(track, -6),
        poster_seconds=STRIKES[3] + 0.12,
        crf=24,
        max_kbps=480,
    )


class Swing:
    """Angles in degrees. A pull before every blow sets the bell swinging; it dies away."""

    period, decay = 1.28, 2.1

    def bell(self, t: float) -> float:
        angle = 1.2 * np.sin(2 * np.pi * t / 4.1)
        for number, at in enumerate(STRIKES):
            # A quarter period after the pull the bell is at its farthest: that is the blow.
            since = t - at + self.period / 4
            if since > 0:
                side = 1 if number % 2 == 0 else -1
                soft = min(1.0, since / 0.18)
                angle += side * soft * 13 * np.exp(-since / self.decay) * np.sin(
                    2 * np.pi * since / self.period
                )
        return angle

    def clapper(self, t: float) -> float:
        """The clapper hangs behind the bell's motion and meets the rim at each blow."""
        angle = 0.55 * self.bell(t - 0.16)
        for number, at in enumerate(STRIKES):
            side = 1 if number % 2 == 0 else -1
            angle -= side * 8.5 * np.exp(-(((t - at) / 0.09) ** 2))
        return angle


def profile(v: np.ndarray) -> np.ndarray:
    """Radius of the bell over its height, v from 0 at the crown to 1 at the lip, in heights."""
    points = np.array(
        [(0, 0.02), (0.015, 0.16), (0.06, 0.235), (0.14, 0.27), (0.3, 0.295), (0.5, 0.32),
         (0.68, 0.365), (0.82, 0.43), (0.93, 0.51), (0.97, 0.535), (1.0, 0.53)]
    )
    return PchipInterpolator(points[:, 0], points[:, 1])(np.clip(v, 0, 1))


def render_bell() -> np.ndarray:
    """Premultiplied RGBA of a turned brass body, lit by a soft window and the evening sky.

    The middle of the top edge is the pivot.
    """
    high = BELL_HEIGHT * SUPER
    head = int(0.16 * high)  # the loop it hangs on
    half = int(0.56 * high)
    yy, xx = np.mgrid[0 : high + head, -half : half + 1].astype(np.float32)
    v = (yy - head) / high
    radius = profile(v) * high
    u = np.clip(xx / np.maximum(radius, 1), -1, 1)
    inside = np.clip(radius - np.abs(xx) + 0.5, 0, 1) * (v >= 0) * (v <= 1)
    slope = (profile(v + 2e-3) - profile(v - 2e-3)) / 4e-3
    for centre, width, depth in ((0.2, 0.008, 0.5), (0.24, 0.006, 0.4), (0.72, 0.008, 0.5), (0.76, 0.006, 0.4), (0.9, 0.012, 0.5)):
        slope = slope + depth * ((v - centre) / width) * np.exp(-(((v - centre) / width) ** 2)) * 1.6
    norm = np.sqrt(1 + slope**2)
    nx, ny, nz = u / norm, -slope / norm, np.sqrt(np.maximum(1 - u * u, 0)) / norm
    colour = brass(nx, ny, nz)
    rgba = np.dstack([colour * inside[..., None], inside])

    # The loop: a ring of metal, seen from the front.
    ring_r, thick = 0.075 * high, 0.028 * high
    d = np.hypot(xx, yy - (head - 0.045 * high)) - ring_r
    cover = np.clip(thick - np.abs(d) + 0.5, 0, 1) * (v < 0.01)
    q = np.clip(d / thick, -1, 1)
    theta = np.arctan2(yy - (head - 0.045 * high), xx)
    loop = brass(q * np.cos(theta), q * np.sin(theta), np.sqrt(1 - q * q))
    over = np.dstack([loop * cover[..., None], cover])
    rgba = over + rgba * (1 - over[..., 3:])

    size = (rgba.shape[1] // SUPER, rgba.shape[0] // SUPER)
    return cv2.resize(rgba.astype(np.float32), size, interpolation=cv2.INTER_AREA)


def brass(nx: np.ndarray, ny: np.ndarray, nz: np.ndarray) -> np.ndarray:
    """Colour of polished brass for a surface normal (x right, y down, z to the viewer)."""
    # What the mirror direction sees: warm horizon, dusky sky, dark floor, two soft windows.
    rx, ry, rz = 2 * nz * nx, 2 * nz * ny, 2 * nz * nz - 1
    sky = np.clip(0.5 - 0.5 * ry, 0, 1)
    horizon = np.exp(-((ry - 0.05) / 0.22) ** 2)
    world = 0.16 + 0.42 * sky + 0.55 * horizon * np.clip(0.35 + 0.65 * np.abs(rx), 0, 1)
    world *= 1 - 0.35 * np.exp(-(((rx - 0.25) / 0.3) ** 2))
    for cx, cy, wide, tall, power in ((-0.62, -0.25, 0.13, 0.55, 1.5), (0.78, -0.1, 0.07, 0.5, 0.7)):
        world = world + power * np.exp(-(((rx - cx) / wide) ** 2) - ((ry - cy) / tall) ** 4)
    fresnel = 0.75 + 0.25 * (1 - np.clip(nz, 0, 1)) ** 3
    diffuse = np.clip(-0.45 * nx - 0.5 * ny + 0.74 * nz, 0, 1)
    metal = np.float32([1.0, 0.74, 0.36])
    light = (world * fresnel + 0.22 * diffuse)[..., None] * metal
    light = light + np.clip(world - 1.0, 0, 2)[..., None] * np.float32([0.35, 0.33, 0.28])
    edge = np.clip(nz * 3.2, 0.25, 1)[..., None]
    return np.clip(1 - np.exp(-1.35 * light * edge), 0, 1)


def render_clapper() -> np.ndarray:
    """A rod with a ball that shows below the lip; the middle of the top edge is the pivot."""
    high = int(BELL_HEIGHT * 1.235) * SUPER
    half = 26 * SUPER
    yy, xx = np.mgrid[0:high, -half : half + 1].astype(np.float32)
    r, cy = 17.0 * SUPER, high - 18.0 * SUPER
    d = np.hypot(xx, yy - cy)
    ball = np.clip(r - d + 0.5, 0, 1)
    nx, ny = xx / r, (yy - cy) / r
    nz = np.sqrt(np.clip(1 - nx**2 - ny**2, 0, 1))
    colour = brass(nx, ny, nz) * np.float32([0.62, 0.55, 0.55])
    rod = np.clip(4.5 * SUPER - np.abs(xx) + 0.5, 0, 1) * (yy < cy) * (1 - ball)
    q = np.clip(xx / (4.5 * SUPER), -1, 1)
    rod_colour = brass(q, np.zeros_like(q), np.sqrt(1 - q * q)) * 0.45
    rgba = np.dstack([colour * ball[..., None] + rod_colour * rod[..., None], ball + rod])
    size = (rgba.shape[1] // SUPER, high // SUPER)
    return cv2.resize(rgba.astype(np.float32), size, interpolation=cv2.INTER_AREA)


def hang(frame: np.ndarray, rgba: np.ndarray, degrees: float) -> None:
    """Draws a picture turned about the middle of its top edge, which is put on the pivot."""
    width = rgba.shape[1]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, 0), degrees, 1)
    matrix[0, 2] += PIVOT[0] - (width - 1) / 2
    matrix[1, 2] += PIVOT[1]
    layer = cv2.warpAffine(rgba, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_CUBIC)
    layer = np.clip(layer, 0, None)
    frame *= 1 - np.clip(layer[..., 3:], 0, 1)
    frame += layer[..., :3]


def draw_shadow(frame: np.ndarray, degrees: float) -> None:
    """The bell takes light from what is behind it: a wide soft darkening."""
    x = PIVOT[0] + np.sin(np.radians(degrees)) * 190
    yy, xx = np.mgrid[:HEIGHT, :WIDTH]
    spot = np.exp(-(((xx - x) / 190) ** 2) - ((yy - 250) / 170) ** 2)
    frame *= (1 - 0.25 * spot)[..., None].astype(np.float32)


def draw_rings(frame: np.ndarray, t: float) -> None:
    """Faint circles of light run outwards after a blow."""
    yy, xx = np.mgrid[:HEIGHT, :WIDTH]
    distance = np.hypot(xx - PIVOT[0], yy - 285)
    for at in STRIKES:
        age = t - at
        if 0 < age < 1.6:
            radius, wide = 150 + 330 * age**0.8, 5 + 16 * age
            ring = np.exp(-(((distance - radius) / wide) ** 2)) * 0.17 * (1 - age / 1.6) ** 1.5
            frame += ring[..., None].astype(np.float32) * np.float32([1.0, 0.8, 0.5])


def draw_beam(frame: np.ndarray) -> None:
    """The beam overhead with its iron bracket, over the pivot."""
    frame[: BEAM.shape[0]] = BEAM
    x, y = int(PIVOT[0]), BEAM.shape[0]
    yy, xx = np.mgrid[-8:26, -26:27]
    plate = np.clip(9 - np.hypot(np.clip(np.abs(xx) - 12, 0, None), np.clip(np.abs(yy) - 2, 0, None)), 0, 1)
    part = frame[y - 12 : y + 22, x - 26 : x + 27]
    shade = (0.16 + 0.10 * np.exp(-(((yy + 5) / 3.0) ** 2)))[..., None] * np.float32([1, 0.95, 0.9])
    part += (shade - part) * plate[..., None]


def render_beam() -> np.ndarray:
    """Old wood: streaks along the grain, lit from below by the evening."""
    rng = np.random.default_rng(7)
    streaks = cv2.GaussianBlur(rng.standard_normal((58, WIDTH)), (0, 0), 60, sigmaY=0.9)
    fine = cv2.GaussianBlur(rng.standard_normal((58, WIDTH)), (0, 0), 9, sigmaY=0.6)
    wood = 0.20 + 0.045 * streaks / streaks.std() + 0.02 * fine / fine.std()
    light = np.linspace(0.55, 1.05, 58)[:, None] * np.where(np.arange(58) > 54, 0.55, 1)[:, None]
    return np.clip((wood * light)[..., None] * np.float32([1.0, 0.66, 0.42]), 0, 1).astype(np.float32)


def render_backdrop(rng: np.random.Generator) -> np.ndarray:
    """Dusk far out of focus: a graded sky and discs of light above a dark hill."""
    height, width = HEIGHT + 60, WIDTH + 120
    stops = np.float32(
        [(0.10, 0.12, 0.24), (0.22, 0.19, 0.34), (0.55, 0.33, 0.36), (0.93, 0.58, 0.36), (0.30, 0.19, 0.20), (0.08, 0.07, 0.10)]
    )
    where = [0, 0.30, 0.56, 0.73, 0.80, 1.0]
    v = np.linspace(0, 1, height)
    sky = np.stack([np.interp(v, where, stops[:, c]) for c in range(3)], -1)
    picture = np.repeat(sky[:, None], width, 1).astype(np.float32)
    cloud = cv2.GaussianBlur(rng.standard_normal((height, width)), (0, 0), 90, sigmaY=14)
    picture *= (1 + 0.10 * cloud / cloud.std() * np.exp(-((v - 0.45) / 0.3) ** 2)[:, None])[..., None]
    yy, xx = np.mgrid[:height, :width]
    for _ in range(46):
        x, y = rng.uniform(0, width), rng.normal(0.84, 0.06) * height
        radius = rng.uniform(7, 22)
        d = np.hypot(xx - x, yy - y)
        disc = np.clip((radius - d) / 2.2 + 0.5, 0, 1) * (0.75 + 0.25 * (d / radius) ** 4)
        hue = np.float32([1.0, rng.uniform(0.55, 0.85), rng.uniform(0.25, 0.55)])
        picture += disc[..., None].astype(np.float32) * hue * rng.uniform(0.05, 0.26)
    return cv2.GaussianBlur(np.clip(picture, 0, 1), (0, 0), 1.2)


BEAM = render_beam()
