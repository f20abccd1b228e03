"""Chooses the parts of photographs that the suite shows: python -m models.tools.suite.crops

An instance of COCO128 is taken where it is large and by itself, and where the served detector recognises it
alone, at two sizes on two backgrounds with at most one exception: first cut out along its outline, else
as a rectangle. So a miss in the suite is a miss of counting, hardly one of recognition. Writes crops.json, with
the colours in which an outlined one is still recognised, and scenery.json: photographs in which, far out
of focus, the detector sees nothing. The photographs themselves are for tests only and never shipped or trained on.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from PIL import Image
from tqdm import tqdm

from ..objects.golden_detections import CONFIG, decode, keep, preprocess
from .cutout import HERE, PALETTE, Crop, cut, paste, rectangle, scaled, tinted
from .things import out_of_focus

SERVED = HERE.parents[1] / "served" / "nano" / "objects.onnx"
WIDTH, HEIGHT = 480, 360
LEAST_SIDE = 64
MOST_OVERLAP = 0.3
SIZES = (0.4, 0.65)
UNPAINTED = {"person", "pizza", "zebra", "giraffe", "elephant"}
SURE, SECOND = 0.4, 0.4


def backgrounds() -> list[np.ndarray]:
    rng = np.random.default_rng(5)
    coarse = cv2.resize(rng.integers(60, 200, (9, 12, 3)).astype(np.uint8), (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    return [np.full((HEIGHT, WIDTH, 3), 128, np.uint8), coarse]


def recognised(session, sprite: np.ndarray, label: str) -> bool:
    """Alone in the picture, it is the one thing that the detector sees, and by its name; once it may fail."""
    failures = 0
    for share in SIZES:
        part = scaled(sprite, share * WIDTH, share * HEIGHT)
        for number, background in enumerate(backgrounds()):
            failures += not found_alone(session, part, background, 0.3 + 0.3 * number, label)
            if failures > 1:
                return False
    return True


def found_alone(session, sprite: np.ndarray, background: np.ndarray, place: float, label: str) -> bool:
    height, width = sprite.shape[:2]
    frame = background.copy()
    x, y = (WIDTH - width) * place, (HEIGHT - height) * 0.6
    paste(frame, sprite, x, y)
    image = preprocess(Image.fromarray(frame))
    scores, logits = (out[0] for out in session.run(["scores", "boxes"], {"image": image}))
    boxes = decode(logits)
    seen = [i for i in keep(boxes, scores) if scores[i].max() >= SECOND]
    if len(seen) != 1:
        return False
    [index] = seen
    if CONFIG["labels"][int(scores[index].argmax())] != label or scores[index].max() < SURE:
        return False
    scale = max(WIDTH, HEIGHT) / image.shape[-1]
    box = boxes[index] * scale - [0, (WIDTH - HEIGHT) / 2] * 2
    low, high = np.maximum(box[:2], [x, y]), np.minimum(box[2:], [x + width, y + height])
    shared = np.prod(np.clip(high - low, 0, None))
    return shared / (np.prod(box[2:] - box[:2]) + width * height - shared) >= 0.55


def alone(box, others) -> bool:
    x, y, width, height = box
    for u, v, wide, high in others:
        shared = max(0, min(x + width, u + wide) - max(x, u)) * max(0, min(y + height, v + high) - max(y, v))
        if shared > MOST_OVERLAP * width * height:
            return False
    return True


def candidates(folder: Path):
    for picture in json.loads((folder / "COUNTS.json").read_text()):
        every = [(label, tuple(box)) for label, boxes in picture["boxes"].items() for box in boxes]
        for label, box in every:
            _, _, width, height = box
            large = min(width, height) >= LEAST_SIDE and max(width, height) <= 4 * min(width, height)
            if large and alone(box, [other for _, other in every if other is not box]):
                yield picture["file"], label, box


def colours_of(session, sprite: np.ndarray, label: str) -> list[str]:
    """Things only: nobody asks about blue people."""
    if label in UNPAINTED:
        return []
    return [name for name, rgb in PALETTE.items() if recognised(session, tinted(sprite, rgb), label)]


def is_empty(session, picture: np.ndarray) -> bool:
    """Far out of focus, nothing in it is seen."""
    frame = out_of_focus(picture, WIDTH, HEIGHT)
    scores, _ = (out[0] for out in session.run(["scores", "boxes"], {"image": preprocess(Image.fromarray(frame))}))
    return scores.max() < 0.3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--media", type=Path, default=HERE.parents[2] / ".." / "shared" / "media")
    args = parser.parse_args()
    folder = args.media / "coco128"
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(SERVED), options)
    read = lambda file: cv2.imread(str(folder / file), cv2.IMREAD_COLOR)[..., ::-1]  # noqa: E731
    found: list[tuple[Crop, list[str]]] = []
    for file, label, box in tqdm(list(candidates(folder)), desc="parts"):
        picture = read(file)
        sprite = cut(picture, box)
        if sprite is not None and recognised(session, sprite, label):
            found.append((Crop(file, label, box, True), colours_of(session, sprite, label)))
        elif recognised(session, rectangle(picture, box), label):
            found.append((Crop(file, label, box, False), []))
    write_crops(found)
    files = sorted(path.name for path in folder.glob("*.jpg"))
    write_scenery([file for file in tqdm(files, desc="scenery") if is_empty(session, read(file))])


def write_crops(found: list[tuple[Crop, list[str]]]) -> None:
    found.sort(key=lambda pair: (pair[0].label, pair[0].file, pair[0].box))
    lines = [
        json.dumps({"label": c.label, "file": c.file, "box": c.box, "outline": c.outline, "colours": colours})
        for c, colours in found
    ]
    (HERE / "crops.json").write_text("[\n " + ",\n ".join(lines) + "\n]\n")
    for label in sorted({crop.label for crop, _ in found}):
        of = [(crop, colours) for crop, colours in found if crop.label == label]
        print(f"{label}: {len(of)}, outlined {sum(c.outline for c, _ in of)}, in four colours {sum(len(k) >= 4 for _, k in of)}")


def write_scenery(files: list[str]) -> None:
    (HERE / "scenery.json").write_text(json.dumps(files, indent=1) + "\n")
    print(f"scenery: {len(files)}")


if __name__ == "__main__":
    main()
