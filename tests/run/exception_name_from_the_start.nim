discard """
  output: '''
ValueError IOError
Plain Plain Direct:ObjectType
Direct:ObjectType Direct:ObjectType
Plain
KeyError
{'\n', '\r'}@["a\rb"]
3 seconds; 2 weeks and 1 day; 1 year, 2 days, and 5 hours; 0 nanoseconds
10 200
out of range
'''
"""
# An exception has its type's name from the start, not only when it has been raised; a type that is declared as
# `ref object` names its objects with `:ObjectType`.
import std/times

type
  Plain = object of IOError
  Direct = ref object of CatchableError
    detail: string

let parent = newException(IOError, "parent")
let e = newException(ValueError, "child", parent)
echo e.name, " ", e.parent.name
echo (ref Plain)().name, " ", Plain().name, " ", Direct(detail: "d").name
try:
  raise Direct(msg: "m")
except Direct as d:
  echo d.name, " ", getCurrentException().name
let general: ref Exception = (ref Plain)(msg: "x")
echo general.name
var made: ref KeyError
new(made)
echo made.name

# Escapes of chars in sets and strings, intervals of time in words, and any integer where a range of `int` is wanted.
echo {'\r', '\n'}, @["a\rb"]
echo 3.seconds, "; ", 2.weeks + 1.days, "; ", initTimeInterval(years = 1, days = 2, hours = 5), "; ", initTimeInterval()
proc natural(n: Natural): int = n
let small = 10'u8
let wide = high(uint64)
echo natural(small), " ", natural(200'u8)
try: echo natural(wide)
except RangeDefect: echo "out of range"
