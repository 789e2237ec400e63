template counter(name: untyped; first: int) =
  var hidden = first
  proc name*(): int =
    inc hidden
    hidden
counter a, 11
counter y, 5
counter b, 21
template calls(): int =
  var c {.global.} = 0
  inc c
  c
proc other*(): int = calls()
proc once(): int = calls()
proc blocks(): string =
  block:
    var c {.global.} = 50
    inc c
    result.add $c & " "
  block:
    var c {.global.} = 1
    inc c
    result.add $c & " "
  block:
    var c {.global.} = 100
    inc c
    result.add $c
var e = proc (): int = 1
var f = proc (): string = "f"
proc show*() = echo a(), " ", b(), " ", once(), " ", blocks(), " ", f()
