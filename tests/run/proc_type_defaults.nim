discard """
  output: '''
3
5
x3
x1
x2
1bb
11 3
10 2
21
12
'''
"""
# A proc type's parameters may have names and defaults, which calls of its values use.
type
  F = enum fa, fb
  C = ref object
    sem: proc (c: C, n: int, flags: set[F] = {}): int {.nimcall.}
    log: proc (s: string, level = 3)
proc s(c: C, n: int, flags: set[F] = {fa}): int = n + flags.card
proc l(s: string, level = 5) = echo s, level
let c = C(sem: s, log: l)
echo c.sem(c, 3)
echo c.sem(c, 3, {fa, fb})
c.log("x")
c.log("x", 1)
c.log("x", level = 2)
let q: proc (a: int, b: string = "bb") = proc (a: int, b: string = "cc") = echo a, b
q(1)
proc hi(cb: proc (x: int; y = 10): int) = echo cb(1), " ", cb(1, 2)
hi(proc (x: int; y = 20): int = x + y)
hi(proc (x: int; y: int): int = x * y)
var r: proc (a: int, b: int): int {.nimcall.} = proc (x, y: int): int {.nimcall.} = x * 10 + y
echo r(b = 1, a = 2)
echo r(1, b = 2)
