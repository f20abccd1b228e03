#!/usr/bin/env bash
# The sound tower that is served, its two cross-validation towers, figures and thresholds, by one
# command: bash models/tools/sound/rebuild.sh MEDIA
# About four hours on one core. Every stage has its seed and goes on where it was stopped.
set -euo pipefail
media=${1:?"usage: rebuild.sh MEDIA (a folder with sounds/ and esc10/)"}
work=.cache/sound
folds=models/tools/sound/cross-validation
mkdir -p "$work"
train() { python -m models.tools.sound.train --media "$media" "$@"; }
sound() { python -m "models.tools.sound.$1" "${@:2}"; }

# Nothing of ESC-10 and four fifths of the packages; all three towers go on from here.
train --folds 0 --seed 2 --steps 2800 --out "$work/base.pt"
for half in 12 34; do
  pair=("${half:0:1}" "${half:1:1}")
  train --init "$work/base.pt" --folds "${pair[@]}" --seed 3 --steps 1500 --rate 1.5e-3 --out "$work/broad$half.pt"
  train --init "$work/broad$half.pt" --folds "${pair[@]}" --seed 23 --steps 1500 --rate 1.5e-3 --out "$work/wide$half.pt"
  train --init "$work/wide$half.pt" --folds "${pair[@]}" --seed 29 --steps 800 --rate 1e-3 --focus --out "$work/fold$half.pt"
  sound export --weights "$work/fold$half.pt" --onnx "$folds/fold$half.onnx" --half
done
train --init "$work/base.pt" --seed 5 --steps 2600 --rate 1.5e-3 --out "$work/tower.pt"

# The tower of nano 1 is heard beside the new one; see fuse.py.
git show 94bfcb3:models/served/nano/sound.onnx > "$work/earlier.onnx"
sound export --weights "$work/tower.pt" --onnx "$work/tower.onnx"
sound fuse "$work/tower.onnx" "$work/earlier.onnx"
sound evaluate --media "$media" --calibrate
sound heldout --media "$media"
sound robust --media "$media"
sound golden
