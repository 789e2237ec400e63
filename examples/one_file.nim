# The loop and the proc that it calls, in one file. Run it with `--watch`, edit `message` and save: the loop, which
# never ends, goes on and calls the new proc.
#
#   midair run --watch examples/one_file.nim        endless
#   midair run examples/one_file.nim 5              five ticks
import std/[os, strutils]

var tick = 0

proc message(): string =
  "tick " & $tick & ": hello"

proc main() =
  let last = if paramCount() > 0: parseInt(paramStr(1)) else: -1
  while last < 0 or tick < last:
    inc tick
    echo message()
    sleep(if last < 0: 500 else: 10)

main()
