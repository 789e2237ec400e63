discard """
  output: '''
1 5 9 1
the first the second 10 third 11
mid low1 high9
'''
"""
# Explicit values, holes and names of its own.
type
  Level = enum
    low1 = 1, mid = 5, high9 = 9
  Named = enum
    first = "the first"
    second = (10, "the second")
    third
echo ord(low1), " ", ord(mid), " ", ord(high9), " ", sizeof(Level)
echo first, " ", second, " ", ord(second), " ", third, " ", ord(third)
echo Level(5), " ", low(Level), " ", high(Level)
