import std/hotcodereloading

var frames = 0

while frames < 4:
  let now = frames
  let twice = 2 * now
  let speed = twice * 10
  proc frame(): string = "newest " & $frames & " " & $speed
  echo "next"
  performCodeReload()
  echo frame()
  inc frames
