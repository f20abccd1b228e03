"""Measures the decoder against tuned rules: `python -m models.tools.decoder.evaluate`.

Writes `results.json`: exact and within-one rates on simulated scenes (by number of true clues), on
held-out lines of real sound-tower output (`--real`), on object proposals of photographs and clips
(`--objects`, lines of `{file, duration, width, height, truth: {class: count}, proposals}`) and on
counted ESC-10 clips through the served sound tower (`--media`).

Rules, both tuned on the tuning part of the same kind of scenes: B0, a threshold on match ×
confidence; B1, a threshold relative to the strongest, a floor, and suppression of what is close in
time to (sounds) or overlaps with (objects) something stronger. `oracle` is the best that any choice
among the proposals can reach.
"""

import argparse
import itertools
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from tqdm import tqdm

from models.tools.decoder.common import limit
from models.tools.decoder.features import Scene, encode
from models.tools.decoder.export import GRAPH, ROOT
from models.tools.decoder.labels import OBJECT_NAMES, Words
from models.tools.decoder.model import Shape
from models.tools.decoder.real import RealScenes
from models.tools.decoder.run import OnnxDecoder, answer
from models.tools.decoder.simulate import Simulator

HERE = Path(__file__).resolve().parent
BANDS = [(0, 0), (1, 3), (4, 8), (9, 15), (16, 100)]


def proposal_rows(scene: Scene, label_vectors) -> np.ndarray:
    rows = encode(scene, label_vectors[scene.kind])
    return rows[len(rows) - len(scene.starts) :]


def inside(rows: np.ndarray, scene: Scene, bar: np.ndarray) -> np.ndarray:
    chosen = (rows[:, 58] >= bar) & (rows[:, 70] > 0)
    if scene.at_once and chosen.any():
        chosen &= rows[:, 102] > 0
    return chosen


def rule0(rows, scene, threshold):
    return int(inside(rows, scene, threshold).sum()) if len(rows) else 0


def rule1(rows, scene, floor, share, close):
    if not len(rows):
        return 0
    chosen = inside(rows, scene, np.maximum(floor, share * rows[:, 58].max()))
    doubled = rows[:, 93] > close if scene.kind == "object" else rows[:, 64] < close
    return int((chosen & ~doubled).sum())


def tune(rule, grids, examples) -> tuple:
    """The setting with the best exact rate; `examples` are (rows, scene, count)."""
    return max(itertools.product(*grids), key=lambda setting: np.mean([rule(r, s, *setting) == c for r, s, c in examples]))


def rates(counts, truth) -> dict:
    counts, truth = np.array(counts), np.array(truth)
    off = np.abs(counts - truth)
    return {"n": len(truth), "exact": round(float((off == 0).mean()), 3), "withinOne": round(float((off <= 1).mean()), 3)}


def compare(name, decoder, tuning: list[Scene], scenes: list[Scene], label_vectors) -> dict:
    def count_of(scene):
        return len(scene.targets) if scene.true_count is None else scene.true_count

    kinds = sorted({s.kind for s in scenes})
    settings = {}
    for kind in kinds:
        examples = [(proposal_rows(s, label_vectors), s, count_of(s)) for s in tuning if s.kind == kind]
        floors = np.round(np.geomspace(0.01, 0.6, 14), 3)
        close = [0.0, 0.2, 0.35, 0.5, 0.7, 1.1] if kind == "object" else [-2, -0.9, -0.6, -0.4, -0.2]
        settings[kind] = (tune(rule0, [floors], examples), tune(rule1, [floors, [0.1, 0.2, 0.3, 0.4, 0.5], close], examples))
    table = {"B0": [], "B1": [], "decoder": [], "oracle": []}
    truth = []
    for scene in tqdm(scenes, desc=name, mininterval=5):
        rows = proposal_rows(scene, label_vectors)
        zero, one = settings[scene.kind]
        table["B0"].append(rule0(rows, scene, *zero))
        table["B1"].append(rule1(rows, scene, *one))
        table["decoder"].append(len(answer(decoder, scene, label_vectors).pointed))
        table["oracle"].append(len(scene.targets))
        truth.append(count_of(scene))
    result = {key: rates(values, truth) for key, values in table.items()}
    truth = np.array(truth)
    result["exactByCount"] = {
        f"{low}-{high}": {"n": int(k.sum())} | {key: round(float((np.array(v)[k] == truth[k]).mean()), 3) for key, v in table.items()}
        for low, high in BANDS
        if (k := (truth >= low) & (truth <= high)).any()
    }
    print(name, json.dumps(result))
    return result


def object_scenes(file: Path, simulator: Simulator) -> list[Scene]:
    """“How many …?” for every class with a true count, and one that is not there."""
    scenes = []
    for line in file.read_text().splitlines():
        row = json.loads(line)
        proposals = sorted(row["proposals"], key=lambda p: p["startSeconds"])
        absent = next(n for n in ("dog", "boat", "clock", "bird") if n not in row["truth"])
        for label, count in [*row["truth"].items(), (absent, 0)]:
            paths = [np.array([[s["timestampSeconds"], *s["box"]] for s in p["path"]]) for p in proposals]
            scene = Scene(
                kind="object", at_once=False, start=0.0, duration=row["duration"], window=None,
                weights=np.eye(len(OBJECT_NAMES))[OBJECT_NAMES.index(label)],
                words=simulator.words.phrase(label.split()[-1])[None],
                starts=np.array([p["startSeconds"] for p in proposals]), ends=np.array([p["endSeconds"] for p in proposals]),
                confidences=np.array([p["confidence"] for p in proposals]),
                scores=np.array([p["classScores"] for p in proposals]).reshape(-1, len(OBJECT_NAMES)),
                frame=(row["width"], row["height"]), paths=paths,
                mean_scores=np.array([p["meanScore"] for p in proposals]),
                appearance=np.array([p["appearanceDistance"] for p in proposals]),
            )  # fmt: skip
            scene.true_count = count
            scene.name = f"{row['file']} {label}"
            scenes.append(limit(scene, []))
    return scenes


def esc10_scenes(media: Path, simulator: Simulator) -> list[Scene]:
    """The counted clips of ESC-10 through the sound tower as it is served, each asked for its sound."""
    from models.tools.sound.evaluate import hear, read_clips
    from models.tools.sound.export import SERVED, open_session

    session = open_session(SERVED)
    scenes = []
    for clip in tqdm([c for c in read_clips(media) if c["count"] is not None], desc="sound tower", mininterval=5):
        proposals = hear(session, clip["wave"])
        label = simulator.sounds.index(clip["label"])
        scene = Scene(
            kind="sound", at_once=False, start=0.0, duration=len(clip["wave"]) / 16000, window=None,
            weights=simulator.sound_weights(label), words=simulator.words.phrase(simulator.sounds[label].split("_")[-1])[None],
            starts=np.array([p.start for p in proposals]), ends=np.array([p.end for p in proposals]),
            confidences=np.array([p.confidence for p in proposals]),
            scores=np.array([p.scores for p in proposals]).reshape(-1, len(simulator.sounds)),
        )  # fmt: skip
        scene.true_count = clip["count"]
        scene.name = f"{clip['file']} {clip['label']}"
        scenes.append(limit(scene, []))
    return scenes


def judge_clips(scenes: list[Scene], decoder, vectors, each: bool) -> dict:
    """The decoder on clips with a true count, and the best that any one threshold could do on them."""
    truth = [s.true_count for s in scenes]
    got = [len(answer(decoder, s, vectors).pointed) for s in scenes]
    rows = [proposal_rows(s, vectors) for s in scenes]
    grid = np.geomspace(0.02, 0.6, 20)
    best = max(([rule0(r, s, t) for r, s in zip(rows, scenes)] for t in grid), key=lambda c: rates(c, truth)["exact"])
    result = {"decoder": rates(got, truth), "bestThresholdOnItself": rates(best, truth)}
    labels = sorted({s.name.split()[-1] for s in scenes})
    if len(labels) <= 4:
        pick = lambda label: [i for i, s in enumerate(scenes) if s.name.endswith(label)]  # noqa: E731
        result["byLabel"] = {k: rates([got[i] for i in pick(k)], [truth[i] for i in pick(k)]) for k in labels}
    present = [(g, t) for g, t in zip(got, truth) if t]
    if len(present) < len(truth):
        result["present"] = rates(*zip(*present))
    if each:
        result["clips"] = {s.name: {"count": g, "truth": t} for s, g, t in zip(scenes, got, truth)}
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenes", type=int, default=1000)
    parser.add_argument("--real", type=Path, nargs="*", default=[])
    parser.add_argument("--objects", type=Path, nargs="*", default=[])
    parser.add_argument("--media", type=Path, help="folder with esc10/")
    parser.add_argument("--graph", type=Path, default=GRAPH)
    parser.add_argument("--seed", type=int, default=12345)
    parser.add_argument("--out", type=Path, default=HERE / "results.json")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    simulator = Simulator(Words(ROOT / "models/served/nano/words.bin"))
    vectors = simulator.label_vectors
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    decoder = OnnxDecoder(onnxruntime.InferenceSession(str(arguments.graph), options), Shape())

    def simulated(make, offset: int) -> list[Scene]:
        return [make(np.random.default_rng([arguments.seed, offset + i])) for i in range(arguments.scenes)]

    results = {}
    makers = {"Sounds": simulator.sound_scene, "Objects": simulator.object_scene, "Stills": simulator.still_scene}
    for name, make in makers.items():
        name = f"simulated{name}"
        results[name] = compare(name, decoder, simulated(make, 10**6), simulated(make, 0), vectors)
    if arguments.real:
        seen, unseen = (RealScenes(arguments.real, simulator, held_out=h) for h in (False, True))
        rng = np.random.default_rng(arguments.seed)
        tuning = [seen.scene(rng, augment=False) for _ in range(arguments.scenes)]
        scenes = [unseen.scene(rng, augment=False) for _ in range(arguments.scenes)]
        results["realSounds"] = compare("realSounds", decoder, tuning, scenes, vectors)
    for file in arguments.objects:
        scenes = object_scenes(file, simulator)
        results[f"objects {file.stem}"] = judge_clips(scenes, decoder, vectors, len(scenes) < 40)
    if arguments.media:
        results["esc10"] = judge_clips(esc10_scenes(arguments.media, simulator), decoder, vectors, False)
    for name in results:
        if name.startswith(("objects", "esc10")):
            print(name, json.dumps(results[name]))
    arguments.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
