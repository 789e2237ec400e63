## What differs between two sequences, as deletions and insertions.
##
## The algorithm is that of Eugene Myers, "An O(ND) Difference Algorithm and Its Variations", in linear space: the middle of a
## shortest path through both is looked for from both ends, and what is before and behind it is compared in the same way.

import std/[strutils, tables]

type
  Item* = object
    ## A place where both differ.
    startA*: int ## From where in A.
    startB*: int ## From where in B.
    deletedA*: int ## How many of A are gone.
    insertedB*: int ## How many of B came.

  Side = object # one of the two
    codes: seq[int]
    changed: seq[bool]

  Area = object # the parts of both that are compared
    lowA, highA, lowB, highB: int

  Frontier = object # how far along A paths have come, for each diagonal
    first: int
    reached: seq[int]

proc initSide(codes: sink seq[int]): Side =
  result.changed = newSeq[bool](codes.len)
  result.codes = codes

proc initFrontier(middle, reach: int): Frontier =
  Frontier(first: middle - reach - 1, reached: newSeq[int](2 * reach + 3))

proc `[]`(f: Frontier, diagonal: int): int = f.reached[diagonal - f.first]
proc `[]=`(f: var Frontier, diagonal, x: int) = f.reached[diagonal - f.first] = x

proc forward(a, b: Side, area: Area, f: Frontier, k, lowest, highest: int): int =
  # How far a path comes on diagonal `k` with one more step.
  result = if k == lowest: f[k + 1] else: f[k - 1] + 1
  if k > lowest and k < highest: result = max(result, f[k + 1])
  while result < area.highA and result - k < area.highB and a.codes[result] == b.codes[result - k]: inc result

proc backward(a, b: Side, area: Area, f: Frontier, k, lowest, highest: int): int =
  # The same from the end.
  result = if k == highest: f[k - 1] else: f[k + 1] - 1
  if k < highest and k > lowest: result = min(result, f[k - 1])
  while result > area.lowA and result - k > area.lowB and a.codes[result - 1] == b.codes[result - k - 1]: dec result

proc middle(a, b: Side, area: Area): tuple[x, y: int] =
  # Where the paths from both ends meet.
  let
    downK = area.lowA - area.lowB
    upK = area.highA - area.highB
    odd = ((upK - downK) and 1) != 0
    reach = (area.highA - area.lowA + area.highB - area.lowB) div 2 + 1
  var
    down = initFrontier(downK, reach)
    up = initFrontier(upK, reach)
  down[downK + 1] = area.lowA
  up[upK - 1] = area.highA
  for steps in 0 .. reach:
    for k in countup(downK - steps, downK + steps, 2):
      down[k] = forward(a, b, area, down, k, downK - steps, downK + steps)
      if odd and abs(k - upK) < steps and up[k] <= down[k]: return (down[k], down[k] - k)
    for k in countup(upK - steps, upK + steps, 2):
      up[k] = backward(a, b, area, up, k, upK - steps, upK + steps)
      if not odd and abs(k - downK) <= steps and up[k] <= down[k]: return (down[k], down[k] - k)
  doAssert false, "paths from both ends meet"

proc compare(a, b: var Side, whole: Area) =
  # Marks what is not in a longest common subsequence.
  var area = whole
  while area.lowA < area.highA and area.lowB < area.highB and a.codes[area.lowA] == b.codes[area.lowB]:
    inc area.lowA
    inc area.lowB
  while area.lowA < area.highA and area.lowB < area.highB and a.codes[area.highA - 1] == b.codes[area.highB - 1]:
    dec area.highA
    dec area.highB
  if area.lowA == area.highA:
    for i in area.lowB ..< area.highB: b.changed[i] = true
  elif area.lowB == area.highB:
    for i in area.lowA ..< area.highA: a.changed[i] = true
  else:
    let (x, y) = middle(a, b, area)
    compare(a, b, Area(lowA: area.lowA, highA: x, lowB: area.lowB, highB: y))
    compare(a, b, Area(lowA: x, highA: area.highA, lowB: y, highB: area.highB))

proc compare(a, b: var Side) =
  compare(a, b, Area(lowA: 0, highA: a.codes.len, lowB: 0, highB: b.codes.len))

proc shiftDown(side: var Side) =
  # Moves runs of changes down as far as they go: a block that was inserted behind an equal one is found as a whole.
  var start = 0
  while start < side.codes.len:
    while start < side.codes.len and not side.changed[start]: inc start
    var stop = start
    while stop < side.codes.len and side.changed[stop]: inc stop
    if stop < side.codes.len and side.codes[start] == side.codes[stop]:
      side.changed[start] = false
      side.changed[stop] = true
    else: start = stop

proc items(a, b: Side): seq[Item] =
  var i, j = 0
  while i < a.codes.len or j < b.codes.len:
    if i < a.codes.len and not a.changed[i] and j < b.codes.len and not b.changed[j]:
      inc i
      inc j
    else:
      let (startA, startB) = (i, j)
      while i < a.codes.len and (j >= b.codes.len or a.changed[i]): inc i
      while j < b.codes.len and (i >= a.codes.len or b.changed[j]): inc j
      result.add Item(startA: startA, startB: startB, deletedA: i - startA, insertedB: j - startB)

proc diffInt*(arrayA, arrayB: openArray[int]): seq[Item] =
  ## What differs between two sequences of numbers.
  var
    a = initSide(@arrayA)
    b = initSide(@arrayB)
  compare(a, b)
  items(a, b)

proc lineCodes(text: string, known: var Table[string, int]): seq[int] =
  for line in splitLines(text): result.add known.mgetOrPut(line, known.len)

proc diffText*(textA, textB: string): seq[Item] =
  ## What differs between the lines of two texts.
  var
    known: Table[string, int]
    a = initSide(lineCodes(textA, known))
    b = initSide(lineCodes(textB, known))
  compare(a, b)
  shiftDown(a)
  shiftDown(b)
  items(a, b)
