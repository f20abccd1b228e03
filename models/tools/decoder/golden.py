"""Writes `tests/fixtures/nano-decoder.json`: scenes, their feature rows, and the greedy answer of
`decoder.onnx`, for the comparison with the TypeScript. Run it after every export.

`python -m models.tools.decoder.golden`
"""

import json

import numpy as np
import onnxruntime

from models.tools.decoder.export import GRAPH, ROOT
from models.tools.decoder.features import encode
from models.tools.decoder.labels import OBJECT_NAMES, Words, sound_labels
from models.tools.decoder.model import Shape
from models.tools.decoder.run import OnnxDecoder, answer
from models.tools.decoder.simulate import Simulator

OUTPUT = ROOT / "tests/fixtures/nano-decoder.json"


def main() -> None:
    words = Words(ROOT / "models/served/nano/words.bin")
    simulator = Simulator(words)
    session = OnnxDecoder(onnxruntime.InferenceSession(str(GRAPH), providers=["CPUExecutionProvider"]), Shape())
    cases = []
    wanted = [("sound", False), ("sound", True), ("object", False), ("object", True), ("at-once", False)]
    seed = 0
    while wanted:
        seed += 1
        kind, windowed = wanted[0]
        rng = np.random.default_rng(seed)
        scene = simulator.sound_scene(rng) if kind == "sound" else simulator.object_scene(rng)
        fits = (scene.window is not None) == windowed and scene.at_once == (kind == "at-once")
        if not fits or not 5 <= len(scene.starts) <= 14 or len(scene.targets) < 3:
            continue
        wanted.pop(0)
        # Round first: both sides then compute from the very same numbers.
        for name in ("starts", "ends", "confidences", "scores", "mean_scores", "appearance", "words"):
            value = getattr(scene, name)
            if value is not None:
                setattr(scene, name, value.round(5) if name in ("starts", "ends", "words") else value.astype(np.float32).astype(float))
        scene.paths = [p.round(5) for p in scene.paths]
        scene.start, scene.duration = round(scene.start, 5), round(scene.duration, 5)
        if scene.window:
            scene.window = (round(scene.window[0], 5), round(scene.window[1], 5))
        if scene.paths:
            scene.starts = np.array([p[0, 0] for p in scene.paths])
            scene.ends = np.array([p[-1, 0] for p in scene.paths])
        rows = encode(scene, simulator.label_vectors[scene.kind])
        pointed = answer(session, scene, simulator.label_vectors)
        cases.append({
            "kind": scene.kind, "atOnce": scene.at_once, "start": scene.start, "duration": scene.duration,
            "window": scene.window, "weights": sparse(scene.weights), "words": scene.words.tolist(),
            "starts": scene.starts.tolist(), "ends": scene.ends.tolist(), "confidences": scene.confidences.tolist(),
            "scores": scene.scores.round(9).tolist(), "frame": scene.frame, "paths": [p.tolist() for p in scene.paths],
            "meanScores": None if scene.mean_scores is None else scene.mean_scores.tolist(),
            "appearance": None if scene.appearance is None else scene.appearance.tolist(),
            "rows": [[float(f"{v:.6g}") for v in row] for row in rows.tolist()],
            "pointed": pointed.pointed, "pointedConfidences": [round(c, 5) for c in pointed.confidences],
        })  # fmt: skip
    phrases = {name: words.phrase(name).round(6).tolist() for name in ("dog bark", "traffic light")}
    names = {"sound": [label["name"] for label in sound_labels()], "object": OBJECT_NAMES}
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps({"names": names, "phrases": phrases, "cases": cases}) + "\n")
    print(f"{OUTPUT.name}: {len(cases)} scenes, {OUTPUT.stat().st_size / 1e3:.0f} kB")


def sparse(weights: np.ndarray) -> dict[int, float]:
    return {int(i): float(weights[i]) for i in np.flatnonzero(weights)}


if __name__ == "__main__":
    main()
