discard """
  output: '''
string int string
(int, float)
@["x"]
char
'''
"""
# A name that is an iterator and a proc: `typeof` means the iterator unless it is told otherwise.
iterator both(): string = yield "x"
proc both(): int = 3
echo typeof(both()), " ", typeof(both(), typeOfProc), " ", typeof(both(), typeOfIter)
iterator pairwise(s: seq[int]): (int, float) = yield (1, 2.0)
echo typeof(@[1].pairwise)
var collected: seq[typeof(both())]
for x in both(): collected.add x
echo collected
proc plain(): char = 'c'
echo typeof(plain())
