"""Replies of every sort that a model asked in words has given, or might give, to an annotated question."""

from __future__ import annotations

import json
import random
from typing import Any, Callable

Rng = random.Random

# Replies to "how many?", whatever the truth is. The first line holds the vectors of the paper's count parser.
BARE: list[Any] = [
    *("forty-two", "one hundred five", "one or two", "a hundred", "-5", "3.0", "5.", "5 people", "**5**", " 5", "5\n", "five.", "<answer>5</answer>"),
    *("five", "5", "", "<think>..</think><answer>5</answer>", "<think>6 or 7</think>5", "<think>a</think>b 3<think>c</think> 4", "Five", "FIVE", "fivefold"),
    *("The answer is 5.", "I count 3, then 4, so 7 in all.", "There are twelve.", "no number", "zero", "None", "null", "true", "0", "007", "1e3", "1_000"),
    *("two million twenty three thousand and forty nine", "nineteen billion and nineteen", "two point three", "point one", "point", "point nineteen"),
    *("one billion two million", "one billion two million three thousand", "one billion two thousand", "million million", "thousand million", "thousand", "hundred"),
    *("two thousand three", "one two three four five", "one two three four", "seven hundred and", "and", "a dozen", "million two", "thousand and two", "one billion thousand", "thousand million point five", "one billion one thousand point two", "twenty-one people", "six (6)", "three hundred"),
    *("1,234", "1,234,567", "12,345,678", "1,2345", "12345678", "1234567", "99999999999999999999", "1,2,3", "1, 2, 3", "3.5", "3,5", "5.5.5", ".5", "5..", "v2", "2x"),
    *("3-5", "3 - 5", "-3", "(-3)", "−3", "5-", "5 -", "#5", "$5", "5%", "5/7", "00:12", "5:", "5s", "x 5 y", "(5)", '"5"', "'5'", "5!", "a5b 6", "é5", "5é", "五", "5个", "٣", "５", "²"),
    *("[5]", '{"count": 5}', "[]", "{}", '<answer>[["1","2"],["3","4"]]</answer>', "[5] people", "<answer>[5</answer>", "```\n5\n```", "```json\n5\n```", "**Answer:** 5", r"\boxed{5}"),
    *("<answer>three</answer>", "<answer>\n 12 \n</answer>", "<answer></answer>", "<answer>5", "5</answer>", "<ANSWER>5</ANSWER>", "<answer>1</answer><answer>2</answer>"),
    *("<answer>about 5 or 6</answer>", "<think>9</think>", "<think>9", "9</think>", "<answer>5</answer> out of 7", "<think><answer>2</answer></think><answer>3</answer>"),
    *("Frame1: 2, Frame2: 3", "Frame 1: 2, Frame 2: 3", "approximately 15 times", "five six seven", "4\n5\n6", "\u00a05\u00a0", "\ufeff5", "five\tsix", "zero point five", "3rd", "1st of 2"),
    *("10000000", "9" * 30, "1 000 000", "1.000.000", "1.", "1.a", "a.1", "5,", ",5", "5, 6", "twenty,one", "twenty one", "one,two", "one/two", "one hundred thousand", "_5", "5_", "5—6", "5–6", "A-5", "3 -5", "1,234.5", "1,234 or 12", "five_six", "½5", "5½", "COVID-19", "2024-05-06"),
    *("<answer>-2</answer>", "<answer>3.7</answer>", "<answer>five people</answer>", "It is minus 4", "between 2 and 4", "two hundred and forty seven point nine", "hundred two"),
    *(5, 0, -2, 1234567, 2.5, None, True, False, [], [5], {}, [[1, 2]], [["a"]], {"a": 1}),
]


def bare_reply(rng: Rng, truth: int, place: int) -> Any:
    """A reply to a question for a number; the first ones are `BARE`, in turn."""
    if place < len(BARE):
        return BARE[place]
    if rng.random() < 0.25:
        return rng.choice(BARE)
    guess = max(0, truth + rng.choice([0, 0, 0, 1, -1, 2, -3, 5, rng.randrange(-20, 300)]))
    forms = ["{}", "{}", "{}", "{}.", "{} times", "There are {}.", "<answer>{}</answer>", "<think>Maybe {} or 3.</think>\n<answer>{}</answer>", "{}!", "**{}**", "Total: {}\n", "about {}.5", "-{}", "{} of 10 people"]
    word = rng.choice(WORDS[guess] if guess < len(WORDS) else [f"{guess}"])
    return rng.choice(forms).replace("{}", rng.choice([f"{guess}", f"{guess}", word]))


SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
WORDS = [[word, word.title(), word.upper()] for word in SMALL]


def some(rng: Rng, whole: list[Any], share: float) -> list[Any]:
    """About `share` of the entries, in their order."""
    return [entry for entry in whole if rng.random() < share]


def disturb(rng: Rng, right: list[Any], move: Callable[[Any], Any], fresh: Callable[[], Any]) -> list[Any]:
    """The right things, or too few, too many, twice, elsewhere or in another order."""
    way = rng.randrange(9)
    if way < 2:
        return list(right)
    if way == 2:
        return [move(one) for one in right]
    if way == 3:
        return some(rng, right, 0.6)
    if way == 4:
        return [*right, *(fresh() for _ in range(rng.randrange(1, 4)))]
    if way == 5:
        return [*right, *right]
    if way == 6:
        return rng.sample(right, len(right))
    if way == 7:
        return [move(one) for one in some(rng, right, 0.8)] + [fresh()]
    return [fresh() for _ in right] if rng.random() < 0.8 else []


STRANGE: list[Any] = [None, True, False, "", "x", "12", "Frame1", 0, -1, 5, 1e400, [], {}, [[]], [1], [1, 2], [1, 2, 3, 4], [[1, 2], [3, 4]], [["1", "2"]], {"a": 1}, [None], [True, False]]


def spoil(rng: Rng, value: Any, strange: list[Any] = STRANGE) -> Any:
    """`value` with one part somewhere inside it replaced by a strange one, dropped or doubled."""
    if not isinstance(value, (list, dict)) or not value or rng.random() < 0.15:
        return rng.choice(strange)
    if isinstance(value, dict):
        name = rng.choice(list(value))
        return {**value, name: spoil(rng, value[name], strange)}
    place = rng.randrange(len(value))
    way = rng.random()
    if way < 0.1:
        return value[:place] + value[place + 1 :]
    if way < 0.2:
        return value[:place] + value[place : place + 1] + value[place:]
    return [*value[:place], spoil(rng, value[place], strange), *value[place + 1 :]]


def clock(seconds: float, rng: Rng) -> str:
    minutes, rest = divmod(round(seconds * 100), 6000)
    hours, minutes = divmod(minutes, 60) if rng.random() < 0.5 else (0, minutes)
    text = f"{minutes:02}:{rest // 100:02}" + (f".{rest % 100:02}" if rng.random() < 0.8 else "")
    return f"{hours}:{text}" if hours or rng.random() < 0.3 else text


TIMES: dict[str, Callable[[float, Rng], Any]] = {
    "text": lambda seconds, rng: f"{seconds:.2f}",
    "number": lambda seconds, rng: seconds,
    "whole": lambda seconds, rng: int(seconds),
    "unit": lambda seconds, rng: f"{seconds:.2f} s",
    "glued": lambda seconds, rng: f"{seconds:.1f}s",
    "clock": clock,
    "mixed": lambda seconds, rng: clock(seconds, rng) if rng.random() < 0.8 else f"{seconds}",
}
STRANGE_TIMES: list[Any] = [
    *("nan", "inf", "-inf", "NaN", "Infinity", "1_000", "1e2", "+5", ".5", "5.", "1__0", "0x10", "１２", "٣", "12,5", " 12", "\t12\n", "12\t", "-3", ""),
    *(":", "1:2:3:4", "1:2.3.4", "1:2.5e1", "1: 30", " 1:30 ", "-1:30", "1:-30", "1:3_0", "1:30.", "1:30.x", "1:.5", "a:b", "00:12 s", "1:75", "12:30:", "１:３０", "1:30.1_5"),
    *(None, True, False, [], [1], {}, {"start": 1}, 1e400, -1e400, 10**25, "start_time", "12.5s", "12.5 seconds", "12.5 s x"),
]


def event_value(rng: Rng, item: dict[str, Any]) -> Any:
    right = [[float(event["start"]), float(event["end"])] for event in item["clue"]]

    def move(event: list[float]) -> list[float]:
        if rng.random() < 0.1:
            return event[::-1]
        return [round(side + rng.uniform(-4, 4), 2) for side in event]

    def fresh() -> list[float]:
        start = round(rng.uniform(0, 1800), 2)
        return [start, round(start + rng.uniform(0, 20), 2)]

    said = TIMES[rng.choices(list(TIMES), [8, 4, 2, 2, 1, 3, 1])[0]]
    value: Any = [[said(side, rng) for side in event] for event in disturb(rng, right, move, fresh)]
    way = rng.random()
    if way < 0.15:
        value = spoil(rng, value, STRANGE_TIMES)
    elif way < 0.2:
        value = spoil(rng, value)
    elif way < 0.22:
        value = [{"start": start, "end": end} for start, end in value]
    elif way < 0.24:
        value = [side for event in value for side in event]
    elif way < 0.26:
        value = [[*event, "event"] for event in value]
    elif way < 0.28:
        value = {f"{int(rng.random() * 90) + 10}": event for event in value}
    elif way < 0.3:
        value = [f"{rng.randrange(10)}{rng.randrange(10)}" for _ in value]
    elif way < 0.32:
        value = [value] if rng.random() < 0.5 else (value or [[]])[0]
    return value


Box = list[int]


def move_box(rng: Rng, box: Box) -> Box:
    x1, y1, x2, y2 = (side + rng.randrange(-15, 16) for side in box)
    return rng.choice([[x1, y1, x2, y2], [x2, y2, x1, y1], [x1, y2, x2, y1], [box[0] + 5, *box[1:]], [box[2], box[3], box[0], box[1]]])


def fresh_box(rng: Rng) -> Box:
    x, y = rng.randrange(1100), rng.randrange(600)
    return [x, y, x + rng.randrange(1, 180), y + rng.randrange(1, 120)]


NAMES = ["Frame{}", "Frame {}", "Frame{} ", "{}Frame", "FrameFrame{}", "Frame0{}", "Frame+{}", "Frame-{}", "Frame1_{}", "Frame\t{}", "Frame\u00a0{}"]
BAD_NAMES = ["frame{}", "FRAME {}", "{}", "image{}", "Frame_{}", "Frame{}.0", "FrameX", "Frame", "Frame #{}", "Frame {} (t=1)", "Frame{}:", "Frame٣", "Frame３", "Frame²", "Frames {}", "Frame-1", "Frame0"]


def by_frame(rng: Rng, found: list[tuple[int, Any]], frame_count: int) -> dict[str, list[Any]]:
    """The object that names frames from 1, each with its things."""
    usual = rng.choice(NAMES[:2]) if rng.random() < 0.85 else rng.choice(NAMES)
    names = [usual.format(frame + 1) for frame in range(frame_count)]
    way = rng.random()
    if way < 0.1:
        names[rng.randrange(frame_count)] = rng.choice(BAD_NAMES).format(rng.randrange(1, 9))
    elif way < 0.14:
        names = [rng.choice(NAMES[:4]).format(rng.randrange(frame_count + 1)) for _ in names]
    elif way < 0.17:
        names = [BAD_NAMES[rng.randrange(4)].format(frame + 1) for frame in range(frame_count)]
    whole = rng.random() < 0.6
    value: dict[str, list[Any]] = {}
    for frame, name in enumerate(names):
        things = [thing for place, thing in found if place == frame]
        if things or whole:
            value[name] = things
    if rng.random() < 0.06:
        value[rng.choice(["note", "count", "frame", "Frame 99", "label"])] = rng.choice(STRANGE)
    return value


def boxes_in_order(item: dict[str, Any]) -> list[tuple[int, Box, int]]:
    """`(frame, box, cluster)` of every clue box."""
    clusters = item["clue"] if item["category"] == "attribute" else [item["clue"]]
    stamps: list[Any] = []
    found = []
    for cluster, boxes in enumerate(clusters):
        for box in boxes:
            if box["timestamp"] not in stamps:
                stamps.append(box["timestamp"])
            found.append((stamps.index(box["timestamp"]), box["bbox"], cluster))
    return found


STRANGE_SIDES: list[Any] = [None, True, False, "10", "x", [], [1], {}, 1e400, -1e400, -5, 12.5, 10**12, 0]


def object_value(rng: Rng, item: dict[str, Any]) -> Any:
    right = [(frame, box) for frame, box, _ in boxes_in_order(item)]
    frame_count = max([frame for frame, _ in right], default=0) + 1
    found = disturb(rng, right, lambda one: (one[0], move_box(rng, one[1])), lambda: (rng.randrange(frame_count + 1), fresh_box(rng)))
    value: Any = by_frame(rng, found, frame_count + (rng.random() < 0.2))
    way = rng.random()
    if way < 0.12:
        value = spoil(rng, value)
    elif way < 0.2:
        value = spoil(rng, value, STRANGE_SIDES)
    elif way < 0.25:
        value = {name: [side for box in boxes for side in ([box] if rng.random() < 0.1 else [box[:2], box[2:]])] if isinstance(boxes, list) and all(isinstance(box, list) for box in boxes) else boxes for name, boxes in value.items()}
    elif way < 0.28:
        value = {name: boxes[0] if isinstance(boxes, list) and boxes else boxes for name, boxes in value.items()}
    elif way < 0.31:
        odd: list[Any] = rng.choice([[[1, 2, 3]], [[1, 2, 3, 4, 5]], [7], ["box"], [[]], [[1, 2]], [None], [True], [{"bbox": [1, 2, 3, 4]}]])
        value = {name: [*boxes, *odd] if rng.random() < 0.5 else [*odd, *boxes] for name, boxes in value.items() if isinstance(boxes, list)}
    elif way < 0.33:
        value = {name: [[rng.random() < 0.5 for _ in range(4)]] for name in value}
    elif way < 0.35:
        value = list(value.values())
    return value


def attribute_value(rng: Rng, item: dict[str, Any]) -> Any:
    right = boxes_in_order(item)
    frame_count = max([frame for frame, _, _ in right], default=0) + 1
    labels: list[Any] = [f"Label {cluster + 1}" for cluster in range(len(item["clue"]) + 1)]
    way = rng.randrange(10)
    if way == 0:
        labels = ["same"] * len(labels)
    elif way == 1:
        rng.shuffle(labels)
    elif way == 2:
        labels = [cluster if rng.random() < 0.8 else f"{cluster}" for cluster in range(len(labels))]
    elif way == 3:
        labels = [rng.choice(["red", "blue", None, 1, True, "1", 1.0, 0, False, "null", "红"]) for _ in labels]
    elif way == 4:
        labels = [rng.choice(labels) for _ in labels]
    elif way == 5 and rng.random() < 0.3:
        labels[0] = rng.choice([[], {}, [1], {"a": 1}])
    found = disturb(
        rng,
        right,
        lambda one: (one[0], move_box(rng, one[1]), rng.randrange(len(labels)) if rng.random() < 0.2 else one[2]),
        lambda: (rng.randrange(frame_count + 1), fresh_box(rng), rng.randrange(len(labels))),
    )
    field = rng.choice(["bbox", "bbox", "bbox", "bbox_2d", "box"])

    def thing(box: Box, label: Any) -> dict[str, Any]:
        entry: dict[str, Any] = {field: box, "label": label}
        if rng.random() < 0.04:
            entry["bbox_2d"] = move_box(rng, box)
        if rng.random() < 0.01:
            del entry["label"]
        if rng.random() < 0.02:
            entry["bbox"] = rng.choice([None, 5, "1234", "12", [1, 2, 3], [1, 2, 3, 4, 5], {"a": 1, "b": 2, "c": 3, "d": 4}, [None, 1, 2, 3], ["1", "2", "3", "4"], [], True])
        return entry

    value: Any = by_frame(rng, [(frame, thing(box, labels[cluster])) for frame, box, cluster in found], frame_count + (rng.random() < 0.2))
    way = rng.random()
    if way < 0.12:
        value = spoil(rng, value)
    elif way < 0.17:
        value = spoil(rng, value, STRANGE_SIDES)
    elif way < 0.19:
        value = list(value.values())
    elif way < 0.21:
        value = {name: things[0] if isinstance(things, list) and things else things for name, things in value.items()}
    return value


def write_json(rng: Rng, value: Any) -> str:
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5, indent=rng.choice([None, None, None, None, 1]))
    return text.replace("Infinity", "1e400")


def answer_text(rng: Rng, value: Any) -> Any:
    """`value` as a model would write it: nearly always JSON, in tags or among prose."""
    text = write_json(rng, value)
    way = rng.random()
    if way < 0.04:
        return value if value == value and "1e400" not in text else text
    if way < 0.08:
        text = text.replace('"label"', "'label'") if rng.random() < 0.5 else str(value)
    elif way < 0.12:
        text = text[: rng.randrange(len(text) + 1)]
    elif way < 0.14:
        text = text.replace("]", ",]", 1)
    elif way < 0.17:
        text = rng.choice(["[[NaN, 5]]", "[[-Infinity, Infinity]]", '{"Frame1": [[NaN, 0, 5, 5]]}', "null", "5", '"text"', '""', "[]", "{}", "true", "false", "{,}", "[[]]"])
        return rng.choice([text, f"<answer>{text}</answer>", f"so: {text}"])
    forms = FORMS if rng.random() < 0.6 else FORMS[:2]
    return rng.choice(forms).replace("{}", text)


FORMS = [
    *("{}", "<answer>{}</answer>", "<answer>\n{}\n</answer>", "<think>There are a few.</think>\n<answer>{}</answer>", "Here you are: {} Anything else?"),
    *("```json\n{}\n```", "<answer>```json\n{}\n```</answer>", "<answer>{}</answer><answer>[]</answer>", "<answer>none</answer><answer>{}</answer>", "<answer>{}", "{}</answer>"),
    *("As [1] says (see {x}): {}", "As [1 says: {}", "Brackets ] } first: {}", "Not [this [nested] one]. {}", "mixed [} {}", "an {open one, {}", "Result [[1]: {}]", "a ':]' then {}"),
    *("\ufeff{}", "\u00a0{}\u3000", "\x1c{}\x1f", "\x85{}", "{}\ufeff", "答案：{}。", "<ANSWER>{}</ANSWER>", "<think><answer>{}</answer></think><answer>{}</answer>", "{} {}", "{}{}", '{"reason": "[a" } {}'),
    *("{};", "{}\n\nTotal: 5", "'{}'", '"{}"', "<answer> </answer>{}", "<answer></answer>{}", "[]{}", "{} []", "I saw [none]", "", "I cannot tell.", "<answer></answer>"),
]
VALUES = {"event": event_value, "object": object_value, "attribute": attribute_value}


def clue_reply(rng: Rng, item: dict[str, Any]) -> Any:
    """A reply to a question for clues."""
    if rng.random() < 0.02:
        return rng.choice([None, 5, True, 0.5, "", " ", "5", "five", "[", "]", "{}", "[]"])
    return answer_text(rng, VALUES[item["category"]](rng, item))
