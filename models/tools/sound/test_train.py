"""The loss of names, scenes of any length, and weights out of exported graphs."""

import numpy as np
import torch

from models.tools.sound.bank import IMPACT, INDEX, LABELS, Bank
from models.tools.sound.export import FOLD12, open_session
from models.tools.sound.scenes import SceneMaker
from models.tools.sound.thaw import read_graph, refit
from models.tools.sound.train import Layers, compose, losses, name_loss

EMPTY = Bank([], [], [], [], [])


def test_a_scene_has_its_targets_and_its_events_at_every_length():
    g, maker = np.random.default_rng(1), SceneMaker(EMPTY, 1, wider=True)
    for seconds in (3.2, 8.0):
        pool = [Layers(maker.make(seconds)) for _ in range(6)]
        for one in pool:
            mel, _, activity, *_, events = compose(one, pool[0], g)
            assert mel.shape == (round(seconds * 100), 64)
            assert len(activity) == len(events) == round(seconds * 50)
            at = np.flatnonzero(events[:, 0] >= 0)
            assert (activity[at, events[at, 0].astype(int)] == 1).all()
            assert (events[at, 1] >= 1).all() and (events[at, 2] <= 1).all()


def name_of(label: str, strong: dict[str, float], also: list[str]) -> float:
    """The loss of one event of 10 steps, over logits that are -4 but for those of `strong`."""
    a = torch.full((1, 20, len(LABELS)), -4.0)
    for name, logit in strong.items():
        a[..., INDEX[name]] = logit
    activity, events = torch.zeros_like(a), torch.zeros(1, 20, 3)
    events[..., 0] = -1
    events[0, 5] = torch.tensor([INDEX[label], 10, 1.0])
    for name in [label, *also]:
        activity[0, 5:15, INDEX[name]] = 1
    return name_loss(a, a, activity, events).item()


def test_the_loss_of_names_asks_for_the_right_class_and_not_for_what_sounds_beside_it():
    right = name_of("dog", {"dog": 4}, [])
    assert right < 0.05
    assert name_of("dog", {"dog": 4, "cat": 6}, []) > 2
    assert abs(name_of("dog", {"dog": 4, "cat": 6}, ["cat"]) - right) < 0.01
    # A clap that is also a generic hit is still a clap.
    assert name_of("clap", {"clap": 4, LABELS[IMPACT]: 8}, [LABELS[IMPACT]]) < 0.05
    nothing = torch.full((1, 20, 3), -1.0)
    assert name_loss(torch.zeros(1, 20, len(LABELS)), torch.zeros(1, 20, len(LABELS)), torch.zeros(1, 20, len(LABELS)), nothing).item() == 0


def test_weights_out_of_a_graph_do_what_the_graph_does_and_can_be_trained_on():
    tower = read_graph(FOLD12)
    mel = np.random.default_rng(0).uniform(-1.5, 2.5, (1, 200, 64)).astype(np.float32)
    told = open_session(FOLD12).run(None, {"mel": mel})

    def differs() -> float:
        with torch.no_grad():
            *logits, prints = tower(torch.from_numpy(mel))
        return max(float(np.abs(a - b.numpy()).max()) for a, b in zip(told, [*map(torch.sigmoid, logits), prints]))

    assert differs() < 1e-3
    refit(tower, EMPTY, 4, 1)
    assert differs() < 1e-3
    assert min(float(norm.running_var.mean()) for norm in tower.modules() if hasattr(norm, "running_var")) > 0
    tower.train()
    maker, g = SceneMaker(EMPTY, 2), np.random.default_rng(2)
    one = Layers(maker.make(3.2))
    features, *targets = (torch.from_numpy(np.asarray(x, np.float32))[None] for x in compose(one, one, g))
    sum(losses(tower(features), targets)).backward()
    assert all(torch.isfinite(p.grad).all() for p in tower.parameters() if p.grad is not None)
