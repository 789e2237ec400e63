discard """
  output: '''
aOnetwothreeaFour
Invalid enum value: no
bXbZbZ
xyq
'''
"""
import std/[enumutils, strutils]
type
  A = enum aOne, aTwo = "two", aThree = (7, "three"), aFour
  B = enum bX, bY, bZ
proc norm(s: string): string = s.toLowerAscii
proc parse(s: string): A =
  genEnumCaseStmt(A, s, default = nil, ord(low(A)), ord(high(A)), norm)
proc parseB(s: string): B =
  var d = bZ
  genEnumCaseStmt(B, s, d, ord(low(B)), ord(bX), nimIdentNormalize)
echo parse("aone"), parse("TWO"), parse("three"), parse("afour")
try: echo parse("no")
except ValueError as e: echo e.msg
echo parseB("bX"), parseB("bY"), parseB("q")

type F = enum `x y`, zz = "q"
proc parseF(s: string): F = genEnumCaseStmt(F, s, nil, 0, 1, nimIdentNormalize)
echo parseF("xy"), parseF("q")
