"""What a sound tower says about rendered scenes, for the decoder's training and for the generated suite.

`python -m models.tools.decoder.suite_sounds --media DIR` writes to `.cache/decoder/suite`:

  train-seen, train-unseen   for training: packages that the tower was trained on, and such that it was not
  sounds-LEVEL, tune-LEVEL   for the suite and for the tuning of its rules, at three noise levels: packages
                             that neither the tower nor the decoder has met

`--onnx` must be the tower of the cross-validation that was trained with `--folds 1 2`: it leaves out the other
folds of ESC-10 and a fifth of the packages. One half of these is for training, the other for the suite. Lines as
in `models.tools.sound.dump`.
"""

import argparse
import json
import zlib
from pathlib import Path

import numpy as np
from tqdm import trange

from models.tools.decoder.data import ROOT
from models.tools.sound.bank import LABELS, load_bank
from models.tools.sound.dump import describe
from models.tools.sound.export import FOLD12, open_session
from models.tools.sound.scenes import SceneMaker
from models.tools.sound.train import keep_folds

# Loudest 50 ms of the events over the mean of the background, dB; most kinds of sounds that are counted in one
# scene, beside talk, music and textures (middle: mostly one).
SNR = {"low": (20, 40), "middle": (8, 20), "high": (-6, 6)}
KINDS = {"low": [1], "middle": [1, 1, 2], "high": [3]}
ENDLESS = {"applause"}  # its bursts are nobody's to count
FOLDER = ROOT / ".cache/decoder/suite"


def for_suite(group: str) -> bool:
    kind, name = group.split(":", 1)
    return int(name) == 4 if kind == "fold" else (zlib.crc32(name.encode()) // 5) % 2 == 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--media", type=Path, required=True, help="folder with sounds/ and esc10/")
    parser.add_argument("--cache", type=Path, default=Path(".cache/sound/bank.npz"))
    parser.add_argument("--onnx", type=Path, default=FOLD12)
    parser.add_argument("--count", type=int, default=300, help="scenes per file of the suite; training files have ten times as many")
    parser.add_argument("--parts", nargs="*", default=["train-unseen", "train-seen", *(f"{p}-{level}" for p in ("sounds", "tune") for level in SNR)])
    parser.add_argument("--out", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    seen = keep_folds([1, 2])
    bank = load_bank(arguments.media, arguments.cache)
    choices = {
        "train-seen": seen,
        "train-unseen": lambda group: not seen(group) and not for_suite(group),
        "suite": lambda group: not seen(group) and for_suite(group),
    }
    session = open_session(arguments.onnx)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for part in arguments.parts:
        training = part.startswith("train")
        maker = SceneMaker(bank.select(choices[part if training else "suite"]), zlib.crc32(part.encode()) % 10000, wider=training)
        lines = []
        for _ in trange(arguments.count * (10 if training else 1), desc=part, mininterval=5):
            seconds = float(np.exp(maker.g.uniform(np.log(4), np.log(30))))
            level = part.split("-")[1]
            most = 9 if training else int(maker.g.choice(KINDS[level]))
            while True:
                scene = maker.make(seconds)
                kinds = {LABELS[t.label] for t in scene.truths} - {"speech"}
                if not scene.unsure and len(kinds) <= most and (training or not kinds & ENDLESS):
                    break
            if not training:
                scene.snr_db = float(maker.g.uniform(*SNR[level]))
            lines.append(json.dumps(describe(scene, seconds, session)))
        (arguments.out / f"{part}.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
