discard """
  output: '''
3 -1
2
4 error empty
'''
"""
proc parse(s: string): int =
  if s.len == 0: raise newException(ValueError, "empty")
  s.len
let a = try: parse("abc") except ValueError: -1
let b = try: parse("") except ValueError: -1
echo a, " ", b
let c =
  try:
    parse("x") + 1
  except ValueError as e:
    echo e.msg
    0
echo c
proc safe(s: string): string =
  try:
    $parse(s)
  except ValueError as e:
    "error " & e.msg
echo safe("1234"), " ", safe("")
