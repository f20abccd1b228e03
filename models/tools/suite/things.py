"""What is seen in a scene: things that come and go, and things that move in cycles."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from .cutout import paste

# How long a thing takes to slide in or out, and when it is seen well enough to be a first appearance.
SLIDE = 0.6
SEEN_AFTER = 0.4
JUMP_SHARE = 0.7


@dataclass
class Thing:
    """A sprite around its place; in sight from `start` to `end`, seconds."""

    label: str
    sprite: np.ndarray
    x: float  # of its middle
    y: float
    start: float
    end: float
    side: str | None = None  # from where it slides in; None: it is there at once
    drift: float = 0.0  # pixels
    phase: float = 0.0
    colour: str | None = None

    @property
    def size(self) -> tuple[int, int]:
        return self.sprite.shape[1], self.sprite.shape[0]

    @property
    def seen(self) -> float:
        """The moment of its first appearance."""
        return self.start + (SEEN_AFTER if self.side and self.start > 0 else 0.0)

    def corner(self, t: float, frame: tuple[int, int]) -> tuple[float, float] | None:
        """Upper left corner at a moment; None while it is not there."""
        if not self.start <= t < self.end:
            return None
        width, height = self.size
        x = self.x - width / 2 + self.drift * np.sin(0.9 * t + self.phase)
        y = self.y - height / 2 + 0.4 * self.drift * np.cos(0.7 * t + self.phase)
        if self.side:
            come = 1 - (t - self.start) / SLIDE if self.start > 0 else 0
            leave = 1 - (self.end - t) / SLIDE if self.end < 1e3 else 0
            out = max(0.0, come, leave)
            out = out * out * (3 - 2 * out)
            gone = {"left": (-width - x, 0), "right": (frame[0] - x, 0), "top": (0, -height - y), "bottom": (0, frame[1] - y)}
            x, y = x + out * gone[self.side][0], y + out * gone[self.side][1]
        return x, y

    def draw(self, frame: np.ndarray, t: float) -> None:
        corner = self.corner(t, (frame.shape[1], frame.shape[0]))
        if corner is not None:
            paste(frame, self.sprite, *corner)

    def box(self, t: float, frame: tuple[int, int]) -> list[float]:
        """x, y, width, height in the frame, cut at its edges."""
        x, y = self.corner(t, frame)
        x1, y1 = max(0.0, x), max(0.0, y)
        x2, y2 = min(frame[0], x + self.size[0]), min(frame[1], y + self.size[1])
        return [round(float(v), 1) for v in (x1, y1, x2 - x1, y2 - y1)]


@dataclass
class Mover:
    """A thing that repeats a movement: cycles from one to the next of `spans`, at rest elsewhere."""

    move: str
    label: str
    sprite: np.ndarray
    x: float
    y: float
    reach: float  # pixels: how far it bounces, jumps or swings
    spans: list[tuple[float, float]] = field(default_factory=list)

    def phase(self, t: float) -> float:
        """0…1 inside a cycle; 0 at rest."""
        return next(((t - a) / (b - a) for a, b in self.spans if a <= t < b), 0.0)

    def draw(self, frame: np.ndarray, t: float) -> None:
        height, width = self.sprite.shape[:2]
        p = self.phase(t)
        if self.move == "bounce":
            fall = (2 * min(p, 1 - p)) ** 2
            paste(frame, self.sprite, self.x - width / 2, self.y - self.reach - height + fall * self.reach)
        elif self.move == "jump":
            q = min(1.0, p / JUMP_SHARE)
            paste(frame, self.sprite, self.x - width / 2, self.y - height - 4 * q * (1 - q) * self.reach)
        elif self.move == "swing":
            angle = 0.75 * np.cos(2 * np.pi * p)
            end = self.x + self.reach * np.sin(angle), self.y + self.reach * np.cos(angle)
            cv2.line(frame, (round(self.x), round(self.y)), (round(end[0]), round(end[1])), (60, 45, 40), 3, cv2.LINE_AA)
            paste(frame, self.sprite, end[0] - width / 2, end[1] - height / 2)
        else:
            turn = cv2.getRotationMatrix2D((width / 2 - 0.5, height / 2 - 0.5), 360 * p, 1)
            side = int(np.hypot(width, height)) + 2
            turn[:, 2] += (side - width) / 2, (side - height) / 2
            paste(frame, cv2.warpAffine(self.sprite, turn, (side, side)), self.x - side / 2, self.y - side / 2)

    def truth(self) -> list[tuple[float, float]]:
        """Start and end of each cycle."""
        if self.move == "jump":
            return [(a, a + JUMP_SHARE * (b - a)) for a, b in self.spans]
        return list(self.spans)


def ball(rng: np.random.Generator, side: int) -> np.ndarray:
    """A ball with two colours, lit from above."""
    v, u = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    radius = np.hypot(u, v)
    first, second = rng.integers(20, 240, 3), rng.integers(20, 240, 3)
    stripes = (np.abs(u * np.cos(0.6) + v * np.sin(0.6)) % 0.7 < 0.35)[..., None]
    light = np.clip(1.05 - 0.5 * np.hypot(u + 0.35, v + 0.45), 0.3, 1)[..., None]
    colour = np.where(stripes, first, second) * light
    alpha = np.clip((1 - radius) * side / 2, 0, 1) * 255
    return np.dstack([colour, alpha]).astype(np.uint8)


def wheel(rng: np.random.Generator, side: int) -> np.ndarray:
    """A wheel with spokes, one of them marked, so that a turn can be told."""
    picture = np.zeros((side, side, 4), np.uint8)
    middle, radius = (side // 2, side // 2), side // 2 - 4
    tone = tuple(int(v) for v in rng.integers(30, 120, 3))
    cv2.circle(picture, middle, radius, (*tone, 255), max(4, side // 14), cv2.LINE_AA)
    for k in range(5):
        angle = 2 * np.pi * k / 5
        end = round(middle[0] + radius * np.cos(angle)), round(middle[1] + radius * np.sin(angle))
        colour = (230, 60, 40, 255) if k == 0 else (*tone, 255)
        cv2.line(picture, middle, end, colour, max(3, side // (9 if k == 0 else 18)), cv2.LINE_AA)
    return picture


def background(rng: np.random.Generator, width: int, height: int, photograph: np.ndarray | None) -> np.ndarray:
    """Plain, sloped, textured, or a photograph far out of focus; muted, so that things stand out."""
    kind = rng.choice(["plain", "slope", "texture", "photograph"], p=[0.2, 0.2, 0.25, 0.35])
    base = rng.uniform(70, 200, 3)
    if kind == "photograph" and photograph is not None:
        return out_of_focus(photograph, width, height)
    if kind == "slope":
        other = base + rng.uniform(-60, 60, 3)
        t = np.linspace(0, 1, height)[:, None, None]
        return np.clip((1 - t) * base + t * other, 0, 255).astype(np.uint8) * np.ones((1, width, 1), np.uint8)
    if kind == "texture":
        grains = int(rng.integers(6, 40))
        noise = rng.uniform(-35, 35, (grains, grains * width // height, 1)).astype(np.float32)
        rough = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
        return np.clip(base + rough, 0, 255).astype(np.uint8)
    return np.full((height, width, 3), base, np.uint8)


def out_of_focus(photograph: np.ndarray, width: int, height: int) -> np.ndarray:
    factor = max(width / photograph.shape[1], height / photograph.shape[0])
    big = cv2.resize(photograph, None, fx=factor + 0.01, fy=factor + 0.01, interpolation=cv2.INTER_AREA)
    return cv2.GaussianBlur(np.ascontiguousarray(big[:height, :width]), (0, 0), 0.02 * max(width, height))
