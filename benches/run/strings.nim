## Text that is built piece by piece, and taken apart again.
import std/[strutils, times]

proc build(lines: int): string =
  for i in 0 ..< lines:
    result.add "line "
    result.add $i
    result.add ": "
    for c in 'a' .. 'z': result.add c
    result.add "; x=" & $(i * 7) & " y=" & $(i mod 13)
    result.add '\n'

proc checksum(text: string): int =
  for c in text: result = (result * 31 + ord(c)) mod 1_000_003

let start = cpuTime()
var sum = 0
var length = 0
for round in 1 .. 6:
  let text = build(20_000)
  var parts: seq[string]
  for line in text.split('\n'):
    if line.len > 0: parts.add line.toUpperAscii
  let joined = parts.join("\n")
  length += joined.len
  sum += checksum(joined)
  let replaced = joined.replace("LINE", "row")
  length += replaced.len
  for word in replaced.splitWhitespace: sum += word.len
echo "time ", int((cpuTime() - start) * 1e9)
doAssert length == 12_331_536 and sum == 5_881_668
echo length, " ", sum
