discard """
  output: '''
10 (0, "#0") @[0, 1, 2, 3] @[(0, "#0"), (1, "#1")]
@[0, 1, 2] (0, "#0") @[1, 2] @[(key: 0, val: "a")]
whole, part, pair, no iterator, seq
falsefalsefalsefalse
iterator
nnkCall count(3)
'''
"""
# `iterable[T]` takes the call of an iterator that yields `T`: the template's body goes over it.
import std/macros

iterator count(n: int): int =
  for i in 0 ..< n: yield i
iterator numbered(n: int): (int, string) =
  for i in 0 ..< n: yield (i, "#" & $i)
iterator halves(): float32 = yield 0.5

template sum(it: iterable[int]): int =
  var r = 0
  for x in it: r += x
  r
template first(it: iterable): untyped =
  var found: typeof(it)
  for x in it:
    found = x
    break
  found
template all[T](it: iterable[T]): seq[T] =
  var r: seq[T]
  for x in it: r.add x
  r
echo sum(count(5)), " ", first(numbered(3)), " ", all(count(4)), " ", all(numbered(2))
echo count(3).all, " ", numbered(1).first, " ", all(items([1, 2])), " ", all(pairs(["a"]))

template kind(it: iterable[SomeInteger]): string = "whole"
template kind(it: iterable[SomeFloat]): string = "part"
template kind(it: iterable[(int, string)]): string = "pair"
template kind(x: int): string = "no iterator"
template kind(x: seq[int]): string = "seq"
echo kind(count(1)), ", ", kind(halves()), ", ", kind(numbered(1)), ", ", kind(1), ", ", kind(@[1])

# What is no iterator, or yields something else, is not taken.
echo compiles(sum(halves())), compiles(sum([1, 2])), compiles(sum(3)), compiles(first(3))

# One name for an iterator and a proc.
iterator both(): int = yield 7
proc both(): string = "proc"
template which(it: iterable[int]): string = "iterator"
template which(s: string): string = s
echo which(both())

macro shown(it: iterable[int]): string = newLit($it.kind & " " & it.repr)
echo shown(count(3))
