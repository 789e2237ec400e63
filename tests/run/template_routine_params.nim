discard """
  output: '''
(10, 11)
(0, 1)
12
(3, 1)
3
intstring
nnkSym
(7, 1)
4
'''
"""
# The name of a routine that a template takes typed stands for the routine: with its defaults, its varargs and its overloads.
import std/macros

proc pair(a = 0, b = 1) = echo (a, b)
proc over(a: int): string = "int"
proc over(a: string): string = "string"
proc same[T](x: T): T = x

template call(f: typed, args: varargs[untyped]): untyped = unpackVarargs(f, args)
template one(f: typed): untyped = f(3)
template both(f: typed): untyped = f(1) & f("")
macro kindOf(f: untyped): string = newLit($f.kind)
template kindOfTyped(f: typed): string = kindOf(f)
template withName(f: typed): untyped =
  proc pair(a: int): string {.inject.} = "another " & $a
  f(7)

call(pair, 10, 11)
call(pair)
call(echo, 1, 2)
one(pair)
echo one(same)
echo both(over)
echo kindOfTyped(pair)
withName(pair)
block:
  proc local(n = 4) = echo n
  call(local)
