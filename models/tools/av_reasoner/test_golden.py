"""The stored goldens and the test model are what their commands write."""

from pathlib import Path

import pytest

from models.tools import export
from models.tools.av_reasoner import golden_model, golden_preprocess


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.parametrize("golden", [golden_model, golden_preprocess])
def test_goldens_are_written_again_byte_for_byte(golden, tmp_path, monkeypatch):
    stored = bytes_of(golden.FOLDER)
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    golden.main()
    assert bytes_of(tmp_path) == stored


def test_the_test_model_is_written_again_byte_for_byte(tmp_path):
    out = tmp_path / "tiny"
    assert export.main(["--random", "tiny", "--out", str(out)]) == 0
    assert bytes_of(out) == bytes_of(export.SERVED / "tiny")
