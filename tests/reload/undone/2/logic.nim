import std/hotcodereloading
var counter = 1
proc count*(): int
var more = @[1, 2, 3]
var broken = more[count()]

proc count*(): int = counter + more.len
proc text*(): string = "new"
