"""Compositing: cut-outs on photographs with subpixel motion, shadows, grain."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

WIDTH, HEIGHT, FPS = 854, 480, 25
Picture = np.ndarray  # float32 RGB in 0…1


def photograph(path) -> Picture:
    """A picture file as RGB floats in 0…1."""
    bgr = cv2.imread(str(path), cv2.IMREAD_COLOR)
    return bgr[..., ::-1].astype(np.float32) / 255


def ease(t: float) -> float:
    """0…1 → 0…1 with no speed at either end."""
    t = min(max(t, 0.0), 1.0)
    return t * t * t * (t * (6 * t - 15) + 10)


def view(picture: Picture, x: float, y: float, width: float) -> Picture:
    """The camera's frame: the window of `width` source pixels whose corner is (x, y)."""
    k = width / WIDTH
    matrix = np.float32([[k, 0, x + (k - 1) / 2], [0, k, y + (k - 1) / 2]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return cv2.warpAffine(
        picture, matrix, (WIDTH, HEIGHT), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )


@dataclass
class CutOut:
    """A picture with transparency: colour premultiplied by alpha, RGBA floats."""

    rgba: np.ndarray

    @staticmethod
    def load(path, flip: bool = False) -> "CutOut":
        image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED).astype(np.float32) / 255
        return CutOut.of(image[..., 2::-1], image[..., 3], flip)

    @staticmethod
    def of(rgb: np.ndarray, alpha: np.ndarray, flip: bool = False) -> "CutOut":
        rows = np.flatnonzero(alpha.max(1) > 0.1)
        columns = np.flatnonzero(alpha.max(0) > 0.1)
        part = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        rgba = np.dstack([rgb * alpha[..., None], alpha])[part]
        return CutOut(np.ascontiguousarray(rgba[:, ::-1] if flip else rgba, np.float32))

    @property
    def size(self) -> tuple[int, int]:
        return self.rgba.shape[1], self.rgba.shape[0]

    def graded(self, gain=(1, 1, 1), gamma: float = 1, saturation: float = 1) -> "CutOut":
        """Colour brought into the light of the scene."""
        alpha = self.rgba[..., 3:]
        rgb = self.rgba[..., :3] / np.maximum(alpha, 1e-3)
        grey = rgb.mean(-1, keepdims=True)
        rgb = np.clip(grey + (rgb - grey) * saturation, 0, 1) ** gamma * np.float32(gain)
        return CutOut(np.dstack([np.clip(rgb, 0, 1) * alpha, alpha]).astype(np.float32))

    def tinted(self, hue_shift: int, value: float = 1, saturation: float = 1) -> "CutOut":
        """The same body in another paint; greys stay grey."""
        alpha = self.rgba[..., 3:]
        rgb = np.clip(self.rgba[..., :3] / np.maximum(alpha, 1e-3), 0, 1)
        hsv = cv2.cvtColor(rgb.astype(np.float32), cv2.COLOR_RGB2HSV)
        painted = np.clip((hsv[..., 1] - 0.2) / 0.2, 0, 1)
        hsv[..., 0] = (hsv[..., 0] + hue_shift * painted) % 360
        hsv[..., 1] *= 1 + (saturation - 1) * painted
        hsv[..., 2] *= 1 + (value - 1) * painted
        rgb = np.clip(cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB), 0, 1)
        return CutOut(np.dstack([rgb * alpha, alpha]).astype(np.float32))

    def scaled(self, scale: float) -> "CutOut":
        """A fixed enlargement or a clean reduction, before the per-frame placement."""
        size = (max(1, round(self.size[0] * scale)), max(1, round(self.size[1] * scale)))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        return CutOut(np.clip(cv2.resize(self.rgba, size, interpolation=how), 0, 1))


def placement(width: int, height: int, x: float, y: float, scale: float, degrees: float):
    """Picture → frame: the middle of the bottom edge goes to (x, y); degrees turn it left."""
    matrix = cv2.getRotationMatrix2D((width / 2 - 0.5, height - 1), degrees, scale)
    matrix[0, 2] += x - (width / 2 - 0.5)
    matrix[1, 2] += y - (height - 1)
    return matrix


def outline_box(
    rgba: np.ndarray, x: float, y: float, scale: float = 1, degrees: float = 0
) -> tuple[float, float, float, float]:
    """The box around what `put` draws with the same arguments."""
    rows, columns = np.nonzero(rgba[..., 3] > 0.5)
    matrix = placement(rgba.shape[1], rgba.shape[0], x, y, scale, degrees)
    px, py = matrix @ np.stack([columns, rows, np.ones_like(rows)])
    return px.min(), py.min(), px.max() + 1, py.max() + 1


def put(
    frame: Picture, rgba: np.ndarray, x: float, y: float, scale: float = 1, degrees: float = 0
) -> None:
    """Draws premultiplied RGBA with the middle of its bottom edge at (x, y), in place."""
    height, width = rgba.shape[:2]
    matrix = placement(width, height, x, y, scale, degrees)
    reach = int(np.hypot(width, height) * scale) + 4
    left, top = int(np.floor(x)) - reach, int(np.floor(y)) - reach
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + 2 * reach, frame.shape[1]), min(top + 2 * reach, frame.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    matrix[0, 2] -= x0
    matrix[1, 2] -= y0
    layer = cv2.warpAffine(rgba, matrix, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR)
    part = frame[y0:y1, x0:x1]
    part *= 1 - layer[..., 3:]
    part += layer[..., :3]


def contact_shadow(cut: CutOut, squash: float, blur: float, strength: float) -> np.ndarray:
    """A soft shadow below the feet: the outline pressed flat and blurred, as black RGBA."""
    alpha = cut.rgba[..., 3]
    width, height = cut.size
    pad = int(3 * blur) + 2
    flat = cv2.resize(alpha, (width, max(2, round(height * squash))), interpolation=cv2.INTER_AREA)
    flat = cv2.copyMakeBorder(flat, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=0)
    flat = np.clip(cv2.GaussianBlur(flat, (0, 0), blur, sigmaY=blur * 0.5), 0, 1) * strength
    return np.dstack([np.zeros((*flat.shape, 3)), flat]).astype(np.float32)


class Grain:
    """Light film grain: a few noise plates, shifted at random for every frame."""

    def __init__(self, rng: np.random.Generator, strength: float = 0.012):
        noise = rng.standard_normal((HEIGHT + 64, WIDTH + 64)).astype(np.float32)
        self.plate = cv2.GaussianBlur(noise, (0, 0), 0.8) * strength * 2
        self.rng = rng

    def add(self, frame: Picture) -> None:
        dx, dy = self.rng.integers(0, 64, 2)
        frame += self.plate[dy : dy + HEIGHT, dx : dx + WIDTH, None]


def vignette(strength: float) -> np.ndarray:
    """Darkening towards the corners, to be multiplied in."""
    y, x = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    return (1 - strength * np.clip(x * x + y * y - 0.3, 0, None))[..., None].astype(np.float32)


def visible_box(box, margin: float = 0.5):
    """`[x1, y1, x2, y2]` clipped to the frame, or None while under `margin` of it is in sight."""
    x1, y1, x2, y2 = box
    c = (max(x1, 0), max(y1, 0), min(x2, WIDTH), min(y2, HEIGHT))
    inside = max(0, c[2] - c[0]) * max(0, c[3] - c[1])
    if inside < margin * (x2 - x1) * (y2 - y1):
        return None
    return [round(float(v), 1) for v in c]
