"""What the decoder sees of one question over one clip (`src/families/nano/target.ts`, `proposal.ts`).

A scene has ONE list of proposals of three towers, in order of their start. The counted tower's may be
pointed at; another tower's are there because the question has a condition (“while the dog barks”).
"""

from dataclasses import dataclass, field

import numpy as np

TOWERS = ("sound", "object", "cycle")
SOUND, OBJECT, CYCLE = range(3)
LABELS = 80  # width of `scores`: the longest label list; shorter towers' rows end in zeros
COLOURS = ["black", "white", "grey", "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown"]
RELATIONS = ("during", "outside", "before", "after", "with")


def padded(weights: np.ndarray) -> np.ndarray:
    out = np.zeros(LABELS)
    out[: len(weights)] = weights
    return out


@dataclass
class Condition:
    kind: str  # one of TOWERS
    weights: np.ndarray  # [LABELS] weight 0…1 per label of that tower
    relation: str  # one of RELATIONS
    which: int = 0  # before, after: 0 the first, 1 the second …, −1 the last
    colour: int | None = None  # index into COLOURS


@dataclass
class Scene:
    """Times in seconds on the media's clock, boxes in pixels of the displayed frame."""

    kind: str  # the counted tower, one of TOWERS
    weights: np.ndarray  # [LABELS] target weight 0…1 per label of that tower
    start: float
    duration: float
    words: np.ndarray  # [words, 48]
    towers: np.ndarray  # [n] SOUND | OBJECT | CYCLE
    starts: np.ndarray  # [n], ascending
    ends: np.ndarray
    confidences: np.ndarray
    scores: np.ndarray  # [n, LABELS]
    mode: str = "each"  # 'each' | 'atOnce' | 'colours' | 'kinds'
    colour: int | None = None
    window: tuple[float, float] | None = None
    condition: Condition | None = None
    frame: tuple[float, float] = (1.0, 1.0)
    # Objects [sightings, 5], cycles [1, 5]: rows of time, x1, y1, x2, y2. None for sounds.
    paths: list = field(default_factory=list)
    mean_scores: np.ndarray | None = None  # objects; zero elsewhere
    appearance: np.ndarray | None = None  # objects
    colours: np.ndarray | None = None  # objects [n, 11]
    cycles: np.ndarray | None = None  # cycles [n, 3]: regularity, amplitude, period ratio
    prints: np.ndarray | None = None  # sounds [n, F]: fingerprints of length 1; zero elsewhere
    plain: np.ndarray | None = None  # [n, LABELS] scores before presumption; `scores` where nothing was presumed
    targets: list[int] | None = None  # training: the proposals to point at, ascending
    true_count: int | None = None  # evaluation: what happened, found by a tower or not
    true_spans: np.ndarray | None = None  # evaluation: [count, 2] seconds
    # Evaluation: per proposal (start, end, key) of the event that it shows, or None; the key is its colour
    # or class in modes colours and kinds, and `keys` those of `true_spans`.
    shows: list | None = None
    keys: list | None = None
    name: str = ""

    def __post_init__(self):
        n = len(self.starts)
        self.weights = padded(self.weights)
        if self.condition is not None:
            self.condition.weights = padded(self.condition.weights)
        if self.scores.shape[1] < LABELS:
            self.scores = np.pad(self.scores, ((0, 0), (0, LABELS - self.scores.shape[1])))
        self.plain = self.scores if self.plain is None else self.plain
        self.paths = self.paths or [None] * n
        self.mean_scores = np.zeros(n) if self.mean_scores is None else self.mean_scores
        self.appearance = np.zeros(n) if self.appearance is None else self.appearance
        self.colours = np.zeros((n, len(COLOURS))) if self.colours is None else self.colours
        self.cycles = np.zeros((n, 3)) if self.cycles is None else self.cycles
        self.prints = np.zeros((n, 1)) if self.prints is None else self.prints

    @property
    def pointable(self) -> np.ndarray:
        """[n]: which proposals are of the counted kind."""
        return self.towers == TOWERS.index(self.kind)

    def select(self, keep: np.ndarray) -> None:
        """Only these proposals, in this order; targets follow, ascending."""
        place = {int(old): new for new, old in enumerate(keep)}
        if self.targets is not None:
            self.targets = sorted(place[t] for t in self.targets if t in place)
        for name in ("towers", "starts", "ends", "confidences", "scores", "mean_scores", "appearance", "colours", "cycles", "prints", "plain"):
            setattr(self, name, getattr(self, name)[keep])
        self.paths = [self.paths[i] for i in keep]
        if self.shows is not None:
            self.shows = [self.shows[i] for i in keep]
