"""Counts on the ESC-10 clips that were counted by eye, and picks the bars of presence.

python -m models.tools.sound.evaluate --media DIR [--first FOLDS12.onnx --second FOLDS34.onnx] [--calibrate]

`--first` was trained on folds 1 and 2 and is judged on 3 and 4, `--second` the other way round. In
the cross-validation each half uses the thresholds picked on the other half. With `--calibrate` the bars
below which a sound is not in a clip (`presence` in config.json) are picked on both. Writes results.json.
"""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import numpy as np
from tqdm import tqdm

from .bank import ALL_LABELS, ESC_CLASS, INDEX, LABELS, read
from .events import EVENTS, find_events
from .export import FOLD12, FOLD34, SERVED, open_session, write_config
from .features import FEATURES, mel_power, normalise
from .scenes import JUDGED
from .train import add_arguments

HERE = Path(__file__).parent
# Of the clips of other classes so many may reach the bar; of classes that nobody counted, this is it.
FALSE_ALARMS = 0.05
LEAST_PRESENCE = 0.12
GRID = np.round(np.arange(0.04, 0.96, 0.02), 2)


def hear(session, wave: np.ndarray, events: dict = EVENTS):
    """Mono 16 kHz → proposals; none in digital silence."""
    power = mel_power(wave)
    if power.sum(1).max() <= FEATURES["minReference"]:
        return []
    curves = [curve[0] for curve in session.run(None, {"mel": normalise(power)[None]})]
    return find_events(*curves, len(wave) / 16000, ALL_LABELS, events)


def read_clips(media: Path) -> list[dict]:
    folder = media / "esc10"
    counts = {c["file"]: c for c in json.loads((folder / "COUNTS.json").read_text())}
    with open(folder / "ESC10.csv", newline="") as handle:
        rows = list(csv.DictReader(handle))
    clips = []
    for row in rows:
        truth = counts.get(row["path"])
        sure = truth is not None and truth["certainty"] == "high" and truth["count"] is not None
        clips.append({
            "file": row["path"], "fold": int(row["fold"]), "category": row["category"],
            "label": ESC_CLASS.get(row["category"]), "count": truth["count"] if sure else None,
            "onsets": truth["onsets"] if sure else None, "wave": read(folder / row["path"]),
        })  # fmt: skip
    return clips


def listen(session, clips: list[dict], folds: tuple[int, ...], events: dict = EVENTS) -> list[dict]:
    heard = []
    for clip in tqdm([c for c in clips if c["fold"] in folds], desc=f"folds {folds}"):
        proposals = hear(session, clip["wave"], events)
        heard.append({k: v for k, v in clip.items() if k != "wave"} | {
            "scores": np.array([p.scores for p in proposals]).reshape(-1, len(ALL_LABELS)),
            "starts": np.array([p.start for p in proposals]),
        })  # fmt: skip
    return heard


def counts_of(heard: list[dict], name: str, threshold: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """→ predicted and true counts of the counted clips, and counts on clips of other classes."""
    column = INDEX[name]
    own = [h for h in heard if h["label"] == name and h["count"] is not None]
    other = [h for h in heard if h["label"] != name]
    predict = lambda h: int((h["scores"][:, column] >= threshold).sum())  # noqa: E731
    return np.array([predict(h) for h in own]), np.array([h["count"] for h in own]), np.array([predict(h) for h in other])


def plateau(values: np.ndarray, slack: float = 0.015) -> float:
    """Centre of the longest run of near-best grid points: the corner of a grid is fragile."""
    good = values >= values.max() - slack
    runs, start = [], None
    for i, g in enumerate([*good, False]):
        if g and start is None:
            start = i
        if not g and start is not None:
            runs.append((start, i - 1))
            start = None
    first, last = max(runs, key=lambda r: r[1] - r[0])
    return float(GRID[(first + last) // 2])


def pick_threshold(heard: list[dict], name: str) -> float:
    values = []
    for threshold in GRID:
        got, want, wrong = counts_of(heard, name, threshold)
        values.append((got == want).mean() + (abs(got - want) <= 1).mean() - 2 * (wrong > 0).mean())
    return plateau(np.array(values))


def presence_bar(heard: list[dict], name: str) -> float:
    """The lowest score that at most FALSE_ALARMS of the clips of other classes reach anywhere."""
    best = np.array([h["scores"][:, INDEX[name]].max(initial=0) for h in heard if h["label"] != name])
    return max(LEAST_PRESENCE, next(float(t) for t in GRID if (best >= t).mean() <= FALSE_ALARMS))


def summarise(heard: list[dict], thresholds: dict[str, float]) -> dict:
    out = {}
    for name in JUDGED:
        got, want, wrong = counts_of(heard, name, thresholds[name])
        out[name] = {
            "clips": len(want), "threshold": thresholds[name], "exact": round(float((got == want).mean()), 3),
            "withinOne": round(float((abs(got - want) <= 1).mean()), 3),
            "falsePositives": int((wrong > 0).sum()), "otherClips": len(wrong),
        }  # fmt: skip
    return out


def merge(parts: list[dict]) -> dict:
    out = {}
    for name in JUDGED:
        n = [p[name]["clips"] for p in parts]
        mean = lambda key: round(float(np.average([p[name][key] for p in parts], weights=n)), 3)  # noqa: E731
        out[name] = {
            "clips": sum(n), "exact": mean("exact"), "withinOne": mean("withinOne"),
            "falsePositives": sum(p[name]["falsePositives"] for p in parts),
            "otherClips": sum(p[name]["otherClips"] for p in parts),
        }  # fmt: skip
    return out


def onset_quality(heard: list[dict]) -> dict:
    """How many counted onsets have a proposal of any class nearby, and how far off it lies."""
    out = {}
    for name in JUDGED:
        errors = []
        for h in heard:
            if h["label"] == name and h["onsets"] is not None:
                errors += [float((h["starts"] - t)[np.argmin(abs(h["starts"] - t))]) if len(h["starts"]) else 9.0 for t in h["onsets"]]
        e = np.array(errors)
        near = e[abs(e) <= 0.1]
        out[name] = {
            "onsets": len(e), "proposedWithin100ms": round(len(near) / len(e), 3),
            "medianErrorMs": round(float(np.median(near)) * 1000), "p90AbsoluteErrorMs": round(float(np.quantile(abs(near), 0.9)) * 1000),
        }  # fmt: skip
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--first", type=Path, default=FOLD12)
    parser.add_argument("--second", type=Path, default=FOLD34)
    parser.add_argument("--shipped", type=Path, default=SERVED)
    parser.add_argument("--calibrate", action="store_true", help="write the presence bars into config.json")
    args = parser.parse_args()
    clips = read_clips(args.media)
    first = listen(open_session(args.first), clips, (3, 4))
    second = listen(open_session(args.second), clips, (1, 2)) if args.second else []
    both = first + second
    picked = {half: {n: pick_threshold(h, n) for n in JUDGED} for half, h in (("first", first), ("second", second)) if h}
    fixed = {n: pick_threshold(both, n) for n in JUDGED}
    results = {"sameThresholdsOnBothHalves": summarise(both, fixed), "onsets": onset_quality(both)}
    if second:
        results["crossValidated"] = merge([summarise(first, picked["second"]), summarise(second, picked["first"])])
    if args.shipped.exists():
        session = open_session(args.shipped)
        own = listen(session, clips, (1, 2, 3, 4))
        # The shipped tower has heard more and is surer of itself than the two halves.
        fixed = {n: pick_threshold(both + own, n) for n in JUDGED}
        results["shippedModelOnItsOwnTrainingClips"] = summarise(own, fixed)
    if args.calibrate:
        write_config(presence={"default": LEAST_PRESENCE} | {n: presence_bar(both, n) for n in JUDGED})
    print(json.dumps(results, indent=2))
    if second:
        path = HERE / "results.json"
        kept = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps(kept | results, indent=2) + "\n")


if __name__ == "__main__":
    main()
