discard """
  output: '''
6 a
8 bc
122 ed
qq!2 f
11 h
42rr!2 ij
loop k01
'''
"""
# A default that looks at other arguments sees their values: these are evaluated once, in their order.
var log = ""
proc seen[T](what: string, value: T): T =
  log.add what
  value
proc sum(x: int, y = x * 2, z = x + y): int = x + y + z
proc both(a, b: int, c = b): string = $a & $b & $c
proc joined(s: string, t = s & "!", n = t.len): string = s & t & $n
proc kept(s: sink seq[int], t = s.len): int = s.len * 10 + t
proc flush(what: string) =
  echo what, " ", log
  log = ""
flush $sum(seen("a", 1))
flush $sum(seen("b", 1), z = seen("c", 5))
flush both(seen("d", 1), seen("e", 2))
flush joined(seen("f", "q"))
flush $kept(@[seen("h", 4)])
proc inside() =
  flush $sum(seen("i", 7)) & joined(seen("j", "r"))
  for i in 0 ..< sum(seen("k", 0), 1): log.add $i
  flush "loop"
inside()
