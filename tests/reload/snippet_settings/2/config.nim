type Time* = distinct int
var clock = 0
proc now*(): Time =
  inc clock
  Time(clock)
proc `$`*(time: Time): string = "t" & $int(time)

const defaults = [("color", "green"), ("size", "10")]
proc loadSettings*(): auto =
  return iterator (): (string, string) {.closure.} =
    for entry in defaults: yield entry
iterator pairs*(source: iterator (): (string, string) {.closure.}): (string, string) =
  for entry in source(): yield entry
