"""The ONNX file says what the tfjs original said (golden.json, written by golden.mjs)."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from models.tools.motion.convert import OUT, OUTPUTS, SIDE

GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text())
PARTS = [
    (96, 38, 12, 14), (96, 85, 18, 30), (70, 80, 6, 28),
    (122, 80, 6, 28), (88, 140, 7, 30), (104, 140, 7, 30),
]  # fmt: skip


def fixed_picture() -> np.ndarray:
    """The same figure as `fixedPicture` of golden.mjs, as the graph's input."""
    channel, y, x = np.meshgrid(np.arange(3), np.arange(SIDE), np.arange(SIDE), indexing="ij")
    inside = np.zeros(x.shape, bool)
    for cx, cy, rx, ry in PARTS:
        inside |= ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1
    wave = 128 + 60 * np.sin(x * 0.031 + channel) + 40 * np.cos(y * 0.047 - channel)
    # Math.round of JavaScript rounds halves up.
    picture = np.floor(np.where(inside, 40 + 50 * channel, wave) + 0.5)
    return (picture[np.newaxis] / 127.5 - 1).astype(np.float32)


@pytest.fixture(scope="module")
def outputs() -> dict[str, np.ndarray]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(OUT), options)
    names = list(OUTPUTS)
    return dict(zip(names, session.run(names, {"image": fixed_picture()}), strict=True))


@pytest.mark.parametrize("name", list(OUTPUTS))
def test_parity_with_tfjs(outputs, name):
    assert outputs[name].shape == (1, OUTPUTS[name][1], 48, 48)
    expected = np.array(GOLDEN[name])
    actual = outputs[name].reshape(-1)[:: GOLDEN["every"]]
    difference = np.abs(actual - expected).max()
    print(f"{name}: max difference {difference:.1e}, largest value {np.abs(expected).max():.2f}")
    # The original holds its scale 1/127.5 as fp16, which moves the picture by 4e-5.
    assert difference < 2e-3 * max(1, np.abs(expected).max())


def test_the_file_is_small_and_has_no_transposes():
    assert OUT.stat().st_size < 5_000_000
    assert not [node for node in onnx.load(OUT).graph.node if node.op_type == "Transpose"]
