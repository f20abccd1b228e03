"""How true and false proposals of photographs score: `python -m models.tools.objects.score_statistics`.

Reads a dump of `evaluate.ts` (`--dump`) and COCO128's boxes; writes quantiles of the best score and of
the true class's score by size and by rank, how many true things are proposed at all, and what is
proposed besides. A simulator of photographs may take its ranges from them.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
SIZES = [0, 0.06, 0.12, 0.25, 0.5, 2]  # root of the box's area in shares of the picture's
BARS = [0.12, 0.2, 0.25, 0.3, 0.4]


def overlap(box: np.ndarray, others: np.ndarray) -> np.ndarray:
    """IoU of one box [4] with boxes [n, 4], corners."""
    low, high = np.maximum(box[:2], others[:, :2]), np.minimum(box[2:], others[:, 2:])
    shared = np.prod(np.maximum(0, high - low), axis=1)
    return shared / (np.prod(box[2:] - box[:2]) + np.prod(others[:, 2:] - others[:, :2], axis=1) - shared)


def summary(values: list[float]) -> dict:
    if not values:
        return {"n": 0}
    return {"n": len(values), "mean": round(float(np.mean(values)), 3), "quantiles": np.quantile(values, QUANTILES).round(3).tolist()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dump", type=Path, default=Path(".cache/objects/coco128.jsonl"))
    parser.add_argument("--counts", type=Path, default=Path("../shared/media/coco128/COUNTS.json"))
    parser.add_argument("--out", type=Path, default=Path(".cache/objects/statistics.json"))
    arguments = parser.parse_args()
    labels = json.loads((Path(__file__).parent / "config.json").read_text())["labels"]
    pictures = {row["file"]: row for row in json.loads(arguments.counts.read_text())}
    proposals, things = [], []
    outside: dict[str, list] = {"perPicture": [], "absentClasses": []}
    mistaken: Counter = Counter()
    for line in arguments.dump.read_text().splitlines():
        row = json.loads(line)
        area = row["width"] * row["height"]
        truth = [(name, np.array([x, y, x + w, y + h])) for name, boxes in pictures[row["file"]]["boxes"].items() for x, y, w, h in boxes]
        boxes = np.array([box for _, box in truth]).reshape(-1, 4)
        found: dict[int, dict] = {}
        ranks: Counter = Counter()
        for one in sorted(row["proposals"], key=lambda p: -max(p["classScores"])):
            scores = np.array(one["classScores"])
            name = labels[int(scores.argmax())]
            box = np.array(one["box"])
            entry = {"score": float(scores.max()), "second": float(np.sort(scores)[-2]), "size": float(np.sqrt(np.prod(box[2:] - box[:2]) / area)), "rank": ranks[name]}
            ranks[name] += 1
            near = overlap(box, boxes) if len(boxes) else np.zeros(0)
            mine = [i for i in np.argsort(-near) if near[i] >= 0.5 and truth[i][0] == name and i not in found]
            others = [i for i in np.argsort(-near) if near[i] >= 0.5]
            if mine:
                entry["kind"] = "true"
                found[mine[0]] = entry
            elif any(truth[i][0] == name for i in others):
                entry["kind"] = "doubled"
            elif others:
                entry["kind"], entry["own"] = "wrong class", float(scores[labels.index(truth[others[0]][0])])
                mistaken[f"{truth[others[0]][0]} as {name}"] += 1
            else:
                part = any(truth[i][0] == name and near[i] > 0.1 for i in range(len(truth)))
                entry["kind"] = "part or group" if part else "nothing"
            proposals.append(entry)
        for i, (_, box) in enumerate(truth):
            things.append({"size": float(np.sqrt(np.prod(box[2:] - box[:2]) / area)), "score": found[i]["score"] if i in found else 0.0})
        outside["perPicture"].append(sum(ranks.values()))
        outside["absentClasses"].append(len(set(ranks) - {name for name, _ in truth}))
    kinds = ["true", "doubled", "wrong class", "part or group", "nothing"]
    bands = list(zip(SIZES, SIZES[1:]))
    of = lambda kind, keep: summary([p["score"] for p in proposals if p["kind"] == kind and keep(p)])  # noqa: E731
    result = {
        "quantiles": QUANTILES,
        "size": "root of the box's area, in shares of the picture's",
        "scores": {kind: of(kind, lambda p: True) for kind in kinds},
        "scoresBySize": {kind: {f"{a}-{b}": of(kind, lambda p, a=a, b=b: a <= p["size"] < b) for a, b in bands} for kind in kinds},
        "scoresByRankInClass": {kind: {str(r): of(kind, lambda p, r=r: p["rank"] == r) for r in range(6)} for kind in kinds},
        "trueShareByRankInClass": {str(r): round(float(np.mean([p["kind"] == "true" for p in proposals if p["rank"] == r] or [0])), 3) for r in range(8)},
        "secondScoreOverBest": {kind: summary([p["second"] / p["score"] for p in proposals if p["kind"] == kind]) for kind in kinds},
        "ownClassScoreOverBestWhereWrong": summary([p["own"] / p["score"] for p in proposals if "own" in p]),
        "mistaken": dict(mistaken.most_common(40)),
        "foundBySize": {f"{a}-{b}": {"n": len(t := [x for x in things if a <= x["size"] < b])} | {str(bar): round(float(np.mean([x["score"] >= bar for x in t] or [0])), 3) for bar in BARS} for a, b in bands},
        "proposalsPerPicture": summary(outside["perPicture"]),
        "absentClassesPerPicture": summary(outside["absentClasses"]),
    }
    arguments.out.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps({k: result[k] for k in ("scores", "trueShareByRankInClass", "foundBySize", "absentClassesPerPicture")}, indent=1))


if __name__ == "__main__":
    main()
