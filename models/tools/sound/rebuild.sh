#!/usr/bin/env bash
# The sound tower that is served, by one command: bash models/tools/sound/rebuild.sh MEDIA
# About an hour and a half on one core. Every stage has its seed and goes on where it was stopped.
set -euo pipefail
media=${1:?"usage: rebuild.sh MEDIA (a folder with sounds/ and esc10/)"}
work=.cache/sound
mkdir -p "$work"
train() { python -m models.tools.sound.train --media "$media" "$@"; }

train --folds 1 2 --steps 1600 --out "$work/fold12.pt"
train --init "$work/fold12.pt" --seed 5 --steps 400 --out "$work/all.pt"
train --seed 5 --steps 1500 --rate 1.5e-3 --out "$work/all.pt"
train --init "$work/all.pt" --seed 9 --steps 2600 --rate 1.5e-3 --out "$work/longer.pt"
train --init "$work/longer.pt" --seed 13 --steps 2600 --rate 1.5e-3 --out "$work/tower.pt"

python -m models.tools.sound.export --weights "$work/tower.pt"
python -m models.tools.sound.golden
