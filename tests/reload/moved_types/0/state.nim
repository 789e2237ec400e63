import types, tables
var all*: seq[Unit] = @[Unit(n: 1), Hero(n: 2, hp: 7)]
var table* = {axe: Box[Tool](value: bow)}.toTable
var id* = Id(4)
var score* = 10
