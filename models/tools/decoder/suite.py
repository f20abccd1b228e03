"""The generated suite: scenes with exact truth, times included, of every category and modality, at three
levels of noise. Sounds are rendered recordings of held-out packages heard by the real tower
(`suite_sounds.py`). Cycles are at the low and middle level what the real tower says about made-up clips
(`models/tools/motion/synthetic.ts`), at the high level simulated. Tracks and photographs are simulated.
"""

from pathlib import Path

import numpy as np

from models.tools.decoder.real import RealCycles, RealSounds
from models.tools.decoder.scene import CYCLE, OBJECT, SOUND, TOWERS, Scene
from models.tools.decoder.simulate import Simulator
from models.tools.decoder.suite_sounds import FOLDER

LEVELS = {"low": 0.5, "middle": 1.0, "high": 1.6}

# (category, modality), how the scenes are made, and how many.
PLAN: list[tuple[str, str, dict, int]] = [
    ("event", "A", {"kind": "sound", "condition": 0}, 80),
    ("event", "A", {"kind": "sound", "condition": 1, "cause": SOUND}, 20),
    ("event", "V", {"kind": "cycle", "condition": 0}, 70),
    ("event", "V", {"kind": "cycle", "condition": 1, "cause": OBJECT}, 15),
    ("event", "A2V", {"kind": "cycle", "condition": 1, "cause": SOUND, "relations": 4}, 35),
    ("event", "V2A", {"kind": "sound", "condition": 1, "cause": OBJECT}, 35),
    ("event", "V2A", {"kind": "sound", "condition": 1, "cause": CYCLE, "relations": 4}, 15),
    ("event", "AV", {"kind": "sound", "condition": 1, "cause": CYCLE, "relation": "with"}, 20),
    ("event", "AV", {"kind": "cycle", "condition": 1, "cause": SOUND, "relation": "with"}, 20),
    ("object", "V", {"kind": "object", "condition": 0, "mode": "each", "colour": False}, 60),
    ("object", "V", {"kind": "object", "condition": 0, "mode": "atOnce", "colour": False}, 25),
    ("object", "V", {"kind": "object", "condition": 1, "cause": OBJECT, "mode": "each", "colour": False}, 10),
    ("object", "V", {"kind": "still", "mode": "each", "colour": False}, 25),
    ("object", "A2V", {"kind": "object", "condition": 1, "cause": SOUND, "mode": "each", "colour": False}, 40),
    ("attribute", "V", {"kind": "object", "condition": 0, "mode": "each", "colour": True}, 25),
    ("attribute", "V", {"kind": "still", "mode": "each", "colour": True}, 10),
    ("attribute", "V", {"kind": "object", "condition": 0, "mode": "colours"}, 20),
    ("attribute", "V", {"kind": "object", "condition": 0, "mode": "kinds"}, 20),
    ("attribute", "A2V", {"kind": "object", "condition": 1, "cause": SOUND, "mode": "each", "colour": True}, 15),
]  # fmt: skip


def suite(simulator: Simulator, level: str, part: str, seed: int, times: int = 1) -> list[tuple[str, str, Scene]]:
    """`part`: 'sounds' for the suite itself, 'tune' for other scenes of the same kind, to tune the rules on."""
    file: Path = FOLDER / f"{part}-{level}.jsonl"
    if not file.exists():
        raise SystemExit(f"{file} is missing; python -m models.tools.decoder.suite_sounds --media DIR makes it")
    simulator.real_sounds, simulator.real_cycles = RealSounds([file], simulator), None
    simulator.real_sounds.augment = False
    simulator.like_tower = 1.0
    if level != "high":
        simulator.real_cycles = RealCycles([FOLDER / "cycles.jsonl"], simulator)
        simulator.real_cycles.augment = False
        simulator.real_cycles.rows = simulator.real_cycles.rows[part == "tune" :: 2]
    made = []
    for number, (category, modality, how, count) in enumerate(PLAN):
        how = dict(how)
        relations = how.pop("relations", 5)
        for i in range(count * times):
            rng = np.random.default_rng([seed, number, i])
            while True:
                scene = simulator.scene(rng, LEVELS[level], **how, **({} if how["kind"] == "still" else {"real": 1.0, "strict": True}))
                caught = scene.condition is not None
                if caught and relations == 4 and scene.condition.relation == "with":
                    continue
                if how.get("condition") and (not caught or TOWERS.index(scene.condition.kind) != how["cause"]):
                    continue
                break
            made.append((category, modality, scene))
    return made
