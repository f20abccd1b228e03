"""The sounds of the generated suite: rendered scenes of held-out source packages at three noise levels, and
what the served sound tower says about them.

`python -m models.tools.decoder.suite_sounds --media DIR` writes `.cache/decoder/suite/sounds-LEVEL.jsonl` and,
of the same packages, `tune-LEVEL.jsonl` for the tuning of the rules. Lines as in `models.tools.sound.dump`.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from tqdm import trange

from models.tools.decoder.data import ROOT
from models.tools.sound.bank import load_bank
from models.tools.sound.dump import describe
from models.tools.sound.export import SERVED, open_session
from models.tools.sound.scenes import SceneMaker
from models.tools.sound.train import keep_folds

# Loudest 50 ms of the events over the mean of the background, dB.
SNR = {"low": (20, 40), "middle": (8, 20), "high": (-6, 6)}
FOLDER = ROOT / ".cache/decoder/suite"
FOLDS = [1, 2, 3, 4]  # what the decoder's training scenes are made of; the rest is held out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--media", type=Path, required=True, help="folder with sounds/ and esc10/")
    parser.add_argument("--cache", type=Path, default=Path(".cache/sound/bank.npz"))
    parser.add_argument("--onnx", type=Path, default=SERVED)
    parser.add_argument("--count", type=int, default=500)
    arguments = parser.parse_args()
    keep = keep_folds(FOLDS)
    bank = load_bank(arguments.media, arguments.cache).select(lambda group: not keep(group))
    session = open_session(arguments.onnx)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for seed, (part, level) in enumerate((part, level) for part in ("sounds", "tune") for level in SNR):
        maker = SceneMaker(bank, 1000 + seed)
        lines = []
        for _ in trange(arguments.count, desc=f"{part} {level}", mininterval=5):
            seconds = float(np.exp(maker.g.uniform(np.log(4), np.log(30))))
            scene = maker.make(seconds)
            while scene.unsure:
                scene = maker.make(seconds)
            scene.snr_db = float(maker.g.uniform(*SNR[level]))
            lines.append(json.dumps(describe(scene, seconds, session)))
        (FOLDER / f"{part}-{level}.jsonl").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
