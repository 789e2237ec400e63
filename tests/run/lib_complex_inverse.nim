discard """
  output: '''
0.501609 0.281396;1.069187 -0.281396;0.484254 0.200587;0.492676 0.224328;0.281396 1.069187;0.500370 0.314398
1.432721 -0.887237;1.085359 0.145221;1.683861 -0.754910;1.765897 -0.720401;0.902704 -0.106517;1.517347 -0.838407
1.086542 -0.200587;0.535238 1.232162;1.035558 -1.232162;0.500370 -1.256398;1.232162 -0.535238;1.322933 -0.409263
ab10
ac21
b3
'''
"""
import complex, strutils
let z = complex(0.5, 0.25)
proc sh(c: Complex64): string = formatFloat(c.re, ffDecimal, 6) & " " & formatFloat(c.im, ffDecimal, 6)
echo sh(arcsin(z)), ";", sh(arccos(z)), ";", sh(arctan(z)), ";", sh(arcsinh(z)), ";", sh(arccosh(z)), ";", sh(arctanh(z))
echo sh(cot(z)), ";", sh(sec(z)), ";", sh(csc(z)), ";", sh(coth(z)), ";", sh(sech(z)), ";", sh(csch(z))
echo sh(arccot(z)), ";", sh(arcsec(z)), ";", sh(arccsc(z)), ";", sh(arccoth(z)), ";", sh(arcsech(z)), ";", sh(arccsch(z))
import critbits
var t: CritBitTree[int]
t["ab"] = 1
t["ac"] = 2
t["b"] = 3
for v in t.mvaluesWithPrefix("a"): v *= 10
for k, v in t.mpairsWithPrefix("ac"): v += 1
for k, v in t: echo k, v
