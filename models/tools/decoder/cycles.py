"""Makes up what a motion tower might say: trains of repetitions with missed, merged, split and clipped
cycles, the same movement seen a second time at the same, half or double period, other trains (someone
walks, the camera shakes), and single movements that repeat nothing (getting into position).
"""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.tools.decoder.common import squash
from models.tools.decoder.scene import CYCLE
from models.tools.decoder.world import Event, Layer, Row

if TYPE_CHECKING:
    from models.tools.decoder.simulate import Simulator

SIMILAR_CYCLES = [
    ["push-up", "sit-up", "squat", "lunge", "pull-up"], ["jumping jack", "jump", "squat", "kick", "bounce", "flip"],
    ["wave", "clap", "punch", "swing", "kick"], ["nod", "swing", "wave"], ["bounce", "swing", "jump"], ["flip", "spin", "jump"],
]  # fmt: skip


def alike(names: list[str]) -> list[list[int]]:
    """Per label the labels that a tower may take it for."""
    groups = [[names.index(name) for name in group if name in names] for group in SIMILAR_CYCLES]
    return [sorted({other for group in groups if label in group for other in group} - {label}) for label in range(len(names))]


def presume(layer: Layer, weights: np.ndarray, generic: int, numbers: dict) -> Layer:
    """What the product lets pass for the asked movement: `src/families/nano/motion/presume.ts`. `numbers`: the
    `presumption` of the motion tower's config."""
    named = np.flatnonzero(weights == 1)
    clear = [row for row in layer.rows if row.confidence >= numbers["leastConfidence"]]
    if generic in named or not clear:
        return layer
    shares = np.mean([row.scores / row.confidence for row in clear], 0)
    rivals = np.delete(shares, [*named, generic])
    if rivals.max() > shares[named].max() and rivals.max() >= numbers["rivalShare"]:
        return layer
    rows = []
    for row in layer.rows:
        granted = numbers["grantedShare"] * row.confidence
        scores = np.minimum(row.scores, numbers["othersShare"] * granted)
        scores[generic] = row.scores[generic]
        scores[named] = np.maximum(row.scores[named], granted)
        rows.append(replace(row, scores=scores, plain=row.scores))
    return replace(layer, rows=rows)


def cycle_layer(sim: "Simulator", rng: np.random.Generator, duration: float, level: float, focus: list) -> Layer:
    """`focus`: labels and how many cycles of each, one train or several, or the middles of them (0: none;
    others may be there)."""
    names = sim.cycles
    labels, generic = len(names), names.index("repetition")
    noise = level * rng.choice([0.1, 0.5, 1.0, 1.5], p=[0.25, 0.3, 0.3, 0.15])
    size = (float(rng.choice([368, 640, 720, 1280, 1920])), float(rng.choice([360, 432, 656, 720, 1080])))
    scale = np.array([*size, *size])
    base = rng.uniform(-6, -3, labels)
    rows: list[Row] = []
    series: list[int] = []  # of each row: the train, or a number of its own
    events: list[Event] = []
    # As the tower does: its class scores are shares of its confidence, its cycles do not overlap, and it has no bar.
    like_tower = rng.random() < sim.like_tower
    bar = rng.uniform(0.01, 0.05) if like_tower else rng.uniform(0.05, 0.35)
    taken: list[tuple[float, float]] = []  # when counted trains run

    def place() -> np.ndarray:
        half = np.exp(rng.uniform(np.log(0.05), np.log(0.4), 2))
        centre = rng.uniform(0.15, 0.85, 2)
        return np.clip(np.r_[centre - half, centre + half], 0, 1)

    def propose(start, end, sure, logits, event, box, regularity, amplitude, period, train: int = -1) -> None:
        start, end = max(start, 0.0), min(end, duration)
        confidence = float(squash(sure))
        if end - start < 0.03 or confidence < bar:
            return
        wobble = np.clip(box + rng.normal(0, 0.02, 4), 0, 1)
        wobble[2:] = np.maximum(wobble[2:], wobble[:2] + 0.01)
        scores = squash(logits)
        if like_tower:
            scores = confidence * scores
            scores[generic] = confidence
        series.append(train if train >= 0 else 1000 + len(rows))
        rows.append(Row(start, end, confidence, scores, event, np.r_[start, wobble * scale][None],
                        cycle=(float(np.clip(regularity, 0, 1)), float(max(amplitude, 0.02)), float(np.clip(period, 0.1, 8)))))  # fmt: skip

    def profile_of(source: int) -> np.ndarray:
        logits = base.copy()
        clear = rng.normal(1.8, 1.2) if rng.random() < 0.7 else rng.normal(-1.5, 1.2)  # where no body is seen
        logits[source] = clear
        for other in sim.alike_cycles[source]:
            if rng.random() < 0.5:
                logits[other] = max(logits[other], clear - rng.exponential(3 / max(noise, 0.2)))
        logits[generic] = rng.normal(2.5, 1.0)
        return logits

    def add(source: int, count: int, real: bool, train: int, middles: np.ndarray | None = None) -> None:
        """One train; of a movement that is asked about only where it is real."""
        jitter = rng.choice([0.03, 0.1, 0.22])
        if middles is not None:
            apart = np.diff(middles, prepend=middles[0] - 1, append=middles[-1] + 1)
            lengths = np.minimum(np.minimum(apart[:-1], apart[1:]), np.exp(rng.uniform(np.log(0.3), np.log(2)))) * 0.95
            starts, total, period = middles - lengths / 2, middles[-1] - middles[0], float(np.median(lengths))
        else:
            period = np.exp(rng.uniform(np.log(0.25), np.log(4.5)))
            period = min(period, duration / (count + 0.5) * rng.uniform(0.5, 1.0))
            drift = rng.normal(0, 0.02)
            lengths = period * np.exp(rng.normal(0, jitter, count) + drift * np.arange(count))
            pauses = np.where(rng.random(count) < rng.choice([0, 0.1, 0.5]), rng.exponential(period, count), 0)
            pauses[0] = 0
            total = lengths.sum() + pauses.sum()
            if total > duration:
                lengths, pauses = lengths * duration / total, pauses * duration / total
                total = duration
            starts = rng.uniform(0, duration - total) + np.cumsum(np.r_[0, (lengths + np.r_[pauses[1:], 0])[:-1]])
        if period < 0.15:
            return
        ends = starts + lengths
        if real and any(a < ends[-1] + 0.3 and starts[0] - 0.3 < b for a, b in taken):
            return
        logits, box, sure = profile_of(source), place(), rng.normal(2.2, 1.1)
        heights = np.exp(rng.normal(0, rng.choice([0.05, 0.15, 0.35]), count))
        regular = np.clip(rng.normal(0.85, 0.12) - jitter * 0.8, 0.1, 1)
        shift = rng.normal(0, 0.08) * period  # where a cycle begins is a convention
        mine = [Event(source, float(a), float(b), train=train) for a, b in zip(starts, ends)]
        events.extend(mine)
        taken.append((starts[0], ends[-1]))
        median, height = np.median(lengths), np.median(heights)
        missed, merged_share, split_share = (rng.uniform(0, x * noise) * (rng.random() < 0.6) for x in (0.08, 0.06, 0.1))
        at = 0
        while at < count:
            loose = rng.normal(0, 0.06 * period * (0.4 + noise), 2)
            low, high = starts[at] + shift + loose[0], ends[at] + shift + loose[1]
            own = logits + rng.normal(0, 0.25 + 0.3 * noise, labels) + rng.normal(0, 0.25 + 0.3 * noise)
            certain = sure + rng.normal(0, 0.3 + 0.3 * noise) + min(0, 2 * np.log(heights[at] / height))
            ratio, tall = lengths[at] / median, heights[at] / height
            calm = regular + rng.normal(0, 0.05 + 0.08 * noise)
            edge = at == 0 and starts[0] < 0.1 * period or at == count - 1 and ends[-1] > duration - 0.1 * period
            if at + 1 < count and rng.random() < merged_share:  # one proposal for two
                propose(low, ends[at + 1] + shift, certain - rng.exponential(0.7), own, mine[at], box, calm - 0.2, tall, 2 * ratio, train)
                at += 2
                continue
            if rng.random() < split_share:  # two for one: down and up
                middle = low + (high - low) * rng.uniform(0.35, 0.65)
                first = rng.random() < 0.5
                for part, (a, b) in enumerate([(low, middle), (middle, high)]):
                    event = mine[at] if (part == 0) == first else None
                    propose(a, b, certain - rng.exponential(0.8) - (event is None) * rng.exponential(1.5), own, event, box,
                            calm - rng.uniform(0, 0.3), tall * rng.uniform(0.4, 1.0), ratio / 2, train)  # fmt: skip
            elif rng.random() >= missed + 0.08 * edge:
                propose(low, high, certain - edge * rng.exponential(0.8), own, mine[at], box, calm, tall, ratio, train)
            at += 1
        # Before and after: getting into position, part of a cycle at the clip's edge.
        for low, high in ((starts[0] - lengths[0], starts[0]), (ends[-1], ends[-1] + lengths[-1])):
            if rng.random() < 0.35:
                stretch = np.exp(rng.normal(0, 0.5))
                middle, half = (low + high) / 2, (high - low) / 2 * stretch
                own = logits + rng.normal(-0.7, 0.9, labels)
                propose(middle - half, middle + half, sure - rng.exponential(1.8), own, None, box, regular * rng.uniform(0.1, 0.8),
                        np.exp(rng.normal(-0.2, 0.6)), stretch, train)  # fmt: skip
        if rng.random() < 0.18 * noise and count > 1:  # seen again in another signal, at the same or another period
            step = rng.choice([0.5, 1, 2])
            own, elsewhere = profile_of(source) - rng.uniform(0, 2), box if rng.random() < 0.6 else place()
            own[generic] = logits[generic] - rng.uniform(0, 2)
            moment, weaker = starts[0] + rng.uniform(0, period), rng.uniform(0.3, 2.5)
            part_end = ends[-1] if rng.random() < 0.6 else starts[0] + total * rng.uniform(0.2, 1)
            while moment < part_end:
                long = median * step * np.exp(rng.normal(0, 0.1))
                propose(moment, moment + long, sure - weaker + rng.normal(0, 0.4), own + rng.normal(0, 0.3, labels), None, elsewhere,
                        regular - rng.uniform(0, 0.4), np.exp(rng.normal(0, 0.3)), np.exp(rng.normal(0, 0.15)))  # fmt: skip
                moment += long

    asked = [label for label, _ in focus]
    for train, (label, count) in enumerate(focus):
        if isinstance(count, np.ndarray):
            if len(count):
                add(label if label != generic else int(rng.integers(generic)), len(count), True, train, count)
            continue
        left = count
        while left > 0:
            size_of = left if rng.random() < 0.75 else int(rng.integers(1, left + 1))
            add(label if label != generic else int(rng.integers(generic)), size_of, True, train)
            left -= size_of
    for number in range(rng.choice([0, 1, 2], p=[0.62, 0.28, 0.1])):  # another movement
        near = sim.alike_cycles[asked[0]]
        source = int(rng.choice(near)) if near and rng.random() < 0.5 else int(rng.integers(generic))
        if source not in asked and generic not in asked:
            add(source, int(rng.integers(1, 14)), False, 10 + number)
    if rng.random() < 0.35 * (noise + 0.3):  # steps, a shaking camera, swaying leaves: repeated, but nothing that is asked about
        period, moment = np.exp(rng.uniform(np.log(0.2), np.log(2))), rng.uniform(0, duration)
        logits, box, sure = base + rng.exponential(1.0, labels), place(), rng.normal(-0.5, 1.2)
        logits[generic] = rng.normal(0.0, 1.5)
        for _ in range(int(rng.integers(2, 14))):
            propose(moment, moment + period, sure + rng.normal(0, 0.5), logits + rng.normal(0, 0.5, labels), None, box,
                    rng.uniform(0.1, 0.75), np.exp(rng.normal(0, 0.4)), np.exp(rng.normal(0, 0.2)))  # fmt: skip
            moment += period * np.exp(rng.normal(0, 0.15))
            if moment > duration:
                break
    for _ in range(rng.poisson(min(0.08 * (noise + 0.3) * duration, 6))):  # single movements
        long, low = np.exp(rng.uniform(np.log(0.2), np.log(4))), rng.uniform(0, duration)
        logits = base + rng.normal(0, 1, labels)
        logits[rng.integers(labels)] += rng.exponential(2.0)
        if rng.random() < 0.35:
            logits[asked[0]] += rng.exponential(2.0)
        logits[generic] = rng.normal(-0.5, 1.2)
        alone = rng.random() < 0.5
        propose(low, low + long, rng.normal(-0.7, 1.1), logits, None, place(), rng.beta(1.5, 4),
                1.0 if alone else np.exp(rng.normal(0, 0.5)), 1.0 if alone else np.exp(rng.normal(0, 0.5)))  # fmt: skip
    if like_tower:
        kept: list[int] = []
        for at in sorted(range(len(rows)), key=lambda at: -rows[at].confidence):
            row = rows[at]
            if all(series[k] == series[at] or row.end < rows[k].start + 0.1 or row.start > rows[k].end - 0.1 for k in kept):
                kept.append(at)
        rows = [rows[at] for at in kept]
    return Layer(CYCLE, rows, events, size).sort()
