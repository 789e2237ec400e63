## Sets of ints. The same as `PackedSet[int]`.

import std/packedsets
export packedsets

type IntSet* = PackedSet[int]

proc initIntSet*(): IntSet = initPackedSet[int]()
  ## An empty set.
proc toIntSet*(x: openArray[int]): IntSet = toPackedSet(x)
  ## A set of these.
