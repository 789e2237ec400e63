discard """
  output: '''
before x
open x.a
open x.b
after x
between
behind
body
cond
open loop
1
close loop
open loop
2
close loop
before y
open y.a
open y.b
after y
in block
close y.b
close y.a
end
when
second
first
close x.b
close x.a
3
g
before last
open last.a
open last.b
after last
close last.b
close last.a
between
behind
second
first
caught
open val
close val
k
5
'''
"""
# What an expansion in an expansion defers, and more than one of them, runs at the end of the scope around all.
template inner(name: string) =
  defer: echo "close ", name
  echo "open ", name
template outer(name: string) =
  echo "before ", name
  inner(name & ".a")
  inner(name & ".b")
  echo "after ", name
template two =
  defer: echo "first"
  echo "between"
  defer: echo "second"
  echo "behind"
template cond(x: static bool) =
  when x:
    defer: echo "when"
  echo "cond"
proc f(): int =
  outer("x")
  two()
  echo "body"
  cond(true)
  for i in 1 .. 2:
    inner("loop")
    echo i
  block:
    outer("y")
    echo "in block"
  result = 3
  echo "end"
echo f()
proc g() =
  echo "g"
  outer("last")
g()
proc h(): string =
  two()
  raise newException(ValueError, "x")
try: discard h()
except ValueError: echo "caught"
template val: int =
  inner("val")
  5
proc k(): int =
  let x = val()
  echo "k"
  x
echo k()
