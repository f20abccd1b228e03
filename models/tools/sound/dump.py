"""What the real tower says about generated scenes, with their truth: training data for the decoder.

python -m models.tools.sound.dump --media DIR --count 6000 --out FILE.jsonl

One scene per line: {duration, events: [{cls, on, off}], proposals: [{start, end, confidence,
scores: {label: score, all but the least}, print: fingerprint × 100}]}. `faint` lists events drowned by the background.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from tqdm import trange

from .bank import ALL_LABELS, INDEX, LABELS, load_bank
from .evaluate import hear
from .events import LEAST_SCORE
from .export import SERVED, open_session
from .features import mel_power
from .scenes import Scene, SceneMaker, hearable
from .train import add_arguments, keep_folds


def describe(scene: Scene, seconds: float, session) -> dict:
    wave = scene.mix()
    ends = hearable(mel_power(scene.events_wave), mel_power(wave), scene.truths)
    events, faint = [], []
    for t, end in sorted(zip(scene.truths, ends), key=lambda x: x[0].on):
        talk = t.label == INDEX["speech"]
        row = {"cls": LABELS[t.label], "on": round(t.on, 3), "off": round(t.off if talk or end is None else max(end, t.on + 0.02), 3)}
        (events if talk or end is not None else faint).append(row)
    proposals = []
    for p in hear(session, wave):
        scores = {label: round(float(score), 4) for label, score in zip(ALL_LABELS, p.scores)}
        proposals.append({
            "start": round(p.start, 3), "end": round(p.end, 3), "confidence": round(p.confidence, 3),
            "scores": {label: score for label, score in scores.items() if score >= LEAST_SCORE},
            "print": [round(100 * float(x)) for x in p.fingerprint],
        })  # fmt: skip
    return {"duration": round(seconds, 3), "events": events, "faint": faint, "proposals": proposals}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--onnx", type=Path, default=SERVED)
    parser.add_argument("--folds", type=int, nargs="+", default=None, help="make scenes only of what --folds trains on")
    parser.add_argument("--unseen", action="store_true", help="make scenes only of what --folds leaves out")
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    keep = keep_folds(args.folds)
    bank = load_bank(args.media, args.cache).select(lambda g: keep(g) != args.unseen)
    maker = SceneMaker(bank, args.seed, wider=True)
    session = open_session(args.onnx)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with open(args.out, "w") as handle:
        for _ in trange(args.count, mininterval=5):
            seconds = float(np.exp(maker.g.uniform(np.log(3), np.log(30))))
            scene = maker.make(seconds)
            # Real clips whose events nobody counted are no truth.
            while scene.unsure:
                scene = maker.make(seconds)
            handle.write(json.dumps(describe(scene, seconds, session)) + "\n")


if __name__ == "__main__":
    main()
