discard """
  output: '''
over- or underflow
over- or underflow
over- or underflow
over- or underflow
over- or underflow
over- or underflow
over- or underflow
over- or underflow
over- or underflow
over- or underflow
over- or underflow
no defect
8
'''
"""
# Overflow of each signed operation raises OverflowDefect.
template check(body: untyped) =
  try:
    body
    echo "no defect"
  except OverflowDefect as e:
    echo e.msg
var big = high(int)
var small = low(int)
check: big = big + 1
check: small = small - 1
check: big = big * 2
check: small = -small
check: small = abs(small)
check: inc big
check: dec small
check: big += 5
check: small = small div -1
var b8 = 127'i8
check: b8 = b8 + 1
var b32 = high(int32)
check: b32 = b32 * 2
var fine = 2
check: fine = fine * 4
echo fine
