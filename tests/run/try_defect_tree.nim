discard """
  output: '''
Defect DivByZeroDefect
ArithmeticDefect DivByZeroDefect
Exception IndexDefect
AssertionDefect true
outside
'''
"""
# Defects are caught by type, by Defect and by Exception.
var zero = 0
try:
  discard 1 div zero
except Defect as e:
  echo "Defect ", e.name
try:
  discard 1 div zero
except ArithmeticDefect as e:
  echo "ArithmeticDefect ", e.name
try:
  discard @[1][zero + 1]
except Exception as e:
  echo "Exception ", e.name
try:
  doAssert zero == 1, "wrong"
except AssertionDefect as e:
  echo "AssertionDefect ", e.msg.len > 0
try:
  try:
    discard 1 div zero
  except ValueError:
    echo "not here"
except DivByZeroDefect:
  echo "outside"
