"""Makes up scenes: what the towers might say about a clip, and which proposals are the truth.

Everything is drawn widely, per scene: how good the tower is, how it confuses classes, what else
goes on. Sound scores are independent (sigmoids); a percussive sound also scores as `impact`.
"""

import numpy as np

from models.tools.decoder.common import COMMON_OBJECTS, SIMILAR_OBJECTS, background, limit
from models.tools.decoder.features import Scene
from models.tools.decoder.labels import OBJECT_NAMES, Words, lexicon, sound_labels
from models.tools.decoder.stills import still_scene

class Simulator:
    def __init__(self, words: Words):
        self.words = words
        self.sounds = [label["id"] for label in sound_labels()]
        self.lexicon = lexicon()
        self.label_vectors = {
            "sound": words.label_vectors([label["name"] for label in sound_labels()]),
            "object": words.label_vectors(OBJECT_NAMES),
        }
        self.impact = self.sounds.index("impact")
        percussive = [i for i, s in enumerate(self.sounds) if "impact" in self.lexicon["sounds"].get(s, {}).get("also", {})]
        self.percussive = set(percussive) | {self.impact}
        similarity = self.label_vectors["sound"] @ self.label_vectors["sound"].T
        self.confusable = [list(np.argsort(-row)[1:8]) for row in similarity]
        for i in self.percussive:
            self.confusable[i] = [j for j in self.percussive if j != i]

    # -- questions -----------------------------------------------------------------------------

    def sound_weights(self, label: int) -> np.ndarray:
        weights = np.zeros(len(self.sounds))
        weights[label] = 1
        for name, weight in self.lexicon["sounds"].get(self.sounds[label], {}).get("also", {}).items():
            weights[self.sounds.index(name)] = weight
        return weights

    def question(self, rng: np.random.Generator, kind: str, label: int) -> np.ndarray:
        """Vectors of the question's content words."""
        if kind == "sound":
            entry = self.lexicon["sounds"].get(self.sounds[label], {"acts": [], "subjects": []})
            pool = [*entry["acts"], *entry["subjects"]] or [self.sounds[label]]
        else:
            pool = [OBJECT_NAMES[label].split()[-1], *self.lexicon["objects"].get(OBJECT_NAMES[label], [])]
        texts = list(rng.choice(pool, min(len(pool), rng.integers(1, 4)), replace=False))
        texts += list(rng.choice(["time", "hear", "come", "see", "drive", "sound", "video", "clip"], rng.integers(0, 3)))
        vectors = [v for v in map(self.words.vector, texts) if v is not None]
        return np.array(vectors).reshape(-1, 48)

    def window(self, rng, start: float, duration: float) -> tuple[float, float] | None:
        if rng.random() > 0.15:
            return None
        a, b = np.sort(rng.uniform(0, duration, 2))
        shape = rng.integers(3)
        low, high = (0.0, b) if shape == 0 else (a, duration) if shape == 1 else (a, b)
        return (start + low, start + high)

    # -- sounds --------------------------------------------------------------------------------

    def onsets(self, rng, count: int, duration: float, shortest: float) -> np.ndarray:
        pattern = rng.random()
        if pattern < 0.35:  # a steady beat
            period = rng.uniform(max(shortest, duration / count * 0.2), max(shortest * 1.2, duration / count))
            times = rng.uniform(0, max(duration - period * count, 0.01)) + period * np.arange(count)
            times = times + rng.normal(0, period * rng.choice([0.02, 0.1, 0.25]), count)
        elif pattern < 0.65:  # groups
            centres = rng.uniform(0, duration, max(1, int(rng.integers(1, 2 + count // 2))))
            times = rng.choice(centres, count) + rng.exponential(rng.uniform(shortest, 1.5), count) * rng.uniform(0.5, 3)
        else:
            times = rng.uniform(0, duration, count)
        times = np.sort(times[(times >= 0) & (times < duration)])
        keep = np.r_[True, np.diff(times) > shortest] if len(times) else np.zeros(0, bool)
        return times[keep]

    def sound_scene(self, rng: np.random.Generator, level: float = 1.0) -> Scene:
        labels = len(self.sounds)
        label = self.impact if rng.random() < 0.06 else int(rng.integers(labels))
        weights = self.sound_weights(label)
        duration = float(np.exp(rng.uniform(np.log(2.5), np.log(60))))
        noise = level * rng.choice([0.1, 0.4, 0.8, 1.4], p=[0.3, 0.3, 0.28, 0.12])
        base = rng.uniform(-7, -3, labels)  # what silence scores
        rows: list[tuple[float, float, float, np.ndarray, int]] = []  # start, end, confidence, logits, truth id

        def emit(times, source: int, truth: bool, clarity: float, sure: float) -> None:
            """Proposals for real sounds of one class: scores, doubles, merges, misses."""
            others = rng.choice(self.confusable[source], min(3, len(self.confusable[source])), replace=False)
            profile = base.copy()
            profile[source] = clarity
            profile[others] = np.maximum(profile[others], clarity - rng.exponential(4 / max(noise, 0.2), len(others)))
            if source in self.percussive:
                profile[self.impact] = max(profile[self.impact], rng.normal(2, 1.5))
            length = np.exp(rng.uniform(np.log(0.05), np.log(1.2)))
            missed, doubled = rng.uniform(0, 0.12 * noise), rng.uniform(0, 0.2 * noise) * (rng.random() < 0.6)
            echo_gap, echo_level = rng.uniform(0.06, 0.5), rng.uniform(0.5, 3.5)
            heralded = rng.uniform(0.1, 0.7) * (rng.random() < 0.3)
            for time in times:
                jitter = rng.normal(0, 0.25 + 0.4 * noise)
                logits = profile + rng.normal(0, 0.25 + 0.35 * noise, labels) + jitter
                confidence = sure + jitter + rng.normal(0, 0.25 + 0.3 * noise)
                if rng.random() < heralded:  # an intake of breath, a rattle before the blow
                    early = time - rng.uniform(0.05, 0.2)
                    faint = logits - rng.uniform(0, 1.5, labels) - (np.arange(labels) == source) * rng.uniform(0.5, 4)
                    rows.append((max(early, 0.0), time, confidence - rng.uniform(0, 2.5), faint, 0))
                end = time + length * np.exp(rng.normal(0, 0.3))
                if rng.random() >= missed:
                    at = time + rng.normal(0, 0.012)
                    rows.append((at, max(end, at + 0.02), confidence, logits, 1 if truth else 0))
                if rng.random() < doubled:
                    late = time + echo_gap * np.exp(rng.normal(0, 0.3))
                    down = echo_level * np.exp(rng.normal(0, 0.4))
                    drop = down * rng.uniform(0.3, 1.3)
                    rows.append((late, late + length * rng.uniform(0.3, 1), confidence - down, logits - drop, 0))

        zero = rng.random() < 0.12
        count = 0
        if not zero:
            band = rng.choice(4, p=[0.35, 0.33, 0.2, 0.12])
            count = int(rng.integers(*[(1, 4), (4, 9), (9, 18), (18, 60)][band]))
            clarity = rng.normal(2.2, 1.6) if rng.random() < 0.75 else rng.normal(-1, 1)
            times = self.onsets(rng, count, duration, rng.uniform(0.08, 0.3))
            emit(times, label, True, clarity, rng.normal(2.2, 1.3))
        for _ in range(rng.choice([0, 1, 2, 3], p=[0.45, 0.3, 0.15, 0.1])):
            if rng.random() < 0.4:
                source = int(rng.choice(self.confusable[label]))
            else:
                source = int(rng.integers(labels))
            if weights[source] == 0:  # an accepted class would count
                times = self.onsets(rng, int(rng.integers(1, 20)), duration, 0.1)
                emit(times, source, False, rng.normal(1, 2.2), rng.normal(1.8, 1.5))
        for _ in range(rng.poisson(min(0.15 * noise * duration, 12))):  # false alarms
            start = rng.uniform(0, duration)
            logits = base + rng.normal(0, 1.2, labels)
            logits[rng.integers(labels, size=2)] += rng.exponential(2.0, 2)
            if rng.random() < 0.25:
                logits[label] += rng.exponential(2.0)
            if rng.random() < 0.4:
                logits[self.impact] += rng.exponential(3.0)
            rows.append((start, start + rng.exponential(0.3) + 0.02, rng.normal(-1, 1.3), logits, 0))
        if rng.random() < 0.3:  # the recording is cut off
            rows.append((duration - 0.01, duration, rng.normal(-0.5, 1), base + rng.exponential(1.5, labels), 0))
        rows.sort(key=lambda row: row[0])
        # The tower proposes what passes its own bar, and one thing at a time.
        bar, apart = rng.uniform(-2.8, -0.8), rng.uniform(0.03, 0.1)
        kept: list = []
        for row in rows:
            if row[2] < bar:
                continue
            if kept and row[0] - kept[-1][0] < apart:
                stronger = row if row[2] > kept[-1][2] else kept[-1]
                kept[-1] = (*stronger[:4], max(row[4], kept[-1][4]))
                continue
            kept.append(row)
        return self._sound(rng, kept, weights, duration, self.question(rng, "sound", label))

    def _sound(self, rng, rows, weights, duration, words) -> Scene:
        start = float(rng.choice([0, 0, 0, 1.4]))
        squash = lambda x: 1 / (1 + np.exp(-x))  # noqa: E731
        scores = squash(np.array([r[3] for r in rows]).reshape(-1, len(self.sounds)))
        return limit(
            Scene(
                kind="sound", at_once=False, start=start, duration=duration,
                window=self.window(rng, start, duration), weights=weights, words=words,
                starts=np.array([r[0] for r in rows]) + start, ends=np.array([r[1] for r in rows]) + start,
                confidences=squash(np.array([r[2] for r in rows])), scores=scores,
            ),
            [i for i, r in enumerate(rows) if r[4]],
        )  # fmt: skip

    # -- objects -------------------------------------------------------------------------------

    def object_weights(self, label: int) -> np.ndarray:
        weights = np.zeros(len(OBJECT_NAMES))
        weights[label] = 1
        for group in self.lexicon["groups"].values():
            if OBJECT_NAMES[label] in group and len(group) > 1 and hash_pick(label, len(group)):
                weights[[OBJECT_NAMES.index(name) for name in group]] = 1
        return weights

    def object_scene(self, rng: np.random.Generator, level: float = 1.0) -> Scene:
        names = OBJECT_NAMES
        label = names.index(rng.choice(COMMON_OBJECTS)) if rng.random() < 0.6 else int(rng.integers(len(names)))
        weights = self.object_weights(label) if rng.random() < 0.15 else np.eye(len(names))[label]
        duration = float(np.exp(rng.uniform(np.log(2), np.log(60))))
        frames = int(np.clip(duration * rng.choice([1, 2, 4, 5]), 2, 150))
        times = (np.arange(frames) + 0.5) * duration / frames
        at_once = rng.random() < 0.35
        noise = level * rng.choice([0.1, 0.5, 1.0, 1.5], p=[0.25, 0.3, 0.3, 0.15])
        size = (float(rng.choice([368, 640, 720, 1280, 1920])), float(rng.choice([360, 432, 656, 720, 1080])))
        tracks: list[dict] = []
        truth: list[dict] = []
        detectability = np.clip(rng.normal(0.62, 0.13), 0.25, 0.9)
        order = rng.random()  # how the objects share the clip
        count = 0 if rng.random() < 0.2 else int(rng.choice([rng.integers(1, 4), rng.integers(3, 9), rng.integers(8, 26)], p=[0.5, 0.38, 0.12]))
        shape = np.exp(rng.uniform(np.log(0.05), np.log(0.45), 2))
        # An odd viewpoint: the detector takes all of them for something else, a little.
        mistaken, share = int(rng.integers(len(names))), 1.0
        if rng.random() < 0.22:
            share = rng.uniform(0.3, 0.8)
        static_scene = rng.random() < 0.4
        # One after another at the same place: a counter, a parking space.
        one_place, meeting = 0.2 <= order < 0.55 and rng.random() < 0.6, rng.uniform(0.25, 0.75, 2)

        def life(index: int, total: int) -> tuple[int, int]:
            if static_scene and rng.random() < 0.9 or order < 0.2:
                return 0, frames
            if order < 0.55:  # one after another
                a = index / max(total, 1) + rng.normal(0, 0.02)
                b = a + rng.uniform(0.4, 1.1) / max(total, 1)
            else:
                a = rng.uniform(-0.2, 0.95)
                b = a + np.exp(rng.uniform(np.log(0.05), np.log(0.8)))
            return max(0, int(a * frames)), min(frames, max(int(b * frames), int(a * frames) + 1))

        def add(source: int, real: bool, index: int, total: int, sure: float) -> None:
            first, last = life(index, total)
            if last <= first:
                return
            moving = not static_scene and rng.random() < 0.8
            half = shape * np.exp(rng.normal(0, 0.2, 2)) / 2
            p0 = meeting + rng.normal(0, 0.05, 2) if one_place else rng.uniform(0.1, 0.9, 2)
            p1 = rng.uniform(0.1, 0.9, 2) if moving else p0 + rng.normal(0, 0.02, 2)
            if moving and rng.random() < 0.6:
                p0[rng.integers(2)] = rng.choice([-0.02, 1.02])
            k = np.linspace(0, 1, last - first)[:, None]
            centre = p0 + (p1 - p0) * k + rng.normal(0, 0.003, (last - first, 2))
            box = np.clip(np.c_[centre - half, centre + half], 0, 1) * [*size, *size]
            profile = background(rng, sure)
            if real and share < 1:
                sure = max(sure * share, 0.12)
                profile[mistaken] = min(sure * rng.uniform(0.7, 1.9), 0.95)
            elif not real and rng.random() < 0.4:
                profile[label] = sure * rng.uniform(0.05, 0.4)
            profile[source] = sure
            for group in SIMILAR_OBJECTS:
                if names[source] in group:
                    for other in group:
                        if other != names[source]:
                            profile[names.index(other)] = sure * np.clip(rng.normal(0.1, 0.25 * noise), 0, 1.15)
            visible = rng.random(last - first) > rng.uniform(0, 0.25 * noise)
            pieces = [np.arange(last - first)]
            if len(pieces[0]) > 4 and rng.random() < 0.08 * noise:  # the tracker bridges most gaps
                cuts = np.sort(rng.choice(np.arange(1, len(pieces[0])), rng.integers(1, 3), replace=False))
                pieces = np.split(pieces[0], cuts)
                pieces = [p[rng.integers(0, 2) :] for p in pieces]
            item = {"life": (first, last), "pieces": []}
            for number, piece in enumerate(pieces):
                piece = piece[visible[piece]]
                if len(piece) < 1 or len(piece) == 1 and frames > 8 and rng.random() < 0.7:
                    continue
                scores = np.clip(profile * np.exp(rng.normal(0, 0.1 + 0.15 * noise)), 0, 0.97)
                apart = rng.uniform(0.02, 0.25) if number else rng.uniform(0.08, 0.9)
                track = {
                    "path": np.c_[times[first + piece], box[piece] + rng.normal(0, 1.5, (len(piece), 4))],
                    "scores": scores, "apart": apart, "length": len(piece), "truth": None,
                }  # fmt: skip
                tracks.append(track)
                item["pieces"].append(track)
                if rng.random() < 0.12 * noise:  # a part of it, or it in another's hand, seen by itself
                    n = max(1, int(len(piece) * rng.choice([rng.uniform(0, 0.2), rng.uniform(0.2, 1)])))
                    offset = int(rng.integers(0, len(piece) - n + 1))
                    path = track["path"][offset : offset + n].copy()
                    path[:, 1:] += rng.normal(0, 0.25, 4) * np.tile(half * 2 * np.array(size), 2)
                    path[:, 1:] = np.c_[np.sort(path[:, [1, 3]]), np.sort(path[:, [2, 4]])][:, [0, 2, 1, 3]]
                    part = scores * rng.uniform(0.35, 0.85)
                    tracks.append({"path": path, "scores": part, "apart": rng.uniform(0.02, 0.5), "length": n, "truth": None})
                if rng.random() < 0.06 * noise:  # seen double
                    twin = dict(track, path=track["path"] + np.r_[0, rng.normal(0, 0.03, 4) * [*size, *size]])
                    twin["scores"] = scores[rng.permutation(len(scores))] * 0.8 if rng.random() < 0.3 else scores * rng.uniform(0.4, 0.9)
                    twin["path"] = twin["path"][: max(1, int(len(piece) * rng.uniform(0.2, 1)))]
                    twin["length"] = len(twin["path"])
                    tracks.append(twin)
            if real:
                truth.append(item)

        for index in range(count):
            add(label, True, index, count, float(np.clip(rng.normal(detectability, 0.1), 0.15, 0.95)))
        for _ in range(rng.choice([0, 1, 2, 5], p=[0.3, 0.3, 0.2, 0.2])):
            similar = [n for g in SIMILAR_OBJECTS if names[label] in g for n in g]
            source = names.index(rng.choice(similar)) if similar and rng.random() < 0.35 else int(rng.integers(len(names)))
            if weights[source] == 0:
                add(source, False, 0, 1, float(np.clip(rng.normal(0.55, 0.15), 0.1, 0.95)))
        for _ in range(rng.poisson(1.5 * noise)):  # ghosts: short and weak
            first = int(rng.integers(frames))
            last = min(frames, first + int(rng.integers(1, 9)))
            if rng.random() < 0.3:  # or always there: a coat, a poster
                first, last = int(first * rng.random()), frames
            source = label if rng.random() < 0.5 else int(rng.integers(len(names)))
            low = rng.uniform(0, 0.9, 2)
            high = np.minimum(low + rng.uniform(0.02, 0.3, 2), 1)
            if rng.random() < 0.3:  # or the whole scene taken for a thing
                low, high = rng.uniform(0, 0.12, 2), rng.uniform(0.85, 1, 2)
            box = np.r_[low, high] * [*size, *size]
            score = max(0.1, rng.uniform(0.1, 0.65) * detectability * share)
            scores = background(rng, score)
            scores[source] = score
            if share < 1 and source == label:
                scores[mistaken] = min(scores[label] * rng.uniform(0.7, 1.9), 0.95)
            tracks.append({"path": np.c_[times[first:last], np.tile(box, (last - first, 1))], "scores": scores,
                           "apart": rng.uniform(0.1, 1), "length": last - first, "truth": None})  # fmt: skip

        window = self.window(rng, 0.0, duration) if not at_once else None
        if at_once:
            counts = [sum(i["life"][0] <= f < i["life"][1] for i in truth) for f in range(frames)]
            best = int(np.argmax(counts)) if counts else 0
            for item in truth:
                near = [t for t in item["pieces"] if t["path"][0, 0] <= times[best] + 1e-6 and t["path"][-1, 0] >= times[best] - 1e-6]
                if item["life"][0] <= best < item["life"][1] and near:
                    near[0]["truth"] = True
        else:
            for item in truth:
                pieces = item["pieces"]
                if window is not None:
                    pieces = [t for t in pieces if t["path"][-1, 0] >= window[0] and t["path"][0, 0] <= window[1]]
                if pieces:
                    pieces[0]["truth"] = True
        # Confidence and mean score: the best class, lower for tracks of few sightings.
        tracks = sorted((t for t in tracks if t["length"]), key=lambda t: t["path"][0, 0])
        seen = np.array([t["length"] for t in tracks], float)
        best = np.array([t["scores"].max() for t in tracks])
        mean = np.clip(best * rng.uniform(1, 1.25, len(tracks)), 0, 0.97)
        few = rng.uniform(0.4, 1.0) if frames > 2 else 0.0
        sure = mean * rng.uniform(1.0, 1.3) * (1 - few * np.exp(-seen)) * np.exp(rng.normal(0, 0.05, len(tracks)))
        sure = np.clip(sure, 0.02, 0.98)
        return limit(
            Scene(
                kind="object", at_once=at_once, start=0.0, duration=duration, window=window, weights=weights,
                words=self.question(rng, "object", label),
                starts=np.array([t["path"][0, 0] for t in tracks]), ends=np.array([t["path"][-1, 0] for t in tracks]),
                confidences=sure,
                scores=np.array([t["scores"] for t in tracks]).reshape(-1, len(names)), frame=size,
                paths=[t["path"] for t in tracks],
                mean_scores=mean,
                appearance=np.array([1.0 if i == 0 else t["apart"] for i, t in enumerate(tracks)]),
            ),
            [i for i, t in enumerate(tracks) if t["truth"]],
        )  # fmt: skip

    def scene(self, rng: np.random.Generator, level: float = 1.0) -> Scene:
        draw = rng.random()
        make = self.sound_scene if draw < 0.46 else self.object_scene if draw < 0.82 else self.still_scene
        return make(rng, level)

    def still_scene(self, rng: np.random.Generator, level: float = 1.0) -> Scene:
        return still_scene(self, rng, level)


def hash_pick(label: int, size: int) -> bool:
    return (label * 7 + size) % 2 == 0
