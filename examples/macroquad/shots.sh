#!/usr/bin/env bash
# Pictures of the game before and after an edit, made while it runs in a virtual display: docs/images/macroquad-*.png.
# Fails when the edit does not show. Needs Xvfb and ImageMagick.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
images=../../docs/images
mkdir -p "$images"
cargo build --quiet
folder=$(mktemp -d)
cp game/game.nim "$folder/"
exec 3< <(exec Xvfb -displayfd 1 -nolisten tcp -screen 0 480x320x24 2>/dev/null)
server=$!
trap 'kill $game $server 2>/dev/null || true; rm -rf "$folder"' EXIT
read -r -u 3 number
export DISPLAY=:$number LIBGL_ALWAYS_SOFTWARE=1
target/debug/midair-macroquad "$folder/game.nim" >"$folder/log" 2>&1 &
game=$!

shot() { import -window root -depth 8 "$1"; }
# How many points of a picture have a colour.
points() { convert "$1" -fill black +opaque "$2" -fill white -opaque "$2" -format '%[fx:int(w*h*mean)]' info:; }
# Takes pictures until one has enough of a colour.
wait_for() {
  for _ in $(seq 60); do
    sleep 0.5
    shot "$1"
    [ "$(points "$1" "$2")" -gt 1000 ] && return
  done
  echo "nothing in $2 shows:" >&2
  cat "$folder/log" >&2
  exit 1
}

wait_for "$images/macroquad-before.png" '#f08030'
sed -i "s/colour = 0xf08030/colour = 0x40c070/; s/circle(ball.x, ball.y, radius, colour)/rect(ball.x - radius, ball.y - radius, radius * 2, radius * 2, colour)/" "$folder/game.nim"
wait_for "$images/macroquad-after.png" '#40c070'
grep -q 'reloaded game' "$folder/log"
echo "before and after differ, and the log says: $(grep 'reloaded game' "$folder/log")"
