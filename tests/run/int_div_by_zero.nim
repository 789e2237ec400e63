discard """
  output: '''
division by zero
mod too
int8 too
'''
"""
# Division by zero raises DivByZeroDefect, in `div` and in `mod`.
var zero = 0
try:
  echo 10 div zero
except DivByZeroDefect as e:
  echo e.msg
try:
  echo 10 mod zero
except DivByZeroDefect:
  echo "mod too"
var z8 = 0'i8
try:
  z8 = 10'i8 div z8
except DivByZeroDefect:
  echo "int8 too"
