discard """
  output: '''
fin
0
f0
f1
f2
1913inner outer end
'''
"""
proc a(): int =
  try:
    return 1
  finally:
    echo "fin"
proc b(): int =
  for i in 0..3:
    try:
      if i == 1: continue
      if i == 2: break
      echo i
    finally:
      echo "f", i
  return 9
proc c(): int =
  try:
    raise newException(ValueError, "x")
  except ValueError:
    return 3
  finally:
    result += 10
proc d(): string =
  block outer:
    try:
      try:
        break outer
      finally:
        result.add "inner "
    finally:
      result.add "outer "
  result.add "end"
echo a(), b(), c(), d()
