discard """
  output: '''
-1.0 true false false true
0.0 false false false true
-0.0 true false false true
nan false true false false
inf false false true false
-inf true false true false
1e+300 false false false true
-1.0 true false false true
0.0 false false false true
-0.0 true false false true
nan false true false false
inf false false true false
-inf true false true false
'''
"""
# Macros of C's math.h, imported as if they were functions, for floats of both sizes.
proc signbit(x: float): cint {.importc, header: "<math.h>".}
proc isnan(x: float): cint {.importc, header: "<math.h>".}
proc isinf(x: float): cint {.importc: "isinf", header: "<math.h>".}
proc isfinite(x: float): cint {.importc, header: "<math.h>".}
proc negative(x: float32): cint {.importc: "signbit", header: "<math.h>".}
proc unknown(x: float32): cint {.importc: "isnan", header: "<math.h>".}
proc endless(x: float32): cint {.importc: "isinf", header: "<math.h>".}
proc finite(x: float32): cint {.importc: "isfinite", header: "<math.h>".}

for x in [-1.0, 0.0, -0.0, NaN, Inf, -Inf, 1e300]:
  echo x, " ", signbit(x) != 0, " ", isnan(x) != 0, " ", isinf(x) != 0, " ", isfinite(x) != 0
for x in [-1.0'f32, 0.0'f32, -0.0'f32, float32(NaN), float32(Inf), float32(-Inf)]:
  echo x, " ", negative(x) != 0, " ", unknown(x) != 0, " ", endless(x) != 0, " ", finite(x) != 0
