"""Writes `tests/fixtures/nano-decoder.json`: scenes, their feature rows, and the greedy answer of
`decoder.onnx`, for the comparison with the TypeScript. Run it after every export.

`python -m models.tools.decoder.golden`
"""

import json

import numpy as np
import onnxruntime

from models.tools.decoder import cycles, sounds
from models.tools.decoder.export import GRAPH, ROOT
from models.tools.decoder.features import encode
from models.tools.decoder.labels import OBJECT_NAMES, Words, sound_labels
from models.tools.decoder.run import OnnxDecoder, answer
from models.tools.decoder.scene import CYCLE, OBJECT, SOUND, TOWERS, Scene
from models.tools.decoder.simulate import Simulator, tower_config
from models.tools.decoder.world import Layer, Row

SOUNDS = [label["name"] for label in sound_labels()]
OUTPUT = ROOT / "tests/fixtures/nano-decoder.json"


# What the cases show: how the scene is made, and what it must be.
WANTED = [
    ({"kind": "sound", "condition": 0}, lambda s: s.window is None),
    ({"kind": "sound", "condition": 0}, lambda s: s.window is not None),
    ({"kind": "sound", "condition": 1, "cause": OBJECT, "relation": "during"}, lambda s: True),
    ({"kind": "sound", "condition": 1, "cause": SOUND, "relation": "after"}, lambda s: s.condition.which == -1),
    ({"kind": "sound", "condition": 1, "cause": CYCLE, "relation": "with"}, lambda s: True),
    ({"kind": "object", "condition": 0, "mode": "each"}, lambda s: s.colour is None),
    ({"kind": "object", "condition": 0, "mode": "each", "colour": True}, lambda s: s.window is not None),
    ({"kind": "object", "condition": 0, "mode": "atOnce"}, lambda s: s.window is not None),
    ({"kind": "object", "condition": 0, "mode": "colours"}, lambda s: True),
    ({"kind": "object", "condition": 0, "mode": "kinds"}, lambda s: True),
    ({"kind": "object", "condition": 1, "cause": SOUND, "relation": "outside"}, lambda s: s.mode == "each"),
    ({"kind": "still", "mode": "each"}, lambda s: True),
    ({"kind": "cycle", "condition": 0}, lambda s: True),
    ({"kind": "cycle", "condition": 1, "cause": SOUND, "relation": "before"}, lambda s: True),
]  # fmt: skip


def rounded(scene: Scene) -> Scene:
    """Numbers as the fixture carries them: both sides then compute from the very same."""
    for name in ("starts", "ends", "words", "cycles"):
        setattr(scene, name, getattr(scene, name).round(5))
    for name in ("confidences", "scores", "mean_scores", "appearance", "colours", "prints", "plain"):
        setattr(scene, name, getattr(scene, name).astype(np.float32).astype(float))
    scene.paths = [None if p is None else p.round(5) for p in scene.paths]
    scene.start, scene.duration = round(scene.start, 5), round(scene.duration, 5)
    if scene.window:
        scene.window = (round(scene.window[0], 5), round(scene.window[1], 5))
    objects = scene.towers == OBJECT
    scene.starts[objects] = [p[0, 0] for p in np.array(scene.paths, object)[objects]] if objects.any() else 0
    scene.ends[objects] = [p[-1, 0] for p in np.array(scene.paths, object)[objects]] if objects.any() else 0
    return scene


def proposal(scene: Scene, i: int) -> dict:
    labels = {SOUND: len(SOUNDS), OBJECT: len(OBJECT_NAMES), CYCLE: len(tower_config("motion")["labels"])}[int(scene.towers[i])]
    out = {
        "kind": TOWERS[scene.towers[i]], "startSeconds": scene.starts[i], "endSeconds": scene.ends[i],
        "confidence": scene.confidences[i], "classScores": scene.scores[i, :labels].round(9).tolist(),
    }  # fmt: skip
    if (scene.plain[i] != scene.scores[i]).any():
        out |= {"plainScores": scene.plain[i, :labels].round(9).tolist()}
    if scene.towers[i] == SOUND:
        out |= {"fingerprint": scene.prints[i].tolist()}
    if scene.towers[i] == OBJECT:
        path = scene.paths[i].tolist()
        out |= {"path": path, "meanScore": scene.mean_scores[i], "appearanceDistance": scene.appearance[i], "colours": scene.colours[i].tolist()}
    if scene.towers[i] == CYCLE:
        regularity, amplitude, period = scene.cycles[i].tolist()
        out |= {"box": scene.paths[i][0, 1:].tolist(), "regularity": regularity, "amplitude": amplitude, "periodRatio": period}
    return out


def mention(kind: str, weights: np.ndarray, colour: int | None) -> dict:
    return {"kind": kind, "weights": {int(i): float(weights[i]) for i in np.flatnonzero(weights)}, "colour": colour}


def presumed(simulator: Simulator) -> list[dict]:
    """What Python lets pass for an asked sound and an asked movement: both keep and change."""
    cases = []
    for tower, labels in ((SOUND, simulator.sounds), (CYCLE, simulator.cycles)):
        for seed in range(6):
            rng = np.random.default_rng([tower, seed])
            asked = int(rng.integers(len(labels) - 2))
            weights = np.zeros(len(labels))
            weights[asked] = 1
            confidences = rng.uniform(0.1, 1, 4).round(4)
            scores = (confidences[:, None] * rng.uniform(0, [0.1, 0.3, 1][seed % 3], (4, len(labels)))).round(4)
            layer = Layer(tower, [Row(float(i), i + 0.5, float(c), s) for i, (c, s) in enumerate(zip(confidences, scores))], [])
            if tower == SOUND:
                after = sounds.presume(layer, weights, labels, simulator.sound_config)
            else:
                after = cycles.presume(layer, weights, simulator.generic, simulator.presumption)
            cases.append({
                "kind": TOWERS[tower], "asked": asked, "confidences": confidences.tolist(), "scores": scores.tolist(),
                "presumed": [row.scores.round(5).tolist() for row in after.rows],
            })  # fmt: skip
    return cases


def main() -> None:
    words = Words(ROOT / "models/served/nano/words.bin")
    simulator = Simulator(words)
    session = OnnxDecoder(onnxruntime.InferenceSession(str(GRAPH), providers=["CPUExecutionProvider"]))
    cases = []
    for number, (how, fits) in enumerate(WANTED):
        how = dict(how)
        kind = how.pop("kind")
        for seed in range(5000):
            scene = simulator.scene(np.random.default_rng([number, seed]), 1.0, kind, **how)
            if how.get("relation") and (scene.condition is None or scene.condition.relation != how["relation"]):
                continue
            least = 2 if scene.mode in ("colours", "kinds") or scene.condition is not None else 3
            if fits(scene) and 5 <= len(scene.starts) <= 14 and len(scene.targets) >= least and scene.weights[scene.weights > 0].size < 12:
                break
        scene = rounded(scene)
        rows = encode(scene, simulator.label_vectors)
        pointed = answer(session, scene, simulator.label_vectors)
        condition = None if scene.condition is None else scene.condition
        cases.append({
            "name": scene.name + (f" {condition.relation} {condition.kind}" if condition else ""),
            "target": mention(scene.kind, scene.weights, scene.colour) | {"mode": scene.mode, "window": scene.window},
            "condition": condition and mention(condition.kind, condition.weights, condition.colour) | {"relation": condition.relation, "which": condition.which},
            "start": scene.start, "duration": scene.duration, "frame": scene.frame, "words": scene.words.tolist(),
            "proposals": [proposal(scene, i) for i in range(len(scene.starts))],
            "rows": [[float(f"{v:.6g}") for v in row] for row in rows.tolist()],
            "pointed": pointed.pointed, "pointedConfidences": [round(c, 5) for c in pointed.confidences],
            "certainty": round(pointed.certainty, 6),
        })  # fmt: skip
    phrases = {name: words.phrase(name).round(6).tolist() for name in ("dog bark", "traffic light")}
    names = {"sound": SOUNDS, "object": OBJECT_NAMES, "cycle": tower_config("motion")["labels"]}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps({"names": names, "phrases": phrases, "cases": cases, "presumed": presumed(simulator)}) + "\n")
    print(f"{OUTPUT.name}: {len(cases)} scenes, {OUTPUT.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
