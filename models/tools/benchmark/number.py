"""How a bare count is read out of a reply: as the release reads it, and as the app reads it besides.

The release hands the reply to the package word2number; `strict_count` restates that package's behaviour,
odd sums included, and the release's habit of taking 0 for whatever the package refuses.
"""

from __future__ import annotations

import json
import math
import re

UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
GROUPS = {"billion": 10**9, "million": 10**6, "thousand": 10**3}
VALUES = {
    **{word: value for value, word in enumerate(UNITS)},
    **{word: 10 * value for value, word in enumerate(TENS, start=2)},
    "hundred": 100,
    **GROUPS,
}


class NoNumber(ValueError):
    """The text names no number that word2number accepts."""


def combine(words: list[str]) -> int:
    """Words between two group words: by how many there are, not by what they mean; more than four keep only the first."""
    numbers = [VALUES[word] for word in words]
    if not numbers:
        raise NoNumber("nothing in front of a group word")
    if len(numbers) == 2:
        return math.prod(numbers) if 100 in numbers else sum(numbers)
    if len(numbers) in (3, 4):
        return numbers[0] * numbers[1] + sum(numbers[2:])
    return numbers[0]


def whole_part(words: list[str]) -> int:
    """The words before "point"."""
    if not words:
        return 0
    places = {group: words.index(group) for group in GROUPS if group in words}
    if sorted(places.values()) != list(places.values()):
        raise NoNumber("a larger group after a smaller one")
    if len(words) == 1:
        return VALUES[words[0]]
    total, begin = 0, 0
    for group, place in places.items():
        total += combine(words[begin:place]) * GROUPS[group]
        begin = place + 1
    if not places:
        return combine(words)
    if begin < len(words):
        return total + combine(words[begin:])
    # Nothing follows the last group word, yet behind a billion the smaller groups are then added once more,
    # their names taken for numbers.
    if "billion" in places and len(places) > 1:
        total += combine(words[places["billion"] + 1 :])
    return total


def word_number(text: str) -> float:
    """word2number's value of `text`; raises `NoNumber`, or `ValueError` for digits that are no decimal digits (²)."""
    text = text.replace("-", " ").lower()
    if text.isdigit():
        return int(text)
    words = [word for word in text.split() if word in VALUES or word == "point"]
    if not words:
        raise NoNumber("no number word")
    if any(words.count(word) > 1 for word in [*GROUPS, "point"]):
        raise NoNumber("a word that may come only once")
    point = words.index("point") if "point" in words else len(words)
    decimals = words[point + 1 :]
    total = whole_part(words[:point])
    if decimals and all(word in UNITS[:10] for word in decimals):
        return total + float("0." + "".join(str(VALUES[word]) for word in decimals))
    return total


def strict_count(pred: object) -> float:
    """The count as the release's black-box script reads it from the whole reply; 0 where it cannot."""
    if not isinstance(pred, str):
        return 0
    try:
        return word_number(pred)
    except ValueError:
        return 0


ANSWER = re.compile(r"<answer>(.*?)</answer>", re.DOTALL)
# With or without commas between thousands; what stands on either side is looked at below.
CANDIDATE = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+", re.ASCII)


def stands_alone(text: str, begin: int, end: int) -> bool:
    """Not glued to a letter or another script's digit, no decimal, no negative number."""
    before, after = text[:begin], text[end:]
    if before and (before[-1].isalnum() or before[-1] in "_."):
        return False
    if after and (after[0].isalnum() or after[0] == "_"):
        return False
    # "-5" is negative and "A-5" a name; in "3-5" the hyphen joins two numbers.
    return not re.match(r"\.\d", after) and not re.search(r"(?:^|\D)[-−]$", before)


def last_whole_number(text: str) -> int | None:
    found = None
    for match in CANDIDATE.finditer(text):
        digits = match.group().replace(",", "")
        if len(digits) <= 7 and stands_alone(text, *match.span()):
            found = int(digits)
    return found


def tolerant_count(pred: object) -> float:
    """The count as the app reads it: the answer's last whole number, else its number words, else 0."""
    text = str(pred)
    answer = ANSWER.search(text)
    text = answer.group(1).strip() if answer else text.rpartition("</think>")[2].strip()
    try:
        if isinstance(json.loads(text), (list, dict)):
            return 0
    except ValueError:
        pass
    number = last_whole_number(text)
    if number is not None:
        return number
    return strict_count(re.sub(r"[^\w\s]|_", " ", text))
