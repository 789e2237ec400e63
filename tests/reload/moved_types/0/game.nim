import types, state
proc show*() =
  for unit in all: echo unit.speak, " ", unit of Hero
  echo table[axe], " ", id, " ", score
