type
  Key* = string
  Value* = int
proc fetch*(key: Key): Value = key.len
