discard """
  output: '''
a raises [ValueError, IOError] tags [ReadIOEffect] gc true se true
b raises [KeyError] tags [] gc true se true
c raises [] tags [] gc true se true
d raises [] tags [] gc false se false
e raises [] tags [] gc true se true
nnkBracket nnkBracket2Bracket
  Sym "ReadIOEffect"
nnkBracket nnkBracket1Bracket
nnkBracket nnkBracket0Bracket
'''
"""
# What a macro learns of the effects of a routine.
import std/[macros, effecttraits]
proc a() {.raises: [ValueError, IOError], tags: [ReadIOEffect].} = discard
proc b() = (if true: raise newException(KeyError, "x"))
proc c() {.gcsafe, noSideEffect.} = discard
var g = @["1"]
proc d() = g.add "2"; echo g.len
func e(): int = 3
proc f(cb: proc ()) {.effectsOf: cb.} = cb()
macro show(x: typed): untyped =
  result = newStmtList()
  let n = newLit(x.strVal & " raises " & x.getRaisesList.repr & " tags " & x.getTagsList.repr & " gc " & $x.isGcSafe & " se " & $x.hasNoSideEffects)
  result = quote do: echo `n`
show a
show b
show c
show d
show e
macro kinds(x: typed): untyped =
  let n = newLit($x.getRaisesList.kind & " " & $x.getTagsList.kind & $x.getRaisesList.len & x.getTagsList.treeRepr)
  result = quote do: echo `n`
kinds a
kinds b
kinds e
