discard """
  output: '''
1:a+b2:3:c+d4:e
100 101 102 103
6 0 4
'''
"""
# A value of a proc type takes the rest of the arguments as varargs, as the proc does.
import std/strutils
type
  Log = proc(level: int, parts: varargs[string]): string
  Holder = object
    join: proc(parts: varargs[int]): int {.closure.}
proc log(level: int, parts: varargs[string]): string = $level & ":" & parts.join("+")
proc total(parts: varargs[int]): int =
  for part in parts: result += part
proc call(f: Log): string = f(1, "a", "b") & f(2) & f(3, ["c", "d"]) & f(4, @["e"])
echo call(log)
var base = 100
let h = Holder(join: proc(parts: varargs[int]): int = base + parts.len)
echo h.join(), " ", h.join(1), " ", h.join(1, 2), " ", h.join([1, 2, 3])
let t = total
echo t(1, 2, 3), " ", t(), " ", t(@[4])
