discard """
  output: '''
xxx
a-b
2
begin work
8
end work
'''
"""
# A block of statements as the last argument.
template repeat(n: int, body: untyped) =
  for i in 1 .. n:
    body
template withPrefix(p: string, name, body: untyped) =
  block:
    let name = p & "-"
    body
template timed(label: string, body: untyped): untyped =
  echo "begin ", label
  body
  echo "end ", label
repeat 3:
  stdout.write "x"
echo ""
withPrefix("a", pre):
  echo pre & "b"
  echo pre.len
timed "work":
  var n = 0
  repeat(4): n += 2
  echo n
