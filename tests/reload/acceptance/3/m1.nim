import std/hotcodereloading
echo "1: top level"
let g_1* = 8
proc count*(): int =
  var counter {.global.} = 1
  inc counter
  counter
type
  Traced = object
    name: string
proc `=destroy`(traced: var Traced) =
  if traced.name.len > 0: echo "1: destroyed ", traced.name
  `=destroy`(traced.name)
proc pair(): (int, ref Traced) =
  var traced: ref Traced
  new traced
  traced.name = "reference"
  (7, traced)
if g_1 > 0:
  let inIf = g_1 + 1
  echo "1: if ", inIf
block:
  let inBlock = g_1 + 2
  echo "1: block ", inBlock
while true:
  let inWhile = g_1 + 3
  echo "1: while ", inWhile
  break
let (number, reference) = pair()
afterCodeReload:
  echo "1: after ", number, " ", reference.name
