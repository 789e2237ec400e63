discard """
  output: '''
(-3.0, 4.0)(2.0, -1.0)5.0(2.0, 2.0)(1.0, -2.0)(1.0, 2.0)(-1.0, -2.0)(2.0, 4.0)
(0.0, 2.0)(1.0, 0.0)5.0true2.0
(2.0, 1.0)2.0(0.0, 1.0)(1.0, 0.0)
'''
"""
import complex
let z = complex(1.0, 2.0)
echo z * z, z / complex(0.0, 1.0), abs(complex(3.0, 4.0)), z + 1.0, conjugate(z), z, -z, 2.0 * z
echo sqrt(complex(-4.0, 0.0)), exp(complex(0.0, 0.0)), abs2(z), z == complex(1.0, 2.0), polar(complex(0.0, 2.0)).r
var w = complex32(1, 1)
w += complex32(1, 0)
echo w, w.re, 1.0.im, rect(1.0, 0.0)
