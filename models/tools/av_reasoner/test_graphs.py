"""The graphs against the PyTorch model, in every precision."""

import numpy as np
import pytest
import torch

from models.tools.av_reasoner.bundle import Bundler, Identity
from models.tools.av_reasoner.config import tiny
from models.tools.av_reasoner.golden_model import Dequantized, conversation, media, noise_rows
from models.tools.av_reasoner.model import Media
from models.tools.av_reasoner.run_bundle import BundleRunner
from models.tools.av_reasoner.weights import RandomWeights, load_model

CONFIG = tiny()
IDENTITY = Identity("test", "test", "1", "-", True)


@pytest.fixture(scope="module")
def model():
    return load_model(CONFIG, RandomWeights(CONFIG))


@pytest.fixture(scope="module")
def shown() -> Media:
    whole = media()
    return Media(whole.patches.float(), whole.grid, whole.mel.float(), whole.fbank.float())


def bundle(folder, dtype: str) -> BundleRunner:
    out = folder / dtype
    Bundler(CONFIG, RandomWeights(CONFIG), out, dtype, "test").run(IDENTITY, {})
    return BundleRunner(out)


@pytest.fixture(scope="module")
def exact(tmp_path_factory) -> BundleRunner:
    return bundle(tmp_path_factory.mktemp("exact"), "f32")


@torch.no_grad()
def test_encoders_agree(model, exact, shown):
    tower = model.model.vision_tower.vision_tower
    positions = tower.positions(*shown.grid)
    seen = exact.see(shown.patches.numpy(), positions.numpy(), shown.grid)
    np.testing.assert_allclose(seen, model.see(shown.patches, shown.grid), atol=2e-5)
    heard = exact.hear(shown.mel.numpy(), shown.fbank.numpy())
    np.testing.assert_allclose(heard, model.hear(shown.mel, shown.fbank), atol=2e-5)


@torch.no_grad()
def test_several_chunks_are_heard_apart(model, exact, shown):
    mel = torch.cat([shown.mel, torch.zeros_like(shown.mel)])
    fbank = torch.cat([shown.fbank, shown.fbank.flip(1)])
    np.testing.assert_allclose(exact.hear(mel.numpy(), fbank.numpy()), model.hear(mel, fbank), atol=2e-5)


@torch.no_grad()
@pytest.mark.parametrize("chunk", [1, 16, 64, 96])
def test_prefill_in_chunks(model, exact, chunk):
    rows = noise_rows(96, CONFIG.decoder.hidden).float()
    whole, _ = model.decode(rows)
    cache = exact.start()
    for start in range(0, 96, chunk):
        logits = exact.decode(rows[:, start : start + chunk].numpy(), cache)
    np.testing.assert_allclose(logits, whole[0, 0], atol=1e-4)
    assert cache["past_key_values.1.value"].shape == (1, 2, 96, 16)


@torch.no_grad()
def test_the_same_words_are_written(model, exact, shown):
    prefix, suffix = conversation(CONFIG)
    embeds = model.sequence(prefix, shown, suffix)
    settings = CONFIG.generation
    written = model.generate(embeds, settings)
    assert len(set(written)) > 10
    again = exact.greedy(embeds.numpy(), settings.max_new_tokens, settings.stop_ids, settings.repetition_penalty)
    assert again == written


@torch.no_grad()
@pytest.mark.parametrize("dtype, bits, tolerance", [("q4f32", 4, 1e-3), ("q4f16", 4, 2e-2), ("f16", None, 2e-2)])
def test_rounded_bundles_agree_with_their_own_weights(tmp_path, dtype, bits, tolerance):
    rows = noise_rows(96, CONFIG.decoder.hidden).float()
    weights = Dequantized(CONFIG) if bits == 4 else RandomWeights(CONFIG)
    expected, _ = load_model(CONFIG, weights).decode(rows)
    runner = bundle(tmp_path, dtype)
    logits = runner.decode(rows.numpy(), runner.start())
    assert np.abs(logits - expected[0, 0].numpy()).max() <= tolerance * float(expected.abs().max())


@torch.no_grad()
def test_eight_bits_are_close(tmp_path, model, shown):
    runner = bundle(tmp_path, "q8f16")
    heard = runner.hear(shown.mel.numpy(), shown.fbank.numpy())
    expected = model.hear(shown.mel, shown.fbank)
    assert np.abs(heard - expected.numpy()).max() < 0.05 * float(expected.abs().max())


def test_layout_of_the_sequence(model):
    """Section C.6: two frames of 640 × 320, one chunk of sound, three tokens before."""
    frame = (20 // 2) * (40 // 2 + 1) + 1
    shown = Media(torch.zeros(2, 800, 768), (20, 40), torch.zeros(1, 128, 3000), torch.zeros(1, 2998, 128))
    with torch.no_grad():
        rows = model.sequence([1, 2, 3], shown, [4])[0]
    projector, speech = model.model.mm_projector, model.model.speech_projector
    places = {
        3: projector.image_begin,
        3 + frame: projector.image_sep,
        3 + 2 * frame: projector.image_sep,
        426: projector.image_end,
        427: speech.speech_begin,
        578: speech.speech_newline,
        579: speech.speech_end,
    }
    assert list(places)[1:3] == [214, 425]
    for place, vector in places.items():
        assert torch.equal(rows[place], vector), place
    assert len(rows) == 581
