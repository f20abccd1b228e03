"""Tower curves → sound proposals. src/families/nano/sound-events.ts holds the same rules."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

EVENTS = {
    "stepSeconds": 0.02,
    # Low on purpose: the decoder chooses among the proposals, and cannot point at what is missing.
    "onsetThreshold": 0.06,
    "minGapSeconds": 0.06,
    # A class is judged over this long after the onset, or up to the next one.
    "poolSeconds": 0.12,
    # score = activity^(1 - onsetShare) * classOnset^onsetShare
    "onsetShare": 0.5,
    # An event lasts while activity, weighed with its class scores, stays above this share of its peak,
    # or until an onset of the same best class with this share of its own score times confidence.
    "offShare": 0.4,
    "rivalShare": 0.8,
    "minLengthSeconds": 0.04,
    "maxLengthSeconds": 6.0,
    # These cannot begin again so soon: of the onsets inside the gap one is the beginning. Picked on the scenes of
    # `suite_sounds` for training, by the counts of one threshold with and without.
    "classGapSeconds": {
        "snore": 1.5, "rooster": 1.0, "doorbell": 1.0,
        "baby_cry": 0.8, "wolf": 0.8, "siren": 0.8, "cow": 0.8, "thunder": 0.8,
        "sneeze": 0.5, "donkey": 0.5, "horse": 0.5, "engine_start": 0.5, "applause": 0.5,
        "laugh": 0.4, "scream": 0.4, "cat": 0.4, "sheep": 0.4, "owl": 0.4, "phone": 0.4, "glass_break": 0.4, "saw": 0.4,
        "cough": 0.3, "car_horn": 0.3, "whistle": 0.3, "hen": 0.3, "frog": 0.3, "bird_chirp": 0.3, "splash": 0.3,
        "duck": 0.2, "crow": 0.2, "explosion": 0.2,
    },
    # The others' class scores are multiplied by this; see `damp_syllables`.
    "syllableShare": 0.06,
    # How likely two onsets are of one kind, by the cosine of their fingerprints; see `likeness`. The fingerprint is
    # trained with these numbers (`fingerprint.py`).
    "likeness": {"slope": 5.0, "middle": 0.4},
    # How a sound that recurs is told from the others; see `recurrence`.
    "repeated": {"withinSeconds": 30.0, "alone": 0.5},
}
REPEATED = "repeated"
# What is written down of a tower's output (`dump.py`) leaves lower scores out. What is asked for and not recognised is
# told by scores not much higher.
LEAST_SCORE = 0.0005


@dataclass
class SoundProposal:
    start: float
    end: float
    confidence: float
    scores: np.ndarray
    fingerprint: np.ndarray  # of length 1


def find_events(
    onset: np.ndarray, activity: np.ndarray, class_onset: np.ndarray, fingerprint: np.ndarray, seconds: float, labels: list[str], config: dict = EVENTS
) -> list[SoundProposal]:
    """Curves of probabilities [N], [N, classes], [N, classes] and fingerprints [N, F] → proposals in order of time.

    Where `labels` has one name more than there are classes, `repeated`, its score is added at the end.
    """
    step, n = config["stepSeconds"], len(onset)
    peaks = find_peaks(onset, config)
    found, prints = [], []
    for k, i in enumerate(peaks):
        pool = slice(i, pool_end(peaks, k, n, config))
        act = activity[pool].mean(0)
        on = class_onset[max(0, i - 1) : i + 2].max(0)
        share = config["onsetShare"]
        found.append((i, act ** (1 - share) * on**share))
        mark = fingerprint[pool].mean(0, dtype=np.float64)
        prints.append(mark / max(float(np.sqrt(np.square(mark).sum())), 1e-9))
    damp_syllables(peaks, [s for _, s in found], labels, config)
    again = recurrence(np.array(peaks) * step, np.array([onset[i] for i in peaks], np.float64), likeness(np.array(prints), config["likeness"]), config["repeated"])
    proposals = []
    best = [int(np.argmax(s)) for _, s in found]
    for k, (i, scores) in enumerate(found):
        own = scores[best[k]] * onset[i]
        rivals = (j for j in range(k + 1, len(found)) if best[j] == best[k] and found[j][1][best[k]] * onset[found[j][0]] >= config["rivalShare"] * own)
        rival = next((found[j][0] for j in rivals), n)
        last = min(rival, n, i + round(config["maxLengthSeconds"] / step))
        end = fall(activity[i:last].astype(np.float64) @ scores.astype(np.float64), config["offShare"]) + i
        start = (i + vertex(onset, i)) * step
        stop = min(max(end * step, start + config["minLengthSeconds"]), max(seconds, start))
        if len(labels) > len(scores):
            scores = np.append(scores, np.float32(again[k]))
        proposals.append(SoundProposal(max(0.0, min(start, seconds)), stop, float(onset[i]), scores, prints[k].astype(np.float32)))
    return proposals


def find_peaks(onset: np.ndarray, config: dict) -> list[int]:
    """Local maxima; of two equal values the first wins."""
    reach = round(config["minGapSeconds"] / config["stepSeconds"])
    peaks = []
    for i, p in enumerate(onset):
        if p < config["onsetThreshold"]:
            continue
        left, right = onset[max(0, i - reach) : i], onset[i + 1 : i + 1 + reach]
        if (len(left) == 0 or p > left.max()) and (len(right) == 0 or p >= right.max()):
            peaks.append(i)
    return peaks


def pool_end(peaks: list[int], k: int, steps: int, config: dict) -> int:
    """The step after the last one over which onset `k` is judged."""
    pool = max(1, round(config["poolSeconds"] / config["stepSeconds"]))
    return max(peaks[k] + 1, min(peaks[k] + pool, peaks[k + 1] if k + 1 < len(peaks) else steps))


def fall(level: np.ndarray, share: float) -> float:
    """Steps until `level` falls below a share of its peak so far, between two steps by a straight line."""
    peak = 0.0
    for end, value in enumerate(level):
        peak = max(peak, value)
        if value < share * peak:
            return end - 1 + (level[end - 1] - share * peak) / (level[end - 1] - value)
    return float(len(level))


def likeness(prints: np.ndarray, config: dict) -> np.ndarray:
    """Fingerprints [n, F] of length 1 → [n, n] 0…1: twice the probability that two onsets are of one kind, less 1; 0
    where they are likelier not. With itself 1."""
    alike = np.maximum(0, np.tanh(config["slope"] / 2 * (prints @ prints.T - config["middle"]))) if len(prints) else np.zeros((0, 0))
    np.fill_diagonal(alike, 1)
    return alike


def recurrence(starts: np.ndarray, confidences: np.ndarray, alike: np.ndarray, config: dict) -> np.ndarray:
    """[n] 0…1: how much each onset belongs to the sound that comes most often.

    The support of an onset is the sum of its likenesses [n, n] to the others nearby, each times the other's
    confidence. The score is the onset's confidence times (alone + support) / (alone + largest support): a sound that
    comes once scores by its confidence where nothing recurs, and little beside one that does.
    """
    near = np.abs(starts[:, None] - starts) <= config["withinSeconds"]
    near &= ~np.eye(len(starts), dtype=bool)
    support = np.where(near, alike, 0) @ confidences
    return confidences * (config["alone"] + support) / (config["alone"] + support.max(initial=0))


def damp_syllables(peaks: list[int], scores: list[np.ndarray], labels: list[str], config: dict) -> None:
    """Lowers, in place, the class scores of all but one of the onsets inside a class's gap: of those that follow
    a first one, or of the first where it is weak: an intake of breath before the sneeze."""
    for name, gap in config["classGapSeconds"].items():
        c = labels.index(name)
        own = np.array([s[c] for s in scores])
        damp(peaks, own, gap / config["stepSeconds"], config["syllableShare"])
        for s, value in zip(scores, own):
            s[c] = value


def damp(starts, scores: np.ndarray, gap: float, share: float) -> None:
    """The same of one class: scores [n], and starts, ascending, in the unit of `gap`."""
    for k, start in enumerate(starts):
        for j in range(k - 1, -1, -1):
            if start - starts[j] >= gap:
                break
            if scores[j] >= 0.5 * scores[k]:
                scores[k] *= share
                break
            scores[j] *= share


def vertex(curve: np.ndarray, i: int) -> float:
    """Where between the steps the peak lies: −0.5…0.5, from a parabola through the logarithms."""
    if i == 0 or i + 1 >= len(curve):
        return 0.0
    a, b, c = (np.log(max(float(v), 1e-6)) for v in curve[i - 1 : i + 2])
    bend = a - 2 * b + c
    return 0.0 if bend >= -1e-9 else float(np.clip(0.5 * (a - c) / bend, -0.5, 0.5))
