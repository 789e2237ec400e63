discard """
  output: '''
done
'''
"""
discard
discard "anything"
discard """
a block of text
"""
proc f(): int = 5
discard f()
if true: discard
for _ in 0..2: discard
case 1
of 1: discard
else: discard
#[ a block comment
   #[ nested ]#
   echo "never"
]#
echo "done" # a comment at the end
## a doc comment
proc g() =
  ## documented
  discard
g()
