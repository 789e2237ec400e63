discard """
  disabled: "nim"
  output: '''
2870
hello
@["ab1", "ab2", "ab3"]
611
@[]
@["11"]
@["21", "22"]
true81
'''
"""
# `spawn`, `^` and `sync`. The real Nim 1.6 prints the same, but its pool crashes now and then under ORC.
import std/threadpool
proc square(x: int): int = x * x
proc says(s: string) = echo s
proc repeats(s: string, n: int): seq[string] =
  for i in 1 .. n: result.add s & $i
proc fib(n: int): int =
  if n < 2: n else: fib(n - 1) + fib(n - 2)
var squares: seq[FlowVar[int]]
for i in 1 .. 20: squares.add spawn square(i)
var sum = 0
for s in squares: sum += ^s
echo sum
spawn says("hello")
sync()
let r = spawn repeats("ab", 3)
echo ^r
let f = spawn fib(15)
echo ^f + 1
var texts: array[3, FlowVar[seq[string]]]
for i in 0 .. 2: texts[i] = spawn repeats($i, i)
for t in texts: echo ^t
let ready = spawn square(9)
blockUntil(ready[])
echo ready.isReady, ^ready
