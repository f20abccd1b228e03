"""Parts of photographs as sprites: RGBA, cut out along their outline or, where that fails, as a rectangle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).parent
LARGEST = 256


@dataclass(frozen=True)
class Crop:
    """An instance of COCO128: where it is, and whether its outline is good enough to be used."""

    file: str
    label: str
    box: tuple[float, float, float, float]  # x, y, width, height
    outline: bool

    def load(self, folder: Path) -> np.ndarray:
        """uint8 [height, width, 4], RGBA."""
        return _load(folder / self.file, self.box, self.outline)


@lru_cache(maxsize=256)
def _load(path: Path, box: tuple[float, float, float, float], outline: bool) -> np.ndarray:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1]
    sprite = cut(picture, box) if outline else rectangle(picture, box)
    if sprite is None:
        raise ValueError(f"no outline in {path.name} at {box}")
    return sprite


def rectangle(picture: np.ndarray, box) -> np.ndarray:
    x, y, width, height = box
    part = picture[int(y) : int(y + height), int(x) : int(x + width)]
    return np.dstack([part, np.full(part.shape[:2], 255, np.uint8)])


def cut(picture: np.ndarray, box) -> np.ndarray | None:
    """The object inside the box by GrabCut; None where what it finds is hardly the object."""
    # Frames are small, and a small picture is cut out as well in a fraction of the time.
    factor = min(1.0, LARGEST / max(box[2:]))
    if factor < 1:
        picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    x, y, width, height = (round(side * factor) for side in box)
    pad = round(0.15 * max(width, height))
    x0, y0 = max(0, x - pad), max(0, y - pad)
    part = np.ascontiguousarray(picture[y0 : y + height + pad, x0 : x + width + pad])
    mask = np.zeros(part.shape[:2], np.uint8)
    models = np.zeros((1, 65)), np.zeros((1, 65))
    cv2.setRNGSeed(1)
    cv2.grabCut(part, mask, (x - x0, y - y0, width, height), *models, 5, cv2.GC_INIT_WITH_RECT)
    solid = ((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD)).astype(np.uint8)
    solid = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    if count < 2:
        return None
    main = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    area = stats[main, cv2.CC_STAT_AREA]
    if not 0.3 < area / (width * height) < 0.95 or area < 0.8 * solid.sum():
        return None
    left, top, wide, high = stats[main, :4]
    if wide < 0.75 * width or high < 0.75 * height:
        return None
    alpha = cv2.GaussianBlur((labels == main).astype(np.float32) * 255, (0, 0), 0.8)
    rgba = np.dstack([part, alpha.astype(np.uint8)])
    return np.ascontiguousarray(rgba[top : top + high, left : left + wide])


def scaled(sprite: np.ndarray, width: float, height: float) -> np.ndarray:
    """Fitted into `width` × `height`, shape kept."""
    factor = min(width / sprite.shape[1], height / sprite.shape[0])
    size = max(2, round(sprite.shape[1] * factor)), max(2, round(sprite.shape[0] * factor))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(sprite, size, interpolation=how)


PALETTE = {
    "red": (205, 35, 35), "blue": (40, 70, 210), "green": (40, 150, 55), "yellow": (235, 205, 40),
    "white": (240, 240, 240), "black": (30, 30, 30),
}  # fmt: skip


def tinted(sprite: np.ndarray, rgb: tuple[int, int, int]) -> np.ndarray:
    """The same thing in another colour: its light and shade, a little of its own colour."""
    grey = cv2.cvtColor(sprite[..., :3], cv2.COLOR_RGB2GRAY).astype(np.float32)
    low, high = np.percentile(grey[sprite[..., 3] > 128], [5, 95])
    shade = np.clip((grey - low) / max(high - low, 1), 0, 1)[..., None]
    paint = np.float32(rgb)
    body = paint * (0.45 + 0.55 * shade) + 60 * np.clip(shade - 0.8, 0, 1)
    mixed = 0.85 * body + 0.15 * sprite[..., :3]
    return np.dstack([np.clip(mixed, 0, 255).astype(np.uint8), sprite[..., 3]])


def paste(frame: np.ndarray, sprite: np.ndarray, x: float, y: float) -> None:
    """Draws the sprite with its upper left corner at (x, y), to a quarter of a pixel, in place."""
    x0, y0 = int(np.floor(x)), int(np.floor(y))
    dx, dy = round((x - x0) * 4) / 4, round((y - y0) * 4) / 4
    if dx or dy:
        size = (sprite.shape[1] + 1, sprite.shape[0] + 1)
        sprite = cv2.warpAffine(sprite, np.float32([[1, 0, dx], [0, 1, dy]]), size)
    height, width = sprite.shape[:2]
    left, top = max(0, -x0), max(0, -y0)
    right, bottom = min(width, frame.shape[1] - x0), min(height, frame.shape[0] - y0)
    if right <= left or bottom <= top:
        return
    part = sprite[top:bottom, left:right]
    alpha = part[..., 3:].astype(np.uint16)
    under = frame[y0 + top : y0 + bottom, x0 + left : x0 + right]
    under[:] = (part[..., :3] * alpha + under * (255 - alpha) + 127) // 255


def crops() -> list[tuple[Crop, list[str]]]:
    """What `crops.py` has chosen, and the colours in which each is still recognised."""
    return [
        (Crop(e["file"], e["label"], tuple(e["box"]), e["outline"]), e["colours"])
        for e in json.loads((HERE / "crops.json").read_text())
    ]


def chosen() -> dict[str, list[Crop]]:
    found: dict[str, list[Crop]] = {}
    for crop, _ in crops():
        found.setdefault(crop.label, []).append(crop)
    return found


def tints() -> dict[Crop, list[str]]:
    return dict(crops())
