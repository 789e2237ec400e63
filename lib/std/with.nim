## Several calls on one object.

macro with*(arg: typed, calls: varargs[untyped]): untyped {.magic: "Macro".}
  ## Calls with `arg` as their first argument, or in the place of `_`, and assignments to its fields.
