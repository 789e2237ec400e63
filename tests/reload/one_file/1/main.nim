import std/hotcodereloading

var frames = 0

proc frame(): string = "new " & $frames

while frames < 4:
  let now = frames
  echo "next"
  performCodeReload()
  echo frame()
  inc frames
