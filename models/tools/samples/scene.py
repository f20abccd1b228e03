"""What every scene module returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Iterable

import numpy as np

from .ingredients import Ingredient


@dataclass
class Scene:
    """One clip with its question and the exact truth."""

    id: str
    title: str
    description: str
    question: str
    category: str
    modality: str
    clues: list[dict]
    ingredients: list[Ingredient]
    licence: str
    frames: Callable[[], Iterable[np.ndarray]]
    sound: np.ndarray
    poster_seconds: float
    crf: int = 26
    max_kbps: int = 700
