"""The three noise levels: what happens to sound and picture on their way into the file."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True)
class Level:
    name: str
    # Sound: level of the sounds over the background, room, overdrive, AAC bit rate.
    snr_db: float
    reverb_seconds: float
    reverb_db: float
    clip_db: float
    sound_kbps: int
    # Picture: sensor noise (of 255), lens blur (pixels), share of the light, H.264 quality.
    grain: float
    blur: float
    light: float
    crf: int


LEVELS = (
    Level("low", 26, 0.0, 0.0, 0.0, 96, 0.0, 0.0, 1.0, 23),
    Level("middle", 14, 0.3, -14.0, 0.0, 64, 4.0, 0.6, 0.75, 28),
    Level("high", 5, 0.6, -8.0, 8.0, 32, 12.0, 1.1, 0.45, 34),
)


class Camera:
    """Takes clean frames at one noise level."""

    def __init__(self, level: Level, height: int, width: int, rng: np.random.Generator):
        self.level, self.rng = level, rng
        noise = rng.standard_normal((height + 32, width + 32, 1)).astype(np.float32)
        self.plate = np.repeat(np.rint(noise * level.grain), 3, axis=2).astype(np.int16)
        # Darker pictures keep their black and lose contrast in the shadows.
        self.curve = np.rint(255 * level.light * (np.arange(256) / 255) ** (1 / (0.5 + 0.5 * level.light))).astype(np.uint8)

    def take(self, frame: np.ndarray) -> np.ndarray:
        level = self.level
        if level.blur:
            frame = cv2.GaussianBlur(frame, (0, 0), level.blur)
        if level.light < 1:
            frame = cv2.LUT(frame, self.curve)
        if level.grain:
            dx, dy = self.rng.integers(0, 32, 2)
            plate = self.plate[dy : dy + frame.shape[0], dx : dx + frame.shape[1]]
            frame = np.clip(frame + plate, 0, 255).astype(np.uint8)
        return frame
