import std/hotcodereloading
var counter = 1
proc count*(): int = counter
proc text*(): string = "still refused"
