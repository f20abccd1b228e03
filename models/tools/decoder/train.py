"""Trains the decoder: `python -m models.tools.decoder.train --real DUMP.jsonl --out .cache/decoder/decoder.pt`.

Simulated scenes, mixed with real tower output where `--real` names it (`data.py` makes them ahead or as
training goes, the same either way). Started again, it goes on where it stopped. The learning rate
follows the share of `--minutes` or `--steps` that is used up; only `--steps` gives the same weights again. Losses go to a CSV beside the weights.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from models.tools.decoder.batch import Item, collate, loss
from models.tools.decoder.data import ROOT, SIZE, add_arguments, make_simulator, shard
from models.tools.decoder.export import grown, read_weights
from models.tools.decoder.model import Decoder, Shape

BATCH, PASSES = 32, 3  # making a scene costs more than a step: each is used thrice
PER_SHARD = SIZE // BATCH * PASSES


def batches_of(items: list[Item], rng: np.random.Generator) -> list[list[Item]]:
    """Batches of similar lengths, so that little is padding, PASSES times in random order."""
    items = sorted(items, key=lambda item: (item.length, len(item.steps)))
    batches = [items[i : i + BATCH] for i in range(0, len(items), BATCH)]
    return [batches[i] for _ in range(PASSES) for i in rng.permutation(len(batches))]


def rate_at(share: float, step: int) -> float:
    """Warm-up, then a cosine; relative to the highest rate."""
    return min(1.0, (step + 1) / 200) * float(0.02 + 0.49 * (1 + np.cos(np.pi * min(share, 1.0))))


def begin(layers: int | None, start: Path | None) -> Decoder:
    """New weights, or those of a file. Blocks that the file lacks change nothing until they are trained."""
    if start is None:
        return Decoder(Shape(layers=layers or Shape().layers))
    saved = read_weights(start)
    shape = saved["shape"]
    model = Decoder(Shape(**shape | {"layers": layers or shape["layers"]}))
    model.load_state_dict(grown(saved["model"], model.state_dict()))
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--out", type=Path, default=ROOT / ".cache/decoder/decoder.pt")
    parser.add_argument("--minutes", type=float, help="of CPU time, the making of scenes not counted; default: no limit")
    parser.add_argument("--steps", type=int, default=9000)
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--start", type=Path, help="begin with the weights of this file, .pt or .onnx")
    parser.add_argument("--layers", type=int, help="default: those of --start; more: it goes on with new blocks behind them")
    parser.add_argument("--first-shard", type=int, default=0)
    parser.add_argument("--half", action="store_true", help="bfloat16 autocast")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    simulator = make_simulator(arguments)
    model = begin(arguments.layers, arguments.start)
    optimizer = torch.optim.AdamW(model.parameters(), lr=arguments.rate, weight_decay=0.02, betas=(0.9, 0.98))
    step, spent = 0, 0.0
    if arguments.out.exists():
        saved = torch.load(arguments.out, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent = saved["step"], saved["spent"]
    log = arguments.out.with_suffix(".csv")
    if not step:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("step,seconds,pointing,exact\n")

    def used() -> float:
        share = step / arguments.steps
        return max(share, spent / 60 / arguments.minutes) if arguments.minutes else share

    def save() -> None:
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent,
                    "shape": model.shape.as_dict()}, arguments.out)  # fmt: skip

    print(f"{sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters")
    bar = tqdm(total=100, initial=round(100 * used()), unit="%", bar_format="{l_bar}{bar}| {elapsed} {postfix}", mininterval=5)
    while used() < 1:
        number = step // PER_SHARD + arguments.first_shard
        items = shard(arguments.shards, arguments.seed, number, simulator)
        recent = []
        batches = batches_of(items, np.random.default_rng([arguments.seed, number, 1]))
        for batch in batches[step % PER_SHARD :]:
            began = time.process_time()
            for group in optimizer.param_groups:
                group["lr"] = arguments.rate * rate_at(used(), step)
            with torch.autocast("cpu", torch.bfloat16, enabled=arguments.half):
                value, figures = loss(model, collate(batch))
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            spent += time.process_time() - began
            recent.append((figures["pointing"], figures["exact"]))
            if used() >= 1:
                break
        pointing, exact = np.mean(recent, 0)
        with log.open("a") as handle:
            handle.write(f"{step},{spent:.1f},{pointing:.4f},{exact:.4f}\n")
        bar.n = min(100, round(100 * used()))
        bar.set_postfix_str(f"step {step}  loss {pointing:.3f}  exact (teacher-forced) {exact:.3f}")
        save()
    bar.close()


if __name__ == "__main__":
    main()
