discard """
  disabled: "midair"
  output: '''
3 2
71 0 0
'''
"""
# Not there yet: structs by value to and from C.
# A C struct by layout: div_t by value, tm by pointer.
type
  DivT {.importc: "div_t", header: "<stdlib.h>", bycopy.} = object
    quot, rem: cint
  Tm {.bycopy.} = object
    sec, min, hour, mday, mon, year, wday, yday, isdst: cint
    gmtoff: clong
    zone: pointer
proc cdiv(a, b: cint): DivT {.importc: "div", cdecl, header: "<stdlib.h>".}
proc gmtime_r(t: ptr clong, res: ptr Tm): ptr Tm {.importc, cdecl.}
let d = cdiv(17, 5)
echo d.quot, " ", d.rem
var t: clong = 86400 * 365
var tm: Tm
discard gmtime_r(addr t, addr tm)
echo tm.year, " ", tm.yday, " ", tm.hour
