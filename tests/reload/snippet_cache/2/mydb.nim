type
  Key* = string
  Value* = int
proc fetch*(key: Key): Value = 10 * key.len
