"""Measures the decoder against tuned rules: `python -m models.tools.decoder.evaluate` writes `results.json`.

The generated suite (`suite.py`) at three noise levels, per category and modality and by question type: exact
and within-one rates in per cent, mean absolute error and mean temporal IoU (section B.3: both sides' overlapping
intervals merged, length of the intersection over that of the union; nothing on both sides is 1). Where
time has no extent (photographs) it is the share of instances found, and for modes colours and kinds that
of one instance each. Then object proposals of photographs and clips (`--objects`, lines of `{file, duration,
width, height, truth: {class: count}, proposals}`), and held-out lines of a sound tower (`--real`).

Rules (`rules.py`) are tuned at each level on other scenes of the same kind. `oracle` is the best that any choice
among the proposals can reach.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import onnxruntime
from tqdm import tqdm

from models.tools.decoder.export import GRAPH, ROOT
from models.tools.decoder.features import limit
from models.tools.decoder.labels import OBJECT_NAMES, Words
from models.tools.decoder.real import RealSounds
from models.tools.decoder.rules import proposal_rows, rule0, rule1, tune
from models.tools.decoder.run import OnnxDecoder, answer
from models.tools.decoder.scene import OBJECT, Scene
from models.tools.decoder.simulate import Simulator
from models.tools.decoder.suite import LEVELS, suite

HERE = Path(__file__).resolve().parent
BANDS = [(0, 0), (1, 3), (4, 8), (9, 15), (16, 100)]
WAYS = ("B0", "B1", "decoder", "oracle")


def union(spans: np.ndarray) -> np.ndarray:
    out: list[list[float]] = []
    for low, high in sorted(map(tuple, spans)):
        if out and low <= out[-1][1]:
            out[-1][1] = max(out[-1][1], high)
        else:
            out.append([low, high])
    return np.array(out).reshape(-1, 2)


def temporal_iou(scene: Scene, pointed: list[int]) -> float:
    truth = scene.true_spans
    if not len(truth) and not pointed:
        return 1.0
    if not len(truth) or not pointed:
        return 0.0
    if scene.keys is not None:  # of a colour or class any instance will do
        shown = {scene.shows[i][2]: scene.shows[i][:2] for i in pointed if scene.shows[i] is not None}
        truth = np.array([shown.get(key, tuple(span)) for key, span in zip(scene.keys, truth)])
    found = np.stack([scene.starts[pointed], scene.ends[pointed]], 1)
    if scene.duration == 0:
        right = sum(i in scene.targets for i in pointed) if scene.keys is None else len(set(shown) & set(scene.keys))
        return right / (len(truth) + len(pointed) - right)
    a, b = union(found), union(truth)
    shared = np.maximum(np.minimum(a[:, None, 1], b[None, :, 1]) - np.maximum(a[:, None, 0], b[None, :, 0]), 0).sum()
    total = np.diff(a).sum() + np.diff(b).sum() - shared
    return float(shared / total) if total > 0 else 0.0


def figures(counts: list[int], scenes: list[Scene], ious: list[float] | None = None) -> dict:
    off = np.abs(np.array(counts) - [s.true_count for s in scenes])
    out = {"n": len(scenes), "Acc": round(100 * float((off == 0).mean()), 1), "OBOA": round(100 * float((off <= 1).mean()), 1), "MAE": round(float(off.mean()), 2)}
    return out if ious is None else out | {"tIoU": round(float(np.mean(ious)), 3)}


def choices(way: str, decoder, scenes: list[Scene], settings: dict, vectors, name: str = "") -> tuple[list[list[int]], list[float]]:
    """What each scene's answer points at, and how certain the decoder is of it."""
    if way == "oracle":
        return [s.targets for s in scenes], [1.0] * len(scenes)
    if way == "decoder":
        answers = [answer(decoder, s, vectors) for s in tqdm(scenes, desc=name, mininterval=5)]
        return [a.pointed for a in answers], [a.certainty for a in answers]
    rule = rule0 if way == "B0" else rule1
    return [list(np.flatnonzero(rule(proposal_rows(s, vectors), s, *settings[way, s.kind]))) for s in scenes], [1.0] * len(scenes)


def tuned(tuning: list[Scene], vectors) -> dict:
    settings = {}
    for kind in sorted({s.kind for s in tuning}):
        examples = [(proposal_rows(s, vectors), s) for s in tuning if s.kind == kind]
        for way, rule in (("B0", rule0), ("B1", rule1)):
            settings[way, kind] = tune(rule, kind, examples)
    return settings


def judge(decoder, level: str, simulator: Simulator, seed: int, times: int) -> dict:
    made = suite(simulator, level, "sounds", seed, times)
    tuning = [s for _, _, s in suite(simulator, level, "tune", seed + 1)]
    vectors, scenes = simulator.label_vectors, [s for _, _, s in made]
    settings = tuned(tuning, vectors)
    groups: dict[str, list[int]] = defaultdict(list)
    for i, (category, modality, scene) in enumerate(made):
        condition = f" {scene.condition.relation}" if scene.condition is not None else ""
        band = next(f"{a}-{b}" for a, b in BANDS if a <= scene.true_count <= b)
        for key in ("all", f"category {category}", f"modality {modality}", f"question {scene.name}", f"count {band}", f"relation{condition}" if condition else "all"):
            if not groups[key] or groups[key][-1] != i:
                groups[key].append(i)
    result: dict = {"level": LEVELS[level], "rules": {f"{way} {kind}": [float(x) for x in v] for (way, kind), v in settings.items()}}
    tables: dict[str, dict] = {key: {} for key in sorted(groups)}
    for way in WAYS:
        pointed, certain = choices(way, decoder, scenes, settings, vectors, f"suite {level}")
        ious = [temporal_iou(s, p) for s, p in zip(scenes, pointed)]
        for key, at in groups.items():
            tables[key][way] = figures([len(pointed[i]) for i in at], [scenes[i] for i in at], [ious[i] for i in at])
        if way == "decoder":
            right = np.array([len(p) == s.true_count for p, s in zip(pointed, scenes)])
            bins = np.clip((np.array(certain) * 10).astype(int), 0, 9)
            result["certainty"] = [
                {"from": b / 10, "n": int((bins == b).sum()), "mean": round(float(np.array(certain)[bins == b].mean()), 3), "Acc": round(100 * float(right[bins == b].mean()), 1)}
                for b in range(10) if (bins == b).any()
            ]  # fmt: skip
    print(level, json.dumps({k: tables[k] for k in tables if k.split()[0] in ("all", "category", "modality")}, indent=1))
    return result | {"tables": tables}


def object_scenes(file: Path, simulator: Simulator) -> list[Scene]:
    """“How many …?” for every class with a true count; and for those not there, which the detector names best."""
    scenes = []
    for line in file.read_text().splitlines():
        row = json.loads(line)
        proposals = sorted(row["proposals"], key=lambda p: p["startSeconds"])
        scores = np.array([p["classScores"] for p in proposals]).reshape(-1, len(OBJECT_NAMES))
        absent = sorted({OBJECT_NAMES[i] for i in scores.argmax(1)} - set(row["truth"])) if len(scores) else []
        for label, count in [*row["truth"].items(), *((name, 0) for name in absent)]:
            paths = [np.array([[s["timestampSeconds"], *s["box"]] for s in p["path"]]) for p in proposals]
            n = len(proposals)
            scene = Scene(
                kind="object", start=0.0, duration=row["duration"], weights=np.eye(len(OBJECT_NAMES))[OBJECT_NAMES.index(label)],
                words=simulator.words.phrase(label.split()[-1])[None], towers=np.full(n, OBJECT),
                starts=np.array([p["startSeconds"] for p in proposals]), ends=np.array([p["endSeconds"] for p in proposals]),
                confidences=np.array([p["confidence"] for p in proposals]), scores=scores,
                frame=(row["width"], row["height"]), paths=paths, mean_scores=np.array([p["meanScore"] for p in proposals]),
                appearance=np.array([p["appearanceDistance"] for p in proposals]),
                colours=np.array([p.get("colours", [0] * 11) for p in proposals]).reshape(n, 11),
            )  # fmt: skip
            scene.true_count = count
            scene.name = f"{row['file']} {label}"
            scenes.append(limit(scene))
    return scenes


def judge_objects(scenes: list[Scene], decoder, vectors) -> dict:
    """The decoder on pictures and clips with a true count, and the best that any one threshold could do on them."""
    pointed, _ = choices("decoder", decoder, scenes, {}, vectors)
    rows = [proposal_rows(s, vectors) for s in scenes]
    best = max(np.geomspace(0.02, 0.6, 20), key=lambda t: np.mean([int(rule0(r, s, t).sum()) == s.true_count for r, s in zip(rows, scenes)]))
    parts = {"present 1-8": [i for i, s in enumerate(scenes) if 1 <= s.true_count <= 8], "absent": [i for i, s in enumerate(scenes) if not s.true_count]}
    out: dict = {"threshold": round(float(best), 3)}
    for part, at in parts.items():
        if at:
            some = [scenes[i] for i in at]
            out[part] = {"decoder": figures([len(pointed[i]) for i in at], some), "threshold": figures([int(rule0(rows[i], scenes[i], best).sum()) for i in at], some)}
    if len(scenes) < 30:
        out["clips"] = {s.name: {"count": len(p), "truth": s.true_count} for s, p in zip(scenes, pointed)}
    return out


def judge_sounds(file: Path, simulator: Simulator, decoder, count: int) -> dict:
    simulator.real_sounds = RealSounds([file], simulator)
    simulator.real_sounds.augment = False
    scenes = [simulator.scene(np.random.default_rng([4, i]), 1.0, "sound", 0.0, real=1.0) for i in range(count)]
    pointed, _ = choices("decoder", decoder, scenes, {}, simulator.label_vectors)
    return {"decoder": figures([len(p) for p in pointed], scenes), "oracle": figures([len(s.targets) for s in scenes], scenes)}


def open_decoder(graph: Path) -> OnnxDecoder:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return OnnxDecoder(onnxruntime.InferenceSession(str(graph), options))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3, help="how often the suite's 560 scenes, with other seeds")
    parser.add_argument("--real", type=Path, nargs="*", default=[])
    parser.add_argument("--objects", type=Path, nargs="*", default=[])
    parser.add_argument("--graph", type=Path, default=GRAPH)
    parser.add_argument("--seed", type=int, default=12345)
    parser.add_argument("--levels", nargs="*", default=list(LEVELS))
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    arguments = parser.parse_args()
    simulator = Simulator(Words(ROOT / "models/served/nano/words.bin"))
    decoder = open_decoder(arguments.graph)
    results: dict = {"suite": {level: judge(decoder, level, simulator, arguments.seed, arguments.times) for level in arguments.levels}}
    for file in arguments.objects:
        results[f"objects {file.stem}"] = judge_objects(object_scenes(file, simulator), decoder, simulator.label_vectors)
        print(file.stem, json.dumps(results[f"objects {file.stem}"]))
    for file in arguments.real:
        results[f"sounds {file.stem}"] = judge_sounds(file, simulator, decoder, 500)
        print(file.stem, json.dumps(results[f"sounds {file.stem}"]))
    arguments.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
