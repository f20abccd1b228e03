"""Makes the training scenes ahead of training: `python -m models.tools.decoder.data --to 100 --real DUMP.jsonl`.

Shard number k of a seed holds 1,024 encoded scenes and is the same whenever it is made; training makes
the ones that are missing. `--real` and `--real-cycles` name what real towers said (see `real.py`).
"""

import argparse
import pickle
from pathlib import Path

import numpy as np
from tqdm import trange

from models.tools.decoder.batch import Item
from models.tools.decoder.features import encode
from models.tools.decoder.labels import Words
from models.tools.decoder.real import RealCycles, RealSounds
from models.tools.decoder.simulate import Simulator

# What is hard is asked more often in training than in the suite.
RELATION_SHARES = {"during": 0.34, "outside": 0.2, "before": 0.13, "after": 0.19, "with": 0.14}
COUPLING, CONDITIONED = 0.6, 0.4

ROOT = Path(__file__).resolve().parents[3]
SIZE = 1024


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--shards", type=Path, default=ROOT / ".cache/decoder/shards", help="folder of the scenes made ahead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--real", type=Path, nargs="*", default=[], help="JSONL files of what a sound tower said, with truth")
    parser.add_argument("--real-cycles", type=Path, nargs="*", default=[], help="the same of a motion tower")


def make_simulator(arguments) -> Simulator:
    simulator = Simulator(Words(ROOT / "models/served/nano/words.bin"))
    simulator.relation_shares, simulator.coupling = RELATION_SHARES, COUPLING
    if arguments.real:
        simulator.real_sounds = RealSounds(arguments.real, simulator)
    if arguments.real_cycles:
        simulator.real_cycles = RealCycles(arguments.real_cycles, simulator)
    return simulator


def make_scene(simulator: Simulator, rng: np.random.Generator):
    """A training scene: the noise is drawn, too."""
    return simulator.scene(rng, rng.uniform(0.3, 1.6), condition=CONDITIONED)


def shard(folder: Path, seed: int, number: int, simulator: Simulator) -> list[Item]:
    file = folder / f"{seed}-{number:04}.pickle"
    if not file.exists():
        rng = np.random.default_rng([seed, number])
        made = []
        for _ in range(SIZE):
            scene = make_scene(simulator, rng)
            made.append((encode(scene, simulator.label_vectors), np.array(scene.targets[:100], np.int16)))
        folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        part.write_bytes(pickle.dumps(made, protocol=5))
        part.rename(file)
    else:
        made = pickle.loads(file.read_bytes())
    return [Item(rows, targets.astype(int)) for rows, targets in made]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--to", type=int, default=100, help="the number after the last shard")
    parser.add_argument("--backwards", action="store_true", help="from the last to the first, beside a training that makes its own")
    arguments = parser.parse_args()
    simulator = make_simulator(arguments)
    order = range(arguments.to - 1, arguments.first - 1, -1) if arguments.backwards else range(arguments.first, arguments.to)
    for number in (order[i] for i in trange(len(order), desc="shards")):
        if not (arguments.shards / f"{arguments.seed}-{number:04}.pickle").exists():
            shard(arguments.shards, arguments.seed, number, simulator)


if __name__ == "__main__":
    main()
