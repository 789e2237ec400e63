discard """
  output: '''
IntLit 3
IntLit 11
IntLit 5 FloatLit 2.5 CharLit 120 Sym "text"
IntLit -5 IntLit 3 IntLit 4 IntLit 97
Infix
  Sym "+"
  Sym "v"
  IntLit 10
Call
  Sym "high"
  Sym "int"
Prefix
  Sym "@"
  Bracket
    IntLit 5
    IntLit 2
TupleConstr
  IntLit 5
  IntLit 6
6 3.0 v * 5
67x2.5text
true (10, 10)
Bracket
  Bracket
    IntLit 1
    StrLit "b"
    IntLit 6
Bracket
  IntLit 1
  StrLit "b"
  IntLit 6
'''
"""
# What a macro takes typed has its constants in place of their names and of what is computed of them.
import std/macros
const
  n = 5
  half = 2.5
  letter = 'x'
  text = "text"
  small: uint8 = 7
let v = 3
macro show(x: typed): untyped = newLit(x.treeRepr)
macro written(x: typed): untyped = newLit(x.repr)
macro back(x: typed): untyped = x
macro twice(x: typed): untyped = quote do: (`x`, `x`)
echo show(1 + 2)
echo show(n * 2 + 1)
echo show(n), " ", show(half), " ", show(letter), " ", show(text)
echo show(-n), " ", show(len("abc")), " ", show(sizeof(int32)), " ", show(ord('a'))
echo show(v + n * 2)
echo show(high(int))
echo show(@[n, 1 + 1])
echo show((n, 2 * 3))
echo written(n + 1), " ", written(1.5 * 2), " ", written(v * n)
echo back(n + 1), back(small), back(letter), back(half), back(text)
echo back(small + 1) is uint8, " ", twice(n * 2)
# What one macro was given as `varargs[typed]` it can hand over.
macro inner(args: varargs[typed]): untyped =
  result = newLit(args.treeRepr)
macro outer(args: varargs[typed]): untyped =
  result = quote do: inner(`args`)
macro called(args: varargs[typed]): untyped =
  result = newCall(bindSym"inner")
  for arg in args: result.add arg
echo outer(1, "b", n + 1)
echo called(1, "b", n + 1)
