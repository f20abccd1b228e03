"""python -m pytest models/tools/decoder"""

import numpy as np
import pytest
import torch

from models.tools.decoder.at_once import fullest
from models.tools.decoder.batch import Item, collate
from models.tools.decoder.evaluate import temporal_iou
from models.tools.decoder.features import MAX_CONDITIONS, MAX_PROPOSALS, POINTABLE, encode, gap, held_share, strength_in
from models.tools.decoder.grpo import STAGES, task_at
from models.tools.decoder.labels import Words, sound_labels
from models.tools.decoder.model import Decoder, Shape
from models.tools.decoder.real import align, pair
from models.tools.decoder.relations import FOREVER, satisfies, spans_of
from models.tools.decoder.rewards import accuracy, reward
from models.tools.decoder.rollout import Prefixes, log_probabilities, sample
from models.tools.decoder.run import TorchDecoder, answer
from models.tools.decoder.export import ROOT, load
from models.tools.decoder.scene import CYCLE, OBJECT, SOUND, TOWERS, Condition, Scene
from models.tools.decoder.simulate import Simulator
from models.tools.decoder.train import begin
from models.tools.decoder.world import Event, Layer, Mention, Question, Row, ask

SMALL = Shape(width=32, layers=2, heads=2, hidden=48, pointer=16)


@pytest.fixture(scope="module")
def simulator():
    return Simulator(Words(ROOT / "models/served/nano/words.bin"))


def scenes(simulator, count=40, **how):
    return [simulator.scene(np.random.default_rng([5, i]), **how) for i in range(count)]


def test_scenes_are_well_formed(simulator):
    made = scenes(simulator, 200)
    for scene in made:
        assert len(scene.starts) <= MAX_PROPOSALS
        assert (np.diff(scene.starts) >= 0).all()
        assert (np.diff(scene.targets) > 0).all()
        assert scene.pointable[scene.targets].all()
        assert len(scene.targets) <= scene.true_count == len(scene.true_spans)
        towers = {TOWERS.index(scene.kind)} | ({TOWERS.index(scene.condition.kind)} if scene.condition else set())
        assert set(scene.towers) <= towers
        assert np.isfinite(encode(scene, simulator.label_vectors)).all()
    assert {s.kind for s in made} == set(TOWERS)
    # The most at once is worked out from what is there, so nothing of it is to be learnt.
    assert {s.mode for s in made} == {"each", "colours", "kinds"}
    assert {s.condition.relation for s in made if s.condition} == {"during", "outside", "before", "after", "with"}


def test_photographs_are_single_sightings_at_one_moment(simulator):
    made = scenes(simulator, 200, kind="still")
    for scene in made:
        assert scene.duration == 0 and not scene.starts.any() and not scene.ends.any()
        assert all(len(path) == 1 for path in scene.paths)
        assert np.array_equal(scene.confidences, scene.scores.max(1, initial=0))
    assert {0, 1, 2} <= {len(scene.targets) for scene in made} and max(len(scene.targets) for scene in made) > 8


def test_the_fullest_moment_lies_in_the_window_and_under_the_condition():
    """The same times as in tests/unit/at-once.test.ts; the sounds are at 6 s and, too faint to be meant, at 14 s."""
    starts, ends = np.array([0, 2, 5, 6, 8, 14.0]), np.array([4, 20, 9, 7, 20, 15.0])
    things, towers = [0, 1, 2, 4], np.array([OBJECT, OBJECT, OBJECT, SOUND, OBJECT, SOUND])

    def among(window=None, relation=None):
        condition = relation and Condition("sound", np.eye(80)[0], relation, 0, None)
        scores = np.eye(1, 80).repeat(6, 0)
        return fullest(Scene("object", np.eye(80)[0], 0.0, 20.0, np.zeros((0, 48)), towers, starts, ends, np.array([1, 1, 1, 1, 1, 0.2]), scores, "atOnce", None, window, condition), things)

    assert among() == [1, 2, 4]
    assert among((3, 4.5)) == [0, 1] and among((10, 12)) == [1, 4]
    assert among(relation="during") == [1, 2] and among(relation="before") == [0, 1]
    assert among(relation="outside") == [1, 2, 4]


def test_spans_of_conditions():
    def of(relation, kind="sound", which=0):
        starts, ends = np.array([1.0, 2.0, 6.0]), np.array([1.2, 2.4, 6.1])
        return spans_of(Condition(kind, np.ones(3), relation, which), starts, ends).round(3).tolist()

    assert of("during") == [[0.75, 2.65], [5.75, 6.35]]  # one bout of barking, and another bark
    assert of("with") == [[0.75, 1.45], [1.75, 2.65], [5.75, 6.35]]
    assert of("during", "object") == [[1.0, 1.2], [2.0, 2.4], [6.0, 6.1]]
    assert of("after") == [[1.01, FOREVER]] and of("after", which=-1) == [[6.01, FOREVER]]
    assert of("before", which=1) == [[-FOREVER, 1.99]] and of("before", which=3) == []


def test_what_satisfies_a_relation():
    spans = np.array([[1.0, 3.0]])
    start, end = np.array([0.5]), np.array([2.0])
    assert not satisfies("during", SOUND, start, end, spans)[0]  # it starts before
    assert satisfies("during", CYCLE, start, end, spans)[0]  # its middle is inside
    assert satisfies("during", OBJECT, start, end, spans)[0] and satisfies("outside", OBJECT, start, end, spans)[0]
    nothing = np.zeros((0, 2))
    assert satisfies("outside", SOUND, start, end, nothing)[0] and not satisfies("during", SOUND, start, end, nothing)[0]


def sound(label, at, event):
    scores = np.full(60, 0.01)
    scores[label] = 0.9
    return Row(at, at + 0.1, 0.9, scores, event)


def test_the_truth_of_a_question_follows_from_the_events():
    barks = [Event(0, t, t + 0.2) for t in (1.0, 4.0, 8.0)]
    bell = Event(18, 3.0, 3.5)
    layer = Layer(SOUND, [sound(0, e.start, e) for e in barks] + [sound(18, 3.0, bell)], [*barks, bell]).sort()
    dog, ring = (Mention(SOUND, label, np.eye(60)[label], frozenset([label])) for label in (0, 18))
    words = np.zeros((1, 48))
    after = ask(Question(dog, words, relation="after", condition=ring), {SOUND: layer}, 0.0, 10.0)
    assert after.true_count == 2 and after.starts[after.targets].tolist() == [4.0, 8.0]
    early = ask(Question(dog, words, window=(0.0, 5.0), relation="after", condition=ring), {SOUND: layer}, 0.0, 10.0)
    assert early.starts[early.targets].tolist() == [4.0]
    assert ask(Question(dog, words, window=(0.0, 4.05)), {SOUND: layer}, 0.0, 10.0) is None  # at the very edge
    cat = Mention(SOUND, 34, np.eye(60)[34], frozenset([34]))
    none = ask(Question(dog, words, relation="during", condition=cat), {SOUND: layer}, 0.0, 10.0)
    assert none.true_count == 0 and none.targets == []


def test_conditions_leave_room_for_what_is_counted():
    rows = [sound(0, 0.05 * i, None) for i in range(150)] + [sound(18, 0.05 * i + 0.01, None) for i in range(150)]
    dog, ring = (Mention(SOUND, label, np.eye(60)[label], frozenset([label])) for label in (0, 18))
    scene = ask(Question(dog, np.zeros((1, 48)), relation="during", condition=ring), {SOUND: Layer(SOUND, rows, []).sort()}, 0.0, 10.0)
    assert len(scene.starts) == MAX_PROPOSALS and (scene.scores[:, 18] > 0.5).sum() == MAX_CONDITIONS


def test_how_far_a_condition_holds():
    """A bell at 1 s for sure, one at 5 s by half as much: by half of all bars both count."""
    towers, starts = np.array([SOUND, SOUND, CYCLE, CYCLE, CYCLE]), np.array([1.0, 5.0, 1.0, 5.0, 9.0])
    scores = np.eye(1, 80).repeat(5, 0) * np.array([1, 0.5, 1, 1, 1])[:, None]

    def share(relation, which=0):
        condition = Condition("sound", np.eye(80)[0], relation, which, None)
        scene = Scene("cycle", np.eye(80)[0], 0.0, 10.0, np.zeros((0, 48)), towers, starts, starts + 0.2, np.ones(5), scores, "each", None, None, condition)
        return list(held_share(scene, strength_in(scene, condition))[2:])

    assert share("with") == share("during") == [1, 0.5, 0]
    assert share("outside") == [0, 0.5, 1]
    assert share("after") == [1, 1, 1] and share("after", -1) == [0.5, 1, 1]
    assert share("after", 1) == [0, 0.5, 0.5]


def test_new_blocks_change_nothing_at_first(simulator, tmp_path):
    before = Decoder(Shape(layers=4)).eval()
    torch.save({"model": before.state_dict(), "shape": before.shape.as_dict()}, tmp_path / "before.pt")
    grown = begin(6, tmp_path / "before.pt").eval()
    for scene in scenes(simulator, 5):
        a, b = (answer(TorchDecoder(model), scene, simulator.label_vectors) for model in (before, grown))
        assert a.pointed == b.pointed and a.certainty == pytest.approx(b.certainty, rel=1e-4)
    torch.save({"model": grown.state_dict(), "shape": grown.shape.as_dict()}, tmp_path / "grown.pt")
    mean = load(tmp_path / "before.pt", tmp_path / "grown.pt")
    assert len(mean.blocks) == 6
    assert all(torch.allclose(mean.state_dict()[name], weight) for name, weight in grown.state_dict().items())
    with pytest.raises(SystemExit):
        begin(2, tmp_path / "before.pt")


def test_cached_steps_equal_one_pass_over_the_whole(simulator):
    """Pads, masks and the KV cache change nothing: the keep logits are the same."""
    torch.manual_seed(0)
    model = Decoder(SMALL).eval()
    some = scenes(simulator, 8)
    items = [Item.of(s, simulator.label_vectors) for s in some]
    batch = collate(items)
    with torch.no_grad():
        _, _, _, keep, _ = model(batch["features"], batch["clue"], batch["position"], batch["bias"])
    for row, (scene, item) in enumerate(zip(some, items)):
        alone = answer(TorchDecoder(model), scene, simulator.label_vectors)
        if scene.pointable.any():
            together = torch.sigmoid(keep[row, item.first : len(item.rows)]).numpy()
            assert np.abs(alone.keep - together).max(initial=0) < 1e-5


def test_pointers_go_forward_and_to_the_counted_tower(simulator):
    torch.manual_seed(1)
    decoder = TorchDecoder(Decoder(SMALL))
    for scene in scenes(simulator):
        pointed = answer(decoder, scene, simulator.label_vectors).pointed
        assert (np.diff(pointed) > 0).all() and scene.pointable[pointed].all()


def test_packed_rollouts_have_the_probabilities_of_single_ones(simulator):
    torch.manual_seed(2)
    model = Decoder(SMALL).eval()
    some = [s for s in scenes(simulator, 12) if s.pointable.any()]
    rows = [encode(s, simulator.label_vectors) for s in some]
    prefixes = Prefixes(rows)
    rollouts = sample(model, prefixes, 3, torch.Generator().manual_seed(0))
    log_p, counted = log_probabilities(model, prefixes, rollouts)
    for b in range(len(some)):
        for g in range(3):
            pointed = rollouts.pointed(prefixes, b, g)
            assert (rows[b][len(rows[b]) - len(some[b].starts) :][pointed, POINTABLE] > 0).all()
            batch = collate([Item(rows[b], np.array(pointed, int))])
            end, query, key, _, _ = model(batch["features"], batch["clue"], batch["position"], batch["bias"])
            size = batch["keep"].shape[1]
            scores = (query[:, size:] @ key[:, :size].transpose(1, 2)).masked_fill(~batch["later"], -1e4)
            alone = torch.cat([scores, end[:, size:, None]], 2).log_softmax(-1)[0]
            expected = alone.gather(1, batch["target"].T).squeeze(1)
            assert torch.allclose(log_p[b, g][counted[b, g]], expected, atol=1e-4)


def test_rewards():
    events = [Event(0, t, t + 1.0) for t in (1.0, 4.0)]
    layer = Layer(SOUND, [Row(e.start, e.end, 0.9, np.eye(60)[0], e) for e in events], events)
    scene = ask(Question(Mention(SOUND, 0, np.eye(60)[0], frozenset([0])), np.zeros((1, 48))), {SOUND: layer}, 0.0, 10.0)
    assert reward("counting", scene, [0, 1], True) == 11 and accuracy("counting", scene, [0]) == 0.5
    assert accuracy("grounding", scene, [0]) == temporal_iou(scene, [0]) == 0.5
    assert accuracy("qa", scene, [0], more_than=1) == 0 and accuracy("qa", scene, [0], more_than=0) == 1
    scene.true_count, scene.true_spans = 0, np.zeros((0, 2))
    assert accuracy("counting", scene, [0]) == 0 and accuracy("counting", scene, []) == 1 == temporal_iou(scene, [])


def test_the_curriculum_reviews_earlier_stages():
    rng = np.random.default_rng(0)
    tasks = [[task_at(share, True, rng) for _ in range(500)] for share in (0.1, 0.3, 0.6, 0.9)]
    assert set(tasks[0]) == {"qa"} and set(tasks[3]) == {"qa", "grounding", "counting"}
    assert 0.7 < tasks[2].count("counting") / 500 < 0.9 and "qa" in tasks[2]
    assert [until for until, _ in STAGES] == sorted(until for until, _ in STAGES)


def test_pairs_are_nearest_first_and_one_to_one():
    assert pair([1.0, 1.1], np.array([1.09, 3.0])) == {0: 1}
    assert pair([1.0, 1.1], np.array([0.95, 1.08])) == {0: 0, 1: 1}
    assert pair([], np.array([1.0])) == {}


def test_a_train_that_is_off_by_half_a_cycle_is_aligned_as_a_whole():
    truth = np.arange(6.0)
    assert align(truth, truth + 0.5, 0.8) == {i: i for i in range(6)}
    assert align(truth, np.array([0.1, 1.1, 1.6, 3.0]), 0.8) == {0: 0, 1: 1, 2: 2, 3: 3}
    assert align(truth, np.array([9.0]), 0.8) == {} == align(np.zeros(0), truth, 0.8)


def test_gap_is_clipped():
    assert gap(0) == -1 and gap(1e6) == 1 and abs(gap(0.499)) < 1e-9


def test_a_sound_is_judged_by_its_kind():
    """Two of one kind, of which one is not recognised, and a stranger that scores as little."""
    turn = np.deg2rad([0.0, 5.0, 90.0])
    starts = np.arange(3.0)
    scores = np.zeros((3, 80))
    scores[:, 0] = 0.9, 0.05, 0.05
    prints = np.stack([np.cos(turn), np.sin(turn)], 1)
    scene = Scene("sound", np.eye(80)[0], 0.0, 5.0, np.zeros((0, 48)), np.zeros(3, int), starts, starts + 0.3, np.full(3, 0.9), scores, prints=prints)
    known, faint, stranger = strength_in(scene, scene)
    assert 4 * stranger < faint < known
    assert np.isclose(stranger, 0.05 * 0.9)
    scene.select(np.array([1, 2]))
    assert np.isclose(strength_in(scene, scene)[0], 0.05 * 0.9)


def test_what_sounds_like_a_snore_right_after_one_is_its_out_breath():
    snore = [label["id"] for label in sound_labels()].index("snore")
    starts = np.array([0.0, 1.3, 3.0])
    scores = np.zeros((3, 80))
    scores[:, snore] = 0.8, 0.01, 0.8
    scene = Scene("sound", np.eye(80)[snore], 0.0, 5.0, np.zeros((0, 48)), np.zeros(3, int), starts, starts + 0.5, np.ones(3), scores, prints=np.ones((3, 1)))
    first, breath, later = strength_in(scene, scene)
    assert np.isclose(first, later) and breath < first / 20
    scene.starts = np.array([0.0, 1.6, 3.2])
    assert strength_in(scene, scene)[1] > first / 5
