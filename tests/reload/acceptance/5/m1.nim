import m2
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
let (number, reference) = pair()
