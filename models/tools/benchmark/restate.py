"""The metrics of CG-AV-Counting (arXiv 2506.05328) as the release's two evaluation scripts compute them.

A slow restatement in plain Python: it exists to check the app's own, and shares nothing with it. A run's
sample is scored from its raw reply and its annotation alone.

Where this differs from the release, on purpose:
- JSON is strict: the literals NaN, Infinity and -Infinity are refused, where Python's reader takes them. So is
  a time that says "nan": it would lose every comparison and thereby agree with any true time.
- No sample is given up after ten seconds.
- Coordinates are added up exactly, where numpy's 64-bit whole numbers would wrap around.
"""

from __future__ import annotations

import json
import math
from typing import Any, NamedTuple

from .number import ANSWER, strict_count, tolerant_count


class Refused(ValueError):
    """The release's script would have stopped at this reply: score 0, and an error of format."""


class Clues(NamedTuple):
    """Predicted instances by cluster, and how many things were counted."""

    clusters: list[list[Any]]
    count: int


def refuse_literal(name: str) -> None:
    raise Refused(f"{name} is no JSON")


def read_json(text: str) -> Any:
    """Strict JSON; raises `ValueError`."""
    return json.loads(text, parse_constant=refuse_literal)


def outer_json(text: str) -> Any:
    """The first outermost bracketed part of `text` that is JSON.

    Brackets are counted whether in a string or not; a closing one that does not fit is passed over, so one
    that is opened and never closed hides all that follows it.
    """
    open_brackets: list[str] = []
    begin = 0
    for place, char in enumerate(text):
        if char in "[{":
            if not open_brackets:
                begin = place
            open_brackets.append("]" if char == "[" else "}")
        elif open_brackets and char == open_brackets[-1]:
            open_brackets.pop()
            if not open_brackets:
                try:
                    return read_json(text[begin : place + 1])
                except ValueError:
                    continue
    raise Refused("no JSON")


def reply_json(pred: object) -> Any:
    """What the reply says, from its first answer tags or else from all of it. A JSON null is no answer."""
    text = str(pred)
    answer = ANSWER.search(text)
    text = (answer.group(1) if answer else text).strip()
    try:
        value = read_json(text)
    except ValueError:
        value = outer_json(text)
    if value is None:
        raise Refused("null")
    return value


def clock_seconds(text: str) -> float:
    """mm:ss or hh:mm:ss, with or without a fraction."""
    whole, *fractions = text.strip().split(".")
    if len(fractions) > 1:
        raise Refused("two points in a time")
    parts = [int(part) for part in whole.split(":")]
    if len(parts) not in (2, 3):
        raise Refused("neither mm:ss nor hh:mm:ss")
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + part
    return seconds + (float("0." + fractions[0]) if fractions else 0)


def moment(value: Any) -> Any:
    """A text's part before its first blank as a number; anything else as it is, to be refused if it is compared."""
    if not isinstance(value, str):
        return value
    seconds = float(value.split(" ")[0])
    if math.isnan(seconds):
        raise Refused("a time that is no number")
    return seconds


def read_events(value: Any) -> Clues:
    events = []
    for entry in value:  # an object's names are entries too, and a text's letters start and end
        start, end = entry[0], entry[1]
        if isinstance(start, str) and isinstance(end, str) and ":" in start and ":" in end:
            events.append((clock_seconds(start), clock_seconds(end)))
        else:
            events.append((moment(start), moment(end)))
    return Clues([events], len(events))


def frames(value: Any) -> list[tuple[int, Any]]:
    """`(frame from 0, content)` for each name with "Frame" in it."""
    return [(int(name.replace("Frame", "")) - 1, content) for name, content in value.items() if "Frame" in name]


def is_list_of(value: Any, length: int) -> bool:
    return isinstance(value, list) and len(value) == length


def boxes_of(content: Any) -> list[list[Any]]:
    """A frame's boxes; its first entry says whether they are four numbers or pairs of corners."""
    if len(content) == 0:
        return []
    first = content[0]
    if is_list_of(first, 4):
        return [entry for entry in content if is_list_of(entry, 4)]
    if is_list_of(first, 2):
        pairs = zip(content[0::2], content[1::2])
        return [[*one, *other] for one, other in pairs if is_list_of(one, 2) and is_list_of(other, 2)]
    return []


def read_objects(value: Any) -> Clues:
    found = [(frame, box) for frame, content in frames(value) for box in boxes_of(content)]
    return Clues([found], len(found))


def read_attributes(value: Any) -> Clues:
    clusters: dict[Any, list[Any]] = {}
    for frame, content in frames(value):
        for entry in content:
            cluster = clusters.setdefault(entry["label"], [])
            for name in ("bbox", "bbox_2d"):
                if name in entry and len(entry[name]) == 4 and isinstance(entry[name], list):
                    cluster.append((frame, entry[name]))
    return Clues(list(clusters.values()), len(clusters))


READERS = {"event": read_events, "object": read_objects, "attribute": read_attributes}


def true_clusters(item: dict[str, Any]) -> list[list[Any]]:
    """The annotation's clues in the readers' form; a frame is a distinct timestamp, in order of appearance."""
    clue = item["clue"]
    if item["category"] == "event":
        return [[(float(event["start"]), float(event["end"])) for event in clue]]
    clusters = clue if item["category"] == "attribute" else [clue]
    stamps: list[Any] = []
    for cluster in clusters:
        for box in cluster:
            if box["timestamp"] not in stamps:
                stamps.append(box["timestamp"])
    return [[(stamps.index(box["timestamp"]), box["bbox"]) for box in cluster] for cluster in clusters]


def interval_overlap(truth: Any, found: Any) -> float:
    """What both share, of the span from the first start to the last end."""
    shared = max(0.0, min(truth[1], found[1]) - max(truth[0], found[0]))
    hull = max(truth[1], found[1]) - min(truth[0], found[0])
    return shared / hull if hull > 0 else 0.0


def corners(box: list[Any]) -> tuple[Any, Any, Any, Any]:
    """x and y of the least corner, then of the greatest; only numbers can be compared.

    True and false count as numbers unless all four are such, since numpy does not subtract booleans.
    """
    if not all(isinstance(side, (int, float)) for side in box):
        raise Refused("a box without numbers")
    ordered = (min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3]))
    if all(isinstance(side, bool) for side in ordered):
        raise Refused("a box of true and false")
    return ordered


def area(left: float, top: float, right: float, bottom: float) -> float:
    return (right - left) * (bottom - top)


def box_overlap(truth: list[Any], found: list[Any]) -> float:
    """Intersection over union, the corners in any order."""
    one, other = corners(truth), corners(found)
    left, top, right, bottom = (*map(max, one[:2], other[:2]), *map(min, one[2:], other[2:]))
    shared = max(0, right - left) * max(0, bottom - top)
    union = area(*one) + area(*other) - shared
    return shared / union if union > 0 else 0.0


def greedy_overlap(truth: list[Any], found: list[Any]) -> float:
    """Sum of overlaps when the best pair is taken first, again and again; of equal ones the first."""
    pairs = {(t, f): box_overlap(truth[t], found[f]) for t in range(len(truth)) for f in range(len(found))}
    total = 0.0
    while pairs:
        best = max(pairs, key=lambda pair: pairs[pair])  # dicts keep their order, and max takes the first
        total += pairs[best]
        pairs = {pair: overlap for pair, overlap in pairs.items() if pair[0] != best[0] and pair[1] != best[1]}
    return total


def root(located: float, truth: int, found: int) -> float:
    """Square root of mean overlap times the accuracy of the count; `located` is a sum over the truth."""
    accuracy = located / truth if truth else 0.0
    return math.sqrt(accuracy * max(0, 1 - abs(found - truth) / max(truth, 1)))


def event_score(truth: list[Any], found: list[Any]) -> float:
    located = sum(max([interval_overlap(t, f) for f in found], default=0.0) for t in truth)
    return root(located, len(truth), len(found))


def box_score(truth: list[Any], found: list[Any]) -> float:
    """Mean over every frame that either side names."""
    names = sorted({frame for frame, _ in truth} | {frame for frame, _ in found})
    total = 0.0
    for name in names:
        there, seen = ([box for frame, box in side if frame == name] for side in (truth, found))
        total += root(greedy_overlap(there, seen), len(there), len(seen))
    return total / max(len(names), 1)


def best_assignment(scores: list[list[float]]) -> float:
    """Greatest sum of one entry a row, no column twice: all ways, remembered by the columns already used."""
    sums = {0: 0.0}
    for row in scores:
        after = dict(sums)  # a row may stay without a column: scores are never negative
        for used, total in sums.items():
            for column, score in enumerate(row):
                if not used >> column & 1:
                    taken = used | 1 << column
                    after[taken] = max(after.get(taken, 0.0), total + score)
        sums = after
    return max(sums.values())


def clue_score(item: dict[str, Any], pred: object) -> tuple[float, Clues]:
    """The sample's score in 0…1 and what was read; raises as the release's script would, whatever the kind."""
    found = READERS[item["category"]](reply_json(pred))
    truth = true_clusters(item)
    score = event_score if item["category"] == "event" else box_score
    scores = [[score(there, seen) for seen in found.clusters] for there in truth]
    return best_assignment(scores) / len(scores), found


def score_reply(item: dict[str, Any], pred: object, setting: str) -> dict[str, Any]:
    """`{index, strict, tolerant, score, wellFormed}`; score and wellFormed are null where a bare number is asked."""
    scored = {"index": item["index"], "strict": strict_count(pred)}
    if setting != "clue":
        return {**scored, "tolerant": tolerant_count(pred), "score": None, "wellFormed": None}
    try:
        score, found = clue_score(item, pred)
        return {**scored, "tolerant": found.count, "score": score, "wellFormed": True}
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError):
        return {**scored, "tolerant": 0, "score": 0.0, "wellFormed": False}


def within(errors: list[float], limit: float) -> float:
    """Per cent of the errors that are at most `limit`."""
    return 100 * sum(error <= limit for error in errors) / len(errors)


def summarize(truths: list[float], scored: list[dict[str, Any]]) -> dict[str, Any]:
    """What both scripts print, of at least one sample; acc, oboa, wcs and ifa in per cent."""
    strict, tolerant = ([abs(truth - one[kind]) for truth, one in zip(truths, scored)] for kind in ("strict", "tolerant"))
    clipped = [error if error <= max(2 * truth, 100) else 2 * truth for truth, error in zip(truths, tolerant)]
    scores = [one["score"] for one in scored if one["score"] is not None]
    return {
        "n": len(scored),
        "acc": within(tolerant, 1e-5),
        "oboa": within(tolerant, 1),
        "mae": sum(clipped) / len(clipped),
        "rmse": math.sqrt(sum(error**2 for error in clipped) / len(clipped)),
        "accStrict": within(strict, 1e-5),
        "oboaStrict": within(strict, 1),
        "wcs": 100 * sum(scores) / len(scores) if scores else None,
        "ifa": 100 * sum(one["wellFormed"] for one in scored) / len(scores) if scores else None,
    }
