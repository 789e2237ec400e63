discard """
  exitcode: 3
  output: '''
-A-B 4 @["a", "b"] 2
'''
"""
# What the standard modules do is known: it follows from their bodies, and from what they declare.
import std/[algorithm, os, sequtils, strutils, tables, times]

func shown(s: string): string = "-" & s.split(' ').mapIt(it.toUpperAscii).join("-")
func count(words: seq[string]): int =
  var seen = initCountTable[string]()
  for word in words: seen.inc word
  result = seen.len + words.sorted.len
proc parts(s: string): seq[string] {.raises: [], tags: [].} = s.split(',')
proc parsed(s: string): int {.raises: [ValueError], tags: [].} = parseInt(s)
proc setting(): string {.raises: [], tags: [ReadEnvEffect].} = getEnv("MIDAIR_NOT_SET", "none")
proc clock(): float {.raises: [], tags: [TimeEffect].} = epochTime()
proc save(file: string) {.raises: [IOError], tags: [WriteIOEffect].} = writeFile(file, "x")
proc stop() {.raises: [], tags: [].} = quit 3

echo shown("a b"), " ", count(@["x", "y"]), " ", parts("a,b"), " ", parsed("2")
if parsed("1") > 1: save setting() & $clock()
stop()
