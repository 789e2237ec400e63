discard """
  output: '''
first
THING3 second
initial
start 20
end 60
'''
"""
# Declarations of the top level are looked at before what uses them; everything else stays in its order.
{.experimental: "codeReordering".}
import std/strutils

echo "first"
echo make(3).shown

proc start() =
  report("start")
  total += limit
  report("end")

proc report(what: string) = echo what, " ", total.doubled

var total = initial()

proc initial(): int =
  echo "initial"
  limit div 2

const limit = base * 4
const base = 5

proc make(i: int): Thing = Thing(name: prefix & $i, kind: second)

func shown(t: Thing): string = t.name.toUpperAscii & " " & $t.kind

template doubled(x: int): int = x * factor
let factor = 2
let prefix = "thing"

type
  Thing = object
    name: string
    kind: Kind

type Kind = enum
  first, second

start()
