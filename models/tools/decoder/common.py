"""What the makers of scenes share."""

import numpy as np

from models.tools.decoder.features import MAX_PROPOSALS, Scene, match_scores
from models.tools.decoder.labels import OBJECT_NAMES

SIMILAR_OBJECTS = [
    ["car", "truck", "bus", "train"], ["bicycle", "motorcycle"], ["dog", "cat", "sheep", "horse", "cow", "bear"],
    ["bottle", "cup", "vase", "wine glass", "bowl"], ["chair", "couch", "bench", "bed"], ["apple", "orange", "sports ball", "donut"],
    ["tv", "laptop", "microwave", "oven"], ["backpack", "handbag", "suitcase"], ["knife", "fork", "spoon"],
    ["bird", "airplane", "kite"], ["person", "teddy bear"],
]  # fmt: skip
COMMON_OBJECTS = ["person", "car", "bottle", "truck", "dog", "cat", "chair", "bird", "bicycle", "cup", "bus", "boat", "book"]


def background(rng: np.random.Generator, best: float) -> np.ndarray:
    """What a detection scores in all classes but its own: mostly little, with a long tail."""
    middle, spread = np.exp(rng.uniform(np.log(0.002), np.log(0.025))), rng.uniform(0.5, 1.4)
    return np.minimum(middle * np.exp(rng.normal(0, spread, len(OBJECT_NAMES))), 0.7 * best)


def limit(scene: Scene, targets: list[int]) -> Scene:
    """Keeps the best MAX_PROPOSALS by strength, in time order; drops targets outside the window."""
    if scene.window is not None and scene.kind == "sound":
        low, high = scene.window
        targets = [t for t in targets if low <= scene.starts[t] <= high]
    n = len(scene.starts)
    if n > MAX_PROPOSALS:
        match, _ = match_scores(scene.scores, scene.weights)
        keep = np.sort(np.argsort(-(match * scene.confidences), kind="stable")[:MAX_PROPOSALS])
        place = {int(old): new for new, old in enumerate(keep)}
        targets = [place[t] for t in targets if t in place]
        for name in ("starts", "ends", "confidences", "scores", "mean_scores", "appearance"):
            if getattr(scene, name) is not None:
                setattr(scene, name, getattr(scene, name)[keep])
        scene.paths = [scene.paths[i] for i in keep] if scene.paths else []
    scene.targets = targets[:100]
    return scene
