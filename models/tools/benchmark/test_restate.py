"""The paper's vectors, what must hold of any reply, and whether the stored file is up to date."""

import gzip
import json
import math
import random

import numpy as np
import pytest
from scipy.optimize import linear_sum_assignment

from .golden import PATH, golden_bytes, golden_text, make_item
from .number import strict_count, tolerant_count
from .replies import BARE, bare_reply, clue_reply, fresh_box
from .restate import best_assignment, box_overlap, clock_seconds, interval_overlap, outer_json, score_reply, summarize


def item(category, clue):
    return {"index": 0, "category": category, "clue": clue, "answer": len(clue)}


EVENTS = item("event", [{"start": "10", "end": 20}, {"start": 30.0, "end": "40.00"}, {"start": 50, "end": 60}])
FIRST, SECOND = [0, 0, 10, 10], [20, 0, 30, 10]
OBJECTS = item("object", [{"timestamp": 1.5, "bbox": FIRST}, {"timestamp": 1.5, "bbox": SECOND}, {"timestamp": 9, "bbox": FIRST}])
ATTRIBUTES = item(
    "attribute",
    [[{"timestamp": 4, "bbox": FIRST}, {"timestamp": 2, "bbox": FIRST}], [{"timestamp": 4, "bbox": SECOND}]],
)


def clue(truth, value):
    return score_reply(truth, value if isinstance(value, str) else f"<answer>{json.dumps(value)}</answer>", "clue")


def named(box, label, field="bbox"):
    return {field: box, "label": label}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(("forty-two", 42), ("one hundred five", 105), ("one or two", 3), ("a hundred", 100), ("-5", 0), ("3.0", 0)),
        *((text, 0) for text in ("5.", "5 people", "**5**", " 5", "5\n", "five.", "<answer>5</answer>", "", "²")),
        *(("five", 5), ("5", 5), ("٣", 3), (5, 0), (None, 0), ("one two three four five", 1), ("point nineteen", 0)),
        *(("two million twenty three thousand and forty nine point two three six nine", 2023049.2369), ("point one", 0.1)),
        *(("one billion two million", 1_003_000_002), ("one billion two thousand", 1_000_003_002), ("thousand million", 0)),
        *(("million million", 0), ("hundred two", 200), ("million two", 0), ("thousand million point five", 0), ("one two three four", 1 * 2 + 3 + 4), ("9" * 5000, 0)),
    ],
)
def test_strict_count(text, count):
    assert strict_count(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        *(("5", 5), ("five", 5), ("5.", 5), ("", 0), ("<think>..</think><answer>5</answer>", 5), ("<think>9</think>", 0)),
        *(("5 people", 5), ("**5**", 5), (" 5", 5), ("five.", 5), ("I count 3, then 4, so 7 in all.", 7), ("3.5", 0)),
        *(("-5", 0), ("1,234", 1234), ("1,234,567", 1234567), ("12,345,678", 0), ("5s", 0), ("v2", 0), ("3-5", 5)),
        *(("[5]", 0), ('{"count": 5}', 0), ("[5] people", 5), ("<answer>about 5 or 6</answer> of 9", 6), (5, 5), (None, 0)),
        *(("<think>a 1</think>b 3<think>c</think> 4", 4), ("twenty-one people", 21), ("six (6)", 6)),
    ],
)
def test_tolerant_count(text, count):
    assert tolerant_count(text) == count


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ([["10", "20"], ["30", "40"], ["50", "60"]], 1),
        ([[10, 20], ["30.0 s", "40 seconds"]], 2 / 3),
        ([[15, 25], [35, 45], [55, 65]], 0.57735027),
        ([[10, 60]], 0.25819889),
        ([[10, 20], [30, 40], [50, 60]] * 2, 0),
        ([[10, 20], [30, 40], [50, 60], [90, 99]], 0.81649658),
        ([["00:10", "00:20.0"], ["0:00:30", "00:40"], ["00:50", "1:00"]], 1),
        ([[20, 10], [40, 30], [60, 50]], 0),
        ([], 0),
        ({}, 0),
        ("", None),
        ("null", None),
        ("[[10, NaN]]", None),
        ([["12.5s", "13"]], None),
        ([[None, 5]], None),
        ([["00:10", 20]], None),
        ([[10]], None),
        (["12", "34"], 0),
    ],
)
def test_events(value, score):
    found = clue(EVENTS, value)
    assert found["wellFormed"] == (score is not None)
    assert found["score"] == pytest.approx(score or 0, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "score"),
    [
        ({"Frame1": [FIRST, SECOND], "Frame2": [FIRST]}, 1),
        ({"Frame1": [FIRST, SECOND], "Frame2": []}, 0.5),
        ({"Frame1": [[5, 0, 15, 10], SECOND], "Frame2": [FIRST]}, (math.sqrt(2 / 3) + 1) / 2),
        ({"Frame1": [FIRST, SECOND], "Frame2": [FIRST], "Frame3": [FIRST]}, 2 / 3),
        ({"Frame 1": [[10, 10, 0, 0], [30, 0, 20, 10]], "Frame 2": [[10, 0, 0, 10]]}, 1),
        ({"Frame1": [FIRST], "Frame2": [FIRST]}, 0.75),
        ({"Frame1": [[0, 0], [10, 10], [20, 0], [30, 10]], "Frame2": [FIRST]}, 1),
        ({"Frame1": [FIRST, [1, 2, 3], None, SECOND], "Frame2": [FIRST], "note": 3}, 1),
        ({"Frame1": FIRST}, 0),
        ({"Frame1": [["0", "0", "10", "10"]]}, None),
        ({"Frame9": [["0", "0", "10", None]]}, 0),
        ({"Frame1": [[False, False, True, True]]}, None),
        ({"FrameX": []}, None),
        ({"Frame1": None}, None),
        ([FIRST], None),
    ],
)
def test_objects(value, score):
    found = clue(OBJECTS, value)
    assert found["wellFormed"] == (score is not None)
    assert found["score"] == pytest.approx(score or 0, abs=1e-6)


def test_vector_of_the_paper_that_is_given_as_a_number():
    assert clue(OBJECTS, {"Frame1": [[5, 0, 15, 10], SECOND], "Frame2": [FIRST]})["score"] == pytest.approx(0.908248, abs=1e-6)


@pytest.mark.parametrize(
    ("value", "score", "count"),
    [
        ({"Frame 1": [named(SECOND, "y"), named(FIRST, "x")], "Frame 2": [named(FIRST, "x", "bbox_2d")]}, 1, 2),
        ({"Frame 1": [named(FIRST, "x")], "Frame 2": [named(FIRST, "x")]}, 0.5, 1),
        ({"Frame 1": [named(FIRST, 1), named(SECOND, 1)], "Frame 2": [named(FIRST, True)]}, 0.25, 1),
        ({"Frame 1": [named(FIRST, "x"), named(SECOND, "y"), named(SECOND, "z")], "Frame 2": [named(FIRST, "x")]}, 1, 3),
        ({"Frame 1": [], "Frame 2": []}, 0, 0),
        ({"Frame 1": [{"label": "x"}]}, 0, 1),
        ({"Frame 1": [{"bbox": FIRST}]}, None, 0),
        ({"Frame 1": [named(FIRST, [])]}, None, 0),
        ({"Frame 1": [named(None, "x")]}, None, 0),
        ({"Frame 1": named(FIRST, "x")}, None, 0),
        ("{'Frame 1': []}", None, 0),
    ],
)
def test_attributes(value, score, count):
    found = clue(ATTRIBUTES, value)
    assert (found["wellFormed"], found["tolerant"]) == (score is not None, count)
    assert found["score"] == pytest.approx(score or 0, abs=1e-6)


def test_no_true_cluster_is_an_error_of_format():
    assert not clue(item("attribute", []), {})["wellFormed"]
    assert clue(item("object", []), {})["wellFormed"]
    assert clue(item("event", []), [["inf", None]])["wellFormed"]
    assert not clue(item("event", []), [["nan", 1]])["wellFormed"]


def test_times_and_intervals():
    assert clock_seconds("01:02.5") == 62.5
    assert clock_seconds("1:00:03.25") == 3603.25
    assert interval_overlap((10, 20), (20, 10)) == 0
    assert interval_overlap((10, 10), (10, 10)) == 0


def test_outer_json():
    assert outer_json("As [see] (1) and {x} then [[1]] or [2]") == [[1]]
    assert outer_json("]} [1]") == [1]
    with pytest.raises(ValueError):
        outer_json("never closed [ and then {}")


def test_summary_of_the_paper():
    truths, counts = zip((5, 5), (4, 3), (10, 7), (3, 1e6), (60, 170), (2, 0))
    total = summarize(list(truths), [{"strict": c, "tolerant": c, "score": None, "wellFormed": None} for c in counts])
    assert (total["acc"], total["oboa"], total["rmse"]) == pytest.approx((100 / 6, 200 / 6, 45))
    assert total["mae"] == pytest.approx(20.3333, abs=1e-4)
    assert total["wcs"] is None and total["ifa"] is None


@pytest.mark.parametrize("seed", range(8))
def test_assignment_is_the_hungarian_one(seed):
    scores = np.random.default_rng(seed).random((seed % 4 + 1, 7 - seed))
    if seed % 3 == 0:
        scores = np.round(scores)
    rows, columns = linear_sum_assignment(scores, maximize=True)
    assert best_assignment(scores.tolist()) == pytest.approx(scores[rows, columns].sum())


@pytest.mark.parametrize("seed", range(100))
def test_of_any_reply(seed):
    rng = random.Random(seed)
    asked = make_item(rng, seed)
    found = score_reply(asked, clue_reply(rng, asked), "clue")
    assert 0 <= found["score"] <= 1 + 1e-12
    assert found["wellFormed"] or (found["score"], found["tolerant"]) == (0, 0)
    bare = score_reply(asked, bare_reply(rng, asked["answer"], 10**6), "long")
    assert bare["strict"] >= 0 and 0 <= bare["tolerant"] < math.inf and bare["score"] is None


@pytest.mark.parametrize("seed", range(50))
def test_overlap_is_symmetric_and_does_not_mind_which_corners_are_given(seed):
    rng = random.Random(seed)
    one, other = fresh_box(rng), fresh_box(rng)
    other = [one[0] + rng.randrange(-9, 9), one[1], *other[2:]]
    assert box_overlap(one, other) == pytest.approx(box_overlap(other, one))
    assert box_overlap(one, [other[2], other[1], other[0], other[3]]) == box_overlap(one, other)
    assert box_overlap(one, one) == 1


@pytest.mark.parametrize("seed", range(50))
def test_perfect_replies_score_one_in_any_order(seed):
    rng = random.Random(seed)
    boxes = {(rng.randrange(3), place): [place * 200, 0, place * 200 + 50, 40] for place in range(rng.randrange(1, 6))}
    truth = item("attribute", [[{"timestamp": frame, "bbox": box}] for (frame, _), box in sorted(boxes.items())])
    value = {f"Frame{frame + 1}": [] for frame in range(3)}
    names = sorted({frame for frame, _ in boxes})
    for (frame, place), box in rng.sample(list(boxes.items()), len(boxes)):
        value[f"Frame{names.index(frame) + 1}"].append(named(box, f"{place}"))
    assert clue(truth, value)["score"] == pytest.approx(1)


def test_stored_file_is_up_to_date():
    stored = PATH.read_bytes()
    assert len(stored) < 400_000
    assert gzip.decompress(stored).decode() == golden_text()
    assert golden_bytes() == golden_bytes()


def test_every_fixed_reply_is_in_the_long_and_the_ref_setting():
    golden = json.loads(gzip.decompress(PATH.read_bytes()))
    for setting in ("long", "ref"):
        replies = [json.dumps(line["pred"]) for line in golden["settings"][setting]["lines"]]
        assert {json.dumps(reply) for reply in BARE} <= set(replies)
