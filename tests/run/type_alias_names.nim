discard """
  output: '''
Pair Grid Small Letters Link Callback
tuple[a: int] array[0..1, int] seq[int]
'''
"""
# A type that a program gives a name is shown under it.
type
  Pair = tuple[a: int, b: string]
  Grid = array[3, int]
  Small = range[0..3]
  Letters = set[char]
  Node = object
  Link = ref Node
  Callback = proc (x: int): string
var
  p: Pair
  g: Grid
  s: Small
  l: Letters
  n: Link
  c: Callback
echo typeof(p), " ", typeof(g), " ", typeof(s), " ", typeof(l), " ", typeof(n), " ", typeof(c)
echo typeof((a: 1)), " ", typeof([1, 2]), " ", typeof(@[1])
