discard """
  output: '''
["abc3", "abc3!"]
["abc4", "dropped"]
("abc5", "dropped")
'''
"""
# What an array or tuple for a parameter holds is not given away beside it.
proc grown(x: sink string): string =
  result = x
  result.add "!"
proc drop(x: sink string): string = "dropped"
proc list(x: openArray[string]) = echo x
proc pair(x: (string, string)) = echo x
proc main() =
  let s = "abc" & $3
  list([s, grown(s)])
  let t = "abc" & $4
  list([t, drop(t)])
  let u = "abc" & $5
  pair((u, drop(u)))
main()
