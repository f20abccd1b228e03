"""Proposals and question → the decoder's input rows. THE specification of the features.

`src/families/nano/features.ts` is the same in TypeScript; `golden.py` writes the cases that
`tests/unit/nano-decoder.test.ts` compares. All arithmetic is in float64, the result float32.

A prefix is: up to MAX_WORDS question words, one task row, the proposals of all towers in order of
their start. “Own” below: of the same tower. The columns from 54 on compare a proposal with its own,
by the target's weights where its tower is the counted one, else by the condition's. Every row has
WIDTH numbers:

  0..47   meaning: the word's vector | the target's mean label vector | class scores × label vectors
  48..51  one-hot: word, task, proposal, step (a step repeats the row of the proposal it points to)
  52      the share of all bars from 0 to the condition's largest strength at which it holds, when its
          proposals of at least the bar count (1 where no condition is asked)
  53 104  this row is an object, a cycle; on the task row: these are counted
  54      confidence
  55 56   match = max(weight × score) over target classes; the best score of any other class
  57 58   match − other; strength = match × confidence × attribute (114, relative to 116); of a sound with
          match^0.3 × kindred match^0.7: what sounds alike is of one kind (`kindred`)
  59 60   strength / the largest own; rank by strength / 20, at most 1
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
  84 85   match, confidence / the largest own
  86..89  objects and cycles: box centre and size relative to the frame
  90..103 objects only: log(sightings) / 5; mean score;
          appearance distance; box IoU at its start with a stronger one; its best predecessor (the
          track ended before it with the smallest gap in time + distance): gap(), distance, log size
          ratio, match; displacement; first and last box at the frame's edge; of its
          box at its start, and of that at its end, the largest share that lies in a stronger one's; the log
          size ratio to the one in which it lies at its start / 4, clipped to ±1 (0 where in none)
  105     of the counted tower: may be pointed at
  106 107 mode colours, mode kinds     } task and proposals
  108     a colour is asked for        }
  109..113 relation: during, outside, before, after, with; 123 the largest condition strength
  114 116 the asked colour's share (1 where none is asked); the largest colour share
  115 127 modes colours and kinds: the strongest inside window and condition with its main colour or
          class; the share of that colour's or class's strength in all of that
  117     strength as a condition / the largest such
  118..120 the condition holds when its proposals of at least half the largest strength, 0.5, 0.2
          count (1 where no condition is asked); see `relations.py`
  121 122 gap() to the nearest edge of a span of the condition (half the largest; 1 where none);
          share of its own interval inside these spans
  124..126 cycles: regularity; amplitude / 2, at most 1; log2(period ratio) / 2, clipped to ±1
  128..139 sounds only, by their likeness to one another: kindred match; share of all confidence and of all strength
          that is alike; log(sum of likenesses) / 4; likeness to the strongest, to the sound before, to the one
          after; confidence / the largest that is alike; gap() to the start of the nearest of likeness 0.5 and more
          before, after; kindred score of the other classes; kindred match / the largest
  140 141 55 and 56 by what the tower said before anything was presumed
"""

import numpy as np

from models.tools.decoder.labels import sound_labels
from models.tools.decoder.relations import edge_distance, points_of, satisfies, share_inside, spans_of
from models.tools.decoder.scene import OBJECT, RELATIONS, TOWERS, Scene
from models.tools.sound.events import EVENTS, damp, likeness

MEANING = 48
WIDTH = 142
MAX_WORDS = 16
MAX_PROPOSALS = 128
MAX_CONDITIONS = 48
WORD, TASK, PROPOSAL, STEP, POINTABLE = 48, 49, 50, 51, 105
# How much of a sound's match is that of its kind. On 800 scenes of unheard packages one threshold counted 85.0 % of the
# classes right with it and 82.5 % without, 89.5 and 88.1 % within one (by a script that is not kept).
KINDRED = 0.7
# By sound class, the seconds within which it cannot begin again: what sounds like a snore right after one is its out-breath.
GAPS = np.array([EVENTS["classGapSeconds"].get(label["id"], 0.0) for label in sound_labels()])
# The mode `atOnce` reads like `each`; `at_once.py` then takes those of one moment.
MODES = {"colours": 106, "kinds": 107}


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


def box_area(boxes: np.ndarray) -> np.ndarray:
    return np.maximum((boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1]), 1e-6)


def inside_share(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Share 0…1 of boxes `a` that lies in boxes `b`, both [..., 4]."""
    width = np.minimum(a[..., 2], b[..., 2]) - np.maximum(a[..., 0], b[..., 0])
    height = np.minimum(a[..., 3], b[..., 3]) - np.maximum(a[..., 1], b[..., 1])
    return np.minimum(np.maximum(width, 0) * np.maximum(height, 0) / box_area(a), 1)


def attribute(colours: np.ndarray, colour: int | None) -> np.ndarray:
    """[n] 0…1: how much a proposal has the asked colour, relative to its main colour."""
    if colour is None:
        return np.ones(len(colours))
    return colours[:, colour] / np.maximum(colours.max(1), 0.05)


def kindred(alike: np.ndarray, confidences: np.ndarray, match: np.ndarray) -> np.ndarray:
    """[n] the mean match of all that sounds alike, itself included, by likeness [n, n] × confidence."""
    weights = alike * confidences
    return weights @ match / np.maximum(weights.sum(1), 1e-9)


def gap_of(weights: np.ndarray) -> float:
    """Seconds within which no sound that is asked for can begin again; 0 where some of them can."""
    asked = np.flatnonzero(weights[: len(GAPS)])
    return float(GAPS[asked].min()) if len(asked) else 0.0


def strength_in(scene: Scene, mention) -> np.ndarray:
    """[n] match × confidence × attribute of the proposals of the mention's tower, 0 elsewhere. A
    mention is the scene itself (its target) or its condition."""
    own = scene.towers == TOWERS.index(mention.kind)
    match, _ = match_scores(scene.scores, mention.weights)
    if mention.kind == "sound" and own.any():
        alike = likeness(scene.prints[own], EVENTS["likeness"])
        match[own] = match[own] ** (1 - KINDRED) * kindred(alike, scene.confidences[own], match[own]) ** KINDRED
    strength = np.where(own, match * scene.confidences * attribute(scene.colours, mention.colour), 0.0)
    if mention.kind == "sound" and (gap := gap_of(mention.weights)) > 0:
        at = np.flatnonzero(own)
        at = at[np.argsort(scene.starts[at], kind="stable")]
        damped = strength[at]
        damp(scene.starts[at], damped, gap, EVENTS["syllableShare"])
        strength[at] = damped
    return strength


def encode(scene: Scene, label_vectors: dict[str, np.ndarray]) -> np.ndarray:
    """The prefix rows [words + 1 + n, WIDTH], float32. `label_vectors`: [labels, 48] by tower."""
    words = scene.words[:MAX_WORDS]
    n = len(scene.starts)
    rows = np.zeros((len(words) + 1 + n, WIDTH))
    rows[: len(words), :MEANING] = words
    rows[: len(words), WORD] = 1
    task, below = rows[len(words)], rows[len(words) :]
    vectors = label_vectors[scene.kind]
    task[:MEANING] = scene.weights[: len(vectors)] @ vectors / max(scene.weights.sum(), 1e-9)
    task[TASK] = 1
    task[53], task[104] = scene.kind == "object", scene.kind == "cycle"
    below[:, 71] = scene.window is not None
    below[:, 82] = np.log1p(scene.duration) / 6
    below[:, 83] = np.log1p(n) / 5
    if scene.mode in MODES:
        below[:, MODES[scene.mode]] = 1
    below[:, 108] = scene.colour is not None
    if scene.condition is not None:
        below[:, 109 + RELATIONS.index(scene.condition.relation)] = 1
    if n:
        own = rows[len(words) + 1 :]
        for tower, name in enumerate(TOWERS):
            at = np.flatnonzero(scene.towers == tower)
            if len(at):
                part = own[at]
                _encode_proposals(scene, at, name, label_vectors[name], part)
                own[at] = part
        _encode_relations(scene, below, own)
        counted = np.flatnonzero(scene.pointable)
        if len(counted):
            _encode_modes(scene, counted, own)
    return rows.astype(np.float32)


def mention_of(scene: Scene, tower: str):
    """By what a tower's proposals are judged: the target, else the condition, else nothing."""
    if tower == scene.kind:
        return scene
    return scene.condition if scene.condition is not None and tower == scene.condition.kind else None


def _encode_proposals(scene: Scene, at: np.ndarray, tower: str, vectors: np.ndarray, rows: np.ndarray) -> None:
    n = len(at)
    start, end, confidence = scene.starts[at], scene.ends[at], scene.confidences[at]
    scores = scene.scores[at, : len(vectors)]
    mention = mention_of(scene, tower)
    weights = np.zeros(len(vectors)) if mention is None else mention.weights[: len(vectors)]
    colour = None if mention is None else mention.colour
    match, other = match_scores(scores, weights)
    strength = np.zeros(n) if mention is None else strength_in(scene, mention)[at]
    stronger = _stronger(strength)
    order = np.empty(n, int)
    order[np.lexsort((np.arange(n), -strength))] = np.arange(n)
    apart = np.abs(start[:, None] - start[None, :])

    rows[:, :MEANING] = scores @ vectors / np.maximum(scores.sum(1), 0.5)[:, None]
    rows[:, PROPOSAL] = 1
    rows[:, 53], rows[:, 104] = tower == "object", tower == "cycle"
    rows[:, POINTABLE] = tower == scene.kind
    rows[:, 54], rows[:, 55], rows[:, 56] = confidence, match, other
    rows[:, 140], rows[:, 141] = match_scores(scene.plain[at, : len(vectors)], weights)
    rows[:, 57], rows[:, 58] = match - other, strength
    rows[:, 59] = strength / max(strength.max(), 1e-6)
    rows[:, 60] = np.minimum(order / 20, 1)
    rows[:, 61] = np.log(np.maximum(end - start, 0.02) / 0.5) / 4
    step = gap(np.diff(start))
    rows[0, 62], rows[1:, 62], rows[-1, 63], rows[:-1, 63] = 1, step, 1, step
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
    rows[:, 70] = inside_window(scene)[at]
    length = max(scene.duration, 0.1)
    relative = (start - scene.start) / length
    for k in range(4):
        rows[:, 72 + 2 * k] = np.sin(np.pi * 2**k * relative)
        rows[:, 73 + 2 * k] = np.cos(np.pi * 2**k * relative)
    rows[:, 80], rows[:, 81] = relative, (end - scene.start) / length
    rows[:, 84] = match / max(match.max(), 1e-6)
    rows[:, 85] = confidence / max(confidence.max(), 1e-6)
    rows[:, 114] = 1 if colour is None else scene.colours[at, colour]
    rows[:, 116] = scene.colours[at].max(1)
    if tower == "sound":
        _encode_sounds(scene, at, strength, match, rows)
    if tower == "object":
        _encode_objects(scene, at, strength, match, rows)
    if tower == "cycle":
        first = np.array([scene.paths[i][0, 1:] for i in at]) / (np.array(scene.frame)[[0, 1, 0, 1]])
        rows[:, 86:88], rows[:, 88:90] = (first[:, :2] + first[:, 2:]) / 2, first[:, 2:] - first[:, :2]
        regularity, amplitude, period = scene.cycles[at].T
        rows[:, 124], rows[:, 125] = regularity, np.minimum(amplitude / 2, 1)
        rows[:, 126] = np.clip(np.log2(np.maximum(period, 0.01)) / 2, -1, 1)


def _stronger(strength: np.ndarray) -> np.ndarray:
    """[i, j]: j is stronger than i; the earlier one of equals counts as stronger."""
    index = np.arange(len(strength))
    equal = (strength[None, :] == strength[:, None]) & (index[None, :] < index[:, None])
    return (strength[None, :] > strength[:, None]) | equal


def inside_window(scene: Scene) -> np.ndarray:
    """A sound is inside where it starts inside, a cycle where its middle is; an object where it is in
    view at some time inside."""
    if scene.window is None:
        return np.ones(len(scene.starts), bool)
    low, high = scene.window
    inside = np.zeros(len(scene.starts), bool)
    for tower in range(len(TOWERS)):
        first, last = points_of(tower, scene.starts, scene.ends)
        inside |= (scene.towers == tower) & (last >= low) & (first <= high)
    return inside


def relation_holds(scene: Scene, strength: np.ndarray, bar: float) -> tuple[np.ndarray, np.ndarray]:
    """Which proposals [n] satisfy the condition when its proposals of at least `bar` count; the spans."""
    included = (strength >= bar) & (strength > 0)
    spans = spans_of(scene.condition, scene.starts[included], scene.ends[included])
    holds = np.zeros(len(scene.starts), bool)
    for tower in range(len(TOWERS)):
        holds |= (scene.towers == tower) & satisfies(scene.condition.relation, tower, scene.starts, scene.ends, spans)
    return holds, spans


def held_share(scene: Scene, strength: np.ndarray) -> np.ndarray:
    """[n] 0…1: the share of the bars from 0 to the largest strength of the condition's proposals at which it holds."""
    bars = np.unique(strength[strength > 0])
    if not len(bars):
        return relation_holds(scene, strength, 0.0)[0].astype(float)
    holds = np.array([relation_holds(scene, strength, bar)[0] for bar in bars])
    return np.diff(bars, prepend=0) @ holds / bars[-1]


def _encode_relations(scene: Scene, below: np.ndarray, rows: np.ndarray) -> None:
    counted = scene.pointable
    if scene.condition is None:
        rows[counted, 118:121] = 1
        rows[counted, 52] = 1
        return
    strength = strength_in(scene, scene.condition)
    largest = strength.max()
    rows[:, 52] = counted * held_share(scene, strength)
    below[:, 123] = largest
    rows[:, 117] = strength / max(largest, 1e-6)
    for column, bar in ((120, 0.2), (119, 0.5), (118, largest / 2)):
        holds, spans = relation_holds(scene, strength, bar)
        rows[:, column] = holds & counted
    for tower in range(len(TOWERS)):
        at = counted & (scene.towers == tower)
        distance = edge_distance(tower, scene.starts[at], scene.ends[at], spans)
        rows[at, 121] = np.where(np.isfinite(distance), gap(np.where(np.isfinite(distance), distance, 0)), 1)
        rows[at, 122] = share_inside(scene.starts[at], scene.ends[at], spans)


def _encode_modes(scene: Scene, at: np.ndarray, rows: np.ndarray) -> None:
    strength = rows[at, 58]
    eligible = (rows[at, 70] > 0) & (rows[at, 118] > 0) & (strength > 0)
    if scene.mode in ("colours", "kinds"):
        key = scene.colours[at].argmax(1) if scene.mode == "colours" else (scene.scores[at] * scene.weights).argmax(1)
        total = max(strength[eligible].sum(), 1e-6)
        for value in np.unique(key[eligible]):
            members = np.flatnonzero(eligible & (key == value))
            rows[at[members], 127] = strength[members].sum() / total
            rows[at[members[strength[members].argmax()]], 115] = 1


def _encode_sounds(scene: Scene, at: np.ndarray, strength: np.ndarray, match: np.ndarray, rows: np.ndarray) -> None:
    n, start, confidence = len(at), scene.starts[at], scene.confidences[at]
    alike = likeness(scene.prints[at], EVENTS["likeness"])
    index = np.arange(n)
    rows[:, 128] = kindred(alike, confidence, match)
    rows[:, 129] = alike @ confidence / max(confidence.sum(), 1e-6)
    rows[:, 130] = alike @ strength / max(strength.sum(), 1e-6)
    rows[:, 131] = np.log(alike.sum(1)) / 4
    rows[:, 132] = alike[:, strength.argmax()]
    rows[1:, 133] = rows[:-1, 134] = alike[index[1:], index[:-1]]
    rows[:, 135] = confidence / np.maximum((alike * confidence).max(1), 1e-6)
    apart = np.where(alike >= 0.5, np.abs(start[:, None] - start), np.inf)
    for column, side in ((136, index[None, :] < index[:, None]), (137, index[None, :] > index[:, None])):
        nearest = np.where(side, apart, np.inf).min(1)
        rows[:, column] = np.where(np.isfinite(nearest), gap(np.where(np.isfinite(nearest), nearest, 0)), 1)
    rows[:, 138] = kindred(alike, confidence, rows[:, 56])
    rows[:, 139] = rows[:, 128] / max(rows[:, 128].max(), 1e-6)


def _encode_objects(scene: Scene, at: np.ndarray, strength: np.ndarray, match: np.ndarray, rows: np.ndarray) -> None:
    n = len(at)
    width, height = scene.frame
    scale = np.array([width, height, width, height], np.float64)
    paths, starts, ends = [scene.paths[i] for i in at], scene.starts[at], scene.ends[at]
    first = np.array([p[0, 1:] for p in paths]) / scale
    last = np.array([p[-1, 1:] for p in paths]) / scale
    centre, size = (first[:, :2] + first[:, 2:]) / 2, first[:, 2:] - first[:, :2]
    centre_last = (last[:, :2] + last[:, 2:]) / 2
    stronger = _stronger(strength)

    rows[:, 86:88], rows[:, 88:90] = centre, size
    rows[:, 90] = np.log([len(p) for p in paths]) / 5
    rows[:, 91], rows[:, 92] = scene.mean_scores[at], scene.appearance[at]
    overlap, within, within_last, ratio = np.zeros((4, n, n))
    for j, path in enumerate(paths):
        for moments, box, out in ((starts, first, within), (ends, last, within_last)):
            alive = (moments >= starts[j] - 0.5) & (moments <= ends[j] + 0.5) & stronger[:, j]
            other = path[np.abs(path[None, :, 0] - moments[:, None]).argmin(1), 1:] / scale
            out[:, j] = np.where(alive, inside_share(box, other), 0)
            if out is within:
                overlap[:, j] = np.where(alive, box_iou(box, other), 0)
                ratio[:, j] = np.log(box_area(box) / box_area(other)) / 4
    rows[:, 93], rows[:, 101], rows[:, 102] = overlap.max(1), within.max(1), within_last.max(1)
    rows[:, 103] = np.where(within.max(1) > 0, np.clip(ratio[np.arange(n), within.argmax(1)], -1, 1), 0)
    since = starts[:, None] - ends[None, :]
    away = np.hypot(*(centre[:, None, :] - centre_last[None, :, :]).transpose(2, 0, 1))
    possible = (since > -0.3) & (np.arange(n)[None, :] < np.arange(n)[:, None])
    cost = np.where(possible, np.maximum(since, 0) / 5 + away, np.inf)
    previous = cost.argmin(1)
    some = possible.any(1)
    index = np.arange(n)
    area, area_last = box_area(first), box_area(last)
    rows[:, 94] = np.where(some, gap(np.maximum(since[index, previous], 0)), 1)
    rows[:, 95] = np.where(some, np.minimum(away[index, previous], 1), 1)
    rows[:, 96] = np.where(some, np.clip(np.log(area / area_last[previous]) / 4, -1, 1), 0)
    rows[:, 97] = np.where(some, match[previous], 0)
    rows[:, 98] = np.minimum(np.hypot(*(centre_last - centre).T), 1)
    rows[:, 99] = ((first < 0.02) & [True, True, False, False] | (first > 0.98) & [False, False, True, True]).any(1)
    rows[:, 100] = ((last < 0.02) & [True, True, False, False] | (last > 0.98) & [False, False, True, True]).any(1)


def limit(scene: Scene) -> Scene:
    """What the host hands over: of the condition's proposals the MAX_CONDITIONS strongest, of the counted
    ones the strongest in the room left; in order of start, and of equal starts the strongest first."""
    needed = np.zeros(0, int)
    if scene.condition is not None:
        strength = strength_in(scene, scene.condition)
        tower = np.flatnonzero(scene.towers == TOWERS.index(scene.condition.kind))
        needed = tower[np.argsort(-strength[tower], kind="stable")][:MAX_CONDITIONS]
    strength = strength_in(scene, scene)
    counted = np.flatnonzero(scene.pointable)
    counted = counted[np.argsort(-strength[counted], kind="stable")][: MAX_PROPOSALS - len(needed)]
    order = np.r_[counted, needed[~np.isin(needed, counted)]].astype(int)
    scene.select(order[np.argsort(scene.starts[order], kind="stable")])
    return scene
