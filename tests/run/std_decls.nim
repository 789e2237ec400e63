discard """
  output: '''
@[110, 11, 12]
@[110, 5, 12]true
[[1, 2], [9, 4]]
[[1, 2], [9, 8]]
'''
"""
# Other names of places.
import std/decls
var s = @[10, 11, 12]
var a {.byaddr.} = s[0]
a += 100
echo s
let b {.byaddr.}: int = s[1]
b = 5
echo s, a.addr == s[0].addr
proc main =
  var t = [[1, 2], [3, 4]]
  var row {.byaddr.} = t[1]
  row[0] = 9
  echo t
  block:
    let inner {.byaddr.} = row[1]
    inner = 8
  echo t
main()
