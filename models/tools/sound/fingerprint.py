"""Trains the fingerprint of a trained tower: python -m models.tools.sound.fingerprint --media DIR --weights FILE.pt --out FILE.pt

Two onsets of one clip are alike where the same kind of sound begins, whatever its name: also where the tower does
not recognise the class. The tower stays as it is; one linear layer over what its blocks say after an onset is fitted, so that
the cosine of two onsets' fingerprints tells how likely they are of one kind (`events.likeness`). Pairs are drawn from the
scenes that the tower was trained on (`--folds` as there), of each scene as many alike as unlike by weight.
"""

from __future__ import annotations

import argparse
import multiprocessing
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tqdm import trange

from .bank import IMPACT, Bank, add_recordings, load_bank
from .events import EVENTS, find_peaks, pool_end
from .export import load_tower
from .model import SoundTower
from .train import POOL, SECONDS, add_arguments, compose, keep_folds, learning_rate, produce, save

UNKNOWN = -2  # nobody knows what begins there
NOTHING = -1  # something is heard that is none of the scene's events


def kinds_at(peaks: list[int], onset_weight: np.ndarray, class_onset: np.ndarray) -> np.ndarray:
    """[peaks] the class that begins at each, NOTHING or UNKNOWN."""
    kinds = []
    for i in peaks:
        begins = class_onset[max(0, i - 2) : i + 3].max(0)
        if np.delete(begins, IMPACT).max() > 0.5:
            begins[IMPACT] = 0  # a named hit is a hit, too
        kinds.append(UNKNOWN if onset_weight[i] == 0 else int(begins.argmax()) if begins.max() > 0.5 else NOTHING)
    return np.array(kinds, int)


def pair_loss(prints: torch.Tensor, kinds: np.ndarray) -> torch.Tensor | None:
    """Of the pairs of one scene of which at least one is an event; None where there is no such pair."""
    rules = EVENTS["likeness"]
    i, j = np.triu_indices(len(kinds), 1)
    known = (kinds[i] != UNKNOWN) & (kinds[j] != UNKNOWN) & ((kinds[i] >= 0) | (kinds[j] >= 0))
    i, j = i[known], j[known]
    if not len(i):
        return None
    same = kinds[i] == kinds[j]
    unit = F.normalize(prints, dim=1)
    logits = rules["slope"] * ((unit[i] * unit[j]).sum(1) - rules["middle"])
    weights = np.where(same, 0.5 / max(same.sum(), 1), 0.5 / max((~same).sum(), 1))
    truth, weights = (torch.from_numpy(x.astype(np.float32)) for x in (same, weights))
    return (F.binary_cross_entropy_with_logits(logits, truth, reduction="none") * weights).sum()


def train(bank: Bank, net: SoundTower, out: Path, steps: int, batch: int, seed: int, rate: float) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    head = net.fingerprint
    optimiser = torch.optim.AdamW(head.parameters(), lr=rate, weight_decay=0.05)
    g = np.random.default_rng(seed)
    context = multiprocessing.get_context("fork")
    queue = context.Queue(64)
    producer = context.Process(target=produce, args=(bank, seed, False, SECONDS, queue), daemon=True)
    producer.start()
    pool = [queue.get() for _ in range(2 * batch)]
    mean = 0.7
    bar = trange(steps, mininterval=10)
    for step in bar:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, steps, rate)
        for _ in range(batch // 4):
            pool.append(queue.get())
        pool = pool[-POOL:]
        rows = [compose(pool[g.integers(len(pool))], pool[g.integers(len(pool))], g) for _ in range(batch)]
        with torch.no_grad():
            hidden = net.hidden(torch.from_numpy(np.stack([row[0] for row in rows]).astype(np.float32)))
            onsets = torch.sigmoid(net.onset(hidden)).squeeze(1).numpy()
        values = []
        for x, onset, row in zip(hidden, onsets, rows):
            peaks = find_peaks(onset, EVENTS)
            if len(peaks) < 2:
                continue
            ends = [pool_end(peaks, k, len(onset), EVENTS) for k in range(len(peaks))]
            heard = torch.stack([x[:, i:end].mean(1) for i, end in zip(peaks, ends)])
            value = pair_loss(head(F.dropout(heard, 0.2).T[None])[0].T, kinds_at(peaks, row[4], row[3]))
            if value is not None:
                values.append(value)
        loss = torch.stack(values).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        mean = 0.98 * mean + 0.02 * loss.item()
        bar.set_postfix_str(f"loss {mean:.4f}", refresh=False)
    save(out, {"model": net.state_dict(), "step": steps})
    producer.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--weights", type=Path, required=True, help="the trained tower")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--folds", type=int, nargs="+", default=None)
    parser.add_argument("--more", type=Path, default=Path(".cache/more/sounds"), help="further recordings (models.tools.data.rebuild --beside)")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=41)
    args = parser.parse_args()
    bank = add_recordings(load_bank(args.media, args.cache), args.more).select(keep_folds(args.folds))
    train(bank, load_tower(args.weights), args.out, args.steps, args.batch, args.seed, args.rate)


if __name__ == "__main__":
    main()
