discard """
  output: '''
0.5
float
'''
"""
# A float range is nearer to its base than to other floats.
var r: range[-1.5 .. 1.5] = 0.5
echo r
proc f(x: float32): string = "float32"
proc f(x: float): string = "float"
echo f(r)
