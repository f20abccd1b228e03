#!/usr/bin/env bash
# The posters at the width of a card, for phones and laptops; the large ones are for projectors.
set -euo pipefail
cd "$(dirname "$0")/../../served/samples"
for poster in traffic dog bell meadow; do
  ffmpeg -v error -y -i "$poster.webp" -vf scale=480:-2 -c:v libwebp -quality 62 -compression_level 6 \
    "$poster-480.webp"
done
