discard """
  output: '''
int64 range
'''
"""
# A literal fits an integer type better than a range.
proc f(x: range[0..10]): string = "range"
proc f(x: int64): string = "int64"
proc g(x: range[0..10]): string = "range"
proc g(x: string): string = "string"
echo f(3), " ", g(3)
