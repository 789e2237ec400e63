discard """
  output: '''
falsefalse20
633
true9
a@[1, 2, 3]9
'''
"""
# Names that programs had before, and what `include prelude` brings along.
include prelude
import os, sets
echo existsFile("/nope"), existsDir("/nope"), toSet([1,2]).len, initSet[int]().len
var x = 5
echo atomicInc(x), atomicDec(x, 3), x
discard atomicInc(x)
echo cas(addr x, 4, 9), x
var t: TaintedString = "a"
echo t, toSeq(1..3), fmt"{x}"
