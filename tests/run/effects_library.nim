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

from std/streams import Stream, StringStream, newStringStream, readLine, write, flush, setPosition, getPosition, close
proc reads(s: Stream): string {.raises: [IOError, OSError], tags: [ReadIOEffect].} = s.readLine
proc writes(s: Stream) {.raises: [IOError, OSError], tags: [WriteIOEffect].} =
  s.write("x")
  s.flush
proc moves(s: Stream): int {.raises: [IOError, OSError], tags: [].} =
  s.setPosition(0)
  s.getPosition
let text = newStringStream("abc")
echo reads(text)
writes(text)
echo moves(text)
StringStream(closeImpl: proc (s: Stream) {.nimcall.} = echo "closed").close
