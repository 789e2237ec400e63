discard """
  output: '''
hello 5 e
hello! 5
dynamic d
true true
5 4
'''
"""
let c: cstring = "hello"
echo c, " ", c.len, " ", c[1]
let s = $c
echo s & "!", " ", s.len
var dynamic = "dyn" & "amic"
let p = dynamic.cstring
echo p, " ", p[0]
let n: cstring = nil
echo n.isNil, " ", c == "hello".cstring
proc strlen(s: cstring): csize_t {.importc, header: "<string.h>".}
echo strlen(c), " ", strlen("four")
