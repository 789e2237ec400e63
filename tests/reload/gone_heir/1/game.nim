import base
var all: seq[Unit] = @[Unit(n: 1)]
proc show*() =
  for unit in all: echo unit.speak
