"""What happened in a clip and what a tower said about it (`Layer`), and questions over layers (`ask`).

A layer holds the proposals of one tower and the true events with the proposals that show each. The
truth of a question is worked out from the events by the very rules of `relations.py`; the answer's
pointers are the proposals that show the counted events.
"""

from dataclasses import dataclass

import numpy as np

from models.tools.decoder.at_once import fullest_moment
from models.tools.decoder.features import limit, strength_in
from models.tools.decoder.relations import edge_distance, points_of, satisfies, spans_of
from models.tools.decoder.scene import CYCLE, LABELS, OBJECT, SOUND, TOWERS, Condition, Scene

BORDERLINE = 0.12  # seconds from the edge of a condition's span: nobody could tell


@dataclass
class Event:
    """Something that happened; of an object: its time in view."""

    label: int
    start: float
    end: float
    colour: int = -1
    train: int = 0  # cycles and sounds: which series it belongs to


@dataclass
class Row:
    """One proposal."""

    start: float
    end: float
    confidence: float
    scores: np.ndarray
    event: Event | None = None  # what it shows
    path: np.ndarray | None = None  # [sightings, 5] time and box
    mean: float = 0.0
    apart: float = 0.0
    colours: np.ndarray | None = None
    cycle: tuple[float, float, float] | None = None
    print: np.ndarray | None = None  # fingerprint of length 1
    plain: np.ndarray | None = None  # what the tower said, where `scores` are presumed


@dataclass
class Layer:
    tower: int
    rows: list[Row]
    events: list[Event]
    frame: tuple[float, float] = (1.0, 1.0)
    # Labels of which not every event is known; labels that others of unknown kind may belong to.
    faint: frozenset = frozenset()
    vague: frozenset = frozenset()

    def sort(self) -> "Layer":
        self.rows.sort(key=lambda row: row.start)
        self.events.sort(key=lambda event: event.start)
        return self


@dataclass
class Mention:
    """What is asked for: weights as the grounding gives them, and which events truly are meant."""

    tower: int
    label: int
    weights: np.ndarray
    accepts: frozenset
    colour: int | None = None

    def means(self, event: Event) -> bool:
        return event.label in self.accepts and (self.colour is None or event.colour == self.colour)

    def is_clear(self, layer: Layer) -> bool:
        """Nothing in the clip is half meant, or may have happened unseen by the truth."""
        if self.accepts & layer.faint or self.label in layer.vague:
            return False
        half = {i for i in np.flatnonzero(self.weights)} - self.accepts
        return not any(event.label in half for event in layer.events)


@dataclass
class Question:
    target: Mention
    words: np.ndarray
    mode: str = "each"
    window: tuple[float, float] | None = None
    relation: str | None = None
    which: int = 0
    condition: Mention | None = None
    name: str = ""


def ask(question: Question, layers: dict[int, Layer], start: float, duration: float, strict: bool = True) -> Scene | None:
    """The scene of a question over layers whose clocks begin at 0; None where its truth is unclear."""
    target, condition = question.target, question.condition
    counted = layers[target.tower]
    if not target.is_clear(counted) or condition is not None and not condition.is_clear(layers[condition.tower]):
        return None
    events = [e for e in counted.events if target.means(e)]
    first, last = (np.array([getattr(e, side) for e in events]) for side in ("start", "end"))
    eligible = np.ones(len(events), bool)
    judged = points_of(target.tower, first, last)
    spans = None
    if question.window is not None:
        low, high = question.window
        eligible &= (judged[1] >= low) & (judged[0] <= high)
        if strict and target.tower != OBJECT and (np.abs(judged[0][:, None] - [low, high]) < BORDERLINE).any():
            return None
    spec = None
    if condition is not None:
        spec = Condition(TOWERS[condition.tower], condition.weights, question.relation, question.which, condition.colour)
        causes = sorted((e for e in layers[condition.tower].events if condition.means(e)), key=lambda e: e.start)
        spans = spans_of(spec, np.array([e.start for e in causes]), np.array([e.end for e in causes]))
        eligible &= satisfies(question.relation, target.tower, first, last, spans)
        near = edge_distance(target.tower, first, last, spans) if len(events) else np.zeros(0)
        # The reference itself stands at the edge of what is before or after it.
        own = np.array([any(e is c for c in causes) for e in events], bool)
        if strict and target.tower != OBJECT and ((near < BORDERLINE) & ~own).any():
            return None
    rows, owners = assemble(layers, {target.tower} | ({condition.tower} if condition else set()))
    scene = scene_of(rows, question, spec, counted.frame if target.tower == OBJECT or condition is None else frame_of(layers), start, duration)
    shown = {id(e): [] for e in events}
    for at, row in enumerate(rows):
        if row.event is not None and id(row.event) in shown and owners[at] == target.tower:
            shown[id(row.event)].append(at)
    meant = [e for e, ok in zip(events, eligible) if ok]
    keys = None
    if question.mode == "atOnce":
        best, moment = fullest_moment([e.start for e in meant], [e.end for e in meant], question.window, spans)
        meant = [meant[at] for at in best]
        pick = lambda at: [i for i in at if rows[i].start <= moment + 1e-6 and rows[i].end >= moment - 1e-6]  # noqa: E731
    else:
        pick = lambda at: [i for i in at if holds(rows[i], target.tower, question, spans)]  # noqa: E731
    pointed = [(e, (pick(shown[id(e)]) or [-1])[0]) for e in meant]
    if question.mode in ("colours", "kinds"):
        keys = {}
        strength = strength_in(scene, scene)
        for event, at in pointed:
            keys.setdefault(event.colour if question.mode == "colours" else event.label, []).append((event, at))
        chosen = []
        for key, members in keys.items():
            found = [m for m in members if m[1] >= 0]
            alike = [m for m in found if key_of(rows[m[1]], question) == key]
            chosen.append(max(alike or found, key=lambda m: strength[m[1]]) if found else members[0])
        pointed = chosen
    scene.true_count = len(pointed)
    scene.true_spans = np.array([[e.start, e.end] for e, _ in pointed]).reshape(-1, 2) + start
    scene.targets = sorted(at for _, at in pointed if at >= 0)
    scene.shows = [None if r.event is None else (r.event.start + start, r.event.end + start, r.event.colour if question.mode == "colours" else r.event.label) for r in rows]
    scene.keys = None if keys is None else [(e.colour if question.mode == "colours" else e.label) for e, _ in pointed]
    scene.name = question.name
    return limit(scene)


def frame_of(layers: dict[int, Layer]) -> tuple[float, float]:
    seen = [layer.frame for tower, layer in layers.items() if tower != SOUND]
    return seen[0] if seen else (1.0, 1.0)


def key_of(row: Row, question: Question) -> int:
    return int(row.colours.argmax()) if question.mode == "colours" else int((row.scores * question.target.weights).argmax())


def holds(row: Row, tower: int, question: Question, spans) -> bool:
    """Whether a proposal of a counted event itself satisfies the question: of a broken track the right piece."""
    first, last = points_of(tower, np.array([row.start]), np.array([row.end]))
    if tower != OBJECT:
        return True
    if question.window is not None and not (last[0] >= question.window[0] and first[0] <= question.window[1]):
        return False
    return spans is None or bool(satisfies(question.relation, tower, first, last, spans)[0])


def assemble(layers: dict[int, Layer], towers: set[int]) -> tuple[list[Row], list[int]]:
    rows = [(row, tower) for tower in sorted(towers) for row in layers[tower].rows]
    rows.sort(key=lambda item: item[0].start)
    return [r for r, _ in rows], [t for _, t in rows]


def scene_of(rows: list[Row], question: Question, spec, frame, start: float, duration: float) -> Scene:
    n = len(rows)
    scores, plain = np.zeros((n, LABELS)), np.zeros((n, LABELS))
    colours, cycles = np.zeros((n, 11)), np.zeros((n, 3))
    prints = np.zeros((n, max((len(row.print) for row in rows if row.print is not None), default=1)))
    paths = []
    towers = np.zeros(n, int)
    for i, row in enumerate(rows):
        scores[i, : len(row.scores)] = row.scores
        plain[i, : len(row.scores)] = row.scores if row.plain is None else row.plain
        towers[i] = CYCLE if row.cycle is not None else OBJECT if row.path is not None else SOUND
        if row.colours is not None:
            colours[i] = row.colours
        if row.cycle is not None:
            cycles[i] = row.cycle
        if row.print is not None:
            prints[i] = row.print
        paths.append(None if row.path is None else row.path + [start, 0, 0, 0, 0] if start else row.path)
    window = None if question.window is None else (question.window[0] + start, question.window[1] + start)
    return Scene(
        kind=TOWERS[question.target.tower], weights=question.target.weights, start=start, duration=duration, words=question.words,
        towers=towers, starts=np.array([r.start for r in rows], float) + start, ends=np.array([r.end for r in rows], float) + start,
        confidences=np.array([r.confidence for r in rows], float), scores=scores, mode=question.mode,
        colour=question.target.colour, window=window, condition=spec, frame=frame, paths=paths,
        mean_scores=np.array([r.mean for r in rows], float), appearance=np.array([r.apart for r in rows], float),
        colours=colours, cycles=cycles, prints=prints, plain=plain,
    )  # fmt: skip
