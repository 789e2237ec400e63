# A program of one file whose loop never ends by itself sees the edit of the proc that the loop calls, and a new variable in it.
import std/hotcodereloading

var frames = 0

proc frame(): string = "old " & $frames

while frames < 4:
  let now = frames
  echo "next"
  performCodeReload()
  echo frame()
  inc frames
