"""How the suite's questions are worded. Plain English of many kinds; nothing here is known to nano."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class SoundWords:
    one: str  # "bark"
    many: str  # "barks"
    asked: str  # "does the dog bark"
    clause: str  # "the dog barks"
    group: str  # sounds of different groups are not mistaken for each other


SOUNDS = {
    "dog": SoundWords("bark", "barks", "does the dog bark", "the dog barks", "animal"),
    "rooster": SoundWords("crow of the rooster", "rooster crows", "does the rooster crow", "the rooster crows", "animal"),
    "cow": SoundWords("moo", "moos", "does the cow moo", "the cow moos", "animal"),
    "sheep": SoundWords("bleat", "bleats", "does the sheep bleat", "the sheep bleats", "animal"),
    "pig": SoundWords("oink", "oinks", "does the pig oink", "the pig oinks", "animal"),
    "duck": SoundWords("quack", "quacks", "does the duck quack", "the duck quacks", "animal"),
    "hen": SoundWords("cluck", "clucks", "does the hen cluck", "the hen clucks", "animal"),
    "cat": SoundWords("meow", "meows", "does the cat meow", "the cat meows", "animal"),
    "crow": SoundWords("caw", "caws", "does the crow caw", "the crow caws", "animal"),
    "frog": SoundWords("croak", "croaks", "does the frog croak", "the frog croaks", "animal"),
    "sneeze": SoundWords("sneeze", "sneezes", "does someone sneeze", "someone sneezes", "mouth"),
    "cough": SoundWords("cough", "coughs", "does the man cough", "the man coughs", "mouth"),
    "snore": SoundWords("snore", "snores", "does he snore", "someone snores", "mouth"),
    "whistle": SoundWords("whistle", "whistles", "is the whistle blown", "the whistle blows", "tone"),
    "bell": SoundWords("bell", "bell rings", "does the bell ring", "the bell rings", "tone"),
    "doorbell": SoundWords("doorbell", "doorbell rings", "does the doorbell ring", "the doorbell rings", "tone"),
    "phone": SoundWords("phone ring", "phone rings", "does the phone ring", "the phone rings", "tone"),
    "beep": SoundWords("beep", "beeps", "does it beep", "it beeps", "tone"),
    "car_horn": SoundWords("honk", "honks", "does the car horn honk", "the horn honks", "tone"),
    "clap": SoundWords("clap", "claps", "does she clap", "someone claps", "hit"),
    "knock": SoundWords("knock", "knocks", "does somebody knock on the door", "somebody knocks", "hit"),
    "footstep": SoundWords("footstep", "footsteps", "can you hear a footstep", "someone walks", "hit"),
    "gunshot": SoundWords("gunshot", "gunshots", "is a shot fired", "shots are fired", "hit"),
    "explosion": SoundWords("explosion", "explosions", "is there an explosion", "it explodes", "hit"),
    "hammer": SoundWords("hammer blow", "hammer blows", "does the hammer strike", "the hammer strikes", "hit"),
    "chop": SoundWords("chop", "chops", "does the axe chop the wood", "the axe chops", "hit"),
    "sword_clash": SoundWords("sword clash", "sword clashes", "do the swords clash", "the swords clash", "hit"),
    "ball_bounce": SoundWords("bounce", "bounces", "does the ball bounce", "the ball bounces", "hit"),
    "snap": SoundWords("finger snap", "finger snaps", "does he snap his fingers", "he snaps his fingers", "hit"),
    "clock_tick": SoundWords("tick", "ticks", "does the clock tick", "the clock ticks", "hit"),
    "mouse_click": SoundWords("click", "clicks", "does the mouse click", "the mouse clicks", "hit"),
    "water_drop": SoundWords("drip", "drips", "does the water drip", "the water drips", "hit"),
}  # fmt: skip

MOVES = {
    "bounce": ["How many times can you see the ball bounce?", "How many bounces of the ball are visible?",
               "Watch the ball: how many times is it seen bouncing?"],
    "swing": ["How many times does the pendulum swing back and forth?", "How many swings does the pendulum make?",
              "Count the swings of the pendulum."],
    "spin": ["How many times does the {thing} spin around?", "How many full turns does the {thing} make?",
             "How many spins of the {thing} are there?"],
    "jump": ["How many times does the {thing} jump?", "How many jumps does the {thing} make?",
             "Count how often the {thing} jumps."],
}  # fmt: skip
# For conditions: “how many times …” without the question mark.
MOVE_CORE = {
    "bounce": "how many times can you see the ball bounce", "swing": "how many times does the pendulum swing",
    "spin": "how many times does the {thing} spin around", "jump": "how many times does the {thing} jump",
}  # fmt: skip

PLURALS = {
    "person": "people", "bus": "buses", "bench": "benches", "sheep": "sheep", "mouse": "mice", "knife": "knives",
    "sandwich": "sandwiches", "wine glass": "wine glasses", "couch": "couches", "toothbrush": "toothbrushes",
}  # fmt: skip


def plural(label: str) -> str:
    return PLURALS.get(label, label + "s")


def pick(rng: np.random.Generator, options):
    return options[int(rng.integers(len(options)))]


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def window_words(rng: np.random.Generator, low: float, high: float, seconds: float) -> str:
    """`low` and `high` are whole seconds; the end of the clip is `seconds`."""
    if low == 0:
        return pick(rng, [f"in the first {high:.0f} seconds", f"during the first {high:.0f} seconds", f"before second {high:.0f}"])
    if high >= seconds:
        return pick(rng, [f"after {low:.0f} seconds", f"after second {low:.0f}"])
    return pick(rng, [f"between {low:.0f} and {high:.0f} seconds", f"from second {low:.0f} to second {high:.0f}"])


def asked_sound(rng: np.random.Generator, label: str) -> str:
    """“how many …” about a sound, without an end mark."""
    words = SOUNDS[label]
    return pick(rng, [f"how many times {words.asked}", f"how many {words.many} are there", f"how many {words.many} can you hear"])


def asked_object(rng: np.random.Generator, label: str) -> str:
    return pick(rng, [
        f"how many {plural(label)} are there", f"how many {plural(label)} can be seen", f"how many {plural(label)} appear",
        f"how many different {plural(label)} are visible",
    ])  # fmt: skip


def joined(rng: np.random.Generator, core: str, circumstance: str = "") -> str:
    """A whole question: the circumstance before or after."""
    if not circumstance:
        return capital(core) + "?"
    if rng.random() < 0.5:
        return f"{capital(circumstance)}, {core}?"
    return f"{capital(core)} {circumstance}?"
