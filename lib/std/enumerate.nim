## Counting in a `for` loop.

macro enumerate*(x: varargs[untyped]): untyped {.magic: "Macro".}
  ## `for i, x in enumerate(xs)` counts from 0; `enumerate(1, xs)` from 1.
