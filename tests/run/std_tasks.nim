discard """
  output: '''
13x
13x
none
@[1, 2, 3]
2
gen 1.5
3
5
8local
0!
1!
2!
'''
"""
# Calls that are kept.
import std/tasks
proc hello(a: int, s: string) = echo a, s
proc none() = echo "none"
proc many(xs: openArray[int]) = echo @xs
proc va(xs: varargs[string]) = echo xs.len
proc gen[T](x: T) = echo "gen ", x
proc sized(n: static int, T: typedesc) = echo n, " ", $T
type R = ref object
  n: int
proc inc2(r: R) =
  r.n += 2
  echo r.n
var t = toTask hello(13, "x")
t.invoke()
t.invoke()
let u = toTask none()
u.invoke()
let v = toTask many([1, 2, 3])
v.invoke()
let w = toTask va("a", "b")
w.invoke()
let g = toTask gen(1.5)
g.invoke()
let r = toTask inc2(R(n: 1))
r.invoke()
r.invoke()
proc local(n: int) =
  let s = toTask hello(n * 2, "local")
  s.invoke()
local(4)
var all: seq[Task]
for i in 0 .. 2: all.add toTask(hello(i, "!"))
for task in all: task.invoke()
