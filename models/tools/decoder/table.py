"""What to do after supervised training, at equal compute: `python -m models.tools.decoder.table --real DUMP.jsonl`.

From the same start: more supervised training, GRPO with all tasks mixed, GRPO with curriculum and review; each
for `--seconds` of CPU time on one thread (the making of scenes not counted) and with every seed. Judged on
scenes of the suite's middle level with other seeds than those of `evaluate`. Writes `table.json` and `table.png`;
started again, it goes on where it stopped.
"""

import argparse
import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

from models.tools.decoder.data import ROOT, add_arguments, make_simulator
from models.tools.decoder.evaluate import figures, temporal_iou
from models.tools.decoder.export import export, load
from models.tools.decoder.evaluate import open_decoder
from models.tools.decoder.rewards import TASKS, reward
from models.tools.decoder.run import answer
from models.tools.decoder.suite import suite

HERE = Path(__file__).resolve().parent
ARMS = {"supervised": "more supervised training", "grpo": "GRPO, tasks mixed", "curriculum": "GRPO, curriculum and review"}


def command(arm: str, seed: int, arguments, out: Path) -> list[str]:
    shared = ["--start", str(arguments.start), "--out", str(out), "--shards", str(arguments.shards), "--real", *map(str, arguments.real)]
    if arguments.real_cycles:
        shared += ["--real-cycles", *map(str, arguments.real_cycles)]
    if arm == "supervised":
        own = ["models.tools.decoder.train", *(["--half"] if arguments.half else []), "--rate", "4e-4", "--minutes", str(arguments.seconds / 60), "--steps", "1000000",
               "--seed", str(arguments.seed), "--first-shard", str(arguments.first_shard + 30 * (seed - 1))]  # fmt: skip
    else:
        own = ["models.tools.decoder.grpo", "--seconds", str(arguments.seconds), "--rate", str(arguments.rate), "--seed", str(100 + seed)]
        own += ["--curriculum"] if arm == "curriculum" else []
    return [sys.executable, "-m", *own, *shared]


def judge(weights: Path, scenes, vectors) -> dict:
    graph = weights.with_suffix(".onnx")
    export(load(weights), graph)
    decoder = open_decoder(graph)
    pointed = [answer(decoder, s, vectors).pointed for s in scenes]
    out = figures([len(p) for p in pointed], scenes, [temporal_iou(s, p) for s, p in zip(scenes, pointed)])
    return out | {"reward": round(float(np.mean([reward(t, s, p, True) for s, p in zip(scenes, pointed) for t in TASKS])), 3)}


def curves(folder: Path, seeds: list[int], file: Path) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (left, right) = plt.subplots(1, 2, figsize=(10, 3.6))
    for arm, name in ARMS.items():
        for seed in seeds:
            rows = list(csv.DictReader((folder / f"{arm}-{seed}.csv").open()))
            seconds = [float(r["seconds"]) for r in rows]
            if arm == "supervised":
                right.plot(seconds, [float(r["pointing"]) for r in rows], label=f"{name}, seed {seed}")
            else:
                left.plot(seconds, [float(r["reward"]) for r in rows], label=f"{name}, seed {seed}")
    left.set(xlabel="CPU seconds", ylabel="mean reward of the rollouts (0 to 11)")
    right.set(xlabel="CPU seconds", ylabel="cross-entropy per step")
    left.legend(fontsize=7), right.legend(fontsize=7)
    figure.tight_layout()
    figure.savefig(file, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--start", type=Path, default=ROOT / ".cache/decoder/supervised.pt")
    parser.add_argument("--folder", type=Path, default=ROOT / ".cache/decoder/table")
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--rate", type=float, default=2e-5, help="of GRPO")
    parser.add_argument("--half", action="store_true", help="supervised training in bfloat16")
    parser.add_argument("--first-shard", type=int, default=80, help="after those of the supervised training")
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--times", type=int, default=2, help="how often 560 scenes are judged")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    file = arguments.folder / "table.json"
    table = json.loads(file.read_text()) if file.exists() else {"secondsOfCpu": arguments.seconds, "rate": arguments.rate, "start": None, "runs": {}}
    simulator = make_simulator(arguments)
    scenes = [s for _, _, s in suite(simulator, "middle", "tune", 777, arguments.times)]
    if table["start"] is None:
        table["start"] = judge(arguments.start, scenes, simulator.label_vectors)
    for seed in arguments.seeds:
        for arm in ARMS:
            out, key = arguments.folder / f"{arm}-{seed}.pt", f"{arm} {seed}"
            if key not in table["runs"]:
                subprocess.run(command(arm, seed, arguments, out), check=True)
                table["runs"][key] = judge(out, scenes, simulator.label_vectors)
                file.write_text(json.dumps(table, indent=1) + "\n")
                print(key, table["runs"][key], "start", table["start"], flush=True)
    for arm, name in ARMS.items():
        rows = [table["runs"][f"{arm} {seed}"] for seed in arguments.seeds]
        table[arm] = {"name": name} | {k: round(float(np.mean([r[k] for r in rows])), 3) for k in ("Acc", "OBOA", "MAE", "tIoU", "reward")}
    (HERE / "table.json").write_text(json.dumps(table, indent=1) + "\n")
    curves(arguments.folder, arguments.seeds, HERE / "table.png")


if __name__ == "__main__":
    main()
