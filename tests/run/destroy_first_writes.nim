discard """
  output: '''
fields
sink 1 <- 3
destroy 1
destroy 3
destroy 2
given
sink 0 <- 2
destroy 1
destroy 2
elements
sink 1 <- 3
destroy 1
destroy 3
destroy 2
tuples
sink 1 <- 2
destroy 1
destroy 2
loops
sink 0 <- 1
sink 1 <- 2
destroy 1
destroy 2
destroy 3
unknown
sink 0 <- 1
sink 0 <- 2
destroy 1
destroy 2
referred
sink 0 <- 1
sink 1 <- 2
destroy 1
destroy 2
copied
copy 1
copy 1
1
destroy 1
destroy 1
destroy 1
whole
sink 1 <- 2
destroy 1
sink 0 <- 0
sink 0 <- 3
destroy 2
destroy 3
sized
sink 0 <- 1
3
destroy 1
destroy 1
destroy 2
'''
"""
# The first value of a part of a local that was declared without one is put in place; `=sink` is called where there may have been another.
type
  Unit = object
    x: int
  Pair = object
    a, b: Unit
    n: int
  Node = ref object
    unit: Unit

proc `=destroy`(unit: var Unit) =
  if unit.x != 0: echo "destroy ", unit.x
proc `=copy`(to: var Unit, unit: Unit) =
  echo "copy ", unit.x
  to.x = unit.x
proc `=sink`(to: var Unit, unit: Unit) =
  echo "sink ", to.x, " <- ", unit.x
  `=destroy`(to)
  to.x = unit.x
proc make(x: int): Unit = Unit(x: x)

template section(name, body: untyped) =
  proc name() = body
  echo astToStr(name)
  name()

section fields:
  var pair: Pair
  pair.a = make(1)
  pair.b = make(2)
  pair.a = make(3)

section given:
  var pair = Pair(a: make(1))
  pair.b = make(2)

section elements:
  var units: array[2, Unit]
  units[0] = make(1)
  units[1] = make(2)
  units[0] = make(3)

section tuples:
  var unit: (Unit, int)
  unit[0] = make(1)
  unit[0] = make(2)

section loops:
  var pair: Pair
  for i in 1 .. 2:
    pair.a = make(i)
  pair.b = make(3)

section unknown:
  var units: array[2, Unit]
  for i in 0 .. 1:
    units[i] = make(i + 1)

section referred:
  let node = Node()
  node.unit = make(1)
  node.unit = make(2)

section copied:
  let unit = make(1)
  var pair: Pair
  pair.a = unit
  pair.b = unit
  echo unit.x

section whole:
  var pair: Pair
  pair.a = make(1)
  pair = Pair(a: make(2), n: 5)
  pair.b = make(3)

section sized:
  var units = newSeq[Unit](2)
  units[0] = make(1)
  units.setLen 3
  echo units.len

proc made(): Pair =
  result.a = make(1)
  result.b = make(2)
discard made()
