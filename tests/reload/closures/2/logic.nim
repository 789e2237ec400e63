proc makeClosure*(x: int): proc (): int =
  var calls = x
  result = proc (): int =
    inc calls, 1000
    calls
proc makeIterator*(): iterator (): int =
  result = iterator (): int {.closure.} =
    for at in 1..3: yield at * 1000
