"""Which WordNet senses are a sound or a movement that nano counts, so that it knows their synonyms.

A sense is `lemma.n.2`: the second noun sense of the lemma in WordNet 3.1. Every lemma of the sense,
and of the senses below it, means the label, unless the lexicon or a commoner sense says otherwise.
"""

SOUND_SENSES = {
    "dog": "bark.n.2 bark.n.4 bark.v.4 yelp.n.1 bay.n.2",
    "rooster": "crow.n.2 crow.v.3",
    "sneeze": "sneeze.n.1 sneeze.v.1",
    "clock_tick": "tick.n.1 tick.v.2",
    "baby_cry": "cry.v.2 cry.n.4 wail.v.2",
    "clap": "clap.v.4 handclap.n.1",
    "snap": "snap.v.4",
    "knock": "knock.n.1 knock.v.2 rap.v.1",
    "footstep": "footstep.n.1 footstep.n.2 stomp.v.1 tread.n.1 tread.v.2 tramp.n.4",
    "hammer": "hammer.v.1",
    "chop": "chop.v.1 hew.v.2 hack.v.1",
    "hit": "thud.n.1 thud.v.1 thud.v.2 clap.n.1 clap.n.3 whack.n.1 slam.n.2 slam.n.3 crack.n.4 clang.n.1",
    "gunshot": "shot.n.1 pop.v.4",
    "explosion": "explosion.n.1 explosion.n.2 explosion.n.4 explode.v.1 boom.n.1 boom.v.1",
    "thunder": "thunder.n.2 thunder.v.2 thunderclap.n.1",
    "glass_break": "shatter.v.1 shatter.v.3",
    "glass_clink": "clink.n.1 clink.v.1 clink.v.2",
    "door": "slam.v.1 creak.n.1",
    "bell": "toll.n.3 ring.v.1 ring.v.3 chime.v.1 ding.n.1 ding-dong.n.1 peal.v.1 toll.v.1 peal.n.1",
    "beep": "beep.n.1 buzz.n.1 buzz.v.1 bleep.v.1",
    "car_horn": "honk.v.1 honk.v.2 toot.n.1 toot.v.1 blare.v.1",
    "siren": "siren.n.3",
    "whistle": "whistle.n.1 whistle.n.2 whistle.v.1",
    "cough": "cough.n.1 cough.v.1",
    "laugh": "laugh.n.1 laugh.v.1",
    "scream": "scream.n.1 scream.n.2 scream.v.1 cry.n.1 squawk.v.1",
    "snore": "snore.n.1 snore.n.2 snore.v.1",
    "water_drop": "drip.n.2 drip.n.1 drip.v.1 plop.n.1 plop.v.2",
    "splash": "splash.n.1 splash.v.3",
    "drum": "drumbeat.n.1 drum.v.1",
    "cat": "meow.n.1 meow.v.1 purr.n.1",
    "cow": "moo.n.1 moo.v.1",
    "pig": "oink.n.1 oink.v.1",
    "sheep": "bleat.n.1 bleat.v.2",
    "horse": "neigh.n.1 neigh.v.1",
    "donkey": "bray.n.1 bray.v.1",
    "duck": "quack.n.2 quack.v.1",
    "hen": "cluck.n.1 cluck.v.1",
    "crow": "caw.n.1 caw.v.1",
    "owl": "hoot.n.1 hoot.v.2",
    "frog": "croak.n.1",
    "bird_chirp": "chirp.n.1 chirp.v.1 tweet.v.1",
    "wolf": "howl.n.2",
    "ball_bounce": "bounce.n.3 bounce.v.2",
    "mouse_click": "click.n.4 click.v.2",
    "punch": "punch.n.1 punch.v.1 slap.n.1 slap.v.1 smack.n.2 jab.v.2",
    "saw": "saw.v.1",
    "pop": "pop.n.3 pop.v.3",
    "applause": "applause.n.1 applaud.v.1",
    "impact": "hit.v.2 hit.v.3 hit.n.2 strike.v.1 tap.n.1 tap.n.2 tap.v.3 knock.n.3 knock.v.1 pound.v.1 pound.v.2 whack.v.1 whack.n.2 bang.v.1",
}  # fmt: skip

CYCLE_SENSES = {
    "pull-up": "pull-up.n.2",
    "sit-up": "sit-up.n.1",
    "squat": "squat.n.1 squat.v.1",
    "jump": "jump.v.1 hop.n.1 hop.v.1 bounce.n.2",
    "wave": "wave.v.1 wave.v.3",
    "punch": "punch.n.1 punch.v.1 jab.n.2",
    "kick": "kick.n.1 kick.v.1 kick.v.2 kick.v.3",
    "nod": "nod.n.2 nod.v.2",
    "bounce": "bounce.v.1 bounce.v.3",
    "swing": "swing.n.3 swing.v.1 swing.v.2 rock.v.1",
    "flip": "flip.n.1 somersault.v.1",
    "spin": "spin.n.2 spin.v.1 spin.v.3 rotation.n.1 rotation.n.3 turn.v.4",
}

# Verbs of movement and contact (WordNet's lexicographer files): what repeats is a repetition.
PHYSICAL_FILES = {35, 38}

# Where things are: “how many bottles are on the counter”.
PLACE_SENSES = "structure.n.1 location.n.1 furniture.n.1 container.n.1 body_of_water.n.1 land.n.4 way.n.6 geological_formation.n.1 facility.n.1"
