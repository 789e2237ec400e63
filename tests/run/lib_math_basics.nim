discard """
  output: '''
1.5 4.0 3.0 1024.0 5.0
-3.0 -2.0 -3.0 -2.0 2.0 54.35 1200.0
0.0 1.0 0.0 0.0 180.0 3.1416
0.0 3.0 3.0 1.0 3.0
1.5 -1.5 -3.0 -101
fcZero fcNegZero fcInf fcNan fcNormal true true
true false (intpart: -3.0, floatpart: -0.75) (frac: 0.5, exp: 4)
true true true
'''
"""
import std/math
echo sqrt(2.25), " ", sqrt(16.0'f32), " ", round(cbrt(27.0), 6), " ", pow(2.0, 10.0), " ", hypot(3.0, 4.0)
echo floor(-2.5), " ", ceil(-2.5), " ", round(-2.5), " ", trunc(-2.5), " ", round(2.4), " ", round(54.346, 2), " ", round(1234.0, -2)
echo sin(0.0), " ", cos(0.0), " ", tan(0.0), " ", arctan2(0.0, 1.0), " ", round(radToDeg(PI)), " ", round(degToRad(180.0), 4)
echo ln(1.0), " ", log10(1000.0), " ", log2(8.0), " ", exp(0.0), " ", log(8.0, 2.0)
echo 7.5 mod 2.0, " ", -7.5 mod 2.0, " ", copySign(3.0, -1.0), " ", sgn(-2.5), sgn(0), sgn(7)
echo classify(0.0), " ", classify(-0.0), " ", classify(Inf), " ", classify(NaN), " ", classify(1.5), " ", isNaN(NaN), " ", signbit(-0.0)
echo almostEqual(0.1 + 0.2, 0.3), " ", almostEqual(1.0, 1.1), " ", splitDecimal(-3.75), " ", frexp(8.0)
echo PI > 3.14159, " ", TAU == 2 * PI, " ", E < 2.72
