"""Writes golden values for detections.ts: head outputs of one photograph and what numpy makes of them.

python -m models.tools.objects.golden_detections PICTURE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

from .convert import OUT, SIDE, STRIDES

HERE = Path(__file__).parent
CONFIG = json.loads((HERE / "config.json").read_text())


def preprocess(picture: Image.Image) -> np.ndarray:
    scale = SIDE / max(picture.size)
    size = tuple(round(side * scale) for side in picture.size)
    square = Image.new("RGB", (SIDE, SIDE))
    square.paste(picture.resize(size, Image.BILINEAR), tuple((SIDE - side) // 2 for side in size))
    numbers = CONFIG["input"]
    planes = np.asarray(square, np.float32)[..., numbers["channels"]]
    return ((planes - numbers["mean"]) / numbers["std"]).astype(np.float32).transpose(2, 0, 1)[np.newaxis]


def decode(logits: np.ndarray) -> np.ndarray:
    """Boxes [anchors, 4] in pixels of the square, from logits [anchors, 44]."""
    cells = []
    for stride in STRIDES:
        row, column = np.mgrid[: SIDE // stride, : SIDE // stride].reshape(2, -1)
        cells.append(np.stack([(column + 0.5) * stride, (row + 0.5) * stride, np.full(row.size, stride)], 1))
    x, y, stride = np.concatenate(cells).T
    shares = np.exp(logits.reshape(-1, 4, 11).astype(np.float64))
    shares /= shares.sum(-1, keepdims=True)
    left, top, right, bottom = (shares @ np.arange(11)).T * stride
    return np.stack([x - left, y - top, x + right, y + bottom], 1)


def keep(boxes: np.ndarray, scores: np.ndarray) -> list[int]:
    limits = CONFIG["detection"]
    best, label = scores.max(1), scores.argmax(1)
    area = np.prod(boxes[:, 2:] - boxes[:, :2], axis=1)
    kept: list[int] = []
    for index in np.argsort(-best):
        if best[index] < limits["minScore"]:
            break
        corner = np.minimum(boxes[index, 2:], boxes[kept, 2:]) - np.maximum(boxes[index, :2], boxes[kept, :2])
        shared = np.prod(np.clip(corner, 0, None), axis=1)
        iou = shared / (area[index] + area[kept] - shared)
        inside = shared / np.minimum(area[index], area[kept])
        same = label[kept] == label[index]
        clash = np.where(
            same, (iou > limits["sameClassIou"]) | (inside > limits["insideShare"]), iou > limits["otherClassIou"]
        )
        if not clash.any():
            kept.append(int(index))
    return kept


def main() -> None:
    session = onnxruntime.InferenceSession(str(OUT))
    image = preprocess(Image.open(sys.argv[1]).convert("RGB"))
    scores, logits = (output[0] for output in session.run(["scores", "boxes"], {"image": image}))
    # Weak classes are left out of the file, so they are left out of the reference as well.
    scores = np.where(scores >= 0.02, np.round(scores, 4), 0).astype(np.float32)
    logits = np.round(logits, 3)
    boxes = decode(logits)
    anchors = [
        {
            "anchor": int(index),
            "scores": {int(label): round(float(scores[index, label]), 4) for label in np.flatnonzero(scores[index])},
            "logits": [round(float(value), 3) for value in logits[index]],
        }
        for index in np.flatnonzero(scores.max(1) >= CONFIG["detection"]["minScore"])
    ]
    detections = [
        {
            "box": [round(float(side), 2) for side in boxes[index]],
            "score": round(float(scores[index].max()), 4),
            "label": CONFIG["labels"][scores[index].argmax()],
        }
        for index in keep(boxes, scores)
    ]
    golden = {"limits": CONFIG["detection"], "anchors": anchors, "detections": detections}
    (HERE / "golden-detections.json").write_text(json.dumps(golden) + "\n")
    print(f"{len(anchors)} anchors, {len(detections)} detections: {[one['label'] for one in detections]}")


if __name__ == "__main__":
    main()
