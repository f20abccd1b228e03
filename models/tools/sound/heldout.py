"""Counts on generated scenes of source packages that a tower has not heard, and picks thresholds on scenes.

python -m models.tools.sound.heldout --media DIR [--scenes 500]

Only recordings, no formulas. The thresholds come from scenes of the packages that the tower was
trained on. Writes `leftOutPackages` into results.json: by class the events, the share that has a
proposal within 80 ms, the share of these whose highest class is the right one, how often the number
of proposals above the threshold is exact and within one, and the mean IoU of the found events' times.
`anyHit` counts every hit, of whatever it is, by the class `impact`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from .bank import IMPACT, INDEX, LABELS, Bank, load_bank
from .evaluate import GRID, hear, plateau
from .export import FOLD12, open_session
from .features import mel_power
from .scenes import SceneMaker, hearable, is_percussive
from .train import add_arguments, keep_folds

RESULTS = Path(__file__).parent / "results.json"
NEAR = 0.08
# Below this a class score says nothing.
LEAST_THRESHOLD = 0.2


def listen(session, maker: SceneMaker, scenes: int, seconds: float = 10.0) -> list[tuple[list, list]]:
    """→ (audible truths, proposals) of each scene, talk left out."""
    out = []
    for _ in tqdm(range(scenes), desc="scenes", mininterval=5):
        scene = maker.make(seconds)
        if scene.unsure:
            continue
        wave = scene.mix()
        ends = hearable(mel_power(scene.events_wave), mel_power(wave), scene.truths)
        truths = [replace(t, off=e) for t, e in zip(scene.truths, ends) if e is not None and t.label != INDEX["speech"]]
        out.append((truths, hear(session, wave)))
    return out


def match(times: list[float], starts: list[float]) -> list[int | None]:
    """For each time the nearest free start within `NEAR`, the closest pairs first; None where there is none."""
    found: list[int | None] = [None] * len(times)
    taken: set[int] = set()
    for gap, i, j in sorted((abs(t - s), i, j) for i, t in enumerate(times) for j, s in enumerate(starts) if abs(t - s) < NEAR):
        if found[i] is None and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def thresholds(heard: list[tuple[list, list]]) -> dict[str, float]:
    """Of each class the middle of the thresholds with the best F1 of onsets; 0.4 where there are too few."""
    scores: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    total: dict[int, int] = defaultdict(int)
    for truths, proposals in heard:
        for c in range(len(LABELS)):
            times = [t.on for t in truths if t.label == c or (c == IMPACT and is_percussive(t.label))]
            total[c] += len(times)
            found = {j for j in match(times, [p.start for p in proposals]) if j is not None}
            scores[c] += [(float(p.scores[c]), j in found) for j, p in enumerate(proposals) if j in found or p.scores[c] > 0.05]
    out = {}
    for c, name in enumerate(LABELS):
        score, right = np.array([r[0] for r in scores[c]]), np.array([r[1] for r in scores[c]], bool)
        if right.sum() < 10:
            out[name] = 0.4
            continue
        f1 = [2 * right[score >= t].sum() / ((score >= t).sum() + total[c]) for t in GRID]
        out[name] = max(LEAST_THRESHOLD, plateau(np.array(f1), 0.01))
    return out


def iou(a: float, b: float, c: float, d: float) -> float:
    return max(0.0, min(b, d) - max(a, c)) / (max(b, d) - min(a, c) + 1e-9)


def judge(heard: list[tuple[list, list]], bars: dict[str, float]) -> dict[str, dict]:
    rows: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for truths, proposals in heard:
        found = match([t.on for t in truths], [p.start for p in proposals])
        for t, j in zip(truths, found):
            row = rows[LABELS[t.label]]
            row["proposed"].append(j is not None)
            if j is not None:
                # Every hit is an impact too; which one is the question.
                known = proposals[j].scores[: len(LABELS)].copy()
                if t.label != IMPACT:
                    known[IMPACT] = 0
                row["named"].append(int(known.argmax()) == t.label)
                row["iou"].append(iou(t.on, t.off, proposals[j].start, proposals[j].end))
        hits = [t for t in truths if is_percussive(t.label)]
        if hits:
            struck, got = match([t.on for t in hits], [p.start for p in proposals]), sum(p.scores[IMPACT] >= bars["impact"] for p in proposals)
            rows["anyHit"]["proposed"] += [j is not None for j in struck]
            rows["anyHit"]["named"] += [bool(proposals[j].scores[IMPACT] >= bars["impact"]) for j in struck if j is not None]
            rows["anyHit"]["exact"].append(got == len(hits))
            rows["anyHit"]["withinOne"].append(abs(int(got) - len(hits)) <= 1)
        for c in {t.label for t in truths}:
            want, got = sum(t.label == c for t in truths), sum(p.scores[c] >= bars[LABELS[c]] for p in proposals)
            rows[LABELS[c]]["exact"].append(got == want)
            rows[LABELS[c]]["withinOne"].append(abs(int(got) - want) <= 1)
    mean = lambda values: round(float(np.mean(values)), 3) if values else None  # noqa: E731

    def line(row: dict[str, list]) -> dict:
        return {"scenes": len(row["exact"]), "events": len(row["proposed"])} | {k: mean(row[k]) for k in ("proposed", "named", "exact", "withinOne", "iou")}

    whole: dict[str, list] = defaultdict(list)
    for name, row in rows.items():
        if name == "anyHit":
            continue
        for key, values in row.items():
            whole[key] += values
    return {"all": line(whole)} | {name: line(rows[name]) for name in ("anyHit", *LABELS) if name in rows}


def unheard(bank: Bank, folds: list[int]) -> Bank:
    """The packages that a run with `folds` left out; no ESC-10, which has its own evaluation."""
    keep = keep_folds(folds)
    return bank.select(lambda group: group.startswith("package:") and not keep(group))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--onnx", type=Path, default=FOLD12)
    parser.add_argument("--folds", type=int, nargs="+", default=[1, 2], help="what the tower was trained on")
    parser.add_argument("--scenes", type=int, default=500)
    args = parser.parse_args()
    bank, session = load_bank(args.media, args.cache), open_session(args.onnx)
    seen = listen(session, SceneMaker(bank.select(keep_folds(args.folds)), 71), args.scenes)
    fresh = listen(session, SceneMaker(unheard(bank, args.folds), 72, formulas=False), args.scenes)
    bars = thresholds(seen)
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results["leftOutPackages"] = judge(fresh, bars)
    results["packagesTrainedOn"] = {"all": judge(seen, bars)["all"]}
    RESULTS.write_text(json.dumps(results, indent=2) + "\n")
    print(json.dumps({k: results[k] for k in ("leftOutPackages", "packagesTrainedOn")}, indent=1))


if __name__ == "__main__":
    main()
