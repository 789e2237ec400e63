discard """
  errormsg: "type mismatch: got <Table[system.string, system.int], string, string>"
  line: 7
"""
import std/tables
var t = initTable[string, int]()
t["a"] = "b"
