discard """
  output: '''
7 9 7
[7, 7, 7, 9]
'''
"""
# malloc, memset, memcpy and free through pointers.
proc malloc(n: csize_t): pointer {.importc, cdecl.}
proc free(p: pointer) {.importc, cdecl.}
proc memset(p: pointer, c: cint, n: csize_t): pointer {.importc, cdecl.}
proc memcpy(d, s: pointer, n: csize_t): pointer {.importc, cdecl.}
let p = cast[ptr UncheckedArray[uint8]](malloc(16))
discard memset(p, 7, 16)
p[3] = 9
echo p[0], " ", p[3], " ", p[15]
var other: array[4, uint8]
discard memcpy(addr other, p, 4)
echo other
free(p)
