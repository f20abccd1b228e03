#!/usr/bin/env bash
# The sound tower that is served, made of its two cross-validation towers, with figures and thresholds, by one
# command: bash models/tools/sound/rebuild.sh MEDIA
# Some eight hours on two cores, a quarter of that where the processor has bfloat16. Every stage has its seed and goes on where it was stopped.
set -euo pipefail
media=${1:?"usage: rebuild.sh MEDIA (a folder with sounds/ and esc10/)"}
work=.cache/sound
folds=models/tools/sound/cross-validation
mkdir -p "$work"
sound() { python -m "models.tools.sound.$1" "${@:2}"; }
train() { sound train --media "$media" "$@"; }

# Recordings that MEDIA lacks.
python -m models.tools.data.rebuild --out .cache/more --beside "$media"
# Nothing of ESC-10 and four fifths of the packages; both towers go on from here.
train --folds 0 --seed 2 --steps 2800 --out "$work/base.pt"
for half in 12 34; do
  pair=("${half:0:1}" "${half:1:1}")
  stage() { train --init "$work/$1$half.pt" --folds "${pair[@]}" --out "$work/$2$half.pt" "${@:3}"; }
  cp "$work/base.pt" "$work/base$half.pt"
  stage base broad --seed 3 --steps 1500 --rate 1.5e-3
  stage broad wide --seed 23 --steps 1500 --rate 1.5e-3
  stage wide focused --seed 29 --steps 800 --rate 1e-3 --focus
  stage focused wider --seed 31 --steps 1500 --rate 1.5e-3
  stage wider settled --seed 37 --steps 700 --rate 1e-3 --focus
  stage settled short --seed 47 --steps 1400 --rate 1.5e-3 --seconds 3.2 --batch 40
  stage short named --seed 53 --steps 5500 --rate 2e-3 --seconds 3.2 --batch 40
  stage named fold --seed 59 --steps 900 --rate 1e-3 --focus
  sound fingerprint --media "$media" --weights "$work/fold$half.pt" --folds "${pair[@]}" --out "$work/print$half.pt"
  sound export --weights "$work/print$half.pt" --onnx "$folds/fold$half.onnx" --half
done
sound fuse
sound evaluate --media "$media" --calibrate
sound heldout --media "$media"
sound robust --media "$media"
sound golden
