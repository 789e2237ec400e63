import std/hotcodereloading

var frames = 0

while frames < 4:
  let now = frames
  let speed = now * 10
  proc frame(): string = "newest " & $frames & " " & $speed
  echo "next"
  performCodeReload()
  echo frame()
  inc frames
