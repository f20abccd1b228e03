"""Writes the trained tower as ONNX, its numbers as config.json, and checks the one against PyTorch.

python -m models.tools.sound.export --weights FILE.pt [--onnx FILE.onnx] [--half]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from models.tools.half import store_half

from .bank import ALL_LABELS, LABELS
from .events import EVENTS
from .features import FEATURES
from .model import SoundTower

HERE = Path(__file__).parent
SERVED = HERE.parents[1] / "served" / "nano" / "sound.onnx"
CONFIG = HERE / "config.json"
# The towers of the cross-validation: trained on folds 1 and 2 of ESC-10, and on 3 and 4.
FOLD12, FOLD34 = (HERE / "cross-validation" / f"fold{pair}.onnx" for pair in ("12", "34"))

OUTPUTS = ("onset", "activity", "class_onset", "fingerprint")


class Probabilities(nn.Module):
    """The tower with its sigmoids: what the browser runs. The fingerprint has none."""

    def __init__(self, tower: SoundTower):
        super().__init__()
        self.tower = tower

    def forward(self, mel):
        *logits, fingerprint = self.tower(mel)
        return *map(torch.sigmoid, logits), fingerprint


def load_tower(weights: Path) -> SoundTower:
    """With a fingerprint that means nothing, where it has not been trained yet (`fingerprint.py`)."""
    tower = SoundTower(len(LABELS))
    missing, unexpected = tower.load_state_dict(torch.load(weights, weights_only=False)["model"], strict=False)
    if unexpected or any(not name.startswith("fingerprint.") for name in missing):
        raise SystemExit(f"{weights} does not fit: {[*missing, *unexpected]}")
    return tower.eval()


def export(weights: Path, path: Path) -> float:
    """→ the largest difference between the two over several lengths."""
    module = Probabilities(load_tower(weights)).eval()
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(
        module,
        (torch.zeros(1, 400, FEATURES["melBins"]),),
        str(path),
        opset_version=17,
        dynamo=False,
        input_names=["mel"],
        output_names=list(OUTPUTS),
        dynamic_axes={"mel": {1: "frames"}, **{name: {1: "steps"} for name in OUTPUTS}},
    )
    onnx.checker.check_model(str(path))
    session = open_session(path)
    worst, g = 0.0, np.random.default_rng(0)
    for frames in (1, 2, 3, 399, 2000):
        mel = g.uniform(-1.5, 2.5, (1, frames, FEATURES["melBins"])).astype(np.float32)
        with torch.no_grad():
            expected = module(torch.from_numpy(mel))
        for got, want in zip(session.run(None, {"mel": mel}), expected):
            worst = max(worst, float(np.abs(got - want.numpy()).max()))
    if worst > 1e-4:
        raise SystemExit(f"ONNX and PyTorch differ by {worst}")
    return worst


def open_session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def write_config(**extra) -> None:
    """Merges into config.json; `presence` in it belongs to `evaluate --calibrate`."""
    config = json.loads(CONFIG.read_text()) if CONFIG.exists() else {}
    config |= {"graph": "sound.onnx", "labels": ALL_LABELS, "features": FEATURES, "windowSeconds": 20, "contextSeconds": 3, "events": EVENTS} | extra
    CONFIG.write_text(json.dumps(config, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=Path(".cache/sound/tower.pt"))
    parser.add_argument("--onnx", type=Path, default=SERVED)
    parser.add_argument("--half", action="store_true", help="store the weights in half precision")
    args = parser.parse_args()
    worst = export(args.weights, args.onnx)
    if args.half:
        graph = onnx.load(args.onnx)
        store_half(graph)
        onnx.save(graph, args.onnx)
    if args.onnx == SERVED:
        write_config()
    print(f"{args.onnx}: {args.onnx.stat().st_size / 1e6:.2f} MB, differs from PyTorch by at most {worst:.1e}")


if __name__ == "__main__":
    main()
