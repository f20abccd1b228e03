"""GRPO on verifiable rewards: `python -m models.tools.decoder.grpo --start supervised.pt --out grpo.pt`.

Group 8, temperature 1, reward 10 × accuracy + format (`rewards.py`), advantage (r − mean) / (std + 1e-4), strictly
on-policy, KL to the start weights (beta 0.1, exp(d) − d − 1 with d clamped to ±11), as in sections B.2 and B.3
of the paper's notes. `--curriculum` goes QA → grounding → counting → all with 20 % review of earlier stages;
without, all tasks are mixed from the beginning. Before a scene is used, five answers of the start weights drop
it where they are all right (grounding: mean IoU above 0.9). `--seconds` is CPU time, the filter's included.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
from tqdm import tqdm

from models.tools.decoder.data import ROOT, add_arguments, make_scene, make_simulator
from models.tools.decoder.features import encode
from models.tools.decoder.model import Decoder, Shape
from models.tools.decoder.rewards import TASKS, accuracy, reward
from models.tools.decoder.rollout import Prefixes, log_probabilities, sample

GROUP, BETA, BATCH, POOL, TRIES = 8, 0.1, 8, 256, 5
# Share of the time at which a stage ends, and what it trains.
STAGES = [(0.15, ["qa"]), (0.35, ["grounding"]), (0.7, ["counting"]), (1.0, list(TASKS))]
REVIEW = 0.2


def task_at(share: float, curriculum: bool, rng: np.random.Generator) -> str:
    """What the next scene trains, when this share of the time is used up."""
    if not curriculum:
        return str(rng.choice(TASKS))
    stage = next((i for i, (until, _) in enumerate(STAGES) if share < until), len(STAGES) - 1)
    if stage and stage < len(STAGES) - 1 and rng.random() < REVIEW:
        stage = int(rng.integers(stage))
    return str(rng.choice(STAGES[stage][1]))


class Example:
    def __init__(self, scene, rows: np.ndarray, task: str, rng: np.random.Generator):
        self.scene, self.rows, self.task = scene, rows, task
        # “Is there any?”, or “are there more than k?” with a k near the truth.
        self.more_than = 0 if rng.random() < 0.5 else max(0, scene.true_count + int(rng.integers(-2, 2)))


def solved(model: Decoder, examples: list[Example], generator: torch.Generator) -> list[bool]:
    """Which have nothing to teach: all tries right, or for grounding a mean IoU above 0.9."""
    prefixes = Prefixes([e.rows for e in examples])
    tries = sample(model, prefixes, TRIES, generator)
    out = []
    for b, e in enumerate(examples):
        got = [accuracy(e.task, e.scene, tries.pointed(prefixes, b, g), e.more_than) for g in range(TRIES)]
        out.append(float(np.mean(got)) > 0.9 if e.task == "grounding" else min(got) >= 1.0)
    return out


def update(model: Decoder, reference: Decoder, examples: list[Example], generator: torch.Generator) -> tuple[torch.Tensor, dict]:
    prefixes = Prefixes([e.rows for e in examples])
    rollouts = sample(model, prefixes, GROUP, generator)
    rewards = torch.tensor([
        [reward(e.task, e.scene, rollouts.pointed(prefixes, b, g), bool(rollouts.ended[b, g]), e.more_than) for g in range(GROUP)]
        for b, e in enumerate(examples)
    ])  # fmt: skip
    advantage = (rewards - rewards.mean(1, keepdim=True)) / (rewards.std(1, keepdim=True) + 1e-4)
    log_p, counted = log_probabilities(model, prefixes, rollouts)
    with torch.no_grad():
        log_ref, _ = log_probabilities(reference, prefixes, rollouts)
    d = (log_ref - log_p).clamp(-11, 11)
    divergence = d.exp() - d - 1
    token = -((log_p - log_p.detach()).exp() * advantage[..., None] - BETA * divergence)
    per_rollout = (token * counted).sum(2) / counted.sum(2)
    figures = {"reward": float(rewards.mean()), "kl": float((divergence.detach() * counted).sum() / counted.sum())}
    return per_rollout.mean(), figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--start", type=Path, default=ROOT / ".cache/decoder/supervised.pt")
    parser.add_argument("--out", type=Path, default=ROOT / ".cache/decoder/grpo.pt")
    parser.add_argument("--curriculum", action="store_true")
    parser.add_argument("--seconds", type=float, default=90, help="of CPU time")
    parser.add_argument("--rate", type=float, default=2e-5)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    simulator = make_simulator(arguments)
    saved = torch.load(arguments.start, weights_only=False)
    reference, model = Decoder(Shape(**saved["shape"])), Decoder(Shape(**saved["shape"]))
    reference.load_state_dict(saved["model"])
    model.load_state_dict(saved["model"])
    optimizer = torch.optim.AdamW(model.parameters(), lr=arguments.rate, weight_decay=0.0, betas=(0.9, 0.98))
    spent, pool_number, step = 0.0, 0, 0
    if arguments.out.exists():
        saved = torch.load(arguments.out, weights_only=False)
        model.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        spent, pool_number, step = saved["spent"], saved["pool"], saved["step"]
    else:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.with_suffix(".csv").write_text("step,seconds,reward,kl,dropped\n")
    bar = tqdm(total=arguments.seconds, initial=spent, unit="s", bar_format="{l_bar}{bar}| {elapsed} {postfix}", mininterval=5)
    while spent < arguments.seconds:
        # A pool of scenes (their making is not counted, as it is not for supervised training), then its updates.
        rng = np.random.default_rng([arguments.seed, 7, pool_number])
        generator = torch.Generator().manual_seed(arguments.seed * 100003 + pool_number)
        scenes = [make_scene(simulator, rng) for _ in range(POOL)]
        rows = [encode(scene, simulator.label_vectors) for scene in scenes]
        began = time.process_time()
        share = spent / arguments.seconds
        examples = [Example(s, r, task_at(share, arguments.curriculum, rng), rng) for s, r in zip(scenes, rows) if s.pointable.any()]
        examples.sort(key=lambda e: (len(e.scene.targets), len(e.rows)))
        batches = [examples[i : i + 2 * BATCH] for i in range(0, len(examples), 2 * BATCH)]
        kept = [e for batch in batches for e, drop in zip(batch, solved(reference, batch, generator)) if not drop]
        batches = [kept[i : i + BATCH] for i in range(0, len(kept), BATCH)]
        recent = []
        for at in rng.permutation(len(batches)):
            for one in optimizer.param_groups:
                one["lr"] = arguments.rate * min(1.0, (step + 1) / 20) * (0.1 + 0.9 * max(0.0, 1 - spent / arguments.seconds))
            value, figures = update(model, reference, batches[at], generator)
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            recent.append((figures["reward"], figures["kl"]))
        spent += time.process_time() - began
        pool_number += 1
        mean, kl = np.mean(recent, 0) if recent else (0.0, 0.0)
        with arguments.out.with_suffix(".csv").open("a") as handle:
            handle.write(f"{step},{spent:.1f},{mean:.3f},{kl:.4f},{1 - len(kept) / len(examples):.3f}\n")
        bar.n = min(spent, arguments.seconds)
        bar.set_postfix_str(f"step {step}  reward {mean:.2f}  kl {kl:.4f}  dropped {1 - len(kept) / len(examples):.2f}")
        torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "spent": spent, "pool": pool_number,
                    "shape": model.shape.as_dict()}, arguments.out)  # fmt: skip
    bar.close()


if __name__ == "__main__":
    main()
