discard """
  output: '''
seen 3 a:4 b:2
error: line 2: no '='; seen 1 a:1
error: invalid integer: x; seen 1 a:1
defect: negative b; seen 2 a:1
the 3
and 2
bird 1
dog 1
cat 1
'''
"""
# Text statistics and a state machine with exceptions in iterators.
import strutils, tables, algorithm
iterator records(text: string): tuple[key: string, value: int] =
  var lineNo = 0
  for line in text.splitLines:
    inc lineNo
    if line.len == 0: continue
    let parts = line.split('=', 1)
    if parts.len != 2:
      raise newException(ValueError, "line " & $lineNo & ": no '='")
    try:
      yield (parts[0].strip, parseInt(parts[1].strip))
    finally:
      discard lineNo
proc summarize(text: string): string =
  var counts = initOrderedTable[string, int]()
  var seen = 0
  try:
    for (key, value) in records(text):
      inc seen
      if value < 0: raise newException(RangeDefect, "negative " & key)
      counts.mgetOrPut(key, 0) += value
  except ValueError as e:
    result = "error: " & e.msg & "; "
  except Defect as e:
    result = "defect: " & e.msg & "; "
  finally:
    result.add "seen " & $seen
  for k, v in counts: result.add " " & k & ":" & $v
echo summarize("a=1\nb = 2\n\na=3")
echo summarize("a=1\nboth\nc=3")
echo summarize("a=1\nb=x")
echo summarize("a=1\nb=-1\nc=3")
var words = initCountTable[string]()
for w in "the cat and the dog and the bird".split: words.inc w
words.sort
for k, v in words: echo k, " ", v
