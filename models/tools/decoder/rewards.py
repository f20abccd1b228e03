"""Verifiable rewards of an answer, 10 × accuracy + format (section B.3 of the paper's notes).

Tasks: `qa`, a closed question whose answer follows from the count (“is there any?”, “are there more than
k?”), exact match; `grounding`, the temporal IoU of the clues; `counting`, 1 − min(1, |p − g| / g), and for
g = 0: 1 − min(1, p). Format: the thinking was ended by the model, not by the limit of clues.
"""

from models.tools.decoder.evaluate import temporal_iou
from models.tools.decoder.scene import Scene

TASKS = ("qa", "grounding", "counting")


def accuracy(task: str, scene: Scene, pointed: list[int], more_than: int = 0) -> float:
    """0…1. `more_than` is the k of a closed question."""
    predicted, truth = len(pointed), scene.true_count
    if task == "qa":
        return float((predicted > more_than) == (truth > more_than))
    if task == "grounding":
        return temporal_iou(scene, pointed)
    return 1 - min(1.0, abs(predicted - truth) / truth) if truth else 1 - min(1.0, float(predicted))


def reward(task: str, scene: Scene, pointed: list[int], ended: bool, more_than: int = 0) -> float:
    return 10 * accuracy(task, scene, pointed, more_than) + float(ended)
