"""Makes the audio-visual suite: python -m models.tools.suite.make --out .cache/suite --scenes 300

Scenes of known content, each at three noise levels, as small MP4 files; and for each level a file in
the form of CLIPS.json with question, category, modality, answer and clues, exact by construction. A
scene is the same at all levels but for what happens to sound and picture. Started again, it makes only
what is missing or planned otherwise by now. `folds` of a scene: the folds of ESC-10 that its sounds
are of, so that a tower which was not trained on them (and on the packages left out with them) can be
asked.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np
import soundfile
from tqdm import tqdm

from .cutout import HERE, chosen, tints
from .kinds import KINDS
from .levels import LEVELS, Camera
from .scene import SIZES, Scene, Stock, Unfit
from .sounds import RATE, mix, open_shelf
from .things import background

FPS = 15
FOLDS = ("12", "34")


def plan(number: int, seed: int, stocks: dict[str, Stock]) -> tuple[Scene, str]:
    """The scene of a number and the folds of its sounds; the same for every level."""
    rng = np.random.default_rng([seed, number])
    kinds, shares = zip(*KINDS.items())
    # Every hundred scenes hold each kind in its share.
    steps = np.cumsum(shares) / sum(shares)
    kind = kinds[int(np.searchsorted(steps, (number * 0.6180339887 + 0.5) % 1.0))]
    folds = FOLDS[number % 2]
    stock = stocks[folds]
    for _ in range(2000):
        scene = Scene(float(rng.integers(60, 121)) / 10, SIZES[int(rng.integers(len(SIZES)))])
        with contextlib.suppress(Unfit):
            kind(rng, stock, scene)
            textures = stock.shelf.textures
            scene.texture = textures[int(rng.integers(len(textures)))] if rng.random() < 0.6 else None
            return scene, folds
    raise RuntimeError(f"no scene for number {number} of kind {kind.__name__}")


def frames(scene: Scene, backdrop: np.ndarray):
    for k in range(round(scene.seconds * FPS)):
        frame = backdrop.copy()
        for one in (*scene.things, *scene.movers):
            one.draw(frame, k / FPS)
        yield frame


def encoder(path: Path, scene: Scene, wav: Path, level) -> subprocess.Popen:
    width, height = scene.size
    command = ["ffmpeg", "-v", "error", "-y", "-threads", "1", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{width}x{height}", "-r", str(FPS), "-i", "-", "-i", str(wav), "-shortest"]
    command += ["-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-crf", str(level.crf)]
    command += ["-threads", "1", "-g", "45", "-c:a", "aac", "-b:a", f"{level.sound_kbps}k", "-ar", "44100"]
    command += ["-f", "mp4", str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def fingerprint(scene: Scene, folds: str) -> str:
    """Changes with whatever is seen or heard in a scene, so that no clip is left beside another truth."""
    digest = hashlib.sha256(json.dumps(entry(scene, folds, "")).encode())
    for one in scene.heard:
        digest.update(f"{one.start} {one.gain}".encode() + one.sound.wave.tobytes())
    for one in (*scene.things, *scene.movers):
        digest.update(repr([v for v in vars(one).values() if not isinstance(v, np.ndarray)]).encode())
        digest.update(one.sprite.tobytes())
    return digest.hexdigest()


def render(scene: Scene, folds: str, number: int, seed: int, photographs: list[Path], out: Path, names: list[str]) -> None:
    """Writes the levels that are asked for, unless they are there as planned."""
    mark = fingerprint(scene, folds)
    missing = [level for level in LEVELS if level.name in names and not is_made(clip(out, level, number), mark)]
    if not missing:
        return
    width, height = scene.size
    rng = np.random.default_rng([seed, number, 1])
    photograph = cv2.imread(str(photographs[int(rng.integers(len(photographs)))]))[..., ::-1]
    backdrop = background(rng, width, height, photograph)
    with tempfile.TemporaryDirectory() as folder:
        encoders = []
        for level in missing:
            noise = np.random.default_rng([seed, number, 2 + LEVELS.index(level)])
            wav = Path(folder) / f"{level.name}.wav"
            soundfile.write(wav, mix(scene.heard, scene.seconds, scene.texture, level, noise), RATE, subtype="PCM_16")
            part = clip(out, level, number).with_suffix(".part")
            encoders.append((encoder(part, scene, wav, level), Camera(level, height, width, noise), part))
        for frame in frames(scene, backdrop):
            for process, camera, _ in encoders:
                process.stdin.write(camera.take(frame).tobytes())
        for process, _, part in encoders:
            process.stdin.close()
            if process.wait():
                raise RuntimeError(f"ffmpeg failed on {part}")
            part.replace(part.with_suffix(".mp4"))
            part.with_suffix(".sha256").write_text(mark)


def is_made(path: Path, mark: str) -> bool:
    note = path.with_suffix(".sha256")
    return path.exists() and note.exists() and note.read_text() == mark


def clip(out: Path, level, number: int) -> Path:
    return out / level.name / f"s{number:03d}.mp4"


def entry(scene: Scene, folds: str, name: str) -> dict:
    return {
        "file": name, "duration": scene.seconds, "width": scene.size[0], "height": scene.size[1], "fps": FPS,
        "has_audio": True, "folds": folds, "question": scene.question, "category": scene.category,
        "modality": scene.modality, "answer": int(scene.answer), "clues": scene.clues, "certainty": "high",
        "other_questions": [],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--media", type=Path, default=HERE.parents[2] / ".." / "shared" / "media")
    parser.add_argument("--out", type=Path, default=Path(".cache/suite"))
    parser.add_argument("--scenes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--levels", nargs="+", default=[level.name for level in LEVELS], help="render these only")
    parser.add_argument("--plan-only", action="store_true", help="write the annotations, render nothing")
    args = parser.parse_args()
    cv2.setNumThreads(1)
    coco = args.media / "coco128"
    load = lambda crop: crop.load(coco)  # noqa: E731
    stocks = {folds: Stock(open_shelf(args.media, folds), chosen(), load, tints()) for folds in FOLDS}
    photographs = [coco / name for name in json.loads((HERE / "scenery.json").read_text())]
    for level in LEVELS:
        (args.out / level.name).mkdir(parents=True, exist_ok=True)
    plans = [plan(number, args.seed, stocks) for number in tqdm(range(args.scenes), desc="plans")]
    for level in LEVELS:
        list_ = [entry(scene, folds, f"{level.name}/s{number:03d}.mp4") for number, (scene, folds) in enumerate(plans)]
        (args.out / f"{level.name}.json").write_text(json.dumps(list_, indent=1) + "\n")
    if not args.plan_only:
        for number, (scene, folds) in enumerate(tqdm(plans, desc="clips")):
            render(scene, folds, number, args.seed, photographs, args.out, args.levels)


if __name__ == "__main__":
    main()
