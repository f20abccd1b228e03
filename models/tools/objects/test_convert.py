"""The ONNX file says what the tfjs original said (golden.json, written by golden.mjs)."""

import json
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

from models.tools.objects.convert import OUT
from models.tools.objects.emit import Value

SIDE = 416
GOLDEN = json.loads(Path(__file__).with_name("golden.json").read_text())


def fixed_input() -> np.ndarray:
    """The same waves as `fixedInput` of golden.mjs."""
    channel, y, x = np.meshgrid(np.arange(3), np.arange(SIDE), np.arange(SIDE), indexing="ij")
    waves = np.sin(x * 0.031 + channel) + np.cos(y * 0.047 - channel) * np.sin((x + y) * 0.19)
    return waves[np.newaxis].astype(np.float32)


@pytest.fixture(scope="module")
def outputs() -> dict[str, np.ndarray]:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(OUT), options)
    names = ["scores", "boxes"]
    return dict(zip(names, session.run(names, {"image": fixed_input()}), strict=True))


@pytest.mark.parametrize(("name", "shape"), [("scores", (1, 3549, 80)), ("boxes", (1, 3549, 44))])
def test_parity_with_tfjs(outputs, name, shape):
    assert outputs[name].shape == shape
    expected = np.array(GOLDEN[name])
    actual = outputs[name].reshape(-1)[:: GOLDEN["every"]]
    difference = np.abs(actual - expected).max()
    print(f"{name}: max difference {difference:.1e}, largest value {np.abs(expected).max():.2f}")
    assert difference < 1e-4
    assert expected.std() > 1e-3


def test_the_file_is_small_and_has_no_idle_transposes():
    assert OUT.stat().st_size < 8_000_000
    transposes = [node for node in onnx.load(OUT).graph.node if node.op_type == "Transpose"]
    # Only the six heads, channels last, really move data.
    assert len(transposes) == 6


def test_transposes_compose_like_numpy():
    array = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    value = Value("x").transposed((0, 3, 1, 2)).transposed((2, 0, 3, 1))
    expected = array.transpose(0, 3, 1, 2).transpose(2, 0, 3, 1)
    np.testing.assert_array_equal(array.transpose(value.order), expected)
    assert Value("x").transposed((0, 2, 3, 1)).transposed((0, 3, 1, 2)).order is None
