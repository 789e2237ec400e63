discard """
  output: '''
(y: 1, extra: 2)
q
'''
"""
# Macros as pragmas of types, also with `static` arguments.
import std/macros
macro addField(def: untyped): untyped =
  def[2][2].add newIdentDefs(ident"extra", ident"int")
  result = def
macro named(name: static string, def: untyped): untyped =
  def[2][0][2].add newIdentDefs(ident(name), ident"string")
  result = def
type
  B* {.addField.} = object
    y: int
  C {.named: "who".} = ref object
    z: int
echo B(y: 1, extra: 2)
echo C(z: 1, who: "q").who
