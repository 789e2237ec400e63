discard """
  output: '''
3 5 0 true
BUffer
text
4
'''
"""
# cstring arrays, and pointers given to and from C.
proc strlen(s: cstring): csize_t {.importc, cdecl, header: "<string.h>".}
proc strcmp(a, b: cstring): cint {.importc, cdecl, header: "<string.h>".}
proc getenv(name: cstring): cstring {.importc, cdecl, header: "<stdlib.h>".}
var names = ["one".cstring, "three".cstring]
for n in names: stdout.write strlen(n), " "
echo strcmp(names[0], "one"), " ", getenv("SURELY_NOT_SET_HERE") == nil
var s = "buffer"
s[1] = 'U'
let p = addr s[0]
p[] = 'B'
echo s
var buf: array[8, char]
for i, c in "text": buf[i] = c
echo cast[cstring](addr buf)
let back = $cast[cstring](addr buf)
echo back.len
