"""python -m pytest models/tools/decoder"""

import numpy as np
import pytest
import torch

from models.tools.decoder.batch import Item, collate
from models.tools.decoder.features import MAX_PROPOSALS, gap
from models.tools.decoder.labels import Words
from models.tools.decoder.model import Decoder, Shape
from models.tools.decoder.real import pair
from models.tools.decoder.run import TorchDecoder, answer
from models.tools.decoder.export import ROOT
from models.tools.decoder.simulate import Simulator


@pytest.fixture(scope="module")
def simulator():
    return Simulator(Words(ROOT / "models/served/nano/words.bin"))


def scenes(simulator, count=40):
    return [simulator.scene(np.random.default_rng([5, i])) for i in range(count)]


def test_scenes_are_well_formed(simulator):
    for scene in scenes(simulator, 200):
        assert len(scene.starts) <= MAX_PROPOSALS
        assert (np.diff(scene.starts) >= 0).all()
        assert (np.diff(scene.targets) > 0).all()
        assert all(t < len(scene.starts) for t in scene.targets)


def test_photographs_are_single_sightings_at_one_moment(simulator):
    made = [simulator.still_scene(np.random.default_rng([6, i])) for i in range(200)]
    for scene in made:
        assert scene.duration == 0 and not scene.starts.any() and not scene.ends.any()
        assert all(len(path) == 1 for path in scene.paths)
        assert np.array_equal(scene.confidences, scene.scores.max(1, initial=0))
        assert (scene.confidences >= 0.22).all()
        assert (scene.scores[scene.targets] @ (scene.weights > 0) > 0).all()
    assert {0, 1, 2} <= {len(scene.targets) for scene in made} and max(len(scene.targets) for scene in made) > 8


def test_cached_steps_equal_one_pass_over_the_whole(simulator):
    """Pads, masks and the KV cache change nothing: the keep logits and step logits are the same."""
    torch.manual_seed(0)
    model = Decoder(Shape(width=32, layers=2, heads=2, hidden=48, pointer=16)).eval()
    some = scenes(simulator, 6)
    items = [Item(s, simulator.label_vectors) for s in some]
    batch = collate(items)
    with torch.no_grad():
        _, _, _, keep, _ = model(batch["features"], batch["clue"], batch["position"], batch["bias"])
    for row, (scene, item) in enumerate(zip(some, items)):
        alone = answer(TorchDecoder(model), scene, simulator.label_vectors)
        together = torch.sigmoid(keep[row, item.first : len(item.rows)]).numpy()
        assert np.abs(alone.keep - together).max(initial=0) < 1e-5


def test_pointers_go_forward(simulator):
    torch.manual_seed(1)
    decoder = TorchDecoder(Decoder(Shape(width=32, layers=2, heads=2, hidden=48, pointer=16)))
    for scene in scenes(simulator):
        assert (np.diff(answer(decoder, scene, simulator.label_vectors).pointed) > 0).all()


def test_pairs_are_nearest_first_and_one_to_one():
    assert pair([1.0, 1.1], np.array([1.09, 3.0])) == [0]
    assert pair([1.0, 1.1], np.array([0.95, 1.08])) == [0, 1]
    assert pair([], np.array([1.0])) == []


def test_gap_is_clipped():
    assert gap(0) == -1 and gap(1e6) == 1 and abs(gap(0.499)) < 1e-9
