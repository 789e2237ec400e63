discard """
  disabled: "nim"
  output: '''
[1.0, 2.5, -0.25, 1000000.0, 1e+20, 0.0000001]
3 3.14 true
0.25 true 16777216.0
2.5
2.5 1.0 true inf
4294967296.0 4503599627370496.0
'''
"""
# Nim 2 writes a float with the fewest digits that read back (manual, "Pre-defined floating-point types"; 1.6 with -d:nimPreviewFloatRoundtrip).
echo [1.0, 2.5, -0.25, 1e6, 1e20, 1e-7]
echo 3.0.int, " ", $3.14, " ", 22.0 / 7.0 > 3.14
echo 1'f32 / 4'f32, " ", 0.1'f32 < 0.2'f32, " ", 16777216'f32
var sum = 0.0
for i in 1..4: sum += i.float * 0.25
echo sum
echo float32(2.5), " ", float(1'f32), " ", 5e-324 > 0.0, " ", 1e308 * 10
echo 65536.0 * 65536.0, " ", 4503599627370496.0
