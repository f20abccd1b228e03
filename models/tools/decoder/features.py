"""Proposals and question → the decoder's input rows. THE specification of the features.

`src/families/nano/features.ts` is the same in TypeScript; `golden.py` writes the cases that
`tests/unit/nano-features.test.ts` compares. All arithmetic is in float64, the result float32.

A prefix is: up to MAX_WORDS question words, one task row, the proposals in order of their start.
Every row has WIDTH numbers:

  0..47   meaning: the word's vector | the target's mean label vector | class scores × label vectors
  48..51  one-hot: word, task, proposal, step (a step repeats the row of the proposal it points to)
  52 53   at-once mode, objects
  54      confidence
  55 56   match = max(weight × score) over target classes; the best score of any other class
  57 58   match − other; strength = match × confidence
  59 60   strength / the scene's largest; rank by strength / 20, at most 1
  61      log(seconds / 0.5) / 4
  62 63   gap() to the start before, to the start after
  64 65   gap() to the nearest stronger start (1 where none); strength / that one's strength
  66      largest overlap in time (IoU) with a stronger proposal
  67 68   gap() to the nearest start before / after with at least half this strength
  69      starts within 0.25 s / 10, at most 1
  70 71   inside the asked time window; a window was asked for
  72..79  sin, cos of π, 2π, 4π, 8π × relative start
  80 81   relative start and end within the clip
  82 83   log(1 + clip seconds) / 6; log(1 + proposals) / 5
  84 85   match, confidence / the scene's largest
  86..103 objects only: box centre and size relative to the frame; log(sightings) / 5; mean score;
          appearance distance; box IoU at its start with a stronger one; its best predecessor (the
          track ended before it with the smallest gap in time + distance): gap(), distance, log size
          ratio, match; displacement; first and last box at the frame's edge; in view at the fullest
          moment counting strengths ≥ half the largest, ≥ 0.3, ≥ 0.15 (at-once mode only)
"""

from dataclasses import dataclass, field

import numpy as np

MEANING = 48
WIDTH = 104
MAX_WORDS = 16
MAX_PROPOSALS = 128
WORD, TASK, PROPOSAL, STEP = 48, 49, 50, 51


@dataclass
class Scene:
    """What the decoder sees of one question over one clip. Times in seconds on the media clock."""

    kind: str  # 'sound' | 'object'
    at_once: bool
    start: float
    duration: float
    window: tuple[float, float] | None
    weights: np.ndarray  # [labels] target weight 0…1 per class
    words: np.ndarray  # [words, 48]
    starts: np.ndarray  # [n], ascending
    ends: np.ndarray
    confidences: np.ndarray
    scores: np.ndarray  # [n, labels]
    # Objects: displayed frame size; per proposal [sightings, 5] rows of time, x1, y1, x2, y2.
    frame: tuple[float, float] = (1.0, 1.0)
    paths: list[np.ndarray] = field(default_factory=list)
    mean_scores: np.ndarray | None = None
    appearance: np.ndarray | None = None
    targets: list[int] | None = None  # training: the proposals to point at, ascending
    true_count: int | None = None  # evaluation: what happened, found by a tower or not
    name: str = ""


def gap(seconds):
    """Seconds ≥ 0 on a log scale: −1 at 10 ms and below, 0 at 0.5 s, 1 at 25 s and above."""
    return np.clip(np.log((np.asarray(seconds, dtype=np.float64) + 0.001) / 0.5) / np.log(50), -1, 1)


def match_scores(scores: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per proposal: the best weighted target score, and the best score of any class outside."""
    inside = (scores * weights).max(1, initial=0)
    outside = np.where(weights > 0, 0.0, scores).max(1, initial=0)
    return inside, outside


def box_iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """IoU of boxes [..., 4] as x1, y1, x2, y2."""
    width = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    height = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    shared = np.maximum(width, 0) * np.maximum(height, 0)
    area_a = (a[..., 2] - a[..., 0]) * (a[..., 3] - a[..., 1])
    area_b = (b[..., 2] - b[..., 0]) * (b[..., 3] - b[..., 1])
    return shared / np.maximum(area_a + area_b - shared, 1e-9)


def fullest(starts: np.ndarray, ends: np.ndarray, included: np.ndarray) -> np.ndarray:
    """Which of the included intervals are open at the first start that has the most of them open."""
    alive = included[None, :] & (starts[None, :] <= starts[:, None]) & (ends[None, :] >= starts[:, None])
    counts = np.where(included, alive.sum(1), 0)
    if not counts.any():
        return np.zeros(len(starts), bool)
    return alive[int(counts.argmax())]


def encode(scene: Scene, label_vectors: np.ndarray) -> np.ndarray:
    """The prefix rows [words + 1 + n, WIDTH], float32. `label_vectors` is [labels, 48]."""
    words = scene.words[:MAX_WORDS]
    n = len(scene.starts)
    rows = np.zeros((len(words) + 1 + n, WIDTH))
    rows[: len(words), :MEANING] = words
    rows[: len(words), WORD] = 1
    task = rows[len(words)]
    task[:MEANING] = scene.weights @ label_vectors / max(scene.weights.sum(), 1e-9)
    task[TASK] = 1
    rows[len(words) :, 52] = scene.at_once
    rows[len(words) :, 53] = scene.kind == "object"
    rows[len(words) :, 71] = scene.window is not None
    rows[len(words) :, 82] = np.log1p(scene.duration) / 6
    rows[len(words) :, 83] = np.log1p(n) / 5
    if n:
        _encode_proposals(scene, label_vectors, rows[len(words) + 1 :])
        if scene.kind == "object":
            _encode_objects(scene, rows[len(words) + 1 :])
    return rows.astype(np.float32)


def _encode_proposals(scene: Scene, label_vectors: np.ndarray, rows: np.ndarray) -> None:
    n = len(scene.starts)
    start, end, confidence = (np.asarray(a, np.float64) for a in (scene.starts, scene.ends, scene.confidences))
    scores = np.asarray(scene.scores, np.float64)
    match, other = match_scores(scores, scene.weights)
    strength = match * confidence
    stronger = _stronger(strength)
    order = np.empty(n, int)
    order[np.lexsort((np.arange(n), -strength))] = np.arange(n)
    apart = np.abs(start[:, None] - start[None, :])

    rows[:, :MEANING] = scores @ label_vectors / np.maximum(scores.sum(1), 0.5)[:, None]
    rows[:, PROPOSAL] = 1
    rows[:, 54], rows[:, 55], rows[:, 56] = confidence, match, other
    rows[:, 57], rows[:, 58] = match - other, strength
    rows[:, 59] = strength / max(strength.max(), 1e-6)
    rows[:, 60] = np.minimum(order / 20, 1)
    rows[:, 61] = np.log(np.maximum(end - start, 0.02) / 0.5) / 4
    step = gap(np.diff(start))
    rows[:, 62], rows[:, 63] = np.r_[1, step], np.r_[step, 1]
    to_stronger = np.where(stronger, apart, np.inf)
    nearest = to_stronger.argmin(1)
    some = stronger.any(1)
    rows[:, 64] = np.where(some, gap(apart[np.arange(n), nearest]), 1)
    rows[:, 65] = np.where(some, strength / np.maximum(strength[nearest], 1e-9), 1)
    shared = np.minimum(end[:, None], end[None, :]) - np.maximum(start[:, None], start[None, :])
    union = np.maximum(end[:, None], end[None, :]) - np.minimum(start[:, None], start[None, :])
    rows[:, 66] = np.where(stronger, np.maximum(shared, 0) / np.maximum(union, 1e-6), 0).max(1)
    index = np.arange(n)
    half = strength[None, :] >= strength[:, None] / 2
    before = np.where(half & (index[None, :] < index[:, None]), apart, np.inf).min(1)
    after = np.where(half & (index[None, :] > index[:, None]), apart, np.inf).min(1)
    rows[:, 67] = np.where(np.isfinite(before), gap(np.where(np.isfinite(before), before, 0)), 1)
    rows[:, 68] = np.where(np.isfinite(after), gap(np.where(np.isfinite(after), after, 0)), 1)
    rows[:, 69] = np.minimum(((apart <= 0.25).sum(1) - 1) / 10, 1)
    rows[:, 70] = inside_window(scene)
    length = max(scene.duration, 0.1)
    relative = (start - scene.start) / length
    for k in range(4):
        rows[:, 72 + 2 * k] = np.sin(np.pi * 2**k * relative)
        rows[:, 73 + 2 * k] = np.cos(np.pi * 2**k * relative)
    rows[:, 80], rows[:, 81] = relative, (end - scene.start) / length
    rows[:, 84] = match / max(match.max(), 1e-6)
    rows[:, 85] = confidence / max(confidence.max(), 1e-6)


def _stronger(strength: np.ndarray) -> np.ndarray:
    """[i, j]: j is stronger than i; the earlier one of equals counts as stronger."""
    index = np.arange(len(strength))
    equal = (strength[None, :] == strength[:, None]) & (index[None, :] < index[:, None])
    return (strength[None, :] > strength[:, None]) | equal


def inside_window(scene: Scene) -> np.ndarray:
    """A sound is inside where it starts inside; an object where it is in view at some time inside."""
    if scene.window is None:
        return np.ones(len(scene.starts), bool)
    low, high = scene.window
    last = scene.ends if scene.kind == "object" else scene.starts
    return (last >= low) & (scene.starts <= high)


def _encode_objects(scene: Scene, rows: np.ndarray) -> None:
    n = len(scene.starts)
    width, height = scene.frame
    scale = np.array([width, height, width, height], np.float64)
    first = np.array([p[0, 1:] for p in scene.paths]) / scale
    last = np.array([p[-1, 1:] for p in scene.paths]) / scale
    centre, size = (first[:, :2] + first[:, 2:]) / 2, first[:, 2:] - first[:, :2]
    centre_last, size_last = (last[:, :2] + last[:, 2:]) / 2, last[:, 2:] - last[:, :2]
    strength, match = rows_strength(scene)
    stronger = _stronger(strength)

    rows[:, 86:88], rows[:, 88:90] = centre, size
    rows[:, 90] = np.log([len(p) for p in scene.paths]) / 5
    rows[:, 91], rows[:, 92] = scene.mean_scores, scene.appearance
    overlap = np.zeros((n, n))
    for j, path in enumerate(scene.paths):
        moments = scene.starts
        alive = (moments >= scene.starts[j] - 0.5) & (moments <= scene.ends[j] + 0.5)
        nearest = np.abs(path[None, :, 0] - moments[:, None]).argmin(1)
        overlap[:, j] = np.where(alive, box_iou(first, path[nearest, 1:] / scale), 0)
    rows[:, 93] = np.where(stronger, overlap, 0).max(1)
    since = scene.starts[:, None] - scene.ends[None, :]
    away = np.hypot(*(centre[:, None, :] - centre_last[None, :, :]).transpose(2, 0, 1))
    possible = (since > -0.3) & (np.arange(n)[None, :] < np.arange(n)[:, None])
    cost = np.where(possible, np.maximum(since, 0) / 5 + away, np.inf)
    previous = cost.argmin(1)
    some = possible.any(1)
    index = np.arange(n)
    area = np.maximum(size[:, 0] * size[:, 1], 1e-6)
    area_last = np.maximum(size_last[:, 0] * size_last[:, 1], 1e-6)
    rows[:, 94] = np.where(some, gap(np.maximum(since[index, previous], 0)), 1)
    rows[:, 95] = np.where(some, np.minimum(away[index, previous], 1), 1)
    rows[:, 96] = np.where(some, np.clip(np.log(area / area_last[previous]) / 4, -1, 1), 0)
    rows[:, 97] = np.where(some, match[previous], 0)
    rows[:, 98] = np.minimum(np.hypot(*(centre_last - centre).T), 1)
    rows[:, 99] = ((first < 0.02) & [True, True, False, False] | (first > 0.98) & [False, False, True, True]).any(1)
    rows[:, 100] = ((last < 0.02) & [True, True, False, False] | (last > 0.98) & [False, False, True, True]).any(1)
    if scene.at_once:
        largest = strength.max()
        for column, threshold in ((101, largest / 2), (102, 0.3), (103, 0.15)):
            rows[:, column] = fullest(scene.starts, scene.ends, (strength >= threshold) & (strength > 0))


def rows_strength(scene: Scene) -> tuple[np.ndarray, np.ndarray]:
    """Strength and match per proposal."""
    match, _ = match_scores(np.asarray(scene.scores, np.float64), scene.weights)
    return match * np.asarray(scene.confidences, np.float64), match
