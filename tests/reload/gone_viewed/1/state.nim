const has* = true
proc count*(): var int = (var x {.global.}: int; x)
proc text*(): lent string = (var x {.global.}: string; x)
proc item*(): var int = (var x {.global.}: int; x)
var other: seq[string]
proc churn*() =
  for i in 1 .. 200: other.add "overwrites what was free " & $i
