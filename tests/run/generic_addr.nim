discard """
  output: '''
3
4
'''
"""
# `addr` in a generic body.
proc first[T](x: var T): ptr T = addr x
proc second[T](x: var T): ptr T = addr(x)
var a = 3
echo first(a)[]
a = 4
echo second(a)[]
