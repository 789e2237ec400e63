discard """
  output: '''
(name: "users", key: "uid")
x
(a: "x", c: "y")
(name: "uid", key: "users")
(name: "t", key: "id")
(EnumTy (Empty) (Sym "one") (Sym "two"))
'''
"""
# The arguments of custom pragmas, positional, named and left out; enums in getType.
import std/macros
template table(name: string, key = "id") {.pragma.}
template tbl(name: string, key: string) {.pragma.}
template t1(name: string) {.pragma.}
template t3(a, b: string, c: int) {.pragma.}
type
  User = object
    name {.tbl("users", "uid").}: string
    b {.t1("x").}: int
    c {.t3("x", "y", 3).}: int
    d {.tbl(key = "users", name = "uid").}: string
var u: User
echo u.name.getCustomPragmaVal(tbl)
echo u.b.getCustomPragmaVal(t1)
echo u.c.getCustomPragmaVal(t3)
echo u.d.getCustomPragmaVal(tbl)
type Table {.table("t").} = object
echo Table.getCustomPragmaVal(table)
type Number = enum one, two
macro shown(T: typedesc): string = newLit(T.getType[1].lispRepr)
echo shown(Number)
