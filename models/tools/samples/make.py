"""Makes the sample clips, their posters and samples.json.

python -m models.tools.samples.make [--only ID ...]
"""

from __future__ import annotations

import argparse
import json
from importlib import import_module
from pathlib import Path

import numpy as np
from tqdm import tqdm

from .encode import write_clip, write_poster
from .picture import FPS
from .scene import Scene
from .sound import RATE

OUT = Path(__file__).parents[2] / "served" / "samples"
SEED = 2026
SCENES = ("traffic", "dog", "bell", "meadow")
MAX_BYTES = 900_000


def entry(scene: Scene) -> dict:
    credits = list(dict.fromkeys(ingredient.credit for ingredient in scene.ingredients))
    return {
        "id": scene.id,
        "title": scene.title,
        "description": scene.description,
        "file": f"{scene.id}.mp4",
        "poster": f"{scene.id}.webp",
        "posterSmall": f"{scene.id}-480.webp",  # posters.sh
        "captions": f"{scene.id}.vtt",  # captions.py
        "question": scene.question,
        "count": len(scene.clues),
        "category": scene.category,
        "modality": scene.modality,
        "clues": scene.clues,
        "credit": "; ".join(credits),
        "licence": scene.licence,
    }


def make(scene: Scene) -> None:
    poster_frame = round(scene.poster_seconds * FPS)
    kept: dict[int, np.ndarray] = {}

    def frames():
        total = round(len(scene.sound) / RATE * FPS)
        for number, frame in enumerate(tqdm(scene.frames(), scene.id, total=total, mininterval=1)):
            if number == poster_frame:
                kept[number] = frame.copy()
            yield frame

    clip = OUT / f"{scene.id}.mp4"
    write_clip(clip, frames(), scene.sound, scene.crf, scene.max_kbps)
    write_poster(OUT / f"{scene.id}.webp", kept[poster_frame])
    if clip.stat().st_size > MAX_BYTES:
        raise RuntimeError(f"{clip.name} has {clip.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=SCENES, default=SCENES)
    chosen = parser.parse_args().only
    OUT.mkdir(parents=True, exist_ok=True)
    index = OUT / "samples.json"
    known = {e["id"]: e for e in json.loads(index.read_text())} if index.exists() else {}
    for number, name in enumerate(SCENES):
        if name in chosen:
            scene = import_module(f".{name}", __package__).build(
                np.random.default_rng([SEED, number])
            )
            make(scene)
            known[name] = entry(scene)
    entries = [known[name] for name in SCENES if name in known]
    index.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
