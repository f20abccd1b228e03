"""The formulas give sounds, and the list of recordings is one."""

import numpy as np
import pytest

from models.tools.data.rebuild import recordings
from models.tools.sound import synth, synth_hits, synth_voices
from models.tools.sound.bank import FOLDERS, LABELS, Bank
from models.tools.sound.scenes import SceneMaker

FORMULARIES = {"synth": synth.SYNTHS, "hits": synth_hits.HITS, "voices": synth_voices.VOICES}


@pytest.mark.parametrize(("book", "label"), [(book, label) for book, formulas in FORMULARIES.items() for label in formulas])
def test_formulas_give_short_loud_finite_sounds_that_differ(book, label):
    assert label in LABELS
    takes = []
    for seed in range(8):
        wave = FORMULARIES[book][label](np.random.default_rng(seed))
        wave = np.asarray(wave[0] if isinstance(wave, tuple) else wave)
        assert wave.ndim == 1 and np.isfinite(wave).all()
        assert 0.02 < len(wave) / synth.RATE < 8
        assert np.abs(wave).max() > 0.05
        takes.append(wave)
    assert len({take[:400].tobytes() for take in takes}) == len(takes)


def test_only_training_takes_the_further_formulas_and_pitches():
    bank = Bank([], [], [], [], [])
    plain, wider = (SceneMaker(bank, 1, wider=wider) for wider in (False, True))
    assert not plain.synths["pig"] and wider.synths["pig"] == [synth_voices.oink]
    assert plain.synths["beep"] == [synth.beep] and synth_voices.tone in wider.synths["beep"]


def test_recordings_are_listed_once_and_in_known_folders():
    rows = recordings()
    assert len({row["file"] for row in rows}) == len(rows)
    assert all(row["package"] and row["source"] and row["licence"] for row in rows)
    used = {row["file"].split("/")[0] for row in rows}
    # Some folders hold what has no class.
    assert used - {*FOLDERS, "wood_impact_proxy", "horse_gallop"} == set()
