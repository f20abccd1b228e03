"""From a folder in the released key names to a bundle, and every way in which that may fail."""

import json

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from models.tools.export import main
from models.tools.av_reasoner.bundle import Bundler
from models.tools.av_reasoner.config import Config, tiny
from models.tools.av_reasoner.golden_model import conversation, media
from models.tools.av_reasoner.model import Media
from models.tools.av_reasoner.quantize import BLOCK, dequantize, quantize
from models.tools.av_reasoner.random_checkpoint import write_checkpoint
from models.tools.av_reasoner.run_bundle import BundleRunner
from models.tools.av_reasoner.weights import RandomWeights, expected_shapes, load_model

SECOND = "model-00002-of-00003.safetensors"


@pytest.fixture()
def checkpoint(tmp_path):
    folder = tmp_path / "checkpoint"
    write_checkpoint(tiny(), folder)
    return folder


def export(checkpoint, dtype="f32") -> int:
    out = checkpoint.parent / "bundle"
    return main(["--checkpoint", str(checkpoint), "--out", str(out), "--dtype", dtype])


@torch.no_grad()
def test_round_trip_writes_the_same_words(checkpoint):
    assert export(checkpoint) == 0
    config, whole = tiny(), media()
    model = load_model(config, RandomWeights(config))
    shown = Media(whole.patches.float(), whole.grid, whole.mel.float(), whole.fbank.float())
    prefix, suffix = conversation(config)
    settings = config.generation
    written = model.generate(model.sequence(prefix, shown, suffix), settings)
    runner = BundleRunner(checkpoint.parent / "bundle")
    positions = model.model.vision_tower.vision_tower.positions(*shown.grid)
    frames = runner.see(shown.patches.numpy(), positions.numpy(), shown.grid)
    chunks = runner.hear(shown.mel.numpy(), shown.fbank.numpy())
    begin_image, end_image, begin_speech, end_speech = runner.boundaries[:, None]
    sequence = [runner.embeddings[prefix], begin_image, *frames, end_image, begin_speech, *chunks, end_speech]
    embeds = np.concatenate([*sequence, runner.embeddings[suffix]])[None]
    assert runner.greedy(embeds, settings.max_new_tokens, settings.stop_ids, settings.repetition_penalty) == written
    assert runner.manifest["avReasoner"]["decoder"]["vocabulary"] == 1024


def change(checkpoint, edit) -> None:
    tensors = load_file(checkpoint / SECOND)
    edit(tensors)
    save_file(tensors, checkpoint / SECOND)


def failure(checkpoint, capsys) -> str:
    assert export(checkpoint) == 1
    assert not list(checkpoint.parent.glob("bundle*")), "a half bundle was left"
    message = capsys.readouterr().err.strip()
    assert len(message.splitlines()) == 1
    return message


def test_a_truncated_file(checkpoint, capsys):
    file = checkpoint / SECOND
    file.write_bytes(file.read_bytes()[:-100])
    assert SECOND in failure(checkpoint, capsys)


def test_a_missing_key(checkpoint, capsys):
    change(checkpoint, lambda tensors: tensors.pop(name := sorted(tensors)[0]))
    assert "lacks model." in failure(checkpoint, capsys)


def test_a_key_too_many(checkpoint, capsys):
    change(checkpoint, lambda tensors: tensors.update({"model.layers.0.surprise": torch.zeros(1)}))
    assert "model.layers.0.surprise" in failure(checkpoint, capsys)


def test_a_wrong_shape(checkpoint, capsys):
    name = sorted(load_file(checkpoint / SECOND))[0]
    change(checkpoint, lambda tensors: tensors.update({name: torch.zeros(3, 3)}))
    message = failure(checkpoint, capsys)
    assert name in message and "[3, 3]" in message


def test_a_missing_shard(checkpoint, capsys):
    (checkpoint / SECOND).unlink()
    assert SECOND in failure(checkpoint, capsys)


def test_keys_that_are_not_used_do_not_matter(checkpoint):
    beats = "model.speech_encoder.beats_model"
    extra = {f"{beats}.predictor.weight": torch.zeros(527, 64), f"{beats}.predictor.bias": torch.zeros(527)}
    change(checkpoint, lambda tensors: tensors.update(extra))
    assert export(checkpoint) == 0


def test_an_interrupted_export_goes_on(checkpoint, monkeypatch):
    made: list[str] = []
    graph = Bundler._graph

    def stopping(self, name, *rest):
        if name == "beats_encoder" and not made:
            made.append("stopped")
            raise KeyboardInterrupt
        graph(self, name, *rest)

    monkeypatch.setattr(Bundler, "_graph", stopping)
    with pytest.raises(KeyboardInterrupt):
        export(checkpoint)
    partial = checkpoint.parent / "bundle.partial"
    before = (partial / "whisper_encoder.data").stat().st_mtime_ns
    assert export(checkpoint) == 0
    out = checkpoint.parent / "bundle"
    assert (out / "whisper_encoder.data").stat().st_mtime_ns == before
    assert not partial.exists()
    named = {part["file"] for part in json.loads((out / "manifest.json").read_text())["parts"].values()}
    assert {file.name for file in out.iterdir()} == {*named, "manifest.json"}


@pytest.mark.parametrize("bits, share", [(4, 1 / 7), (8, 1 / 120)])
@pytest.mark.parametrize("inputs", [BLOCK, 4 * BLOCK, 536])
def test_blocks_hold_what_was_put_in(bits, share, inputs):
    weight = torch.randn(8, inputs, generator=torch.Generator().manual_seed(inputs))
    packed, scales = quantize(weight, bits)
    blocks = -(-inputs // BLOCK)
    assert packed.shape == (8, blocks, BLOCK * bits // 8) and scales.shape == (8, blocks)
    error = (dequantize(packed, scales, inputs, bits) - weight).abs()
    largest = torch.nn.functional.pad(weight, (0, blocks * BLOCK - inputs)).view(8, blocks, BLOCK).abs().amax(-1)
    assert (error <= largest.repeat_interleave(BLOCK, 1)[:, :inputs] * share).all()
    assert (quantize(torch.zeros(2, BLOCK), bits)[1] == 0).all()


def test_the_full_model_has_the_released_sizes():
    """Section C.9, and pieces that a browser can hold."""
    shapes = expected_shapes(Config())
    count = sum(int(np.prod(shape)) for shape in shapes.values())
    assert abs(count / 1e9 - 8.876) < 0.002
    assert shapes["model.vision_tower.vision_tower.pos_embed"] == (1, 16384, 1152)
