import std/[os, strutils as su], a/b
import x except y, z
import "c"/d
from a import b, c as d
from a import nil
export a, b
export x except y
include a, b/c
if a: b
elif c: d
else: e
if a:
  b
else:
  c
when a: b
else:
  c
while true: break
while x:
  continue
  # a comment
case x
of 1, 2: a
of 3 .. 5:
  b
elif c: d
else: e
case x:
  of 'a'..'z':
    a
  else: discard
for i in 0 ..< 5: echo i
for i, x in y:
  a
for (a, b) in c: d
for i, (a, b) in c: d
try:
  a
except A, B as c:
  d
except:
  e
finally:
  f
try: a
finally: b
block: a
block name:
  break name
return
return x
raise
raise newException(A, "x")
yield x
discard
discard """ text """
defer: close x
static:
  a
asm "nop"
bind a, b
mixin c
using x: int
using
  a, b: string
const a = 1
const
  b: int = 2
  (c, d) = (1, 2)
var x: int
var
  a {.threadvar.}: int
  b, c* {.x.} = 5 ## a comment
let (a, b) = c
let x = f:
  a
{.push hints: off, x.}
{.emit: """ x """.}
{.cast(gcsafe).}:
  a
if a: (b; c)
if a: b; c
