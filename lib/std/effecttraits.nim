## What is known of the effects of a routine. A macro asks for it with a symbol, which it has from a `typed` parameter.

import std/macros
include private/symbolfacts

proc symbolOnly(fn: NimNode): NimNode =
  expectKind fn, nnkSym
  fn

proc getRaisesList*(fn: NimNode): NimNode = factTree fact('R', 0, fn.symbolOnly)
  ## The exceptions that a routine can raise, in brackets.
proc getTagsList*(fn: NimNode): NimNode = factTree fact('R', 1, fn.symbolOnly)
  ## Its tags, in brackets.

proc holds(fn: NimNode, mode: int): bool =
  var r = fact('R', mode, fn.symbolOnly)
  r.treeNumber == 1

proc isGcSafe*(fn: NimNode): bool = holds(fn, 2)
  ## May it run on any thread?
proc hasNoSideEffects*(fn: NimNode): bool = holds(fn, 3)
  ## Has it none?
