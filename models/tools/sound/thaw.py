"""Weights to go on training from, out of an exported tower: python -m models.tools.sound.thaw --media DIR --onnx FILE.onnx --folds 1 2 --out FILE.pt

Checkpoints are not kept, exported graphs are. An exported graph has no batch norms any more: they are folded into the
convolutions. What they would have seen is measured over scenes of the training (`--folds` as there), so that
the tower in training mode, too, does what the graph does (rounded to half precision).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from .bank import LABELS, Bank, add_recordings, load_bank
from .model import SoundTower
from .scenes import SceneMaker
from .train import SECONDS, Layers, add_arguments, compose, keep_folds, save


def read_graph(file: Path) -> SoundTower:
    """The tower of an exported graph, its norms doing nothing."""
    graph = onnx.load(file).graph
    stored = {one.name.removesuffix("_half"): numpy_helper.to_array(one).astype(np.float32) for one in graph.initializer}
    folded = sorted((name for name in stored if name.startswith("onnx::Conv_")), key=lambda name: int(name.split("_")[1]))
    others = 4  # the stem's three convolutions and what joins its bands
    tower = SoundTower(len(LABELS), blocks=len(folded) // 2 - others).eval()
    layers = [module for module in tower.modules() if isinstance(module, nn.Conv2d | nn.Conv1d) and module.bias is None]
    norms = norms_of(tower)
    with torch.no_grad():
        for layer, norm, weight, bias in zip(layers, norms, folded[::2], folded[1::2], strict=True):
            layer.weight.copy_(torch.from_numpy(stored[weight]))
            norm.bias.copy_(torch.from_numpy(stored[bias]))
            norm.running_var.fill_(1 - norm.eps)
        for name, head in (("onset", tower.onset), ("activity", tower.activity), ("class_onset", tower.class_onset), ("fingerprint", tower.fingerprint)):
            head.weight.copy_(torch.from_numpy(stored[f"tower.{name}.weight"]))
            head.bias.copy_(torch.from_numpy(stored[f"tower.{name}.bias"]))
    return tower


def norms_of(tower: SoundTower) -> list[nn.Module]:
    return [module for module in tower.modules() if isinstance(module, nn.BatchNorm1d | nn.BatchNorm2d)]


def refit(tower: SoundTower, bank: Bank, scenes: int, seed: int) -> None:
    """Gives every norm the mean and the variance of what it reads, and undoes them by its scale and its bias."""
    maker, g = SceneMaker(bank, seed, wider=True), np.random.default_rng(seed)
    pool = [Layers(maker.make(SECONDS)) for _ in range(scenes)]
    rows = [compose(one, pool[g.integers(len(pool))], g)[0] for one in pool]
    norms = norms_of(tower)
    sums = [torch.zeros(3, norm.num_features) for norm in norms]

    def listen(at: int):
        def hook(_module, inputs):
            read = inputs[0].transpose(0, 1).flatten(1)
            sums[at] += torch.stack([torch.full((len(read),), float(read.shape[1])), read.sum(1), read.square().sum(1)])

        return hook

    handles = [norm.register_forward_pre_hook(listen(i)) for i, norm in enumerate(norms)]
    with torch.no_grad():
        for i in range(0, len(rows), 8):
            tower(torch.from_numpy(np.stack(rows[i : i + 8]).astype(np.float32)))
        for norm, handle, (count, total, squares) in zip(norms, handles, sums):
            handle.remove()
            mean = total / count
            variance = squares / count - mean.square()
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(variance)
            norm.weight.copy_((variance + norm.eps).sqrt())
            norm.bias.add_(mean)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--onnx", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, nargs="+", default=None)
    parser.add_argument("--more", type=Path, default=Path(".cache/more/sounds"), help="further recordings (models.tools.data.rebuild --beside)")
    parser.add_argument("--scenes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=43)
    args = parser.parse_args()
    torch.set_num_threads(1)
    tower = read_graph(args.onnx)
    mel = torch.from_numpy(np.random.default_rng(0).uniform(-1.5, 2.5, (1, 400, 64)).astype(np.float32))
    with torch.no_grad():
        before = tower(mel)
        bank = add_recordings(load_bank(args.media, args.cache), args.more).select(keep_folds(args.folds))
        refit(tower, bank, args.scenes, args.seed)
        worst = max(float((a - b).abs().max()) for a, b in zip(before, tower(mel)))
    print(f"{args.out}: differs from the graph by at most {worst:.1e} (logits)")
    save(args.out, {"model": tower.state_dict(), "step": 0})


if __name__ == "__main__":
    main()
