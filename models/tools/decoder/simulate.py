"""Makes up questions over made-up and real tower output: every tower, mode and relation, windows, zeros."""

import json
from collections import Counter
from pathlib import Path

import numpy as np

from models.tools.decoder import cycles, sounds
from models.tools.decoder.common import COMMON_OBJECTS
from models.tools.decoder.cycles import alike, cycle_layer
from models.tools.decoder.labels import OBJECT_NAMES, Words, lexicon, sound_labels
from models.tools.decoder.scene import COLOURS, CYCLE, OBJECT, SOUND, Scene
from models.tools.decoder.sounds import sound_layer
from models.tools.decoder.stills import still_layer
from models.tools.decoder.tracks import track_layer
from models.tools.decoder.world import Layer, Mention, Question, ask

HERE = Path(__file__).resolve().parent
KINDS = {"sound": 0.29, "object": 0.36, "still": 0.15, "cycle": 0.20}
# Of each counted tower: which tower a condition speaks of.
CONDITIONED = {SOUND: [0.35, 0.4, 0.25], OBJECT: [0.6, 0.2, 0.2], CYCLE: [0.5, 0.35, 0.15]}
RELATION_SHARES = {"during": 0.4, "outside": 0.13, "before": 0.14, "after": 0.2, "with": 0.13}
RELATION_WORDS = {"during": ["during"], "outside": ["without"], "before": ["before"], "after": ["after"], "with": ["with", "together"]}


def tower_config(tower: str) -> dict:
    return json.loads((HERE.parent / tower / "config.json").read_text())


class Simulator:
    def __init__(self, words: Words, real_sounds=None, real_cycles=None):
        self.words = words
        names = sound_labels()
        self.sounds = [label["id"] for label in names]
        motion = tower_config("motion")
        self.cycles, self.presumption = motion["labels"], motion["presumption"]
        self.sound_config = tower_config("sound")
        self.lexicon = lexicon()
        self.label_vectors = {
            "sound": words.label_vectors([label["name"] for label in names]),
            "object": words.label_vectors(OBJECT_NAMES),
            "cycle": words.label_vectors(self.cycles),
        }
        self.impact, self.generic = self.sounds.index("impact"), self.cycles.index("repetition")
        self.repeated = self.sounds.index("repeated") if "repeated" in self.sounds else None
        self.kinds_of = {name: frozenset(map(OBJECT_NAMES.index, group)) for name, group in self.lexicon["groups"].items()}
        percussive = [i for i, s in enumerate(self.sounds) if "impact" in self.lexicon["sounds"].get(s, {}).get("also", {})]
        self.percussive = set(percussive) | {self.impact}
        similarity = self.label_vectors["sound"] @ self.label_vectors["sound"].T
        self.confusable = [list(np.argsort(-row)[1:8]) for row in similarity]
        for i in self.percussive:
            self.confusable[i] = [j for j in self.percussive if j != i]
        self.alike_cycles = alike(self.cycles)
        self.like_tower = 0.65  # share of the made-up cycles that have the tower's own habits
        self.relation_shares = RELATION_SHARES
        self.coupling = 0.4  # share of the drawn conditions between sounds and cycles that ask what is both
        # Real tower output in place of made-up: (source, share of the layers).
        self.real_sounds, self.real_cycles = real_sounds, real_cycles

    # -- mentions and words --------------------------------------------------------------------

    def sound_weights(self, label: int) -> np.ndarray:
        weights = np.zeros(len(self.sounds))
        weights[label] = 1
        for name, weight in self.lexicon["sounds"].get(self.sounds[label], {}).get("also", {}).items():
            if name in self.sounds:
                weights[self.sounds.index(name)] = weight
        return weights

    def mention(self, rng, tower: int, label: int, group: str | None = None, layer: Layer | None = None) -> Mention | None:
        if tower == SOUND and label == self.repeated:
            # The sound that recurs, whichever it is; unclear where two do.
            often = Counter(e.label for e in layer.events).most_common(2)
            clear = often and often[0][1] >= 3 and (len(often) == 1 or often[1][1] <= 0.4 * often[0][1])
            return Mention(SOUND, often[0][0], self.sound_weights(label), frozenset([often[0][0]])) if clear else None
        if tower == SOUND:
            accepts = frozenset(self.percussive) if label == self.impact else frozenset([label])
            return Mention(SOUND, label, self.sound_weights(label), accepts)
        if tower == CYCLE:
            weights = np.zeros(len(self.cycles))
            weights[label] = 1
            for name, weight in self.lexicon["cycles"].get(self.cycles[label], {}).get("also", {}).items():
                weights[self.cycles.index(name)] = weight * (rng.random() < 0.85)
            return Mention(CYCLE, label, weights, frozenset(range(len(self.cycles))) if label == self.generic else frozenset([label]))
        accepts = self.kinds_of[group] if group else frozenset([label])
        weights = np.zeros(len(OBJECT_NAMES))
        weights[list(accepts)] = 1
        return Mention(OBJECT, label, weights, accepts)

    def question_words(self, rng, tower: int, label: int, extra: list[str]) -> np.ndarray:
        """Vectors of the question's content words."""
        if tower == SOUND:
            entry = self.lexicon["sounds"].get(self.sounds[label], {"acts": [], "subjects": []})
            pool = [*entry["acts"], *entry["subjects"]] or [self.sounds[label]]
        elif tower == CYCLE:
            entry = self.lexicon["cycles"].get(self.cycles[label], {"acts": []})
            pool = [*self.cycles[label].replace("-", " ").split(), *entry["acts"], "person", "man"]
        else:
            pool = [OBJECT_NAMES[label].split()[-1], *self.lexicon["objects"].get(OBJECT_NAMES[label], [])]
        texts = list(rng.choice(pool, min(len(pool), rng.integers(1, 4)), replace=False)) + extra
        texts += list(rng.choice(["time", "hear", "come", "see", "drive", "sound", "video", "clip"], rng.integers(0, 3)))
        vectors = [v for v in map(self.words.vector, texts) if v is not None][:16]
        return np.array(vectors).reshape(-1, 48)

    def window(self, rng, duration: float, share: float = 0.15) -> tuple[float, float] | None:
        if rng.random() > share or duration == 0:
            return None
        a, b = np.sort(rng.uniform(0, duration, 2))
        shape = rng.integers(3)
        return (0.0, b) if shape == 0 else (a, duration) if shape == 1 else (a, b)

    def label_of(self, rng, tower: int) -> int:
        if tower == SOUND:
            draw = rng.random()
            if draw < 0.12:
                return self.impact if draw < 0.07 or self.repeated is None else self.repeated
            return int(rng.choice([i for i in range(len(self.sounds)) if i != self.repeated]))
        if tower == CYCLE:
            return self.generic if rng.random() < 0.15 else int(rng.integers(len(self.cycles)))
        return OBJECT_NAMES.index(rng.choice(COMMON_OBJECTS)) if rng.random() < 0.6 else int(rng.integers(len(OBJECT_NAMES)))

    def count_of(self, rng, tower: int, few: bool, zero: float, still: bool = False) -> int:
        if rng.random() < zero:
            return 0
        if still:
            return int(rng.integers(*[(1, 2), (2, 4), (4, 9), (9, 21)][rng.choice(4, p=[0.52, 0.28, 0.15, 0.05])]))
        if few:
            return int(rng.integers(1, {SOUND: 7, OBJECT: 3, CYCLE: 9}[tower]))
        bands, shares = {
            SOUND: ([(1, 4), (4, 9), (9, 18), (18, 60)], [0.35, 0.33, 0.2, 0.12]),
            OBJECT: ([(1, 4), (3, 9), (8, 26)], [0.5, 0.38, 0.12]),
            CYCLE: ([(1, 4), (4, 11), (11, 21), (21, 40)], [0.25, 0.45, 0.2, 0.1]),
        }[tower]  # fmt: skip
        return int(rng.integers(*bands[rng.choice(len(bands), p=shares)]))

    # -- scenes --------------------------------------------------------------------------------

    def scene(self, rng: np.random.Generator, level: float = 1.0, kind: str | None = None, condition: float = 0.33, **how) -> Scene:
        """A question of one kind ('sound', 'object', 'still', 'cycle'; drawn where not given)."""
        kind = kind or str(rng.choice(list(KINDS), p=list(KINDS.values())))
        while True:
            if kind == "still":
                made = self._still(rng, level, **how)
            else:
                made = self._film(rng, level, {"sound": SOUND, "object": OBJECT, "cycle": CYCLE}[kind], rng.random() < condition, **how)
            # Windows and conditions make zeros enough.
            if made is not None and (made.true_count or kind == "still" or rng.random() < 0.5):
                return made

    def _object_question(self, rng, level: float, still: bool, mode: str | None = None, colour: bool | None = None):
        """What is asked of objects: label, focus of the layer, mode, group, whether a colour is asked."""
        label = self.label_of(rng, OBJECT)
        mode = mode or str(rng.choice(["each", "colours", "kinds"], p=[0.83, 0.1, 0.07]))
        group = str(rng.choice(list(self.kinds_of))) if mode == "kinds" or rng.random() < 0.08 else None
        zero = 0.36 if still else 0.24
        if group is None:
            count = self.count_of(rng, OBJECT, False, zero if mode == "each" else 0.08, still)
            count = max(count, int(rng.integers(2, 9))) if mode == "colours" and rng.random() < 0.8 else count
            focus = [(label, count)]
        else:
            several = int(rng.integers(1, 6)) if rng.random() > 0.1 else 0
            members = rng.choice(sorted(self.kinds_of[group]), min(several, len(self.kinds_of[group])), replace=False)
            focus = [(int(m), int(rng.integers(1, 4))) for m in members] or [(int(rng.choice(sorted(self.kinds_of[group]))), 0)]
            label = focus[0][0]
        asks_colour = (rng.random() < 0.16 if colour is None else colour) and mode in ("each", "atOnce")
        return label, focus, mode, group, asks_colour

    def _coloured(self, rng, mention: Mention, layer: Layer) -> None:
        there = [e.colour for e in layer.events if e.label in mention.accepts]
        mention.colour = int(rng.choice(there)) if there and rng.random() < 0.78 else int(rng.integers(len(COLOURS)))

    def _still(self, rng, level: float, mode: str | None = None, colour: bool | None = None, **_) -> Scene | None:
        label, focus, mode, group, coloured = self._object_question(rng, level, True, mode, colour)
        layer = still_layer(self, rng, level, focus)
        target = self.mention(rng, OBJECT, label, group)
        if coloured:
            self._coloured(rng, target, layer)
        extra = [COLOURS[target.colour]] if target.colour is not None else ["colour"] if mode == "colours" else []
        name = f"still {mode}{' colour' if coloured else ''}"
        question = Question(target, self.question_words(rng, OBJECT, label, extra), mode, name=name)
        return ask(question, {OBJECT: layer}, 0.0, 0.0)

    def _film(self, rng, level: float, tower: int, conditional: bool, mode: str | None = None, colour: bool | None = None,
              relation: str | None = None, cause: int | None = None, real: float = 0.65, strict: bool | None = None) -> Scene | None:  # fmt: skip
        """`relation` and `cause` (the condition's tower) are drawn where not given; `real`: the share of
        layers that come from a real tower where there are such; `strict`: nothing happens at the very edge
        of a window or of a condition (drawn where not given)."""
        condition = None
        if conditional:
            cause = int(rng.choice(3, p=CONDITIONED[tower])) if cause is None else cause
            drawn = relation is None
            relation = relation or str(rng.choice(list(self.relation_shares), p=list(self.relation_shares.values())))
            if drawn and {tower, cause} == {SOUND, CYCLE} and rng.random() < self.coupling:
                relation = "with"
            if relation == "with" and (OBJECT in (tower, cause) or tower == cause):
                relation = "during"
        towers = {tower} | ({cause} if conditional else set())
        duration = float(np.exp(rng.uniform(np.log(2.5), np.log(60))))
        layers: dict[int, Layer] = {}
        coupled = conditional and relation == "with" and rng.random() < 0.8
        if SOUND in towers and self.real_sounds is not None and rng.random() < real and not coupled:
            layers[SOUND], duration = self.real_sounds.layer(rng)
        elif CYCLE in towers and self.real_cycles is not None and rng.random() < max(real, 0.8) and not coupled:
            layers[CYCLE], duration = self.real_cycles.layer(rng)
        label, group, focus, coloured, asked = 0, None, {}, False, mode or "each"
        if tower == OBJECT:
            label, focus[OBJECT], asked, group, coloured = self._object_question(rng, level, False, mode, colour)
        else:
            label = self._present(rng, layers.get(tower), tower, 0.8)
            emitted = self.label_of(rng, tower) if tower == SOUND and label == self.repeated else label
            focus[tower] = [(emitted, self.count_of(rng, tower, False, 0.14))]
        if conditional:
            other = self._present(rng, layers.get(cause), cause, 0.9)
            if cause == tower and other == label and relation in ("during", "outside", "with"):
                return None
            if other == self.repeated and cause == SOUND:
                return None
            focus.setdefault(cause, [])
            if not (cause == tower and any(other == known for known, _ in focus[cause])):
                focus[cause] = [*focus[cause], (other, self.count_of(rng, cause, True, 0.08))]
        if coupled and self.real_sounds is not None and rng.random() < real:  # seen and heard: a cycle at most of the sounds
            layers[SOUND], duration = self.real_sounds.layer(rng)
            heard = [e.label for e in layers[SOUND].events]
            repeated = [sound for sound in set(heard) if heard.count(sound) > 1]
            if not repeated:
                return None
            sound = int(rng.choice(repeated))
            focus[SOUND] = [(sound, 0)]
            label, other = (sound, other) if tower == SOUND else (label, sound)
            times = np.array([e.start for e in layers[SOUND].events if e.label == sound])
            focus[CYCLE] = [(focus[CYCLE][0][0], self._partly(rng, times, duration))]
        elif coupled:  # or a sound at most of the cycles
            action = label if tower == CYCLE else other
            layers[CYCLE] = cycle_layer(self, rng, duration, level, focus[CYCLE])
            times = np.array([(e.start + e.end) / 2 for e in layers[CYCLE].events if action in (e.label, self.generic)])
            focus[SOUND] = [(focus[SOUND][0][0], self._partly(rng, times, duration))]
        for needed in sorted(towers - set(layers)):
            make = {SOUND: sound_layer, OBJECT: track_layer, CYCLE: cycle_layer}[needed]
            layers[needed] = make(self, rng, duration, level, focus[needed])
        target = self.mention(rng, tower, label, group, layers[tower])
        if target is None:
            return None
        extra = []
        if coloured:
            self._coloured(rng, target, layers[OBJECT])
            extra = [COLOURS[target.colour]]
        which = 0
        if conditional:
            condition = self.mention(rng, cause, other, None, layers[cause])
            if condition is None:
                return None
            if cause == OBJECT and rng.random() < 0.1:
                self._coloured(rng, condition, layers[OBJECT])
            which = int(rng.choice([0, 1, 2, -1], p=[0.55, 0.15, 0.05, 0.25])) if relation in ("before", "after") else 0
            extra += RELATION_WORDS[relation] + list(np.atleast_1d(self._name_words(cause, other)))
        if asked == "atOnce" and conditional and relation != "during":
            asked = "each"
        for one in [target, *([condition] if conditional else [])]:
            if one.tower == CYCLE:
                layers[CYCLE] = cycles.presume(layers[CYCLE], one.weights, self.generic, self.presumption)
            elif one.tower == SOUND:
                layers[SOUND] = sounds.presume(layers[SOUND], one.weights, self.sounds, self.sound_config)
        question = Question(
            target, self.question_words(rng, tower, label, extra), asked, self.window(rng, duration), relation if conditional else None,
            which, condition, name=" ".join([("sound", "track", "cycle")[tower], asked, *(["colour"] if coloured else [])]),
        )  # fmt: skip
        start = float(rng.choice([0, 0, 0, 1.4]))
        return ask(question, layers, start, duration, strict=rng.random() < 0.4 if strict is None else strict)

    def _partly(self, rng, times: np.ndarray, duration: float) -> np.ndarray:
        """Most of these moments, a little off, and some others."""
        same = times[rng.random(len(times)) < rng.uniform(0.4, 1)] + rng.normal(0, 0.02, 1)
        more = rng.uniform(0, duration, rng.integers(0, 5))
        apart = np.array([t for t in more if not len(times) or np.abs(times - t).min() > 0.35])
        both = np.sort(np.r_[same, apart])
        return both[(both > 0) & (both < duration)]

    def _present(self, rng, layer: Layer | None, tower: int, share: float) -> int:
        """A label to ask about: of a given layer mostly one that is there."""
        there = sorted({e.label for e in layer.events}) if layer is not None else []
        if tower == SOUND and there and rng.random() < 0.14:
            return self.impact if rng.random() < 0.5 or self.repeated is None else self.repeated
        if tower == CYCLE and rng.random() < 0.15:
            return self.generic
        return int(rng.choice(there)) if there and rng.random() < share else self.label_of(rng, tower)

    def _name_words(self, tower: int, label: int) -> list[str]:
        names = {SOUND: self.sounds, OBJECT: OBJECT_NAMES, CYCLE: self.cycles}[tower]
        return names[label].replace("_", " ").replace("-", " ").split()
