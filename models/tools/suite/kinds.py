"""The kinds of scenes. Each function throws the dice for one and writes its question and truth; where the
truth would be debatable it raises `Unfit`, and the dice are thrown again."""

from __future__ import annotations

import numpy as np

from . import words
from .cutout import PALETTE
from .scene import (
    CLEAR, GRID, Scene, Stock, Unfit, boxes, counts, distract, instances, intervals, mover, paint, put, slots,
    spans, train,
)  # fmt: skip
from .sounds import Heard
from .things import SLIDE
from .words import MOVE_CORE, MOVES, SOUNDS, asked_object, asked_sound, joined, pick, window_words

ANIMALS = ("bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe")
VEHICLES = ("bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat")
MOVE_KINDS = ("bounce", "swing", "spin", "jump")
# Sounds with which a moment is named: short, and unlike a train.
MARKS = ("bell", "doorbell", "whistle", "beep", "car_horn", "gunshot")
LASTING = ("dog", "beep", "phone", "bell", "knock", "clock_tick", "hammer", "car_horn")


def sound_label(rng, stock: Stock, not_group: str | None = None) -> str:
    labels = [label for label in stock.shelf.labels if label in SOUNDS and SOUNDS[label].group != not_group]
    return pick(rng, labels)


def mark(rng, stock: Stock, not_group: str) -> str:
    labels = [m for m in MARKS if m in stock.shelf.labels and SOUNDS[m].group != not_group]
    return pick(rng, labels)


def window(rng, seconds: float, points: list[float]) -> tuple[float, float] | None:
    """Whole seconds, with no point near an edge; None where there is none."""
    for _ in range(20):
        low, high = sorted(int(v) for v in rng.integers(0, int(seconds) + 1, 2))
        draw = rng.random()
        low, high = (0, high) if draw < 0.45 else (low, int(seconds) + 1) if draw < 0.7 else (low, high)
        edges = [e for e in (low, high) if 0 < e < seconds]
        if edges and high - low >= 2 and all(abs(p - e) > CLEAR for p in points for e in edges):
            return float(low), float(min(high, seconds))
    return None


def scenery(rng, stock: Stock, scene: Scene, avoid: set[str], most: int = 2, beside: bool = False) -> None:
    """A few things that nobody asks about."""
    labels = [label for label in sorted(stock.crops) if label not in avoid]
    n = int(rng.integers(0, most + 1))
    for place in slots(scene, max(2, n), beside)[:n]:
        label = pick(rng, labels)
        [look], _ = instances(rng, stock, label, 1)
        put(rng, scene, place, label, look, 0.0, scene.seconds)


def heard_event(rng, stock: Stock, scene: Scene) -> None:
    """A: how many sounds, in all or in a window."""
    label = sound_label(rng, stock)
    n = counts(rng, 10)
    scene.heard = train(rng, stock.shelf, label, n, 0.3, scene.seconds - 0.2)
    counted, circumstance = list(scene.heard), ""
    part = window(rng, scene.seconds, [h.start for h in scene.heard]) if rng.random() < 0.4 else None
    if part:
        counted = [h for h in scene.heard if part[0] <= h.start < part[1]]
        circumstance = window_words(rng, *part, scene.seconds)
    distract(rng, stock.shelf, scene, {SOUNDS[label].group}, 4)
    scenery(rng, stock, scene, set())
    scene.question = joined(rng, asked_sound(rng, label), circumstance)
    scene.answer, scene.clues = len(counted), intervals(counted)


def heard_after_heard(rng, stock: Stock, scene: Scene) -> None:
    """A: sounds before or after another sound."""
    label = sound_label(rng, stock, "tone")
    other = mark(rng, stock, SOUNDS[label].group)
    n = counts(rng, 8, 0.0)
    sounds = train(rng, stock.shelf, label, n, 0.3, scene.seconds - 0.2)
    bell = Heard(stock.shelf.pick(rng, other), round(float(rng.uniform(0.25, 0.75) * scene.seconds), 3), 1.0)
    if any(abs(h.start - bell.start) < CLEAR for h in sounds):
        raise Unfit
    scene.heard = [*sounds, bell]
    after = rng.random() < 0.6
    counted = [h for h in sounds if (h.start > bell.start) == after]
    name = pick(rng, [f"the {SOUNDS[other].one}", SOUNDS[other].clause])
    scene.question = joined(rng, asked_sound(rng, label), f"{'after' if after else 'before'} {name}")
    scenery(rng, stock, scene, set())
    scene.answer, scene.clues = len(counted), intervals(counted)


def seen_event(rng, stock: Stock, scene: Scene) -> None:
    """V: repetitions of a movement, in all or in a window."""
    move = pick(rng, MOVE_KINDS)
    one = mover(rng, stock, scene, move)
    one.spans = spans(rng, counts(rng, 9, 0.06), 0.4, scene.seconds - 0.4)
    scene.movers = [one]
    truth, circumstance = one.truth(), ""
    middles = [(a + b) / 2 for a, b in truth]
    part = window(rng, scene.seconds, middles) if rng.random() < 0.25 else None
    if part:
        truth = [span for span, m in zip(truth, middles) if part[0] <= m < part[1]]
        circumstance = window_words(rng, *part, scene.seconds)
        scene.question = joined(rng, MOVE_CORE[move].format(thing=one.label), circumstance)
    else:
        scene.question = pick(rng, MOVES[move]).format(thing=one.label)
    distract(rng, stock.shelf, scene, {"hit"} if move == "bounce" else set())
    scene.modality = "V"
    scene.answer, scene.clues = len(truth), [{"start": round(float(a), 3), "end": round(float(b), 3)} for a, b in truth]


def come_and_go(rng, stock: Stock, scene: Scene, label: str, n: int, places: list | None = None) -> list:
    """`n` things of a class in places of their own; first appearances at once or GRID apart."""
    if n == 0:
        return []
    looks, different = instances(rng, stock, label, n)
    late = iter(np.arange(GRID, scene.seconds - 2.2, GRID))
    things = []
    for place, look in zip(places or slots(scene, max(2, n)), looks):
        start = 0.0 if rng.random() < 0.4 else float(next(late, 0.0))
        if start:
            [next(late, None) for _ in range(int(rng.integers(0, 2)))]
        leaves = different and rng.random() < 0.4 and start + 3.2 < scene.seconds
        end = float(rng.uniform(start + 2.0, scene.seconds - 0.8)) if leaves else scene.seconds
        things.append(put(rng, scene, place, label, look, start, end))
    return things


def presence(thing, seconds: float) -> tuple[float, float]:
    """From when to when it is seen well."""
    return thing.seen, min(thing.end, seconds) - (SLIDE / 2 if thing.side and thing.end < seconds else 0)


def seen_objects(rng, stock: Stock, scene: Scene) -> None:
    """V: how many things, in all, at once, or in a window."""
    labels = sorted(stock.crops)
    sure = [label for label in labels if len(stock.crops[label]) >= 2]
    label = "person" if rng.random() < 0.3 else pick(rng, sure if rng.random() < 0.6 else labels)
    scene.category, scene.modality = "object", "V"
    n = counts(rng, 6, 0.07)
    # Few things are large, and so are the few that nobody asks about.
    spare = int(rng.integers(0, 3)) if n in (0, 1, 4) else int(rng.integers(0, 2))
    places = slots(scene, max(2, n + spare))
    things = come_and_go(rng, stock, scene, label, n, places)
    others = [other for other in labels if other != label and not {other, label} <= set(VEHICLES)]
    for place in places[n : n + spare]:
        other = pick(rng, others)
        put(rng, scene, place, other, instances(rng, stock, other, 1)[0][0], 0.0, scene.seconds)
    spans_of = [presence(thing, scene.seconds) for thing in things]
    draw = rng.random()
    if draw < 0.25 and n:
        def at_once(margin: float) -> int:
            return max(sum(a + margin <= t <= b - margin for a, b in spans_of) for t in np.arange(0, scene.seconds, 0.05))

        if at_once(0.4) != at_once(-0.3):
            raise Unfit
        scene.answer = at_once(0)
        name = words.plural(label)
        scene.question = pick(rng, [
            f"What is the largest number of {name} in view at once?", f"At most how many {name} are visible at the same time?",
            f"How many {name} are on screen together at most?",
        ])  # fmt: skip
        return
    edges = [edge for span in spans_of for edge in span]
    part = window(rng, scene.seconds, [e + d for e in edges for d in (-0.5, 0, 0.5)]) if draw < 0.45 else None
    if part:
        things = [t for t, (a, b) in zip(things, spans_of) if a < part[1] and b > part[0]]
        circumstance = window_words(rng, *part, scene.seconds)
        core = f"how many {words.plural(label)} can be seen"
        scene.question, scene.answer = joined(rng, core, circumstance), len(things)
        # Where a thing was there before, its true box is that of the window's start: no box is judged.
        scene.clues = boxes(scene, things) if all(t.seen >= part[0] for t in things) else []
        return
    scene.question, scene.answer = joined(rng, asked_object(rng, label)), n
    scene.clues = boxes(scene, things)


def seen_attributes(rng, stock: Stock, scene: Scene) -> None:
    """V: how many colours, how many of a colour, how many kinds."""
    scene.category, scene.modality = "attribute", "V"
    if rng.random() < 0.3:
        name, group = ("animals", ANIMALS) if rng.random() < 0.6 else ("vehicles", VEHICLES)
        labels = [label for label in group if label in stock.crops]
        kinds = [labels[i] for i in rng.permutation(len(labels))[: int(rng.integers(1, min(4, len(labels)) + 1))]]
        chosen = [*kinds, *(pick(rng, kinds) for _ in range(int(rng.integers(0, 3))))]
        for place, label in zip(slots(scene, max(2, len(chosen))), chosen):
            put(rng, scene, place, label, instances(rng, stock, label, 1)[0][0], 0.0, scene.seconds)
        scene.question = pick(rng, [f"How many kinds of {name} are there?", f"How many different types of {name} can be seen?"])
        scene.answer = len(kinds)
        scene.clues = [boxes(scene, [t for t in scene.things if t.label == kind]) for kind in kinds]
        return
    tinted = [crop for crop, colours in stock.tints.items() if len(colours) >= 2]
    if not tinted:
        raise Unfit
    labels = sorted({crop.label for crop in tinted})
    label = pick(rng, labels)
    own = [crop for crop in tinted if crop.label == label]
    n = 1 + int(rng.integers(1, 6))
    for place in slots(scene, max(2, n))[:n]:
        crop = pick(rng, own)
        colour = pick(rng, [c for c in stock.tints[crop] if c in PALETTE])
        look = paint(stock.load(crop), colour)
        put(rng, scene, place, label, look, 0.0, scene.seconds, colour)
    shown = [thing.colour for thing in scene.things]
    name = words.plural(label)
    if rng.random() < 0.5:
        different = sorted(set(shown))
        scene.question = pick(rng, [
            f"How many different colours of {name} are there?", f"How many colours do the {name} have?",
            f"In how many different colours do the {name} come?",
        ])  # fmt: skip
        scene.answer = len(different)
        scene.clues = [boxes(scene, [t for t in scene.things if t.colour == colour]) for colour in different]
        return
    colour = pick(rng, [*shown, *PALETTE]) if rng.random() < 0.2 else pick(rng, shown)
    of = [thing for thing in scene.things if thing.colour == colour]
    scene.question = pick(rng, [f"How many {colour} {name} are there?", f"How many of the {name} are {colour}?"])
    scene.answer, scene.clues = len(of), boxes(scene, of)


def objects_while_heard(rng, stock: Stock, scene: Scene) -> None:
    """A2V: things that are in sight during, before or after a sound."""
    label = "person" if rng.random() < 0.4 else pick(rng, [x for x in sorted(stock.crops) if len(stock.crops[x]) >= 2])
    scene.category, scene.modality = "object", "A2V"
    n = counts(rng, 5, 0.0)
    things = come_and_go(rng, stock, scene, label, n)
    relation = pick(rng, ["during", "during", "before", "after"])
    if relation == "during":
        other = pick(rng, [x for x in LASTING if x in stock.shelf.labels])
        k = int(rng.integers(3, 7))
        low = float(rng.uniform(0.5, scene.seconds * 0.6))
        scene.heard = train(rng, stock.shelf, other, k, low, scene.seconds - 0.3, tight=True)
        if any(b.start - a.end > 0.8 for a, b in zip(scene.heard, scene.heard[1:])):
            raise Unfit
        first, last = scene.heard[0].start, scene.heard[-1].end
        circumstance = f"while {SOUNDS[other].clause}"
    else:
        other = mark(rng, stock, "")
        at = float(rng.uniform(0.25, 0.75) * scene.seconds)
        scene.heard = [Heard(stock.shelf.pick(rng, other), round(at, 3), 1.0)]
        first, last = (0.0, at) if relation == "before" else (at, scene.seconds)
        circumstance = f"{relation} {pick(rng, [f'the {SOUNDS[other].one}', SOUNDS[other].clause])}"
    inside = []
    for thing in things:
        a, b = presence(thing, scene.seconds)
        shared = min(b, last) - max(a, first)
        if -0.9 < shared < 1.0 or (relation == "after" and a < first < b):
            raise Unfit
        if shared > 0:
            inside.append(thing)
    verb = "come into view" if relation == "after" else "are visible"
    scene.question = joined(rng, f"how many {words.plural(label)} {verb}", circumstance)
    scene.answer = len(inside)
    scene.clues = boxes(scene, inside) if all(t.seen >= first or relation != "during" for t in inside) else []


def moves_while_heard(rng, stock: Stock, scene: Scene) -> None:
    """A2V: repetitions before or after a sound."""
    move = pick(rng, MOVE_KINDS)
    one = mover(rng, stock, scene, move)
    one.spans = spans(rng, counts(rng, 8, 0.0), 0.4, scene.seconds - 0.4)
    scene.movers, scene.modality = [one], "A2V"
    other = mark(rng, stock, "hit" if move == "bounce" else "")
    edges = [edge for span in one.spans for edge in span]
    at = pick(rng, edges) + float(rng.uniform(-0.05, 0.05))
    after = rng.random() < 0.5
    scene.heard = [Heard(stock.shelf.pick(rng, other), round(max(0.2, at), 3), 1.0)]
    truth = one.truth()
    if any(abs((a + b) / 2 - at) < 0.25 for a, b in truth):
        raise Unfit
    counted = [(a, b) for a, b in truth if ((a + b) / 2 > at) == after]
    name = pick(rng, [f"the {SOUNDS[other].one}", SOUNDS[other].clause])
    scene.question = joined(rng, MOVE_CORE[move].format(thing=one.label), f"{'after' if after else 'before'} {name}")
    scene.answer, scene.clues = len(counted), [{"start": round(float(a), 3), "end": round(float(b), 3)} for a, b in counted]


def heard_while_seen(rng, stock: Stock, scene: Scene) -> None:
    """V2A: sounds while a thing is in sight, while it is not, or after it has come."""
    label = pick(rng, sorted(stock.crops)) if rng.random() < 0.6 else "person"
    sound = sound_label(rng, stock)
    scene.modality = "V2A"
    start = float(rng.uniform(0.15, 0.4) * scene.seconds) if rng.random() < 0.7 else 0.0
    stays = start > 0 and rng.random() < 0.4
    end = scene.seconds if stays else float(rng.uniform(0.6, 0.85) * scene.seconds)
    look = instances(rng, stock, label, 1)[0][0]
    thing = put(rng, scene, slots(scene, 1)[0], label, look, start, end)
    scene.heard = train(rng, stock.shelf, sound, counts(rng, 9, 0.03), 0.3, scene.seconds - 0.2)
    low, high = thing.start + (SLIDE / 2 if thing.side and start else 0), presence(thing, scene.seconds)[1]
    edges = [e for e in (low, high) if 0.05 < e < scene.seconds - 0.05]
    if any(abs(h.start - e) < CLEAR + 0.15 for h in scene.heard for e in edges):
        raise Unfit
    article = "an" if label[0] in "aeiou" else "a"
    draw = rng.random()
    if draw < 0.6:
        counted = [h for h in scene.heard if low < h.start < high]
        circumstance = pick(rng, [f"while the {label} is in the picture", f"while {article} {label} is visible", f"while the {label} is in view"])
    elif draw < 0.8 and not (start == 0 and stays):
        counted = [h for h in scene.heard if not low < h.start < high]
        circumstance = pick(rng, [f"while no {label} is visible", f"when no {label} is in the picture"])
    elif start > 0:
        counted = [h for h in scene.heard if h.start > low]
        circumstance = pick(rng, [f"after the {label} appears", f"after the {label} comes into view"])
    else:
        raise Unfit
    scene.question = joined(rng, asked_sound(rng, sound), circumstance)
    scene.answer, scene.clues = len(counted), intervals(counted)


def seen_and_heard(rng, stock: Stock, scene: Scene) -> None:
    """AV: bounces of which some are silent, and sounds of a bounce while the ball rests."""
    one = mover(rng, stock, scene, "bounce")
    one.spans = spans(rng, counts(rng, 8, 0.0), 0.4, scene.seconds - 0.4)
    scene.movers, scene.modality = [one], "AV"
    bounce = stock.shelf.pick(rng, "ball_bounce")
    contacts = [(a + b) / 2 for a, b in one.spans]
    both = [t for t in contacts if rng.random() < 0.7]
    heard = [Heard(bounce, round(t, 3), 10 ** (rng.uniform(-3, 0) / 20)) for t in both]
    moving = (one.spans[0][0] - 0.6, one.spans[-1][1] + 0.4)
    alone = []
    for _ in range(int(rng.integers(0, 4))):
        t = float(rng.uniform(0.2, scene.seconds - 0.6))
        if not moving[0] < t < moving[1] and all(abs(t - other.start) > 0.5 for other in alone):
            alone.append(Heard(bounce, round(t, 3), 0.9))
    scene.heard = [*heard, *alone]
    scene.question = pick(rng, [
        "How many bounces can you both see and hear?", "How many bounces of the ball are both seen and heard?",
        "How many bounces are visible as well as audible?", "How many times do you see and hear the ball bounce?",
    ])  # fmt: skip
    scene.answer, scene.clues = len(both), intervals(heard)


# Kind → its share of the scenes.
KINDS = {
    heard_event: 60, heard_after_heard: 18, seen_event: 48, seen_objects: 58, seen_attributes: 30,
    objects_while_heard: 28, moves_while_heard: 14, heard_while_seen: 30, seen_and_heard: 14,
}  # fmt: skip

