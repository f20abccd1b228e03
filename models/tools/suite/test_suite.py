"""The truth of the suite against what it draws and plays."""

import numpy as np
import pytest

from models.tools.suite.kinds import window
from models.tools.suite.levels import LEVELS
from models.tools.suite.scene import CLEAR, Scene, Unfit, spans, train
from models.tools.suite.sounds import RATE, Heard, Shelf, mix, trim
from models.tools.suite.things import SEEN_AFTER, Mover, Thing


def click(seconds: float = 0.1) -> np.ndarray:
    t = np.arange(int(seconds * RATE)) / RATE
    return (np.sin(2 * np.pi * 900 * t) * np.exp(-t / 0.02)).astype(np.float32)


SHELF = Shelf({"knock": [trim(click(), "knock")] * 2}, [])


def test_a_trimmed_sound_begins_at_its_onset_and_ends_25_db_below():
    sound = trim(np.concatenate([np.zeros(4000, np.float32), click(1.0)]), "knock")
    assert np.abs(sound.wave[:80]).max() > 0.03
    assert sound.seconds == pytest.approx(0.02 * 25 / 8.686, abs=0.015)


def test_trains_keep_their_sounds_apart_and_inside():
    rng = np.random.default_rng(0)
    for _ in range(50):
        sounds = train(rng, SHELF, "knock", 6, 1.0, 7.0)
        starts = [one.start for one in sounds]
        assert starts[0] >= 1.0 and sounds[-1].end <= 7.0
        assert min(np.diff(starts)) >= 0.239
    with pytest.raises(Unfit):
        train(rng, SHELF, "knock", 40, 0.0, 2.0)


def test_the_track_holds_each_sound_at_its_time_and_level():
    sounds = [Heard(SHELF.sounds["knock"][0], t, 1.0) for t in (1.0, 2.5)]
    loud = {}
    for level in LEVELS:
        track = mix(sounds, 4.0, None, level, np.random.default_rng(1))
        assert np.abs(track).max() <= 1
        power = np.sqrt(np.convolve(track**2, np.ones(160) / 160, "same"))
        assert power[int(1.005 * RATE)] > 3 * np.median(power)
        assert power[int(2.505 * RATE)] > 3 * np.median(power)
        loud[level.name] = power[int(1.005 * RATE)] / np.median(power)
    assert loud["low"] > loud["middle"] > loud["high"]


def test_windows_are_whole_seconds_away_from_every_event():
    rng = np.random.default_rng(0)
    points = [1.2, 3.4, 6.6]
    found = [window(rng, 9.3, points) for _ in range(40)]
    for low, high in filter(None, found):
        assert high - low >= 1
        assert all(abs(p - e) > CLEAR for p in points for e in (low, high) if 0 < e < 9.3)
    assert any(found)


def test_cycles_touch_the_ground_in_their_middle():
    ball = np.full((10, 10, 4), 255, np.uint8)
    mover = Mover("bounce", "ball", ball, 50, 90, 60, [(1.0, 2.0), (2.0, 2.8)])

    def top(t: float) -> int:
        frame = np.zeros((100, 100, 3), np.uint8)
        mover.draw(frame, t)
        return int(np.flatnonzero(frame.max((1, 2)) > 100)[0])

    assert top(0.0) == top(1.0) == top(2.0) == top(4.0) == 20
    assert top(1.5) == top(2.4) == 80


def test_spans_follow_each_other():
    rng = np.random.default_rng(0)
    for _ in range(50):
        cycles = spans(rng, 5, 0.4, 9.0)
        assert cycles[0][0] >= 0.4 and cycles[-1][1] <= 9.01
        assert all(b[0] >= a[1] - 0.002 for a, b in zip(cycles, cycles[1:]))
    assert spans(rng, 0, 0, 5) == []


def test_the_true_box_is_where_the_thing_is_drawn():
    sprite = np.full((30, 20, 4), 255, np.uint8)
    thing = Thing("cat", sprite, 30, 50, 2.0, 6.0, "left")
    assert thing.seen == 2.0 + SEEN_AFTER
    frame = np.zeros((100, 200, 3), np.uint8)
    thing.draw(frame, thing.seen)
    rows, columns = np.nonzero(frame[..., 0] > 200)
    x, y, width, height = thing.box(thing.seen, (200, 100))
    assert (columns.min(), columns.max() + 1) == pytest.approx((x, x + width), abs=1)
    assert (rows.min(), rows.max() + 1) == pytest.approx((y, y + height), abs=1)
    assert width > 0.7 * 20
    assert thing.corner(1.9, (200, 100)) is None and thing.corner(6.0, (200, 100)) is None


def test_scenes_start_empty():
    assert Scene(6.0, (320, 240)).clues == []
