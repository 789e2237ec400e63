discard """
  disabled: "nim"
  output: '''
1.0 0.5 10000000000.0 0.000015 2000.0
1.0 2.0 1.5 2.5
true true true true
100.0 123456.789 1000000000000000.0 10000000000000000.0 1e+100
0.1 0.001 0.0001 0.00001
-0.0 1000.5
'''
"""
# Nim 2 writes a float with the fewest digits that read back (1.6 with -d:nimPreviewFloatRoundtrip).
# Float literals, suffixes and how `$` writes them.
echo 1.0, " ", 0.5, " ", 1e10, " ", 1.5e-5, " ", 2E3
echo 1'f32, " ", 2'f64, " ", 1.5f, " ", 2.5d
echo 1.0 is float64, " ", 1'f32 is float32, " ", 1f is float32, " ", 1'f64 is float64
echo 100.0, " ", 123456.789, " ", 1e15, " ", 1e16, " ", 1e100
echo 0.1, " ", 0.001, " ", 0.0001, " ", 0.00001
echo -0.0, " ", 1_000.5
