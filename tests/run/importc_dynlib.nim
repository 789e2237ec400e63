discard """
  output: '''
1.0 2.0 3.0
'''
"""
# A library found by a pattern of alternatives.
const libm = "libm.so(|.6)"
proc ccos(x: cdouble): cdouble {.importc: "cos", dynlib: libm, cdecl.}
{.push dynlib: "libm.so(.6|)", cdecl.}
proc floor(x: cdouble): cdouble {.importc.}
proc cceil(x: cdouble): cdouble {.importc: "ceil".}
{.pop.}
echo ccos(0.0), " ", floor(2.7), " ", cceil(2.2)
