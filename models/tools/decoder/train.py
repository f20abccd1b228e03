"""Trains the decoder: `python -m models.tools.decoder.train --out .cache/decoder/decoder.pt`.

Simulated scenes, made as it goes (seeded by step, so that a resumed run sees what an uninterrupted
one would), mixed with real tower proposals where `--real` names their files (see `real.py`). The
learning rate follows the share of `--minutes` or `--steps` that is used up.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from models.tools.decoder.batch import Item, collate, loss
from models.tools.decoder.labels import Words
from models.tools.decoder.model import Decoder, Shape
from models.tools.decoder.real import RealScenes
from models.tools.decoder.simulate import Simulator

ROOT = Path(__file__).resolve().parents[3]
BATCH, POOL, PASSES = 32, 32, 3  # making a scene costs as much as a step: each is used thrice


def pool(simulator: Simulator, real: RealScenes | None, share: float, seed: int, number: int) -> list[list[Item]]:
    """POOL batches, each of similar lengths so that little is padding, PASSES times in random order."""
    rng = np.random.default_rng([seed, number])
    items = []
    for _ in range(BATCH * POOL):
        use_real = real is not None and rng.random() < share
        scene = real.scene(rng) if use_real else simulator.scene(rng, rng.uniform(0.3, 1.3))
        items.append(Item(scene, simulator.label_vectors))
    items.sort(key=lambda item: (item.length, len(item.steps)))
    batches = [items[i : i + BATCH] for i in range(0, len(items), BATCH)]
    return [batches[i] for _ in range(PASSES) for i in rng.permutation(POOL)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / ".cache/decoder/decoder.pt")
    parser.add_argument("--minutes", type=float, help="of training time; default: no limit")
    parser.add_argument("--steps", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--real", type=Path, nargs="*", default=[], help="JSONL files of tower proposals with truth")
    parser.add_argument("--real-share", type=float, default=0.35)
    parser.add_argument("--start", type=Path, help="begin with the weights of this file")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    simulator = Simulator(Words(ROOT / "models/served/nano/words.bin"))
    real = RealScenes(arguments.real, simulator) if arguments.real else None
    model = Decoder(Shape())
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start, weights_only=False)["model"])
    optimizer = torch.optim.AdamW(model.parameters(), lr=arguments.rate, weight_decay=0.02, betas=(0.9, 0.98))
    step, spent = 0, 0.0
    if arguments.out.exists():
        saved = torch.load(arguments.out, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent = saved["step"], saved["spent"]

    def used() -> float:
        share = step / arguments.steps
        return max(share, spent / 60 / arguments.minutes) if arguments.minutes else share

    def save() -> None:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent,
                    "shape": model.shape.as_dict()}, arguments.out)  # fmt: skip

    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters")
    bar = tqdm(total=100, initial=round(100 * used()), unit="%", bar_format="{l_bar}{bar}| {elapsed} {postfix}", mininterval=5)
    recent: list[tuple[float, float]] = []
    while used() < 1:
        began = time.monotonic()
        for items in pool(simulator, real, arguments.real_share, arguments.seed, step // (POOL * PASSES)):
            share = min(used(), 1.0)
            warm = min(1.0, (step + 1) / 200)
            for group in optimizer.param_groups:
                group["lr"] = arguments.rate * warm * float(0.02 + 0.49 * (1 + np.cos(np.pi * share)))
            value, figures = loss(model, collate(items))
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            spent += time.monotonic() - began
            began = time.monotonic()
            recent = [*recent[-199:], (figures["pointing"], figures["exact"])]
            bar.n = min(100, round(100 * used()))
            pointing, exact = np.mean(recent, 0)
            bar.set_postfix_str(f"step {step}  loss {pointing:.3f}  exact (teacher-forced) {exact:.3f}")
        save()
    bar.close()


if __name__ == "__main__":
    main()
