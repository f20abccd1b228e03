"""Trains the sound tower: python -m models.tools.sound.train --media DIR --out FILE.pt

`--folds 1 2` keeps ESC-10 folds 3 and 4 (and a fifth of the source packages) out, for
cross-validation; `--folds 0` keeps all of ESC-10 out. Started again with the same arguments, it goes
on where it stopped. Scenes are made in a second process of low priority. Beside FILE.pt it writes
FILE.csv and, with matplotlib, FILE.png: the losses.
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import os
import zlib
from collections import Counter
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tqdm import trange

from .bank import IMPACT, INDEX, LABELS, PERCUSSIVE, RATE, Bank, add_recordings, load_bank
from .channel import equaliser, transmit
from .features import FEATURES, mel_power
from .model import STRIDE, SoundTower
from .scenes import Scene, SceneMaker, hearable, is_percussive

SECONDS = 8.0
# Of an event, the steps over which its class is judged, at least and at most.
HEARD = (3, 15)
# Weights of the losses: onset, activity, class onset, name of an event.
SHARES = (2, 1, 0.5, 0.15)
# Scenes kept for further mixtures.
POOL = 3000
STEPS_PER_SECOND = 100 // STRIDE
# Half the time where the processor has it, many times as long where it would be emulated.
HALF = torch.cpu._is_avx512_bf16_supported()
# Classes among which a hit of unknown material is not judged.
UNJUDGED = torch.tensor([i for i, n in enumerate(LABELS) if n in PERCUSSIVE and i != IMPACT])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--media", type=Path, required=True, help="folder with sounds/ and esc10/")
    parser.add_argument("--cache", type=Path, default=Path(".cache/sound/bank.npz"))


def keep_folds(folds: list[int] | None):
    """Which groups a run may train on; None: all."""

    def keep(group: str) -> bool:
        kind, name = group.split(":", 1)
        if folds is None:
            return True
        if kind == "fold":
            return int(name) in folds
        # A fifth of the packages is left out, the same for both halves of a cross-validation.
        return zlib.crc32(name.encode()) % 5 != 0

    return keep


class Layers:
    """A scene as mel power of its two layers, so that one scene serves several mixtures."""

    def __init__(self, scene: Scene):
        frames = len(scene.events_wave) * 100 // RATE
        self.events = mel_power(scene.events_wave)[:frames]
        self.background = mel_power(scene.background)[:frames]
        self.truths, self.unsure, self.snr = scene.truths, scene.unsure, scene.snr_db


def compose(item: Layers, other: Layers, g: np.random.Generator):
    """→ features [frames, mels]; targets onset, activity, class_onset; weights of onsets and of classes; and for every
    step the event that begins there: its class or -1, its length in steps, its weight."""
    fresh = g.random() < 0.5
    back = item.background if fresh else other.background
    talk = [t for t in (item if fresh else other).truths if t.label == INDEX["speech"]]
    truths = [t for t in item.truths if t.label != INDEX["speech"]]
    a = item.events * equaliser(g, FEATURES["melBins"])
    b = back * equaliser(g, FEATURES["melBins"])
    unsure = list(item.unsure)
    if truths:
        level = a.sum(1).max() / (b.sum(1).mean() + 1e-9)
        b = b * (level * 10 ** (-(item.snr if fresh else g.uniform(-3, 40)) / 10)) if b.max() > 0 else b
    power = transmit(a + b, g)
    reference = max(power.sum(1).max(), 1e-9)
    if g.random() < 0.4:
        reference *= 10 ** g.uniform(0, 2.5)
    noise = np.float32(0)
    if g.random() < 0.7:
        noise = reference * 10 ** g.uniform(-8, -4.5) * equaliser(g, FEATURES["melBins"]) * g.exponential(1, power.shape).astype(np.float32)
        power = power + noise
    whole = a + b + noise
    ends = hearable(a, whole, truths)
    mel = (np.log(power / reference + FEATURES["floor"]) + FEATURES["offset"]) * FEATURES["scale"]

    n = len(mel) // STRIDE
    onset, activity, class_onset = np.zeros(n), np.zeros((n, len(LABELS))), np.zeros((n, len(LABELS)))
    onset_weight, class_weight = np.ones(n), np.ones((n, len(LABELS)))
    events = np.zeros((n, 3))
    events[:, 0] = -1
    often = Counter(t.label for t in truths)
    grid = np.arange(n) / STEPS_PER_SECOND
    for start, end in unsure:
        inside = (grid > start - 0.05) & (grid < end + 0.05)
        onset_weight[inside] = 0
    for t, end in zip(truths, ends):
        i, j = int(t.on * STEPS_PER_SECOND), int(np.ceil(max(end or t.off, t.on + 0.06) * STEPS_PER_SECOND))
        columns = [t.label, IMPACT] if is_percussive(t.label) and t.label != IMPACT else [t.label]
        bump = np.exp(-0.5 * ((grid[max(0, i - 3) : i + 5] - t.on) / 0.015) ** 2)
        where = slice(max(0, i - 3), i + 5)
        if end is None:
            onset_weight[where] = 0
            class_weight[max(0, i - 3) : j + 3, columns] = 0
            continue
        onset[where] = np.maximum(onset[where], bump[: len(onset[where])])
        for c in columns:
            activity[i:j, c] = 1
            class_onset[where, c] = np.maximum(class_onset[where, c], bump[: len(onset[where])])
        if t.impact_only:
            class_weight[max(0, i - 3) : j + 3, UNJUDGED] = 0
        elif i < n:
            events[i] = t.label, j - i, often[t.label] ** -0.5
    for t in talk:
        i, j = int(t.on * STEPS_PER_SECOND), int(t.off * STEPS_PER_SECOND)
        # Where an utterance begins is anybody's guess; that somebody talks is not.
        onset_weight[max(0, i - 3) : i + 5] = 0
        loud = b[i * STRIDE : j * STRIDE : STRIDE].sum(1) > 0.5 * whole[i * STRIDE : j * STRIDE : STRIDE].sum(1)
        activity[i : i + len(loud), INDEX["speech"]] = loud[: n - i]
    return mel, onset, activity, class_onset, onset_weight, class_weight, events


def losses(outputs, targets):
    onset, activity, class_onset, onset_weight, class_weight, events = targets
    o, a, c, _fingerprint = (x.float() for x in outputs)
    five, three = torch.tensor(5.0), torch.tensor(3.0)
    onset_loss = F.binary_cross_entropy_with_logits(o, onset, onset_weight, pos_weight=five)
    activity_loss = F.binary_cross_entropy_with_logits(a, activity, class_weight, reduction="sum")
    class_loss = F.binary_cross_entropy_with_logits(c, class_onset, class_weight * onset_weight[..., None], reduction="sum", pos_weight=three)
    frames = o.numel()
    return onset_loss, activity_loss / frames, class_loss / frames, name_loss(a, c, activity, events)


def name_loss(a: torch.Tensor, c: torch.Tensor, activity: torch.Tensor, events: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the class of every event, a click as weighty as a siren: the scores of a proposal are made of
    the activity after its onset and of the class's own onset, and so are the logits here. Classes that sound at the same time
    and the generic hit are left out."""
    row, at = torch.nonzero(events[..., 0] >= 0, as_tuple=True)
    if not len(row):
        return a.sum() * 0
    label, length, weight = events[row, at].T
    end = torch.minimum(at + length.clamp(HEARD[0], HEARD[1]).long(), torch.tensor(a.shape[1]))
    total = F.pad(a.cumsum(1), (0, 0, 1, 0))
    heard = (total[row, end] - total[row, at]) / (end - at)[:, None]
    logits = (heard + c[row, at]) / 2
    label = label.long()
    others = activity[row, at] > 0.5
    others[:, IMPACT] = True
    others[torch.arange(len(label)), label] = False
    return (F.cross_entropy(logits.masked_fill(others, -1e4), label, reduction="none") * weight).sum() / weight.sum()


def learning_rate(step: int, steps: int, peak: float) -> float:
    """A short rise, then half a cosine down to almost nothing."""
    return peak * min(1.0, (step + 1) / 150) * (0.005 + 0.995 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def produce(bank: Bank, seed: int, focus: bool, seconds: float, queue) -> None:
    """Makes scenes without end; in a process of its own."""
    os.nice(5)
    maker = SceneMaker(bank, seed, focus=focus, wider=True)
    while True:
        queue.put(Layers(maker.make(seconds)))


def go_on_from(net: SoundTower, init: Path) -> None:
    """Blocks that the weights do not have yet begin with almost nothing (with nothing, no gradient would reach them)."""
    model = torch.load(init, weights_only=False)["model"]
    missing, unexpected = net.load_state_dict(model, strict=False)
    if wrong := [*unexpected, *(name for name in missing if not name.startswith("blocks."))]:
        raise SystemExit(f"{init} does not fit: {wrong}")
    for name in missing:
        if name.endswith("norm.weight"):
            torch.nn.init.constant_(net.get_parameter(name), 0.05)


def train(bank: Bank, out: Path, steps: int, batch: int, seed: int, threads: int = 1, init: Path | None = None, rate: float = 2.5e-3, focus: bool = False, compiled: bool = False, seconds: float = SECONDS) -> SoundTower:
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    net = SoundTower(len(LABELS)).to(memory_format=torch.channels_last)
    forward = torch.compile(net) if compiled else net
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    begin = 0
    if init is not None and not out.exists():
        go_on_from(net, init)
    if out.exists():
        state = torch.load(out, weights_only=False)
        net.load_state_dict(state["model"])
        if "optimiser" in state:
            optimiser.load_state_dict(state["optimiser"])
        begin = state["step"]
    g = np.random.default_rng(seed + 1 + begin)
    context = multiprocessing.get_context("fork")
    queue = context.Queue(64)
    producer = context.Process(target=produce, args=(bank, seed + begin, focus, seconds, queue), daemon=True)
    producer.start()
    # Making a scene costs as much as training on it, so each serves several mixtures.
    fresh = max(1, batch // 4)
    pool: list[Layers] = [queue.get() for _ in range(2 * batch)]
    mean = np.zeros(len(SHARES))
    curve: list[str] = []
    net.train()
    bar = trange(begin, steps, initial=begin, total=steps, mininterval=20)
    for step in bar:
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, steps, rate)
        new = [queue.get() for _ in range(fresh)]
        old = [pool[g.integers(len(pool))] for _ in range(batch - fresh)]
        rows = [compose(x, pool[g.integers(len(pool))], g) for x in new + old]
        for x in new:
            if len(pool) < POOL:
                pool.append(x)
            else:
                pool[g.integers(len(pool))] = x
        mel, *targets = (torch.from_numpy(np.stack(x).astype(np.float32)) for x in zip(*rows))
        with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
            outputs = forward(mel)
        parts = losses(outputs, targets)
        loss = sum(share * part for share, part in zip(SHARES, parts))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        mean = 0.98 * mean + 0.02 * np.array([x.item() for x in parts])
        if step % 20 == 0:
            bar.set_postfix_str("onset {:.4f} activity {:.4f} class {:.4f} name {:.4f}".format(*mean), refresh=False)
            if step - begin >= 100:
                curve.append(",".join([str(step), *(f"{value:.5f}" for value in mean)]) + "\n")
        if step % 200 == 199 and step + 1 < steps:
            save(out, {"model": net.state_dict(), "optimiser": optimiser.state_dict(), "step": step + 1})
            draw_curve(out, curve)
    save(out, {"model": net.state_dict(), "step": steps})
    draw_curve(out, curve)
    producer.terminate()
    return net


def draw_curve(out: Path, curve: list[str]) -> None:
    """Appends to the table of losses, empties `curve`, and draws what the table holds."""
    table = out.with_suffix(".csv")
    with open(table, "a") as handle:
        handle.writelines(curve)
    curve.clear()
    try:
        import matplotlib
    except ImportError:
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = np.loadtxt(table, delimiter=",", ndmin=2)
    if len(rows) == 0:
        return
    figure, axes = pyplot.subplots(1, len(SHARES), figsize=(14, 3))
    for axis, values, name in zip(axes, rows.T[1:], ("onset", "activity", "class onset", "name")):
        axis.plot(rows[:, 0], values)
        axis.set(title=name, xlabel="step", yscale="log")
    figure.tight_layout()
    figure.savefig(out.with_suffix(".png"), dpi=90)
    pyplot.close(figure)


def save(out: Path, state: dict) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    part = out.with_suffix(".part")
    torch.save(state, part)
    part.replace(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    add_arguments(parser)
    parser.add_argument("--out", type=Path, default=Path(".cache/sound/tower.pt"))
    parser.add_argument("--folds", type=int, nargs="+", default=None)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=16, help="scenes a step")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each scene; shorter ones show more recordings in the same time")
    parser.add_argument("--init", type=Path, default=None, help="start from these weights")
    parser.add_argument("--rate", type=float, default=2.5e-3, help="highest learning rate")
    parser.add_argument("--focus", action="store_true", help="more of ESC-10's clips and classes")
    parser.add_argument("--more", type=Path, default=Path(".cache/more/sounds"), help="further recordings (models.tools.data.rebuild --beside)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--compile", action="store_true", help="a sixth faster; wants a C++ compiler")
    args = parser.parse_args()
    bank = add_recordings(load_bank(args.media, args.cache), args.more).select(keep_folds(args.folds))
    train(bank, args.out, args.steps, args.batch, args.seed, args.threads, args.init, args.rate, args.focus, args.compile, args.seconds)


if __name__ == "__main__":
    main()
