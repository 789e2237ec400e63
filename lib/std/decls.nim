## Pragmas of variables.

import std/macros

template anotherName(name, kind, place: untyped) =
  when kind is typeof(nil):
    let address = addr(place)
  else:
    let address: ptr kind = addr(place)
  template name: untyped = address[]

macro byaddr*(section: untyped): untyped =
  ## `var a {.byaddr.} = place`: another name of a place.
  let def = section[0]
  newCall(bindSym"anotherName", def[0], (if def[1].kind == nnkEmpty: newNilLit() else: def[1]), def[2])
